"""The profile's contact data, and the code that proves an e-mail address."""

import reflex as rx

from mps_app.components.basic import button, field, quiet_button, status, text_field
from mps_app.components.words import t
from mps_app.views.people import ContactFields, ContactProblems, ProfilePage


def contact_part(
    page: rx.Var[ProfilePage],
    fields: rx.Var[ContactFields],
    problems: rx.Var[ContactProblems],
    code: rx.Component,
    *,
    on_save: rx.EventHandler,
) -> rx.Component:
    """Return the section; ``code`` stands between the person and the form while an address waits for it."""
    return rx.el.section(
        rx.el.header(rx.heading(t("Contact data"), as_="h2", size="4")),
        _who(page),
        rx.cond(page.pending_email != "", code, rx.fragment()),
        rx.el.form(
            _email(page, fields, problems),
            text_field(
                "phone",
                rx.fragment(t("Phone"), _optional()),
                value=fields.phone,
                problem=problems.phone,
                type="tel",
                auto_complete="tel",
                max_length=40,
            ),
            _address(fields, problems),
            _language(fields),
            rx.el.div(button(t("Save"), type="submit", size="3"), class_name="whole-row"),
            on_submit=on_save,
            reset_on_submit=False,
            no_validate=True,
            class_name="profile-fields",
        ),
        id="kontakti",
        class_name="panel",
    )


def code_part(
    page: rx.Var[ProfilePage],
    problems: rx.Var[ContactProblems],
    needs_new_code: rx.Var[bool],
    *,
    on_confirm: rx.EventHandler,
    on_send: rx.EventHandler,
) -> rx.Component:
    """Return the six digits' field and the way to another code (1.6)."""
    return rx.el.form(
        text_field(
            "code",
            t("Code from the e-mail"),
            hint=t("We sent six digits to {email}. They are valid for 10 minutes.", email=page.pending_email),
            problem=problems.code,
            input_mode="numeric",
            auto_complete="one-time-code",
            auto_focus=True,  # it comes while the person looks for it
            max_length=12,
        ),
        rx.el.div(
            rx.cond(needs_new_code, rx.fragment(), button(t("Confirm"), type="submit", size="3")),
            quiet_button(t("Send a new code"), type="button", on_click=on_send, size="3"),
            class_name="profile-acts",
        ),
        on_submit=on_confirm,
        reset_on_submit=False,
        no_validate=True,
        class_name="profile-code",
    )


def _who(page: rx.Var[ProfilePage]) -> rx.Component:
    return rx.el.div(
        rx.el.span(page.initials, class_name="avatar large", aria_hidden="true"),
        rx.el.div(
            rx.el.div(page.full_name, class_name="profile-name"),
            rx.el.div(
                t("Personal code {code}. Your name and code came from Latvija.lv.", code=page.code_text),
                class_name="muted tnum",
            ),
        ),
        class_name="profile-who",
    )


def _email(page: rx.Var[ProfilePage], fields: rx.Var[ContactFields], problems: rx.Var[ContactProblems]) -> rx.Component:
    counts = page.is_email_verified & (page.pending_email == "")
    return rx.el.div(
        text_field(
            "email",
            t("E-mail"),
            value=fields.email,
            problem=problems.email,
            type="email",
            auto_complete="email",
            max_length=254,
        ),
        rx.cond(counts, _standing(page), rx.fragment()),
    )


def _standing(page: rx.Var[ProfilePage]) -> rx.Component:
    bounced = t("Messages do not arrive here")
    return rx.cond(page.has_email_bounced, status("warn", bounced), status("ok", t("Verified")))


def _address(fields: rx.Var[ContactFields], problems: rx.Var[ContactProblems]) -> rx.Component:
    return rx.el.fieldset(
        rx.el.legend(t("Declared residential address"), _optional()),
        rx.el.span(
            t("Needed for the invoice if you pay for the training and not your workplace."), class_name="hint whole-row"
        ),
        rx.el.div(
            text_field(
                "street", t("Street, house, flat"), value=fields.street, problem=problems.street,
                auto_complete="street-address", max_length=200,
            ),
            class_name="whole-row",
        ),
        text_field(
            "city", t("Town or parish"), value=fields.city, problem=problems.city,
            auto_complete="address-level2", max_length=100,
        ),
        text_field(
            "postal_code", t("Postal code"), value=fields.postal_code, problem=problems.postal_code,
            auto_complete="postal-code", max_length=10, placeholder="LV-1050",
        ),
    )  # fmt: skip


def _language(fields: rx.Var[ContactFields]) -> rx.Component:
    choice = rx.el.select(
        rx.el.option("Latviešu", value="lv", lang="lv"),
        rx.el.option("English", value="en", lang="en"),
        id="language",
        name="language",
        default_value=fields.language,
        key=fields.language,
        aria_describedby="language-note",
    )
    return field("language", t("Language of messages"), choice)


def _optional() -> rx.Component:
    return rx.el.span(" ", t("(optional)"), class_name="muted optional")
