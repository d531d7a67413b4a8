"""An OpenID provider that speaks real HTTP and lies on request; honest until a test bends it."""

import base64
import time
from collections.abc import Callable
from functools import cache
from typing import Any

from authlib.oauth2.rfc7636 import create_s256_code_challenge
from authlib.oidc.core.util import create_half_hash
from joserfc import jwt
from joserfc.jwk import ECKey, KeySet, RSAKey
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from mps_app.core.settings import OidcSettings

CLIENT, SECRET = "mps:klients", "noslēpums%+& un vēl"
HIGH = "http://eidas.europa.eu/LoA/high"
Claims = dict[str, Any]


@cache
def rsa_key(number: int) -> RSAKey:
    """Return one of the keys of this test run: making them is slow."""
    return RSAKey.generate_key(2048, auto_kid=True)


class HostileProvider:
    """Everything it answers is an attribute, to be bent before the answer is asked for."""

    def __init__(self, issuer: str) -> None:
        self.issuer = issuer
        self.begin_anew()

    def begin_anew(self) -> None:
        """Be honest again."""
        issuer = self.issuer
        self.key = rsa_key(0)
        self.published = KeySet([self.key])
        self.metadata: Claims = {
            "issuer": issuer,
            "authorization_endpoint": f"{issuer}/authorize",
            "token_endpoint": f"{issuer}/token",
            "userinfo_endpoint": f"{issuer}/userinfo",
            "jwks_uri": f"{issuer}/jwks",
            "end_session_endpoint": f"{issuer}/logout?x=1",
            "authorization_response_iss_parameter_supported": True,
        }
        self.nonce = self.challenge = ""
        self.claims: Claims = {
            "sub": "subject-1",
            "given_name": "ANNA MARIJA",
            "family_name": "PARAUDZIŅA-O'HARA",
            "serial_number": "PNOLV-010180-00012",
            "acr": HIGH,
        }
        self.userinfo: Any = {"sub": "subject-1"}
        self.access_token = "access"
        self.bend: Callable[[Claims], Claims] = lambda claims: claims
        self.sign: Callable[[Claims], str] = self.signed
        self.token_answer: Callable[[Claims], Response] = JSONResponse
        self.asked: list[str] = []

    def settings(self, **more: object) -> OidcSettings:
        """Return what a client of this provider is configured with."""
        return OidcSettings(issuer=self.issuer, client_id=CLIENT, client_secret=SECRET, **more)

    def signed(self, claims: Claims, *, alg: str = "RS256", key: RSAKey | ECKey | None = None, **header: str) -> str:
        """Sign claims as an honest provider does."""
        key = key or self.key
        return jwt.encode({"alg": alg, "kid": key.kid, **header}, claims, key, algorithms=[alg])

    def id_claims(self) -> Claims:
        """Return the claims of an honest ID token."""
        now = int(time.time())
        return {
            "iss": self.issuer,
            "aud": CLIENT,
            "exp": now + 300,
            "iat": now,
            "nonce": self.nonce,
            "at_hash": create_half_hash(self.access_token, "RS256").decode(),
            **self.claims,
        }

    def app(self) -> Starlette:
        """Return its doors."""
        return Starlette(
            routes=[
                Route("/.well-known/openid-configuration", self._metadata),
                Route("/jwks", self._jwks),
                Route("/token", self._token, methods=["POST"]),
                Route("/userinfo", self._userinfo),
            ]
        )

    async def _metadata(self, _request: Request) -> Response:
        self.asked.append("metadata")
        return JSONResponse(self.metadata)

    async def _jwks(self, _request: Request) -> Response:
        self.asked.append("jwks")
        return JSONResponse(self.published.as_dict(private=False))

    async def _token(self, request: Request) -> Response:
        self.asked.append("token")
        form = await request.form()
        basic = base64.b64decode(request.headers["authorization"].removeprefix("Basic ")).decode()
        if basic != "mps%3Aklients:nosl%C4%93pums%25%2B%26+un+v%C4%93l":  # form-encoded, RFC 6749 2.3.1
            return JSONResponse({"error": "invalid_client"}, status_code=401)
        if create_s256_code_challenge(str(form["code_verifier"])) != self.challenge:
            return JSONResponse({"error": "invalid_grant"}, status_code=400)
        token = self.sign(self.bend(self.id_claims()))
        return self.token_answer({"access_token": self.access_token, "token_type": "Bearer", "id_token": token})

    async def _userinfo(self, request: Request) -> Response:
        self.asked.append("userinfo")
        if request.headers.get("authorization") != f"Bearer {self.access_token}":
            return JSONResponse({"error": "invalid_token"}, status_code=401)
        return JSONResponse(self.userinfo)
