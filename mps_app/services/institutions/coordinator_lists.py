"""Who speaks for an institution, who is nominated and who did, for its coordinators and for who asked (11.1, 11.7)."""

from datetime import date, timedelta
from typing import Any

from sqlalchemy import text

from mps_app.core import riga
from mps_app.core.folding import fold
from mps_app.core.work import Work, only_reads
from mps_app.models import EMPLOYED, EMPLOYEE_FOLDED, EMPLOYEE_NAME
from mps_app.policy import Action, Subject, require
from mps_app.services.institutions.reach import own
from mps_app.text import N_, say
from mps_app.views.coordinators import AskingPage, ColleagueChoice, CoordinatorRow, CoordinatorsPage, OwnNominationRow

_MOST_ENDED, _MOST_CHOICES, _SHORTEST_SEARCH = 50, 8, 2
_OF_INSTITUTION = text("""
    SELECT c.*, i.name AS institution_name,
           coalesce((SELECT e.given_name || ' ' || e.family_name FROM employment e
                     WHERE e.person_id = p.id AND e.institution_id = i.id ORDER BY e.from_on DESC LIMIT 1),
                    p.given_name || ' ' || p.family_name) AS name,
           coalesce((SELECT max(coalesce(e.until_on, 'infinity')) <= :today FROM employment e
                     WHERE e.person_id = p.id AND e.institution_id = i.id), false) AS has_left,
           (SELECT d.given_name || ' ' || d.family_name FROM person d WHERE d.id = c.deputy_of_id) AS deputy_of
    FROM coordinator c JOIN person p ON p.id = c.person_id JOIN institution i ON i.id = :institution_id
    WHERE c.institution_id = i.id
       OR (c.institution_id IS NULL AND c.asked_number = i.registration_number AND c.ended_by_id IS NULL)
    ORDER BY coalesce(c.ended_on, c.from_on) DESC, c.id DESC
""")
_OWN = text("""
    SELECT c.*, coalesce(c.asked ->> 'name', i.name) AS institution_name, NULL AS deputy_of, '' AS name
    FROM coordinator c LEFT JOIN institution i ON i.id = c.institution_id
    WHERE c.person_id = :person_id AND c.nominated_by_id = :person_id ORDER BY c.id DESC LIMIT 20
""")
_COLLEAGUES = text(f"""
    SELECT p.id, {EMPLOYEE_NAME}, e.unit, e.position
    FROM employment e JOIN person p ON p.id = e.person_id
    WHERE e.institution_id = :institution_id AND {EMPLOYED} AND p.id <> :me
      AND NOT EXISTS (SELECT FROM unnest(CAST(:words AS text[])) word WHERE strpos({EMPLOYEE_FOLDED}, word) = 0)
      AND NOT EXISTS (SELECT FROM coordinator c WHERE c.person_id = p.id AND c.institution_id = e.institution_id
                      AND c.ended_by_id IS NULL AND (c.ended_on IS NULL OR c.ended_on > :today))
    ORDER BY {EMPLOYEE_FOLDED}, p.id LIMIT :most
""")  # noqa: S608  # our own condition

Found = Any  # a row of the queries above


@only_reads
def coordinators_page(work: Work, institution_id: int) -> CoordinatorsPage:
    """Return everybody who speaks, is nominated or did; the wish for a digest is the actor's own."""
    own(work, institution_id, Action.INSTITUTION_READ)
    today = riga.today(work.now)
    rows = list(work.db.execute(_OF_INSTITUTION, {"institution_id": institution_id, "today": today}))
    standing = [row for row in rows if row.confirmed_on and not is_over(row, today)]
    now_speaking = [row for row in standing if row.from_on <= today]
    mine = [row for row in now_speaking if row.person_id == work.actor.person_id]
    waiting = [row for row in rows if not row.confirmed_on and not row.ended_by_id]
    over = [row for row in rows if row.institution_id and is_over(row, today) and row not in waiting]
    return CoordinatorsPage(
        speaking=[_row(work, row, is_last=now_speaking == [row]) for row in reversed(standing)],
        nominated=[_row(work, row) for row in waiting],
        ended=[_row(work, row) for row in over[:_MOST_ENDED]],
        wants_digest=any(row.wants_digest for row in mine),
    )


