"""Asking to coordinate an institution, and what the school makes of it (11.1, 11.7)."""

from datetime import date

import pytest
from sqlalchemy.exc import IntegrityError
from sqlmodel import col, func, select

from mps_app.core.actor import NOBODY, Role
from mps_app.core.errors import Invalid, NotAllowed, SignInNeeded
from mps_app.core.work import begin
from mps_app.models import AuditEvent, Coordinator, Institution
from mps_app.services import institutions
from mps_app.services.institutions.refusals import (
    AlreadyDecided,
    AlreadyNominated,
    AlreadySpeaks,
    OwnNomination,
    TooManyNominations,
)
from mps_app.text import catalogue
from mps_app.views.coordinators import NominationForm, OwnNominationRow
from tests import factories
from tests.conftest import Clock
from tests.marks import rule
from tests.services.institutions.conftest import ADDRESS, DOCUMENT, UNKNOWN_NUMBER, Desk, letters, rows, speaks_for

KNOWN = "99990000022"


def own_list(desk: Desk, person: factories.Person) -> list[OwnNominationRow]:
    with begin(factories.actor(person)) as work:
        return institutions.asking_page(work).nominations


def count_institutions() -> int:
    with begin(NOBODY) as work:
        return work.db.exec(select(func.count()).select_from(Institution)).one()


@rule("11.1")
def test_a_nomination_waits_and_gives_no_right_until_the_school_confirms(desk: Desk) -> None:
    person = desk.person("Jana Jauna")
    desk.ask(person)
    (kept,) = rows(person)
    assert (kept.document_reference, kept.from_on, kept.confirmed_on) == ("1-5/31, 01.09.2026.", date(2026, 9, 7), None)
    assert speaks_for(person) == frozenset()
    desk.confirm(kept.key, name="Jaunā iestāde", **ADDRESS)
    assert len(speaks_for(person)) == 1


@rule("11.1")
def test_asking_answers_the_same_for_known_and_unknown_institutions_and_enters_none(desk: Desk) -> None:
    with begin(NOBODY) as work:
        known = factories.make_institution(work, name="Īstais nosaukums", street="Slepenā iela 1")
        known.registration_number = KNOWN
        work.db.add(known)
    before = count_institutions()
    person = desk.person("Jana Jauna")
    desk.ask(person, KNOWN)
    desk.ask(person)
    of_unknown, of_known = own_list(desk, person)
    assert of_unknown.model_dump(exclude={"id"}) == of_known.model_dump(exclude={"id"})
    assert of_known.institution_text == "Jaunā iestāde"  # as typed, whatever the school calls it
    assert count_institutions() == before


@rule("11.1")
def test_every_unusable_field_is_named_in_words(desk: Desk) -> None:
    person = desk.person("Jana Jauna")
    empty = dict.fromkeys((*DOCUMENT, *ADDRESS, "name", "registration_number"), "")
    with pytest.raises(Invalid) as refused, begin(factories.actor(person)) as work:
        institutions.ask_to_coordinate(work, NominationForm.read(empty))
    assert set(refused.value.fields) == set(empty)
    assert all(message in catalogue("lv") for message in refused.value.fields.values())
    for wrong in ({"registration_number": "99990000019"}, {"document_on": "2026-09-08"}, {"from_on": "2029-01-01"}):
        with pytest.raises(Invalid) as refused:
            desk.ask(person, **wrong)
        assert set(refused.value.fields) == set(wrong)
    with pytest.raises(Invalid):
        desk.ask(person, from_on="31.09.2026")
    assert rows(person) == []


@rule("11.1")
def test_the_same_nomination_twice_is_one_and_another_for_the_same_institution_is_refused_in_words(desk: Desk) -> None:
    person = desk.person("Jana Jauna")
    desk.ask(person)
    desk.ask(person)
    assert len(rows(person)) == 1
    with pytest.raises(AlreadyNominated):
        desk.ask(person, document_number="1-5/32")
    assert len(rows(person)) == 1


@rule("11.1")
def test_few_nominations_of_one_person_wait_at_a_time(desk: Desk) -> None:
    person = desk.person("Jana Jauna")
    *few, one_more = ("99990000003", "99990000018", "99990000022", "99990000037", "99990000041", "99990000056")
    for number in few:
        desk.ask(person, number)
    with pytest.raises(TooManyNominations):
        desk.ask(person, one_more)
    with begin(factories.actor(person)) as work:
        institutions.withdraw_nomination(work, rows(person)[0].key)
    desk.ask(person, one_more)


@rule("11.1")
def test_a_visitor_and_another_person_can_neither_ask_nor_withdraw(desk: Desk) -> None:
    person = desk.person("Jana Jauna")
    desk.ask(person)
    with pytest.raises(SignInNeeded), begin(NOBODY) as work:
        institutions.ask_to_coordinate(work, NominationForm.read({**DOCUMENT, **ADDRESS}))
    with begin(desk.ilze) as work:
        institutions.withdraw_nomination(work, rows(person)[0].key)
    assert rows(person)[0].ended_by_id is None


