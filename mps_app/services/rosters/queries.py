"""The employees of an institution as its coordinator looks for them (11.4)."""

from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import text

from mps_app.core import riga
from mps_app.core.folding import sort_key
from mps_app.core.work import Work, only_reads
from mps_app.policy import Action
from mps_app.services import catalogue, institutions
from mps_app.services.rosters import words
from mps_app.services.rosters.shelf import shelf
from mps_app.text import say
from mps_app.views.roster_filter import PAGE_SIZE, STATUSES, RosterFilter
from mps_app.views.rosters import RosterChoices, RosterOption, RosterPage


@only_reads
def roster(work: Work, institution_id: int, wanted: RosterFilter) -> RosterPage:
    """Return one page of the employees looked for; the last one, when there are fewer pages."""
    institutions.own(work, institution_id, Action.EMPLOYEE_READ)
    with shelf(work).roster(work, institution_id) as known:
        found, total = known.find(wanted), len(known)
        count = found.bit_count()
        last_page = max(1, -(-count // PAGE_SIZE))
        shown = wanted.changed(page=min(wanted.page, last_page))
        places = known.places(found, shown, (shown.page - 1) * PAGE_SIZE, PAGE_SIZE)
        facts = [(known.employees[place], known.hours[place], known.trained_on[place]) for place in places]
    today = riga.today(work.now)
    return RosterPage(
        found=words.found(work.language, shown, total, count, last_page),
        rows=[words.row(work.language, today, *fact) for fact in facts],
    )


@only_reads
def found_ids(work: Work, institution_id: int, wanted: RosterFilter, first: int = 0, last: int = -1) -> list[int]:
    """Return who is looked for, in order, by person: all of them, or a stretch, both ends included."""
    institutions.own(work, institution_id, Action.EMPLOYEE_READ)
    with shelf(work).roster(work, institution_id) as known:
        found = known.find(wanted)
        until = found.bit_count() if last < 0 else last + 1
        places = known.places(found, wanted, max(first, 0), max(until - max(first, 0), 0))
        return [known.employees[place].person_id for place in places]


@only_reads
def still_employed(work: Work, institution_id: int, person_ids: Collection[int]) -> list[int]:
    """Return those of some people who work here today, in the order given."""
    institutions.own(work, institution_id, Action.EMPLOYEE_READ)
    with shelf(work).roster(work, institution_id) as known:
        return [person_id for person_id in person_ids if person_id in known.place_of]


@only_reads
def choices(work: Work, institution_id: int, wanted: RosterFilter) -> RosterChoices:
    """Return what one can filter by: what there is among the institution's own."""
    institutions.own(work, institution_id, Action.EMPLOYEE_READ)
    with shelf(work).roster(work, institution_id) as known:
        units, positions, trainings = known.units, known.positions, known.trainings
    statuses = {status for _, _, status in trainings}
    return RosterChoices(
        units=[RosterOption(value=unit, label=unit) for unit in units],
        positions=[RosterOption(value=one, label=one) for one in positions],
        courses=_courses(work, sorted({course_id for course_id, _, _ in trainings})),
        groups=_groups(
            work, sorted({group_id for course_id, group_id, _ in trainings if course_id == wanted.course_id} - {0})
        ),
        statuses=[
            RosterOption(value=status, label=say(work.language, words.STATUSES[status]))
            for status in STATUSES
            if status == STATUSES[0] or status in statuses
        ],
        hours=words.hours_options(work.language),
    )


_COURSES = text("SELECT id, title, title_en FROM course WHERE id = ANY(:ids)")
_GROUPS = text("""
    SELECT g.id, g.code, array_agg(DISTINCT (lower(s.during) AT TIME ZONE 'Europe/Riga')::date)
           FILTER (WHERE s.id IS NOT NULL)
    FROM course_group g LEFT JOIN training_session s ON s.group_id = g.id AND s.withdrawn_at IS NULL
    WHERE g.id = ANY(:ids) GROUP BY g.id ORDER BY min(lower(s.during)) DESC NULLS LAST, g.id
""")


def _courses(work: Work, ids: Sequence[int]) -> list[RosterOption]:
    rows = work.db.execute(_COURSES, {"ids": list(ids)})
    titled = [(key, catalogue.title(work.language, title, english)) for key, title, english in rows]
    return [
        RosterOption(value=str(key), label=title) for key, title in sorted(titled, key=lambda one: sort_key(one[1]))
    ]


def _groups(work: Work, ids: Sequence[int]) -> list[RosterOption]:
    rows = work.db.execute(_GROUPS, {"ids": list(ids)})
    return [RosterOption(value=str(key), label=_group_text(work, code, days or [])) for key, code, days in rows]


def _group_text(work: Work, code: str, days: list[date]) -> str:
    return ", ".join(part for part in (code, riga.days_text(work.language, days) if days else "") if part)
