"""Open Badges signed as JSON Web Tokens by RS256, which every verifier knows (Open Badges 3.0, 8.2)."""

from collections.abc import Callable, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

from joserfc import jwt
from joserfc.jwk import RSAKey

_ALGORITHM = "RS256"


class RsaBadgeSigner:
    """Signs with one RSA key and publishes its public half."""

    def __init__(self, file: Callable[[], Path], issuer: str) -> None:
        self._file, self._issuer = file, issuer

    def sign(self, credential: Mapping[str, Any]) -> str:  # Any: JSON
        """Return the credential as a compact token; ``kid`` leads to the published keys."""
        header = {"alg": _ALGORITHM, "typ": "JWT", "kid": f"{self._issuer}/jwks.json#{self._key.thumbprint()}"}
        return jwt.encode(header, dict(credential), self._key, algorithms=[_ALGORITHM])

    def keys(self) -> dict[str, Any]:  # Any: JSON
        """Return the public key in a set; its ``kid`` is the last part of the token's."""
        public = self._key.as_dict(private=False)
        return {"keys": [{**public, "kid": self._key.thumbprint(), "alg": _ALGORITHM, "use": "sig"}]}

    @cached_property
    def _key(self) -> RSAKey:
        return RSAKey.import_key(self._file().read_bytes())
