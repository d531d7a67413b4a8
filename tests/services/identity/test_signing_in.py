"""Meeting people by their personal code, and the redirect that leads there (1.1, 1.3)."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from sqlalchemy import text, update
from sqlmodel import select

from mps_app.core.actor import NOBODY, Actor
from mps_app.core.errors import TooMany
from mps_app.core.sign_in import AssertedPerson, SignInStale
from mps_app.core.work import House, begin
from mps_app.models import AuditEvent, ExternalIdentity, Person, RateCount, SignIn, SignInAttempt
from mps_app.services import identity
from tests.conftest import Clock
from tests.factories import make_person
from tests.marks import rule

ANNA = AssertedPerson("https://idp.example", "s1", "01018000012", "Anna", "Paraudziņa", id_token="hint")
BERTA = replace(ANNA, subject="s2", personal_code="02018000011", given_name="Berta")
VISITOR = Actor(network_address="192.0.2.7")


def finish(asserted: AssertedPerson = ANNA, previous: str = "") -> str:
    with begin(VISITOR) as work:
        return identity.finish_sign_in(work, asserted, user_agent="Firefox/140 Windows", previous_token=previous)


def people() -> list[Person]:
    with begin(NOBODY) as work:
        return list(work.db.exec(select(Person).order_by(Person.id)))


def who(token: str) -> Actor:
    with begin(NOBODY) as work:
        return identity.actor_of(work, token)


@rule("1.1")
def test_the_first_sign_in_creates_the_person_as_the_provider_says(house: House) -> None:
    token = finish()
    person = people()[0]
    assert (person.given_name, person.family_name) == ("Anna", "Paraudziņa")
    assert person.code_masked == "010180-*****"
    assert who(token).person_id == person.id


@rule("1.3")
def test_the_code_is_kept_encrypted_and_found_by_a_keyed_hash(house: House) -> None:
    finish()
    person = people()[0]
    assert b"01018000012" not in person.code_sealed
    assert "01018000012" not in person.model_dump_json(exclude={"code_sealed"})
    assert house.tools.cipher.unseal(person.code_sealed) == "01018000012"


@rule("1.3")
def test_a_person_entered_by_a_coordinator_is_met_at_the_first_sign_in(house: House) -> None:
    with begin(NOBODY) as work:
        entered = make_person(work, name="A. Paraudzina", code="01018000012", email="a@x.example", verified=False)
    token = finish()
    assert who(token).person_id == entered.id
    assert [person.full_name for person in people()] == ["Anna Paraudziņa"]


@rule("1.3")
def test_the_same_name_and_address_with_another_code_is_another_person(house: House) -> None:
    finish()
    finish(replace(ANNA, subject="s2", personal_code="02028100020"))
    assert len(people()) == 2


@rule("1.3")
def test_another_subject_with_the_same_code_is_the_same_person(house: House) -> None:
    first, second = finish(), finish(replace(ANNA, subject="another method"))
    assert who(first).person_id == who(second).person_id
    with begin(NOBODY) as work:
        assert len(work.db.exec(select(ExternalIdentity)).all()) == 2


@rule("1.3")
def test_no_table_holds_the_code_or_the_token_in_clear(house: House) -> None:
    finish(replace(ANNA, subject="PNOLV-010180-00012", id_token="header.01018000012.signature"))
    with begin(NOBODY) as work:
        tables = work.db.execute(text("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")).scalars().all()
        for table in tables:
            said = " ".join(work.db.execute(text(f"SELECT row_to_json(t)::text FROM {table} t")).scalars())
            for code in ("01018000012", "010180-00012"):
                assert code not in said, table
                assert code.encode().hex() not in said, table  # as the database shows bytes


@rule("1.3")
def test_a_changed_code_meets_the_person_by_the_former_one_and_is_written_down_masked(house: House) -> None:
    finish()
    finish(replace(ANNA, personal_code="39999900010", historical_codes=("01018000012",)))
    (person,) = people()
    assert house.tools.cipher.unseal(person.code_sealed) == "39999900010"
    with begin(NOBODY) as work:
        event = work.db.exec(select(AuditEvent).where(AuditEvent.action == "person:personal_code_changed")).one()
    assert event.changes == {"before": "010180-*****", "after": "39****-*****"}
    finish(replace(ANNA, personal_code="39999900010"))  # from now on by the new one alone
    assert len(people()) == 1


@rule("1.1")
def test_names_follow_the_provider_and_former_ones_stay_in_the_audit(house: House) -> None:
    finish()
    finish(replace(ANNA, family_name="Ozolpiemēra"))
    assert people()[0].full_name == "Anna Ozolpiemēra"
    assert people()[0].name_folded == "anna ozolpiemera"
    with begin(NOBODY) as work:
        event = work.db.exec(select(AuditEvent).where(AuditEvent.action == "person:rename")).one()
    assert event.changes == {"before": "Anna Paraudziņa", "after": "Anna Ozolpiemēra"}


@rule("1.3")
def test_two_first_sign_ins_at_once_make_one_person(house: House) -> None:
    with ThreadPoolExecutor(8) as pool:
        tokens = list(pool.map(lambda _: finish(), range(8)))
    assert len(people()) == 1
    assert len({who(token).person_id for token in tokens}) == 1


@rule("1.4")
def test_signing_in_rotates_the_session_of_the_browser(house: House) -> None:
    first = finish()
    second = finish(previous=first)
    assert not who(first).is_signed_in
    assert who(second).is_signed_in


@rule("1.4")
@pytest.mark.parametrize(("returning", "is_ended"), [(ANNA, False), (BERTA, True)])
def test_a_session_that_ran_out_is_left_to_its_tabs_unless_somebody_else_signs_in(
    house: House, clock: Clock, returning: AssertedPerson, *, is_ended: bool
) -> None:
    first = finish()
    clock.advance(minutes=31)
    finish(returning, previous=first)
    with begin(NOBODY) as work:
        assert identity.was_ended(work, first) is is_ended


@rule("1.1")
def test_names_of_any_length_and_script_are_kept_as_they_are(house: House) -> None:
    name = "<script>alert('1')</script>👩🏽\u200d💻\"" * 12
    finish(replace(ANNA, given_name=name))
    assert people()[0].given_name == name


@rule("1.1")
def test_an_errand_is_taken_once_by_the_browser_that_began_it(house: House) -> None:
    with begin(VISITOR) as work:
        errand = identity.start_sign_in(work, "browser", "/katalogs?q=x")
    with begin(VISITOR) as work:
        assert identity.take_errand(work, "browser", errand.state) == errand
    with pytest.raises(SignInStale), begin(VISITOR) as work:
        identity.take_errand(work, "browser", errand.state)


@rule("1.1")
@pytest.mark.parametrize("browser", ["another", ""])
def test_an_errand_of_another_browser_is_refused(house: House, browser: str) -> None:
    with begin(VISITOR) as work:
        errand = identity.start_sign_in(work, "browser", "/")
    with pytest.raises(SignInStale), begin(VISITOR) as work:
        identity.take_errand(work, browser, errand.state)


@rule("1.1")
def test_an_errand_lives_ten_minutes(house: House, clock: Clock) -> None:
    with begin(VISITOR) as work:
        errand = identity.start_sign_in(work, "browser", "/")
    clock.advance(minutes=10)
    with pytest.raises(SignInStale), begin(VISITOR) as work:
        identity.take_errand(work, "browser", errand.state)


@rule("1.1")
def test_two_answers_to_one_errand_at_once_are_one(house: House) -> None:
    with begin(VISITOR) as work:
        errand = identity.start_sign_in(work, "browser", "/")

    def take(_: int) -> bool:
        try:
            with begin(VISITOR) as work:
                identity.take_errand(work, "browser", errand.state)
        except SignInStale:
            return False
        return True

    with ThreadPoolExecutor(6) as pool:
        assert sum(pool.map(take, range(6))) == 1


@rule("1.1")
def test_state_nonce_and_verifier_cannot_be_guessed_and_the_state_is_not_kept(house: House) -> None:
    with begin(VISITOR) as work:
        errands = [identity.start_sign_in(work, "browser", "/") for _ in range(20)]
        kept = work.db.exec(select(SignInAttempt)).all()
    for secret in ("state", "nonce", "verifier"):
        found = {getattr(errand, secret) for errand in errands}
        assert len(found) == 20
        assert min(map(len, found)) >= 43  # 256 bits in base64url
    assert not {errand.state for errand in errands} & {row.state_hash for row in kept}


@rule("1.1")
def test_one_network_address_cannot_begin_without_end(house: House) -> None:
    with begin(VISITOR) as work:
        identity.start_sign_in(work, "browser", "/")
        work.db.exec(update(RateCount).values(count=300))
    with pytest.raises(TooMany), begin(VISITOR) as work:
        identity.start_sign_in(work, "browser", "/")


@rule("1.4")
def test_the_table_holds_no_token(house: House) -> None:
    token = finish()
    with begin(NOBODY) as work:
        row = work.db.exec(select(SignIn)).one()
    assert token not in str(row.model_dump())
    assert len(token) >= 43
