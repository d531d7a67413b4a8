"""The own profile: contact data, who pays, messages, sessions (rule 2)."""

import reflex as rx

from mps_app.components.basic import icon, note, page_heading
from mps_app.components.profile_contact import code_part, contact_part
from mps_app.components.profile_payer import payer_part
from mps_app.components.profile_rest import messages_part, sessions_part
from mps_app.components.profile_sections import profile_sections
from mps_app.components.words import t
from mps_app.pages.layout import shell
from mps_app.state.profile import ProfileState

_page = ProfileState.page


def profile() -> rx.Component:
    """Return the page; before the first e-mail it says what is missing and why (1.5)."""
    return shell(
        page_heading(t("Profile")),
        rx.cond(ProfileState.is_loaded, _loaded(), rx.skeleton(height="320px", width="100%")),
        current="/profils",
    )


def _loaded() -> rx.Component:
    parts = rx.el.div(
        _contact(),
        _payer(),
        messages_part(
            _page,
            ProfileState.messages,
            ProfileState.has_older_messages,
            on_switch=ProfileState.switch_optional_mail,
            on_older=ProfileState.show_older_messages,
        ),
        sessions_part(
            ProfileState.sessions, on_end=ProfileState.end_session, on_end_others=ProfileState.end_other_sessions
        ),
        class_name="profile-parts",
    )
    return rx.fragment(
        rx.cond(_page.is_email_verified, rx.fragment(), _email_banner()),
        rx.el.div(profile_sections(), parts, class_name="profile"),
    )


def _contact() -> rx.Component:
    problems = ProfileState.contact_problems
    code = code_part(
        _page,
        problems,
        ProfileState.needs_new_code,
        on_confirm=ProfileState.confirm_code,
        on_send=ProfileState.send_code,
    )
    return contact_part(_page, ProfileState.contact, problems, code, on_save=ProfileState.save_contact)


def _payer() -> rx.Component:
    return payer_part(
        _page,
        ProfileState.payer,
        ProfileState.payer_problems,
        ProfileState.edits_payer,
        on_edit=ProfileState.edit_payer,
        on_close=ProfileState.close_payer,
        on_save=ProfileState.save_payer,
        on_remove=ProfileState.remove_payer,
    )


def _email_banner() -> rx.Component:
    return note(
        "warn",
        icon("mail-warning", 22),
        rx.el.div(
            rx.el.b(
                rx.cond(
                    _page.pending_email != "",
                    t("Confirm your e-mail with the code to get news about your training"),
                    t("Give your e-mail to get news about your training"),
                )
            ),
            rx.el.div(
                t(
                    "We send application confirmations, times, changes and invoices by e-mail. "
                    "Without an e-mail you can't apply for training."
                )
            ),
        ),
    )
