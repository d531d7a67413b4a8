"""Buttons, links, fields, statuses and states of a page: the words of which screens are made."""

from typing import Any

import reflex as rx
from reflex_components_core import react_router

Child = rx.Component | rx.Var[str] | str


def icon(name: str, size: int = 18) -> rx.Component:
    """Return a decorative icon; the words beside it carry the meaning."""
    return rx.icon(name, size=size, stroke_width=1.75, aria_hidden=True, class_name="ic")


def button(*children: Child, **style: Any) -> rx.Component:  # Any: whatever a button takes
    """Return the principal action of a region: ink, verb first."""
    return rx.button(*children, color_scheme="gray", high_contrast=True, **style)


def second_button(*children: Child, **style: Any) -> rx.Component:  # Any: whatever a button takes
    """Return an action beside the principal one."""
    return rx.button(*children, variant="surface", color_scheme="gray", high_contrast=True, **style)


def quiet_button(*children: Child, **style: Any) -> rx.Component:  # Any: whatever a button takes
    """Return a quiet action; never the only one of a region."""
    return rx.button(*children, variant="ghost", color_scheme="gray", high_contrast=True, **style)


def danger_button(*children: Child, **style: Any) -> rx.Component:  # Any: whatever a button takes
    """Return an action that takes something away; always inside an alert dialog."""
    return rx.button(*children, variant="soft", color_scheme="red", **style)


def icon_button(name: str, label: Child, **style: Any) -> rx.Component:  # Any: whatever a button takes
    """Return a button of one icon with a spoken name."""
    return rx.icon_button(
        icon(name), variant="ghost", color_scheme="gray", high_contrast=True, aria_label=label, **style
    )


route_link = react_router.link
"""A bare link inside the app, for what brings its own look; ``to`` names the address."""


def link(*children: Child, href: str | rx.Var[str], **style: Any) -> rx.Component:  # Any: a link's own
    """Return an underlined ink link inside the app."""
    return rx.link(*children, href=href, class_name="a", underline="none", color="inherit", **style)


def button_link(*children: Child, href: str | rx.Var[str], **style: Any) -> rx.Component:  # Any: a button's own
    """Return a link that looks like the principal action."""
    return button(route_link(*children, to=href), as_child=True, **style)


def page_heading(title: Child, under: Child | None = None) -> rx.Component:
    """Return a page's one h1 with the sentence under it."""
    return rx.box(
        rx.heading(title, as_="h1", size=rx.breakpoints(initial="6", md="7")),
        *(
            [rx.text(under, as_="p", size="3", class_name="muted", margin="var(--space-1) 0 0")]
            if under is not None
            else []
        ),
        margin_bottom="var(--space-5)",
    )


def field(
    name: str,
    label: Child,
    control: rx.Component,
    *,
    hint: Child | None = None,
    problem: rx.Var[str] | None = None,
) -> rx.Component:
    """Return a control with its label above and its hint and problem under it.

    The control must carry ``id=name`` and ``aria_describedby=f"{name}-note"``.
    """
    notes: list[rx.Component] = []
    if hint is not None:
        notes.append(rx.el.span(hint, class_name="hint"))
    if problem is not None:
        notes.append(rx.cond(problem != "", rx.el.span(problem, class_name="problem", role="alert"), rx.fragment()))
    return rx.el.div(
        rx.el.label(label, html_for=name), control, rx.el.div(*notes, id=f"{name}-note"), class_name="field"
    )


def text_field(  # noqa: PLR0913  # a field has this many sides, most of them optional
    name: str,
    label: Child,
    *,
    value: rx.Var[str] | str = "",
    hint: Child | None = None,
    problem: rx.Var[str] | None = None,
    identifier: str = "",
    **attributes: Any,  # Any: an input's own
) -> rx.Component:
    """Return an uncontrolled text field of a form: what is typed stays in the browser until it is sent.

    ``value`` fills it anew whenever the server's value changes; ``identifier`` tells apart fields of the
    same name on one page.
    """
    known = identifier or name
    invalid: dict[str, Any] = {} if problem is None else {"aria_invalid": rx.cond(problem != "", "true", "false")}
    control = rx.el.input(
        id=known, name=name, default_value=value, key=value, aria_describedby=f"{known}-note", **invalid, **attributes
    )
    return field(known, label, control, hint=hint, problem=problem)


def status(tone: str | rx.Var[str], words: Child) -> rx.Component:
    """Return a status: shape, word, and colour third. Tones: none open ok run done warn bad."""
    return rx.el.span(rx.el.i(), words, class_name=rx.Var.create("st st-") + tone)


def note(tone: str, *children: Child, role: str = "status") -> rx.Component:
    """Return a message in the page. Tones: warn good bad, or nothing."""
    look = f"note note-{tone}" if tone else "note"
    return rx.el.div(*children, class_name=look, role=role)


def empty(name: str, title: Child, sentence: Child, action: rx.Component | None = None) -> rx.Component:
    """Return what stands where nothing is: icon, heading, one sentence, one action."""
    return rx.el.div(
        rx.el.span(icon(name), class_name="tile"),
        rx.heading(title, as_="h2", size="4"),
        rx.text(sentence, as_="p", size="3", class_name="muted", margin="0"),
        *([action] if action is not None else []),
        class_name="center-page",
    )


def mark(form: rx.Var[str] | str) -> rx.Component:
    """Return the rhomb of a form of attendance, by ``in_person online hybrid elearning``."""
    shape = rx.match(form, ("online", "mk mk-on"), ("hybrid", "mk mk-hy"), ("elearning", "mk mk-el"), "mk mk-in")
    return rx.el.i(class_name=shape, aria_hidden="true")


def spoken(words: Child) -> rx.Component:
    """Return words for screen readers only."""
    return rx.el.span(words, class_name="sr")
