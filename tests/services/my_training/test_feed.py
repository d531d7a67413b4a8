"""The personal calendar address, read back by a parser that is not ours (vobject)."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
import vobject
from sqlalchemy import select
from sqlmodel import col

from mps_app.core import riga
from mps_app.core.actor import NOBODY, SYSTEM, Role
from mps_app.core.errors import NotFound, SignInNeeded
from mps_app.core.settings import settings
from mps_app.core.work import begin
from mps_app.models import Application, CalendarFeed, Person, PlaceOffer
from mps_app.services import groups, my_training
from mps_app.views.groups import SessionMove
from tests import factories
from tests.conftest import Clock
from tests.marks import rule
from tests.services.my_training.conftest import Participant

LATER = datetime(2026, 9, 17, 6, 30, tzinfo=UTC)
LINK = "https://sapulces.example/abc"


def new_token(who: Participant) -> str:
    with begin(who.actor) as work:
        address = my_training.new_feed_address(work)
    assert address.https.startswith(f"{settings().address}/kalendars/")
    assert address.webcal.startswith("webcal://")
    return address.https.removesuffix(".ics").rpartition("/")[2]


def entries(token: str) -> list[vobject.base.Component]:
    with begin(NOBODY) as work:
        calendar = vobject.readOne((my_training.feed_of(work, token).text or b"").decode())
    assert calendar.method.value == "PUBLISH"
    return sorted(calendar.contents.get("vevent", []), key=lambda event: event.dtstart.value)


@rule("6.2")
def test_the_feed_carries_sessions_with_place_link_and_organiser(anna: Participant) -> None:
    anna.session(LATER, bring_text="Klēpjdators")
    anna.session(LATER + timedelta(days=1), form="online", online_url=LINK)
    at_place, online = entries(new_token(anna))
    assert at_place.dtstart.value == LATER
    assert at_place.dtend.value == LATER + timedelta(hours=4)
    assert at_place.summary.value == "Publisko iepirkumu pamati"
    assert at_place.location.value == "Raiņa bulvāris 4, Rīga, 205. telpa"
    assert at_place.organizer.value == "mailto:mps@skola.example"
    assert at_place.organizer.params["CN"] == [settings().school_name]
    assert "Klēpjdators" in at_place.description.value
    assert online.url.value == LINK
    assert LINK in online.description.value


@rule("5.3")
@pytest.mark.parametrize(("day", "offset"), [(date(2026, 10, 25), 2), (date(2027, 3, 28), 3)], ids=["autumn", "spring"])
def test_entries_stand_at_rigas_hours_across_both_clock_changes(anna: Participant, day: date, offset: int) -> None:
    for shift in (-1, 0, 1):
        anna.session(riga.at_riga(day + timedelta(days=shift), time(9, 30)), hours=2)
    found = entries(new_token(anna))
    assert [event.dtstart.value.astimezone(riga.RIGA).strftime("%H:%M") for event in found] == ["09:30"] * 3
    assert found[1].dtstart.value.astimezone(riga.RIGA).utcoffset() == timedelta(hours=offset)


@rule("5.3")
def test_a_moved_session_keeps_its_uid_and_raises_its_sequence(anna: Participant) -> None:
    made = anna.session(LATER)
    token = new_token(anna)
    (before,) = entries(token)
    with begin(SYSTEM) as work:
        staff = factories.actor(factories.make_person(work, name="Dace Darbiniece"), Role.TRAINING)
    with begin(staff) as work:
        moved = LATER + timedelta(days=2)
        move = SessionMove(session_id=made.key, starts_at=moved, ends_at=moved + timedelta(hours=4), online_url=LINK)
        groups.change_sessions(work, made.group_id, [move])
    (after,) = entries(token)
    assert after.uid.value == before.uid.value
    assert int(after.sequence.value) > int(before.sequence.value)
    assert (after.dtstart.value, after.location.value) == (moved, LINK)


@rule("5.3")
def test_a_called_off_session_is_withdrawn_by_its_uid(anna: Participant) -> None:
    made = anna.session(LATER)
    token = new_token(anna)
    (before,) = entries(token)
    with begin(SYSTEM) as work:
        staff = factories.actor(factories.make_person(work, name="Dace Darbiniece"), Role.TRAINING)
    with begin(staff) as work:
        groups.cancel_group(work, made.group_id, "Pasniedzējs saslimis.")
    (after,) = entries(token)
    assert (after.uid.value, after.status.value) == (before.uid.value, "CANCELLED")
    assert int(after.sequence.value) > int(before.sequence.value)
    assert "Pasniedzējs saslimis." in after.description.value


@rule("6.2")
def test_deadlines_come_along_when_wanted(anna: Participant, clock: Clock) -> None:
    anna.session(LATER, cancellation_deadline_at=LATER - timedelta(days=3))
    held = anna.session(LATER + timedelta(days=9), status="offered")
    with begin(SYSTEM) as work:
        waits = factories.application_of(work, anna.person.key, held.group_id)
        work.db.add(PlaceOffer(application_id=waits, expires_at=clock.now + timedelta(hours=48)))
    token = new_token(anna)
    assert len(entries(token)) == 1
    with begin(anna.actor) as work:
        my_training.choose_deadlines(work, are_wanted=True)
    assert [(event.summary.value, event.dtend.value, event.transp.value) for event in entries(token)] == [
        ("Pieņemiet piedāvāto vietu: Publisko iepirkumu pamati", clock.now + timedelta(hours=48), "TRANSPARENT"),
        ("Pēdējais brīdis atteikties: Publisko iepirkumu pamati", LATER - timedelta(days=3), "TRANSPARENT"),
        ("Publisko iepirkumu pamati", LATER + timedelta(hours=4), "OPAQUE"),
    ]


@rule("6.2")
def test_the_address_is_shown_again_and_is_not_in_the_database(anna: Participant) -> None:
    token = new_token(anna)
    with begin(anna.actor) as work:
        assert my_training.feed_address(work).https.endswith(f"/{token}.ics")
        assert my_training.feed_card(work).is_on
        kept = work.db.execute(select(CalendarFeed).where(col(CalendarFeed.person_id) == anna.person.key)).scalar_one()
    assert token not in kept.model_dump_json()
    assert len(token) >= 43  # 256 bits


@rule("6.2")
def test_a_revoked_and_a_renewed_address_lead_nowhere(anna: Participant) -> None:
    anna.session(LATER)
    first = new_token(anna)
    second = new_token(anna)
    assert len(entries(second)) == 1
    with begin(NOBODY) as work, pytest.raises(NotFound):
        my_training.feed_of(work, first)
    for _ in range(2):
        with begin(anna.actor) as work:
            my_training.revoke_feed(work)
    for token in (first, second, "", "x" * 43):
        with begin(NOBODY) as work, pytest.raises(NotFound):
            my_training.feed_of(work, token)
    with begin(anna.actor) as work:
        assert not my_training.feed_card(work).is_on
        with pytest.raises(NotFound):
            my_training.feed_address(work)


@rule("6.2")
@pytest.mark.parametrize(
    "service", [my_training.feed_card, my_training.feed_address, my_training.new_feed_address, my_training.revoke_feed]
)
def test_a_visitor_has_no_address(anna: Participant, service) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
    new_token(anna)
    with begin(NOBODY) as work, pytest.raises(SignInNeeded):
        service(work)


@rule("6.2")
def test_an_unchanged_feed_is_the_same_word_for_word(anna: Participant, clock: Clock) -> None:
    anna.session(LATER)
    token = new_token(anna)
    with begin(NOBODY) as work:
        before = my_training.feed_of(work, token)
    clock.advance(hours=5)
    with begin(NOBODY) as work:
        assert my_training.feed_of(work, token) == before
        assert my_training.feed_of(work, token, before.mark).text is None
    anna.session(LATER + timedelta(days=1))
    with begin(NOBODY) as work:
        assert my_training.feed_of(work, token, before.mark).text is not None


@rule("6.2")
def test_an_anonymised_persons_address_leads_nowhere(anna: Participant) -> None:
    anna.session(LATER)
    token = new_token(anna)
    with begin(SYSTEM) as work:
        work.db.get_one(Person, anna.person.key).anonymised_at = work.now
    with begin(NOBODY) as work, pytest.raises(NotFound):
        my_training.feed_of(work, token)


@rule("4.10")
def test_who_awaits_approval_gets_no_online_link_yet(anna: Participant, clock: Clock) -> None:
    made = anna.session(LATER, form="online", online_url=LINK, status="pending_approval")
    token = new_token(anna)

    def carried() -> str:
        with begin(NOBODY) as work:
            return (my_training.feed_of(work, token).text or b"").decode()

    assert made.uid in carried()
    with begin(anna.actor) as work:
        assert LINK not in carried() + my_training.session_calendar(work, made.key).decode()
    clock.now = LATER
    assert not anna.card(LATER).sessions[0].may_join
    with begin(anna.actor) as work, pytest.raises(NotFound):
        my_training.online_room(work, made.key)
    with begin(SYSTEM) as work:
        own = factories.application_of(work, anna.person.key, made.group_id)
        work.db.get_one(Application, own).status = "registered"
    assert LINK in carried()
    assert anna.card(LATER).sessions[0].may_join
