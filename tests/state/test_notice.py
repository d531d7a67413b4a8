"""A notice is read on one page and does not follow its reader to others (17.4)."""

from typing import Any
from urllib.parse import urlsplit

import reflex as rx
from reflex.istate.data import RouterData

from mps_app.pages.site_map import NOT_FOUND, PAGES
from mps_app.state.notice import NoticeState
from tests.marks import rule

LIST, ROSTER = "/iestade/pieteikumi", "/iestade/darbinieki"


def at(state: rx.State, address: str) -> Any:  # Any: Reflex's handlers are called by themselves
    """Let the browser be at an address."""
    said = {"headers": {"origin": "http://localhost"}, "pathname": urlsplit(address).path, "asPath": address}
    state.router = RouterData.from_router_data(said)
    return state


async def screen(address: str) -> Any:  # Any: as above
    return at(await rx.State(_reflex_internal_init=True).get_state(NoticeState), address)


@rule("17.4")
async def test_a_notice_leaves_when_its_reader_opens_another_page() -> None:
    state = await screen(LIST)
    NoticeState.tell.fn(state, "Noraidīts 1 pieteikums.")
    NoticeState.leave.fn(at(state, ROSTER))
    assert state.notice.text == ""


@rule("17.4")
async def test_a_notice_stays_while_filters_of_its_page_change() -> None:
    state = await screen(LIST)
    NoticeState.refuse.fn(state, "Vietu vairs nav.")
    NoticeState.leave.fn(at(state, f"{LIST}?statuss=atteikti"))
    assert (state.notice.text, state.notice.tone) == ("Vietu vairs nav.", "bad")


@rule("17.4")
async def test_what_is_told_together_with_a_move_is_read_where_it_leads_and_no_further() -> None:
    state = await screen(f"{ROSTER}/imports")
    NoticeState.tell.fn(state, "Saraksts saglabāts.", ROSTER)
    NoticeState.leave.fn(at(state, ROSTER))
    assert state.notice.text == "Saraksts saglabāts."
    NoticeState.leave.fn(at(state, LIST))
    assert state.notice.text == ""


@rule("17.4")
async def test_whoever_typed_the_address_reads_what_is_told_on_it() -> None:
    state = await screen(f"{LIST}/")
    NoticeState.tell.fn(state, "Saraksts aizmirsts.")
    NoticeState.leave.fn(at(state, LIST))
    assert state.notice.text == "Saraksts aizmirsts."


@rule("17.4")
def test_every_page_lets_go_of_notices_of_others() -> None:
    assert all(page.loads()[0] is NoticeState.leave for page in (*PAGES, NOT_FOUND))
