"""Hangs the dialog of applying onto a page; ``refresh`` is what the page does when it closes."""

import reflex as rx

from mps_app.components.apply_dialog import Answers, Shown, apply_dialog
from mps_app.state.apply import ApplyState


def applying(refresh: rx.EventHandler) -> rx.Component:
    """Return the dialog, opened by ``ApplyState.open(course_id, group_id)``."""
    return apply_dialog(
        Shown(
            # a receipt waits until the page has asked whether it is still read here: it belongs to one visit
            is_open=ApplyState.is_open & (rx.State.is_hydrated | (ApplyState.receipt.application_id == 0)),
            dialog=ApplyState.dialog,
            choice=ApplyState.choice,
            problems=ApplyState.problems,
            receipt=ApplyState.receipt,
        ),
        Answers(
            close=lambda is_open: [ApplyState.close(is_open), refresh()],
            leave=ApplyState.close,
            choose_group=ApplyState.choose_group,
            choose_payer=ApplyState.choose_payer,
            choose_institution=ApplyState.choose_institution,
            change_email=ApplyState.change_email,
            keep_email=ApplyState.keep_email,
            send_code=ApplyState.send_code,
            confirm_code=ApplyState.confirm_code,
            confirm=ApplyState.confirm,
            wait_for_next=ApplyState.wait_for_next,
        ),
    )
