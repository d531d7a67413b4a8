"""What ends with an employment: upcoming training on the institution's account, and nothing else (2.5)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import bindparam, text

from mps_app.core import riga
from mps_app.core.work import Fact, Work
from mps_app.text import N_, say
from mps_app.views.employees import WithdrawnApplication


@dataclass(frozen=True, slots=True)
class EmploymentsEnded(Fact):
    """People are no employees any more: of one institution from one day on, or each as the row says."""

    institution_id: int | None
    employment_ids: tuple[int, ...]
    until_on: date | None


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """An application that ends with an employment."""

    application_id: int
    employment_id: int
    course_id: int
    group_id: int | None
    course_title: str
    starts_at: datetime | None
    until_on: date


_WITHDRAWN = text("""
    SELECT a.id, e.id, a.course_id, a.group_id, c.title, first.starts_at, ends.until_on
    FROM employment e
    JOIN LATERAL (SELECT coalesce(CAST(:until_on AS date), e.until_on) AS until_on) ends ON ends.until_on IS NOT NULL
    JOIN application a ON a.person_id = e.person_id AND a.payer_institution_id = e.institution_id
     AND (a.created_at AT TIME ZONE 'Europe/Riga')::date >= e.from_on
     AND a.status IN ('pending_approval', 'registered', 'offered', 'waitlisted', 'waiting')
    JOIN course c ON c.id = a.course_id
    LEFT JOIN course_group g ON g.id = a.group_id
    LEFT JOIN LATERAL (
        SELECT min(lower(s.during)) AS starts_at FROM training_session s
        WHERE s.group_id = a.group_id AND s.withdrawn_at IS NULL) first ON true
    WHERE e.id = ANY(:ids) AND coalesce(g.status, '') <> 'running'
      AND (first.starts_at IS NULL
           OR (first.starts_at > :now AND (first.starts_at AT TIME ZONE 'Europe/Riga')::date >= ends.until_on))
      AND NOT EXISTS (  -- taken on anew: the training goes on
        SELECT 1 FROM employment again WHERE again.person_id = e.person_id AND again.id <> e.id
         AND again.institution_id = e.institution_id AND (again.until_on IS NULL OR again.until_on > ends.until_on))
    ORDER BY first.starts_at NULLS LAST, a.id
""").bindparams(bindparam("ids"), bindparam("now"), bindparam("until_on"))


def withdrawn_by_leaving(work: Work, employment_ids: Sequence[int], until_on: date | None) -> list[Withdrawn]:
    """Return the applications on the account of the institution that employments end with, by date.

    Without a day each employment ends on its own.
    What has begun goes on; what the person pays for, or another institution, is not looked at.
    """
    asked = {"ids": list(employment_ids), "now": work.now, "until_on": until_on}
    return [Withdrawn(*row) for row in work.db.execute(_WITHDRAWN, asked)]


_LEFT = text("""
    SELECT id FROM employment WHERE until_on > :since AND until_on <= :today ORDER BY id
""").bindparams(bindparam("since"), bindparam("today"))
_LOOKED_BACK = timedelta(days=7)  # a clock that slept misses nobody


def let_go(work: Work) -> int:
    """State for every employment whose last day is over that it has ended; return how many there were.

    An end that was set beforehand may have met training that was moved, or applied for, since.
    """
    today = riga.today(work.now)
    ids = tuple(work.db.execute(_LEFT, {"since": today - _LOOKED_BACK, "today": today}).scalars())
    if ids:
        work.happened(EmploymentsEnded(None, ids, None))  # in one: several would lock their groups out of order
    return len(ids)


def shown(work: Work, withdrawn: Withdrawn) -> WithdrawnApplication:
    """Say which training it is, and when."""
    if withdrawn.starts_at is None:  # a group without sessions is learnt alone; without a group, one waits for it
        when = say(work.language, N_("At your own pace") if withdrawn.group_id else N_("The date is not known yet"))
    else:
        when = riga.moment_text(work.language, withdrawn.starts_at)
    return WithdrawnApplication(course_title=withdrawn.course_title, when_text=when)
