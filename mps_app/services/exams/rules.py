"""The pure rules of tests: what an answer may be, whether it is right, what a try comes to (8.1)."""

from collections.abc import Iterable, Sequence
from decimal import Decimal, InvalidOperation
from typing import Protocol

from mps_app.core.folding import fold
from mps_app.core.plain_text import one_line
from mps_app.models import ExamQuestionKind

LONGEST = 200  # signs of a typed answer
_CHOSEN = frozenset({ExamQuestionKind.SINGLE, ExamQuestionKind.MULTIPLE})


class Marked(Protocol):
    """A question as far as marking needs it."""

    kind: str
    accepted: list[str]
    tolerance: Decimal
    points: int


def is_right(question: Marked, value: str) -> bool:
    """Whether an answer is right; several choices count only all together, and none too many."""
    if not value:
        return False
    if question.kind in _CHOSEN:
        return set(value.split(",")) == set(question.accepted)
    if question.kind == ExamQuestionKind.NUMBER:
        return _is_near(number_in(value), Decimal(question.accepted[0]), question.tolerance)
    return _bare(value) in {_bare(accepted) for accepted in question.accepted}


def _is_near(given: Decimal | None, right: Decimal, tolerance: Decimal) -> bool:
    return given is not None and abs(given - right) <= tolerance


def number_in(text: str) -> Decimal | None:
    """Return a number as people write it: with a comma or a point, thousands apart, a sign of their own."""
    bare = "".join(one_line(text).split()).replace("−", "-").replace(",", ".")
    try:
        number = Decimal(bare)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _bare(words: str) -> str:
    """Return words without case, diacritics, and whatever stands around them."""
    return one_line(fold(words)).strip(" .,;:!?\"'„“”()")


def score_of(questions: Iterable[tuple[Marked, str]]) -> int:
    """Return the points that answers are worth."""
    return sum(question.points for question, value in questions if is_right(question, value))


def needed(points: int, percent: int) -> int:
    """Return how many points pass: the whole number at or above the line."""
    return -(-points * percent // 100)


def sound(kind: str, value: str, shown: Sequence[int]) -> str | None:
    """Return an answer as it is kept, or nothing when it is none; ``shown`` are a question's options as they stand.

    What a browser calls the first option is the first that it shows; kept is the place in the question itself.
    """
    if kind not in _CHOSEN:
        return one_line(value[: 4 * LONGEST])[:LONGEST]
    places = value.split(",") if value else []
    if len(places) > (1 if kind == ExamQuestionKind.SINGLE else len(shown)):
        return None
    known = {str(place): option for place, option in enumerate(shown)}
    if not set(places) <= set(known):
        return None
    return ",".join(str(option) for option in sorted({known[place] for place in places}))


def as_shown(kind: str, value: str, shown: Sequence[int]) -> str:
    """Return a kept answer as the browser knows it."""
    if kind not in _CHOSEN or not value:
        return value
    kept = {int(option) for option in value.split(",")}
    return ",".join(str(place) for place, option in enumerate(shown) if option in kept)
