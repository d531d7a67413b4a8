"""An id is what a browser sent only if it is written the one way ids are written."""

import pytest

from mps_app.core.ids import id_of


@pytest.mark.parametrize(("sent", "meant"), [("7", 7), (7, 7), ("9" * 18, 10**18 - 1)])
def test_a_plain_number_is_an_id(sent: object, meant: int) -> None:
    assert id_of(sent) == meant


@pytest.mark.parametrize(
    "sent", ["", "0", "07", "-1", "+1", " 7", "1e3", "7.0", "١", "²", "9" * 19, None, True, 7.0, [7], {"id": 7}]
)
def test_anything_else_names_nothing(sent: object) -> None:
    assert id_of(sent) == 0
