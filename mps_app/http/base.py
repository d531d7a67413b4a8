"""The stairs for requests: cookie → actor → unit of work; refusals become a status and words on a page."""

import functools
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from mps_app.adapters.connection import Connection, connection_of
from mps_app.core.actor import NOBODY
from mps_app.core.errors import UNEXPECTED, DomainError, NotAllowed, NotFound, SignInNeeded
from mps_app.core.ids import id_of
from mps_app.core.networks import FORWARDED, caller
from mps_app.core.settings import settings
from mps_app.core.work import Work, begin
from mps_app.http.words_page import words_page
from mps_app.services import identity
from mps_app.text import N_, say

log = logging.getLogger(__name__)

Door = Callable[[Request], Response]

_SAME_SITE = frozenset({"same-origin"})


class ForeignOrigin(NotAllowed):
    """A state-changing request came from another site, or hides where it came from."""

    code = "foreign_origin"
    message = N_("This was sent from another site, so nothing was done.")


def door(handler: Door) -> Door:
    """Turn what a handler refuses into words; state-changing requests must come from our own pages."""

    @functools.wraps(handler)
    def answer(request: Request) -> Response:
        try:
            if request.method not in {"GET", "HEAD"}:
                _require_same_origin(request)
            return handler(request)
        except SignInNeeded:
            return RedirectResponse(f"/pieslegties?uz={quote(request.url.path, safe='')}", status_code=303)
        except DomainError as refusal:
            return refused(request, refusal)
        except Exception:
            log.exception("unexpected, at %s", _pattern(request))  # an address may be a secret itself (6.2)
            sorry = say(connection(request).language, UNEXPECTED)
            return HTMLResponse(words_page(connection(request).language, sorry), status_code=500)

    return answer


def _pattern(request: Request) -> str:
    """Return the address of a request's route, with what varies left out."""
    return str(getattr(request.scope.get("route"), "path", "no route"))


def refused(request: Request, refusal: DomainError, *, again: str = "") -> Response:
    """Return the page that says what was refused and why; ``again`` is where trying again begins."""
    language = connection(request).language
    words = say(language, refusal.message, **refusal.facts)
    reference = str(refusal.facts.get("reference", ""))
    page = words_page(language, words, reference=reference, again=again)
    return HTMLResponse(page, status_code=refusal.status, headers={"Cache-Control": "no-store"})


@contextmanager
def stairs(request: Request, *, reads: bool = False) -> Iterator[Work]:
    """Open a unit of work as whoever holds the request's session; ``reads`` is for services that change nothing."""
    with begin(NOBODY, reads=reads) as work:
        who = connection(request)
        work.actor = identity.actor_of(work, who.token, who.network_address, who.language)
        yield work


@contextmanager
def public_stairs() -> Iterator[Work]:
    """Open a unit of work as nobody, whoever asks: what comes out is the same for all and may be cached."""
    with begin(NOBODY) as work:
        yield work


def connection(request: Request) -> Connection:
    """Return what the request says about its sender."""
    return connection_of(request.headers, network_address(request))


def id_in_path(request: Request, name: str) -> int:
    """Return the id that an address names; raises ``NotFound`` when it names none."""
    found = id_of(request.path_params[name])
    if not found:
        raise NotFound
    return found


def network_address(request: Request) -> str:
    """Return who called."""
    peer = request.client.host if request.client else ""
    return caller(request.headers.getlist(FORWARDED), peer, settings().proxy_hops)


def _require_same_origin(request: Request) -> None:
    """Refuse what our own pages did not send (SameSite alone lets sibling sites through)."""
    origin = request.headers.get("origin")
    if origin is None:
        if request.headers.get("sec-fetch-site") not in _SAME_SITE:
            raise ForeignOrigin
    elif origin != settings().address:
        raise ForeignOrigin
