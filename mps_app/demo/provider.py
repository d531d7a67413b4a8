"""A small OpenID provider with sample persons, so that the demo signs in through the very same client (1.2).

It lets anybody be anybody. Therefore it cannot even be imported in production.
"""

import base64
import hashlib
import hmac
import time
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import unquote_plus, urlencode

from authlib.oauth2.rfc7636 import create_s256_code_challenge
from authlib.oidc.core.util import create_half_hash
from joserfc import jwt
from joserfc.errors import JoseError
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from mps_app.core.settings import settings
from mps_app.demo.persons import SamplePerson, sample_persons
from mps_app.demo.signing_key import ALGORITHM, signing_key
from mps_app.http.words_page import plain_pages

if not settings().is_demo:
    message = "the demo's sign-in provider does not exist in production"
    raise RuntimeError(message)

_CODE_SECONDS, _TOKEN_SECONDS = 60, 300
_ASSURANCE = "http://eidas.europa.eu/LoA/high"
_AUTHORIZE = (
    "client_id",
    "redirect_uri",
    "response_type",
    "scope",
    "state",
    "nonce",
    "code_challenge",
    "code_challenge_method",
)
_TEMPLATES = plain_pages(Path(__file__).parents[1] / "templates" / "demo")
_USED_CODES = "demo_sign_in_codes"


async def discovery(_request: Request) -> Response:
    """Say where the doors are (OpenID Connect Discovery 4)."""
    issuer = _issuer()
    return JSONResponse(
        {
            "issuer": issuer,
            "authorization_endpoint": f"{issuer}/authorize",
            "token_endpoint": f"{issuer}/token",
            "userinfo_endpoint": f"{issuer}/userinfo",
            "jwks_uri": f"{issuer}/jwks",
            "end_session_endpoint": f"{issuer}/end_session",
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": [ALGORITHM],
            "token_endpoint_auth_methods_supported": ["client_secret_basic"],
            "code_challenge_methods_supported": ["S256"],
            "scopes_supported": ["openid", "profile"],
            "acr_values_supported": [_ASSURANCE],
            "authorization_response_iss_parameter_supported": True,
        }
    )


async def jwks(_request: Request) -> Response:
    """Publish the key that signs."""
    return JSONResponse({"keys": [signing_key().as_dict(private=False)]})


async def authorize(request: Request) -> Response:
    """Offer the sample persons; whoever is chosen goes back with a code."""
    asked = dict(request.query_params if request.method == "GET" else await request.form())
    request_of = {name: str(asked.get(name, "")) for name in _AUTHORIZE}
    if request_of["client_id"] != settings().sign_in_provider.client_id or request_of["redirect_uri"] != _callback():
        return HTMLResponse(_page("unknown_client.html"), status_code=400)
    if problem := _problem(request_of):
        return _back(request_of, error=problem)
    if request.method == "GET":
        return HTMLResponse(
            _page("sign_in.html", people=sample_persons(), asked=request_of), headers={"Cache-Control": "no-store"}
        )
    if request.headers.get("origin", settings().address) != settings().address:
        return HTMLResponse(_page("unknown_client.html"), status_code=403)
    person = _person(str(asked.get("person", "")))
    if person is None:
        return _back(request_of, error="access_denied")
    return _back(request_of, code=_code(request_of, person))


async def token(request: Request) -> Response:
    """Trade a code, once and only for its verifier, for tokens (RFC 6749 4.1.3, RFC 7636 4.6)."""
    form = await request.form()
    if not _is_our_client(request.headers.get("authorization", "")):
        return JSONResponse({"error": "invalid_client"}, status_code=401)
    try:
        granted = jwt.decode(str(form.get("code", "")), signing_key(), algorithms=[ALGORITHM]).claims
        challenge = create_s256_code_challenge(str(form.get("code_verifier", "")))
    except (JoseError, ValueError):
        return JSONResponse({"error": "invalid_grant"}, status_code=400)
    right = (
        form.get("grant_type") == "authorization_code"
        and granted.get("use") == "code"
        and granted["exp"] > time.time()
        and form.get("redirect_uri") == granted["redirect_uri"]
        and hmac.compare_digest(challenge, granted["challenge"])
    )
    person = _person(granted.get("sub", ""))
    if not right or person is None or not _is_first_use(granted["challenge"]):
        return JSONResponse({"error": "invalid_grant"}, status_code=400)
    return JSONResponse(_tokens(person, granted["nonce"]), headers={"Cache-Control": "no-store"})


async def userinfo(request: Request) -> Response:
    """Say who the bearer of an access token is (OpenID Connect Core 5.3)."""
    scheme, _, bearer = request.headers.get("authorization", "").partition(" ")
    try:
        granted = jwt.decode(bearer, signing_key(), algorithms=[ALGORITHM]).claims
    except (JoseError, ValueError):
        granted = {}
    person = _person(granted.get("sub", ""))
    if scheme.lower() != "bearer" or granted.get("use") != "access" or granted["exp"] < time.time() or person is None:
        return JSONResponse({"error": "invalid_token"}, status_code=401, headers={"WWW-Authenticate": "Bearer"})
    return JSONResponse({"sub": granted["sub"], **_names(person)}, headers={"Cache-Control": "no-store"})


