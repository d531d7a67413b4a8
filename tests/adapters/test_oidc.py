"""The OpenID Connect client believes nothing that it did not verify (1.1)."""

import hmac
import json
import secrets
import time
from base64 import urlsafe_b64encode
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from joserfc import jwt
from joserfc.jwk import ECKey, KeySet, OctKey
from starlette.responses import JSONResponse, PlainTextResponse, Response

from mps_app.adapters.oidc import OidcProvider
from mps_app.adapters.oidc_claims import title_case
from mps_app.core.errors import DomainError
from mps_app.core.sign_in import (
    Answer,
    AssertedPerson,
    AssuranceTooLow,
    Errand,
    NotPrivatePerson,
    ProviderUnavailable,
    SignInDeclined,
    SignInNotTrusted,
)
from tests.hostile_provider import CLIENT, HIGH, Claims, HostileProvider, rsa_key
from tests.marks import rule

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


@rule("1.1")
def test_an_honest_answer_names_the_person(provider: HostileProvider) -> None:
    person = identify(provider)
    assert person.personal_code == "01018000012"
    assert (person.given_name, person.family_name) == ("Anna Marija", "Paraudziņa-O'Hara")
    assert (person.issuer, person.subject) == (provider.issuer, "subject-1")
    assert person.id_token.count(".") == 2


@rule("1.1")
def test_the_request_carries_pkce_state_nonce_and_language(provider: HostileProvider) -> None:
    client = OidcProvider(provider.settings(acr_values="urn:strong"), CALLBACK)
    sent = errand(provider)
    address = urlsplit(client.sign_in_address(sent))
    asked = {name: value[0] for name, value in parse_qs(address.query).items()}
    assert f"{address.scheme}://{address.netloc}{address.path}" == f"{provider.issuer}/authorize"
    assert asked == {
        "response_type": "code",
        "client_id": CLIENT,
        "redirect_uri": CALLBACK,
        "scope": "openid profile",
        "state": "state",
        "nonce": sent.nonce,
        "code_challenge": create_s256_code_challenge(sent.verifier),
        "code_challenge_method": "S256",
        "ui_locales": "lv",
        "acr_values": "urn:strong",
    }


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


@rule("1.1")
def test_a_code_without_our_verifier_is_worth_nothing(provider: HostileProvider) -> None:
    client = OidcProvider(provider.settings(), CALLBACK)
    mine = errand(provider)
    injected = Errand(mine.state, mine.nonce, secrets.token_urlsafe(48))
    with pytest.raises(SignInNotTrusted):
        client.identify(injected, Answer("stolen code", issuer=provider.issuer))


@rule("1.1")
@pytest.mark.parametrize("issuer", ["", "https://evil.example"])
def test_an_answer_must_name_its_issuer_when_the_provider_says_it_does(provider: HostileProvider, issuer: str) -> None:
    client = OidcProvider(provider.settings(), CALLBACK)
    with pytest.raises(SignInNotTrusted):
        client.identify(errand(provider), Answer("code", issuer=issuer))
    assert "token" not in provider.asked


@rule("1.1")
def test_a_provider_that_never_names_itself_may_stay_silent(provider: HostileProvider) -> None:
    del provider.metadata["authorization_response_iss_parameter_supported"]
    client = OidcProvider(provider.settings(), CALLBACK)
    assert client.identify(errand(provider), Answer("code"))


@rule("1.1")
def test_a_provider_whose_discovery_names_another_issuer_is_not_used(provider: HostileProvider) -> None:
    provider.metadata["issuer"] = "https://evil.example"
    with pytest.raises(ProviderUnavailable):
        OidcProvider(provider.settings(), CALLBACK).sign_in_address(errand(provider))


@rule("1.1")
@pytest.mark.parametrize("endpoint", ["token_endpoint", "jwks_uri", "authorization_endpoint"])
@pytest.mark.parametrize("address", ["http://evil.example/x", "javascript:alert(1)", "", None, 7])
def test_secrets_go_nowhere_unsafe(provider: HostileProvider, endpoint: str, address: object) -> None:
    provider.metadata[endpoint] = address
    client = OidcProvider(provider.settings(), CALLBACK)

    def go_and_come_back() -> None:
        client.sign_in_address(errand(provider))
        client.identify(errand(provider), Answer("code", issuer=provider.issuer))

    with pytest.raises(ProviderUnavailable):
        go_and_come_back()


