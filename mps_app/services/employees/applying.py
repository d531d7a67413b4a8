"""Saving a list: everything or nothing, once, and only what was shown (11.2)."""

from mps_app.core import riga
from mps_app.core.work import Work
from mps_app.models import EmployeeImport, ImportState
from mps_app.services import audit
from mps_app.services.employees import leaving, roll, staging
from mps_app.services.employees.commands import changes_between
from mps_app.services.employees.difference import Difference, compare
from mps_app.services.employees.refusals import ImportGone
from mps_app.text import N_, say
from mps_app.views.employees import ImportReceipt


def apply_import(work: Work, institution_id: int, import_id: int, basis: str, *, is_whole: bool) -> ImportReceipt:
    """Save a list as its preview showed it; a second confirmation is told what the first one saved.

    When the employees have changed since, nothing is saved: there is another difference to look at first.
    """
    staging.find(work, institution_id, import_id)  # asks the policy before any lock
    roll.lock(work, institution_id)
    row = staging.find(work, institution_id, import_id, locked=True)
    if row.state == ImportState.APPLIED:
        return ImportReceipt(words=_words(work, row))
    if row.state == ImportState.DROPPED:
        raise ImportGone
    found = compare(work, institution_id, staging.opened(work, row))
    if found.basis != basis or (is_whole and not found.can_be_whole):
        words = say(work.language, N_("The employees have changed meanwhile. Look through the list once more."))
        return ImportReceipt(is_stale=True, words=words)
    _save(work, institution_id, found, is_whole=is_whole)
    row.counts = {
        "new": len(found.new),
        "changed": len(found.changed),
        "ended": len(found.missing) if is_whole else 0,
        "wrong": len(found.wrong),
    }
    row.state, row.rows_sealed, row.ended_at = ImportState.APPLIED, None, work.now
    audit.record(work, "employee_import:apply", "employee_import", row.key, **row.counts)
    return ImportReceipt(words=_words(work, row))


def _save(work: Work, institution_id: int, found: Difference, *, is_whole: bool) -> None:
    for employment_id in roll.hire(work, institution_id, found.new):
        audit.record(work, "employee:add", "employment", employment_id, by="import")
    roll.change(work, found.changed)
    for known, entry in found.changed:
        audit.record(work, "employee:change", "employment", known.employment_id, **changes_between(known, entry))
    if not is_whole or not found.missing:
        return
    today = riga.today(work.now)
    ids = tuple(known.employment_id for known in found.missing)
    roll.end(work, ids, today)
    for employment_id in ids:
        audit.record(work, "employee:end", "employment", employment_id, until_on=str(today), by="import")
    work.happened(leaving.EmploymentsEnded(institution_id, ids, today))


def _words(work: Work, row: EmployeeImport) -> str:
    return say(
        work.language,
        N_("The list is saved. New: {new}, changed: {changed}, ended: {ended}."),
        new=row.counts["new"],
        changed=row.counts["changed"],
        ended=row.counts["ended"],
    )
