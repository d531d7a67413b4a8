"""The year as a spreadsheet: those looked for, all of them (11.5)."""

from datetime import date
from typing import IO

from mps_app.core import riga
from mps_app.core.spreadsheet import Value, write_xlsx
from mps_app.core.work import Work, only_reads
from mps_app.policy import Action
from mps_app.services import institutions
from mps_app.services.training_records.reading import Sums, months_of, sums_of, year_of
from mps_app.services.training_records.year import listed, spoken
from mps_app.text import N_, say
from mps_app.views.training_records import RecordFilter, TrainingMark

_MOST = 100_000
_CENTS = 100


@only_reads
def export(work: Work, institution_id: int, wanted: RecordFilter, target: IO[bytes]) -> None:
    """Write who was trained in which months and how, with hours and costs."""
    institution = institutions.own(work, institution_id, Action.TRAINING_RECORD_READ)
    year = year_of(work, institution_id, wanted.year)
    people = listed(work, year, wanted, _MOST)
    ids = [one.person_id for one in people]
    months, sums = months_of(work, year, ids), sums_of(work, year, ids)
    heads = [N_("Name"), N_("Unit"), N_("Position")]
    names = [riga.month_brief_text(work.language, date(year.first.year, month, 1)) for month in range(1, 13)]

    def line(place: int) -> list[Value]:
        one = people[place]
        told: list[str] = [""] * 12
        for month in months[one.person_id]:
            mark = spoken(work, TrainingMark(form=month.form, is_coming=not month.been))
            told[month.month - 1] = ", ".join(part for part in (told[month.month - 1], mark) if part)
        done = sums.get(one.person_id, Sums())
        return [one.name, one.unit, one.position, *told, done.hours, _euros(done.cents)]

    write_xlsx(
        target,
        f"{year.first.year} {institution.name}",
        [
            *(say(work.language, head) for head in heads),
            *names,
            say(work.language, N_("Hours")),
            say(work.language, N_("Cost, EUR")),
        ],
        (line(place) for place in range(len(people))),
    )


def _euros(cents: int) -> Value:
    """Return whole euros as a number, others as text: a sum is never rounded."""
    euros, rest = divmod(cents, _CENTS)
    return f"{euros},{rest:02}" if rest else euros
