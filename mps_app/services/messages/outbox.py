"""Writing to the outbox: all messages of a unit of work in one statement, right before the commit."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import JSON, bindparam, text

from mps_app.core import riga
from mps_app.core.actor import Language
from mps_app.core.errors import NotFound
from mps_app.core.work import Work
from mps_app.models import EMPLOYED, MessageState, OutboxMessage, Person
from mps_app.policy import Action, Subject, require
from mps_app.services import audit
from mps_app.services.messages.templates import TEMPLATES

SWEEP = "messages.sweep_outbox"

# One text however many they are: the database knows it already, and the program composes nothing.
_WRITE = text("""
    INSERT INTO outbox_message (template, language, recipient, person_id, facts, dedupe_key,
                                state, attempts, next_try_at, last_error, created_at)
    SELECT m.template, m.language, m.recipient, m.person_id, m.facts, m.dedupe_key, :state, 0, :now, '', :now
    FROM json_to_recordset(:messages) AS m(template text, language text, recipient text, person_id bigint,
                                           facts json, dedupe_key text)
    ON CONFLICT (dedupe_key) DO NOTHING RETURNING id
""").bindparams(bindparam("messages", type_=JSON), state=MessageState.QUEUED)
_QUEUED = "queued messages"  # where the session keeps them until then

_WORK_ADDRESS = text(f"""
    SELECT e.work_email FROM employment e
    WHERE e.person_id = :person_id AND e.institution_id = :institution_id AND {EMPLOYED}
""").bindparams(bindparam("person_id"), bindparam("institution_id"), bindparam("today"))  # noqa: S608  # our own


def queue(  # noqa: PLR0913  # a message has this many parts, all named
    work: Work,
    template: str,
    *,
    recipient: Person | str | None = None,
    person_id: int | None = None,
    institution_id: int | None = None,
    language: str | None = None,
    key: str,
    facts: Mapping[str, Any],  # Any: each template names its own
) -> None:
    """Have this transaction write a message into the outbox; the same ``key`` again changes nothing.

    To a person (given, or found by ``person_id``): their verified address and own language. What an institution
    arranges and pays for (``institution_id``) goes to the work address it gave, while no own one is verified and it
    employs the person (11.2); never to another institution's. Without an address nothing is written.
    To a bare address (a code to a new one, an institution's): as given.
    """
    person = recipient if isinstance(recipient, Person) else None
    if recipient is None and person_id is not None:
        person = work.db.get(Person, person_id)
    address = recipient if isinstance(recipient, str) else _address(work, person, institution_id)
    if not address or _is_switched_off(person, template):
        return
    kept = TEMPLATES[template].facts.model_validate(facts).model_dump(mode="json")
    message = {
        "template": template,
        "language": language or (person.language if person else Language.LV),
        "recipient": address,
        "person_id": person.id if person else person_id,
        "facts": kept,
        "dedupe_key": key,
    }
    work.db.info.setdefault(_QUEUED, []).append(message)
    work.lastly(_write)


def _write(work: Work) -> None:
    if work.db.execute(_WRITE, {"messages": work.db.info.pop(_QUEUED), "now": work.now}).first() is not None:
        work.wake(SWEEP)


def _address(work: Work, person: Person | None, institution_id: int | None) -> str | None:
    if person is None:
        return None
    if person.email_verified_at is not None:
        return person.email
    if institution_id is None:
        return None
    asked = {"person_id": person.key, "institution_id": institution_id, "today": riga.today(work.now)}
    return work.db.execute(_WORK_ADDRESS, asked).scalar_one_or_none()


def _is_switched_off(person: Person | None, template: str) -> bool:
    return person is not None and not person.optional_mail and not TEMPLATES[template].is_mandatory  # 2.7


def retry(work: Work, message_id: int) -> None:
    """Let a message that was given up be tried again from the beginning (16.2)."""
    require(work, Action.MESSAGE_RETRY, Subject())
    message = work.db.get(OutboxMessage, message_id, with_for_update=True)
    if message is None or message.state != MessageState.DEAD:
        raise NotFound
    message.state, message.attempts, message.next_try_at = MessageState.QUEUED, 0, work.now
    audit.record(work, "message:retry", "outbox_message", message_id, reason=message.last_error)
    work.wake(SWEEP)
