"""What changed about a person's session since the application (5.3), from the record of acts."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlmodel import col

from mps_app.core import riga
from mps_app.core.work import Work
from mps_app.models import AuditEvent
from mps_app.services.messages import Change, SessionFacts
from mps_app.services.my_training.sessions import OwnSession, place_text
from mps_app.text import say


def notes(work: Work, found: Sequence[OwnSession]) -> dict[int, list[str]]:
    """Return for each session moved in time or place how it was when the person applied."""
    moved = {one.uid: one for one in found if one.sequence and not one.is_off and one.ends_at > work.now}
    first: dict[str, SessionFacts] = {}
    for written_at, old in _moves(work, {one.group_id for one in moved.values()}):
        if old.uid in moved and written_at >= moved[old.uid].applied_at:
            first.setdefault(old.uid, old)
    return {moved[uid].id: _words(work, moved[uid], old) for uid, old in first.items()}


def _moves(work: Work, group_ids: set[int]) -> Iterator[tuple[datetime, SessionFacts]]:
    """Yield how sessions were before each of their changes, the earliest first."""
    if not group_ids:
        return
    rows = work.db.execute(
        select(col(AuditEvent.created_at), col(AuditEvent.changes))
        .where(
            col(AuditEvent.subject_kind) == "group",
            col(AuditEvent.action) == "changed_sessions",
            col(AuditEvent.subject_id).in_(group_ids),
        )
        .order_by(col(AuditEvent.id))
    ).all()
    changes = ((written_at, Change.model_validate(raw)) for written_at, acts in rows for raw in acts["changes"])
    yield from ((written_at, change.old) for written_at, change in changes if change.old is not None)


def _words(work: Work, now: OwnSession, old: SessionFacts) -> list[str]:
    said: list[str] = []
    if (old.starts_at, old.ends_at) != (now.starts_at, now.ends_at):
        day = riga.day_text(work.language, riga.today(old.starts_at))
        when = f"{day}, {riga.span_text(old.starts_at, old.ends_at)}"
        said.append(say(work.language, "The time has changed. It was {when}.", when=when))
    if old.place != place_text(now):
        was = old.place or say(work.language, "online")
        said.append(say(work.language, "The place has changed. It was: {place}.", place=was))
    return said