async def end_session(request: Request) -> Response:
    """Lead back to the signed-out page of the site (OpenID Connect RP-Initiated Logout)."""
    back = request.query_params.get("post_logout_redirect_uri", "")
    return RedirectResponse(back if back.startswith(f"{settings().address}/") else settings().address, status_code=303)


def _issuer() -> str:
    return settings().sign_in_provider.issuer


def _callback() -> str:
    return f"{settings().address}/auth/callback"


def _problem(asked: dict[str, str]) -> str:
    if asked["response_type"] != "code":
        return "unsupported_response_type"
    if "openid" not in asked["scope"].split() or not asked["state"] or not asked["nonce"]:
        return "invalid_request"
    return "" if asked["code_challenge_method"] == "S256" and asked["code_challenge"] else "invalid_request"


def _back(asked: dict[str, str], **answer: str) -> Response:
    said = urlencode({**answer, "state": asked["state"], "iss": _issuer()})
    return RedirectResponse(f"{asked['redirect_uri']}?{said}", status_code=303, headers={"Cache-Control": "no-store"})


def _person(personal_code: str) -> SamplePerson | None:
    return next((person for person in sample_persons() if person.personal_code == personal_code), None)


def _code(asked: dict[str, str], person: SamplePerson) -> str:
    """Return a signed note to ourselves, so that any worker can redeem it."""
    granted = {
        "use": "code",
        "sub": person.personal_code,
        "nonce": asked["nonce"],
        "challenge": asked["code_challenge"],
        "redirect_uri": asked["redirect_uri"],
        "exp": int(time.time()) + _CODE_SECONDS,
    }
    return _signed(granted)


def _is_first_use(challenge: str) -> bool:
    """Note that a code was used; the note is a file, because the trade may come to any process of the web."""
    notes = settings().var_dir / _USED_CODES
    notes.mkdir(parents=True, exist_ok=True)
    for note in notes.iterdir():
        with suppress(FileNotFoundError):  # another process was quicker
            if note.stat().st_mtime < time.time() - _CODE_SECONDS:
                note.unlink()
    try:
        (notes / hashlib.sha256(challenge.encode()).hexdigest()).touch(exist_ok=False)
    except FileExistsError:
        return False
    return True


def _tokens(person: SamplePerson, nonce: str) -> dict[str, Any]:  # Any: JSON
    now = int(time.time())
    access = _signed({"use": "access", "sub": person.personal_code, "exp": now + _TOKEN_SECONDS})
    claims = {
        "iss": _issuer(),
        "sub": person.personal_code,
        "aud": settings().sign_in_provider.client_id,
        "iat": now,
        "exp": now + _TOKEN_SECONDS,
        "auth_time": now,
        "nonce": nonce,
        "acr": _ASSURANCE,
        "at_hash": create_half_hash(access, ALGORITHM).decode(),
    }
    return {"access_token": access, "token_type": "Bearer", "expires_in": _TOKEN_SECONDS, "id_token": _signed(claims)}


def _names(person: SamplePerson) -> dict[str, str]:
    return {
        "given_name": person.given_name.upper(),  # as Latvian providers write them
        "family_name": person.family_name.upper(),
        "personal_code": f"PNOLV-{person.personal_code[:6]}-{person.personal_code[6:]}",
    }


def _signed(claims: dict[str, Any]) -> str:  # Any: JSON
    key = signing_key()
    return jwt.encode({"alg": ALGORITHM, "kid": key.kid}, claims, key, algorithms=[ALGORITHM])


def _is_our_client(authorization: str) -> bool:
    client = settings().sign_in_provider
    try:
        name, _, secret = base64.b64decode(authorization.removeprefix("Basic ")).decode().partition(":")
    except ValueError:
        return False
    return hmac.compare_digest(unquote_plus(name).encode(), client.client_id.encode()) and hmac.compare_digest(
        unquote_plus(secret).encode(), client.secret.encode()
    )


def _page(template: str, **shown: object) -> str:
    return _TEMPLATES.get_template(template).render(**shown)


ROUTES = [
    Route("/demo/oidc/.well-known/openid-configuration", discovery, methods=["GET"]),
    Route("/demo/oidc/jwks", jwks, methods=["GET"]),
    Route("/demo/oidc/authorize", authorize, methods=["GET", "POST"]),
    Route("/demo/oidc/token", token, methods=["POST"]),
    Route("/demo/oidc/userinfo", userinfo, methods=["GET"]),
    Route("/demo/oidc/end_session", end_session, methods=["GET"]),
]
