"""After the questionnaire the page looks for the certificate by itself: until it is there, or a few times (4.11)."""

import asyncio
from pathlib import Path

import pytest
import reflex as rx
from reflex.istate.data import RouterData

from mps_app.adapters.connection import resolved
from mps_app.core.work import House
from mps_app.state import evaluation
from mps_app.state.evaluation import EvaluationState
from tests.marks import rule
from tests.services.certificates.course import (
    Training,
    answer,
    answers_for,
    hold_training,
    invite,
    issue,
    mark,
    print_all,
    with_paper,
)


@pytest.fixture(autouse=True)
def paper(house: House, tmp_path: Path) -> House:
    return with_paper(house, tmp_path / "files")


async def _thanked(training: Training) -> EvaluationState:
    """Return the screen of somebody who has just sent the questionnaire."""
    resolved.set(training.actor(0))
    invitation_id, _ = answers_for(training, 0)
    answer(training, 0)
    state: EvaluationState = await rx.State(_reflex_internal_init=True).get_state(EvaluationState)
    path = f"/anketa/{invitation_id}"
    said = {"headers": {"origin": "http://localhost"}, "pathname": path, "asPath": path}
    state.router = RouterData.from_router_data(said)
    await EvaluationState.load.fn(state)
    assert state.page.is_sent
    return state


@pytest.fixture
def training(house: House) -> Training:
    held = hold_training()
    mark(held)
    invite()
    return held


@rule("4.11")
async def test_the_sheet_is_offered_as_soon_as_it_is_printed(training: Training) -> None:
    state = await _thanked(training)
    assert (state.next_look, state.sheet_path) == (evaluation._LOOKS[0], "")
    issue()
    await EvaluationState.look_again.fn(state)
    assert (state.next_look, state.sheet_path) == (evaluation._LOOKS[1], "")  # it has a number, and no sheet yet
    await asyncio.to_thread(print_all)
    await EvaluationState.look_again.fn(state)
    assert state.next_look == 0
    assert state.sheet_path.startswith("/sertifikati/")
    assert [step.state for step in state.steps] == ["done", "done", "done"]


@rule("4.11")
async def test_it_looks_a_few_times_only(training: Training) -> None:
    state = await _thanked(training)
    for _ in evaluation._LOOKS:
        assert state.next_look
        await EvaluationState.look_again.fn(state)
    assert state.next_look == 0
    issue()
    await asyncio.to_thread(print_all)
    await EvaluationState.look_again.fn(state)  # forged: nothing is awaited any more
    assert state.sheet_path == ""
