"""The roster as a spreadsheet: what is shown, or everything (11.4)."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import IO, NamedTuple

from mps_app.core import riga
from mps_app.core.spreadsheet import Value, write_xlsx
from mps_app.core.work import Work, only_reads
from mps_app.policy import Action
from mps_app.services import institutions
from mps_app.services.rosters import words
from mps_app.services.rosters.loading import Employee
from mps_app.services.rosters.shelf import shelf
from mps_app.text import N_, say
from mps_app.views.roster_filter import COLUMNS, RosterFilter


class _Line(NamedTuple):
    employee: Employee
    hours: int
    trained_on: date | None


_HEADS: Mapping[str, str] = {
    "position": N_("Position"),
    "unit": N_("Unit"),
    "email": N_("Work e-mail"),
    "hours": N_("Hours in 12 months"),
    "last": N_("Last training"),
    "mandatory": N_("Mandatory training"),
}


@only_reads
def export(work: Work, institution_id: int, wanted: RosterFilter, target: IO[bytes], *, whole: bool = False) -> None:
    """Write the employees looked for, in their order and with the columns chosen; or everybody with all columns."""
    institution = institutions.own(work, institution_id, Action.EMPLOYEE_READ)
    asked = RosterFilter(columns=COLUMNS) if whole else wanted
    with shelf(work).roster(work, institution_id) as known:
        places = known.places(known.find(asked), asked, 0, len(known))
        lines = [_Line(known.employees[place], known.hours[place], known.trained_on[place]) for place in places]
    cells = [_cell_of(work, column) for column in asked.columns]
    write_xlsx(
        target,
        institution.name,
        [say(work.language, N_("Name")), *(say(work.language, _HEADS[column]) for column in asked.columns)],
        ([line.employee.name, *(cell(line) for cell in cells)] for line in lines),
    )


def _cell_of(work: Work, column: str) -> Callable[[_Line], Value]:
    """Return what a column says of somebody."""
    written: Mapping[str, Callable[[_Line], Value]] = {
        "position": lambda line: line.employee.position,
        "unit": lambda line: line.employee.unit,
        "email": lambda line: line.employee.email,
        "hours": lambda line: line.hours,
        "last": lambda line: riga.day_short_text(work.language, line.trained_on) if line.trained_on else "",
        "mandatory": lambda line: words.mandatory_text(work.language, lacks=line.employee.lacks_mandatory),
    }
    return written[column]
