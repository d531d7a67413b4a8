"""The roster's panel keeps its word: what was done can be taken back until it has been (11.3)."""

import pytest
import reflex as rx

from mps_app.adapters.connection import resolved
from mps_app.core.errors import NotFound
from mps_app.core.work import House
from mps_app.state.enrol import EnrolState
from mps_app.views.enrolments import EnrolReceipt
from mps_app.views.institutions import InstitutionDesk
from tests.conftest import Clock
from tests.marks import rule
from tests.services.enrolments.conftest import made


@rule("11.3")
async def test_the_receipt_is_put_away_only_once_everything_on_it_is_taken_back(house: House, clock: Clock) -> None:
    office = made(house)
    receipt = office.enrol(office.employees(3))
    resolved.set(office.actor)
    state: EnrolState = await rx.State(_reflex_internal_init=True).get_state(EnrolState)
    state.desk, state.receipt = InstitutionDesk(id=office.institution.key), receipt
    clock.advance(minutes=11)
    with pytest.raises(NotFound):
        await EnrolState.undo.fn(state)
    assert (state.receipt, office.taken()) == (receipt, 3)
    clock.advance(minutes=-2)
    await EnrolState.undo.fn(state)
    assert (state.receipt, office.taken()) == (EnrolReceipt(), 0)
