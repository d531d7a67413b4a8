"""The life of a thing as data: from which state to which, by whom, causing what."""

from dataclasses import dataclass
from enum import StrEnum

from mps_app.core.errors import DomainError
from mps_app.text import N_


class By(StrEnum):
    """Who may make a step."""

    PERSON = "person"  # the one it is about, or the coordinator who pays
    PAYER = "payer"  # only the institution that pays: by its coordinator (4.7, 4.8), or its list of employees (2.5)
    STAFF = "staff"
    CLOCK = "clock"
    LINE = "line"  # the waiting list itself


class StepRefused(DomainError):
    """The thing is not in a state from which this can be done."""

    code = "step_refused"
    message = N_("This can't be done any more: things have moved on. Reload the page to see how they are now.")


@dataclass(frozen=True, slots=True)
class Step:
    """One arrow of the drawing."""

    source: str
    target: str
    by: frozenset[By]
    causes: str


class Lifecycle:
    """Every arrow there is; what is not here does not happen."""

    def __init__(self, *steps: Step) -> None:
        self.steps = steps
        self._arrows = {(step.source, step.target): step for step in steps}

    def require(self, source: str, target: str, by: By) -> Step:
        """Return the arrow; raises ``StepRefused`` when there is none for this actor."""
        step = self._arrows.get((source, target))
        if step is None or by not in step.by:
            raise StepRefused
        return step

    def sources(self, target: str, by: By) -> frozenset[str]:
        """Return the states from which ``by`` can reach a target."""
        return frozenset(step.source for step in self.steps if step.target == target and by in step.by)
