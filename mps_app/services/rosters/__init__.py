"""The roster of an institution's employees (11.4): found as one types, never stale, never another institution's."""

from mps_app.services.rosters.changes import forget_changes
from mps_app.services.rosters.export import export
from mps_app.services.rosters.queries import choices, found_ids, roster, still_employed

__all__ = ["choices", "export", "forget_changes", "found_ids", "roster", "still_employed"]
