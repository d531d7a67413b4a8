"""Every message of the school: which facts it needs, and whether it can be switched off (2.7, 16.5).

The table ``TEMPLATES`` is the contract with the rooms that queue messages: ``messages.queue`` refuses
facts that do not fit. Facts are frozen when queued; words and dates are made of them when sent, in the
recipient's language. Instants may be given as aware datetimes, they are kept as ISO text in UTC.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from pydantic import AwareDatetime

from mps_app.services.messages.facts import (
    Caller,
    CoordinatorConfirmed,
    CoordinatorDigest,
    CoordinatorEnded,
    CoordinatorRefused,
    CourseFacts,
    DoctorAlert,
    EmailCode,
    EnrolledEmployee,
    ErasureRequested,
    Facts,
    QuestionAnswered,
    QuestionReceived,
)
from mps_app.services.messages.learning_facts import (
    CertificateReady,
    EvaluationInvite,
    EvaluationReminder,
    ExamInvite,
    ExamReminder,
)

Outcome = Literal["registered", "pending_approval", "waitlisted", "waiting"]
Audience = Literal["participant", "lecturer", "coordinator"]


class SessionFacts(Facts):
    """One session as of now; ``uid`` and ``sequence`` are its calendar entry's (5.3)."""

    uid: str
    sequence: int = 0
    number: int = 1
    title: str = ""
    starts_at: AwareDatetime
    ends_at: AwareDatetime
    place: str = ""  # "Raiņa bulvāris 4, Rīga, 205. telpa"; empty when online only
    online_url: str | None = None


class GroupFacts(CourseFacts):
    """What every message about a group carries: its sessions in order, those withdrawn left out."""

    group_code: str
    sessions: list[SessionFacts]


class ApplicationReceived(CourseFacts):
    """application_received: to the person, whatever came of it (4.4). ``waiting`` has no group."""

    outcome: Outcome
    is_confirmed: bool = False  # the group: its own message goes out too (5.2)
    group_code: str = ""
    sessions: list[SessionFacts] = []
    format: str = ""  # a CourseFormat
    payer_name: str = ""  # empty: the person
    price_cents: int = 0
    position: int | None = None  # in the line, when waitlisted (4.6)
    withdraw_until: AwareDatetime | None = None  # the group's cancellation deadline (4.7)
    applied_by: str = ""  # the coordinator's or colleague's name, when it was not the person
    decide_by: date | None = None  # until when the institution decides (4.8)


class ApplicationReceivedCoordinator(CourseFacts):
    """application_received_coordinator: the institution pays (4.4)."""

    outcome: Outcome
    person_name: str
    institution_name: str
    group_code: str = ""
    sessions: list[SessionFacts] = []
    price_cents: int = 0
    position: int | None = None
    decide_by: date | None = None


class EmployeesEnrolled(CourseFacts):
    """employees_enrolled: to the other coordinators, whom one of them enrolled in one act (11.3)."""

    institution_name: str
    enrolled_by: str
    group_code: str
    sessions: list[SessionFacts] = []
    people: list[EnrolledEmployee]


class ReservedPlaces(GroupFacts):
    """reserved_places: to coordinators, nameless places are due, were released, or ended with the group (11.6)."""

    why: Literal["due", "released", "cancelled"]
    institution_name: str
    places: int
    release_on: date


class ApplicationCancelled(CourseFacts):
    """application_cancelled: to the person; withdraws calendar entries when they had been sent."""

    by: Literal["self", "staff", "coordinator"]
    reason: str = ""
    group_code: str = ""
    sessions: list[SessionFacts] = []
    was_confirmed: bool = False  # the calendar entries had been sent


class ApplicationDecided(GroupFacts):
    """application_decided: the institution approved or rejected, or did not decide in time (4.8)."""

    decision: Literal["approved", "rejected", "not_in_time"]
    is_confirmed: bool = False  # the group: its own message goes out too (5.2)
    institution_name: str
    reason: str = ""


class ApprovalMissed(GroupFacts):
    """approval_missed: to a coordinator, nobody decided in time and the place was given back (4.8)."""

    institution_name: str
    person_name: str


class WaitingForApproval(Facts):
    """One application that waits."""

    person_name: str
    course_title: str
    course_title_en: str = ""


class ApprovalsDue(Facts):
    """approvals_due: to a coordinator, what is given back unless it is approved by that day (4.8)."""

    institution_name: str
    decide_by: date
    waiting: list[WaitingForApproval]
    path: str


class PlaceOffered(GroupFacts):
    """place_offered: a place is held until the deadline (4.6)."""

    expires_at: AwareDatetime
    price_cents: int = 0


