"""Acts and looks are written down in the transaction that does them (invariant 7, rule 2.6)."""

from typing import Any

from mps_app.core.work import Work
from mps_app.models import AccessRecord, AuditEvent

_REASON_IS_THE_SCHOOLS = frozenset({"prioritised"})  # written for the school's own record, of others in the line too


def record(work: Work, action: str, subject_kind: str, subject_id: int | None, **changes: object) -> None:
    """Write one act of the actor; ``changes`` are plain values (before and after, reasons, ids)."""
    work.db.add(
        AuditEvent(
            actor_id=work.actor.person_id,
            actor_kind="system" if work.actor.is_system else "person",
            action=action,
            subject_kind=subject_kind,
            subject_id=subject_id,
            changes=changes,
            network_address=work.actor.network_address,
            created_at=work.now,
        )
    )


def told(event: AuditEvent) -> dict[str, Any]:  # Any: plain values, as they were recorded
    """Return what changed, as whomever it is about and their institution may know it (2.6, 11.5)."""
    hidden = {"reason"} if event.action in _REASON_IS_THE_SCHOOLS else set()
    return {name: value for name, value in event.changes.items() if name not in hidden}


def record_access(work: Work, person_id: int, purpose: str, **facts: str) -> None:
    """Write that the actor looked at a person's record, unless it is the actor's own.

    ``purpose`` is a message id (``N_``): the person reads it in their own language.
    """
    if work.actor.person_id != person_id:
        work.db.add(
            AccessRecord(
                actor_id=work.actor.person_id, person_id=person_id, purpose=purpose, facts=facts, created_at=work.now
            )
        )
