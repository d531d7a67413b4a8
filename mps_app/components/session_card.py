"""The card under the date scale: the picked day, its sessions, and what can be done about each (6.1, 6.2)."""

import reflex as rx

from mps_app.components.basic import Child, button, danger_button, icon, quiet_button, route_link, second_button
from mps_app.components.day_band import MARKS, Moves, count_text
from mps_app.components.in_browser import RETURNS_FOCUS, timer
from mps_app.components.words import t
from mps_app.views.date_scale import DayCard, Door, Files, ScaleWords, SessionCard


def session_card(card: rx.Var[DayCard], words: rx.Var[ScaleWords], moves: Moves) -> rx.Component:
    """Return the day on the left and its sessions beside it."""
    return rx.el.div(
        _day(card, words, moves),
        rx.el.div(
            rx.foreach(card.sessions, lambda one: _session(one, moves)),
            rx.cond(card.sessions, rx.fragment(), rx.el.p(t("No sessions on this day."), class_name="muted ds-free")),
        ),
        class_name="ds-body", role="region", aria_live="polite", aria_label=t("Sessions of the picked day"),
    )  # fmt: skip


def _day(card: rx.Var[DayCard], words: rx.Var[ScaleWords], moves: Moves) -> rx.Component:
    count = rx.cond(card.sessions, count_text(words, card.sessions.length()), words.counts[0].to(str))

    def near(name: str, day: rx.Var[int], text: rx.Var[str], which: str) -> rx.Component:
        shown = rx.el.button(
            icon(name, 15), text, ", ", t(which), type="button", class_name="ds-near", on_click=moves.jump(day)
        )
        return rx.cond(day, shown, rx.fragment())

    return rx.el.div(
        rx.text(card.weekday, size="2", class_name="muted", as_="span"),
        rx.heading(card.date, size="6", as_="h3"),
        rx.text(
            rx.el.b(card.distance), rx.el.span(", ", count, class_name="muted"),
            size="2", as_="span", margin_top="var(--space-1)",
        ),
        rx.flex(
            near("arrow-left", card.previous, card.previous_text, "previous"),
            near("arrow-right", card.following, card.following_text, "next"),
            direction="column", spacing="1", margin_top="var(--space-4)", class_name="hide-s",
        ),
        rx.el.div(
            rx.el.span(_key("←"), " ", _key("→"), " ", t("day")),
            rx.el.span(_key("Shift"), " ", _key("→"), " ", t("next session")),
            rx.el.span(_key("T"), " ", t("today")),
            id="ds-keys", class_name="ds-keys",
        ),
        class_name="ds-date",
    )  # fmt: skip


def _form(letter: rx.Var[str]) -> rx.Var[str]:
    return rx.match(letter, ("o", t("Online, form")), ("h", t("Hybrid")), ("e", t("E-learning")), t("In person"))


def _key(name: str) -> rx.Component:
    return rx.el.kbd(name, class_name="rt-reset rt-Kbd rt-r-size-1 rt-variant-classic")


def _session(one: rx.Var[SessionCard], moves: Moves) -> rx.Component:
    return rx.el.article(
        rx.el.div(one.start, rx.cond(one.end, rx.el.small(one.end), rx.fragment()), class_name="sess-time"),
        rx.el.div(
            rx.el.h4(route_link(one.title, to="/kurss/" + one.code, class_name="plain")),
            rx.el.div(
                rx.el.span(
                    rx.el.span(class_name=rx.Var.create(MARKS)[one.letter].to(str), aria_hidden="true"),
                    _form(one.letter),
                ),
                rx.cond(one.part, rx.el.span(one.part), rx.fragment()),
                rx.el.span(t("Group"), " ", one.group),
                class_name="meta sess-meta",
            ),
            rx.foreach(one.notes, _note),
            _facts(one, moves),
            class_name="sess-what",
        ),
        rx.el.div(_acts(one, moves), class_name="sess-act"),
        class_name=rx.cond(one.is_off, "sess is-off", "sess"),
        key=one.id.to_string(),
    )


def _note(text: rx.Var[str]) -> rx.Component:
    words = rx.el.div(text, class_name="body")
    return rx.el.div(icon("triangle-alert", 16), words, class_name="note note-warn sess-note")


def _facts(one: rx.Var[SessionCard], moves: Moves) -> rx.Component:
    return rx.el.div(
        rx.cond(one.address, _where(one), rx.fragment()),
        rx.cond(one.is_online, _online(one, moves), rx.fragment()),
        rx.cond(one.lecturers, _fact("user-round", one.lecturers), rx.fragment()),
        rx.cond(one.files.first, _materials(one.files), rx.fragment()),
        rx.cond(one.bring, _fact("backpack", t("Bring along: {what}", what=one.bring)), rx.fragment()),
        class_name="facts",
    )


