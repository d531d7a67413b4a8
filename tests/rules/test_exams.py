"""How the server marks (8.1): pure rules, for whatever people write."""

from dataclasses import dataclass, field
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mps_app.services.exams.rules import as_shown, is_right, needed, number_in, score_of, sound
from tests.marks import rule


@dataclass
class Asked:
    """A question as far as marking needs it."""

    kind: str
    accepted: list[str] = field(default_factory=list)
    tolerance: Decimal = Decimal(0)
    points: int = 1


@rule("8.1")
@pytest.mark.parametrize(
    ("value", "right"),
    [
        ("rīga", True),
        ("RIGA", True),
        ("  Rīga. ", True),
        ("„Rīga”", True),
        ("Rīgas", False),
        ("Rīga Rīga", False),
        ("", False),
    ],
)
def test_words_are_compared_without_case_diacritics_and_what_stands_around_them(value: str, right: bool) -> None:  # noqa: FBT001
    assert is_right(Asked("words", ["Rīga"]), value) is right


@rule("8.1")
def test_any_of_the_accepted_words_is_right() -> None:
    assert all(
        is_right(Asked("words", ["VPIL", "Valsts pārvaldes iekārtas likums"]), one)
        for one in ("vpil", "valsts  parvaldes iekārtas likums")
    )


@rule("8.1")
@pytest.mark.parametrize(
    ("value", "number"),
    [
        ("4,5", "4.5"),
        ("4.5", "4.5"),
        (" 1 250,50 ", "1250.50"),
        ("−3", "-3"),
        ("1e3", "1000"),
        ("četri", None),
        ("nan", None),
        ("inf", None),
        ("", None),
        ("4,5,6", None),
    ],
)
def test_numbers_are_read_as_people_write_them(value: str, number: str | None) -> None:
    assert number_in(value) == (Decimal(number) if number else None)


@rule("8.1")
@given(
    right=st.decimals(-10_000, 10_000, places=2),
    off=st.decimals(-5, 5, places=2),
    tolerance=st.decimals(0, 3, places=2),
)
def test_a_number_is_right_as_near_as_the_tolerance_says(right: Decimal, off: Decimal, tolerance: Decimal) -> None:
    asked = Asked("number", [str(right)], tolerance)
    for written in (str(right + off), str(right + off).replace(".", ",")):
        assert is_right(asked, written) is (abs(off) <= tolerance)


@rule("8.1")
@given(right=st.sets(st.integers(0, 7), min_size=1), given_=st.sets(st.integers(0, 7)))
def test_several_choices_count_all_together_or_not_at_all(right: set[int], given_: set[int]) -> None:
    asked = Asked("multiple", sorted(map(str, right)))
    assert is_right(asked, ",".join(map(str, sorted(given_)))) is (right == given_)


@rule("8.1")
@given(shown=st.permutations(range(6)), chosen=st.sets(st.integers(0, 5), min_size=1))
def test_what_is_chosen_survives_the_way_to_the_browser_and_back(shown: list[int], chosen: set[int]) -> None:
    kept = ",".join(map(str, sorted(chosen)))
    assert sound("multiple", as_shown("multiple", kept, shown), shown) == kept


@rule("8.1")
@pytest.mark.parametrize("value", ["9", "-1", "0,1", "x", "0;1", "٣"])
def test_what_is_none_of_the_choices_is_no_answer(value: str) -> None:
    assert sound("single", value, [2, 0, 1]) is None


@rule("8.1")
@given(st.text(max_size=2_000))
def test_whatever_is_typed_can_be_kept_and_marked(value: str) -> None:
    for kind, accepted in (("words", ["Rīga"]), ("number", ["4.5"])):
        kept = sound(kind, value, [])
        assert kept is not None
        assert len(kept) <= 200
        assert is_right(Asked(kind, accepted), kept) in {True, False}


@rule("8.1")
@given(points=st.integers(1, 200), percent=st.integers(1, 100))
def test_the_line_is_the_first_whole_point_at_or_above_the_percent(points: int, percent: int) -> None:
    line = needed(points, percent)
    assert line * 100 >= points * percent > (line - 1) * 100


@rule("8.1")
def test_points_are_summed_of_what_is_right() -> None:
    asked = [
        (Asked("words", ["a"], points=2), "a"),
        (Asked("words", ["b"], points=3), "x"),
        (Asked("number", ["1"]), "1,0"),
    ]
    assert score_of(asked) == 3
