"""A person's certificates: a small sheet with a rhomb, what it is for, its checking page, its files."""

import reflex as rx

from mps_app.components.basic import icon, link, note, second_button
from mps_app.components.words import t
from mps_app.views.certificates import CertificateRow, MyCertificates

ALL_SHEETS = "/sertifikati/visi.zip"


def certificate_list(page: rx.Var[MyCertificates]) -> rx.Component:
    """Return what waits for a questionnaire, and the list."""
    return rx.fragment(
        rx.cond(page.due_text != "", _due(page), rx.fragment()),
        rx.el.section(
            _head(page),
            rx.cond(
                page.count > 0,
                rx.foreach(page.rows, _row),
                rx.el.p(
                    t(
                        "You have no certificates yet. "
                        "They appear here after a training, once the questionnaire is filled in."
                    ),
                    class_name="panel-note muted",
                ),
            ),
            class_name="panel",
            id="sertifikati",
        ),
    )


def _due(page: rx.Var[MyCertificates]) -> rx.Component:
    words = rx.el.div(
        rx.el.b(page.due_text), " ", t("Course “{course}”.", course=page.due_course), " ",
        link(t("Fill in the questionnaire"), href=page.due_path), class_name="body",
    )  # fmt: skip
    return note("warn", icon("message-square-text"), words)


def _head(page: rx.Var[MyCertificates]) -> rx.Component:
    everything = second_button(
        rx.el.a(icon("download", 16), t("Download all"), href=ALL_SHEETS, reload_document=True, download=True),
        as_child=True,
        size="2",
    )
    return rx.el.header(
        rx.heading(t("My certificates"), as_="h2", size="4"),
        rx.el.span(page.count, class_name="muted tnum"),
        rx.box(rx.cond(page.count > 0, everything, rx.fragment()), class_name="everything"),
        class_name="certificates-head",
    )


def _row(row: rx.Var[CertificateRow]) -> rx.Component:
    state = rx.cond(row.status_text != "", rx.el.span(" · ", row.status_text, class_name="ended"), rx.fragment())
    return rx.el.div(
        rx.el.span(
            rx.el.i(class_name="mk mk-in"), class_name=rx.cond(row.is_valid, "leaf", "leaf old"), aria_hidden="true"
        ),
        rx.el.div(
            rx.el.b(row.course_title),
            rx.el.div(row.summary_text, ", ", certificate_number(row.number), state, class_name="muted tnum"),
        ),
        rx.el.div(
            rx.cond(
                row.badge_path != "",
                _door("badge-check", t("Open Badge of {number}", number=row.number), row.badge_path),
                rx.fragment(),
            ),
            _door("qr-code", t("Checking page of {number}", number=row.number), row.check_path, is_file=False),
            rx.cond(
                row.is_ready,
                _door("download", t("Download {number} (PDF)", number=row.number), row.pdf_path),
                rx.fragment(),
            ),
            class_name="doors",
        ),
        class_name="rowlink certificate",
    )


def certificate_number(number: rx.Var[str]) -> rx.Component:
    """Return a certificate's number, whole on one line: its hyphens are no places to break it."""
    return rx.el.span(t("no. {number}", number=number), class_name="nowrap")


def _door(name: str, label: rx.Var[str], address: rx.Var[str], *, is_file: bool = True) -> rx.Component:
    more = {"download": True} if is_file else {}
    return rx.el.a(icon(name, 20), href=address, aria_label=label, title=label, reload_document=True, **more)