class PlaceGiven(GroupFacts):
    """place_given: promoted from the line without asking (4.6)."""

    payer_name: str = ""
    price_cents: int = 0
    withdraw_until: AwareDatetime | None = None
    decide_by: date | None = None  # until when the institution decides (4.8)


class OfferExpired(GroupFacts):
    """offer_expired: the held place went on to the next in line (4.6)."""


class GroupConfirmed(GroupFacts):
    """group_confirmed: date, place and time, with the calendar entries (5.2)."""

    lecturers: list[str] = []
    bring_text: str = ""
    withdraw_until: AwareDatetime | None = None
    audience: Audience = "participant"


class Change(Facts):
    """One session before and after; without ``new`` it was withdrawn, without ``old`` added."""

    old: SessionFacts | None = None
    new: SessionFacts | None = None


class GroupChanged(GroupFacts):
    """group_changed: what changed; ``sessions`` as they are now (5.3). Raise ``sequence`` before."""

    changes: list[Change]
    reason: str = ""
    audience: Audience = "participant"
    was_confirmed: bool = True  # calendar entries go out only when the group was confirmed


class GroupCancelled(GroupFacts):
    """group_cancelled: why, and the calendar entries withdrawn (5.3). Raise ``sequence`` before."""

    reason: str
    audience: Audience = "participant"
    was_confirmed: bool = True
    keeps_waiting: bool = False  # the person's wish was moved to the next group (4.6)


class GroupOpened(GroupFacts):
    """group_opened: to those who waited for the next group (4.9): a place is theirs until then, or the line is."""

    reserved_until: AwareDatetime | None = None
    position: int | None = None  # in the group's line, when more wait than there are places
    price_cents: int = 0


class SessionReminder(GroupFacts):
    """session_reminder: before the group's first session (5.5)."""

    bring_text: str = ""
    audience: Audience = "participant"


class StaffAlertMinimum(GroupFacts):
    """staff_alert_minimum: below the minimum, at the decision date or after confirmation (5.7)."""

    why: Literal["dropped", "decision_due"]
    participants: int
    minimum: int
    decision_on: date | None = None


class StaffCallList(GroupFacts):
    """staff_call_list: a place freed too late for offers, staff call the line (4.6)."""

    free_places: int
    people: list[Caller]


@dataclass(frozen=True, slots=True)
class Template:
    """A message: the facts it is made of, and whether a person may switch it off (2.7)."""

    facts: type[Facts]
    is_mandatory: bool = True
    is_secret: bool = False  # its facts are forgotten once it is sent
    useful_for: timedelta | None = None  # a message older than this is not sent any more
    names_others: bool = False  # its facts are about somebody else than the one it goes to (2.6)


TEMPLATES: Mapping[str, Template] = {
    "email_code": Template(EmailCode, is_secret=True, useful_for=timedelta(minutes=30)),
    "application_received": Template(ApplicationReceived),
    "application_received_coordinator": Template(ApplicationReceivedCoordinator, names_others=True),
    "application_cancelled": Template(ApplicationCancelled),
    "employees_enrolled": Template(EmployeesEnrolled, names_others=True),
    "reserved_places": Template(ReservedPlaces),
    "application_decided": Template(ApplicationDecided),
    "approval_missed": Template(ApprovalMissed, names_others=True),
    "approvals_due": Template(ApprovalsDue, names_others=True),
    "place_offered": Template(PlaceOffered),
    "place_given": Template(PlaceGiven),
    "offer_expired": Template(OfferExpired),
    "group_confirmed": Template(GroupConfirmed),
    "group_changed": Template(GroupChanged),
    "group_cancelled": Template(GroupCancelled),
    "group_opened": Template(GroupOpened),
    "session_reminder": Template(SessionReminder, is_mandatory=False, useful_for=timedelta(days=1)),
    "staff_alert_minimum": Template(StaffAlertMinimum),
    "staff_call_list": Template(StaffCallList, names_others=True),
    "evaluation_invite": Template(EvaluationInvite),
    "evaluation_reminder": Template(EvaluationReminder, useful_for=timedelta(days=1)),
    "exam_invite": Template(ExamInvite),
    "exam_reminder": Template(ExamReminder, useful_for=timedelta(days=1)),
    "coordinator_confirmed": Template(CoordinatorConfirmed),
    "coordinator_refused": Template(CoordinatorRefused),
    "coordinator_ended": Template(CoordinatorEnded),
    "coordinator_digest": Template(CoordinatorDigest, names_others=True, useful_for=timedelta(days=1)),
    "certificate_ready": Template(CertificateReady),
    "doctor_alert": Template(DoctorAlert),
    "question_received": Template(QuestionReceived, names_others=True),
    "question_answered": Template(QuestionAnswered),
    "erasure_requested": Template(ErasureRequested, names_others=True),
}
