"""What is found, by which words, and what the filters count (3.1, 3.2)."""

from datetime import timedelta
from typing import Any

import pytest

from mps_app.core.actor import NOBODY, SYSTEM, Actor, Language
from mps_app.core.work import House, begin
from mps_app.services import catalogue
from mps_app.views.catalogue import CataloguePage
from mps_app.views.catalogue_filter import CatalogueFilter
from tests.conftest import Clock
from tests.factories import make_course, make_group, make_lecturer, make_room, make_session, make_topic
from tests.marks import rule


def look(actor: Actor = NOBODY, /, **wanted: object) -> CataloguePage:
    with begin(actor) as work:
        return catalogue.search(work, CatalogueFilter(**wanted))


def titles(actor: Actor = NOBODY, /, **wanted: object) -> list[str]:
    return ["".join(part.text for part in row.title_parts) for row in look(actor, **wanted).rows]


@pytest.fixture
def school(house: House) -> None:
    with begin(SYSTEM) as work:
        law = make_topic(work, code="TIES", name="Tiesības", name_en="Law")
        lead = make_topic(work, code="VAD", name="Vadība")
        make_course(work, title="Mācību vadīšana", code="VAD-01", topic=lead, price_cents=0, format="online")
        make_course(work, title="Publisko iepirkumu pamati", code="IEP-01", price_cents=9_500)
        make_course(
            work,
            title="Administratīvais process iestādē",
            title_en="Administrative procedure",
            code="TIES-01",
            topic=law,
            price_cents=18_000,
            description="Iesniegumu likuma piemērošana ikdienā",
        )
        make_course(work, title="Melnraksts", visibility="draft")


@rule("3.1")
def test_every_published_course_is_listed_and_no_draft(school: None) -> None:
    assert sorted(titles()) == ["Administratīvais process iestādē", "Mācību vadīšana", "Publisko iepirkumu pamati"]


@rule("3.2")
@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("macibas", []),  # a prefix, not a stem
        ("macib", ["Mācību vadīšana"]),
        ("MĀCĪB", ["Mācību vadīšana"]),
        ("iepirk", ["Publisko iepirkumu pamati"]),
        ("ties-01", ["Administratīvais process iestādē"]),
        ("likum", ["Administratīvais process iestādē"]),
        ("procedure", ["Administratīvais process iestādē"]),
        ("process adm", ["Administratīvais process iestādē"]),
        ("process iepirkumu", []),
        ("   ", ["Administratīvais process iestādē", "Mācību vadīšana", "Publisko iepirkumu pamati"]),
        ("!?", []),
        ("' OR 1=1 --", []),
        ("<script>", []),
        ("📚", []),
    ],
)
def test_words_are_found_by_prefix_without_case_and_diacritics(school: None, typed: str, found: list[str]) -> None:
    assert titles(query=typed, sort="title") == found


@rule("3.2")
@pytest.mark.parametrize("typed", ["iepirkmu", "iepirkuumu", "iepikrumu", "oepirkumu", "iepirkamu", "iepirkumuu"])
def test_one_typing_mistake_in_a_long_word_is_forgiven(school: None, typed: str) -> None:
    assert titles(query=typed) == ["Publisko iepirkumu pamati"]


@rule("3.2")
@pytest.mark.parametrize("typed", ["pubc", "iaparkumu"])
def test_a_mistake_in_a_short_word_and_two_mistakes_are_not(school: None, typed: str) -> None:
    assert titles(query=typed) == []


@rule("3.2")
def test_the_reader_sees_which_letters_matched(school: None) -> None:
    parts = look(query="mācību VAD").rows[0].title_parts
    assert [(part.text, part.is_match) for part in parts] == [
        ("Mācību", True),
        (" ", False),
        ("vad", True),
        ("īšana", False),
    ]


@rule("3.2")
def test_a_forgiven_mistake_is_marked_too(school: None) -> None:
    parts = look(query="iepirkmu").rows[0].title_parts
    assert [part.text for part in parts if part.is_match] == ["iepirkumu"]


@rule("3.2")
def test_lecturers_are_found_by_name(house: House) -> None:
    with begin(SYSTEM) as work:
        group = make_group(work, make_course(work, title="Līgumi"))
        make_session(work, group, lecturer=make_lecturer(work, name="Ģirts Ķēniņš"))
        make_course(work, title="Cits")
    assert titles(query="kenins") == ["Līgumi"]


@rule("3.2")
def test_each_filter_counts_what_the_other_filters_leave(school: None) -> None:
    facets = look(topics=("TIES",), prices=("free", "to200")).facets
    assert [(one.code, one.count, one.is_on) for one in facets.topics] == [("TIES", 1, True), ("VAD", 1, False)]
    assert {one.code: one.count for one in facets.prices} == {"free": 0, "to200": 1}  # chosen, hence shown with 0
    assert {one.code: one.count for one in facets.formats} == {"in_person": 1}


@rule("3.2")
def test_the_topics_shown_first_are_the_fullest_whatever_is_searched_for(house: House) -> None:
    with begin(SYSTEM) as work:
        for number in range(8):
            topic = make_topic(work, code=f"T{number}", name=f"Temats {number}")
            for course in range(9 - number):
                make_course(work, topic=topic, title=f"Kurss {number}-{course}")
            make_course(work, topic=topic, title="Reti" if number in {1, 7} else "Citi")

    def first(**asked: Any) -> list[str]:
        return [one.code for one in look(**asked).facets.topics if one.is_first]

    assert first() == [f"T{number}" for number in range(6)]
    assert first(query="citi") == ["T0", "T2", "T3", "T4", "T5", "T6"]  # those without any give way
    assert first(query="reti") == ["T1", "T7"]
    assert first(topics=("T7",)) == [*(f"T{number}" for number in range(6)), "T7"]