@only_reads
def asking_page(work: Work) -> AskingPage:
    """Return what came of one's own nominations."""
    require(work, Action.COORDINATOR_NOMINATE, Subject(person_id=work.actor.person_id))
    rows = work.db.execute(_OWN, {"person_id": work.actor.person_id})
    return AskingPage(nominations=[_own_row(work, row) for row in rows])


@only_reads
def colleagues(work: Work, institution_id: int, words: str) -> list[ColleagueChoice]:
    """Return employees of the institution by name, those left out who coordinate or are nominated already."""
    own(work, institution_id, Action.COORDINATOR_NOMINATE)
    folded = fold(words).split()
    if len("".join(folded)) < _SHORTEST_SEARCH:
        return []
    asked = {"institution_id": institution_id, "today": riga.today(work.now), "me": work.actor.person_id}
    found = work.db.execute(_COLLEAGUES, {**asked, "words": folded, "most": _MOST_CHOICES})
    return [ColleagueChoice(person_id=row[0], name=row[1], work_text=", ".join(filter(None, row[2:]))) for row in found]


def is_over(row: Found, today: date) -> bool:
    """Answer whether it has ended; somebody's end counts at once, also before the first day."""
    return row.ended_by_id is not None or (row.ended_on is not None and row.ended_on <= today)


def days_text(work: Work, row: Found) -> str:
    """Return *from 9 Jan 2026*, or the days of a deputy and of one that has ended; a day begun counts whole."""
    begins = riga.day_short_text(work.language, row.from_on)
    if row.ended_on is None or row.ended_on < row.from_on or (row.ended_on == row.from_on and not row.confirmed_on):
        return say(work.language, N_("from {day}"), day=begins)
    last_on = row.ended_on - timedelta(days=1)
    return f"{begins} – {riga.day_short_text(work.language, last_on)}" if last_on > row.from_on else begins


def _state(row: Found, today: date) -> tuple[str, str]:
    """Return tone and words of where a nomination stands."""
    if row.confirmed_on and is_over(row, today):
        return "none", N_("It has ended")
    if row.confirmed_on:
        return ("ok", N_("Speaks")) if row.from_on <= today else ("open", N_("Confirmed, not begun yet"))
    if row.ended_by_id is None:
        return "warn", N_("Waits for the school")
    return ("none", N_("Taken back")) if row.ended_by_id == row.person_id else ("bad", N_("Not confirmed"))


def _row(work: Work, row: Found, *, is_last: bool = False) -> CoordinatorRow:
    today = riga.today(work.now)
    tone, state = _state(row, today)
    days = days_text(work, row)
    if row.deputy_of:
        days = say(work.language, N_("Stands in for {name}, {days}"), name=row.deputy_of, days=days)
    return CoordinatorRow(
        id=row.id,
        name=row.name,
        tone=tone,
        state_text=say(work.language, state),
        days_text=days,
        document_text=row.document_reference,
        end_text=row.end_reference,
        is_me=row.person_id == work.actor.person_id,
        is_last=is_last,
        has_left=row.has_left and not is_over(row, today),
        can_end=row.institution_id is not None and row.ended_by_id is None,
        was_confirmed=row.confirmed_on is not None,
    )


def _own_row(work: Work, row: Found) -> OwnNominationRow:
    tone, state = _state(row, riga.today(work.now))
    return OwnNominationRow(
        id=row.id,
        institution_text=row.institution_name,
        tone=tone,
        state_text=say(work.language, state),
        days_text=days_text(work, row),
        document_text=row.document_reference,
        end_text=row.end_reference,
        can_withdraw=row.confirmed_on is None and row.ended_by_id is None,
    )
