"""What a stranger can try on the event socket: none of it works (rule 1.4, invariant 8)."""

import asyncio
import json

import aiohttp
import pytest

from tests.conftest import Live
from tests.event_client import ROOT, UPDATE_VARS, EventClient, event_name
from tests.marks import rule
from tests.strangers.conftest import SignedIn, tab

TELL = event_name("mps_app.state.notice", "NoticeState", "tell")
BROWSER_ERRORS = f"{ROOT}.reflex___state____frontend_event_exception_state"
PERSON = "SignedInState.person"
TAB = "11111111-2222-4333-8444-555555555555"
MOMENT = 0.4  # a socket's end reaches the server


@rule("1.4")
async def test_a_tab_token_without_its_session_cookie_opens_an_empty_tree(
    live: Live, victim: SignedIn, attacker: SignedIn
) -> None:
    async with tab(live, victim, token=TAB) as own:
        await own.open("/")
        await own.call(TELL, until="NoticeState.notice", text="only for Anna")
        assert own.var(PERSON)["full_name"] == "Anna Paraudziņa"
    await asyncio.sleep(MOMENT)
    for thief in (None, attacker):
        async with tab(live, thief, token=TAB) as stolen:
            await stolen.open("/")
            assert "only for Anna" not in stolen.everything()
            assert "Anna" not in stolen.everything()


@rule("1.4")
async def test_the_token_that_the_state_knows_opens_nothing_either(live: Live, victim: SignedIn) -> None:
    async with tab(live, victim) as own:
        await own.open("/")
        bound = own.var("rx_router_session")["client_token"]
    await asyncio.sleep(MOMENT)
    async with tab(live, token=bound[:64]) as stolen:
        await stolen.open("/")
        assert "Anna" not in stolen.everything()


@rule("1.4")
async def test_ending_a_session_ends_it_in_an_open_tab_at_once(live: Live, victim: SignedIn) -> None:
    from mps_app.core.actor import SYSTEM
    from mps_app.core.work import begin
    from mps_app.services.identity import token_hash

    async with tab(live, victim) as own:
        await own.open("/")
        with begin(SYSTEM) as work:
            from sqlalchemy import text

            work.db.execute(
                text("UPDATE sign_in SET ended_at = now() WHERE token_hash = :hash"),
                {"hash": token_hash(victim.token)},
            )
        load = event_name("mps_app.state.signed_in", "SignedInState", "load")
        await own.call(load, until=PERSON)
        assert own.var(PERSON)["is_signed_in"] is False


async def test_a_forged_cookie_in_the_event_is_not_believed(live: Live, victim: SignedIn) -> None:
    async with tab(live) as visitor:
        await visitor.open("/")
        forged = {**visitor.router_data(), "headers": {"cookie": victim.cookie}, "token": TAB, "ip": "1.2.3.4"}
        await visitor.send(event_name("mps_app.state.signed_in", "SignedInState", "load"), forged)
        await visitor.settle()
        assert "Anna" not in visitor.everything()
        assert "1.2.3.4" not in visitor.everything()


@pytest.mark.parametrize(
    ("name", "payload"),
    [
        (f"{ROOT}.setvar", {"var_name": "is_hydrated", "value": False}),
        (event_name("mps_app.state.notice", "NoticeState", "setvar"), {"var_name": "notice", "value": "x"}),
        (event_name("mps_app.state.notice", "NoticeState", "set_notice"), {"value": "x"}),
        (event_name("mps_app.state.notice", "NoticeState", "_show"), {"text": "x", "tone": "bad"}),
        (event_name("mps_app.state.home", "HomeState", "_ask"), {}),
        (UPDATE_VARS, {"vars": {f"{ROOT}.mps_app___state___notice____notice_state.notice_rx_state_": {"text": "x"}}}),
        ("_redirect", {"path": "https://elsewhere.example"}),
    ],
)
async def test_nothing_but_marked_handlers_can_be_called(live: Live, name: str, payload: dict[str, object]) -> None:
    async with tab(live) as visitor:
        await visitor.open("/")
        before = json.dumps(visitor.state, sort_keys=True)
        await visitor.send(name, **payload)
        await visitor.settle()
        assert json.dumps(visitor.state, sort_keys=True) == before
        assert visitor.answers == []


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://localhost:1"])
async def test_a_foreign_page_cannot_open_the_socket_or_read_a_route(live: Live, origin: str) -> None:
    with pytest.raises(ConnectionError):
        async with EventClient(live.address, origin=origin) as foreign:
            await foreign.open("/")
    async with aiohttp.ClientSession() as http, http.get(live.address + "/", headers={"Origin": origin}) as answer:
        assert "access-control-allow-origin" not in answer.headers


