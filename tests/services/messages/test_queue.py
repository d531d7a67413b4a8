"""Writing to the outbox: in the transaction of the cause, once per key, only where it may go."""

from collections.abc import Mapping
from typing import Any

import pytest
from pydantic import ValidationError
from sqlmodel import select

from mps_app.core.actor import NOBODY, Language
from mps_app.core.errors import NotFound
from mps_app.core.work import House, begin
from mps_app.models import OutboxMessage, Person
from mps_app.services import messages
from tests.conftest import Woken
from tests.factories import make_person
from tests.marks import rule
from tests.services.messages.samples import FACTS


def queued() -> list[OutboxMessage]:
    with begin(NOBODY) as work:
        return list(work.db.exec(select(OutboxMessage).order_by(OutboxMessage.id)))  # type: ignore[arg-type]


def queue(recipient: Person | str | None, template: str = "offer_expired", key: str = "one", **more: Any) -> None:
    facts: Mapping[str, Any] = more.pop("facts", FACTS[template])
    with begin(NOBODY) as work:
        messages.queue(work, template, recipient=recipient, key=key, facts=facts, **more)


def somebody(**more: Any) -> Person:
    with begin(NOBODY) as work:
        return make_person(work, **more)


@rule("16.5")
def test_the_same_key_is_written_once(house: House, woken: Woken) -> None:
    person = somebody()
    for _ in range(3):
        queue(person)
    assert [(found.recipient, found.person_id) for found in queued()] == [("anna@iestade.example", person.id)]
    assert woken.jobs == ["messages.sweep_outbox"]


@rule("4.4")
def test_a_message_falls_with_the_transaction_that_caused_it(house: House, woken: Woken) -> None:
    person = somebody()

    def act() -> None:
        with begin(NOBODY) as work:
            messages.queue(work, "offer_expired", recipient=person, key="one", facts=FACTS["offer_expired"])
            raise NotFound

    with pytest.raises(NotFound):
        act()
    assert queued() == []
    assert woken.jobs == []


@rule("1.6")
def test_nothing_goes_to_an_address_that_is_not_verified(house: House) -> None:
    queue(somebody(verified=False))
    queue(somebody(email=None))
    queue(None)
    assert queued() == []


@rule("1.6")
def test_a_code_goes_to_the_new_address_as_given(house: House) -> None:
    person = somebody(email=None)
    queue("jauna@iestade.example", "email_code", person_id=person.key, language="en")
    assert [(found.recipient, found.person_id, found.language) for found in queued()] == [
        ("jauna@iestade.example", person.id, "en")
    ]


@rule("17.2")
def test_a_person_known_by_number_is_written_to_in_their_language(house: House) -> None:
    person = somebody(language=Language.EN)
    queue(None, person_id=person.key)
    assert [(found.recipient, found.language) for found in queued()] == [("anna@iestade.example", "en")]


@rule("2.7")
def test_what_a_person_switched_off_is_not_written_but_what_is_mandatory_is(house: House) -> None:
    person = somebody(optional_mail=False)
    queue(person, "session_reminder", key="reminder")
    queue(person, "group_confirmed", key="confirmed")
    assert [found.template for found in queued()] == ["group_confirmed"]


@rule("16.5")
@pytest.mark.parametrize(
    "facts",
    [{}, {**FACTS["offer_expired"], "unknown": 1}, {**FACTS["offer_expired"], "sessions": [{"uid": "x"}]}],
)
def test_facts_that_do_not_fit_the_message_are_refused_at_once(house: House, facts: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        queue("kads@iestade.example", facts=facts)


@rule("16.5")
def test_there_are_sample_facts_for_every_message() -> None:
    assert FACTS.keys() == messages.TEMPLATES.keys()