@rule("1.1")
@pytest.mark.parametrize("userinfo", [{"sub": "another"}, {}, [], "x", None])
def test_userinfo_of_another_subject_is_refused(provider: HostileProvider, userinfo: object) -> None:
    provider.userinfo = userinfo
    with pytest.raises(SignInNotTrusted):
        identify(provider)


@rule("1.1")
def test_userinfo_adds_and_never_overrides(provider: HostileProvider) -> None:
    del provider.claims["given_name"]
    provider.userinfo = {"sub": "subject-1", "given_name": "Zane", "serial_number": "PNOLV-020281-00020"}
    person = identify(provider)
    assert (person.given_name, person.personal_code) == ("Zane", "01018000012")


@rule("1.1")
@pytest.mark.parametrize(
    "answer",
    [
        lambda said: JSONResponse({**said, "id_token": None}),
        lambda said: JSONResponse({**said, "id_token": 7}),
        lambda said: JSONResponse({**said, "access_token": None}),
        lambda _: JSONResponse({"error": "invalid_grant"}, status_code=400),
        lambda _: JSONResponse([]),
        lambda _: PlainTextResponse("<html>", status_code=200),
        lambda _: PlainTextResponse("gateway", status_code=502),
    ],
)
def test_whatever_the_token_endpoint_answers_nobody_is_signed_in(
    provider: HostileProvider, answer: Callable[[Claims], Response]
) -> None:
    provider.token_answer = answer
    with pytest.raises((SignInNotTrusted, ProviderUnavailable)):
        identify(provider)


@rule("1.1")
def test_keys_are_kept_and_looked_up_once_more_for_an_unknown_one_then_not_again(
    provider: HostileProvider,
) -> None:
    client = OidcProvider(provider.settings(), CALLBACK)
    moments = [0.0]
    client._directory._clock = lambda: moments[0]
    for _ in range(3):
        assert client.identify(errand(provider), Answer("code", issuer=provider.issuer))
    assert provider.asked.count("jwks") == 1
    assert provider.asked.count("metadata") == 1

    provider.key = rsa_key(1)  # the provider changes its key
    provider.published = KeySet([provider.key])
    moments[0] = 31.0
    assert client.identify(errand(provider), Answer("code", issuer=provider.issuer))
    assert provider.asked.count("jwks") == 2

    provider.sign = _unknown_key(provider)
    for _ in range(5):
        with pytest.raises(SignInNotTrusted):
            client.identify(errand(provider), Answer("code", issuer=provider.issuer))
    assert provider.asked.count("jwks") == 2


@rule("1.1")
def test_a_provider_without_discovery_is_described_by_its_endpoints(provider: HostileProvider) -> None:
    endpoints = {
        "endpoint_authorize": f"{provider.issuer}/authorize",
        "endpoint_token": f"{provider.issuer}/token",
        "endpoint_jwks": f"{provider.issuer}/jwks",
    }
    assert identify(provider, **endpoints)
    assert "metadata" not in provider.asked
    assert "userinfo" not in provider.asked


@rule("1.1")
@pytest.mark.parametrize(
    ("acr", "refused"),
    [
        (HIGH, False),
        ("http://eidas.europa.eu/LoA/substantial", False),
        ("http://eidas.europa.eu/LoA/low", True),
        ("urn:something:unknown", True),
        (None, True),
        (["x"], True),
    ],
)
def test_a_weak_or_unknown_assurance_is_refused(provider: HostileProvider, acr: object, refused: bool) -> None:  # noqa: FBT001
    provider.bend = with_claims(acr=acr)
    if not refused:
        assert identify(provider)
        return
    with pytest.raises(AssuranceTooLow):
        identify(provider)
    assert identify(provider, min_loa="")


@rule("1.1")
def test_what_a_providers_words_mean_is_configuration(provider: HostileProvider) -> None:
    provider.bend = with_claims(acr=None, citizenQAALevel=4)
    assert identify(provider, claim_loa=["citizenQAALevel"], acr_loa={"4": "high"}, min_loa="high")


