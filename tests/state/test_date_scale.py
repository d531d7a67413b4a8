"""The state of the date scale, without a browser: what it does when the sessions can't be had, and with forged events."""

from datetime import UTC, datetime

import pytest
import reflex as rx

from mps_app.core import riga
from mps_app.core.work import House
from mps_app.services import my_training
from mps_app.state.date_scale import PickedState, ScaleState
from mps_app.views.date_scale import Calendar, Marks
from tests.marks import rule


async def leaves() -> tuple[ScaleState, PickedState]:
    root = rx.State(_reflex_internal_init=True)
    return await root.get_state(ScaleState), await root.get_state(PickedState)


@rule("6.1")
@rule("17.4")
async def test_when_sessions_cannot_be_loaded_the_band_stays_usable(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(_work: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(my_training, "open_scale", fails)
    scale, picked = await leaves()
    await scale.load()
    today = riga.today(datetime.now(UTC)).toordinal()
    assert scale.phase == "failed"
    assert picked.day == today
    assert any(month.first <= today < month.first + month.count for month in scale.months.values())
    await picked.key("ArrowRight", shift=False)
    assert picked.day == today + 1


@rule("6.1")
async def test_a_visitor_is_shown_no_scale(house: House) -> None:
    scale, picked = await leaves()
    await scale.load()
    assert (scale.phase, scale.months, picked.day) == ("loading", {}, 0)


@rule("6.1")
@pytest.mark.parametrize("forged", ["1", None, True, 1.5, [1], {"left": 1}, -5, float("nan"), float("inf")])
async def test_forged_events_change_nothing(house: House, forged: object) -> None:
    scale, picked = await leaves()
    scale.calendar = my_training.calendar_of(Marks(), riga.today(datetime.now(UTC)))
    picked.day = scale.calendar.today
    before = scale.shown, scale.months, picked.day
    for handler in (picked.pick, picked.jump, scale.show):
        await handler(forged)
    await scale.scrolled(forged, forged, "wide")
    await picked.key(forged, forged)
    assert (scale.shown, scale.months, picked.day) == before
    assert await picked.give_up(str(forged)) is None


@rule("6.1")
async def test_scrolling_before_the_calendar_is_there_changes_nothing(house: House) -> None:
    scale, _ = await leaves()
    assert scale.calendar == Calendar()
    await scale.scrolled(100, 1_184, 50_000)
    assert scale.months == {}
