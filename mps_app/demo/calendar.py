"""The demo school's days: those written down move with the day on which the school is filled."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from mps_app.core import riga
from mps_app.demo.furniture import Described
from mps_app.demo.persons import school

_END_OF_DAY = time(23, 59)
_WEEK = 7


@dataclass(slots=True)
class Calendar:
    """Today, and which rooms and lecturers are taken on which day."""

    now: datetime
    taken: set[tuple[str, date]] = field(default_factory=set)

    @property
    def today(self) -> date:
        """Return the day in Riga."""
        return riga.today(self.now)

    def day(self, written: str) -> date:
        """Return a written day moved by whole weeks, so that its weekday stays."""
        weeks = round((self.today - date.fromisoformat(school()["meta"]["as_of"])).days / _WEEK)
        return date.fromisoformat(written) + timedelta(weeks=weeks)

    def take(self, day: date, *who: str) -> None:
        """Note who is busy on a day."""
        self.taken |= {(one, day) for one in who}

    def free_day(self, from_on: date, *who: str) -> date:
        """Return the first working day on which all of them are free, and take it."""
        day = from_on
        while not riga.is_working_day(day) or any((one, day) in self.taken for one in who):
            day += timedelta(days=1)
        self.take(day, *who)
        return day

    def before_now(self, wanted: datetime) -> datetime:
        """Return a moment, or a little before now when it is still ahead."""
        return min(wanted, self.now - timedelta(minutes=5))


def hours(pattern: str, day: date) -> tuple[datetime, datetime]:
    """Return when a session of a written pattern begins and ends on a day."""
    row: Described = next(row for row in school()["session_patterns"] if row["id"] == pattern)
    start, end = (time.fromisoformat(row[side]) for side in ("start", "end"))
    return riga.at_riga(day, start), riga.at_riga(day, end)


def end_of(day: date) -> datetime:
    """Return the last minute of a day."""
    return riga.at_riga(day, _END_OF_DAY)
