"""What a person does with a browser at the doors of signing in."""

from urllib.parse import parse_qsl, urlsplit

import httpx

from mps_app.demo.persons import SamplePerson, sample_persons

ANNA = sample_persons()[0]
PETERIS = sample_persons()[1]


def begin_sign_in(browser: httpx.Client, return_to: str = "/") -> dict[str, str]:
    """Go to the provider; return what it was asked."""
    answer = browser.get("/auth/start", params={"return_to": return_to})
    assert answer.status_code == 303, answer.text
    address = answer.headers["location"]
    assert urlsplit(address).path == "/demo/oidc/authorize"
    page = browser.get(address)
    assert "DEMO PIESLĒGŠANĀS" in page.text
    return dict(parse_qsl(urlsplit(address).query))


def choose(browser: httpx.Client, asked: dict[str, str], person: SamplePerson | None) -> str:
    """Press a person's button (or *Atcelt*); return where the provider sends the browser."""
    chosen = {**asked, "person": person.personal_code if person else ""}
    return str(browser.post("/demo/oidc/authorize", data=chosen).headers["location"])


def sign_in(browser: httpx.Client, person: SamplePerson = ANNA, return_to: str = "/") -> httpx.Response:
    """Sign in from the first press to the page that one returns to."""
    return browser.get(choose(browser, begin_sign_in(browser, return_to), person))
