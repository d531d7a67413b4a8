"""The demo's provider keeps the protocol, and keeps out of production (1.2)."""

import subprocess
import sys
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from mps_app.core.settings import settings
from tests.http.journeys import ANNA, begin_sign_in, choose
from tests.marks import rule


def credentials() -> tuple[str, str]:
    client = settings().sign_in_provider
    return client.client_id, client.secret


def code_of(address: str) -> str:
    return parse_qs(urlsplit(address).query)["code"][0]


@rule("1.2")
def test_a_code_is_worth_nothing_without_verifier_client_or_address(site: str, browser: httpx.Client) -> None:
    code = code_of(choose(browser, begin_sign_in(browser), ANNA))
    right = {"grant_type": "authorization_code", "code": code, "redirect_uri": f"{site}/auth/callback"}
    for changed in ({}, {"code_verifier": "x" * 43}, {"redirect_uri": "https://evil.example"}, {"code": "x"}):
        answer = browser.post("/demo/oidc/token", data={**right, **changed}, auth=credentials())
        assert (answer.status_code, answer.json()) == (400, {"error": "invalid_grant"})
    for auth in (("mps", "guess"), ("other", credentials()[1])):
        assert browser.post("/demo/oidc/token", data=right, auth=auth).status_code == 401


@rule("1.2")
@pytest.mark.parametrize(
    "changed", [{"redirect_uri": "https://evil.example/callback"}, {"client_id": "other"}, {"redirect_uri": ""}]
)
def test_strangers_are_not_sent_back(browser: httpx.Client, changed: dict[str, str]) -> None:
    asked = {**begin_sign_in(browser), **changed}
    answer = browser.get("/demo/oidc/authorize", params=asked)
    assert answer.status_code == 400
    assert "location" not in answer.headers


@rule("1.2")
@pytest.mark.parametrize(
    "changed", [{"code_challenge_method": "plain"}, {"code_challenge": ""}, {"nonce": ""}, {"response_type": "token"}]
)
def test_the_flow_is_the_safe_one_or_none(browser: httpx.Client, changed: dict[str, str]) -> None:
    asked = {**begin_sign_in(browser), **changed}
    assert "error=" in browser.get("/demo/oidc/authorize", params=asked).headers["location"]


@rule("1.2")
def test_userinfo_wants_a_token_of_its_own(browser: httpx.Client) -> None:
    code = code_of(choose(browser, begin_sign_in(browser), ANNA))
    for authorization in ("", "Bearer x", f"Bearer {code}", "Basic x"):
        answer = browser.get("/demo/oidc/userinfo", headers={"Authorization": authorization})
        assert answer.status_code == 401


@rule("1.2")
def test_signing_out_leads_only_back_to_the_site(site: str, browser: httpx.Client) -> None:
    answer = browser.get("/demo/oidc/end_session", params={"post_logout_redirect_uri": "https://evil.example/"})
    assert answer.headers["location"] == site


@rule("1.2")
@pytest.mark.parametrize("module", ["mps_app.demo.provider", "mps_app.demo"])
def test_production_refuses_even_to_import_it(module: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MPS_ENV", "production")
    program = f"import {module} as m; m.routes() if hasattr(m, 'routes') else None"
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert ended.returncode != 0
    assert "production" in ended.stderr
