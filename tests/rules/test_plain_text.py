"""Text from outside is made one line without changing what was meant, whatever it is made of."""

import unicodedata

import pytest

from mps_app.core.errors import Invalid
from mps_app.core.folding import fold
from mps_app.core.plain_text import one_line, several_lines
from mps_app.services.evaluations.rules import LONGEST_WORDS, sound
from mps_app.views.identity import CodeForm, EmailForm
from mps_app.views.people import AddressForm, ContactForm, PayerForm

HEAP = "\u0301\u0316" * 20_000  # in the wrong order: composing must sort them, which takes minutes for this heap


def test_what_people_write_stays_as_it_is_but_composed() -> None:
    assert one_line("  A\u0304nna\tBērziņa ") == "Ānna Bērziņa"
    for written in ("Ľubomír Nguyễn", "👩🏽\u200d💻", "שָׁלוֹם", "हिन्दी"):
        assert one_line(written) == unicodedata.normalize("NFC", written)
    assert several_lines("a\r\n\r\n\r\n\r\nb") == "a\n\nb"


@pytest.mark.parametrize("heap", [HEAP, "\u0f73" * 40_000, "e" + HEAP])
def test_a_heap_of_marks_is_cut_before_anything_sorts_it(heap: str) -> None:
    assert len(one_line(heap)) <= 64
    assert fold(heap + "a") in {"a", "ea"}


@pytest.mark.parametrize(
    ("form", "field"),
    [
        (ContactForm, "email"),
        (ContactForm, "phone"),
        (AddressForm, "street"),
        (AddressForm, "city"),
        (PayerForm, "iban"),
        (EmailForm, "email"),
        (CodeForm, "code"),
    ],
)
def test_a_field_that_is_too_long_is_refused_as_too_long(form: type[ContactForm], field: str) -> None:
    with pytest.raises(Invalid) as refusal:
        form.read({field: "ā" * 1_000})
    assert refusal.value.fields == {field: "This is too long. Shorten it."}


def test_an_answer_in_words_is_cut_before_it_is_cleaned() -> None:
    said = sound("words", "a\n" * LONGEST_WORDS + HEAP, 0)
    assert said is not None
    assert len(said) < LONGEST_WORDS
