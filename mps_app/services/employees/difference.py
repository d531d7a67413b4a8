"""A list against the employees of this moment: who is new, changed, missing, the same (11.2)."""

from collections.abc import Sequence
from dataclasses import dataclass

from mps_app.core import riga
from mps_app.core.work import Work
from mps_app.services.employees import roll
from mps_app.services.employees.commands import changes_between
from mps_app.services.employees.rules import Entry
from mps_app.services.employees.staging import BadRow, Staged, words_of
from mps_app.text import N_, say


@dataclass(frozen=True, slots=True)
class Wrong:
    """A row that can't be used, with the words that say why."""

    number: int
    name: str
    words: list[str]


@dataclass(frozen=True, slots=True)
class Difference:
    """What saving a list would do."""

    new: list[Entry]
    changed: list[tuple[roll.Known, Entry]]
    missing: list[roll.Known]
    same: list[tuple[roll.Known, Entry]]
    wrong: list[Wrong]
    basis: str

    @property
    def can_be_whole(self) -> bool:
        """Whether missing people may be ended: not while a row is wrong, for it may be one of them."""
        return not self.wrong


def compare(work: Work, institution_id: int, staged: Staged) -> Difference:
    """Compare with the institution's own employments alone: of nobody else anything is known here (11.5)."""
    today = riga.today(work.now)
    known = roll.read(work, institution_id)
    standing = {one.code_hash: one for one in known if one.stands(today)}
    former = {one.code_hash: one for one in known if not one.stands(today)}  # the latest ends last
    for one in known:
        if not one.stands(today) and (one.until_on or today) > (former[one.code_hash].until_on or today):
            former[one.code_hash] = one
    found = Difference([], [], [], [], [_wrong(work, bad, staged) for bad in staged.bad], roll.basis_of(known, today))
    met = set()
    for entry in staged.entries:
        code_hash = work.tools.cipher.lookup(entry.code)
        met.add(code_hash)
        _place(work, found, entry, standing.get(code_hash), former.get(code_hash))
    found.missing.extend(one for code_hash, one in standing.items() if code_hash not in met)
    found.wrong.sort(key=lambda row: row.number)
    return found


def _place(work: Work, found: Difference, entry: Entry, now: roll.Known | None, before: roll.Known | None) -> None:
    if now is not None:
        (found.changed if changes_between(now, entry) else found.same).append((now, entry))
        return
    from_on = entry.from_on or riga.today(work.now)
    if before is None or before.until_on is None or before.until_on <= from_on:
        found.new.append(entry)
        return
    day = riga.day_text(work.language, before.until_on)
    words = say(work.language, N_("First day: this person worked for you until {day}."), day=day)
    found.wrong.append(Wrong(entry.row, f"{entry.given_name} {entry.family_name}", [words]))


def _wrong(work: Work, bad: BadRow, staged: Staged) -> Wrong:
    return Wrong(bad.number, _name(bad.cells, staged.fields), words_of(work, bad))


def _name(cells: Sequence[str], fields: dict[str, int]) -> str:
    places = (fields["given_name"], fields["family_name"])
    return " ".join(cells[place][:100] for place in places if place < len(cells)).strip()
