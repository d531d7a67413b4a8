"""Calendar entries, read back by a parser that is not ours (vobject)."""

from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import vobject
from hypothesis import given
from hypothesis import strategies as st

from mps_app.core import riga
from mps_app.core.calendars import Entry, published, sent
from mps_app.models import OutboxMessage
from mps_app.services.messages.attachments import calendars
from tests.marks import rule
from tests.services.messages.samples import FACTS

STAMP = datetime(2026, 9, 7, 9, 0, tzinfo=UTC)


def entry(starts_at: datetime, ends_at: datetime, **more: Any) -> Entry:
    sides = {"sequence": 0, "summary": "Līgumi; izpilde, grozījumi", "url": "https://mps.example/kurss/LIG"}
    return Entry(uid="s1@mps.example", stamped_at=STAMP, starts_at=starts_at, ends_at=ends_at, **{**sides, **more})


def read(text: str) -> Any:
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert "\n" not in text.replace("\r\n", "")
    return vobject.readOne(text)


def feed(*entries: Entry) -> str:
    return published("Mans kalendārs", entries).decode()


def carried(template: str, **more: Any) -> list[Any]:
    message = OutboxMessage(
        template=template, language="lv", recipient="anna@iestade.example", facts={**FACTS[template], **more},
        dedupe_key="one", next_try_at=STAMP, created_at=STAMP,
    )  # fmt: skip
    return [vobject.readOne(part.text) for part in calendars(message)]


@rule("5.3")
@pytest.mark.parametrize("day", [date(2026, 3, 28), date(2026, 3, 29), date(2026, 10, 24), date(2026, 10, 25)])
def test_an_entry_shows_the_hours_of_riga_around_both_clock_changes(day: date) -> None:
    event = read(feed(entry(riga.at_riga(day, time(9, 30)), riga.at_riga(day, time(15, 0))))).vevent
    shown = [
        event.dtstart.value.astimezone(ZoneInfo("Europe/Riga")),
        event.dtend.value.astimezone(ZoneInfo("Europe/Riga")),
    ]
    assert [(f"{one:%H:%M}", one.date()) for one in shown] == [("09:30", day), ("15:00", day)]


WORDS = st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]), max_size=80)
"""What is kept of typed words (``core/plain_text.py``), and what RFC 5545 allows in them: no control characters."""


@rule("5.3")
@given(st.integers(1_767_225_600, 2_082_758_400), st.integers(1, 600), WORDS)
def test_an_entry_keeps_instant_and_words_whatever_they_are(starts: int, minutes: int, title: str) -> None:
    starts_at, ends_at = (datetime.fromtimestamp(seconds, UTC) for seconds in (starts, starts + 60 * minutes))
    found = read(feed(entry(starts_at, ends_at, summary=title, description=title, place="Rīga; 2. stāvs, 5")))
    assert (found.vevent.dtstart.value, found.vevent.dtend.value) == (starts_at, ends_at)
    assert found.vevent.location.value == "Rīga; 2. stāvs, 5"
    assert found.vevent.summary.value == title
    assert len(found.vevent_list) == 1


@rule("5.3")
def test_an_invitation_names_both_sides_and_a_feed_nobody() -> None:
    starts_at, ends_at = datetime(2026, 11, 3, 7, 30, tzinfo=UTC), datetime(2026, 11, 3, 13, 0, tzinfo=UTC)
    invited = read(sent("REQUEST", [entry(starts_at, ends_at, sequence=3)], "anna@iestade.example"))
    assert invited.method.value == "REQUEST"
    assert (invited.vevent.uid.value, invited.vevent.sequence.value) == ("s1@mps.example", "3")
    assert invited.vevent.status.value == "CONFIRMED"
    assert invited.vevent.organizer.value == "mailto:mps@skola.example"
    assert invited.vevent.attendee.value == "mailto:anna@iestade.example"
    assert not hasattr(read(feed(entry(starts_at, ends_at))).vevent, "attendee")


@rule("5.3")
def test_confirmation_change_and_cancellation_are_one_entry_told_apart_by_method_and_sequence() -> None:
    (confirmed,) = carried("group_confirmed")
    (cancelled,) = carried(
        "group_cancelled", sessions=[{**one, "sequence": 3} for one in FACTS["group_cancelled"]["sessions"]]
    )
    uids = [[event.uid.value for event in found.vevent_list] for found in (confirmed, cancelled)]
    assert uids == [["s1@mps.example", "s2@mps.example"]] * 2
    assert (confirmed.method.value, cancelled.method.value) == ("REQUEST", "CANCEL")
    assert {event.status.value for event in cancelled.vevent_list} == {"CANCELLED"}
    assert {event.sequence.value for event in cancelled.vevent_list} == {"3"}


@rule("5.3")
def test_a_change_updates_what_stays_and_withdraws_what_went() -> None:
    updated, withdrawn = carried("group_changed")
    assert (updated.method.value, [event.uid.value for event in updated.vevent_list]) == ("REQUEST", ["s1@mps.example"])
    assert (withdrawn.method.value, [event.uid.value for event in withdrawn.vevent_list]) == (
        "CANCEL",
        ["s2@mps.example"],
    )


@rule("5.3")
@pytest.mark.parametrize(
    ("template", "more"),
    [
        ("group_cancelled", {"was_confirmed": False}),
        ("group_changed", {"was_confirmed": False}),
        ("application_cancelled", {"was_confirmed": False}),
        ("group_confirmed", {"audience": "coordinator"}),
        ("application_received", {}),
    ],
)
def test_whoever_never_got_an_entry_gets_none_withdrawn(template: str, more: dict[str, Any]) -> None:
    assert carried(template, **more) == []
