"""The ledger of messages (16.5): to the person what was sent to them, to the administrator what failed."""

from sqlalchemy import func
from sqlmodel import col, select

from mps_app.core import riga
from mps_app.core.work import Work
from mps_app.models import MessageState, OutboxMessage
from mps_app.policy import Action, Subject, require
from mps_app.services.messages.wording import subject
from mps_app.text import N_, say
from mps_app.views.messages import DeadLetterRow, SentMessageRow, SentMessages

PAGE_ROWS = 20

_STATES = {
    MessageState.SENT: N_("Sent"),
    MessageState.DEAD: N_("Could not be delivered"),
}
_ON_ITS_WAY = N_("On its way")


def sent_to_me(work: Work, page: int = 1) -> SentMessages:
    """Return what was sent to the actor, the newest first, ``PAGE_ROWS`` a page."""
    person_id = work.actor.person_id
    require(work, Action.MESSAGE_READ, Subject(person_id=person_id))
    found = work.db.exec(
        select(OutboxMessage)
        .where(OutboxMessage.person_id == person_id)
        .order_by(
            func.coalesce(col(OutboxMessage.sent_at), col(OutboxMessage.created_at)).desc(),
            col(OutboxMessage.id).desc(),
        )
        .limit(PAGE_ROWS + 1)  # one more says whether there are older ones
        .offset(PAGE_ROWS * (max(page, 1) - 1))
    ).all()
    rows = [_sent_row(work, message) for message in found[:PAGE_ROWS]]
    return SentMessages(rows=rows, has_older=len(found) > PAGE_ROWS)


def _sent_row(work: Work, message: OutboxMessage) -> SentMessageRow:
    state = MessageState(message.state)
    when = message.sent_at or message.created_at
    return SentMessageRow(
        id=message.key,
        subject_text=subject(message.template, message.facts, work.language),
        when_text=f"{riga.day_short_text(work.language, riga.today(when))}, {riga.time_text(when)}",
        address_text=message.recipient,
        state_text=say(work.language, _STATES.get(state, _ON_ITS_WAY)),
        is_delivered=state is MessageState.SENT,
    )


def dead_letters(work: Work) -> list[DeadLetterRow]:
    """Return the messages that were given up, the newest first."""
    require(work, Action.MESSAGE_READ, Subject())
    found = work.db.exec(
        select(OutboxMessage)
        .where(OutboxMessage.state == MessageState.DEAD)
        .order_by(col(OutboxMessage.id).desc())
        .limit(200)
    )
    return [
        DeadLetterRow(
            id=message.key,
            template=message.template,
            address_text=message.recipient,
            when_text=riga.moment_text(work.language, message.created_at),
            attempts=message.attempts,
            reason_text=message.last_error,
        )
        for message in found
    ]
