"""The list of materials: course by course, found as one types, files and links told apart (9.1)."""

import pytest

from mps_app.core.actor import NOBODY, SYSTEM, Actor, Language
from mps_app.core.work import House, begin
from mps_app.services import materials
from mps_app.views.materials import MaterialsFilter, MaterialsFound
from tests.factories import actor, make_application, make_course, make_group, make_material, make_person
from tests.marks import rule


@pytest.fixture
def anna(house: House) -> Actor:
    with begin(SYSTEM) as work:
        own, other = make_course(work, title="Vieglā valoda"), make_course(work, title="Ētika", title_en="Ethics")
        anna = make_person(work)
        make_application(work, anna, own, group=make_group(work, own), status="completed")
        make_material(work, own, title="Rakstīšanas ceļvedis", content=b"%PDF-" + bytes(1_240_000))
        make_material(work, own, title="Vārdnīca", url="https://www.tezaurs.lv/sakums")
        make_material(work, other, title="Ētikas kodekss", title_en="Code of ethics", visibility="public")
        make_material(work, other, title="Citu darba lapas")
        return actor(anna)


def found(who: Actor, **chosen: object) -> MaterialsFound:
    with begin(who) as work:
        return materials.materials_found(work, MaterialsFilter.read(chosen))


def titles(answer: MaterialsFound) -> list[str]:
    return [row.title for course in answer.courses for row in course.rows]


@rule("9.1")
def test_own_courses_come_first_then_the_public_ones(anna: Actor) -> None:
    answer = found(anna)
    assert [(course.title, course.is_own) for course in answer.courses] == [("Vieglā valoda", True), ("Ētika", False)]
    assert titles(answer) == ["Rakstīšanas ceļvedis", "Vārdnīca", "Ētikas kodekss"]
    assert answer.total_text == "3 materiāli"


@rule("9.1")
def test_files_and_links_are_told_apart(anna: Actor) -> None:
    file, link = found(anna).courses[0].rows
    assert (file.is_link, file.about_text, file.address) == (False, "PDF, 1,2 MB", f"/materiali/{file.id}")
    assert (link.is_link, link.about_text, link.address) == (True, "Saite, tezaurs.lv", "https://www.tezaurs.lv/sakums")


@rule("9.1")
@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("celv", ["Rakstīšanas ceļvedis"]),
        ("VĀRDN", ["Vārdnīca"]),
        ("valoda rakst", ["Rakstīšanas ceļvedis"]),
        ("ethics", ["Ētikas kodekss"]),
        ("viegla", ["Rakstīšanas ceļvedis", "Vārdnīca"]),
        ("citu", []),
        ("eļvedis", []),
        ("100%", []),
        ("_", ["Rakstīšanas ceļvedis", "Vārdnīca", "Ētikas kodekss"]),
    ],
)
def test_words_are_found_by_their_beginning_without_diacritics(anna: Actor, query: str, expected: list[str]) -> None:
    assert titles(found(anna, query=query)) == expected


@rule("9.1")
def test_own_and_public_ones_can_be_asked_for_alone(anna: Actor) -> None:
    assert titles(found(anna, whose="mine")) == ["Rakstīšanas ceļvedis", "Vārdnīca"]
    assert titles(found(anna, whose="public")) == ["Ētikas kodekss"]
    assert titles(found(NOBODY, whose="mine")) == []


@rule("17.4")
def test_a_long_list_is_shown_in_pieces(anna: Actor) -> None:
    answer = found(anna, shown=2)
    assert titles(answer) == ["Rakstīšanas ceļvedis", "Vārdnīca"]
    assert (answer.total, answer.rest_text) == (3, "Rādīt vēl 1")


@rule("17.2")
def test_english_readers_read_english_titles(anna: Actor) -> None:
    english = Actor(language=Language.EN)
    answer = found(english)
    assert (answer.courses[0].title, titles(answer)) == ("Ethics", ["Code of ethics"])
    assert answer.total_text == "1 material"


@rule("17.4")
def test_nothing_found_and_nothing_there_are_different_things(anna: Actor) -> None:
    assert found(anna, query="nav tāda").has_any
    with begin(SYSTEM) as work:
        work.db.connection().exec_driver_sql("DELETE FROM material")
    assert not found(anna).has_any
