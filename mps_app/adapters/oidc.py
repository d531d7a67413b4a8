"""Signing in through OpenID Connect: authorization code flow with PKCE, every answer verified (1.1).

The one client for Latvija.lv, other providers and the demo; Authlib speaks the protocol, what is
accepted is decided here. Blocking: it runs in threads, outside database transactions.
"""

import base64
import logging
import secrets
import ssl
import time
import warnings
from functools import cache
from typing import Any
from urllib.parse import quote_plus, urlencode

import httpx
from authlib.common.errors import AuthlibBaseError
from authlib.oauth2.rfc7523 import PrivateKeyJWT
from authlib.oidc.core import CodeIDToken
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from joserfc import jws, jwt
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, Key, RSAKey

from mps_app.adapters.oidc_claims import person_of, require_assurance
from mps_app.adapters.oidc_directory import Directory
from mps_app.core.errors import DomainError
from mps_app.core.settings import OidcSettings
from mps_app.core.sign_in import (
    Answer,
    AssertedPerson,
    Errand,
    ProviderUnavailable,
    SignInDeclined,
    SignInNotTrusted,
)

with warnings.catch_warnings():  # Authlib would rather have httpx2; Reflex brings httpx, and one is enough
    warnings.filterwarnings("ignore", message="The httpx module is deprecated")
    from authlib.integrations.httpx_client import OAuth2Client

log = logging.getLogger(__name__)

ALGORITHMS = ("RS256", "PS256", "ES256")  # never none, never a shared secret
_SKEW_SECONDS = 60
_TIMEOUT_SECONDS = 10
_LONGEST_SUBJECT = 255  # OpenID Connect Core 2
_DECLINED = frozenset({"access_denied", "login_required", "interaction_required", "consent_required"})


