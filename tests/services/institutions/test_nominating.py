"""A sitting coordinator nominates colleagues, names deputies and ends what stands (11.1, 11.7)."""

from datetime import UTC, date, datetime, timedelta
from threading import Barrier, Thread

import pytest
from sqlalchemy import text
from sqlmodel import col, select

from mps_app.core import riga
from mps_app.core.actor import NOBODY
from mps_app.core.errors import DomainError, Invalid, NotAllowed, NotFound
from mps_app.core.work import begin
from mps_app.models import Employment
from mps_app.services import institutions
from mps_app.services.institutions.refusals import AlreadyNominated, AlreadySpeaks, DaysPassed
from mps_app.views.coordinators import CoordinatorsPage
from tests import factories
from tests.conftest import Clock
from tests.marks import rule
from tests.services.institutions.conftest import Desk, letters, rows, speaks_for


def page(desk: Desk) -> CoordinatorsPage:
    with begin(desk.ilze) as work:
        return institutions.coordinators_page(work, desk.institution.key)


def found(desk: Desk, words: str) -> list[str]:
    with begin(desk.ilze) as work:
        return [choice.name for choice in institutions.colleagues(work, desk.institution.key, words)]


def leaves(desk: Desk, *, in_days: int) -> None:
    """The colleague's employment ends."""
    with begin(NOBODY) as work:
        asked = select(Employment).where(col(Employment.person_id) == desk.colleague.key)
        work.db.exec(asked).one().until_on = riga.today(work.now) + timedelta(days=in_days)


@rule("11.1")
def test_a_colleague_speaks_once_the_school_has_confirmed(desk: Desk) -> None:
    desk.nominate(desk.colleague)
    assert [row.name for row in page(desk).nominated] == ["Ģirts Kolēģis"]
    assert speaks_for(desk.colleague) == frozenset()
    desk.confirm(rows(desk.colleague)[0].key)
    assert speaks_for(desk.colleague) == {desk.institution.key}
    assert [row.name for row in page(desk).speaking] == ["Ilze Demoņa", "Ģirts Kolēģis"]
    assert letters(desk.colleague, "coordinator_confirmed")[0]["institution_name"] == "Upeslīču novads"


@rule("11.7")
def test_a_deputy_speaks_on_the_named_days_only(desk: Desk, clock: Clock) -> None:
    desk.nominate(desk.colleague, is_deputy="on", from_on="2026-09-10", last_on="2026-09-14")
    (kept,) = rows(desk.colleague)
    assert (kept.deputy_of_id, kept.ended_on) == (desk.ilze.person_id, date(2026, 9, 15))
    desk.confirm(kept.key)
    on_each_day = {}
    for day in (9, 10, 14, 15):
        clock.now = datetime(2026, 9, day - 1, 21, 30, tzinfo=UTC)  # half past midnight in Riga
        on_each_day[day] = desk.institution.key in speaks_for(desk.colleague)
    assert on_each_day == {9: False, 10: True, 14: True, 15: False}
    assert page(desk).ended[0].days_text == "Aizvieto: Ilze Demoņa, 10.\u00a0sept. 2026 – 14.\u00a0sept. 2026"
    assert letters(desk.colleague, "coordinator_confirmed")[0]["last_on"] == "2026-09-14"


@rule("11.7")
@pytest.mark.parametrize("last_on", ["", "2026-09-06", "2028-01-01", "9999-12-31"])
def test_a_deputy_has_a_last_day_that_makes_sense(desk: Desk, last_on: str) -> None:
    with pytest.raises(Invalid) as refused:
        desk.nominate(desk.colleague, is_deputy="on", last_on=last_on)
    assert set(refused.value.fields) == {"last_on"}
    with pytest.raises(Invalid):
        desk.nominate(desk.colleague, is_deputy="on", from_on="9999-12-31", last_on=last_on)


@rule("11.7")
def test_a_deputy_whose_days_passed_undecided_is_not_confirmed_and_can_be_named_anew(desk: Desk, clock: Clock) -> None:
    desk.nominate(desk.colleague, is_deputy="on", last_on="2026-09-09")
    clock.advance(days=5)
    with pytest.raises(DaysPassed):
        desk.confirm(rows(desk.colleague)[0].key)
    desk.nominate(desk.colleague, is_deputy="on", from_on="2026-09-12", last_on="2026-09-20")
    desk.confirm(rows(desk.colleague)[1].key)
    assert speaks_for(desk.colleague) == {desk.institution.key}


