"""The doors of signing in: to the provider, back from it, and out again (1.1, 1.4)."""

import secrets
from urllib.parse import quote, urlsplit

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from mps_app.adapters.connection import LANGUAGE_COOKIE
from mps_app.core.errors import DomainError
from mps_app.core.settings import settings
from mps_app.core.sign_in import Answer, IdentityProvider
from mps_app.http.base import Door, connection, door, refused, stairs
from mps_app.http.language import remember_language
from mps_app.services import identity

CALLBACK = "/auth/callback"
SIGNED_OUT = "/iziets"
_ATTEMPT_SECONDS = 600
_LOOPBACK = frozenset({"127.0.0.1", "::1"})


def routes(provider: IdentityProvider) -> list[Route]:
    """Return the doors that lead to one provider."""
    return [
        Route("/auth/start", _start(provider), methods=["GET"]),
        Route(CALLBACK, _callback(provider), methods=["GET"]),
        Route("/auth/sign-out", _sign_out(provider), methods=["POST"]),
    ]


def _start(provider: IdentityProvider) -> Door:
    @door
    def start(request: Request) -> Response:
        """Send the browser to the provider; only this browser can come back."""
        return_to = identity.safe_return_path(request.query_params.get("return_to", "/"))
        if request.url.hostname in _LOOPBACK and urlsplit(settings().address).hostname == "localhost":
            return RedirectResponse(f"{settings().address}{_again(return_to)}", status_code=303)  # one cookie jar
        browser = request.cookies.get(_attempt_cookie()) or secrets.token_urlsafe(32)
        with stairs(request) as work:
            if work.actor.is_signed_in:  # in another tab, meanwhile
                return _unstored(RedirectResponse(return_to, status_code=303))
            errand = identity.start_sign_in(work, browser, return_to)
        answer = RedirectResponse(provider.sign_in_address(errand), status_code=303)
        _set_cookie(answer, _attempt_cookie(), browser, max_age=_ATTEMPT_SECONDS)
        return _unstored(answer)

    return start


def _callback(provider: IdentityProvider) -> Door:
    @door
    def callback(request: Request) -> Response:
        """Verify who came back, open a session, and return to where the person was."""
        said = request.query_params
        with stairs(request) as work:
            errand = identity.take_errand(work, request.cookies.get(_attempt_cookie(), ""), said.get("state", ""))
        try:  # the provider is asked outside any transaction
            asserted = provider.identify(
                errand, Answer(said.get("code", ""), said.get("error", ""), said.get("iss", ""))
            )
        except DomainError as refusal:
            return refused(request, refusal, again=_again(errand.return_to))
        with stairs(request) as work:
            token = identity.finish_sign_in(
                work,
                asserted,
                user_agent=request.headers.get("user-agent", ""),
                previous_token=connection(request).token,
            )
            language = work.actor.language  # the person's own
            lacks_email = identity.signed_in_person(work).needs_email
        arrival = "/profils" if lacks_email and errand.return_to == "/" else errand.return_to  # 1.5
        answer = RedirectResponse(arrival, status_code=303)
        _set_cookie(answer, settings().session_cookie, token)
        if LANGUAGE_COOKIE not in request.cookies:
            remember_language(answer, language)
        return _unstored(answer)

    return callback


def _sign_out(provider: IdentityProvider) -> Door:
    @door
    def sign_out(request: Request) -> Response:
        """End the session here first, then at the provider."""
        with stairs(request) as work:
            was_signed_in = work.actor.is_signed_in
            hint = identity.sign_out(work)
        there = provider.sign_out_address(hint, settings().address + SIGNED_OUT) if was_signed_in else ""
        answer = RedirectResponse(there or SIGNED_OUT, status_code=303)
        answer.delete_cookie(
            settings().session_cookie, path="/", secure=settings().is_secure, httponly=True, samesite="lax"
        )
        return _unstored(answer)

    return sign_out


def _again(return_to: str) -> str:
    return f"/auth/start?return_to={quote(return_to, safe='')}"


def _attempt_cookie() -> str:
    """Name the cookie that binds an attempt to its browser."""
    return "__Host-mps_attempt" if settings().is_secure else "mps_attempt"


def _set_cookie(answer: Response, name: str, value: str, max_age: int | None = None) -> None:
    answer.set_cookie(
        name, value, max_age=max_age, path="/", secure=settings().is_secure, httponly=True, samesite="lax"
    )


def _unstored(answer: Response) -> Response:
    answer.headers["Cache-Control"] = "no-store"
    return answer
