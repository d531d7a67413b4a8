"""What goes over the socket is what Reflex would have sent, however it was written."""

import enum
from typing import Any

import pytest
import reflex as rx
from reflex.istate.data import RouterData
from reflex.istate.proxy import MutableProxy
from reflex.state import StateUpdate
from reflex_base.event import Event
from reflex_base.utils import format as reflex_format

from mps_app.mps_app import app
from mps_app.state.catalogue import CatalogueState
from mps_app.state.wire import written
from mps_app.views.catalogue import CatalogueFacets, CourseButton, FacetOption
from mps_app.views.date_scale import Door, Files


class Colour(enum.StrEnum):
    RED = "red"


BUTTON = CourseButton(kind="apply", group_id=7)

VALUES = {
    "views": [BUTTON, CatalogueFacets(topics=[])],
    "views in views": CatalogueFacets(cities=[FacetOption(code="C", label="Cēsis", count=3, is_on=True)]),
    "what is empty is not sent": Files(first=[Door(title="Fails", path="/f")]),
    "signs": "\u202e'\"</script>\u2028\u0000\t😀 ņ\u00a0",
    "numbers": [0, -1, 2**70, 1.5, float("inf"), True, None],
    "containers": {"a": (1, 2), "b": {"c": []}, "d": {}},
    "a word of a list": Colour.RED,
    "an event": Event(name="_redirect", payload={"path": "/katalogs"}),
    "where the tab is": RouterData.from_router_data({"asPath": "/katalogs?q=1", "headers": {"origin": "http://a.lv"}}),
}


@pytest.mark.parametrize("value", VALUES.values(), ids=VALUES)
def test_an_answer_is_written_as_reflex_writes_it(value: Any) -> None:
    for packet in (["event", StateUpdate(delta={"state": {"var": value}})], {"sid": value}):
        assert written(packet, separators=(",", ":")) == reflex_format.json_dumps(packet, separators=(",", ":"))


def test_a_list_that_a_state_watches_is_written_as_its_views() -> None:
    watched = CatalogueState(_reflex_internal_init=True).rows
    assert isinstance(watched, MutableProxy)
    watched.append(BUTTON)
    assert written({"rows": watched}) == reflex_format.json_dumps({"rows": [BUTTON]}, separators=(",", ":"))


def test_events_alone_are_written_so_too() -> None:
    spec: Any = rx.redirect("/katalogs?q=ā,b")
    packet = ["event", StateUpdate(events=Event.from_event_type(spec))]
    assert written(packet) == reflex_format.json_dumps(packet, separators=(",", ":"))


def test_the_apps_sockets_write_so() -> None:
    assert app.sio is not None
    assert app.sio.packet_class.json.dumps is written
