"""The menu behind one's own name: profile, look, language, signing out."""

import reflex as rx

from mps_app.components.basic import icon
from mps_app.components.words import Words, t
from mps_app.views.signed_in import SignedInPerson


def account_menu(person: rx.Var[SignedInPerson], *, short: bool = False) -> rx.Component:
    """Return the button with the initials (and the name, unless ``short``) and its menu."""
    name = rx.el.span(
        rx.el.span(person.full_name, class_name="ell", style={"display": "block"}),
        rx.el.small(person.role_text, class_name="muted"),
    )
    parts = [rx.el.span(person.initials, class_name="avatar", aria_hidden="true")]
    if not short:
        parts += [name, icon("chevrons-up-down", 14)]
    trigger = rx.el.button(
        *parts, type="button", class_name="account", aria_label=t("Account menu: {name}", name=person.full_name)
    )
    return rx.menu.root(rx.menu.trigger(trigger), _content(person), modal=False)


def _content(person: rx.Var[SignedInPerson]) -> rx.Component:
    return rx.menu.content(
        rx.el.div(
            rx.text(person.full_name, weight="medium", size="2"),
            rx.text(person.role_text, size="1", class_name="muted"),
            style={"padding": "6px 12px", "maxWidth": "260px", "overflowWrap": "anywhere"},
        ),
        rx.menu.separator(),
        _entry("circle-user-round", t("Profile"), "/profils"),
        _entry("clipboard-list", t("Applications"), "/pieteikumi"),
        _entry("calendar-days", t("My calendar"), "/mans-kalendars"),
        rx.cond(person.is_coordinator, _entry("building-2", t("Institution"), "/iestade/darbinieki")),
        rx.cond(person.answers_questions, _entry("message-circle-question", t("Questions"), "/skola/jautajumi")),
        rx.cond(
            person.confirms_coordinators,
            _entry("user-check", t("Coordinators of institutions"), "/skola/koordinatori"),
        ),
        rx.menu.item(icon("sun-moon", 16), t("Light or dark"), on_select=rx.toggle_color_mode),
        rx.menu.item(
            rx.el.a(
                icon("languages", 16),
                rx.cond(Words.english, "Latviski", "English"),
                href=rx.cond(Words.english, "/valoda/lv", "/valoda/en"),
                reload_document=True,
            ),
            as_child=True,
        ),
        rx.menu.separator(),
        rx.menu.item(icon("log-out", 16), t("Sign out"), on_select=rx.redirect("/iziet")),
        color_scheme="gray",
        high_contrast=True,
        variant="soft",
    )


def _entry(icon_name: str, label: rx.Var[str], href: str) -> rx.Component:
    return rx.menu.item(icon(icon_name, 16), label, on_select=rx.redirect(href))
