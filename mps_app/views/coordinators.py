"""Who coordinates an institution's training: asking, nominating, deciding, ending (11.1, 11.7)."""

from datetime import date
from typing import Annotated

from pydantic import BeforeValidator

from mps_app.views.base import Form, View
from mps_app.views.people import AddressFields, AddressForm, Code, Name


def _day(value: object) -> object:
    """Take a field left empty for no day."""
    return None if isinstance(value, str) and not value.strip() else value


def _switched(value: object) -> object:
    """Take a choice that was not sent at all for one not made."""
    return value in (True, "on", "true", "deputy")


Day = Annotated[date | None, BeforeValidator(_day)]


class DocumentForm(Form):
    """The institution's order: its number and date, and from when it holds."""

    document_number: Code = ""
    document_on: Day = None
    from_on: Day = None


class NominationForm(AddressForm, DocumentForm):
    """Asking to coordinate an institution; name and address are asked whether the school knows it or not."""

    registration_number: Code = ""
    name: Name = ""


class NominationFields(AddressFields):
    """What stands in the fields of asking, as typed."""

    registration_number: str = ""
    name: str = ""
    document_number: str = ""
    document_on: str = ""
    from_on: str = ""


class NominationProblems(NominationFields):
    """Why a field cannot be used, in words; empty when it can."""


class ColleagueForm(DocumentForm):
    """Nominating a colleague, or naming a deputy until a day (11.7)."""

    person_id: int = 0
    is_deputy: Annotated[bool, BeforeValidator(_switched)] = False
    last_on: Day = None


class ColleagueFields(View):
    """What stands in the fields of nominating a colleague."""

    document_number: str = ""
    document_on: str = ""
    from_on: str = ""
    last_on: str = ""


class ColleagueProblems(ColleagueFields):
    """Why a field cannot be used, in words; empty when it can."""

    person_id: str = ""


class EndForm(Form):
    """Ending it: the document, or the reason."""

    coordinator_id: int = 0
    reference: Name = ""


class ConfirmForm(AddressForm):
    """Confirming a nomination; name and address count for an institution that the school did not know."""

    coordinator_id: int = 0
    name: Name = ""


class NewInstitutionFields(AddressFields):
    """What stands in the fields of an institution that the school did not know."""

    name: str = ""


class NewInstitutionProblems(NewInstitutionFields):
    """Why a field cannot be used, in words; empty when it can."""


class ColleagueChoice(View):
    """An employee who could coordinate."""

    person_id: int = 0
    name: str = ""
    work_text: str = ""


class CoordinatorRow(View):
    """Somebody who speaks, is nominated, or did; ``tone`` is the status' look."""

    id: int = 0
    name: str = ""
    tone: str = "none"
    state_text: str = ""
    days_text: str = ""
    document_text: str = ""
    end_text: str = ""
    is_me: bool = False
    has_left: bool = False  # works at the institution no more, and is not over all the same
    is_last: bool = False  # nobody would speak for the institution any more
    can_end: bool = False
    was_confirmed: bool = False


class CoordinatorsPage(View):
    """An institution's coordinators, as one of them sees them."""

    speaking: list[CoordinatorRow] = []
    nominated: list[CoordinatorRow] = []
    ended: list[CoordinatorRow] = []
    wants_digest: bool = False


class OwnNominationRow(View):
    """What came of one's own nomination."""

    id: int
    institution_text: str
    tone: str
    state_text: str
    days_text: str
    document_text: str
    end_text: str = ""
    can_withdraw: bool = False


class AskingPage(View):
    """Asking to coordinate: what one has asked before."""

    nominations: list[OwnNominationRow] = []


class NominationCard(View):
    """A nomination that waits for the school."""

    id: int = 0
    person_name: str = ""
    code_text: str = ""
    institution_name: str = ""
    institution_number: str = ""
    is_new: bool = False  # the school does not know the institution yet
    asked_name: str = ""  # the name as the person wrote it, when the school knows it by another
    street: str = ""
    city: str = ""
    postal_code: str = ""
    document_text: str = ""
    days_text: str = ""
    nominated_text: str = ""
    deputy_text: str = ""
    is_employee: bool = False
    obstacle: str = ""  # why it can't be confirmed, in words


class StandingRow(View):
    """A coordinator who speaks today, or will."""

    id: int = 0
    person_name: str = ""
    institution_name: str = ""
    institution_number: str = ""
    days_text: str = ""
    document_text: str = ""
    is_last: bool = False


class StandingList(View):
    """The standing ones that match a search; ``count`` is of all that match."""

    rows: list[StandingRow] = []
    count: int = 0
