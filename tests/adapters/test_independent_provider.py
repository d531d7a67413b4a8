"""The same client against a provider that other people wrote and had certified (npm ``oidc-provider``)."""

import secrets
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from joserfc.jwk import ECKey

from mps_app.adapters.oidc import OidcProvider
from mps_app.core.settings import OidcSettings
from mps_app.core.sign_in import Answer, Errand, SignInNotTrusted
from tests.marks import rule
from tests.oidc_provider import independent_provider

CALLBACK = "https://mps.example/auth/callback"
CLIENT_KEY = ECKey.generate_key("P-256", auto_kid=True)


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    """The address of the independent provider."""
    with independent_provider(CLIENT_KEY) as address:
        yield address


@pytest.fixture(params=["client_secret_basic", "private_key_jwt"])
def client(request: pytest.FixtureRequest, issuer: str, tmp_path: Path) -> OidcProvider:
    """Our client, known to the provider by a secret or by a key."""
    if request.param == "client_secret_basic":
        return OidcProvider(
            OidcSettings(issuer=issuer, client_id="by secret:1", client_secret="a secret: %+&/="), CALLBACK
        )
    pem = tmp_path / "client.pem"
    pem.write_bytes(CLIENT_KEY.as_pem(private=True))
    return OidcProvider(OidcSettings(issuer=issuer, client_id="by-key", client_key_file=pem), CALLBACK)


def errand() -> Errand:
    return Errand(secrets.token_urlsafe(32), secrets.token_urlsafe(32), secrets.token_urlsafe(48))


def go(address: str) -> dict[str, str]:
    """Follow the provider's redirects until it sends the browser back; return what it says."""
    with httpx.Client() as browser:
        for _ in range(10):
            answer = browser.get(address)
            address = str(answer.url.join(answer.headers["location"]))
            if address.startswith(CALLBACK):
                return {name: value[0] for name, value in parse_qs(urlsplit(address).query).items()}
    raise AssertionError(address)


def said(query: dict[str, str]) -> Answer:
    return Answer(query.get("code", ""), query.get("error", ""), query.get("iss", ""))


@rule("1.1")
def test_a_person_is_identified(client: OidcProvider, issuer: str) -> None:
    sent = errand()
    query = go(client.sign_in_address(sent))
    assert query["state"] == sent.state
    person = client.identify(sent, said(query))
    assert (person.issuer, person.subject, person.personal_code) == (issuer, "anna", "01018000012")
    assert (person.given_name, person.family_name) == ("Anna", "Paraudziņa-Kalniņa")


@rule("1.1")
def test_a_code_is_worth_nothing_with_another_verifier_or_twice(client: OidcProvider) -> None:
    sent, other = errand(), errand()
    with pytest.raises(SignInNotTrusted):
        client.identify(Errand(sent.state, sent.nonce, other.verifier), said(go(client.sign_in_address(sent))))
    query = go(client.sign_in_address(sent))
    client.identify(sent, said(query))
    with pytest.raises(SignInNotTrusted):
        client.identify(sent, said(query))


@rule("1.1")
def test_an_answer_for_another_errand_is_refused(client: OidcProvider) -> None:
    sent, other = errand(), errand()
    query = go(client.sign_in_address(sent))
    with pytest.raises(SignInNotTrusted):
        client.identify(Errand(sent.state, other.nonce, sent.verifier), said(query))


@rule("1.4")
def test_signing_out_there_too(client: OidcProvider, issuer: str) -> None:
    sent = errand()
    person = client.identify(sent, said(go(client.sign_in_address(sent))))
    address = client.sign_out_address(person.id_token, "https://mps.example/iziets")
    assert address.startswith(f"{issuer}/session/end?")
    assert httpx.get(address).status_code == 200  # it asks; a wrong hint or address would be refused
    assert httpx.get(client.sign_out_address(person.id_token, "https://evil.example/")).status_code == 400
