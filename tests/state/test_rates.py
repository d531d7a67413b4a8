"""Floods are cut for each sender, and what browsers report fills no log."""

import logging

import pytest

from mps_app.state import rates
from mps_app.state.browser_errors import LONGEST, BrowserErrors
from mps_app.state.guard import _claimed
from mps_app.state.rates import Buckets


def test_a_sender_has_a_burst_and_then_a_rate() -> None:
    buckets = Buckets(rate=2, burst=5)
    assert [buckets.take("a", 100.0) for _ in range(7)] == [True] * 5 + [False] * 2
    assert buckets.take("b", 100.0)
    assert [buckets.take("a", 101.0) for _ in range(3)] == [True, True, False]


def test_senders_who_rested_are_forgotten_and_busy_ones_are_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rates, "_MOST_KEPT", 3)
    buckets = Buckets(rate=1, burst=2)
    for sender in ("rested", "also rested"):
        buckets.take(sender, 0.0)
    assert [buckets.take("busy", 9.9) for _ in range(3)] == [True, True, False]
    buckets.take("new", 10.0)
    assert set(buckets._levels) == {"busy", "new"}
    assert not buckets.take("busy", 10.0)


def test_what_a_browser_reports_is_one_bounded_line(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.WARNING)
    BrowserErrors().report(Exception("x\nCRITICAL forged\r\x1b[31m\u202e" + "y" * 5_000))
    (line,) = caplog.messages
    assert line.startswith("a browser reported: x CRITICAL forged [31my")
    assert len(line) <= LONGEST + 50


def test_a_flood_of_reports_is_counted_instead_of_written(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    caplog.set_level(logging.WARNING)
    moment = [1_000.0]
    monkeypatch.setattr("time.monotonic", lambda: moment[0])
    errors = BrowserErrors()
    for _ in range(500):
        errors.report(Exception("again"))
    assert caplog.messages == ["a browser reported: again"] * 20
    moment[0] += 60
    errors.report(Exception("later"))
    assert caplog.messages[20:] == ["browsers reported 480 more errors", "a browser reported: later"]


@pytest.mark.parametrize(
    "claims",
    [
        {"pathname": "x" * 10_000, "asPath": "y" * 10_000, "query": {"q": ["z"] * 10_000}},
        {"pathname": {"a": 1}, "asPath": ["b"], "query": "c"},
        {"headers": {"cookie": "mps_session=x"}, "ip": "1.2.3.4", "token": "t"},
        None,
        "text",
    ],
)
def test_nothing_is_kept_of_a_client_that_could_not_be_its_address(claims: object) -> None:
    assert _claimed(claims) == {}


def test_an_address_is_kept() -> None:
    said = {"pathname": "/katalogs", "asPath": "/katalogs?q=ā", "query": {"q": "ā"}}
    assert _claimed(said | {"ip": "1.2.3.4"}) == said
