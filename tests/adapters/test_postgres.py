"""What the database refuses to hold is nothing that exists, and no error tells what people typed."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from mps_app.core.actor import NOBODY
from mps_app.core.errors import NotFound
from mps_app.core.work import House, begin

PERSON = "SELECT id FROM person WHERE given_name = :given"


@pytest.mark.parametrize(
    ("asked", "values"),
    [
        (PERSON, {"given": "\x00"}),
        ("SELECT CAST(:number AS bigint)", {"number": 10**20}),
        ("SELECT CAST(:day AS date)", {"day": "2026-02-31"}),
    ],
)
@pytest.mark.parametrize("reads", [True, False])
def test_what_no_column_could_hold_is_not_found(
    house: House, asked: str, values: dict[str, object], *, reads: bool
) -> None:
    with pytest.raises(NotFound), begin(NOBODY, reads=reads) as work:
        work.db.execute(text(asked), values)


def test_an_error_does_not_repeat_what_was_typed(house: House) -> None:
    with pytest.raises(DBAPIError) as error, begin(NOBODY) as work:
        work.db.execute(text("SELECT nothing FROM person WHERE given_name = :given"), {"given": "SECRET"})
    assert "SECRET" not in str(error.value)
