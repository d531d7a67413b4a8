"""The band of the date scale: months of days on a track as long as the calendar, moved by the browser's scrolling."""

from dataclasses import dataclass
from typing import Any

import reflex as rx
from reflex.event import key_event
from reflex.vars import ObjectVar
from reflex.vars.function import ArgsFunctionOperation

from mps_app.components.in_browser import call, element, inline
from mps_app.views.date_scale import Calendar, DayCard, Month, Reveal, Ribbon, ScaleWords, Shown

_KEYS = ["ArrowLeft", "ArrowRight", "PageUp", "PageDown", "Home", "End", "t", "T"]
MARKS = {"i": "mk mk-in", "o": "mk mk-on", "h": "mk mk-hy", "e": "mk mk-el", "x": "mk mk-off"}
_MOST_MARKS = 3
_JITTER = 2  # pixels: a mouse that is only clicking moves no further
SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Band:
    """What the scale shows."""

    phase: rx.Var[str]
    is_empty: rx.Var[bool]
    words: rx.Var[ScaleWords]
    calendar: rx.Var[Calendar]
    months: rx.Var[dict[int, Month]]
    ribbon: rx.Var[Ribbon]
    shown: rx.Var[Shown]
    day: rx.Var[int]
    card: rx.Var[DayCard]
    reveal: rx.Var[Reveal]


@dataclass(frozen=True, slots=True)
class Moves:
    """What a person can do with it."""

    pick: Any  # Any: Reflex's event handlers, all of them
    jump: Any
    key: Any
    settle: Any
    show: Any
    scrolled: Any
    leafed: Any
    retry: Any
    refresh: Any
    give_up: Any


@dataclass
class _Scroller:
    scrollLeft: float  # noqa: N815  # the browser's names
    clientWidth: float  # noqa: N815
    scrollWidth: float  # noqa: N815


@dataclass
class _ScrollEvent:
    target: _Scroller


def _at_rest(e: ObjectVar[_ScrollEvent]) -> tuple[rx.Var[float], rx.Var[float], rx.Var[float]]:
    return e.target.scrollLeft.to(float), e.target.clientWidth.to(float), e.target.scrollWidth.to(float)


class _View(rx.el.Div):
    """A div that tells where it stopped scrolling, and hears keys a second time (for what may wait)."""

    on_scroll_end: rx.EventHandler[_at_rest]
    on_key_down: rx.EventHandler[key_event]


class _Listbox(rx.el.Div):
    """A div with keys."""

    on_key_down: rx.EventHandler[key_event]


@rx.memo
def revealer(wish: rx.Var[Reveal]) -> rx.Component:
    """Bring a day into view, and the focus to it, when a new wish has been drawn: days and wish come together."""
    day = element("d" + wish.day.to_string())
    look = {"inline": wish.at, "block": "nearest", "behavior": wish.glide}
    focus = rx.cond(wish.focus, call(day, "focus", {"preventScroll": True}), None)
    drawn = ArgsFunctionOperation.create(
        ("node",), rx.cond(rx.Var("node"), rx.Var.create([focus, call(day, "scrollIntoView", look)]), None)
    )
    return rx.el.span(hidden=True, custom_attrs={"ref": drawn})


def _drag() -> dict[str, rx.Var[Any]]:
    """Let a mouse draw the band along; once it moves, the days under it are not clicked."""
    event: ObjectVar[dict[str, Any]] = rx.Var("e").to(ObjectVar)
    moved, view, pointer = event["movementX"].to(float), event["currentTarget"], event["pointerId"]
    holds = call(view, "hasPointerCapture", pointer).to(bool)
    is_mouse = (event["pointerType"].to(str) == "mouse") & (event["buttons"].to(int) == 1)
    drags = is_mouse & (holds | (abs(moved) > _JITTER))
    follow = rx.Var.create(
        [
            call(view, "setPointerCapture", pointer),
            call(view, "scrollBy", {"left": -moved, "behavior": "instant"}),
        ]
    )
    return {"onPointerMove": ArgsFunctionOperation.create(("e",), rx.cond(drags, follow, None))}


