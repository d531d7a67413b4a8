"""The own profile's screen: contact data, who pays, messages, sessions."""

from typing import Any

import reflex as rx

from mps_app.core.callers import SIGNED_IN, allow
from mps_app.core.errors import Invalid
from mps_app.core.ids import id_of
from mps_app.services import identity, messages, people
from mps_app.state.base import PageState
from mps_app.state.forms import Form, said, tell, typed
from mps_app.state.signed_in import SignedInState
from mps_app.text import N_
from mps_app.views.identity import CodeForm, EmailForm, SessionRow
from mps_app.views.messages import SentMessageRow
from mps_app.views.people import (
    ContactFields,
    ContactForm,
    ContactProblems,
    PayerDetailsCard,
    PayerForm,
    PayerProblems,
    ProfilePage,
)

_CONTACT, _PAYER = "profile_contact", "profile_payer"  # under which input waits for its person to sign in again


class ProfileState(PageState, rx.State):
    """One person's own profile."""

    page: ProfilePage = ProfilePage()
    contact: ContactFields = ContactFields()
    contact_problems: ContactProblems = ContactProblems()
    payer: PayerDetailsCard = PayerDetailsCard()
    payer_problems: PayerProblems = PayerProblems()
    edits_payer: bool = False
    needs_new_code: bool = False
    sessions: list[SessionRow] = []
    messages: list[SentMessageRow] = []
    has_older_messages: bool = False
    _message_pages: int = 1
    is_loaded: bool = False

    @rx.event
    @allow(SIGNED_IN)
    async def load(self) -> None:
        """Show what is kept; what was typed before a session ended comes back into its fields."""
        await self._refresh()
        self.contact_problems, self.payer_problems = ContactProblems(), PayerProblems()
        self.edits_payer = self.needs_new_code = False
        self.contact = typed(self.contact, await self._draft(_CONTACT))
        if draft := await self._draft(_PAYER):
            self.payer, self.edits_payer = typed(self.payer, draft), True
        self.is_loaded = True

    @rx.event
    @allow(SIGNED_IN, keeps=_CONTACT)
    async def save_contact(self, form: Form) -> Any:  # Any: Reflex's event types
        """Keep the contact data; a new e-mail address gets a code (1.6)."""
        try:
            receipt = await self._ask(people.save_contact, ContactForm.read(form))
        except Invalid as refusal:
            self.contact_problems = ContactProblems(**said(refusal))
            return None
        self.contact_problems = ContactProblems()
        await self._refresh()
        if receipt.code_sent_to:
            self.needs_new_code = False
            return tell(N_("Saved. We have sent a code to {email}."), email=receipt.code_sent_to)
        return tell(N_("Saved."))

    @rx.event
    @allow(SIGNED_IN)
    async def send_code(self) -> Any:  # Any: Reflex's event types
        """Send another code to the address that waits for one."""
        email = self.page.pending_email or self.contact.email
        try:
            sent = await self._ask(identity.send_email_code, EmailForm.read({"email": email}))
        except Invalid as refusal:
            self.contact_problems = ContactProblems(**said(refusal))
            return None
        self.needs_new_code, self.contact_problems = False, ContactProblems()
        await self._refresh()
        return tell(N_("We have sent a new code to {email}."), email=sent.email)

    @rx.event
    @allow(SIGNED_IN)
    async def confirm_code(self, form: Form) -> Any:  # Any: Reflex's event types
        """Let the address count if the code is right (1.6)."""
        try:
            answer = await self._ask(identity.confirm_email_code, CodeForm.read(form))
        except Invalid as refusal:
            self.contact_problems = ContactProblems(**said(refusal))
            return None
        self.needs_new_code = answer.needs_new_code
        self.contact_problems = ContactProblems(code=answer.words)
        if not answer.is_verified:
            return None
        await self._refresh()
        return [tell(N_("The e-mail address is verified.")), SignedInState.load]

    @rx.event
    @allow(SIGNED_IN)
    def edit_payer(self) -> None:
        """Open the fields of the institution that pays."""
        self.edits_payer, self.payer_problems = True, PayerProblems()

    @rx.event
    @allow(SIGNED_IN)
    def close_payer(self) -> None:
        """Leave the institution as it was."""
        self.edits_payer, self.payer, self.payer_problems = False, self.page.payer_details, PayerProblems()

    @rx.event
    @allow(SIGNED_IN, keeps=_PAYER)
    async def save_payer(self, form: Form) -> Any:  # Any: Reflex's event types
        """Keep the institution that pays (2.3)."""
        try:
            await self._ask(people.save_payer_details, PayerForm.read(form))
        except Invalid as refusal:
            self.payer_problems = PayerProblems(**said(refusal))
            return None
        self.payer_problems, self.edits_payer = PayerProblems(), False
        await self._refresh()
        return tell(N_("Saved."))

    @rx.event
    @allow(SIGNED_IN)
    async def remove_payer(self) -> Any:  # Any: Reflex's event types
        """Forget the institution that pays."""
        await self._ask(people.remove_payer_details)
        self.edits_payer = False
        await self._refresh()
        return tell(N_("The payment details are removed."))

    @rx.event
    @allow(SIGNED_IN)
    async def switch_optional_mail(self, wanted: bool) -> None:  # noqa: FBT001  # a switch tells what it became
        """Send optional messages or leave them out (2.7)."""
        await self._ask(people.switch_optional_mail, wanted is True)
        await self._refresh()

    @rx.event
    @allow(SIGNED_IN)
    async def show_older_messages(self) -> None:
        """Go on in the list of what was sent."""
        older = await self._ask(messages.sent_to_me, self._message_pages + 1)
        known = {row.id for row in self.messages}  # what was sent meanwhile has moved the pages
        self.messages = [*self.messages, *(row for row in older.rows if row.id not in known)]
        self.has_older_messages, self._message_pages = older.has_older, self._message_pages + 1

    @rx.event
    @allow(SIGNED_IN)
    async def end_session(self, sign_in_id: int) -> Any:  # Any: Reflex's event types
        """End one of the own sessions (1.4)."""
        await self._ask(identity.end_session, id_of(sign_in_id))
        await self._refresh()
        return tell(N_("The session is ended."))

    @rx.event
    @allow(SIGNED_IN)
    async def end_other_sessions(self) -> Any:  # Any: Reflex's event types
        """End all the own sessions but this one (1.4)."""
        await self._ask(identity.end_other_sessions)
        await self._refresh()
        return tell(N_("All other sessions are ended."))

    async def _refresh(self) -> None:
        self.page = await self._ask(people.profile)
        self.sessions = list(await self._ask(identity.own_sessions))
        sent = await self._ask(messages.sent_to_me)
        self.messages, self.has_older_messages, self._message_pages = sent.rows, sent.has_older, 1
        kept = self.page.model_dump(include=set(ContactFields.model_fields))
        self.contact = ContactFields(**kept | {"email": self.page.pending_email or self.page.email})
        self.payer = self.page.payer_details
