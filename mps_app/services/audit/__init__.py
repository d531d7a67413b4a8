"""Acts and looks are written down in the transaction that does them (invariant 7, rule 2.6)."""

from mps_app.core.work import Work
from mps_app.models import AccessRecord, AuditEvent


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
