"""Signing in over real HTTP: through the demo's provider, by the very client that serves Latvija.lv (1.1-1.4)."""

from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from sqlmodel import select

from mps_app.core.actor import NOBODY, Actor, Role
from mps_app.core.settings import settings
from mps_app.core.work import begin
from mps_app.models import Person, SignIn, SignInAttempt
from mps_app.services import identity
from tests.conftest import Clock
from tests.http.journeys import ANNA, PETERIS, begin_sign_in, choose, sign_in
from tests.marks import rule


def who(browser: httpx.Client) -> Actor:
    with begin(NOBODY) as work:
        return identity.actor_of(work, browser.cookies.get("mps_session", ""))


def name_of(browser: httpx.Client) -> str:
    with begin(NOBODY) as work:
        return work.db.get_one(Person, who(browser).person_id).full_name


@rule("1.1")
@rule("1.2")
def test_a_person_signs_in_and_returns_to_where_they_were(browser: httpx.Client) -> None:
    answer = sign_in(browser, return_to="/katalogs?q=datu%20aizsardz%C4%ABba")
    assert answer.status_code == 303
    assert answer.headers["location"] == "/katalogs?q=datu%20aizsardz%C4%ABba"
    assert name_of(browser) == ANNA.full_name  # the provider sent it in capitals


@rule("1.2")
def test_every_sample_person_has_a_button_with_name_and_purpose(browser: httpx.Client) -> None:
    page = browser.get(browser.get("/auth/start").headers["location"]).text
    from mps_app.demo.persons import sample_persons

    for person in sample_persons():
        assert f"<b>{person.full_name}</b>" in page
        assert person.purpose in page


@rule("1.4")
def test_the_session_cookie_is_out_of_reach_for_scripts_and_other_sites(browser: httpx.Client) -> None:
    cookies = sign_in(browser).headers.get_list("set-cookie")
    session = next(cookie for cookie in cookies if cookie.startswith("mps_session="))
    assert "HttpOnly" in session
    assert "SameSite=lax" in session
    assert "Path=/" in session
    assert "Domain" not in session


