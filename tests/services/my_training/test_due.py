"""What is due: one list for the home page and for reminders (4.11, 6.2)."""

from datetime import UTC, datetime, timedelta

from sqlmodel import select

from mps_app.core.actor import SYSTEM
from mps_app.core.work import House, begin
from mps_app.models import OutboxMessage, PlaceOffer
from mps_app.services import identity, my_training, people
from mps_app.services.my_training import due
from mps_app.views.identity import CodeForm
from mps_app.views.people import ContactForm
from tests import factories
from tests.conftest import Clock
from tests.marks import rule
from tests.services.my_training.conftest import Participant

LATER = datetime(2026, 9, 17, 6, 30, tzinfo=UTC)


@rule("6.2")
def test_a_held_place_is_due_until_its_deadline(anna: Participant, clock: Clock) -> None:
    held = anna.session(LATER, status="offered")
    with begin(SYSTEM) as work:
        application_id = factories.application_of(work, anna.person.key, held.group_id)
        work.db.add(PlaceOffer(application_id=application_id, expires_at=clock.now + timedelta(hours=48)))
    with begin(anna.actor) as work:
        (task,) = my_training.home_page(work).tasks
    assert (task.title, task.path) == ("Jums ir paturēta vieta", "/pieteikumi")
    assert "9.\u00a0septembrim plkst.\u00a012:00" in task.consequence
    clock.advance(hours=48)
    with begin(anna.actor) as work:
        assert my_training.home_page(work).tasks == []


@rule("1.5")
@rule("6.2")
def test_an_unconfirmed_email_is_due(house: House) -> None:
    with begin(SYSTEM) as work:
        person = factories.make_person(work, verified=False)
        assert [task.path for task in due.tasks(work, person.key)] == ["/profils"]


@rule("4.11")
def test_whoever_reminds_reads_the_list_that_the_person_sees(anna: Participant) -> None:
    with begin(SYSTEM) as work:
        for_reminder = due.tasks(work, anna.person.key)
    with begin(anna.actor) as work:
        assert my_training.home_page(work).tasks == for_reminder


@rule("16.5")
def test_an_address_that_bounced_is_due_until_a_code_comes_back_from_it(house: House, clock: Clock) -> None:
    with begin(SYSTEM) as work:
        person = factories.make_person(work, email="ilze@iestade.example")
        person.email_bounced_at = clock.now
        (task,) = due.tasks(work, person.key)
    assert (task.path, "ilze@iestade.example" in task.sentence) == ("/profils", True)
    with begin(factories.actor(person)) as work:
        assert people.profile(work).has_email_bounced
        assert people.save_contact(work, ContactForm(email="ilze@iestade.example")).code_sent_to
    with begin(factories.actor(person)) as work:
        code = work.db.exec(select(OutboxMessage.facts).where(OutboxMessage.template == "email_code")).one()["code"]
        assert identity.confirm_email_code(work, CodeForm(code=code)).is_verified
        assert not people.profile(work).has_email_bounced
        assert due.tasks(work, person.key) == []
