"""The year of an institution: four figures, and a table of people by months (11.5)."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import bindparam, text

from mps_app.core import riga
from mps_app.core.folding import fold
from mps_app.core.money import price_text
from mps_app.core.work import Work, only_reads
from mps_app.policy import Action
from mps_app.services import institutions
from mps_app.services.training_records.reading import FACTS, STAFF, Month, Sums, Year, months_of, sums_of, year_of
from mps_app.text import N_, say, say_n
from mps_app.views.training_records import (
    Figure,
    MonthCell,
    MonthHead,
    RecordFilter,
    RecordFound,
    RecordPage,
    RecordRow,
    TrainingMark,
)

PAGE_ROWS = 25
_MOST_WORDS = 4
_MONTHS = range(1, 13)
FORMS = {
    "in_person": N_("in person"),
    "online": N_("online"),
    "hybrid": N_("hybrid"),
    "elearning": N_("e-learning"),
}

_FIGURES = text(f"""{FACTS}, staff AS ({STAFF}), been AS (SELECT DISTINCT person_id FROM training WHERE been)
    SELECT (SELECT coalesce(sum(hours), 0)::int FROM training),
           (SELECT coalesce(sum(cents), 0)::bigint FROM training),
           (SELECT count(*) FROM staff WHERE is_employed),
           (SELECT count(*) FROM staff WHERE is_employed AND person_id IN (SELECT person_id FROM been)),
           (SELECT count(*) FROM institution_certificate k WHERE k.institution_id = :institution_id
              AND k.revoked_at IS NULL AND k.issued_on BETWEEN :first AND :last),
           (SELECT count(*) FROM mine m JOIN evaluation_invitation i ON i.application_id = m.application_id
            WHERE i.answered_on IS NULL AND i.invited_on BETWEEN :first AND :last
              AND (m.until_on IS NULL OR i.invited_on < m.until_on)),
           (SELECT budget_cents FROM training_plan
            WHERE institution_id = :institution_id AND year = extract(year FROM CAST(:first AS date)))
""")  # noqa: S608  # our own

_LISTED = f"""{FACTS}, staff AS ({STAFF}), been AS (SELECT DISTINCT person_id FROM training WHERE been),
    listed AS (SELECT s.* FROM staff s
               WHERE (s.is_employed OR s.person_id IN (SELECT person_id FROM been))
                 AND (:unit = '' OR s.unit = :unit)
                 AND (NOT :only_untrained OR s.person_id NOT IN (SELECT person_id FROM been)) {{words}})"""  # noqa: S608

_YEARS = text("""
    SELECT least(extract(year FROM min(e.from_on)), extract(year FROM CAST(:today AS date)))::int
    FROM employment e WHERE e.institution_id = :institution_id
""").bindparams(bindparam("institution_id"), bindparam("today"))
_UNITS = text("""
    SELECT DISTINCT unit FROM employment WHERE institution_id = :institution_id AND unit <> '' ORDER BY unit