@rule("1.3")
@pytest.mark.parametrize(
    "code",
    ["PK:07017010000-UR:40003627089", "AU:100001-PK:01018000012", "x@inbox.example", "PNOEE-39901010001", 1018000012],
)
def test_only_private_persons_come_in(provider: HostileProvider, code: object) -> None:
    provider.claims["serial_number"] = code
    with pytest.raises(NotPrivatePerson):
        identify(provider)


@rule("1.3")
def test_former_codes_come_along(provider: HostileProvider) -> None:
    provider.claims["historical_personal_codes"] = ["PK:02028100020", "rubbish", "010180-00012", 7]
    assert identify(provider).historical_codes == ("02028100020",)


@rule("1.1")
def test_claims_are_mapped_by_configuration(provider: HostileProvider) -> None:
    provider.claims |= {"pk": "39999900010", "vards": "Ieva", "uzvards": "Šķēle"}
    person = identify(provider, claim_code=["pk"], claim_given_name=["vards"], claim_family_name=["uzvards"])
    assert (person.personal_code, person.given_name, person.family_name) == ("39999900010", "Ieva", "Šķēle")


@rule("1.1")
@pytest.mark.parametrize(
    ("error", "refusal"),
    [
        ("access_denied", SignInDeclined),
        ("login_required", SignInDeclined),
        ("temporarily_unavailable", ProviderUnavailable),
        ("server_error", ProviderUnavailable),
        ("<script>", ProviderUnavailable),
    ],
)
def test_what_the_provider_refuses_is_said_in_words(
    provider: HostileProvider, error: str, refusal: type[DomainError]
) -> None:
    client = OidcProvider(provider.settings(), CALLBACK)
    with pytest.raises(refusal):
        client.identify(errand(provider), Answer(error=error, issuer=provider.issuer))


@rule("1.1")
def test_refusals_are_logged_under_a_reference_without_tokens(
    provider: HostileProvider, caplog: pytest.LogCaptureFixture
) -> None:
    provider.bend = with_claims(nonce="hostile-nonce")
    with pytest.raises(SignInNotTrusted) as refusal:
        identify(provider)
    assert str(refusal.value.facts["reference"]) in caplog.text
    assert "nonce" in caplog.text
    for secret in ("hostile-nonce", "eyJ", "010180", "access"):
        assert secret not in caplog.text


@rule("1.1")
def test_a_provider_that_is_down_is_said_to_be_down(provider: HostileProvider) -> None:
    settings = provider.settings().model_copy(update={"issuer": "http://localhost:1"})
    with pytest.raises(ProviderUnavailable):
        OidcProvider(settings, CALLBACK).sign_in_address(errand(provider))
    assert OidcProvider(settings, CALLBACK).sign_out_address("hint", "https://mps.example/") == ""


@rule("1.4")
def test_signing_out_there_too(provider: HostileProvider) -> None:
    address = OidcProvider(provider.settings(), CALLBACK).sign_out_address("hint", "https://mps.example/iziets")
    assert address.startswith(f"{provider.issuer}/logout?x=1&id_token_hint=hint&client_id=mps%3Aklients&")
    assert "post_logout_redirect_uri=https%3A%2F%2Fmps.example%2Fiziets" in address
    own = provider.settings(logout_template="https://idp.example/logout?redirect_uri={address}")
    assert OidcProvider(own, CALLBACK).sign_out_address("hint", "https://mps.example/iziets") == (
        "https://idp.example/logout?redirect_uri=https%3A%2F%2Fmps.example%2Fiziets"
    )


@rule("1.1")
@pytest.mark.parametrize(
    ("came", "shown"),
    [
        ("ANNA", "Anna"),
        ("ANNA MARIJA", "Anna Marija"),
        ("BĒRZIŅA-ĶĪSE", "Bērziņa-Ķīse"),
        ("O'HARA", "O'Hara"),
        ("Anna", "Anna"),
        ("van der Berg", "van der Berg"),
        ("MacDonald", "MacDonald"),
        ("", ""),
        ("李", "李"),
    ],
)
def test_names_in_capitals_are_written_as_names(came: str, shown: str) -> None:
    assert title_case(came) == shown
