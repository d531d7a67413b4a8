"""From the outbox to a real mail server: once, later, or given up, and noted as such."""

import hashlib
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text
from sqlmodel import col, select

from mps_app.core.actor import NOBODY, SYSTEM
from mps_app.core.settings import settings
from mps_app.core.work import House, begin, house
from mps_app.models import OutboxMessage, Person
from mps_app.services import administration, messages
from tasks.messages import sweep_outbox
from tests.conftest import Clock
from tests.factories import make_person
from tests.mail import Receiver
from tests.marks import rule
from tests.services.messages.samples import FACTS

ANNA = "anna@iestade.example"


def queue(key: str = "one", template: str = "offer_expired", recipient: str = ANNA, **more: Any) -> None:
    with begin(NOBODY) as work:
        messages.queue(work, template, recipient=recipient, key=key, facts=FACTS[template], **more)


def states() -> list[tuple[str, int]]:
    with begin(NOBODY) as work:
        found = work.db.exec(select(OutboxMessage).order_by(col(OutboxMessage.id)))
        return [(message.state, message.attempts) for message in found]


def last_error() -> str:
    with begin(NOBODY) as work:
        return work.db.exec(select(OutboxMessage)).one().last_error


def claimed() -> list[messages.Claim]:
    with begin(SYSTEM) as work:
        return messages.claim(work)


def deliver(claim: messages.Claim) -> bool:
    with begin(SYSTEM) as work:
        return messages.deliver(work, claim, house().tools.mailer())


@rule("16.5")
def test_a_message_arrives_with_both_twins_and_a_calendar(post: Receiver) -> None:
    queue(template="group_confirmed")
    sweep_outbox()
    assert states() == [("sent", 1)]
    letter = post.letters[0]
    assert letter["Subject"] == "Mācības notiks 3. un 4. novembrī: Iepirkuma līgums"
    assert letter["To"] == ANNA
    assert letter["From"] == settings().mail_sender
    kinds = [part.get_content_type() for part in letter.walk() if not part.is_multipart()]
    assert kinds == ["text/plain", "text/html", "text/calendar", "text/calendar"]
    alternative = next(part for part in letter.walk() if part.get_content_type() == "text/calendar")
    assert alternative.get_param("method") == "REQUEST"
    assert [part.get_filename() for part in letter.iter_attachments()] == ["kalendars.ics"]
    assert "3.\u00a0novembris, 09:30–15:00" in letter.get_body(("plain",)).get_content()  # type: ignore[union-attr]
    assert "3.\u00a0novembris, 09:30–15:00" in letter.get_body(("html",)).get_content()  # type: ignore[union-attr]


@rule("16.5")
def test_the_message_id_is_made_of_the_key(post: Receiver) -> None:
    queue("offer_expired:7")
    sweep_outbox()
    digest = hashlib.sha256(b"offer_expired:7").hexdigest()[:40]
    assert post.letters[0]["Message-ID"] == f"<{digest}@skola.example>"


@rule("16.5")
def test_sweeping_again_sends_nothing_again(post: Receiver, clock: Clock) -> None:
    for number in range(45):  # more than one claim holds
        queue(f"key:{number}")
    sweep_outbox()
    clock.advance(days=1)
    sweep_outbox()
    assert len(post.letters) == 45
    assert post.connections == 1


@rule("16.5")
def test_a_line_break_in_a_subject_smuggles_no_header_in(post: Receiver) -> None:
    facts = {**FACTS["offer_expired"], "course_title": "Kurss\r\nBcc: sveiki@cits.example"}
    with begin(NOBODY) as work:
        messages.queue(work, "offer_expired", recipient=ANNA, key="one", facts=facts)
    sweep_outbox()
    assert post.letters[0]["Bcc"] is None
    assert str(post.letters[0]["Subject"]).endswith("Kurss Bcc: sveiki@cits.example")


@rule("16.5")
@pytest.mark.parametrize(
    "address", ["a@b.example\r\nBcc: c@d.example", "a@b.example, c@d.example", "nekas", "ā@b.example"]
)
def test_an_address_no_server_takes_is_given_up_and_stops_nothing(post: Receiver, address: str) -> None:
    queue("odd", recipient=address)
    queue("fine")
    sweep_outbox()
    assert states() == [("dead", 1), ("sent", 1)]
    assert post.recipients() == [ANNA]


@rule("16.5", "16.4")
@pytest.mark.parametrize(
    ("column", "value"),
    [("language", "lv\nX-Forged: 1"), ("recipient", "@iestade.example"), ("facts", {"sessions": 7}), ("facts", [])],
)
def test_a_letter_that_cannot_be_written_or_composed_is_given_up_alone(
    post: Receiver, column: str, value: object
) -> None:
    queue("odd", "group_confirmed")
    with begin(NOBODY) as work:
        setattr(work.db.exec(select(OutboxMessage)).one(), column, value)
    queue("fine")
    sweep_outbox()
    assert states() == [("dead", 1), ("sent", 1)]
    with begin(SYSTEM) as work:
        assert "mail_dead" in {finding.check for finding in administration.examine(work)}


