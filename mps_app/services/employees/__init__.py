"""The employees of an institution: one by one and by list (11.2)."""

from mps_app.services.employees.applying import apply_import
from mps_app.services.employees.commands import add, card, change, end, ending
from mps_app.services.employees.leaving import EmploymentsEnded, Withdrawn, let_go, withdrawn_by_leaving
from mps_app.services.employees.previewing import preview_import
from mps_app.services.employees.refusals import LARGEST_MEGABYTES, ListRefused, ListTooLarge
from mps_app.services.employees.staging import (
    bad_rows,
    drop_import,
    drop_old_imports,
    may_load,
    read_list,
    stage_import,
)

__all__ = [
    "LARGEST_MEGABYTES",
    "EmploymentsEnded",
    "ListRefused",
    "ListTooLarge",
    "Withdrawn",
    "add",
    "apply_import",
    "bad_rows",
    "card",
    "change",
    "drop_import",
    "drop_old_imports",
    "end",
    "ending",
    "let_go",
    "may_load",
    "preview_import",
    "read_list",
    "stage_import",
    "withdrawn_by_leaving",
]
