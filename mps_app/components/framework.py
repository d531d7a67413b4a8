"""What Reflex itself would say, in the product's words: lost connection, a page that failed to draw."""

import reflex as rx
from reflex_components_core.base.error_boundary import ErrorBoundary
from reflex_components_core.core.banner import has_too_many_connection_errors

from mps_app.components.basic import icon


def connection_lost() -> rx.Component:
    """Return the message shown while the server can't be reached; it goes away by itself.

    In both languages: it stands outside the pages' state.
    """
    words = rx.el.span(
        "Nav savienojuma ar serveri. Mēģinām to atjaunot, ievadītais nepazudīs. ",
        rx.el.span("No connection to the server, reconnecting.", lang="en"),
    )
    message = rx.el.div(icon("wifi-off"), words, class_name="notice bad", role="alert")
    return rx.cond(has_too_many_connection_errors, message, rx.fragment())


def page_failed() -> rx.Component:
    """Return the boundary that catches a page failing to draw and says what to do."""
    words = rx.el.div(
        rx.el.h1("Lapu neizdevās parādīt", style={"margin": "0"}),
        rx.el.p("Pārlādējiet lapu. Ja tas atkārtojas, sazinieties ar skolu. Jūsu dati ir saglabāti."),
        rx.el.p("The page could not be shown. Reload it.", lang="en"),
        rx.el.a("Pārlādēt", href="", class_name="a"),
        class_name="center-page",
        role="alert",
    )
    return ErrorBoundary.create(fallback_render=words)