@rule("3.2")
def test_values_nobody_knows_filter_everything_out_and_harm_nothing(school: None) -> None:
    page = look(topics=("' OR 1=1", "NAV"), sort="date")
    assert (page.found.total, page.found.total_text) == (0, "0 kursu")
    assert page.found.empty_title == "Neviens kurss neatbilst meklētajam"


@rule("3.2")
def test_place_language_and_dates_come_from_the_groups_that_are_open(house: House, clock: Clock) -> None:
    with begin(SYSTEM) as work:
        soon, late = make_course(work, title="Drīz"), make_course(work, title="Vēlāk")
        past = make_course(work, title="Atcelts")
        first = make_group(work, soon, language="en")
        make_session(work, first, starts_at=clock.now + timedelta(days=2), room=make_room(work, city="Valmiera"))
        second = make_group(work, late)
        make_session(work, second, starts_at=clock.now + timedelta(days=30), room=make_room(work, city="Rīga"))
        gone = make_group(work, past, status="cancelled")
        make_session(work, gone, starts_at=clock.now + timedelta(days=2), room=make_room(work, city="Valmiera"))
    assert titles(cities=("Valmiera",)) == ["Drīz"]
    assert titles(languages=("en",)) == ["Drīz"]
    day = (clock.now + timedelta(days=2)).date()
    assert titles(from_on=day, until_on=day) == ["Drīz"]
    assert titles(from_on=day + timedelta(days=1)) == ["Vēlāk"]
    assert titles(until_on=clock.now.date() + timedelta(days=60), sort="date") == ["Drīz", "Vēlāk"]


@rule("3.2")
def test_only_free_places_leaves_full_groups_and_lines_out(house: House) -> None:
    with begin(SYSTEM) as work:
        free, full, _without = (make_course(work, title=name) for name in ("Brīvs", "Pilns", "Nav grupas"))
        make_group(work, free, maximum=2)
        make_group(work, full, maximum=1, places_taken=1)
    assert titles(only_free_places=True) == ["Brīvs"]


@rule("3.2")
def test_courses_come_in_the_order_asked_for(house: House, clock: Clock) -> None:
    with begin(SYSTEM) as work:
        for number, (title, days, price) in enumerate(
            [("Čaks", 9, 300), ("Cēsis", 3, 100), ("Zeme", 0, 200), ("Ādaži", 0, 400)]
        ):
            course = make_course(work, title=title, price_cents=price, created_at=clock.now + timedelta(minutes=number))
            if days:
                make_session(work, make_group(work, course), starts_at=clock.now + timedelta(days=days))
    assert titles(sort="date") == ["Cēsis", "Čaks", "Ādaži", "Zeme"]
    assert titles(sort="title") == ["Ādaži", "Cēsis", "Čaks", "Zeme"]
    assert titles(sort="price") == ["Cēsis", "Zeme", "Čaks", "Ādaži"]
    assert titles(sort="newest") == ["Ādaži", "Zeme", "Cēsis", "Čaks"]
    clock.advance(days=4)
    assert titles(sort="date") == ["Čaks", "Ādaži", "Cēsis", "Zeme"]


@rule("3.2")
def test_pages_hold_twenty_and_a_page_too_far_is_the_last(house: House) -> None:
    with begin(SYSTEM) as work:
        for number in range(43):
            make_course(work, title=f"Kurss {number:02}")
    pages = [titles(sort="title", page=number) for number in (1, 2, 3)]
    assert [len(page) for page in pages] == [20, 20, 3]
    assert sorted(set().union(*pages)) == [f"Kurss {number:02}" for number in range(43)]
    last = look(sort="title", page=9_999)
    assert (last.found.page, last.found.page_count, len(last.rows)) == (3, 3, 3)


@rule("3.2")
def test_what_is_on_can_be_taken_off_one_by_one(school: None) -> None:
    chips = look(topics=("TIES",), only_free_places=True).found.chips
    assert [(chip.field, chip.code, chip.label) for chip in chips] == [
        ("topics", "TIES", "Tiesības"),
        ("only_free_places", "", "Ir brīvas vietas"),
    ]
    assert chips[0].remove_text == "Noņemt filtru: Tiesības"


@rule("3.2")
def test_an_empty_answer_says_what_the_words_alone_would_find(school: None) -> None:
    found = look(query="iepirk", topics=("TIES",)).found
    assert "„iepirk” atbilst 1 kurss" in found.empty_text


@rule("17.2")
def test_english_readers_get_english_titles_and_words(school: None) -> None:
    page = look(Actor(language=Language.EN), query="administrative")
    row = page.rows[0]
    assert "".join(part.text for part in row.title_parts) == "Administrative procedure"
    assert (row.topic_text, row.form_text, page.found.total_text) == ("Law", "in person", "1 course")


@rule("3.2")
def test_the_nearest_date_is_one_that_can_still_be_had(house: House, clock: Clock) -> None:
    with begin(SYSTEM) as work:
        for title, starts_in, closes_in in (("Tuvs", 3, 1), ("Vidējs", 9, 8), ("Tāls", 30, 20)):
            group = make_group(
                work, make_course(work, title=title), registration_closes_at=clock.now + timedelta(days=closes_in)
            )
            make_session(work, group, starts_at=clock.now + timedelta(days=starts_in))
    assert titles(sort="date") == ["Tuvs", "Vidējs", "Tāls"]
    clock.advance(days=1)
    assert titles(sort="date") == ["Vidējs", "Tāls", "Tuvs"]
