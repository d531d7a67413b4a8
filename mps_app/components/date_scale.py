"""The date scale (6.1): head, strip of the year, band of days, card of the picked one; and its empty states."""

import reflex as rx
from reflex.vars import ObjectVar
from reflex.vars.function import ArgsFunctionOperation

from mps_app.components.basic import button_link, icon, second_button
from mps_app.components.day_band import SATURDAY, Band, Moves, days, revealer
from mps_app.components.in_browser import call, element, inline
from mps_app.components.session_card import session_card
from mps_app.components.words import t
from mps_app.views.date_scale import RibbonMonth


def date_scale(band: Band, moves: Moves) -> rx.Component:
    """Return the widget: head, strip of the year, band of days, card of the picked day."""
    body = rx.match(
        band.phase,
        ("ready", rx.cond(band.is_empty, _nothing_yet(), session_card(band.card, band.words, moves))),
        ("failed", _could_not_load(moves)),
        _card_on_its_way(),
    )
    return rx.el.section(
        _head(band, moves),
        rx.cond(band.phase == "ready", _ribbon(band, moves), rx.fragment()),
        rx.el.div(rx.cond(band.phase == "loading", _days_on_their_way(), days(band, moves)), class_name="ds-band"),
        revealer(wish=band.reveal),
        rx.el.span(band.shown.text, class_name="sr", aria_live="polite"),
        body,
        class_name="ds", aria_labelledby="ds-h", aria_busy=rx.cond(band.phase == "loading", "true", None),
        custom_attrs=inline(
            days=band.calendar.days, months=band.calendar.months, start=band.calendar.first - band.ribbon.first,
            year=band.ribbon.days, seen=band.shown.days,
        ),
    )  # fmt: skip


def scale_on_its_way() -> rx.Component:
    """Return the widget's shape, for a page that does not know yet who looks."""
    return rx.el.section(
        rx.el.div(rx.el.span(class_name="sk ds-title-wait"), class_name="ds-head"),
        rx.el.div(_days_on_their_way(), class_name="ds-band"),
        _card_on_its_way(),
        class_name="ds", aria_hidden="true",
    )  # fmt: skip


def _head(band: Band, moves: Moves) -> rx.Component:
    def legend(look: str, text: str) -> rx.Component:
        return rx.el.span(rx.el.span(class_name=f"mk {look}"), t(text))

    def leaf(name: str, label: str, direction: int) -> rx.Component:
        view = element("ds-view")
        width = view.to(ObjectVar)["clientWidth"].to(float) * direction
        scroll = ArgsFunctionOperation.create((), call(view, "scrollBy", {"left": width}))
        return second_button(
            icon(name),
            width="36px",
            padding="0",
            aria_label=t(label),
            on_click=[rx.call_function(scroll), moves.leafed()],
        )

    return rx.el.div(
        rx.heading(t("My training events"), size="5", as_="h2", id="ds-h"),
        rx.el.div(
            legend("mk-in", "in person"), legend("mk-on", "online"), legend("mk-hy", "hybrid"),
            legend("mk-el", "e-learning deadline"), class_name="ds-legend", aria_hidden="true",
        ),
        rx.flex(
            second_button(t("To today"), class_name="hide-s", on_click=moves.jump(band.calendar.today)),
            rx.flex(leaf("chevron-left", "Back", -1), leaf("chevron-right", "Forward", 1), spacing="1"),
            spacing="2", align="center", class_name="ds-nav",
        ),
        class_name="ds-head",
    )  # fmt: skip


@rx.memo
def _ribbon_month(
    one: rx.Var[RibbonMonth],
    is_here: rx.Var[bool],
    today: rx.Var[int],
    on_show: rx.EventHandler[rx.event.passthrough_event_spec(int)],
) -> rx.Component:
    """One month of the strip; scrolling changes only where the view is, so its ticks are not drawn anew."""

    def tick(at: rx.Var[int]) -> rx.Component:
        look = rx.cond(one.first + at // 10 >= today, "f d", "d") + (at % 10).to_string()
        return rx.el.u(class_name=look, custom_attrs=inline(at=at // 10))

    return rx.el.button(
        rx.el.span(one.short, class_name="hide-s"), rx.el.span(one.letter, class_name="only-s"),
        rx.foreach(one.ticks, tick),
        type="button", aria_label=one.label, aria_current=rx.cond(is_here, "true", None),
        on_click=on_show(one.first), custom_attrs=inline(count=one.count),
    )  # fmt: skip


def _ribbon(band: Band, moves: Moves) -> rx.Component:
    looked_at = band.shown.first + band.shown.days // 3 + 1  # a little right of where a month comes to rest

    def month(one: rx.Var[RibbonMonth]) -> rx.Component:
        is_here = (looked_at >= one.first) & (looked_at < one.first + one.count)
        return _ribbon_month(one=one, is_here=is_here, today=band.calendar.today, on_show=moves.show)

    return rx.el.div(
        rx.foreach(band.ribbon.months, month),
        rx.el.span(class_name="ds-win", custom_attrs=inline(at=band.shown.first - band.ribbon.first)),
        class_name="ds-year", role="group",
        aria_label=t("Year {year}, choose a month", year=band.ribbon.year.to_string()),
    )  # fmt: skip


def _days_on_their_way() -> rx.Component:
    """Return the band's shape: weekdays stay, numbers come."""

    def day(n: int) -> rx.Component:
        letter = ("P", "O", "T", "C", "P", "S", "Sv")[n % 7]
        return rx.el.span(
            rx.el.small(letter), rx.el.span(class_name="sk"), rx.el.i(class_name="m"),
            class_name="ds-day off" if n % 7 >= SATURDAY else "ds-day",
        )  # fmt: skip

    days = rx.el.div(rx.el.h3(rx.el.span(class_name="sk")), rx.el.div(*map(day, range(28)), class_name="ds-days"))
    return rx.el.div(rx.el.div(days, class_name="ds-wait"), class_name="ds-view", aria_hidden="true")


def _card_on_its_way() -> rx.Component:
    lines = (rx.el.span(class_name="sk", style={"width": width}) for width in ("180px", "230px", "152px"))
    return rx.el.div(*lines, class_name="ds-card-wait", aria_hidden="true")


def _nothing_yet() -> rx.Component:
    return rx.el.div(
        rx.el.h3(t("You have no sessions planned yet")),
        rx.el.p(t("You will see each session here as soon as you have a place in a group.")),
        button_link(t("Open the catalogue"), href="/katalogs", size="2"),
        class_name="ds-none",
    )


def _could_not_load(moves: Moves) -> rx.Component:
    again = rx.el.button(t("Try again"), type="button", class_name="a ds-again", on_click=moves.retry)
    words = rx.el.div(
        rx.el.b(t("The sessions could not be loaded.")),
        " ",
        t("Check the internet connection."),
        " ",
        again,
        class_name="body",
    )
    return rx.el.div(
        rx.el.div(icon("circle-alert"), words, class_name="note note-bad", role="alert"), class_name="ds-failed"
    )
