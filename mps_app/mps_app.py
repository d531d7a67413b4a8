"""The front door of the web: opens the house, hangs the pages, mounts the routes, turns refusals into words."""

import gc
import logging

import reflex as rx
import reflex.model  # its first import takes seconds: here, and not in somebody's event
from reflex.event import EventSpec
from sqlalchemy.orm import configure_mappers

from mps_app import demo, http
from mps_app.adapters.connection import current_connection
from mps_app.components.framework import connection_lost, page_failed
from mps_app.core.actor import Language
from mps_app.core.errors import UNEXPECTED, DomainError, NotForYou
from mps_app.core.settings import settings
from mps_app.pages.site_map import NOT_FOUND, PAGES
from mps_app.services import catalogue
from mps_app.state import live
from mps_app.state.base import ask
from mps_app.state.browser_errors import BrowserErrors
from mps_app.state.guard import secure
from mps_app.state.notice import NoticeState
from mps_app.state.signed_in import SignedInState
from mps_app.state.wire import write_quickly
from mps_app.text import catalogue as words_of
from mps_app.text import say
from mps_app.wiring import open_house

log = logging.getLogger(__name__)

# The tokens first: what stands later wins.
STYLES = (
    "tokens",
    "app",
    "catalogue",
    "applications",
    "people",
    "date_scale",
    "materials",
    "certificates",
    "exams",
    "institution",
    "training_records",
)


def tell(exception: Exception) -> EventSpec:
    """Turn what a service raised into words on the screen, in the reader's language."""
    language = current_connection().language
    if isinstance(exception, NotForYou):
        closed: EventSpec = SignedInState.turn_away()
        return closed
    if isinstance(exception, DomainError):
        return NoticeState.refuse(say(language, exception.message, **exception.facts))
    log.error("unexpected", exc_info=exception)
    return NoticeState.refuse(say(language, UNEXPECTED))


def _app() -> rx.App:
    app = rx.App(
        html_lang="lv",
        reset_style=False,
        stylesheets=[f"/{name}.css" for name in STYLES],
        backend_exception_handler=tell,
        frontend_exception_handler=BrowserErrors().report,
        api_transformer=http.transformers(*(demo.routes() if settings().is_demo else ())),
        toaster=None,
        head_components=[rx.el.link(rel="icon", href="/logo.svg", type="image/svg+xml")],
        app_wraps={
            (55, "ErrorBoundary"): lambda _stateful: page_failed(),
            (5, "Overlay"): lambda _stateful: connection_lost(),
        },
    )
    for page in PAGES:
        app.add_page(page.guarded(), route=page.route, title=page.tab_title(), on_load=page.loads())
    app.add_page(NOT_FOUND.body, route=NOT_FOUND.route, title=NOT_FOUND.tab_title(), on_load=NOT_FOUND.loads())
    secure(app, settings().secret_key.get_secret_value().encode())
    write_quickly(app)
    app.register_lifespan_task(_warm_up)
    app.register_lifespan_task(live.following)
    return app


async def _warm_up() -> None:
    """Read the catalogue before the first visitor asks for it; runs beside the first events, in every worker."""
    await ask(catalogue.warm)
    gc.freeze()  # tens of thousands of courses are there to stay: no collection need look at them again


def _read_ahead() -> None:
    """Read what every worker needs before they are forked: they share it, and nobody's event waits for it."""
    for language in Language:
        words_of(language)
    configure_mappers()


if settings().database_url:  # a build of the pages has none, and needs none
    open_house()
    _read_ahead()
app = _app()
