"""Plain HTTP doors beside the screens: every route of the app in one list, and what wraps them."""

from collections.abc import Callable

from starlette.applications import Starlette
from starlette.routing import BaseRoute
from starlette.types import ASGIApp

from mps_app.http import health, language
from mps_app.http.headers import SecurityHeaders

Transformer = Starlette | Callable[[ASGIApp], ASGIApp]


def routes() -> list[BaseRoute]:
    """Return every HTTP route of the app that is not a page."""
    return [*health.ROUTES, *language.ROUTES]


def transformers() -> list[Transformer]:
    """Return what Reflex serves its pages behind: our routes first, headers around everything."""
    return [Starlette(routes=routes()), SecurityHeaders]


