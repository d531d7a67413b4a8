"""The address bar carries the catalogue's filter: shared, reloaded, gone back to, and typed by strangers (3.2)."""

import time
from urllib.parse import parse_qsl, urlsplit

import pytest
import reflex as rx
from hypothesis import given
from hypothesis import strategies as st
from reflex.istate.data import RouterData

from mps_app.core.actor import SYSTEM
from mps_app.core.work import House, begin
from mps_app.state.catalogue import CatalogueState
from mps_app.state.course import CourseState
from mps_app.views.catalogue_filter import SORTS, CatalogueFilter
from tests.factories import make_course, make_group, make_institution, make_topic
from tests.marks import rule

NAMES = ("q", "temats", "norise", "vieta", "valoda", "cena", "no", "lidz", "brivas", "karto", "lapa", "self", "cls")


@rule("3.2")
def test_a_filter_survives_its_address() -> None:
    wanted = CatalogueFilter(
        query="iepirkumi & līgumi", topics=("IEP", "ETIKA"), cities=("Rīga",), from_on="2026-10-13", sort="price", page=3,
        only_free_places=True,
    )  # fmt: skip
    assert CatalogueFilter.read_address(wanted.address()) == wanted


@rule("3.2")
def test_the_usual_is_not_written_and_the_same_filter_has_one_address() -> None:
    assert CatalogueFilter().address() == "/katalogs"
    one = CatalogueFilter.from_address({"lapa": "1", "karto": "date", "temats": "A,B,A"})
    assert one.address() == "/katalogs?temats=A,B"


@rule("3.2")
@given(
    st.dictionaries(
        st.sampled_from(NAMES), st.text(max_size=300) | st.sampled_from(("9" * 400, "-1", "²", "2026-02-30"))
    )
)
def test_whatever_is_typed_there_makes_a_filter_that_keeps_its_address(parameters: dict[str, str]) -> None:
    wanted = CatalogueFilter.from_address(parameters)
    assert wanted.sort in SORTS
    assert 1 <= wanted.page <= 10_000
    assert len(wanted.query) <= 100
    assert len(wanted.address()) < 25_000
    assert CatalogueFilter.from_address(dict(parse_qsl(urlsplit(wanted.address()).query))) == wanted


@rule("3.2")
@pytest.mark.parametrize("address", ["http://[", "//", "?q=%ff%00&temats=,,%00", "x" * 100_000, "/katalogs?q=a&q=b"])
def test_an_address_that_is_none_is_no_filter(address: str) -> None:
    assert CatalogueFilter.read_address(address).topics == ()


@rule("3.2")
def test_changing_a_filter_begins_on_the_first_page() -> None:
    deep = CatalogueFilter(topics=("A",), page=7)
    assert deep.with_value("topics", "B", is_on=True) == CatalogueFilter(topics=("A", "B"))
    assert deep.with_value("topics", "A", is_on=False).address() == "/katalogs"
    assert deep.changed(page=8).page == 8


@pytest.fixture
def school(house: House) -> None:
    with begin(SYSTEM) as work:
        topic = make_topic(work, code="ETIKA", name="Ētika")
        make_group(work, make_course(work, title="Publisko iepirkumu pamati", code="IEP-01"), maximum=5)
        make_course(work, title="Ētikas pamati", topic=topic)


def visit(state: rx.State, address: str) -> None:
    """Let the browser be at an address."""
    said = {"headers": {"origin": "http://localhost"}, "pathname": urlsplit(address).path, "asPath": address}
    state.router = RouterData.from_router_data(said)


async def screen() -> CatalogueState:
    found: CatalogueState = await rx.State(_reflex_internal_init=True).get_state(CatalogueState)
    return found


@rule("3.2")
async def test_typing_finds_and_leaves_the_address_without_a_visit(school: None) -> None:
    state = await screen()
    await CatalogueState.search.fn(state, "etik")
    assert (state.found.total, state.address, state.visits) == (1, "/katalogs?q=etik", False)


@rule("3.2")
async def test_a_filter_leads_to_its_address_and_the_visit_it_causes_asks_nothing(school: None) -> None:
    state = await screen()
    await CatalogueState.choose.fn(state, "topics", "ETIKA", True)
    assert (state.address, state.visits) == ("/katalogs?temats=ETIKA", True)
    drawn = state.drawn
    visit(state, state.address)
    await CatalogueState.load.fn(state)
    assert state.drawn == drawn
    await CatalogueState.choose.fn(state, "topics", "ETIKA", True)  # the bar is there already: no visit comes of it
    await CatalogueState.load.fn(state)
    assert state.drawn == drawn + 1


