"""Mail about what an institution arranges goes to the address it gave, and to no other's (1.6, 11.2, 11.5)."""

import pytest

from mps_app.core.actor import SYSTEM, Actor
from mps_app.core.work import House, begin
from mps_app.models import Institution, Person
from mps_app.services import messages
from tests import factories
from tests.marks import rule
from tests.services.enrolments.conftest import Office, made
from tests.services.messages.samples import GROUP

A, B, OWN = "anna@a.example", "anna@b.example", "anna@epasts.example"


def told(person: Person, institution: Institution | None) -> list[str]:
    """Queue one message and return where messages to the person go."""
    with begin(SYSTEM) as work:
        messages.queue(
            work,
            "session_reminder",
            person_id=person.key,
            institution_id=institution.key if institution else None,
            key=f"reminder:{person.key}:{institution.key if institution else 0}",
            facts=GROUP,
        )
    with begin(SYSTEM) as work:
        return [mail.recipient for mail in messages_of(work, person)]


def messages_of(work: object, person: Person) -> list[object]:
    from sqlmodel import col, select

    from mps_app.models import OutboxMessage

    return list(work.db.exec(select(OutboxMessage).where(col(OutboxMessage.person_id) == person.key)).all())


@pytest.fixture
def two(house: House) -> tuple[Institution, Institution]:
    """Two institutions."""
    with begin(SYSTEM) as work:
        return factories.make_institution(work, name="A"), factories.make_institution(work, name="B")


def person_of(two: tuple[Institution, Institution], **more: object) -> Person:
    """A person whom both employ, each with an address of its own."""
    with begin(Actor()) as work:
        person = factories.make_person(work, **{"email": None, **more})
        for institution, address in zip(two, (A, B), strict=True):
            factories.make_employment(work, person, institution, work_email=address)
    return person


@rule("11.2")
@rule("11.5")
def test_each_institutions_mail_goes_to_its_own_address(two: tuple[Institution, Institution]) -> None:
    person = person_of(two)
    assert told(person, two[1]) == [B]
    assert told(person, two[0]) == [B, A]


@rule("11.5")
def test_private_mail_never_goes_to_an_employers_address(two: tuple[Institution, Institution]) -> None:
    assert told(person_of(two), None) == []


@rule("1.6")
def test_an_own_verified_address_comes_first_an_unverified_one_counts_for_nothing(
    two: tuple[Institution, Institution],
) -> None:
    assert told(person_of(two, email=OWN), two[0]) == [OWN]
    assert told(person_of(two, email=OWN, verified=False), two[0]) == [A]


@rule("2.5")
def test_whom_the_institution_employs_no_more_it_reaches_no_more(two: tuple[Institution, Institution]) -> None:
    with begin(SYSTEM) as work:
        person = factories.make_person(work, email=None)
        left = {"work_email": A, "until_on": work.now.date()}
        factories.make_employment(work, person, two[0], **left)
        factories.make_employment(work, person, two[1])
    assert told(person, two[0]) == []
    assert told(person, two[1]) == []


@rule("11.3")
def test_who_has_only_a_work_address_is_enrolled_told_and_reminded_there(house: House) -> None:
    office: Office = made(house, status="confirmed")
    person = office.employee("Ļubova Čera", email=None, work_email=A)
    assert office.standing(person).text == "Var pieteikt"
    assert office.enrol([person]).enrolled == 1
    assert {(mail.template, mail.recipient) for mail in office.mails(person=person)} == {
        ("application_received", A),
        ("group_confirmed", A),
    }


@rule("1.5")
@rule("4.6")
def test_from_the_line_the_work_address_counts_too_but_not_for_what_the_person_wishes_alone(house: House) -> None:
    office = made(house, maximum=1)
    first, second = office.employees(1)[0], office.employee("Ļubova Čera", email=None, work_email=A)
    office.enrol([first, second], mode="line")
    assert office.statuses() == ["registered", "waitlisted"]
    with begin(SYSTEM) as work:
        mine = factories.application_of(work, first.key, office.group.key)
    from mps_app.services import applications
    from mps_app.services.applications.refusals import EmailNeeded
    from mps_app.views.applications import ApplyForm

    with begin(factories.actor(first)) as work:
        applications.cancel(work, mine)
    assert office.standing(second).kind == "in_group"
    assert [mail.recipient for mail in office.mails("place_given", second)] == [A]
    other = office.employee("Uldis Zīle", email=None, work_email="uldis@a.example")
    form = ApplyForm(
        agreed=True, course_id=office.course.key, group_id=office.group.key, payer="institution",
        institution_id=office.institution.key,
    )  # fmt: skip
    with pytest.raises(EmailNeeded), begin(factories.actor(other)) as work:
        applications.apply(work, form)


@rule("11.5")
def test_colleagues_are_told_the_name_that_the_institution_gave(house: House) -> None:
    office = made(house)
    with begin(Actor()) as work:
        other = factories.make_person(work, name="Otra Koordinatore", email="otra@iestade.example")
        factories.make_coordinator(work, other, office.institution)
        stranger = factories.make_person(work, name="Īstais Vārds", email=None)
        factories.make_employment(
            work, stranger, office.institution, work_email=A,
            given_name="Dotais", family_name="Vārds", name_folded="dotais vards",
        )  # fmt: skip
    office.enrol([stranger])
    facts = str([mail.facts for mail in office.mails(person=other)])
    assert "Dotais Vārds" in facts
    assert "Īstais" not in facts