@rx.memo
def _day_cell(  # noqa: PLR0913, PLR0917  # a memo compares each property by itself
    day: rx.Var[int],
    number: rx.Var[int],
    month: rx.Var[str],
    today: rx.Var[int],
    is_picked: rx.Var[bool],
    letters: rx.Var[str],
    holiday: rx.Var[str],
    words: rx.Var[ScaleWords],
    on_pick: rx.EventHandler[rx.event.passthrough_event_spec(int)],
) -> rx.Component:
    """One day. Its properties are plain values, so two cells are drawn anew when another day is picked."""
    weekday = (day + 6) % 7
    is_today = day == today
    count = letters.length()
    look = (
        "ds-day" + rx.cond(count > 0, " has", "") + rx.cond(day < today, " past", "")
        + rx.cond(is_today, " today", "") + rx.cond((weekday >= SATURDAY) | (holiday != ""), " off", "")
    )  # fmt: skip
    spoken = (
        words.weekdays[weekday].to(str) + ", " + number.to_string() + words.dot + " " + month
        + rx.cond(is_today, ", " + words.today, "") + rx.cond(holiday != "", ", " + holiday, "")
        + ", " + count_text(words, count)
    )  # fmt: skip
    marks = rx.cond(
        count > _MOST_MARKS,
        rx.fragment(_mark(letters[0]), rx.el.em(f"{_MOST_MARKS}+")),
        rx.foreach(letters.split(""), _mark),
    )
    return rx.el.button(
        rx.el.small(rx.cond(is_today, words.today, words.weekdays_short[weekday].to(str))),
        rx.el.b(number),
        rx.el.i(rx.cond(count > 0, marks, rx.fragment()), class_name="m", aria_hidden="true"),
        id="d" + day.to_string(), class_name=look, role="option", type="button", title=holiday,
        aria_selected=rx.cond(is_picked, "true", "false"), tab_index=rx.cond(is_picked, 0, -1),
        aria_label=spoken, on_click=on_pick(day),
    )  # fmt: skip


def count_text(words: rx.Var[ScaleWords], count: rx.Var[int]) -> rx.Var[str]:
    """Return *2 nodarbības* by the server's words; a number alone beyond those."""
    return rx.cond(count < words.counts.length(), words.counts[count].to(str), count.to_string())


def _mark(letter: rx.Var[str]) -> rx.Component:
    return rx.el.span(class_name=rx.Var.create(MARKS)[letter].to(str))


@rx.memo
def _month_block(
    month: rx.Var[Month],
    today: rx.Var[int],
    picked: rx.Var[int],
    words: rx.Var[ScaleWords],
    on_pick: rx.EventHandler[rx.event.passthrough_event_spec(int)],
) -> rx.Component:
    """One month; ``picked`` is 0 unless the picked day lies in it, so the others are not even looked at."""
    return rx.el.div(
        rx.el.h3(month.name, " ", rx.el.span(month.year), aria_hidden="true"),
        rx.el.div(
            rx.foreach(
                rx.Var.range(month.first, month.first + month.count),
                lambda day: _day_cell(
                    day=day, number=day - month.first + 1, month=month.name, today=today, is_picked=picked == day,
                    letters=_or_empty(month.marks[day]), holiday=_or_empty(month.holidays[day]), words=words,
                    on_pick=on_pick,
                ),
            ),
            class_name="ds-days",
        ),
        # Placed by the calendar and not by its siblings: months come and go without moving anything.
        custom_attrs=inline(before=month.before, lines=month.index),
        class_name="ds-month", role="group", aria_label=month.name + " " + month.year.to_string(),
    )  # fmt: skip


def _or_empty(text: rx.Var[Any]) -> rx.Var[str]:
    return rx.cond(text, text, "").to(str)


def days(band: Band, moves: Moves) -> rx.Component:
    """Return the scrolling view with the days in it; one tab stop, keys as in a list box."""

    def ours(key: rx.Var[str], info: rx.Var[Any], then: Any) -> rx.Var[Any]:
        # Only our keys are taken: Tab, Ctrl+… and the screen reader's must pass.
        mine = rx.Var.create(_KEYS).contains(key) & ~(info["ctrl_key"] | info["alt_key"] | info["meta_key"])
        return rx.cond(mine, then, rx.noop())

    def month(one: rx.Var[Month]) -> rx.Component:
        here = (band.day >= one.first) & (band.day < one.first + one.count)
        block = _month_block(
            month=one,
            today=band.calendar.today,
            picked=rx.cond(here, band.day, 0),
            words=band.words,
            on_pick=moves.pick,
        )
        return rx.fragment(block, key=one.first.to_string())  # by position the months would change places

    first_shown = band.months.keys()[0].to(int)
    track = _Listbox.create(
        rx.foreach(band.months.values(), month),
        class_name="ds-track", role="listbox", aria_orientation="horizontal",
        aria_labelledby="ds-h", aria_describedby="ds-keys",
        on_key_down=lambda key, info: ours(key, info, moves.key(key, info["shift_key"]).prevent_default),
        # The picked day is the tab stop; while it is not among the days in the page, the list itself is.
        tab_index=rx.cond((band.day < first_shown) | (band.day > first_shown + 400), 0, -1),
    )  # fmt: skip
    return _View.create(
        track,
        id="ds-view", class_name="ds-view",
        on_scroll_end=moves.scrolled,
        on_key_down=lambda key, info: ours(key, info, moves.settle().debounce(200)),
        custom_attrs=_drag(),
    )  # fmt: skip
