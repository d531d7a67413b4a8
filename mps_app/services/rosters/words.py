"""What the roster says in words (11.4)."""

from datetime import date

from mps_app.core import riga
from mps_app.core.actor import Language
from mps_app.models import ApplicationStatus
from mps_app.services.rosters.loading import Employee
from mps_app.text import N_, say, say_n
from mps_app.views.roster_filter import NONE, PAGE_SIZE, RosterFilter
from mps_app.views.rosters import RosterFound, RosterOption, RosterRow

STATUSES = {
    NONE: N_("No application"),
    ApplicationStatus.PENDING_APPROVAL.value: N_("Awaiting approval"),
    ApplicationStatus.REGISTERED.value: N_("Enrolled"),
    ApplicationStatus.OFFERED.value: N_("A place is held"),
    ApplicationStatus.WAITLISTED.value: N_("On the waiting list"),
    ApplicationStatus.WAITING.value: N_("Waiting for the next group"),
    ApplicationStatus.ATTENDED.value: N_("Was there"),
    ApplicationStatus.COMPLETED.value: N_("Training completed"),
    ApplicationStatus.NO_SHOW.value: N_("Did not attend"),
    ApplicationStatus.CANCELLED.value: N_("Cancelled"),
    ApplicationStatus.REJECTED.value: N_("Rejected"),
}
HOURS = (1, 4, 8, 16, 24)


def row(language: Language, today: date, one: Employee, hours: int, trained_on: date | None) -> RosterRow:
    """Return an employee as shown."""
    return RosterRow(
        person_id=one.person_id,
        employment_id=one.employment_id,
        name=one.name,
        unit=one.unit,
        position=one.position,
        email=one.email,
        under_text=", ".join(part for part in (one.position, one.unit) if part),
        hours=hours,
        last_text=trained_text(language, today, trained_on),
        lacks_mandatory=one.lacks_mandatory,
        mandatory_text=mandatory_text(language, lacks=one.lacks_mandatory),
        choose_text=say(language, N_("Choose: {name}"), name=one.name),
    )


def trained_text(language: Language, today: date, trained_on: date | None) -> str:
    """Return when somebody was trained last."""
    if trained_on is None:
        return say(language, N_("never"))
    return riga.day_seen_text(language, trained_on, today)


def mandatory_text(language: Language, *, lacks: bool) -> str:
    """Return how it stands with mandatory training."""
    return say(language, N_("Missing")) if lacks else say(language, N_("In order"))


def found(language: Language, wanted: RosterFilter, total: int, count: int, last_page: int) -> RosterFound:
    """Return how many there are, in words."""
    first = (wanted.page - 1) * PAGE_SIZE
    nobody = total == 0
    return RosterFound(
        total=total,
        found=count,
        page=wanted.page,
        page_count=last_page,
        first=first,
        range_text=f"{first + 1}\N{EN DASH}{min(first + PAGE_SIZE, count)}" if count else "",
        total_text=say_n(language, "{n} employee", "{n} employees", total),
        found_text=say_n(language, "{n} employee found", "{n} employees found", count),
        empty_title=say(language, N_("No employees yet") if nobody else N_("Nobody found")),
        empty_text=say(
            language,
            N_("Add them one by one or load a list.") if nobody else N_("Change what you typed or remove filters."),
        ),
    )


def hours_options(language: Language) -> list[RosterOption]:
    """Return the bounds of hours to filter by."""
    return [
        RosterOption(value=str(bound), label=say(language, N_("None")) if bound == 1 else _less(language, bound))
        for bound in HOURS
    ]


def _less(language: Language, bound: int) -> str:
    return say(language, N_("Less than {n}"), n=bound)
