"""What the dialog, the receipt and the own applications say, and that it agrees with what acts (4.11)."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update

from mps_app.core.actor import NOBODY
from mps_app.core.errors import NotFound, SignInNeeded
from mps_app.core.work import begin
from mps_app.models import CourseGroup, Institution, Person, TrainingSession
from mps_app.services import applications, groups
from mps_app.services.applications.refusals import AddressNeeded, DetailsNeeded, NotEmployed
from mps_app.views.applications import ApplyDialog, MyApplications
from tests import factories
from tests.conftest import Clock
from tests.marks import rule
from tests.services.applications.conftest import School

NBSP = "\N{NO-BREAK SPACE}"


def dialog(school: School, person: Person, group: CourseGroup | None = None) -> ApplyDialog:
    with begin(factories.actor(person)) as work:
        return applications.apply_dialog(work, school.course.key, group.key if group else 0)


def mine(person: Person) -> MyApplications:
    with begin(factories.actor(person)) as work:
        return applications.my_applications(work)


@rule("6.2")
def test_the_address_of_an_online_room_is_in_no_list_of_applications(school: School) -> None:
    """It opens a set time before the session, by ``/nodarbiba/{number}/pievienoties``."""
    group, anna, link = school.group(), school.employee(), "https://sapulces.example/slepena"
    with begin(school.staff) as work:
        work.db.execute(update(TrainingSession).values(online_url=link))
    school.apply(anna, group)
    card = mine(anna).current[0]
    assert card.status == "registered"
    assert link not in card.model_dump_json()


@rule("4.1")
def test_the_dialog_shows_group_price_and_who_can_pay(school: School) -> None:
    group, anna = school.group(maximum=20), school.employee()
    shown = dialog(school, anna, group)
    assert (shown.course_title, shown.price_text) == ("Publisko iepirkumu pamati", f"180{NBSP}€")
    assert shown.when_text.startswith("7.\u00a0oktobris, 12:00–16:00")
    assert (shown.payer, shown.institution_id) == ("institution", school.institution.key)
    assert [payer.is_ready for payer in shown.payers] == [True, False, False]
    assert shown.employers[0].coordinators_text == "Ilze Demoņa"
    assert shown.groups[0].places_text == "20 brīvu vietu no 20"
    assert shown.withdraw_text == "Atteikties bez maksas var līdz 13.\u00a0septembrim."


@rule("4.11")
@pytest.mark.parametrize(
    ("payer", "refusal"), [("institution", NotEmployed), ("own_details", DetailsNeeded), ("person", AddressNeeded)]
)
def test_what_the_dialog_calls_missing_is_what_refuses(school: School, payer: str, refusal: type[Exception]) -> None:
    group = school.group()
    with begin(school.staff) as work:
        person = factories.make_person(work, name="Pēteris Jauniņš")
    said = next(one for one in dialog(school, person, group).payers if one.kind == payer)
    assert not said.is_ready
    assert said.missing_text
    with pytest.raises(refusal):
        school.apply(person, group, payer)


@rule("4.1")
def test_who_has_no_employer_begins_with_what_can_be_put_right_in_the_dialog(school: School) -> None:
    with begin(school.staff) as work:
        person = factories.make_person(work, name="Pēteris Jauniņš")
    shown = dialog(school, person, school.group())
    assert (shown.payer, [one.kind for one in shown.payers]) == ("person", ["institution", "own_details", "person"])


@rule("4.12")
def test_an_application_that_costs_nothing_names_no_payer(school: School) -> None:
    with begin(school.staff) as work:
        person = factories.make_person(work, name="Pēteris Jauniņš", email="peteris@epasts.example")
    school.apply(person, school.group(price_cents=0), "person")
    [card] = mine(person).current
    assert (card.price_text, card.payer_text) == ("Bez maksas", "")


@rule("4.1")
@rule("2.2")
def test_for_what_is_free_nobody_is_asked_who_pays_nor_for_an_address(school: School) -> None:
    with begin(school.staff) as work:
        person = factories.make_person(work, name="Pēteris Jauniņš", email="peteris@epasts.example")
    free, full = school.group(price_cents=0), school.group(price_cents=0, maximum=1)
    shown = dialog(school, person, free)
    assert (shown.is_free, [(one.kind, one.is_ready) for one in shown.payers]) == (True, [("person", True)])
    holder = school.fill(full, 1)[0]
    assert school.apply(person, full, "person").outcome == "waitlisted"
    with begin(school.staff) as work:
        applications.cancel(work, holder.key)
    with begin(factories.actor(person)) as work:
        assert applications.accept_offer(work, school.application(person).key).outcome == "registered"


@rule("4.9")
@rule("2.2")
def test_the_next_group_of_a_free_course_may_cost_something_so_the_address_is_asked_for(school: School) -> None:
    with begin(school.staff) as work:
        school.course = factories.make_course(work, title="Bez maksas", price_cents=0)
        person = factories.make_person(work, name="Pēteris Jauniņš", email="peteris@epasts.example")
    shown = dialog(school, person)
    assert (shown.is_free, shown.price_text) == (False, "Cena vēl nav zināma")
    with pytest.raises(AddressNeeded):
        school.apply(person, None, "person")


@rule("4.4")
@rule("4.8")
def test_what_is_free_can_be_on_the_institutions_account_or_ones_own(school: School) -> None:
    anna, free = school.employee(), school.group(price_cents=0)
    assert [one.kind for one in dialog(school, anna, free).payers] == ["institution", "person"]
    assert school.apply(anna, free, "person").outcome == "registered"


@rule("4.5")
def test_an_overlap_warns_and_does_not_bar(school: School, clock: Clock) -> None:
    anna = school.employee()
    with begin(school.staff) as work:
        other = factories.make_course(work, title="Cits kurss")
        taken = factories.make_group(work, other)
        factories.make_session(work, taken, starts_at=clock.now + timedelta(days=30, hours=3))
        factories.make_application(work, anna, other, group=taken)
    overlapping, later = school.group(starts_in=30), school.group(starts_in=31)
    assert "„Cits kurss”: 7.\u00a0oktobris, 15:00" in dialog(school, anna, overlapping).overlap_text
    assert dialog(school, anna, later).overlap_text == ""
    assert school.apply(anna, overlapping).outcome == "registered"


@rule("4.6")
def test_a_full_group_says_where_in_the_line_one_will_be(school: School) -> None:
    group, anna = school.group(maximum=1), school.employee()
    school.fill(group, 1)
    school.apply(school.employee("Berta Otrā"), group)
    shown = dialog(school, anna, group)
    assert shown.groups[0].is_full
    assert "2. vietā" in shown.line_text
    assert school.apply(anna, group).position == 2


@rule("4.9")
def test_without_a_group_the_dialog_is_for_the_next_one(school: School) -> None:
    shown = dialog(school, school.employee())
    assert (shown.group_id, shown.groups, shown.when_text) == (0, [], "Datums vēl nav zināms")


@rule("3.5")
def test_the_dialog_of_a_hidden_course_is_not_found(school: School) -> None:
    with begin(school.staff) as work:
        school.course = factories.make_course(work, title="Slēgts", audience=[school.institution])
    with pytest.raises(NotFound):
        dialog(school, school.employee())
    with pytest.raises(SignInNeeded), begin(NOBODY) as work:
        applications.apply_dialog(work, school.course.key)


@rule("4.8")
def test_the_way_of_an_application_that_awaits_approval(school: School) -> None:
    with begin(school.staff) as work:
        work.db.get_one(Institution, school.institution.key).needs_approval = True
    group, anna = school.group(), school.employee()
    receipt = school.apply(anna, group)
    assert [(step.title, step.state) for step in receipt.steps][:2] == [
        ("Pieteikums saņemts", "done"),
        ("Iestāde saskaņo", "now"),
    ]
    assert mine(anna).current[0].status_text == "Gaida saskaņojumu"


@rule("4.11")
def test_the_checklist_follows_the_group(school: School, clock: Clock) -> None:
    group, anna = school.group(minimum=2), school.employee()
    receipt = school.apply(anna, group)
    assert receipt.steps[1].text == "Kad būs pietiekami daudz dalībnieku (1 no 2 jau ir), atsūtīsim laiku un vietu"
    with begin(school.staff) as work:
        groups.confirm_group(work, group.key)
    [card] = mine(anna).current
    assert (card.status_text, card.status_class) == ("Grupa apstiprināta", "st-ok")
    assert [step.state for step in card.steps] == ["done", "done", "later", "later"]
    assert card.steps[2].text == "2.\u00a0oktobrī"  # three working days before Wednesday, 7 October
    clock.advance(days=26)
    assert mine(anna).current[0].steps[2].text == "6.\u00a0oktobrī"


@rule("4.7")
def test_a_deadline_of_another_year_is_said_with_its_year(school: School) -> None:
    late = datetime(2027, 8, 28, 21, 0, tzinfo=UTC)  # midnight in Riga
    group, anna = school.group(cancellation_deadline_at=late), school.employee()
    assert dialog(school, anna, group).withdraw_text == "Atteikties bez maksas var līdz 2027. gada 29.\u00a0augustam."
    school.apply(anna, group)
    assert mine(anna).current[0].cancel_text == "Atteikties bez maksas var līdz 2027. gada 29.\u00a0augustam."


@rule("4.7")
def test_a_card_says_until_when_it_can_be_withdrawn_and_what_that_means(school: School, clock: Clock) -> None:
    group, anna = school.group(), school.employee()
    school.apply(anna, group)
    [card] = mine(anna).current
    assert card.may_cancel
    assert card.cancel_text == "Atteikties bez maksas var līdz 13.\u00a0septembrim."
    clock.advance(days=6)
    [card] = mine(anna).current
    assert not card.may_cancel
    assert "termiņš ir beidzies" in card.cancel_text


@rule("4.6")
def test_an_offer_is_shown_with_its_deadline_and_ends_by_itself(school: School, clock: Clock) -> None:
    group = school.group(maximum=1)
    holder, rihards = school.fill(group, 1)[0], school.payer()
    school.apply(rihards, group, "person")
    with begin(school.staff) as work:
        applications.cancel(work, holder.key)
    [card] = mine(rihards).current
    assert card.may_answer
    assert card.answer_until_text == "9.\u00a0septembrim plkst.\u00a012:00"
    clock.advance(hours=48)
    assert not mine(rihards).current[0].may_answer


@rule("2.5")
def test_what_ended_stays_in_the_history_with_its_reason(school: School) -> None:
    group, anna = school.group(), school.employee()
    school.apply(anna, group)
    with begin(school.staff) as work:
        groups.cancel_group(work, group.key, "Saslimis pasniedzējs")
    listed = mine(anna)
    assert listed.current == []
    assert (listed.past[0].status_text, listed.past[0].explanation) == ("Pieteikums atcelts", "Saslimis pasniedzējs")
    assert listed.past[0].when_text == ""


def test_nobody_sees_the_applications_of_another(school: School) -> None:
    group, anna, berta = school.group(), school.employee(), school.employee("Berta Otrā")
    school.apply(anna, group)
    assert mine(berta) == MyApplications()
