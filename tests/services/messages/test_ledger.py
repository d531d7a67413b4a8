"""What was sent to whom: one's own to the person, what failed to the administrator (16.5)."""

import pytest
from sqlalchemy import text
from sqlmodel import select

from mps_app.core.actor import NOBODY, Actor, Role
from mps_app.core.errors import NotAllowed, NotFound, SignInNeeded
from mps_app.core.work import House, begin
from mps_app.models import AuditEvent, OutboxMessage
from mps_app.services import messages
from tasks.messages import sweep_outbox
from tests.factories import actor, make_person
from tests.mail import Receiver
from tests.marks import rule
from tests.services.messages.samples import FACTS


def person_with(*templates: str, email: str = "anna@iestade.example") -> Actor:
    with begin(NOBODY) as work:
        person = make_person(work, email=email)
        for template in templates:
            messages.queue(work, template, recipient=person, key=f"{template}:{person.id}", facts=FACTS[template])
        return actor(person)


@rule("16.5")
def test_a_person_sees_what_was_sent_to_them_and_nothing_else(post: Receiver) -> None:
    anna = person_with("offer_expired", "group_confirmed")
    person_with("group_cancelled", email="cits@iestade.example")
    with begin(anna) as work:
        assert {row.state_text for row in messages.sent_to_me(work).rows} == {"Ceļā"}
    sweep_outbox()
    with begin(anna) as work:
        rows = messages.sent_to_me(work).rows
    assert [row.subject_text for row in rows] == [
        "Mācības notiks 3. un 4. novembrī: Iepirkuma līgums",
        "Vieta netika laikus apstiprināta: Iepirkuma līgums",
    ]
    assert [(row.state_text, row.when_text) for row in rows] == [("Nosūtīta", "7.\u00a0sept. 2026, 12:00")] * 2


@rule("16.5")
def test_the_ledger_comes_in_pages_and_names_no_code(post: Receiver) -> None:
    with begin(NOBODY) as work:
        person = make_person(work)
        for number in range(25):
            messages.queue(work, "email_code", recipient=person, key=f"email_code:{number}", facts=FACTS["email_code"])
    sweep_outbox()
    with begin(actor(person)) as work:
        pages = [messages.sent_to_me(work, page) for page in (1, 2, 3)]
    assert [(len(page.rows), page.has_older) for page in pages] == [(20, True), (5, False), (0, False)]
    assert not [row for page in pages for row in page.rows if "204816" in row.model_dump_json()]


@rule("16.5")
def test_strangers_see_no_ledger(house: House) -> None:
    with pytest.raises(SignInNeeded), begin(NOBODY) as work:
        messages.sent_to_me(work)


@rule("16.2")
def test_only_an_administrator_sees_and_retries_what_failed(post: Receiver) -> None:
    anna = person_with("offer_expired")
    post.data_answer = "554 no"
    sweep_outbox()
    with begin(NOBODY) as work:
        admin = actor(make_person(work, name="Admins", email="admins@skola.example"), Role.ADMIN)
    for act in (messages.dead_letters, lambda work: messages.retry(work, 1)):
        with pytest.raises(NotAllowed), begin(anna) as work:
            act(work)
    with begin(admin) as work:
        (row,) = messages.dead_letters(work)
        assert (row.template, row.attempts, row.reason_text) == ("offer_expired", 1, "554 no")
        messages.retry(work, row.id)
    post.data_answer = ""
    sweep_outbox()
    assert len(post.letters) == 1
    with begin(admin) as work:
        assert messages.dead_letters(work) == []
        assert [event.action for event in work.db.exec(select(AuditEvent))] == ["message:retry"]
        with pytest.raises(NotFound):
            messages.retry(work, row.id)


@rule("16.5")
def test_every_state_of_a_message_has_words(house: House) -> None:
    anna = person_with("offer_expired")
    said = {}
    for state in ("queued", "sending", "failed", "sent", "dead"):
        with begin(anna) as work:
            work.db.execute(text("UPDATE outbox_message SET state = :state"), {"state": state})
            work.db.expire_all()
            assert work.db.exec(select(OutboxMessage)).one().state == state
            said[state] = messages.sent_to_me(work).rows[0].state_text
    assert said == {
        "queued": "Ceļā", "sending": "Ceļā", "failed": "Ceļā", "sent": "Nosūtīta", "dead": "Neizdevās piegādāt",
    }  # fmt: skip
