"""Choosing the language: a cookie, so that visitors have the choice too (17.2)."""

from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from mps_app.adapters.connection import LANGUAGE_COOKIE
from mps_app.core.actor import Language
from mps_app.core.settings import settings
from mps_app.http.base import door

_YEAR = 365 * 24 * 3600


@door
def choose(request: Request) -> Response:
    """Remember a language and go back to the page the person came from."""
    answer = RedirectResponse(_back(request.headers.get("referer", "")), status_code=303)
    chosen = Language.EN if request.path_params["language"] == Language.EN else Language.LV
    remember_language(answer, chosen)
    return answer


def _back(referer: str) -> str:
    """Return the path of one of our own pages; the first one instead of anything else."""
    try:
        came_from = urlsplit(referer)
    except ValueError:
        return "/"
    is_own = f"{came_from.scheme}://{came_from.netloc}" == settings().address
    if not is_own or not came_from.path.startswith("/") or came_from.path.startswith("//"):
        return "/"
    return came_from.path + (f"?{came_from.query}" if came_from.query else "")


def remember_language(answer: Response, chosen: Language) -> None:
    """Let the browser keep a choice for a year."""
    answer.set_cookie(
        LANGUAGE_COOKIE, chosen, max_age=_YEAR, httponly=True, samesite="lax", secure=settings().is_secure
    )


ROUTES = [Route("/valoda/{language}", choose, methods=["GET"])]
