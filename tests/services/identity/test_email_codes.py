"""An e-mail address counts once its code came back (1.6)."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlmodel import select

from mps_app.core.actor import NOBODY, Actor
from mps_app.core.errors import Invalid, SignInNeeded, TooMany
from mps_app.core.work import House, begin
from mps_app.models import EmailVerification, OutboxMessage, Person
from mps_app.services import identity
from mps_app.views.identity import CodeForm, EmailCodeReceipt, EmailForm
from tests.conftest import Clock
from tests.factories import actor, make_person
from tests.marks import rule


@pytest.fixture
def anna(house: House) -> Actor:
    with begin(NOBODY) as work:
        return actor(make_person(work, email=None))


def send(who: Actor, email: str = "anna@iestade.example") -> str:
    """Ask for a code and read it from the message that goes out."""
    with begin(who) as work:
        identity.send_email_code(work, EmailForm(email=email))
    with begin(NOBODY) as work:
        newest = select(OutboxMessage).order_by(OutboxMessage.id.desc())  # type: ignore[union-attr]
        message = work.db.exec(newest).first()
        assert message is not None
        assert message.recipient == email
        return str(message.facts["code"])


def confirm(who: Actor, code: str) -> EmailCodeReceipt:
    with begin(who) as work:
        return identity.confirm_email_code(work, CodeForm(code=code))


def address(who: Actor) -> tuple[str | None, bool]:
    with begin(NOBODY) as work:
        person = work.db.get_one(Person, who.person_id)
        return person.email, person.email_verified_at is not None


def another(code: str) -> str:
    return f"{(int(code) + 1) % 1_000_000:06}"


@rule("1.6")
def test_an_address_counts_once_its_code_came_back(anna: Actor) -> None:
    code = send(anna)
    assert address(anna) == (None, False)
    assert confirm(anna, f" {code[:3]} {code[3:]} ").is_verified
    assert address(anna) == ("anna@iestade.example", True)


@rule("1.6")
def test_a_code_works_once_and_for_ten_minutes(anna: Actor, clock: Clock) -> None:
    code = send(anna)
    clock.advance(minutes=10)
    assert confirm(anna, code).needs_new_code
    code = send(anna)
    assert confirm(anna, code).is_verified
    assert confirm(anna, code).needs_new_code


@rule("1.6")
def test_five_wrong_codes_void_it(anna: Actor) -> None:
    code = send(anna)
    words = [confirm(anna, another(code)).words for _ in range(5)]
    assert words[0] == "Kods nav pareizs. Atlikuši 4 mēģinājumi."
    assert words[3] == "Kods nav pareizs. Atlicis 1 mēģinājums."
    assert confirm(anna, code).needs_new_code
    assert address(anna) == (None, False)


@rule("1.6")
def test_guessing_in_parallel_gives_no_more_tries(anna: Actor) -> None:
    code = send(anna)
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: confirm(anna, another(code)), range(20)))
    with begin(NOBODY) as work:
        assert work.db.exec(select(EmailVerification.attempts)).one() == 5
    assert not confirm(anna, code).is_verified


@rule("1.6")
def test_a_new_code_voids_the_one_before(anna: Actor) -> None:
    first = send(anna)
    second = send(anna, "cita@iestade.example")
    if first != second:
        assert not confirm(anna, first).is_verified
    assert confirm(anna, second).is_verified
    assert address(anna) == ("cita@iestade.example", True)


@rule("1.6")
def test_the_address_that_counts_stays_until_the_new_one_is_proven(anna: Actor) -> None:
    confirm(anna, send(anna))
    send(anna, "jauna@iestade.example")
    assert address(anna) == ("anna@iestade.example", True)
    with begin(anna) as work:
        assert identity.pending_email(work) == "jauna@iestade.example"


@rule("1.6")
def test_the_code_is_kept_as_a_keyed_hash(anna: Actor) -> None:
    code = send(anna)
    with begin(NOBODY) as work:
        assert code not in work.db.exec(select(EmailVerification.code_hash)).one()


@rule("1.6")
def test_a_code_of_one_person_is_nothing_to_another(anna: Actor) -> None:
    code = send(anna)
    with begin(NOBODY) as work:
        other = actor(make_person(work, email=None))
    if send(other) != code:
        assert not confirm(other, code).is_verified
    assert address(other) == (None, False)


@rule("1.6")
def test_codes_are_sent_five_times_an_hour_at_most(anna: Actor, clock: Clock) -> None:
    for number in range(5):
        send(anna, f"a{number}@iestade.example")
    with pytest.raises(TooMany):
        send(anna, "a6@iestade.example")
    clock.advance(hours=1)
    send(anna, "a6@iestade.example")


@rule("1.6")
def test_one_mailbox_is_not_flooded_by_many_people(house: House) -> None:
    with begin(NOBODY) as work:
        people = [actor(make_person(work, email=None)) for _ in range(6)]
    for person in people[:5]:
        send(person, "Upuris@iestade.example" if person is people[0] else "upuris@iestade.example")
    with pytest.raises(TooMany):
        send(people[5], "upuris@iestade.example")


@rule("1.6")
@pytest.mark.parametrize("text", ["", "anna", "a@b", "a\r\nBcc: b@x.lv", "\u202eanna@", "anna@iestade.example, b@x.lv"])
def test_what_is_no_address_is_refused_beside_the_field(anna: Actor, text: str) -> None:
    with pytest.raises(Invalid) as refusal, begin(anna) as work:
        identity.send_email_code(work, EmailForm(email=text))
    assert set(refusal.value.fields) == {"email"}


@rule("1.6")
@pytest.mark.parametrize("code", ["", "abcdef", "٠١٢٣٤٥", "9" * 60, "\u0000"])
def test_nonsense_instead_of_a_code_is_a_wrong_code(anna: Actor, code: str) -> None:
    send(anna)
    assert not confirm(anna, code).is_verified


@rule("1.6")
def test_a_visitor_gets_no_codes(house: House) -> None:
    with pytest.raises(SignInNeeded), begin(NOBODY) as work:
        identity.send_email_code(work, EmailForm(email="a@x.lv"))
    with pytest.raises(SignInNeeded), begin(NOBODY) as work:
        identity.confirm_email_code(work, CodeForm(code="123456"))