""").bindparams(bindparam("institution_id"))


class Figures(NamedTuple):
    """The year in numbers."""

    hours: int
    cents: int
    employees: int
    trained: int
    certificates: int
    unanswered: int
    budget_cents: int | None


class Somebody(NamedTuple):
    """Who is in the table."""

    person_id: int
    name: str
    unit: str
    position: str


@only_reads
def record_page(work: Work, institution_id: int, asked_year: int) -> RecordPage:
    """Return a year with the figures of everybody; 0 is this year."""
    institutions.own(work, institution_id, Action.TRAINING_RECORD_READ)
    year = year_of(work, institution_id, asked_year)
    known = figures(work, year)
    return RecordPage(
        year=year.first.year,
        years=_years(work, year),
        under_text=say(work.language, N_("Who was trained in what, and when, in {year}"), year=year.first.year),
        figures=_figures(work, known),
        months=[_head(work, year, month) for month in _MONTHS],
        units=list(work.db.execute(_UNITS, {"institution_id": institution_id}).scalars()),
        certificate_count=known.certificates,
    )


@only_reads
def record_found(work: Work, institution_id: int, wanted: RecordFilter) -> RecordFound:
    """Return one page of the people looked for: asked at every letter, so without the figures of the year."""
    institutions.own(work, institution_id, Action.TRAINING_RECORD_READ)
    year = year_of(work, institution_id, wanted.year)
    total, people = _page_of(work, year, wanted)
    page_count = max(-(-total // PAGE_ROWS), 1)
    page = min(wanted.page, page_count)
    asked = wanted.changed(year=year.first.year).asked()
    return RecordFound(
        rows=rows_of(work, year, people),
        total=total,
        page=page,
        page_count=page_count,
        range_text=_range_text(work, (page - 1) * PAGE_ROWS, len(people), total),
        export_path=f"/iestade/{institution_id}/uzskaite.xlsx?{asked}",
        archive_path=f"/iestade/{institution_id}/sertifikati.zip?{asked}",
    )


def _range_text(work: Work, first: int, count: int, total: int) -> str:
    span = f"{first + 1}\N{EN DASH}{first + count}"
    return say_n(work.language, "{span} of {n} person", "{span} of {n} people", total, span=span) if total else ""


def figures(work: Work, year: Year) -> Figures:
    """Return the numbers of a year."""
    return Figures(*work.db.execute(_FIGURES, year.asked(work)).one())


def listed(work: Work, year: Year, wanted: RecordFilter, most: int) -> list[Somebody]:
    """Return those looked for, by name."""
    statement, asked = _looked_for(work, year, wanted)
    page = f"{statement} SELECT person_id, name, unit, position FROM listed ORDER BY folded, person_id LIMIT :most"  # noqa: S608
    return [Somebody(*row) for row in work.db.execute(text(page), asked | {"most": most})]


def _page_of(work: Work, year: Year, wanted: RecordFilter) -> tuple[int, list[Somebody]]:
    """Return how many are looked for, and one page of them, in one statement; behind the last page is the last."""
    statement, asked = _looked_for(work, year, wanted)
    page = f"""{statement}, counted AS (SELECT count(*) AS total FROM listed)
        SELECT c.total, l.person_id, l.name, l.unit, l.position FROM counted c CROSS JOIN listed l
        ORDER BY l.folded, l.person_id LIMIT :most
        OFFSET (SELECT least(:start, greatest(total - 1, 0) / :most * :most) FROM counted)"""  # noqa: S608
    bounds = {"most": PAGE_ROWS, "start": (wanted.page - 1) * PAGE_ROWS}
    rows = work.db.execute(text(page), asked | bounds).all()
    return (rows[0][0] if rows else 0), [Somebody(*row[1:]) for row in rows]


def _looked_for(work: Work, year: Year, wanted: RecordFilter) -> tuple[str, dict[str, object]]:
    words = fold(wanted.query).split()[:_MOST_WORDS]
    asked = year.asked(work) | {"unit": wanted.unit, "only_untrained": wanted.only_untrained}
    for number, word in enumerate(words):
        asked[f"word{number}"] = "%" + word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
    return _LISTED.format(words="".join(f" AND s.folded LIKE :word{number}" for number in range(len(words)))), asked


def rows_of(work: Work, year: Year, people: Sequence[Somebody]) -> list[RecordRow]:
    """Return people with their year."""
    ids = [one.person_id for one in people]
    months, sums = months_of(work, year, ids), sums_of(work, year, ids)
    return [_row(work, year, one, months[one.person_id], sums.get(one.person_id, Sums())) for one in people]


def _row(work: Work, year: Year, one: Somebody, months: Sequence[Month], sums: Sums) -> RecordRow:
    return RecordRow(
        person_id=one.person_id,
        name=one.name,
        unit=one.unit,
        cells=[_cell(work, year, month, [one for one in months if one.month == month]) for month in _MONTHS],
        hours=str(sums.hours),
        has_none=not any(month.been for month in months),
        cost=price_text(work.language, sums.cents) if sums.cents else "0\N{NO-BREAK SPACE}€",
        details_text=say(work.language, N_("Training record of {name}"), name=one.name),
    )


def _cell(work: Work, year: Year, month: int, found: Sequence[Month]) -> MonthCell:
    marks = [TrainingMark(form=one.form, is_coming=not one.been) for one in found if one.been or one.coming]
    return MonthCell(
        marks=marks,
        spoken=", ".join(spoken(work, mark) for mark in marks),
        is_now=_is_now(work, year, month),
    )


def spoken(work: Work, mark: TrainingMark) -> str:
    """Return a mark in words."""
    form = say(work.language, FORMS[mark.form])
    return say(work.language, N_("{form} (to come)"), form=form) if mark.is_coming else form


def _head(work: Work, year: Year, month: int) -> MonthHead:
    label = riga.month_brief_text(work.language, date(year.first.year, month, 1))
    return MonthHead(label=label, is_now=_is_now(work, year, month))


def _is_now(work: Work, year: Year, month: int) -> bool:
    today = riga.today(work.now)
    return (today.year, today.month) == (year.first.year, month)


def _years(work: Work, year: Year) -> list[str]:
    """Return the years to choose among: from the first employment that is known to next year, not before 2000."""
    today = riga.today(work.now)
    first = work.db.execute(_YEARS, {"institution_id": year.institution_id, "today": today}).scalar()
    earliest = max(first or today.year, today.year - 15)
    return [str(one) for one in range(today.year + 1, min(earliest, year.first.year) - 1, -1)]


def _figures(work: Work, known: Figures) -> list[Figure]:
    language, untrained = work.language, known.employees - known.trained
    each = f"{known.hours / known.employees:.1f}" if known.employees else "0"
    share = f"{round(100 * known.trained / known.employees)}\N{NO-BREAK SPACE}%" if known.employees else "0"
    budget = say(language, N_("of the {sum} budgeted"), sum=_money(work, known.budget_cents or 0))
    return [
        Figure(
            number=f"{known.hours:,}".replace(",", "\N{NO-BREAK SPACE}"),
            label=say(language, N_("academic hours")),
            note=say(language, N_("{n} for each employee"), n=each.replace(".", ",") if language == "lv" else each),
        ),
        Figure(
            number=share,
            label=say(language, N_("of employees were trained")),
            note=say_n(language, "{n} was not trained", "{n} were not trained", untrained) if untrained else "",
            warns=untrained > 0,
        ),
        Figure(
            number=str(known.certificates),
            label=say_n(language, "certificate", "certificates", known.certificates),
            note=say_n(language, "{n} waits for a questionnaire", "{n} wait for questionnaires", known.unanswered)
            if known.unanswered
            else "",
            warns=known.unanswered > 0,
        ),
        Figure(
            number=_money(work, known.cents),
            label=say(language, N_("costs")),
            note=budget if known.budget_cents else "",
            warns=bool(known.budget_cents) and known.cents > (known.budget_cents or 0),
        ),
    ]


def _money(work: Work, cents: int) -> str:
    return price_text(work.language, cents) if cents else "0\N{NO-BREAK SPACE}€"