@rule("3.2")
async def test_of_two_quick_filters_the_second_stays(school: None) -> None:
    state = await screen()
    visit(state, "/katalogs")
    await CatalogueState.load.fn(state)
    await CatalogueState.choose.fn(state, "topics", "ETIKA", True)
    first = state.address
    await CatalogueState.choose_free_places.fn(state, True)
    both, drawn = state.address, state.drawn
    for address in (first, both):
        visit(state, address)
        await CatalogueState.load.fn(state)
    assert (state.address, state.drawn) == (both, drawn)
    visit(state, first)  # gone back to
    await CatalogueState.load.fn(state)
    assert (state.address, state.visits) == (first, False)


@rule("3.2")
async def test_whoever_left_before_the_visit_finds_the_list_as_it_is_then(
    school: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    state = await screen()
    await CatalogueState.choose.fn(state, "topics", "ETIKA", True)
    drawn = state.drawn
    left = time.time()
    monkeypatch.setattr(time, "time", lambda: left + 6)
    visit(state, state.address)
    await CatalogueState.load.fn(state)
    assert state.drawn == drawn + 1


@rule("3.2")
async def test_taking_off_a_chip_draws_the_controls_anew(school: None) -> None:
    state = await screen()
    await CatalogueState.choose_free_places.fn(state, True)
    await CatalogueState.choose.fn(state, "topics", "ETIKA", True)
    drawn = state.drawn
    await CatalogueState.take_off.fn(state, "only_free_places", "")
    assert (state.address, state.only_free_places, state.drawn) == ("/katalogs?temats=ETIKA", False, drawn + 1)
    await CatalogueState.clear_filters.fn(state)
    assert state.address == "/katalogs"


@rule("3.2")
@pytest.mark.parametrize("forged", [None, {"a": 1}, [1], 3.7, "\N{LEFT-TO-RIGHT ISOLATE}" * 5_000, "' OR 1=1 --"])
async def test_forged_arguments_change_nothing(school: None, forged: object) -> None:
    state = await screen()
    await CatalogueState.search.fn(state, "pamati")
    for call in (
        CatalogueState.choose.fn(state, forged, forged, forged),
        CatalogueState.choose_day.fn(state, forged, forged),
        CatalogueState.choose_day.fn(state, "from_on", forged),
        CatalogueState.take_off.fn(state, forged, forged),
        CatalogueState.sort_by.fn(state, forged),
    ):
        await call
    assert (state.address, state.found.total) == ("/katalogs?q=pamati", 2)


@rule("3.5")
async def test_a_course_that_may_not_be_known_and_one_that_is_not_look_the_same(house: House) -> None:
    with begin(SYSTEM) as work:
        make_course(work, title="Slēpts", code="SLEP-01", audience=[make_institution(work)])
    shown = []
    for code in ("SLEP-01", "NAV-TADA"):
        state: CourseState = await rx.State(_reflex_internal_init=True).get_state(CourseState)
        visit(state, f"/kurss/{code}")
        async for _ in CourseState.load.fn(state):
            pass
        assert state._code == code
        shown.append((state.page, state.group_id, state.is_loaded))
    assert shown[0] == shown[1]
    assert shown[0][2]


@rule("3.1")
async def test_a_course_opens_by_its_address_and_only_groups_that_can_be_had_are_chosen(house: House) -> None:
    with begin(SYSTEM) as work:
        course = make_course(work, title="Līgumi", code="IEP-01")
        free, full = make_group(work, course), make_group(work, course, status="draft")
    state: CourseState = await rx.State(_reflex_internal_init=True).get_state(CourseState)
    visit(state, "/kurss/IEP-01?utm=x")
    async for _ in CourseState.load.fn(state):
        pass
    assert (state.page.title, state.group_id) == ("Līgumi", free.key)
    CourseState.choose_group.fn(state, full.key)
    assert state.group_id == free.key


@rule("3.2")
async def test_a_shared_address_opens_as_it_was(school: None) -> None:
    state = await screen()
    visit(state, "/katalogs?q=pamati&temats=ETIKA&karto=title&no=nekad")
    await CatalogueState.load.fn(state)
    assert (state.query, state.sort, state.found.total, state.from_on) == ("pamati", "title", 1, "")
    assert state.address == "/katalogs?q=pamati&temats=ETIKA&karto=title"
