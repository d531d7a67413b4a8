"""Sending somebody to the hostile provider and taking them back."""

import secrets
from collections.abc import Callable

from authlib.oauth2.rfc7636 import create_s256_code_challenge

from mps_app.adapters.oidc import OidcProvider
from mps_app.core.sign_in import (
    Answer,
    AssertedPerson,
    Errand,
)
from tests.hostile_provider import Claims, HostileProvider

CALLBACK = "https://mps.example/auth/callback"


def errand(provider: HostileProvider) -> Errand:
    """Send somebody off, and let the provider know what it would have been asked."""
    made = Errand("state", secrets.token_urlsafe(), secrets.token_urlsafe(48))
    provider.nonce, provider.challenge = made.nonce, create_s256_code_challenge(made.verifier)
    return made


def identify(provider: HostileProvider, **settings: object) -> AssertedPerson:
    client = OidcProvider(provider.settings(**settings), CALLBACK)
    return client.identify(errand(provider), Answer("code", issuer=provider.issuer))


def with_claims(**changed: object) -> Callable[[Claims], Claims]:
    """Return claims changed; ``None`` leaves one out."""

    def bend(claims: Claims) -> Claims:
        return {name: value for name, value in {**claims, **changed}.items() if value is not None}

    return bend
