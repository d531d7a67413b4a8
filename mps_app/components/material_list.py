"""Materials of courses: files and links, told apart by shape and words."""

import reflex as rx

from mps_app.components.basic import icon, route_link, spoken
from mps_app.components.words import t
from mps_app.views.materials import CourseMaterials, MaterialRow

_ICONS = (
    ("pdf", "file-text"),
    ("words", "file-type"),
    ("slides", "presentation"),
    ("table", "table"),
    ("picture", "image"),
    ("video", "film"),
    ("text", "file"),
)


def course_materials(course: rx.Var[CourseMaterials]) -> rx.Component:
    """Return one course with its materials."""
    return rx.el.section(
        rx.el.header(
            rx.el.h2(route_link(course.title, to=course.address, class_name="plain"), class_name="course-name"),
            rx.cond(course.is_own, rx.el.span(t("Your course"), class_name="own-course")),
        ),
        rx.el.ul(rx.foreach(course.rows.to(list[MaterialRow]), material_row), class_name="bare"),
        class_name="panel",
        aria_label=course.title,
    )


def material_row(row: rx.Var[MaterialRow]) -> rx.Component:
    """Return a file, opened here, or a link, opened beside."""
    look = rx.match(row.kind, *((kind, icon(name)) for kind, name in _ICONS), icon("link"))
    title = rx.cond(
        row.is_link,
        rx.el.a(
            row.title,
            icon("arrow-up-right", 14),
            spoken(t("opens in a new tab")),
            href=row.address,
            target="_blank",
            rel="noopener noreferrer",
            class_name="a",
        ),
        rx.el.a(row.title, href=row.address, reload_document=True, class_name="a"),
    )
    note = rx.cond(row.note_text != "", rx.el.span(row.note_text))
    public = rx.cond(row.is_public, rx.el.span(t("for everybody")))
    return rx.el.li(
        rx.el.span(look, class_name="tile"),
        rx.el.div(
            rx.el.div(title, class_name="material-title"),
            rx.el.div(rx.el.span(row.about_text), note, public, class_name="meta"),
        ),
        class_name="rowlink",
    )