@rule("11.1")
def test_the_school_sees_who_asks_for_what_and_may_correct_the_name_of_an_unknown_institution(desk: Desk) -> None:
    person = desk.person("Jana Jauna")
    desk.ask(person)
    with begin(desk.staff) as work:
        (card,) = institutions.nominations(work)
    assert (card.person_name, card.code_text) == ("Jana Jauna", person.code_masked)
    assert (card.is_new, card.institution_name, card.institution_number) == (True, "Jaunā iestāde", UNKNOWN_NUMBER)
    desk.confirm(card.id, name="Jaunā iestāde, tā pareizā", **ADDRESS)
    with begin(NOBODY) as work:
        entered = work.db.exec(select(Institution).where(Institution.registration_number == UNKNOWN_NUMBER)).one()
    assert (entered.name, entered.postal_code) == ("Jaunā iestāde, tā pareizā", "LV-1050")
    assert letters(person, "coordinator_confirmed")[0]["institution_name"] == "Jaunā iestāde, tā pareizā"


@rule("11.1")
def test_a_known_institution_keeps_its_name_and_the_school_sees_the_one_that_was_typed(desk: Desk) -> None:
    with begin(NOBODY) as work:
        known = factories.make_institution(work, name="Īstais nosaukums")
        known.registration_number = KNOWN
        work.db.add(known)
    person = desk.person("Jana Jauna")
    desk.ask(person, KNOWN, name="Viltus nosaukums")
    with begin(desk.staff) as work:
        (card,) = institutions.nominations(work)
    assert (card.institution_name, card.asked_name, card.is_new) == ("Īstais nosaukums", "Viltus nosaukums", False)
    desk.confirm(card.id, name="Viltus nosaukums", **ADDRESS)
    with begin(NOBODY) as work:
        assert work.db.get_one(Institution, known.key).name == "Īstais nosaukums"
    assert speaks_for(person) == {known.key}


@rule("11.1")
def test_the_school_refuses_with_a_reason_that_the_person_reads(desk: Desk) -> None:
    person = desk.person("Jana Jauna")
    desk.ask(person)
    (kept,) = rows(person)
    with pytest.raises(Invalid):
        desk.refuse(kept.key, "")
    desk.refuse(kept.key)
    assert speaks_for(person) == frozenset()
    assert [facts["reason"] for facts in letters(person, "coordinator_refused")] == [
        "Rīkojumu parakstījusi cita persona"
    ]
    (row,) = own_list(desk, person)
    assert (row.end_text, row.can_withdraw, row.state_text) == (
        "Rīkojumu parakstījusi cita persona",
        False,
        "Nav apstiprināta",
    )
    with pytest.raises(AlreadyDecided):
        desk.confirm(kept.key, name="Jaunā iestāde", **ADDRESS)
    desk.ask(person)  # anew, with everything put right
    assert len(rows(person)) == 2


@rule("11.1")
def test_two_who_decide_at_once_do_not_both_decide(desk: Desk) -> None:
    person = desk.person("Jana Jauna")
    desk.ask(person)
    desk.confirm(rows(person)[0].key, name="Jaunā iestāde", **ADDRESS)
    for decide in (desk.confirm, desk.refuse):
        with pytest.raises(AlreadyDecided):
            decide(rows(person)[0].key)
    assert len(letters(person, "coordinator_confirmed")) == 1
    assert letters(person, "coordinator_refused") == []


@rule("11.1")
def test_nobody_confirms_oneself_and_only_the_school_confirms(desk: Desk) -> None:
    with begin(NOBODY) as work:
        planner = factories.make_person(work, name="Vita Vienīgā")
    desk.ask(planner)
    (kept,) = rows(planner)
    with pytest.raises(OwnNomination):
        desk.confirm(kept.key, factories.actor(planner, Role.TRAINING), name="Jaunā iestāde", **ADDRESS)
    for who in (desk.ilze, factories.actor(planner)):
        with pytest.raises(NotAllowed):
            desk.confirm(kept.key, who)
        with pytest.raises(NotAllowed), begin(who) as work:
            institutions.nominations(work)
        with pytest.raises(NotAllowed), begin(who) as work:
            institutions.standing_coordinators(work, "")


@rule("11.7")
def test_nobody_coordinates_the_same_institution_twice_at_a_time(desk: Desk) -> None:
    person = desk.person("Jana Jauna")
    desk.ask(person)
    desk.confirm(rows(person)[0].key, name="Jaunā iestāde", **ADDRESS)
    with pytest.raises(AlreadySpeaks):
        desk.ask(person, document_number="1-5/99")


@rule("11.7")
def test_acts_are_written_down_with_who_and_the_document(desk: Desk, clock: Clock) -> None:
    person = desk.person("Jana Jauna")
    desk.ask(person)
    desk.confirm(rows(person)[0].key, name="Jaunā iestāde", **ADDRESS)
    with begin(NOBODY) as work:
        acts = work.db.exec(select(AuditEvent).order_by(col(AuditEvent.id))).all()
    assert [act.action for act in acts] == ["coordinator:nominate", "institution:enter", "coordinator:confirm"]
    assert acts[2].changes["reference"] == "1-5/31, 01.09.2026."
    (kept,) = rows(person)
    assert (kept.nominated_on, kept.confirmed_on, kept.confirmed_by_id) == (
        date(2026, 9, 7), date(2026, 9, 7), desk.staff.person_id,
    )  # fmt: skip


@rule("11.1")
def test_the_database_itself_refuses_two_open_ones_for_a_pair(desk: Desk) -> None:
    with pytest.raises(IntegrityError), begin(NOBODY) as work:
        for _ in range(2):
            work.db.add(
                Coordinator(
                    person_id=desk.colleague.key, asked_number=UNKNOWN_NUMBER, nominated_on=date(2026, 9, 7),
                    from_on=date(2026, 9, 7),
                )
            )  # fmt: skip
            work.db.flush()
