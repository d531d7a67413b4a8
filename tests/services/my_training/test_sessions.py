"""Which sessions stand on a person's scale, and what the card of a day says about them."""

from datetime import UTC, date, datetime, timedelta

import pytest

from mps_app.core import riga
from mps_app.core.actor import NOBODY, SYSTEM, Role
from mps_app.core.errors import SignInNeeded
from mps_app.core.work import House, begin
from mps_app.models import Course, CourseGroup, EvaluationInvitation, Questionnaire
from mps_app.services import applications, groups, my_training
from mps_app.views.date_scale import Marks
from mps_app.views.groups import SessionMove
from tests import factories
from tests.conftest import Clock
from tests.marks import rule
from tests.services.my_training.conftest import Participant

LATER = datetime(2026, 9, 17, 6, 30, tzinfo=UTC)  # 09:30 in Riga, ten days after the tests' now
LINK = "https://sapulces.example/abc"


def staff_actor(house: House):  # noqa: ANN201
    with begin(SYSTEM) as work:
        return factories.actor(factories.make_person(work, name="Dace Darbiniece"), Role.TRAINING)


@rule("6.1")
def test_attended_and_coming_sessions_stand_on_the_scale_by_their_form(anna: Participant) -> None:
    anna.session(LATER)
    anna.session(LATER + timedelta(hours=6), form="online", online_url=LINK)
    anna.session(datetime(2018, 3, 1, 8, tzinfo=UTC), form="hybrid", status="completed", group_status="completed")
    assert anna.marks() == Marks((date(2018, 3, 1).toordinal(), date(2026, 9, 17).toordinal()), ("h", "io"))


@rule("6.1")
@pytest.mark.parametrize("status", ["cancelled", "rejected", "waitlisted", "offered", "no_show"])
def test_without_a_place_there_is_no_session(anna: Participant, status: str) -> None:
    anna.session(LATER, status=status)
    assert anna.marks() == Marks()
    assert anna.card(LATER).sessions == []


@rule("6.1")
def test_nobody_sees_the_sessions_of_another(anna: Participant, house: House) -> None:
    anna.session(LATER)
    with begin(SYSTEM) as work:
        other = Participant(factories.make_person(work, name="Juris Cits"))
    assert other.marks() == Marks()
    assert other.card(LATER).sessions == []
    with begin(NOBODY) as work:
        assert my_training.open_scale(work) is None
        with pytest.raises(SignInNeeded):
            my_training.day_card(work, date(2026, 9, 17).toordinal(), Marks())


@rule("6.1")
def test_a_day_begins_at_midnight_in_riga(anna: Participant) -> None:
    anna.session(datetime(2026, 9, 16, 21, 30, tzinfo=UTC), hours=1)  # 00:30 on the 17th
    assert anna.marks().days == (date(2026, 9, 17).toordinal(),)
    assert [one.start for one in anna.card(LATER).sessions] == ["00:30"]


@rule("17.2")
@pytest.mark.parametrize("day", [date(2026, 10, 25), date(2027, 3, 28)], ids=["autumn", "spring"])
def test_on_the_days_of_the_clock_changes_sessions_keep_their_hours(anna: Participant, day: date) -> None:
    starts_at = riga.at_riga(day, datetime.min.time().replace(hour=9, minute=30))
    anna.session(starts_at, hours=3.25)
    card = anna.card(starts_at)
    assert [(one.start, one.end) for one in card.sessions] == [("09:30", "12:45")]
    assert anna.card(starts_at - timedelta(days=1)).sessions == []
    assert anna.card(starts_at + timedelta(days=1)).sessions == []


@rule("6.1")
def test_self_paced_learning_stands_on_the_day_of_its_deadline(anna: Participant) -> None:
    anna.session(LATER, hours=24 * 5, form="elearning")
    assert anna.marks() == Marks((date(2026, 9, 22).toordinal(),), ("e",))
    card = anna.card(LATER + timedelta(days=5))
    assert [(one.start, one.end) for one in card.sessions] == [("līdz 09:30", "")]
    assert anna.card(LATER).sessions == []


@rule("6.1")
def test_the_card_says_how_far_the_day_is_and_which_come_before_and_after(anna: Participant) -> None:
    anna.session(LATER)
    anna.session(LATER + timedelta(days=5))
    card = anna.card(LATER + timedelta(days=1))
    assert (card.weekday, card.date, card.distance) == (
        "piektdiena", "18.\u00a0septembris", "Pēc 11 dienām",
    )  # fmt: skip
    assert (card.previous_text, card.following_text) == ("17.\u00a0sept.", "22.\u00a0sept.")
    assert anna.card(datetime(2025, 9, 18, 9, tzinfo=UTC)).weekday == "ceturtdiena, 2025. gads"


@rule("6.1")
def test_the_address_of_an_online_room_reaches_nobody_before_it_opens(anna: Participant, clock: Clock) -> None:
    made = anna.session(LATER, online_url=LINK, form="online")
    clock.now = LATER - timedelta(minutes=15, seconds=1)
    (one,) = anna.card(LATER).sessions
    assert (one.may_join, one.opens, one.opens_in) == (False, "09:15", 2)
    with begin(anna.actor) as work, pytest.raises(Exception, match="not_open_yet"):
        my_training.online_room(work, made.key)
    clock.advance(seconds=1)
    (one,) = anna.card(LATER).sessions
    assert (one.may_join, one.opens) == (True, "")
    assert LINK not in one.model_dump_json()  # asked of the server when the button is pressed
    with begin(anna.actor) as work:
        assert my_training.online_room(work, made.key) == LINK


