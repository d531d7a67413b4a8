"""Who was told what of one application (4.7): only that it was, to whom and when; never the address."""

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import bindparam, text

from mps_app.core.work import Work
from mps_app.models import MessageState
from mps_app.services.messages.wording import subject

# The keys of messages about one application; of its offers and of its group's occasions that were meant for it.
_TOLD = text("""
    SELECT m.person_id, m.template, m.facts, coalesce(m.sent_at, m.created_at), m.state
    FROM outbox_message m
    WHERE m.person_id = ANY(:person_ids)
      AND (m.dedupe_key IN (SELECT name || ':' || o.id FROM place_offer o,
                            unnest(ARRAY['place_offered', 'offer_expired', 'group_opened']) name
                            WHERE o.application_id = CAST(:application_id AS bigint))
        OR m.dedupe_key ~ ('^(application_received|application_received_coordinator|application_cancelled|'
                           'application_decided|approval_missed|place_given):' || :application_id || '(:|$)')
        OR m.dedupe_key = 'group_confirmed:' || :application_id  -- longer ones are a group's, by its own number
        OR m.dedupe_key = 'group_opened:' || :application_id || ':' || :group_id
        OR m.dedupe_key ~ ('^(group_changed|group_cancelled|session_reminder):' || :group_id
                           || '(:[^:]+){0,2}:' || :application_id || '$')
           AND m.dedupe_key !~ ':coordinator:|:lecturer:')
    ORDER BY m.id
""").bindparams(bindparam("person_ids"), bindparam("application_id"), bindparam("group_id"))


class Told(NamedTuple):
    """One message that was written."""

    person_id: int
    subject: str
    at: datetime
    is_sent: bool


def told_of(work: Work, application_id: int, group_id: int | None, person_ids: Collection[int]) -> list[Told]:
    """Return what these people were told of one application; the caller knows that the actor may know it."""
    asked = {"person_ids": list(person_ids), "application_id": str(application_id), "group_id": str(group_id or 0)}
    return [
        Told(person_id, subject(template, facts, work.language), at, state == MessageState.SENT)
        for person_id, template, facts, at, state in work.db.execute(_TOLD, asked)
    ]
