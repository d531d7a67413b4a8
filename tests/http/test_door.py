"""What a door says when something unexpected happens: sorry to the reader, the place to the log."""

import logging

import httpx
import pytest

from mps_app.core.work import Work
from mps_app.services import my_training
from tests.marks import rule


@rule("6.2", "17.4")
def test_the_log_names_the_route_and_not_the_secret_in_its_address(
    browser: httpx.Client, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_work: Work, _token: str, _known: str) -> None:
        raise RuntimeError

    caplog.set_level(logging.ERROR)
    monkeypatch.setattr(my_training, "feed_of", fail)
    assert browser.get("/kalendars/secret-of-the-feed.ics").status_code == 500
    assert "unexpected, at /kalendars/{token}.ics" in caplog.messages
    assert "secret-of-the-feed" not in caplog.text
