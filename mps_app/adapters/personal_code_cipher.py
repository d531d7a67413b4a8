"""Personal codes at rest: AES-256-GCM, found by a keyed HMAC-SHA-256 (rule 1.3)."""

import base64
import hashlib
import hmac
import os

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_NONCE_BYTES = 12  # NIST SP 800-38D


class PersonalCodeCipher:
    """Seals with one key, looks up with another, so that neither alone gives the codes away."""

    def __init__(self, sealing_key: str, lookup_key: str) -> None:
        self._aead = AESGCM(base64.urlsafe_b64decode(sealing_key))
        self._lookup = lookup_key.encode()

    def seal(self, code: str) -> bytes:
        """Encrypt; the nonce stands before the ciphertext."""
        nonce = os.urandom(_NONCE_BYTES)
        return nonce + self._aead.encrypt(nonce, code.encode(), None)

    def unseal(self, sealed: bytes) -> str:
        """Decrypt; raises ``cryptography.exceptions.InvalidTag`` when the key is another."""
        return self._aead.decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], None).decode()

    def lookup(self, code: str) -> str:
        """Return the keyed hash of a code, the same for the same code."""
        return hmac.new(self._lookup, code.encode(), hashlib.sha256).hexdigest()
