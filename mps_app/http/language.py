"""Choosing the language: a cookie, so that visitors have the choice too (17.2)."""

from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from mps_app.adapters.connection import LANGUAGE_COOKIE
from mps_app.core.actor import Language
from mps_app.core.settings import settings

_YEAR = 365 * 24 * 3600


async def choose(request: Request) -> Response:
    """Remember a language and go back to the page the person came from."""
    came_from = urlsplit(request.headers.get("referer", ""))
    own = f"{came_from.scheme}://{came_from.netloc}" == settings().address and came_from.path.startswith("/")
    back = (came_from.path + (f"?{came_from.query}" if came_from.query else "")) if own else "/"
    answer = RedirectResponse("/" if back.startswith("//") else back, status_code=303)
    chosen = Language.EN if request.path_params["language"] == Language.EN else Language.LV
    remember_language(answer, chosen)
    return answer


def remember_language(answer: Response, chosen: Language) -> None:
    """Let the browser keep a choice for a year."""
    answer.set_cookie(
        LANGUAGE_COOKIE, chosen, max_age=_YEAR, httponly=True, samesite="lax", secure=settings().is_secure
    )


ROUTES = [Route("/valoda/{language}", choose, methods=["GET"])]
