"""What changed about a person's session since the application (5.3), from the record of acts."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlmodel import col

from mps_app.core import riga
from mps_app.core.work import Work
from mps_app.models import AuditEvent
from mps_app.services.messages import Change
from mps_app.services.my_training.sessions import OwnSession, place_text
from mps_app.text import say


def notes(work: Work, found: Sequence[OwnSession]) -> dict[int, list[str]]:
    """Return for each session moved in time or place how it was when the person applied."""
    moved = {one.uid: one for one in found if one.sequence and not one.is_off and one.ends_at > work.now}
    if not moved:
        return {}
    before: dict[str, Change] = {}
    rows = work.db.execute(
        select(col(AuditEvent.created_at), col(AuditEvent.changes))
        .where(
            col(AuditEvent.subject_kind) == "group",
            col(AuditEvent.action) == "changed_sessions",
            col(AuditEvent.subject_id).in_({one.group_id for one in moved.values()}),
        )
        .order_by(col(AuditEvent.id))
    )
    for written_at, acts in rows:
        for change in (Change.model_validate(raw) for raw in acts.get("changes", ())):
            uid = change.old.uid if change.old else ""
            if uid in moved and written_at >= moved[uid].applied_at:
                before.setdefault(uid, change)
    return {moved[uid].id: _words(work, moved[uid], change) for uid, change in before.items()}


def _words(work: Work, now: OwnSession, change: Change) -> list[str]:
    old = change.old
    if old is None:
        return []
    said: list[str] = []
    if (old.starts_at, old.ends_at) != (now.starts_at, now.ends_at):
        day = riga.day_text(work.language, riga.today(old.starts_at))
        when = f"{day}, {riga.span_text(old.starts_at, old.ends_at)}"
        said.append(say(work.language, "The time has changed. It was {when}.", when=when))
    if old.place != place_text(now):
        was = old.place or say(work.language, "online")
        said.append(say(work.language, "The place has changed. It was: {place}.", place=was))
    return said