@pytest.mark.parametrize("token", ["short", "x" * 200])
async def test_a_token_of_odd_length_is_refused(live: Live, token: str) -> None:
    with pytest.raises((ConnectionError, TimeoutError)):
        async with EventClient(live.address, token=token) as odd:
            await odd.open("/", timeout=2)


async def test_a_flood_of_events_is_cut(live: Live) -> None:
    async with tab(live) as flood:
        await flood.open("/")
        for _ in range(500):
            await flood.send(TELL, text="flood")
        await flood.settle()
        assert 0 < flood.var("NoticeState.notice")["number"] < 250


async def test_an_event_larger_than_any_form_ends_the_socket(live: Live) -> None:
    async with tab(live) as large:
        await large.open("/")
        shown = large.expect(lambda delta: any("number" in str(values) for values in delta.values()))
        await large.send(TELL, text="x" * 100_000)
        with pytest.raises(ConnectionError):
            await asyncio.wait_for(shown, 10)


async def test_files_cannot_be_uploaded_past_the_app(live: Live, victim: SignedIn) -> None:
    headers = {"Reflex-Client-Token": TAB, "Reflex-Event-Handler": TELL}
    async with aiohttp.ClientSession() as http, http.post(live.address + "/_upload", headers=headers) as answer:
        assert answer.status in {404, 405}


async def test_garbage_is_dropped_and_the_socket_lives(live: Live) -> None:
    async with tab(live) as visitor:
        await visitor.open("/")
        for garbage in ("text", [1, 2], None, {"name": None}, {"name": {"a": 1}}, {"name": TELL, "payload": 3}):
            await visitor.send_raw(garbage)
        await visitor.call(TELL, until="NoticeState.notice", text="alive")
        assert visitor.var("NoticeState.notice")["text"] == "alive"


async def test_the_log_keeps_no_cookie_and_no_payload(live: Live, victim: SignedIn) -> None:
    async with tab(live, victim) as own:
        await own.open("/")
        await own.send("no.such.handler", password="SECRET-ONE")
        await own.send(TELL, text={"password": "SECRET-TWO"}, unknown=1)
        await own.settle()
    said = live.system.log
    assert victim.token not in said
    assert "SECRET-ONE" not in said
    assert "SECRET-TWO" not in said


async def test_a_reported_error_forges_no_line_of_the_log(live: Live) -> None:
    async with tab(live) as visitor:
        await visitor.open("/")
        info = "MARKED\nCRITICAL forged by a browser\n" + "x" * 50_000
        await visitor.send(f"{BROWSER_ERRORS}.handle_frontend_exception", info=info, component_stack="MARKED STACK")
        await visitor.settle()
    (line,) = [line for line in live.system.log.splitlines() if "MARKED" in line]
    assert "CRITICAL forged by a browser" in line
    assert len(line) < 2_000


async def test_security_headers_stand_on_every_answer(live: Live) -> None:
    async with aiohttp.ClientSession() as http:
        for path in ("/", "/katalogs", "/health/live", "/no/such/page", "/tokens.css"):
            async with http.get(live.address + path) as answer:
                policy = answer.headers["content-security-policy"]
                assert "unsafe-eval" not in policy
                assert "'unsafe-inline'" not in policy.split("style-src")[0]
                assert "frame-ancestors 'none'" in policy
                assert answer.headers["x-content-type-options"] == "nosniff"
