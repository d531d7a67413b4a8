"""Asking for the document or the reason before something of a person's rights is ended or refused (11.7)."""

import reflex as rx

from mps_app.components.basic import danger_button, note, second_button, text_field
from mps_app.components.in_browser import RETURNS_FOCUS
from mps_app.components.words import t


def reason_dialog(  # noqa: PLR0913  # what it says and every way to answer
    name: str,
    is_open: rx.Var[bool],
    title: rx.Var[str],
    sentence: rx.Var[str],
    verb: rx.Var[str],
    *,
    problem: rx.Var[str],
    on_close: rx.EventHandler,
    on_submit: rx.EventHandler,
    label: rx.Var[str],
    hint: rx.Var[str],
    warning: rx.Var[str] | None = None,
    keep: rx.Var[str] | None = None,
) -> rx.Component:
    """Return the dialog; ``warning`` is said above the field when it is not empty, ``keep`` is how to leave it so."""
    warned = [] if warning is None else [rx.cond(warning != "", note("warn", warning), rx.fragment())]
    return rx.alert_dialog.root(
        rx.alert_dialog.content(
            rx.alert_dialog.title(title),
            rx.alert_dialog.description(sentence, size="3"),
            rx.el.form(
                *warned,
                text_field(
                    "reference", label, hint=hint, problem=problem, identifier=f"{name}-reference", max_length=200
                ),
                _answers(verb, t("Cancel") if keep is None else keep),
                on_submit=on_submit,
                reset_on_submit=False,
                class_name="reason-form",
            ),
            max_width="480px",
            custom_attrs=RETURNS_FOCUS,
        ),
        open=is_open,
        on_open_change=on_close,
    )


def _answers(verb: rx.Var[str], keep: rx.Var[str]) -> rx.Component:
    return rx.el.div(
        rx.alert_dialog.cancel(second_button(keep, type="button", size="3")),
        danger_button(verb, type="submit", size="3"),
        class_name="profile-acts",
    )
