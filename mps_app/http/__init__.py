"""Plain HTTP doors beside the screens: every route of the app in one list, and what wraps them."""

from collections.abc import Callable

from starlette.applications import Starlette
from starlette.routing import BaseRoute
from starlette.types import ASGIApp

from mps_app.adapters.oidc import OidcProvider
from mps_app.core.settings import settings
from mps_app.http import (
    calendar_feed,
    catalogue_feed,
    certificates,
    employee_import,
    health,
    language,
    materials,
    my_data,
    rosters,
    sign_in,
    training_records,
)
from mps_app.http.headers import SecurityHeaders
from mps_app.http.nowhere import Nowhere

Transformer = Starlette | Callable[[ASGIApp], ASGIApp]


def routes() -> list[BaseRoute]:
    """Return every HTTP route of the app that is not a page."""
    provider = OidcProvider(settings().sign_in_provider, settings().address + sign_in.CALLBACK)
    return [
        *calendar_feed.ROUTES,
        *catalogue_feed.ROUTES,
        *certificates.ROUTES,
        *employee_import.ROUTES,
        *health.ROUTES,
        *language.ROUTES,
        *materials.ROUTES,
        *my_data.ROUTES,
        *rosters.ROUTES,
        *training_records.ROUTES,
        *sign_in.routes(provider),
    ]


def transformers(*more: BaseRoute) -> list[Transformer]:
    """Return what Reflex serves its pages behind: our routes and ``more``, names that can be, headers around all."""
    return [Starlette(routes=[*routes(), *more]), Nowhere, SecurityHeaders]