@rule("11.5")
def test_only_the_institutions_own_employees_are_found_and_nominated(desk: Desk) -> None:
    elsewhere = desk.employee("Ģederts Citur", desk.other)
    left = desk.employee("Ģirta Aizgājusī")
    with begin(NOBODY) as work:
        work.db.execute(text("UPDATE employment SET until_on = '2026-09-07' WHERE person_id = :id"), {"id": left.key})
    assert found(desk, "ģ") == []
    assert found(desk, "girt") == found(desk, "KOLĒĢ ģir") == ["Ģirts Kolēģis"]
    assert found(desk, "%") == found(desk, "") == found(desk, "Citur") == []
    refusals = set()
    for nobody in (elsewhere.key, left.key, 10**9):
        with pytest.raises(NotFound) as refused:
            desk.nominate(nobody)
        refusals.add(str(refused.value))
    assert len(refusals) == 1
    with pytest.raises(Invalid):
        desk.nominate(desk.ilze.person_id or 0)


@rule("11.2")
def test_a_nominated_colleague_is_named_as_the_institution_knows_them(desk: Desk) -> None:
    with begin(NOBODY) as work:
        person = factories.make_person(work, name="Īstais Vārds")
        known = {"given_name": "Ievadītais", "family_name": "Vārds", "name_folded": "ievaditais vards"}
        factories.make_employment(work, person, desk.institution, **known)
    assert found(desk, "vārds") == ["Ievadītais Vārds"]
    assert found(desk, "īstais") == []
    desk.nominate(person)
    assert [row.name for row in page(desk).nominated] == ["Ievadītais Vārds"]


@rule("11.1")
def test_the_same_nomination_twice_is_one(desk: Desk) -> None:
    desk.nominate(desk.colleague)
    desk.nominate(desk.colleague)
    assert len(rows(desk.colleague)) == 1
    assert found(desk, "kolēģis") == []
    with pytest.raises(AlreadyNominated):
        desk.nominate(desk.colleague, document_number="1-5/77")
    desk.confirm(rows(desk.colleague)[0].key)
    with pytest.raises(AlreadySpeaks):
        desk.nominate(desk.colleague, document_number="1-5/78")


