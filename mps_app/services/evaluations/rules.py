"""The pure rules of questionnaires: what an answer may be, and when ballots are opened."""

from collections.abc import Mapping
from dataclasses import dataclass

from mps_app.core.plain_text import one_line
from mps_app.models import QuestionKind
from mps_app.text import N_

FEWEST = 5  # answers before anybody sees results (7.4), and ballots opened together
LONGEST_WORDS = 2_000
SCALE = tuple(str(step) for step in range(1, 6))
RECOMMEND = tuple(str(step) for step in range(11))

ANSWER_THIS = N_("Answer this question.")


def sound(kind: str, value: str, options: int) -> str | None:
    """Return an answer as it is kept, or nothing when it is none to this kind of question."""
    if kind == QuestionKind.WORDS:
        lines = [one_line(line) for line in value[:LONGEST_WORDS].splitlines()]
        return "\n".join(lines).strip()[:LONGEST_WORDS]
    return value if value in allowed(kind, options) else None


def allowed(kind: str, options: int) -> tuple[str, ...]:
    """Return the values that a question with fixed answers takes."""
    if kind == QuestionKind.SCALE:
        return SCALE
    return RECOMMEND if kind == QuestionKind.RECOMMEND else tuple(str(number) for number in range(options))


def missing(required: Mapping[str, bool], given: Mapping[str, str]) -> dict[str, str]:
    """Return the required questions that have no answer yet, each with what to do."""
    return {key: ANSWER_THIS for key, is_required in required.items() if is_required and not given.get(key)}


@dataclass(frozen=True, slots=True)
class Ballots:
    """How a group's questionnaires of one version stand."""

    waiting: int  # sealed, not opened
    opened: int
    expected: int  # asked, not sent
    is_closed: bool  # nobody is reminded any more


def are_ripe(ballots: Ballots) -> bool:
    """Whether ballots may be opened now: several together, so that none is known as the newest (7.4).

    Whoever compares the results before and after learns what was opened between. So it is five at once, or the rest
    when no more are to come, if that is more than one. A last one alone stays sealed for good: it only counts.
    """
    if ballots.waiting >= FEWEST:
        return True
    are_all = ballots.expected == 0 or ballots.is_closed
    return are_all and ballots.waiting > 1 and ballots.opened + ballots.waiting >= FEWEST
