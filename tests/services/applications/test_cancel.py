import pytest

from mps_app.core.errors import NotAllowed, NotFound
from mps_app.core.work import begin
from mps_app.services import applications
from mps_app.services.applications.refusals import DeadlinePassed, NotEmployed, RegistrationClosed
from tests import factories
from tests.conftest import Clock
from tests.marks import rule
from tests.services.applications.conftest import School


@rule("4.7")
def test_the_person_cancels_alone_until_the_deadline(school: School) -> None:
    group, anna = school.group(), school.employee()
    school.apply(anna, group)
    for _ in range(2):  # a repeated request changes nothing
        with begin(factories.actor(anna)) as work:
            applications.cancel(work, school.application(anna).key)
    assert school.status(anna) == "cancelled"
    assert school.taken(group) == 0
    [mail] = school.mails("application_cancelled")
    assert (mail.facts["by"], mail.facts["was_confirmed"]) == ("self", True)


@rule("4.7")
@rule("5.3")
def test_the_calendar_entry_of_a_confirmed_group_is_withdrawn_by_a_higher_sequence(school: School) -> None:
    group, anna = school.group(status="confirmed"), school.employee()
    school.apply(anna, group)
    with begin(factories.actor(anna)) as work:
        applications.cancel(work, school.application(anna).key)
    [sent], [withdrawn] = school.mails("group_confirmed", anna), school.mails("application_cancelled", anna)
    assert sent.facts["sessions"][0]["uid"] == withdrawn.facts["sessions"][0]["uid"]
    assert withdrawn.facts["sessions"][0]["sequence"] > sent.facts["sessions"][0]["sequence"]


@rule("5.3")
def test_who_leaves_and_comes_back_gets_the_calendar_entry_back(school: School) -> None:
    group, anna = school.group(status="confirmed"), school.employee()
    school.apply(anna, group)
    with begin(factories.actor(anna)) as work:
        applications.cancel(work, school.application(anna).key)
    school.apply(anna, group)
    _, again = school.mails("group_confirmed", anna)
    [withdrawn] = school.mails("application_cancelled", anna)
    assert again.facts["sessions"][0]["sequence"] >= withdrawn.facts["sessions"][0]["sequence"]


@rule("4.7")
def test_after_the_deadline_only_staff_can_cancel(school: School, clock: Clock) -> None:
    group, anna = school.group(), school.employee()
    school.apply(anna, group)
    clock.advance(days=6)
    key = school.application(anna).key
    speaks = factories.actor(school.coordinator, institutions=frozenset({school.institution.key}))
    for late in (factories.actor(anna), speaks):
        with pytest.raises(DeadlinePassed), begin(late) as work:
            applications.cancel(work, key)
    with begin(school.staff) as work:
        applications.cancel(work, key, "Slimība")
    assert school.status(anna) == "cancelled"
    assert school.audited("cancelled")[0].changes["reason"] == "Slimība"


@rule("4.7")
def test_the_line_can_be_left_at_any_time(school: School, clock: Clock) -> None:
    group, anna = school.group(maximum=1), school.employee()
    school.fill(group, 1)
    school.apply(anna, group)
    clock.advance(days=20)
    with begin(factories.actor(anna)) as work:
        applications.cancel(work, school.application(anna).key)
    assert school.status(anna) == "cancelled"


@rule("11.5")
def test_a_coordinator_cancels_what_the_institution_pays_and_nothing_else(school: School) -> None:
    group, anna, rihards = school.group(), school.employee(), school.payer()
    school.apply(anna, group), school.apply(rihards, group, "person")
    speaks = factories.actor(school.coordinator, institutions=frozenset({school.institution.key}))
    with begin(speaks) as work:
        applications.cancel(work, school.application(anna).key)
    with pytest.raises(NotFound), begin(speaks) as work:
        applications.cancel(work, school.application(rihards).key)
    assert (school.status(anna), school.status(rihards)) == ("cancelled", "registered")
    assert len(school.audited("cancelled")) == 1


def test_somebody_elses_application_does_not_exist(school: School) -> None:
    group, anna, berta = school.group(), school.employee(), school.employee("Berta Otrā")
    school.apply(anna, group)
    key = school.application(anna).key
    for attempt in (applications.cancel, applications.accept_offer, applications.decline_offer):
        with pytest.raises(NotFound), begin(factories.actor(berta)) as work:
            attempt(work, key)
    with pytest.raises(NotAllowed), begin(factories.actor(berta)) as work:
        applications.prioritise(work, key, 1, "x")
    assert school.status(anna) == "registered"


@rule("5.7")
def test_a_confirmed_group_below_its_minimum_stays_confirmed_and_staff_are_alerted(school: School) -> None:
    group = school.group(minimum=2)
    anna, berta = school.employee("Anna Pirmā"), school.employee("Berta Otrā")
    school.apply(anna, group), school.apply(berta, group)
    with begin(factories.actor(anna)) as work:
        applications.cancel(work, school.application(anna).key)
    [mail] = school.mails("staff_alert_minimum")
    assert (mail.facts["why"], mail.facts["participants"], mail.facts["minimum"]) == ("dropped", 1, 2)
    with begin(school.staff) as work:
        assert work.db.get_one(type(group), group.key).status == "confirmed"


@rule("4.7")
def test_a_coordinator_replaces_a_participant_and_the_line_is_not_asked(school: School) -> None:
    group = school.group(maximum=1)
    anna, berta, waiting = (school.employee(name) for name in ("Anna Pirmā", "Berta Otrā", "Cilda Trešā"))
    school.apply(anna, group), school.apply(waiting, group)
    speaks = factories.actor(school.coordinator, institutions=frozenset({school.institution.key}))
    with begin(speaks) as work:
        applications.replace(work, school.application(anna).key, berta.key)
    assert [school.status(one) for one in (anna, berta, waiting)] == ["cancelled", "registered", "waitlisted"]
    assert len(school.audited("replaced")) == 1
    [told] = school.mails("application_cancelled")
    assert (told.person_id, told.facts["reason"]) == (anna.key, "Vietu pārņem kolēģis.")


@rule("4.7")
def test_participants_do_not_replace_themselves(school: School) -> None:
    group, anna, berta = school.group(), school.employee(), school.employee("Berta Otrā")
    school.apply(anna, group)
    with pytest.raises(NotAllowed), begin(factories.actor(anna)) as work:
        applications.replace(work, school.application(anna).key, berta.key)
    assert (school.status(anna), school.status(berta)) == ("registered", "")


@rule("4.7")
def test_only_a_colleague_can_replace_and_only_before_the_first_session(school: School, clock: Clock) -> None:
    group, anna, stranger = school.group(status="confirmed"), school.employee(), school.payer()
    school.apply(anna, group)
    speaks = factories.actor(school.coordinator, institutions=frozenset({school.institution.key}))
    key = school.application(anna).key
    for other in (stranger.key, stranger.key + 1_000):  # nobody learns by it who is known
        with pytest.raises(NotEmployed), begin(speaks) as work:
            applications.replace(work, key, other)
    berta = school.employee("Berta Otrā")
    clock.advance(days=30, minutes=1)
    with pytest.raises(RegistrationClosed), begin(speaks) as work:
        applications.replace(work, key, berta.key)
