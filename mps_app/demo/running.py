"""Groups of the demo school, held through the services at the moments when things happened."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Self

from mps_app.core import riga
from mps_app.core.actor import SYSTEM, Actor
from mps_app.core.work import begin
from mps_app.demo.calendar import Calendar, end_of, hours
from mps_app.demo.evaluations import conclude
from mps_app.demo.exams import examine
from mps_app.demo.furniture import Furniture
from mps_app.demo.inhabitants import Inhabitants
from mps_app.services import applications, groups, institutions
from mps_app.views.applications import ApplyForm
from mps_app.views.groups import GroupPlan, SessionPlan

_OPENS_DAYS_BEFORE = 45
_CLOSES_DAYS_BEFORE = 7


@dataclass(frozen=True, slots=True)
class Run:
    """A group to be held: which course, when, where, by whom."""

    code: str
    days: Sequence[date] = ()
    pattern: str = "pilna_diena"
    room: str | None = None
    lecturers: Sequence[str] = ()
    opens_on: date | None = None
    closes_on: date | None = None
    minimum: int | None = None
    maximum: int | None = None
    share: int | None = None

    @property
    def course(self) -> str:
        """Return the course's code."""
        return self.code.partition("/")[0]


@dataclass(slots=True)
class Life:
    """The school while its story is told."""

    calendar: Calendar
    furniture: Furniture
    people: Inhabitants
    limits: dict[str, tuple[int, int]] = field(default_factory=dict)
    groups: dict[str, int] = field(default_factory=dict)

    def open(self, run: Run) -> Self:
        """Plan a group and open it."""
        self._note(run)
        opens_at = self._opens_at(run)
        with begin(self.people.staff, now=opens_at) as work:
            self.groups[run.code] = groups.plan_group(work, self._plan(run, opens_at))
        with begin(self.people.staff, now=opens_at) as work:
            groups.open_group(work, self.groups[run.code])
        return self

    def draft(self, run: Run) -> None:
        """Plan a group that is not open yet."""
        self._note(run)
        with begin(self.people.staff, now=self.calendar.now) as work:
            self.groups[run.code] = groups.plan_group(work, self._plan(run, self.calendar.now))

    def apply(self, run: Run, people: Iterable[int], *, first_at: datetime | None = None) -> None:
        """Let people apply one after another, a few hours apart, before registration closes."""
        persons = list(people)
        begins = first_at or self._opens_at(run) + timedelta(hours=1)
        ends = self.calendar.before_now(end_of(self._closes_on(run)) - timedelta(hours=2))
        step = max((ends - begins) / (len(persons) or 1), timedelta(0))
        for number, person_id in enumerate(persons):
            self.apply_one(run.course, person_id, begins + step * number, group_id=self.groups[run.code])

    def apply_one(self, course: str, person_id: int, at: datetime, *, group_id: int = 0, alone: bool = False) -> int:
        """Let one person apply at a moment: on the employer's account if there is one, else alone."""
        with begin(Actor(person_id=person_id), now=at) as work:
            listed = [] if alone else institutions.employers(work, person_id)
            form = ApplyForm(
                agreed=True,
                course_id=self.furniture.courses[course],
                group_id=group_id,
                payer="institution" if listed else "person",
                institution_id=listed[0].institution_id if listed else None,
            )
            return applications.apply(work, form).application_id

    def cancel(self, application_id: int, at: datetime) -> None:
        """Let staff cancel an application at a moment."""
        with begin(self.people.staff, now=at) as work:
            applications.cancel(work, application_id)

    def finish(self, run: Run, *, answering: Collection[int] = ()) -> None:
        """Let the clock of a past group go to its end, and what follows happen; those named fill the questionnaire."""
        ends_at = hours(run.pattern, max(run.days))[1] + timedelta(minutes=1)
        with begin(SYSTEM, now=ends_at) as work:
            groups.move_clock(work)
        conclude(self.groups[run.code], ends_at, answering, self.people.staff, self.calendar.now)

    def examine_before(self, run: Run) -> None:
        """Let everybody take the test that comes before a training, three days before it."""
        at = hours(run.pattern, min(run.days))[0] - timedelta(days=3)
        examine(self.groups[run.code], at, self.calendar.now)

    def _note(self, run: Run) -> None:
        for day in run.days:
            self.calendar.take(day, *run.lecturers, *([run.room] if run.room else []))

    def _plan(self, run: Run, opens_at: datetime) -> GroupPlan:
        minimum, maximum = self.limits[run.course]
        first = min(run.days, default=self.calendar.today + timedelta(days=365))
        deadline = end_of(riga.add_working_days(first, -5))
        return GroupPlan(
            course_id=self.furniture.courses[run.course],
            code=run.code,
            minimum=run.minimum or minimum,
            maximum=run.maximum or maximum,
            decision_on=riga.add_working_days(first, -8) if run.days else None,
            registration_opens_at=opens_at,
            registration_closes_at=max(end_of(self._closes_on(run)), opens_at + timedelta(days=1)),
            cancellation_deadline_at=deadline,
            institution_share=run.share,
            sessions=[self._session(run, day) for day in sorted(run.days)],
        )

    def _session(self, run: Run, day: date) -> SessionPlan:
        starts_at, ends_at = hours(run.pattern, day)
        return SessionPlan(
            starts_at=starts_at,
            ends_at=ends_at,
            room_id=self.furniture.rooms[run.room] if run.room else None,
            lecturer_ids=[self.people.lecturers[one] for one in run.lecturers],
        )

    def _opens_at(self, run: Run) -> datetime:
        first = min(run.days, default=self.calendar.today)
        day = run.opens_on or first - timedelta(days=_OPENS_DAYS_BEFORE)
        return min(hours("puse_diena_rits", day)[0], self.calendar.now - timedelta(days=12))

    def _closes_on(self, run: Run) -> date:
        first = min(run.days, default=self.calendar.today + timedelta(days=365))
        return run.closes_on or first - timedelta(days=_CLOSES_DAYS_BEFORE)
