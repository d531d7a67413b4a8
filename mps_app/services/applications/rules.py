"""Who gets a place, pure: no database, no clock but what is given (rule 4)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from mps_app.core import riga
from mps_app.models import ApplicationStatus, PayerKind

OFFER_LASTS = timedelta(hours=48)
OFFER_LASTS_IN_LAST_WEEK = timedelta(hours=24)
LAST_WEEK = timedelta(days=7)
PROMOTION_ENDS_WORKING_DAYS_BEFORE = 2

Span = tuple[datetime, datetime]


class Check(StrEnum):
    """What must be so before a person can have a place; the code that acts and the checklist ask the same (4.11)."""

    COURSE_KNOWN = "course_known"  # 3.5
    REGISTRATION_OPEN = "registration_open"
    NOT_APPLIED = "not_applied"  # 4.2
    EMAIL_VERIFIED = "email_verified"  # 1.5, 1.6
    EMPLOYED = "employed"  # 4.1: the payer lists the person
    DETAILS_GIVEN = "details_given"  # 2.3
    ADDRESS_DECLARED = "address_declared"  # 2.2
    WITHIN_SHARE = "within_share"  # 11.6: of what the group leaves to one institution


@dataclass(frozen=True, slots=True)
class Places:
    """How full a group is, read inside its lock."""

    maximum: int
    taken: int
    waiting: int

    @property
    def free(self) -> int:
        """Places nobody holds; not free to newcomers while anybody waits (4.6)."""
        return max(self.maximum - self.taken, 0)

    @property
    def open(self) -> int:
        """Places a newcomer can have."""
        return 0 if self.waiting else self.free


@dataclass(frozen=True, slots=True)
class Account:
    """An institution's part of a group, read inside its lock: what it holds, nameless places, its cap (11.6)."""

    holding: int = 0
    reserved: int = 0
    share: int | None = None

    @property
    def left(self) -> int | None:
        """How many more places the institution may take, beside those reserved; nothing: as many as there are."""
        return None if self.share is None else max(self.share - self.holding - self.reserved, 0)


@dataclass(frozen=True, slots=True)
class Allotment:
    """How places fall to newcomers of one account, in their order: these many of each, one kind after the other."""

    named: int = 0  # on the institution's nameless places
    placed: int = 0
    lined: int = 0
    over_share: int = 0

    @property
    def entering(self) -> int:
        """How many get a place now."""
        return self.named + self.placed


def allot(count: int, places: Places, account: Account, *, names: bool) -> Allotment:
    """Return how places fall to newcomers (4.3, 4.6, 11.6); who ``names`` uses the reserved ones first, line or not."""
    named = min(count, account.reserved) if names else 0
    wanting = count - named
    within = wanting if account.left is None else min(wanting, account.left)
    placed = min(within, places.open)
    return Allotment(named, placed, within - placed, wanting - within)


@dataclass(frozen=True, slots=True)
class Candidate:
    """What is known of a person who wants a place in a course."""

    may_know_course: bool
    has_verified_email: bool
    has_declared_address: bool
    has_payer_details: bool
    employer_ids: frozenset[int]
    holds_place_in_course: bool
    work_email_ids: frozenset[int] = frozenset()  # institutions that gave an address (11.2)


def granted(*, needs_approval: bool) -> ApplicationStatus:
    """Return the status of somebody who gets a place."""
    return ApplicationStatus.PENDING_APPROVAL if needs_approval else ApplicationStatus.REGISTERED


def person_checks(
    candidate: Candidate, payer: PayerKind, institution_id: int | None, *, by_other: bool = False, is_free: bool = False
) -> dict[Check, bool]:
    """Return the checks that a new application and a promotion from the line share (4.6).

    Whom the paying institution enrols can be told at the address it gave (11.2, 11.3). What is free makes no
    invoice, so it needs no address for one (2.2).
    """
    has_work_email = by_other and payer is PayerKind.INSTITUTION and institution_id in candidate.work_email_ids
    found = {
        Check.COURSE_KNOWN: candidate.may_know_course,
        Check.NOT_APPLIED: not candidate.holds_place_in_course,
        Check.EMAIL_VERIFIED: candidate.has_verified_email or has_work_email,
    }
    if payer is PayerKind.INSTITUTION:
        found[Check.EMPLOYED] = institution_id in candidate.employer_ids
    elif payer is PayerKind.OWN_DETAILS:
        found[Check.DETAILS_GIVEN] = candidate.has_payer_details
    elif not is_free:
        found[Check.ADDRESS_DECLARED] = candidate.has_declared_address
    return found


def promotion_ends_at(starts_at: datetime | None) -> datetime | None:
    """Return when the line stops moving by itself: two working days before the start (4.6)."""
    if starts_at is None:
        return None
    local = riga.to_riga(starts_at)
    day = riga.add_working_days(local.date(), -PROMOTION_ENDS_WORKING_DAYS_BEFORE)
    return riga.at_riga(day, local.time())


def is_promoting(now: datetime, starts_at: datetime | None) -> bool:
    """Whether a freed place still goes to the head of the line by itself."""
    ends_at = promotion_ends_at(starts_at)
    return ends_at is None or now < ends_at


def offer_expires_at(now: datetime, starts_at: datetime | None) -> datetime:
    """Return until when an offered place is held: 48 hours, 24 in the last week (4.6)."""
    in_last_week = starts_at is not None and starts_at - now <= LAST_WEEK
    return now + (OFFER_LASTS_IN_LAST_WEEK if in_last_week else OFFER_LASTS)


def clashes(wanted: Sequence[Span], taken: Iterable[Span]) -> list[Span]:
    """Return the taken spans that overlap with wanted ones; touching ends do not overlap (4.5)."""
    return [span for span in taken if any(span[0] < end and start < span[1] for start, end in wanted)]


def moved(order: Sequence[int], item: int, position: int) -> list[int]:
    """Return the order with one item at a position (from 1); the others keep theirs (4.6)."""
    rest = [other for other in order if other != item]
    at = min(max(position, 1), len(order)) - 1
    return [*rest[:at], item, *rest[at:]]
