"""Choosing the language leads back to one's own page, and nowhere else (17.2)."""

import httpx
import pytest

from mps_app.core.settings import settings
from tests.marks import rule


@rule("17.2")
@pytest.mark.parametrize(
    ("referer", "back"),
    [
        ("{own}/katalogs?q=x", "/katalogs?q=x"),
        ("{own}", "/"),
        ("{own}//evil.example", "/"),
        ("https://evil.example/katalogs", "/"),
        ("http://[oops", "/"),
        ("", "/"),
    ],
)
def test_the_choice_is_remembered_and_leads_back_to_an_own_page(browser: httpx.Client, referer: str, back: str) -> None:
    answer = browser.get("/valoda/en", headers={"Referer": referer.format(own=settings().address)})
    assert (answer.status_code, answer.headers["location"]) == (303, back)
    assert "mps_language=en" in answer.headers["set-cookie"]
