"""The OpenID Connect client believes no ID token that it did not verify (1.1)."""

import hmac
import json
import time
from base64 import urlsafe_b64encode
from collections.abc import Callable

import pytest
from joserfc import jwt
from joserfc.jwk import ECKey, KeySet, OctKey

from mps_app.core.sign_in import (
    SignInNotTrusted,
)
from tests.adapters.oidc_errands import identify, with_claims
from tests.hostile_provider import CLIENT, Claims, HostileProvider, rsa_key
from tests.marks import rule

NOW = int(time.time())
HOSTILE_CLAIMS: dict[str, dict[str, object]] = {
    "another issuer": {"iss": "https://evil.example"},
    "no issuer": {"iss": None},
    "another audience": {"aud": "somebody else"},
    "no audience": {"aud": None},
    "an empty audience": {"aud": []},
    "an audience of another kind": {"aud": {"mps": 1}},
    "several audiences without azp": {"aud": [CLIENT, "somebody else"]},
    "azp of another": {"aud": [CLIENT, "somebody else"], "azp": "somebody else"},
    "azp of another, one audience": {"azp": "somebody else"},
    "another nonce": {"nonce": "replayed"},
    "no nonce": {"nonce": None},
    "nonce of another kind": {"nonce": ["x"]},
    "expired": {"exp": NOW - 120},
    "no expiry": {"exp": None},
    "expiry as text": {"exp": "2999-01-01"},
    "expiry as infinity": {"exp": float("inf")},
    "expiry as true": {"exp": True},
    "issued in the future": {"iat": NOW + 3_600},
    "no time of issue": {"iat": None},
    "not valid yet": {"nbf": NOW + 3_600},
    "no subject": {"sub": None},
    "an empty subject": {"sub": ""},
    "an endless subject": {"sub": "s" * 256},
    "a subject of another kind": {"sub": {"$ne": 1}},
    "hash of another access token": {"at_hash": "AAAAAAAAAAAAAAAAAAAAAA"},
    "access token hash of another kind": {"at_hash": {"a": 1}},
    "no name": {"given_name": None, "family_name": None},
    "names of another kind": {"given_name": {"x": 1}, "family_name": 7},
}


@rule("1.1")
@pytest.mark.parametrize("case", HOSTILE_CLAIMS)
def test_an_id_token_is_refused_with(provider: HostileProvider, case: str) -> None:
    provider.bend = with_claims(**HOSTILE_CLAIMS[case])
    with pytest.raises(SignInNotTrusted):
        identify(provider)


@rule("1.1")
def test_clocks_may_differ_by_a_minute_and_no_more(provider: HostileProvider) -> None:
    now = int(time.time())
    provider.bend = with_claims(exp=now - 30, iat=now + 30, nbf=now + 30)
    assert identify(provider)
    provider.bend = with_claims(exp=now - 90)
    with pytest.raises(SignInNotTrusted):
        identify(provider)


def _base64(content: bytes) -> str:
    return urlsafe_b64encode(content).decode().rstrip("=")


def _encoded(*parts: Claims) -> str:
    return ".".join(_base64(json.dumps(part).encode()) for part in parts)


def _unsigned(_provider: HostileProvider) -> Callable[[Claims], str]:
    return lambda claims: f"{_encoded({'alg': 'none'}, claims)}."


def _shared_secret(provider: HostileProvider) -> Callable[[Claims], str]:
    """Sign with the public key as if it were a secret (RFC 8725 2.1)."""
    public = provider.key.as_pem(private=False)

    def sign(claims: Claims) -> str:
        signed = _encoded({"alg": "HS256", "kid": provider.key.kid}, claims)
        return f"{signed}.{_base64(hmac.digest(public, signed.encode(), 'sha256'))}"

    return sign


def _client_secret(provider: HostileProvider) -> Callable[[Claims], str]:
    secret = OctKey.import_key(provider.settings().secret)
    header = {"alg": "HS256", "kid": provider.key.kid}
    return lambda claims: jwt.encode(header, claims, secret, algorithms=["HS256"])


def _stranger(provider: HostileProvider) -> Callable[[Claims], str]:
    """Sign with a key of one's own under the known key's name."""
    return lambda claims: provider.signed(claims, key=rsa_key(1), kid=str(provider.key.kid))


def _own_key_in_header(provider: HostileProvider) -> Callable[[Claims], str]:
    header = {"alg": "RS256", "kid": provider.key.kid, "jwk": rsa_key(1).as_dict(private=False)}
    return lambda claims: jwt.encode(header, claims, rsa_key(1), algorithms=["RS256"])


def _tampered(provider: HostileProvider) -> Callable[[Claims], str]:
    def sign(claims: Claims) -> str:
        head, _, signature = provider.signed(claims).split(".")
        return f"{head}.{_encoded({**claims, 'serial_number': 'PNOLV-020281-00020'})}.{signature}"

    return sign


def _weak_algorithm(provider: HostileProvider) -> Callable[[Claims], str]:
    return lambda claims: provider.signed(claims, alg="RS512")


def _unknown_key(provider: HostileProvider) -> Callable[[Claims], str]:
    return lambda claims: provider.signed(claims, kid="unknown")


def _nonsense(_provider: HostileProvider) -> Callable[[Claims], str]:
    return lambda _claims: "a.b.c"


@rule("1.1")
@pytest.mark.parametrize(
    "forgery",
    [
        _unsigned,
        _shared_secret,
        _client_secret,
        _stranger,
        _own_key_in_header,
        _tampered,
        _weak_algorithm,
        _unknown_key,
        _nonsense,
    ],
)
def test_a_forged_signature_is_refused(
    provider: HostileProvider, forgery: Callable[[HostileProvider], Callable[[Claims], str]]
) -> None:
    provider.sign = forgery(provider)
    with pytest.raises(SignInNotTrusted):
        identify(provider)


@rule("1.1")
@pytest.mark.parametrize("alg", ["RS256", "PS256", "ES256"])
def test_the_allowed_algorithms_are_accepted(provider: HostileProvider, alg: str) -> None:
    key = ECKey.generate_key("P-256", auto_kid=True) if alg == "ES256" else provider.key
    provider.published = KeySet([key])
    provider.sign = lambda claims: provider.signed(claims, alg=alg, key=key)
    assert identify(provider)


@rule("1.1")
def test_a_symmetric_key_in_the_published_set_is_no_key(provider: HostileProvider) -> None:
    shared = OctKey.import_key("0123456789abcdef0123456789abcdef", {"kid": "shared"})
    provider.published.as_dict = lambda **_: {"keys": [shared.as_dict(), provider.key.as_dict(private=False)]}  # type: ignore[method-assign,assignment]
    header = {"alg": "HS256", "kid": "shared"}
    provider.sign = lambda claims: jwt.encode(header, claims, shared, algorithms=["HS256"])
    with pytest.raises(SignInNotTrusted):
        identify(provider)
