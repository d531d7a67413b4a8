"""Who reads one digest a day instead of a message of each event, and up to when it told (11)."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, text, update
from sqlmodel import col

from mps_app.core import riga
from mps_app.core.work import Work
from mps_app.models import SPEAKS, Coordinator
from mps_app.policy import Action
from mps_app.services.institutions.reach import own

_READERS = text(f"""
    SELECT c.id, c.person_id, i.id, i.name, coalesce(c.digest_at, c.created_at)
    FROM coordinator c JOIN institution i ON i.id = c.institution_id
    WHERE c.wants_digest AND {SPEAKS} ORDER BY c.id FOR NO KEY UPDATE OF c
""").bindparams(bindparam("today"))  # noqa: S608  # our own condition


@dataclass(frozen=True, slots=True)
class DigestReader:
    """A coordinator who reads the digest of an institution; ``since`` is up to when the last one told."""

    coordinator_id: int
    person_id: int
    institution_id: int
    institution_name: str
    since: datetime


def choose_digest(work: Work, institution_id: int, wanted: bool) -> None:  # noqa: FBT001  # a switch is a boolean
    """Send the actor one digest a day instead of a message of each event, from now on, or the other way round."""
    own(work, institution_id, Action.INSTITUTION_READ)
    work.db.execute(
        update(Coordinator)
        .where(
            col(Coordinator.institution_id) == institution_id,
            col(Coordinator.person_id) == work.actor.person_id,
            col(Coordinator.confirmed_on).is_not(None),
            col(Coordinator.ended_by_id).is_(None),
            col(Coordinator.wants_digest).is_not(wanted),
        )
        .values(wants_digest=wanted, digest_at=work.now)
    )


def digest_readers(work: Work) -> list[DigestReader]:
    """Return who reads digests today, their rows held: of two who send, the second finds them told."""
    return [DigestReader(*row) for row in work.db.execute(_READERS, {"today": riga.today(work.now)})]


def note_told(work: Work, reader: DigestReader, until: datetime) -> None:
    """Remember up to when a reader has been told; never earlier than before."""
    told = max(reader.since, until)
    work.db.execute(update(Coordinator).where(col(Coordinator.id) == reader.coordinator_id).values(digest_at=told))
