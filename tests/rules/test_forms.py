"""What forms answer to what can't be used: words that say what to do."""

from datetime import date
from typing import Annotated

import pytest
from pydantic import Field

from mps_app.core.errors import Invalid
from mps_app.text import say
from mps_app.views.base import Form


class Trial(Form):
    people: Annotated[int, Field(ge=1, le=50)] = 1
    begins_on: date = date(2026, 1, 1)
    title: Annotated[str, Field(min_length=3, max_length=8)] = "Kurss"


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("people", "daudz", "Ierakstiet veselu skaitli."),
        ("people", "1,5", "Ierakstiet veselu skaitli."),
        ("people", None, "Ierakstiet veselu skaitli."),
        ("people", "51", "Šis skaitlis ir pārāk liels."),
        ("people", "0", "Šis skaitlis ir pārāk mazs."),
        ("begins_on", "rīt", "Izvēlieties datumu."),
        ("begins_on", "", "Izvēlieties datumu."),
        ("title", "", "Aizpildiet šo lauku."),
        ("title", "x" * 300, "Teksts ir par garu. Saīsiniet to."),
        ("title", ["x"], "To nevar nolasīt. Pārbaudiet ievadīto."),
    ],
)
def test_each_refusal_has_its_words(field: str, typed: object, words: str) -> None:
    with pytest.raises(Invalid) as refused:
        Trial.read({field: typed})
    assert say("lv", refused.value.fields[field]) == words
