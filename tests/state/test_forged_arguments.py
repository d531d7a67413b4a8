"""Whatever anybody sends as arguments of an event ends in words: nothing a browser can send is an error of ours."""

import inspect
from typing import Any

import pytest
import reflex as rx

from mps_app.adapters.connection import resolved
from mps_app.core.actor import SYSTEM, Actor, Role
from mps_app.core.errors import DomainError
from mps_app.core.work import House, begin
from mps_app.state.institution import InstitutionState
from mps_app.views.institutions import InstitutionDesk
from tests import factories
from tests.marks import rule
from tests.strangers.test_every_handler import forgeries, registered, short


@pytest.fixture
def everybody(house: House) -> Actor:
    """Somebody who may call everything, so that no guard stands before the arguments."""
    with begin(SYSTEM) as work:
        institution, person = factories.make_institution(work), factories.make_person(work)
    return factories.actor(person, *Role, institutions=frozenset({institution.key}))


async def _called(name: str, handler: Any, who: Actor, sent: dict[str, Any]) -> None:  # Any: Reflex's handlers
    root = rx.State(_reflex_internal_init=True)
    resolved.set(who)
    (await root.get_state(InstitutionState)).desk = InstitutionDesk(id=min(who.institution_ids))
    state = await root.get_state(rx.State.get_class_substate(tuple(name.split(".")[:-1])))
    answer = handler(state, **sent)
    if inspect.isasyncgen(answer):
        async for _ in answer:
            pass
    elif inspect.isawaitable(answer):
        await answer


@rule("17.4")
async def test_no_forged_argument_is_an_error_of_ours(everybody: Actor) -> None:
    broken: dict[str, str] = {}
    for name, handler in registered().items():
        for sent in forgeries(handler, [1]):
            if not set(sent) <= set(inspect.signature(handler).parameters):
                continue
            try:
                await _called(name, handler, everybody, sent)
            except DomainError:
                continue
            except Exception as error:  # noqa: BLE001  # whatever it is, it is told
                broken[short(name)] = f"{sent}: {error!r}"[:200]
    assert broken == {}
