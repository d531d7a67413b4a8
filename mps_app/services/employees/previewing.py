"""The preview of a list, a page at a time (11.2)."""

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

from mps_app.core import riga
from mps_app.core.codes import mask_personal_code
from mps_app.core.work import Work
from mps_app.models import ImportState
from mps_app.services.employees import leaving, roll, staging
from mps_app.services.employees.commands import changes_between
from mps_app.services.employees.difference import Difference, Wrong, compare
from mps_app.services.employees.rules import Entry
from mps_app.services.employees.tables import LABELS
from mps_app.text import N_, say, say_n
from mps_app.views.employees import FieldChange, ImportPreview, ImportRow, PreviewWish

KINDS = ("wrong", "new", "changed", "ended", "same")
_PAGE = 50
_NOTHING = "–"


def preview_import(work: Work, institution_id: int, import_id: int, wish: PreviewWish) -> ImportPreview:
    """Compare a list with the employees of this moment and show one page of one kind of rows."""
    row = staging.find(work, institution_id, import_id)
    if row.state != ImportState.PREVIEWED:
        return ImportPreview(id=row.key, state=row.state, file_name=row.file_name)
    staged = staging.opened(work, row)
    found = compare(work, institution_id, staged)
    whole = wish.is_whole and found.can_be_whole
    rows = _rows(found, whole=whole)
    chosen = wish.kind if rows.get(wish.kind) else next((one for one in KINDS if rows[one]), "new")
    pages = max(1, -(-len(rows[chosen]) // _PAGE))
    number = min(wish.page, pages)
    shown = rows[chosen][(number - 1) * _PAGE : number * _PAGE]
    return ImportPreview(
        id=row.key,
        state=row.state,
        file_name=row.file_name,
        new=len(rows["new"]),
        changed=len(rows["changed"]),
        ended=len(rows["ended"]),
        same=len(rows["same"]),
        wrong=len(rows["wrong"]),
        is_whole=whole,
        can_be_whole=found.can_be_whole,
        ignored_text=", ".join(say(work.language, staging.QUOTED, words=header[:60]) for header in staged.ignored[:10]),
        basis=found.basis,
        kind=chosen,
        rows=_shown(work, chosen, shown),
        page_number=number,
        page_count=pages,
    )


def _rows(found: Difference, *, whole: bool) -> dict[str, Sequence[Any]]:  # Any: each kind its own
    return {
        "wrong": found.wrong,
        "new": found.new,
        "changed": found.changed,
        "ended": found.missing if whole else [],
        "same": found.same,
    }


def _shown(work: Work, kind: str, rows: Sequence[Any]) -> list[ImportRow]:  # Any: each kind its own
    if kind == "ended":
        return _ended_rows(work, rows)
    draw: dict[str, Callable[[Work, Any], ImportRow]] = {
        "wrong": _wrong_row,
        "new": _new_row,
        "changed": _changed_row,
        "same": _same_row,
    }
    return [draw[kind](work, row) for row in rows]


def _wrong_row(_: Work, row: Wrong) -> ImportRow:
    return ImportRow(number=row.number, name=row.name or _NOTHING, problems=row.words)


def _new_row(work: Work, entry: Entry) -> ImportRow:
    day = riga.day_short_text(work.language, entry.from_on or riga.today(work.now))
    return ImportRow(
        number=entry.row,
        name=f"{entry.given_name} {entry.family_name}",
        code=mask_personal_code(entry.code),
        under=_joined(entry.unit, entry.position, entry.work_email),
        note=say(work.language, N_("From {day}"), day=day),
    )


def _changed_row(work: Work, pair: tuple[roll.Known, Entry]) -> ImportRow:
    known, entry = pair
    changes = [
        FieldChange(label=say(work.language, LABELS[field]), before=before or _NOTHING, after=after or _NOTHING)
        for field, (before, after) in changes_between(known, entry).items()
    ]
    return ImportRow(number=entry.row, name=known.name, changes=changes)


def _same_row(_: Work, pair: tuple[roll.Known, Entry]) -> ImportRow:
    known, entry = pair
    return ImportRow(number=entry.row, name=known.name, under=_joined(known.unit, known.position, known.work_email))


def _ended_rows(work: Work, missing: Sequence[roll.Known]) -> list[ImportRow]:
    ids = [known.employment_id for known in missing]
    withdrawn = Counter(one.employment_id for one in leaving.withdrawn_by_leaving(work, ids, riga.today(work.now)))
    return [
        ImportRow(
            name=known.name,
            under=_joined(known.unit, known.position, known.work_email),
            note=_withdrawn_text(work, withdrawn[known.employment_id]),
        )
        for known in missing
    ]


def _withdrawn_text(work: Work, count: int) -> str:
    if not count:
        return ""
    return say_n(work.language, "{n} application is withdrawn", "{n} applications are withdrawn", count)


def _joined(*parts: str | None) -> str:
    return " · ".join(part for part in parts if part)