@rule("1.4")
def test_over_tls_the_cookie_is_secure_and_bound_to_the_host(
    browser: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = begin_sign_in(browser)
    monkeypatch.setenv("MPS_PUBLIC_URL", "https://mps.example")
    settings.cache_clear()
    assert settings().session_cookie == "__Host-mps_session"
    cookie = browser.get("/auth/start").headers["set-cookie"]
    assert cookie.startswith("__Host-mps_attempt=")
    assert "Secure" in cookie
    assert asked


@rule("1.1")
def test_an_answer_for_another_browser_is_refused_and_signs_nobody_in(
    browser: httpx.Client, another_browser: httpx.Client
) -> None:
    address = choose(browser, begin_sign_in(browser), ANNA)
    begin_sign_in(another_browser)
    refused = another_browser.get(address)
    assert refused.status_code == 400
    assert "citā pārlūkā" in refused.text
    assert not who(another_browser).is_signed_in


@rule("1.1")
def test_an_answer_counts_once(browser: httpx.Client) -> None:
    address = choose(browser, begin_sign_in(browser), ANNA)
    assert browser.get(address).status_code == 303
    assert browser.get(address).status_code == 400


@rule("1.1")
def test_an_answer_after_ten_minutes_is_too_late(browser: httpx.Client, clock: Clock) -> None:
    address = choose(browser, begin_sign_in(browser), ANNA)
    clock.advance(minutes=11)
    assert browser.get(address).status_code == 400


@rule("1.1")
@pytest.mark.parametrize(
    "query",
    ["", "?state=", "?code=x", "?state=unknown&code=x", "?state=%00&code=%00", "?state=a&state=b", "?error=<script>"],
)
def test_nonsense_at_the_callback_is_refused_in_words(browser: httpx.Client, query: str) -> None:
    begin_sign_in(browser)
    answer = browser.get(f"/auth/callback{query}")
    assert answer.status_code == 400
    assert "<script>" not in answer.text
    assert not who(browser).is_signed_in


@rule("1.1")
def test_giving_up_at_the_provider_is_said_in_words_and_can_be_tried_again(browser: httpx.Client) -> None:
    answer = browser.get(choose(browser, begin_sign_in(browser, "/katalogs"), None))
    assert answer.status_code == 403
    assert "Pieslēgšanās netika pabeigta" in answer.text
    assert 'href="/auth/start?return_to=%2Fkatalogs"' in answer.text


@rule("1.1")
def test_refusals_are_said_in_the_readers_language(browser: httpx.Client) -> None:
    browser.cookies.set("mps_language", "en")
    assert "expired or was started in another browser" in browser.get("/auth/callback?state=x").text


@rule("1.1")
@pytest.mark.parametrize(
    "target",
    ["https://evil.example", "//evil.example", "/\\evil.example", "javascript:alert(1)", "/auth/sign-out", "/a\r\nb"],
)
def test_nobody_is_led_to_another_site(browser: httpx.Client, target: str) -> None:
    assert sign_in(browser, return_to=target).headers["location"] in {"/", "/profils"}


@rule("1.4")
def test_a_session_that_somebody_planted_is_not_taken_over(browser: httpx.Client) -> None:
    browser.cookies.set("mps_session", "planted")
    sign_in(browser)
    assert browser.cookies.get("mps_session", domain="localhost.local") != "planted"
    with begin(NOBODY) as work:
        assert not identity.actor_of(work, "planted").is_signed_in


@rule("1.4")
def test_who_is_signed_in_already_in_another_tab_goes_on_with_that_session(browser: httpx.Client) -> None:
    sign_in(browser)
    before = who(browser)
    answer = browser.get("/auth/start", params={"return_to": "/pieteikumi"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/pieteikumi")
    assert who(browser).sign_in_id == before.sign_in_id


@rule("1.4")
def test_signing_out_ends_the_session_here_and_at_the_provider(site: str, browser: httpx.Client) -> None:
    sign_in(browser)
    token = browser.cookies["mps_session"]
    answer = browser.post("/auth/sign-out", headers={"Origin": site})
    there = urlsplit(answer.headers["location"])
    assert there.path == "/demo/oidc/end_session"
    asked = parse_qs(there.query)
    assert asked["post_logout_redirect_uri"] == [f"{site}/iziets"]
    assert asked["id_token_hint"][0].count(".") == 2
    assert "mps_session" not in browser.cookies
    with begin(NOBODY) as work:  # any tab, any thief
        assert not identity.actor_of(work, token).is_signed_in
    assert browser.get(answer.headers["location"]).headers["location"] == f"{site}/iziets"


@rule("1.4")
@pytest.mark.parametrize(
    "headers",
    [{"Origin": "https://evil.example"}, {"Origin": "null"}, {}, {"Sec-Fetch-Site": "cross-site"}],
)
def test_no_other_site_can_sign_a_person_out(browser: httpx.Client, headers: dict[str, str]) -> None:
    sign_in(browser)
    assert browser.post("/auth/sign-out", headers=headers).status_code == 403
    assert browser.get("/auth/sign-out").status_code == 405
    assert who(browser).is_signed_in


@rule("1.4")
def test_signing_out_twice_is_signing_out(site: str, browser: httpx.Client) -> None:
    answer = browser.post("/auth/sign-out", headers={"Origin": site})
    assert (answer.status_code, answer.headers["location"]) == (303, "/iziets")


@rule("1.5")
def test_without_an_email_the_first_sign_in_leads_to_the_profile(browser: httpx.Client) -> None:
    assert sign_in(browser, PETERIS).headers["location"] == "/profils"


@rule("1.3")
def test_signing_in_twice_is_one_person_with_two_sessions(browser: httpx.Client, another_browser: httpx.Client) -> None:
    sign_in(browser)
    sign_in(another_browser)
    assert who(browser).person_id == who(another_browser).person_id
    with begin(NOBODY) as work:
        rows = work.db.exec(select(SignIn)).all()
        assert len(rows) == 2
        assert {row.user_agent for row in rows} >= {"Firefox/140.0 (Windows)"}


@rule("1.1")
def test_two_tabs_can_sign_in_at_once(browser: httpx.Client) -> None:
    first, second = begin_sign_in(browser, "/katalogs"), begin_sign_in(browser, "/profils")
    assert browser.get(choose(browser, first, ANNA)).headers["location"] == "/katalogs"
    assert browser.get(choose(browser, second, ANNA)).headers["location"] == "/profils"


@rule("1.2")
def test_roles_never_come_from_the_provider(browser: httpx.Client) -> None:
    from mps_app.demo.persons import sample_persons

    administrator = next(person for person in sample_persons() if person.role == "administrator")
    sign_in(browser, administrator)
    assert Role.ADMIN not in who(browser).roles


@rule("1.1")
def test_nothing_of_an_attempt_is_readable_in_the_browser(browser: httpx.Client) -> None:
    asked = begin_sign_in(browser)
    with begin(NOBODY) as work:
        attempt = work.db.exec(select(SignInAttempt)).one()
    assert attempt.verifier not in str(asked)
    assert browser.cookies["mps_attempt"] not in attempt.model_dump_json()
