"""An institution's requisites, and whether applications on its account need consent (11.5, 4.8)."""

import reflex as rx

from mps_app.components.basic import button, page_heading, text_field
from mps_app.components.requisite_fields import requisite_fields
from mps_app.components.words import t
from mps_app.pages.desk import desk
from mps_app.state.requisites import RequisitesState

_page = RequisitesState.page


def requisites() -> rx.Component:
    """Return the page."""
    return desk(
        page_heading(t("Payment details"), t("They stand on the invoices that the school sends to the institution.")),
        rx.cond(
            RequisitesState.is_loaded,
            rx.el.div(_form(), _approval(), class_name="desk-two"),
            rx.skeleton(height="320px", width="100%"),
        ),
        current="/iestade/rekviziti",
    )


def _form() -> rx.Component:
    name, number = (
        text_field(key, label, value=value, identifier=f"institution-{key}", read_only=True)
        for key, label, value in (
            ("name", t("Name of the institution"), _page.name),
            ("registration_number", t("Registration number"), _page.registration_number),
        )
    )
    return rx.el.section(
        rx.el.header(rx.heading(t("On the invoice"), as_="h2", size="3")),
        rx.el.form(
            rx.el.div(name, class_name="whole-row"),
            number,
            *requisite_fields(RequisitesState.fields, RequisitesState.problems, "institution"),
            rx.el.p(t("Name and number are changed by the school: write to it."), class_name="whole-row muted small"),
            rx.el.div(button(t("Save"), type="submit", size="2"), class_name="whole-row"),
            on_submit=RequisitesState.save,
            reset_on_submit=False,
            no_validate=True,
            class_name="desk-form",
        ),
        class_name="panel",
    )


def _approval() -> rx.Component:
    asks = RequisitesState.asks_approval
    return rx.el.section(
        rx.el.header(rx.heading(t("Employees' own applications"), as_="h2", size="3")),
        rx.el.form(
            rx.el.label(
                rx.switch(checked=asks, on_change=RequisitesState.choose_approval),
                rx.el.span(
                    rx.el.span(t("A coordinator approves them"), class_name="row-title"),
                    rx.el.span(_consequence(asks), class_name="muted row-words"),
                ),
                class_name="profile-switch flush",
            ),
            rx.cond(asks, rx.el.div(_days(), class_name="narrow"), rx.fragment()),
            rx.el.div(button(t("Save"), type="submit", size="2")),
            on_submit=RequisitesState.save_approval,
            reset_on_submit=False,
            no_validate=True,
            class_name="desk-form one",
        ),
        class_name="panel",
    )


def _days() -> rx.Component:
    return text_field(
        "approval_days",
        t("Working days to decide in"),
        value=_page.approval_days.to_string(),
        problem=RequisitesState.days_problem,
        hint=t("What is not decided until then is withdrawn, and the place goes to the next in line."),
        type="number",
        min=1,
        max=30,
    )


def _consequence(asks: rx.Var[bool]) -> rx.Var[str]:
    """Say what the choice means for whoever applies, and for what waits already (4.8)."""
    return rx.cond(
        asks,
        t(
            "An employee who applies on the institution's account holds a place, but takes part "
            "only when a coordinator approves. Applications made before stay as they are."
        ),
        t(
            "An employee who applies on the institution's account takes part at once, and the "
            "institution pays. What waits for approval now still waits for it."
        ),
    )
