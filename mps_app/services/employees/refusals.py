"""Why a list or an employee is refused, in words that say what to do."""

from collections.abc import Sequence

from mps_app.core.errors import DomainError
from mps_app.text import N_

LARGEST_MEGABYTES = 5


class ListRefused(DomainError):
    """What was sent can't be taken for a list of employees; nothing was saved."""

    code = "list_refused"
    status = 422
    message = N_("This is no list that can be read. Choose an XLSX or CSV file; an old XLS must be saved as XLSX.")


class NothingSent(ListRefused):
    """Neither a file nor pasted rows."""

    code = "nothing_sent"
    message = N_("Nothing was chosen yet: choose a file, or paste rows copied from a spreadsheet.")


class ListTooLarge(ListRefused):
    """More bytes, packed or unpacked, than a list of employees has."""

    code = "list_too_large"
    message = N_("The list is too large: a file has at most {megabytes} MB. Nothing was saved.")

    def __init__(self) -> None:
        super().__init__(megabytes=LARGEST_MEGABYTES)


class TooManyRows(ListRefused):
    """More rows than one list may have."""

    code = "too_many_rows"
    message = N_("The list has more than {most} rows. Divide it into several.")


class TooManyColumns(ListRefused):
    """More columns than one list may have."""

    code = "too_many_columns"
    message = N_("The list has more than {most} columns. Leave only those about employees.")


class NoHeader(ListRefused):
    """The first row does not name the columns that must be there."""

    code = "no_header"
    message = N_("The first row must name the columns. This is missing: {columns}.")

    def __init__(self, missing: Sequence[str], columns: str = "") -> None:
        super().__init__(columns=columns or ", ".join(missing))
        self.missing = missing


class SameHeader(ListRefused):
    """Two columns say the same."""

    code = "same_header"
    message = N_("Two columns are named alike: {column}. Leave one.")


class NoRows(ListRefused):
    """A list of nobody."""

    code = "no_rows"
    message = N_("There is no employee in the list, only the names of the columns.")


class ImportGone(DomainError):
    """The list was dropped: after a day, or because another was loaded."""

    code = "import_gone"
    message = N_("This list is no longer kept. Load it again.")
    status = 410


class AlreadyEmployed(DomainError):
    """The institution lists this person already."""

    code = "already_employed"
    message = N_("This person is already in your list of employees.")


class EmployedUntil(DomainError):
    """An earlier employment at the same institution reaches into the new one."""

    code = "employed_until"
    message = N_("This person worked for you until {day}. The new employment can begin on that day at the earliest.")
