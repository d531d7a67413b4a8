"""Nothing typed is lost when a session runs out: the input waits for the same person to sign in again."""

import json
from datetime import timedelta
from typing import Any

from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col, select

from mps_app.core.work import Work
from mps_app.models import Draft, SignIn
from mps_app.services import identity

__all__ = ["clean_up", "keep", "take"]

_LONGEST = 20_000  # characters of JSON
_MOST = 10  # of one person
_KEPT_FOR = timedelta(days=1)

Content = dict[str, Any]  # Any: whatever the form holds


def keep(work: Work, token: str, form: str, content: Content) -> bool:
    """Keep input sent with the token of a session that ran out, for the person it belonged to; tell whether it was.

    A session that somebody ended may have been a thief's: nothing comes from it into its person's forms (1.4).
    """
    if len(json.dumps(content, ensure_ascii=False)) > _LONGEST:
        return False
    ran_out = (SignIn.token_hash == identity.token_hash(token), col(SignIn.ended_at).is_(None))
    whose = work.db.exec(select(SignIn.person_id).where(*ran_out)).one_or_none()
    if whose is None:
        return False
    sealed = work.tools.vault.seal(json.dumps(content).encode())  # may tell of health (4.13) or be answers (7.4)
    row = insert(Draft).values(person_id=whose, form=form, sealed=sealed, created_at=work.now)
    work.db.execute(
        row.on_conflict_do_update(index_elements=["person_id", "form"], set_={"sealed": sealed, "created_at": work.now})
    )
    _forget_oldest(work, whose)
    return True


def _forget_oldest(work: Work, person_id: int) -> None:
    """Keep the newest few: a form's name may hold a number out of an address, which anybody can choose."""
    own = col(Draft.person_id) == person_id
    newest = select(Draft.id).where(own).order_by(col(Draft.created_at).desc(), col(Draft.id).desc()).limit(_MOST)
    work.db.execute(delete(Draft).where(own, col(Draft.id).not_in(newest)))


def take(work: Work, form: str) -> Content:
    """Return what the actor had typed into a form, once; empty when nothing waits."""
    if work.actor.person_id is None:
        return {}
    taken = work.db.execute(
        delete(Draft)
        .where(
            col(Draft.person_id) == work.actor.person_id,
            col(Draft.form) == form,
            col(Draft.created_at) > work.now - _KEPT_FOR,
        )
        .returning(col(Draft.sealed))
    ).scalar_one_or_none()
    content: Content = json.loads(work.tools.vault.unseal(taken)) if taken else {}
    return content


def clean_up(work: Work) -> int:
    """Remove what nobody came back for; return how many."""
    gone = work.db.execute(delete(Draft).where(col(Draft.created_at) <= work.now - _KEPT_FOR).returning(col(Draft.id)))
    return len(gone.all())