def _fact(name: str, *content: Child) -> rx.Component:
    return rx.el.div(icon(name, 16), rx.el.span(*content))


def _where(one: rx.Var[SessionCard]) -> rx.Component:
    query = rx.vars.function.FunctionStringVar.create("encodeURIComponent").call(one.address).to(str)
    on_map = rx.el.a(
        t("Show on the map"), href="https://www.openstreetmap.org/search?query=" + query,
        target="_blank", rel="noopener noreferrer", class_name="a",
    )  # fmt: skip
    return _fact("map-pin", one.address, rx.cond(one.room, ", " + one.room, ""), rx.el.br(), on_map)


def _online(one: rx.Var[SessionCard], moves: Moves) -> rx.Component:
    opens = rx.el.span(t("The link opens at {time}", time=one.opens), class_name="muted")
    return _fact(
        "video",
        t("Online"),
        rx.cond(one.room & ~one.address.bool(), rx.fragment(" (", one.room, ")"), rx.fragment()),
        rx.cond(one.opens, rx.fragment(rx.el.br(), opens), rx.fragment()),
        rx.cond(one.opens_in, timer(one.opens_in, moves.refresh), rx.fragment()),
    )


def _materials(files: rx.Var[Files]) -> rx.Component:
    def first(door: rx.Var[Door]) -> rx.Component:
        inside = rx.el.a(door.title, href=door.path, reload_document=True, class_name="a")
        elsewhere = rx.el.a(door.title, href=door.path, target="_blank", rel="noopener noreferrer", class_name="a")
        return rx.cond(door.is_elsewhere, elsewhere, inside)

    more = route_link(files.more, to="/materiali", class_name="muted plain")
    return _fact("paperclip", rx.foreach(files.first, first), rx.cond(files.more, more, rx.fragment()))


def _acts(one: rx.Var[SessionCard], moves: Moves) -> rx.Component:
    calendar = second_button(
        rx.el.a(
            icon("calendar-plus", 16), t("Add to calendar"),
            href="/nodarbiba/" + one.id.to_string() + ".ics", reload_document=True,
        ),
        as_child=True,
    )  # fmt: skip
    coming = rx.fragment(
        rx.cond(one.is_online, _join(one), rx.fragment()),
        calendar,
        rx.cond(one.application, _give_up(one, moves), rx.fragment()),
    )
    return rx.fragment(rx.cond(one.is_coming, coming, rx.fragment()), rx.foreach(one.doors, _door))


def _join(one: rx.Var[SessionCard]) -> rx.Component:
    """Return the button to the online room: its address is asked of the server when it is pressed."""
    words = (icon("video", 16), t("Join"))
    go = rx.el.a(
        *words, href="/nodarbiba/" + one.id.to_string() + "/pievienoties", target="_blank", rel="noopener noreferrer"
    )
    return rx.cond(one.may_join, button(go, as_child=True), button(*words, disabled=True))


def _door(door: rx.Var[Door]) -> rx.Component:
    shape = rx.match(
        door.icon,
        ("download", icon("download", 16)),
        ("test", icon("clipboard-check", 16)),
        icon("message-square-text", 16),
    )
    inside = (shape, door.title)
    return rx.cond(
        door.icon == "download",
        second_button(rx.el.a(*inside, href=door.path, reload_document=True), as_child=True),
        button(route_link(*inside, to=door.path), as_child=True),
    )


def _give_up(one: rx.Var[SessionCard], moves: Moves) -> rx.Component:
    """Return the quiet button that asks once more before the place is given up (4.7)."""
    sure = danger_button(t("Give up the place"), size="3", on_click=moves.give_up(one.application))
    return rx.alert_dialog.root(
        rx.alert_dialog.trigger(quiet_button(t("I can't attend"), class_name="ds-quiet")),
        rx.alert_dialog.content(
            rx.alert_dialog.title(t("Give up the place in “{course}”?", course=one.title), size="5"),
            rx.alert_dialog.description(
                t("You give up the whole group, all its sessions. The place goes to the next in line, for good."),
                size="3",
            ),
            rx.el.div(
                rx.alert_dialog.cancel(second_button(t("Keep the place"), size="3")),
                rx.alert_dialog.action(sure),
                class_name="dialog-acts",
            ),
            max_width="460px",
            custom_attrs=RETURNS_FOCUS,
        ),
    )
