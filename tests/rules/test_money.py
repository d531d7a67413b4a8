"""Euro as people read it."""

from hypothesis import given
from hypothesis import strategies as st

from mps_app.core import money
from tests.marks import rule

NBSP = "\N{NO-BREAK SPACE}"


@rule("17.2")
def test_prices_are_whole_where_they_are_whole() -> None:
    assert money.euro_text(126_000) == f"1{NBSP}260,00{NBSP}€"
    assert money.euro_text(-5) == f"−0,05{NBSP}€"
    assert money.price_text("lv", 18_000) == f"180{NBSP}€"
    assert money.price_text("lv", 18_050) == f"180,50{NBSP}€"
    assert money.price_text("lv", 0) == "Bez maksas"
    assert money.price_text("en", 0) == "Free of charge"


@rule("17.2")
@given(st.integers(-(10**11), 10**11))
def test_not_a_cent_is_lost_in_words(cents: int) -> None:
    said = money.euro_text(cents)
    digits = "".join(letter for letter in said if letter.isdigit())
    assert int(digits) == abs(cents)
    assert said.startswith("−") == (cents < 0)
    assert " " not in said