class OidcProvider:
    """One configured provider; ``callback`` is the exact address it sends browsers back to."""

    def __init__(self, settings: OidcSettings, callback: str) -> None:
        self._settings = settings
        self._callback = callback
        self._directory = Directory(settings, httpx.Client(timeout=_TIMEOUT_SECONDS, verify=_tls()))

    def sign_in_address(self, errand: Errand) -> str:
        """Return the authorization request with PKCE S256, state and nonce."""
        extras = {"nonce": errand.nonce, "ui_locales": self._settings.ui_locales}
        if self._settings.acr_values:
            extras["acr_values"] = self._settings.acr_values
        with self._client() as client:
            address: str = client.create_authorization_url(
                self._directory.authorization_endpoint,
                state=errand.state,
                code_verifier=errand.verifier,
                **extras,
            )[0]
        return address

    def identify(self, errand: Errand, answer: Answer) -> AssertedPerson:
        """Trade the code for tokens, verify them, and say who it is; refusals are logged without tokens."""
        reference = secrets.token_hex(4)
        try:
            return self._identify(errand, answer)
        except DomainError as refusal:
            log.warning("sign-in %s: %s %s", reference, refusal.code, _cause(refusal))
            refusal.facts["reference"] = reference
            raise

    def sign_out_address(self, id_token: str, return_address: str) -> str:
        """Return the RP-initiated logout, or the provider's own kind of it; nothing when it has none."""
        if self._settings.logout_template:
            return self._settings.logout_template.replace("{address}", quote_plus(return_address))
        try:
            endpoint = self._directory.end_session_endpoint
        except ProviderUnavailable:  # signing out here must not depend on the provider
            return ""
        hint = {"id_token_hint": id_token} if id_token else {}
        asked = {**hint, "client_id": self._settings.client_id, "post_logout_redirect_uri": return_address}
        return f"{endpoint}{'&' if '?' in endpoint else '?'}{urlencode(asked)}" if endpoint else ""

    def _identify(self, errand: Errand, answer: Answer) -> AssertedPerson:
        self._require_own_issuer(answer)
        if answer.error:
            raise SignInDeclined if answer.error in _DECLINED else ProviderUnavailable
        if not answer.code:
            raise SignInNotTrusted
        with self._client() as client:
            tokens = self._tokens(client, errand, answer.code)
            claims = self._verified(tokens, errand.nonce)
            require_assurance(self._settings, claims)
            more = self._userinfo(client, str(claims["sub"]))
        return person_of(self._settings, {**more, **claims}, str(tokens["id_token"]))

    def _require_own_issuer(self, answer: Answer) -> None:
        """Refuse an answer that another provider gave (RFC 9207, mix-up)."""
        if answer.issuer and answer.issuer != self._settings.issuer:
            raise SignInNotTrusted from ValueError("iss of the answer")
        if not answer.issuer and self._directory.names_itself_in_answers:
            raise SignInNotTrusted from ValueError("no iss in the answer")

    def _tokens(self, client: OAuth2Client, errand: Errand, code: str) -> dict[str, Any]:  # Any: JSON
        try:
            tokens: dict[str, Any] = client.fetch_token(
                self._directory.token_endpoint,
                grant_type="authorization_code",
                code=code,
                code_verifier=errand.verifier,
                redirect_uri=self._callback,
            )
        except AuthlibBaseError as error:  # the code is unknown, used, or not for this verifier
            raise SignInNotTrusted from error
        except (httpx.HTTPError, ValueError) as error:
            raise ProviderUnavailable from error
        if not isinstance(tokens.get("id_token"), str) or not isinstance(tokens.get("access_token"), str):
            raise SignInNotTrusted from ValueError("tokens are missing")
        return tokens

    def _verified(self, tokens: dict[str, Any], nonce: str) -> dict[str, Any]:  # Any: JSON
        """Return the claims of the ID token after every check of OpenID Connect Core 3.1.3.7."""
        expected = {
            "iss": {"essential": True, "value": self._settings.issuer},
            "aud": {"essential": True, "value": self._settings.client_id},
            "nonce": {"essential": True, "value": nonce},
        }
        params = {"client_id": self._settings.client_id, "nonce": nonce, "access_token": tokens["access_token"]}
        try:
            key_id = jws.extract_compact(tokens["id_token"].encode()).headers().get("kid")
            token = jwt.decode(tokens["id_token"], self._directory.key(key_id), algorithms=ALGORITHMS)
            claims = CodeIDToken(token.claims, token.header, expected, params)
            claims.validate(now=int(time.time()), leeway=_SKEW_SECONDS)
        except (JoseError, ValueError, TypeError) as error:
            raise SignInNotTrusted from error
        if not 0 < len(claims["sub"]) <= _LONGEST_SUBJECT:
            raise SignInNotTrusted from ValueError("sub")
        return dict(claims)

    def _userinfo(self, client: OAuth2Client, subject: str) -> dict[str, Any]:  # Any: JSON
        """Return what else the provider says, if it speaks of the same subject (Core 5.3.2)."""
        if not (endpoint := self._directory.userinfo_endpoint):
            return {}
        try:
            answer = client.get(endpoint)
            answer.raise_for_status()
            found = answer.json()
        except AuthlibBaseError as error:
            raise SignInNotTrusted from error
        except (httpx.HTTPError, ValueError) as error:
            raise ProviderUnavailable from error
        if not isinstance(found, dict) or found.get("sub") != subject:
            raise SignInNotTrusted from ValueError("sub of userinfo")
        return found

    def _client(self) -> OAuth2Client:
        key_file = self._settings.client_key_file
        key = _private_key(key_file.read_text()) if key_file else None
        client = OAuth2Client(
            client_id=self._settings.client_id,
            client_secret=key or self._settings.secret,
            token_endpoint_auth_method="private_key_jwt" if key else "client_secret_basic",
            scope=self._settings.scopes,
            redirect_uri=self._callback,
            code_challenge_method="S256",
            timeout=_TIMEOUT_SECONDS,
            verify=_tls(),
        )
        client.register_client_auth_method(("client_secret_basic", _basic))
        if key:
            algorithm = "ES256" if isinstance(key, ECKey) else "RS256"
            client.register_client_auth_method(PrivateKeyJWT(self._settings.issuer, alg=algorithm))
        return client


@cache
def _tls() -> ssl.SSLContext:
    """Return the trusted authorities, read once: reading them takes longer than a request."""
    return httpx.create_ssl_context()


def _private_key(pem: str) -> Key:
    loaded = load_pem_private_key(pem.encode(), None)
    return (ECKey if isinstance(loaded, EllipticCurvePrivateKey) else RSAKey).import_key(pem)


def _basic(
    auth: Any,
    _method: str,
    uri: str,
    headers: Any,
    body: str,  # Any: Authlib's
) -> tuple[str, Any, str]:
    """Put the client's name and secret form-encoded into the header (RFC 6749 2.3.1; Authlib sends them raw)."""
    pair = f"{quote_plus(auth.client_id)}:{quote_plus(auth.client_secret)}"
    headers["Authorization"] = f"Basic {base64.b64encode(pair.encode()).decode()}"
    return uri, headers, body


def _cause(error: Exception) -> str:
    """Name why, never what: the kind of the failure and which claim, no values."""
    cause = error.__cause__
    if cause is None:
        return ""
    claim = getattr(cause, "claim", "") or (str(cause) if type(cause) is ValueError else "")
    return f"{type(cause).__name__} {str(claim)[:60]}"
