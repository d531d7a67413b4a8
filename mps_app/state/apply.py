"""The dialog of applying (4.1): opened from the catalogue and from a course, kept through a lost session."""

from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode

import reflex as rx

from mps_app.adapters.connection import current_connection
from mps_app.core.callers import ANYONE, SIGNED_IN, allow
from mps_app.core.errors import DomainError, Invalid, SignInNeeded
from mps_app.core.ids import id_of
from mps_app.services import applications, identity, people
from mps_app.state.base import PageState, page_path
from mps_app.text import N_, say
from mps_app.views.applications import ApplicationReceipt, ApplyDialog, ApplyForm
from mps_app.views.applying import ApplyChoice, ApplyProblems
from mps_app.views.identity import CodeForm, EmailForm
from mps_app.views.people import AddressForm

_LONGEST_TEXT = 500
_FORM = "apply"  # under which input waits for its person to sign in again
_AGAIN = "pieteikties"  # the parameter that carries a visitor's press through the sign-in
_ADDRESS = ("street", "city", "postal_code")
_UNSAVED = N_("The application was not saved.")

Form = dict[str, Any]  # Any: whatever a browser sent


class ApplyState(PageState, rx.State):
    """One application on its way."""

    is_open: bool = False
    dialog: ApplyDialog = ApplyDialog()
    choice: ApplyChoice = ApplyChoice()
    problems: ApplyProblems = ApplyProblems()
    receipt: ApplicationReceipt = ApplicationReceipt()
    _page: str = ""  # where it was opened

    @rx.event
    @allow(SIGNED_IN, keeps=_FORM, again=f"{_AGAIN}={{course_id}}-{{group_id}}")
    async def open(self, course_id: int, group_id: int) -> None:
        """Show the dialog for a group; 0 is the next one (4.9)."""
        await self._show(id_of(course_id), id_of(group_id))

    @rx.event
    @allow(ANYONE)
    async def resume(self) -> AsyncIterator[rx.event.EventSpec]:
        """Go on where the session ended, or where a visitor was led to the sign-in: what was pressed opens.

        A receipt was read and another page left behind: neither comes back over the page that is visited now.
        """
        if self.is_open and (self.receipt.application_id or self._page != page_path(self)):
            self.reset()
        draft = await self._draft(_FORM)
        if draft:
            await self._restore(draft)
        url = self.router.url
        wanted = url.query_parameters.get(_AGAIN, "")
        if not wanted or not (await self._ask(identity.signed_in_person)).is_signed_in:
            return
        kept = [(name, value) for name, value in parse_qsl(url.query) if name != _AGAIN]
        rest = urlencode(kept, quote_via=quote, safe=",")
        where = identity.safe_return_path(f"{url.path}?{rest}" if rest else url.path)
        yield rx.redirect(where, replace=True)  # even when it can't be opened, a reload tries nothing again
        if not draft:
            course_id, _, group_id = wanted.partition("-")
            await self._show(id_of(course_id), id_of(group_id))

    async def _restore(self, draft: Form) -> None:
        """Open the dialog with what had been chosen and typed."""
        form = _filled(draft["form"] if isinstance(draft.get("form"), dict) else draft)
        await self._show(id_of(form.get("course_id")), id_of(form.get("group_id")))
        typed = {
            name: str(form[name])[:_LONGEST_TEXT] for name in (*_ADDRESS, "adjustments", "payer") if form.get(name)
        }
        chosen = id_of(form.get("institution_id"))
        self.choice = self.choice.model_copy(update=typed | ({"institution_id": chosen} if chosen else {}))

    @rx.event
    @allow(SIGNED_IN)
    async def choose_group(self, group_id: str) -> None:
        """Look at another group, or at the next one."""
        kept = self.choice
        await self._show(self.dialog.course_id, id_of(group_id))
        is_offered = any(one.kind == kept.payer for one in self.dialog.payers)
        self.choice = kept if is_offered else kept.model_copy(update={"payer": self.dialog.payer})

    @rx.event
    @allow(SIGNED_IN)
    def choose_payer(self, payer: str) -> None:
        """Say who pays."""
        if any(known.kind == payer for known in self.dialog.payers):
            self.choice = self.choice.model_copy(update={"payer": payer})

    @rx.event
    @allow(SIGNED_IN)
    def choose_institution(self, institution_id: str) -> None:
        """Say which of several institutions pays."""
        self.choice = self.choice.model_copy(update={"institution_id": id_of(institution_id)})

    @rx.event
    @allow(SIGNED_IN)
    def change_email(self) -> None:
        """Ask for another address."""
        self.choice = self.choice.model_copy(update={"changes_email": True, "awaited_email": ""})
        self.problems = ApplyProblems()

    @rx.event
    @allow(SIGNED_IN)
    def keep_email(self) -> None:
        """Stay with the address that is verified already."""
        self.choice = self.choice.model_copy(update={"changes_email": False, "awaited_email": ""})
        self.problems = ApplyProblems()

    @rx.event
    @allow(SIGNED_IN)
    async def send_code(self, form: Form) -> None:
        """Send a code to the address that was given (1.6)."""
        try:
            sent = await self._ask(identity.send_email_code, EmailForm.read(form))
        except Invalid as refusal:
            self.problems = ApplyProblems(email=_said(refusal, "email"))
            return
        self.problems = ApplyProblems()
        self.choice = self.choice.model_copy(update={"awaited_email": sent.email})

    @rx.event
    @allow(SIGNED_IN)
    async def confirm_code(self, form: Form) -> None:
        """Let the address count if the code is right (1.6)."""
        try:
            answer = await self._ask(identity.confirm_email_code, CodeForm.read(form))
        except Invalid as refusal:
            self.problems = ApplyProblems(code=_said(refusal, "code"))
            return
        if not answer.is_verified:
            self.problems = ApplyProblems(code=answer.words)
            return
        kept = self.choice.model_copy(update={"changes_email": False, "awaited_email": ""})
        await self._show(self.dialog.course_id, self.dialog.group_id)
        self.choice = kept

    @rx.event
    @allow(SIGNED_IN, keeps=_FORM)
    async def confirm(self, form: Form) -> None:
        """Apply; twice is once (4.3). What was wrong is said in the dialog, where it can be put right."""
        form = _filled(form)
        typed = {name: str(form[name])[:_LONGEST_TEXT] for name in (*_ADDRESS, "adjustments") if name in form}
        self.choice = self.choice.model_copy(update=typed)
        try:
            asked = ApplyForm.read(form)
            await self._declare_address(form, asked)
            self.receipt = await self._ask(applications.apply, asked)
            self.problems = ApplyProblems()
        except SignInNeeded:
            raise
        except Invalid as refusal:
            self.problems = _beside(refusal)
        except DomainError as refusal:
            self.problems = ApplyProblems(whole=f"{say(_language(), _UNSAVED)} {_words(refusal)}")

    async def _declare_address(self, form: Form, asked: ApplyForm) -> None:
        """Keep the address, if one was asked for; what else is wrong is told along with it, not a press later."""
        if not any(name in form for name in _ADDRESS):
            return
        try:
            await self._ask(people.declare_address, AddressForm.read(form))
        except Invalid as refusal:
            raise Invalid(refusal.fields | applications.agreement_problems(asked)) from refusal

    @rx.event
    @allow(SIGNED_IN)
    async def wait_for_next(self) -> None:
        """From the line of a group that just filled: wait for the next group as well (4.9)."""
        if self.receipt.outcome != "waitlisted":
            return  # only who is in line has been asked, and has agreed
        asked = {
            "agreed": True,
            "course_id": self.dialog.course_id,
            "payer": self.choice.payer,
            "institution_id": self.choice.institution_id,
        }
        self.receipt = await self._ask(applications.apply, ApplyForm.read(asked))

    @rx.event
    @allow(ANYONE)
    def close(self, is_open: bool) -> None:  # noqa: FBT001  # the dialog tells what it became
        """Close the dialog; nothing half-done stays."""
        if not is_open:
            self.reset()

    async def _show(self, course_id: int, group_id: int) -> None:
        self.dialog = await self._ask(applications.apply_dialog, course_id, group_id)
        self.choice = ApplyChoice(payer=self.dialog.payer, institution_id=self.dialog.institution_id)
        self.problems, self.receipt, self.is_open = ApplyProblems(), ApplicationReceipt(), True
        self._page = page_path(self)


def _filled(form: object) -> Form:
    """Return the fields that are on the screen; Reflex names those that are not, as null, and wraps what it kept."""
    given = form if isinstance(form, dict) else {}
    wrapped = given.get("__reflex_form_data__")
    pairs = wrapped if isinstance(wrapped, list) else list(given.items())
    return {str(pair[0]): pair[1] for pair in pairs if len(pair) == 2 and pair[1] is not None}


def _language() -> str:
    return current_connection().language


def _words(refusal: DomainError) -> str:
    return say(_language(), refusal.message, **refusal.facts)


def _said(refusal: Invalid, field: str) -> str:
    return say(_language(), refusal.fields.get(field, refusal.message))


def _beside(refusal: Invalid) -> ApplyProblems:
    """Put each problem beside its field; what has no field stands above the buttons."""
    fields = {
        name: say(_language(), words) for name, words in refusal.fields.items() if name in ApplyProblems.model_fields
    }
    return ApplyProblems(**fields) if fields else ApplyProblems(whole=_words(refusal))