@rule("11.1")
def test_two_coordinators_nominating_the_same_colleague_at_once_make_one_nomination(desk: Desk) -> None:
    with begin(NOBODY) as work:
        second = factories.make_person(work, name="Otrā Koordinatore")
        factories.make_coordinator(work, second, desk.institution)
    speakers = (desk.ilze, factories.actor(second, institutions=frozenset({desk.institution.key})))
    together, refused = Barrier(2), []

    def nominate(number: int) -> None:
        together.wait()
        try:
            desk.nominate(desk.colleague, speakers[number], document_number=f"1-5/{number}")
        except DomainError as refusal:
            refused.append(type(refusal))

    threads = [Thread(target=nominate, args=(number,)) for number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert refused == [AlreadyNominated]
    assert len(rows(desk.colleague)) == 1


@rule("11.7")
def test_an_end_takes_every_right_at_once_and_keeps_the_document(desk: Desk) -> None:
    desk.nominate(desk.colleague)
    (kept,) = rows(desk.colleague)
    desk.confirm(kept.key)
    with pytest.raises(Invalid):
        desk.end(kept.key, reference=" ")
    desk.end(kept.key)
    desk.end(kept.key)  # in another tab as well
    assert speaks_for(desk.colleague) == frozenset()
    (row,) = page(desk).ended
    assert (row.name, row.end_text, row.document_text) == (
        "Ģirts Kolēģis",
        "Rīkojums Nr. 1-5/40",
        "1-5/31, 01.09.2026.",
    )
    assert row.days_text == "7.\u00a0sept. 2026"  # the day it began and ended
    assert len(letters(desk.colleague, "coordinator_ended")) == 1
    desk.nominate(desk.colleague, document_number="1-5/41")  # and on the same day anew
    desk.confirm(rows(desk.colleague)[1].key)
    assert speaks_for(desk.colleague) == {desk.institution.key}


@rule("11.7")
def test_a_nomination_is_taken_back_and_a_coming_coordinator_ends_before_beginning(desk: Desk) -> None:
    desk.nominate(desk.colleague)
    desk.end(rows(desk.colleague)[0].key)
    assert page(desk).nominated == []
    desk.nominate(desk.colleague, from_on="2026-10-01")
    coming = rows(desk.colleague)[1]
    desk.confirm(coming.key)
    desk.end(coming.key)
    assert page(desk).speaking[0].name == "Ilze Demoņa"
    assert [row.name for row in page(desk).ended] == ["Ģirts Kolēģis", "Ģirts Kolēģis"]


@rule("11.7")
def test_one_ends_oneself_and_the_last_one_is_warned(desk: Desk) -> None:
    (own,) = page(desk).speaking
    assert (own.is_me, own.is_last) == (True, True)
    desk.nominate(desk.colleague)
    desk.confirm(rows(desk.colleague)[0].key)
    assert not any(row.is_last for row in page(desk).speaking)
    desk.end(own.id)
    assert speaks_for(factories.Person(id=desk.ilze.person_id)) == frozenset()
    with begin(desk.staff) as work:
        standing = institutions.standing_coordinators(work, "upeslic kole")
    assert [(row.person_name, row.is_last) for row in standing.rows] == [("Ģirts Kolēģis", True)]


@rule("11.7")
def test_a_coordinator_who_works_there_no_more_is_marked_until_that_ends(desk: Desk) -> None:
    with begin(NOBODY) as work:
        outsider = factories.make_person(work, name="Ārija Ārēja")  # never was an employee: nothing has ended
        for person in (desk.colleague, outsider):
            factories.make_coordinator(work, person, desk.institution)
    leaves(desk, in_days=1)
    assert not any(row.has_left for row in page(desk).speaking)
    leaves(desk, in_days=0)
    assert [row.name for row in page(desk).speaking if row.has_left] == ["Ģirts Kolēģis"]
    desk.end(rows(desk.colleague)[0].key)
    assert [row.has_left for row in page(desk).ended] == [False]


@rule("11.1")
def test_the_school_finds_and_ends_the_standing_ones(desk: Desk) -> None:
    with begin(desk.staff) as work:
        everybody = institutions.standing_coordinators(work, "")
        by_number = institutions.standing_coordinators(work, desk.other.registration_number)
    assert (everybody.count, [row.person_name for row in by_number.rows]) == (2, ["Ojārs Testonis"])
    form = institutions.deciding.EndForm(coordinator_id=by_number.rows[0].id, reference="Vēstule Nr. 3")
    with begin(desk.staff) as work:
        institutions.end_as_school(work, form)
    assert desk.stranger.person_id
    assert speaks_for(factories.Person(id=desk.stranger.person_id)) == frozenset()
    with pytest.raises(NotAllowed), begin(desk.ilze) as work:
        institutions.end_as_school(work, form)


@rule("11.5")
def test_another_institutions_coordinator_learns_and_changes_nothing(desk: Desk) -> None:
    desk.nominate(desk.colleague)
    (kept,) = rows(desk.colleague)
    with begin(desk.stranger) as work:
        own_page = institutions.coordinators_page(work, desk.other.key)
    assert "Ilze" not in str(own_page)
    assert "Kolēģis" not in str(own_page)
    form = institutions.deciding.EndForm(coordinator_id=kept.key, reference="Nav")
    for institution_id in (desk.institution.key, 10**9):
        for step in (
            lambda work, at=institution_id: institutions.coordinators_page(work, at),
            lambda work, at=institution_id: institutions.colleagues(work, at, "kolēģis"),
            lambda work, at=institution_id: institutions.end_coordinator(work, at, form),
            lambda work, at=institution_id: institutions.choose_digest(work, at, True),
            lambda work, at=institution_id: institutions.requisites(work, at),
        ):
            with pytest.raises(NotAllowed), begin(desk.stranger) as work:
                step(work)
    for coordinator_id in (kept.key, 10**9):
        with pytest.raises(NotFound), begin(desk.stranger) as work:
            institutions.end_coordinator(
                work, desk.other.key, form.model_copy(update={"coordinator_id": coordinator_id})
            )
    assert rows(desk.colleague)[0].ended_on is None


@rule("11.1")
def test_who_asked_for_oneself_is_seen_by_the_sitting_coordinators_but_decided_by_the_school(desk: Desk) -> None:
    with begin(NOBODY) as work:
        desk.institution.registration_number = "99990000022"
        work.db.add(desk.institution)
    person = desk.person("Jana Jauna")
    desk.ask(person, "99990000022")
    (row,) = page(desk).nominated
    assert (row.name, row.can_end) == ("Jana Jauna", False)
    with pytest.raises(NotFound):
        desk.end(row.id)


@rule("11.1")
def test_the_school_sees_whether_a_nominated_person_is_an_employee(desk: Desk) -> None:
    desk.nominate(desk.colleague)
    with begin(desk.staff) as work:
        assert institutions.nominations(work)[0].is_employee
    with begin(NOBODY) as work:
        employment = work.db.get_one(Employment, _employment_of(desk.colleague.key))
        employment.until_on = date(2026, 9, 7)
        work.db.add(employment)
    with begin(desk.staff) as work:
        assert not institutions.nominations(work)[0].is_employee


def _employment_of(person_id: int) -> int:
    with begin(NOBODY) as work:
        return work.db.execute(text("SELECT id FROM employment WHERE person_id = :id"), {"id": person_id}).scalar_one()