@rule("16.5")
def test_a_server_that_is_away_is_asked_again_after_growing_pauses(house: House, clock: Clock) -> None:
    post = Receiver()
    queue()
    unreachable = messages_mailer(house, port=1)
    for number, pause in enumerate(settings().mail_retry_seconds, start=1):
        with begin(SYSTEM) as work:
            (claim,) = messages.claim(work)
        with begin(SYSTEM) as work:
            assert not messages.deliver(work, claim, unreachable)
        assert states() == [("failed", number)]
        clock.advance(seconds=pause - 1)
        assert claimed() == []
        clock.advance(seconds=1)
    (claim,) = claimed()
    with begin(SYSTEM) as work:
        messages.deliver(work, claim, unreachable)
    assert states() == [("dead", len(settings().mail_retry_seconds) + 1)]
    assert "refused" in last_error()
    assert post.letters == []


def messages_mailer(house: House, port: int) -> Any:
    from mps_app.adapters.smtp import SmtpMailer

    return SmtpMailer(f"smtp://127.0.0.1:{port}", settings().mail_sender, timeout=2)


@rule("16.5")
def test_messages_that_were_not_tried_do_not_age_while_the_server_is_away(post: Receiver, clock: Clock) -> None:
    for number in range(3):
        queue(f"key:{number}")
    post.data_answer = "421 closing"
    sweep_outbox()
    assert sorted(states()) == [("failed", 1), ("queued", 0), ("queued", 0)]
    post.data_answer = ""
    clock.advance(seconds=settings().mail_retry_seconds[0])
    sweep_outbox()
    assert [state for state, _ in states()] == ["sent"] * 3


@rule("16.5")
def test_one_postponed_letter_holds_up_no_other(post: Receiver, clock: Clock) -> None:
    post.answers["leni@iestade.example"] = "451 come back later"
    queue("slow", recipient="leni@iestade.example")
    queue("quick")
    sweep_outbox()
    assert states() == [("failed", 1), ("sent", 1)]
    post.answers.clear()
    clock.advance(seconds=settings().mail_retry_seconds[0])
    sweep_outbox()
    assert states() == [("sent", 2), ("sent", 1)]


@rule("16.5")
def test_a_bounce_marks_the_address_unless_it_was_changed(post: Receiver, clock: Clock) -> None:
    with begin(NOBODY) as work:
        bounced = make_person(work, email="pazudis@iestade.example")
        moved = make_person(work, name="Jānis", email="vecs@iestade.example")
        for person in (bounced, moved):
            messages.queue(work, "offer_expired", recipient=person, key=str(person.id), facts=FACTS["offer_expired"])
        moved.email = "jauns@iestade.example"
    post.answers = dict.fromkeys(("pazudis@iestade.example", "vecs@iestade.example"), "550 no such user")
    sweep_outbox()
    assert states() == [("dead", 1), ("dead", 1)]
    with begin(NOBODY) as work:
        assert work.db.get_one(Person, bounced.id).email_bounced_at == clock.now
        assert work.db.get_one(Person, moved.id).email_bounced_at is None


@rule("16.5")
def test_a_letter_refused_for_its_content_does_not_blame_the_address(post: Receiver) -> None:
    with begin(NOBODY) as work:
        person = make_person(work)
        messages.queue(work, "offer_expired", recipient=person, key="one", facts=FACTS["offer_expired"])
    post.data_answer = "554 looks like spam"
    sweep_outbox()
    assert states() == [("dead", 1)]
    with begin(NOBODY) as work:
        assert work.db.get_one(Person, person.id).email_bounced_at is None


@rule("16.5")
def test_a_lease_keeps_others_away_until_it_ends(post: Receiver, clock: Clock) -> None:
    queue()
    (first,) = claimed()
    assert claimed() == []
    clock.advance(seconds=settings().mail_lease_seconds)
    (second,) = claimed()
    assert deliver(first)  # woke up late: the message is not its any more
    assert post.letters == []
    assert deliver(second)
    assert deliver(second)
    assert len(post.letters) == 1


@rule("16.5")
def test_a_message_that_kills_its_workers_is_given_up_at_last(post: Receiver, clock: Clock) -> None:
    queue()
    for _ in range(len(settings().mail_retry_seconds) + 1):
        claimed()
        clock.advance(seconds=settings().mail_lease_seconds)
    sweep_outbox()
    assert post.letters == []
    assert [state for state, _ in states()] == ["dead"]


@rule("16.5")
def test_facts_that_no_longer_fit_are_given_up_and_stop_nothing(post: Receiver) -> None:
    queue("broken")
    queue("fine")
    with begin(NOBODY) as work:
        work.db.execute(text("UPDATE outbox_message SET facts = '{}' WHERE dedupe_key = 'broken'"))
    sweep_outbox()
    assert states() == [("dead", 1), ("sent", 1)]


@rule("16.5")
def test_a_mail_server_slower_than_the_database_waits_costs_no_second_letter(post: Receiver) -> None:
    queue()
    (claim,) = claimed()
    post.pause = 0.5
    with begin(SYSTEM) as work:
        work.db.execute(text("SET LOCAL idle_in_transaction_session_timeout = '100ms'"))
        assert messages.deliver(work, claim, house().tools.mailer())
    assert states() == [("sent", 1)]


@rule("1.6")
def test_a_code_is_forgotten_once_sent_and_not_sent_too_late(post: Receiver, clock: Clock) -> None:
    queue("quick", "email_code")
    sweep_outbox()
    queue("late", "email_code")
    clock.now += timedelta(hours=1)
    sweep_outbox()
    assert len(post.letters) == 1
    assert "204816" in post.letters[0].get_body(("plain",)).get_content()  # type: ignore[union-attr]
    with begin(NOBODY) as work:
        kept = work.db.exec(select(OutboxMessage).order_by(col(OutboxMessage.id))).all()
        assert [(found.state, found.facts) for found in kept] == [("sent", {}), ("dead", {})]
