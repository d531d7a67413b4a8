"""Where a provider's doors are and which keys it signs with: discovery and JWKS, cached."""

import time
from collections.abc import Callable, Mapping
from threading import RLock
from typing import Any
from urllib.parse import urlsplit

import httpx
from joserfc.errors import InvalidKeyIdError, JoseError
from joserfc.jwk import ECKey, Key, KeySet, RSAKey

from mps_app.core.settings import OidcSettings
from mps_app.core.sign_in import ProviderUnavailable

_DISCOVERY = "/.well-known/openid-configuration"
_KEEP_SECONDS = 3600
_REFETCH_PAUSE_SECONDS = 30  # an unknown key id causes one more look, not a flood of them
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


class Directory:
    """One provider's metadata and keys, fetched when needed and kept for an hour."""

    def __init__(
        self, settings: OidcSettings, client: httpx.Client, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._settings = settings
        self._client = client
        self._clock = clock
        self._lock = RLock()  # the keys are found through the metadata
        self._metadata: tuple[float, dict[str, Any]] | None = None  # Any: JSON of the provider
        self._keys: tuple[float, KeySet] | None = None

    @property
    def authorization_endpoint(self) -> str:
        """Where the browser goes to sign in."""
        return self._endpoint(self._settings.endpoint_authorize, "authorization_endpoint")

    @property
    def token_endpoint(self) -> str:
        """Where a code becomes tokens."""
        return self._endpoint(self._settings.endpoint_token, "token_endpoint")

    @property
    def userinfo_endpoint(self) -> str:
        """Where more is known about the person; may be absent."""
        return self._endpoint(self._settings.endpoint_userinfo, "userinfo_endpoint", needed=False)

    @property
    def end_session_endpoint(self) -> str:
        """Where the browser goes to sign out; may be absent."""
        return self._endpoint(self._settings.endpoint_end_session, "end_session_endpoint", needed=False)

    @property
    def names_itself_in_answers(self) -> bool:
        """Whether every answer must carry the issuer (RFC 9207)."""
        return self._discovered().get("authorization_response_iss_parameter_supported") is True

    def key(self, key_id: str | None) -> Key:
        """Return a signing key; an unknown id makes us look once more, at most every half a minute."""
        with self._lock:
            if self._keys is None or self._clock() - self._keys[0] > _KEEP_SECONDS:
                self._keys = self._clock(), self._fetch_keys()
            try:
                return self._keys[1].get_by_kid(key_id)
            except InvalidKeyIdError:
                if self._clock() - self._keys[0] < _REFETCH_PAUSE_SECONDS:
                    raise
            self._keys = self._clock(), self._fetch_keys()
            return self._keys[1].get_by_kid(key_id)

    def _fetch_keys(self) -> KeySet:
        published = self._fetch(self._endpoint(self._settings.endpoint_jwks, "jwks_uri"))
        try:
            keys = [key for key in KeySet.import_key_set(published) if isinstance(key, (RSAKey, ECKey))]  # type: ignore[arg-type]
        except (JoseError, KeyError, TypeError, ValueError) as error:
            raise ProviderUnavailable from error
        return KeySet([key for key in keys if key.get("use") != "enc"])

    def _endpoint(self, configured: str, name: str, *, needed: bool = True) -> str:
        address = configured or self._discovered().get(name, "")
        if not address and not needed:
            return ""
        if not isinstance(address, str) or not _is_safe(address, self._settings.issuer):
            raise ProviderUnavailable
        return address

    def _discovered(self) -> Mapping[str, Any]:  # Any: JSON of the provider
        """Return the metadata; nothing when the provider is described by its endpoints."""
        if self._settings.endpoint_authorize and self._settings.endpoint_token and self._settings.endpoint_jwks:
            return {}
        with self._lock:
            if self._metadata is None or self._clock() - self._metadata[0] > _KEEP_SECONDS:
                found = self._fetch(self._settings.issuer.rstrip("/") + _DISCOVERY)
                if found.get("issuer") != self._settings.issuer:  # OpenID Connect Discovery 4.3
                    raise ProviderUnavailable
                self._metadata = self._clock(), found
            return self._metadata[1]

    def _fetch(self, address: str) -> dict[str, Any]:  # Any: JSON of the provider
        try:
            answer = self._client.get(address, headers={"Accept": "application/json"})
            answer.raise_for_status()
            found = answer.json()
        except (httpx.HTTPError, ValueError) as error:
            raise ProviderUnavailable from error
        if not isinstance(found, dict):
            raise ProviderUnavailable
        return found


def _is_safe(address: str, issuer: str) -> bool:
    """Answer whether secrets may go there: over TLS, to this machine, or as openly as the issuer itself."""
    parts = urlsplit(address)
    same_origin = parts[:2] == urlsplit(issuer)[:2]
    return bool(parts.hostname) and (
        parts.scheme == "https" or (parts.scheme == "http" and (parts.hostname in _LOOPBACK or same_origin))
    )