@rule("6.1")
def test_an_online_room_closes_with_its_session_and_opens_to_participants_alone(
    anna: Participant, clock: Clock
) -> None:
    made = anna.session(LATER, online_url=LINK, form="online", hours=1)
    clock.now = LATER
    with begin(SYSTEM) as work:
        other = factories.actor(factories.make_person(work, name="Juris Cits"))
    with begin(other) as work, pytest.raises(Exception, match="not_found"):
        my_training.online_room(work, made.key)
    clock.now = LATER + timedelta(hours=1)
    with begin(anna.actor) as work, pytest.raises(Exception, match="session_over"):
        my_training.online_room(work, made.key)


@rule("5.3")
def test_a_moved_session_says_how_it_was(anna: Participant, house: House) -> None:
    made = anna.session(LATER)
    staff = staff_actor(house)
    with begin(staff) as work:
        room = factories.make_room(work, name="301. telpa", street="Citā iela 1")
        moved = LATER + timedelta(hours=1)
        move = SessionMove(session_id=made.key, starts_at=moved, ends_at=moved + timedelta(hours=4), room_id=room.key)
        groups.change_sessions(work, made.group_id, [move])
    (one,) = anna.card(LATER).sessions
    assert one.notes == [
        "Mainīts laiks. Iepriekš bija 17.\u00a0septembris, 09:30–13:30.",
        "Mainīta vieta. Iepriekš bija: Raiņa bulvāris 4, Rīga, 205. telpa.",
    ]
    assert (one.start, one.room) == ("10:30", "301. telpa")


@rule("5.3")
def test_a_called_off_session_stays_until_its_day_with_the_reason(
    anna: Participant, house: House, clock: Clock
) -> None:
    made = anna.session(LATER)
    with begin(staff_actor(house)) as work:
        groups.cancel_group(work, made.group_id, "Pasniedzējs saslimis.")
    assert anna.marks().letters == ("x",)
    (one,) = anna.card(LATER).sessions
    assert one.is_off
    assert one.notes == ["Nodarbība atcelta. Pasniedzējs saslimis."]
    assert not one.is_coming
    clock.now = LATER + timedelta(days=1)
    assert anna.marks() == Marks()


@rule("4.7")
def test_a_place_can_be_given_up_on_the_card_until_the_deadline(anna: Participant, clock: Clock) -> None:
    anna.session(LATER, cancellation_deadline_at=LATER - timedelta(days=3))
    (one,) = anna.card(LATER).sessions
    assert one.application
    with begin(anna.actor) as work:
        applications.cancel(work, one.application)
    assert anna.marks() == Marks()

    late = LATER + timedelta(days=20)
    anna.session(late, cancellation_deadline_at=late - timedelta(days=3))
    clock.now = late - timedelta(days=3)
    assert [one.application for one in anna.card(late).sessions] == [0]


@rule("4.8")
def test_a_place_awaiting_approval_says_so(anna: Participant) -> None:
    anna.session(LATER, status="pending_approval")
    (one,) = anna.card(LATER).sessions
    assert one.notes == ["Jūsu iestāde šo pieteikumu vēl nav saskaņojusi; vieta Jums ir paturēta."]


@rule("6.1")
def test_two_thousand_sessions_cost_a_picked_day_nothing_but_its_own(anna: Participant) -> None:
    anna.session(LATER)
    long = Marks(tuple(range(700_000, 702_000)), ("i",) * 2_000)
    with begin(anna.actor) as work:
        card = my_training.day_card(work, date(2026, 9, 17).toordinal(), long)
    assert len(card.model_dump_json().encode()) < 1_000


@rule("7.1")
@rule("7.2")
def test_a_past_day_leads_to_the_questionnaire(anna: Participant, clock: Clock) -> None:
    made = anna.session(LATER, status="attended")
    clock.now = LATER + timedelta(days=1)
    with begin(SYSTEM) as work:
        application_id = factories.application_of(work, anna.person.key, made.group_id)
        questionnaire = Questionnaire(version=1, is_in_force=True)
        work.db.add(questionnaire)
        work.db.flush()
        invitation = EvaluationInvitation(
            application_id=application_id, questionnaire_id=questionnaire.key, invited_on=riga.today(clock.now)
        )
        work.db.add(invitation)
        work.db.flush()
        path = f"/anketa/{invitation.id}"
    (one,) = anna.card(LATER).sessions
    assert [(door.title, door.path) for door in one.doors] == [("Aizpildīt anketu", path)]
    assert not one.is_coming
    with begin(anna.actor) as work:
        assert path in [task.path for task in my_training.home_page(work).tasks]


@rule("9.1")
def test_the_card_names_the_first_material_and_counts_the_rest(anna: Participant) -> None:
    made = anna.session(LATER)
    with begin(SYSTEM) as work:
        course = work.db.get_one(Course, work.db.get_one(CourseGroup, made.group_id).course_id)
        for title in ("Darba lapas", "Prezentācija", "Paraugi"):
            factories.make_material(work, course, title=title, url="https://likumi.lv")
    (one,) = anna.card(LATER).sessions
    assert [door.title for door in one.files.first] == ["Darba lapas"]
    assert one.files.more == "un vēl 2 materiāli"


@rule("6.1")
def test_a_full_day_costs_as_many_questions_as_one_session(anna: Participant, asked: list[str]) -> None:
    counts = []
    for number in range(3):
        anna.session(LATER + timedelta(hours=3 * number), hours=2)
        marks, day = anna.marks(), riga.today(LATER).toordinal()
        asked.clear()
        with begin(anna.actor) as work:
            assert len(my_training.day_card(work, day, marks).sessions) == number + 1
        counts.append(len(asked))
    assert counts == [counts[0]] * 3
