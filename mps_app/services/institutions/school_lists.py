"""What the school decides about coordinators: nominations that wait, and the standing ones (11.1)."""

from typing import Any

from sqlalchemy import text

from mps_app.core import riga
from mps_app.core.folding import fold
from mps_app.core.work import Work, only_reads
from mps_app.models import EMPLOYED
from mps_app.policy import Action, Subject, require
from mps_app.services.institutions.coordinator_lists import days_text
from mps_app.text import N_, say
from mps_app.views.coordinators import NominationCard, StandingList, StandingRow

_MOST = 50
_NAME = "{0}.given_name || ' ' || {0}.family_name"
_WAITING = text(f"""
    SELECT c.*, {_NAME.format("p")} AS name, p.code_masked, coalesce(i.name, c.asked ->> 'name') AS institution_name,
           coalesce(i.registration_number, c.asked_number) AS number, i.id IS NULL AS is_new,
           (SELECT {_NAME.format("d")} FROM person d WHERE d.id = c.deputy_of_id) AS deputy_of,
           (SELECT {_NAME.format("n")} FROM person n WHERE n.id = c.nominated_by_id AND n.id <> c.person_id) AS by,
           EXISTS (SELECT FROM employment e WHERE e.person_id = p.id AND e.institution_id = i.id
                   AND {EMPLOYED}) AS is_employee
    FROM coordinator c JOIN person p ON p.id = c.person_id
    LEFT JOIN institution i ON i.id = c.institution_id OR (c.institution_id IS NULL
              AND i.registration_number = c.asked_number)
    WHERE c.confirmed_on IS NULL AND c.ended_by_id IS NULL
    ORDER BY c.nominated_on, c.id LIMIT {_MOST}
""")  # noqa: S608  # our own conditions
_STANDING = text(f"""
    SELECT c.*, {_NAME.format("p")} AS name, i.name AS institution_name, i.registration_number AS number,
           count(*) OVER () AS found,
           NOT EXISTS (SELECT FROM coordinator o WHERE o.institution_id = c.institution_id AND o.id <> c.id
                       AND o.confirmed_on IS NOT NULL AND o.ended_by_id IS NULL
                       AND (o.ended_on IS NULL OR o.ended_on > :today)) AS is_last
    FROM coordinator c JOIN person p ON p.id = c.person_id JOIN institution i ON i.id = c.institution_id
    WHERE c.confirmed_on IS NOT NULL AND c.ended_by_id IS NULL AND (c.ended_on IS NULL OR c.ended_on > :today)
      AND NOT EXISTS (SELECT FROM unnest(CAST(:words AS text[])) word
                      WHERE strpos(p.name_folded || ' ' || i.name_folded || ' ' || i.registration_number, word) = 0)
    ORDER BY i.name_folded, p.name_folded, c.id LIMIT {_MOST}
""")  # noqa: S608  # our own conditions


@only_reads
def nominations(work: Work) -> list[NominationCard]:
    """Return the nominations that wait, the oldest first."""
    require(work, Action.COORDINATOR_CONFIRM, Subject())
    rows = work.db.execute(_WAITING, {"today": riga.today(work.now)})
    return [_card(work, row) for row in rows]


@only_reads
def standing_coordinators(work: Work, words: str) -> StandingList:
    """Return who coordinates, found by name, institution or registration number."""
    require(work, Action.COORDINATOR_CONFIRM, Subject())
    rows = list(work.db.execute(_STANDING, {"today": riga.today(work.now), "words": fold(words).split()}))
    return StandingList(rows=[_standing(work, row) for row in rows], count=rows[0].found if rows else 0)


def _card(work: Work, row: Any) -> NominationCard:  # Any: a row of the query above
    language, asked = work.language, row.asked
    written = asked.get("name", "")
    return NominationCard(
        id=row.id,
        person_name=row.name,
        code_text=row.code_masked,
        institution_name=row.institution_name,
        institution_number=row.number,
        is_new=row.is_new,
        asked_name="" if row.is_new or fold(written) == fold(row.institution_name) else written,
        street=asked.get("street", ""),
        city=asked.get("city", ""),
        postal_code=asked.get("postal_code", ""),
        document_text=row.document_reference,
        days_text=days_text(work, row),
        nominated_text=_nominated(work, row),
        deputy_text=say(language, N_("Stands in for {name}"), name=row.deputy_of) if row.deputy_of else "",
        is_employee=row.is_employee,
        obstacle=_obstacle(work, row),
    )


def _nominated(work: Work, row: Any) -> str:  # Any: a row of the query above
    day = riga.day_short_text(work.language, row.nominated_on)
    if row.by:
        return say(work.language, N_("{name} nominated, {day}"), name=row.by, day=day)
    return say(work.language, N_("asked in person, {day}"), day=day)


def _obstacle(work: Work, row: Any) -> str:  # Any: a row of the query above
    if work.actor.person_id in {row.person_id, row.nominated_by_id}:
        return say(work.language, N_("Your own nomination is confirmed by a colleague."))
    if row.ended_on is not None and row.ended_on <= riga.today(work.now):
        return say(work.language, N_("The days of this nomination have passed. Refuse it."))
    return ""


def _standing(work: Work, row: Any) -> StandingRow:  # Any: a row of the query above
    return StandingRow(
        id=row.id,
        person_name=row.name,
        institution_name=row.institution_name,
        institution_number=row.number,
        days_text=days_text(work, row),
        document_text=row.document_reference,
        is_last=row.is_last,
    )
