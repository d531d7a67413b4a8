"""The OpenID Connect client keeps the protocol, whatever the provider does (1.1)."""

import secrets
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from joserfc.jwk import KeySet
from starlette.responses import JSONResponse, PlainTextResponse, Response

from mps_app.adapters.oidc import OidcProvider
from mps_app.core.errors import DomainError
from mps_app.core.sign_in import (
    Answer,
    Errand,
    ProviderUnavailable,
    SignInDeclined,
    SignInNotTrusted,
)
from tests.adapters.oidc_errands import CALLBACK, errand, identify, with_claims
from tests.hostile_provider import CLIENT, Claims, HostileProvider, rsa_key
from tests.marks import rule


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

    provider.sign = lambda claims: provider.signed(claims, kid="unknown")
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
