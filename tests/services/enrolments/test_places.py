"""The page of groups and places: what an institution can enter, and what of it is its own (11.6, 3.5)."""

import pytest
from sqlalchemy import func, insert, literal, select

from mps_app.core.actor import SYSTEM
from mps_app.core.errors import NotAllowed
from mps_app.core.work import begin
from mps_app.models import Course
from mps_app.services import enrolments
from mps_app.views.enrolments import PlacesPage, ReserveForm
from tests import factories
from tests.marks import rule
from tests.services.enrolments.conftest import Office


def page(office: Office, query: str = "", **more: int) -> PlacesPage:
    """What the coordinator sees."""
    with begin(office.actor) as work:
        return enrolments.places(work, office.institution.key, query, **more)


@rule("11.6")
def test_a_group_shows_what_is_free_and_what_is_the_institutions(office: Office) -> None:
    office.enrol(office.employees(3))
    with begin(office.actor) as work:
        enrolments.reserve(work, office.institution.key, ReserveForm(group_id=office.group.key, places=2))
    card = page(office).cards[0]
    assert (card.own_text, card.left_text) == ("3 pieteikti", "5 brīvas vietas no 10")
    assert card.reserved_text == "rezervētas 2 vietas, atbrīvosies 13.\u00a0septembrī"
    assert (card.others_width, card.all_width, card.most) == ("0.0%", "50.0%", 7)
    assert card.enrol_path == f"/iestade/darbinieki?kurss={office.course.key}&grupa={office.group.key}"


@rule("11.6")
def test_no_more_can_be_reserved_than_the_share_leaves(office: Office) -> None:
    group = office.another_group(institution_share=4)
    office.enrol(office.employees(3), group)
    cards = {card.group_id: card for card in page(office).cards}
    assert cards[group.key].most == 1
    assert cards[group.key].share_text == "Jūsu iestādes kvota: 3 no 4"


@rule("3.5")
def test_closed_groups_stand_apart_and_only_for_their_audience(office: Office) -> None:
    with begin(SYSTEM) as work:
        ours = factories.make_course(work, title="Mums", audience=[office.institution])
        others = factories.make_course(work, title="Citiem", audience=[factories.make_institution(work)])
        for course in (ours, others):
            factories.make_group(work, course)
        draft = factories.make_group(work, office.course, status="draft")
    shown = page(office)
    assert [card.course_title for card in shown.closed] == ["Mums"]
    assert "Citiem" not in str(shown.model_dump())
    assert draft.key not in {card.group_id for card in shown.cards}


@rule("17.4")
def test_groups_are_found_by_word_and_shown_a_page_at_a_time(office: Office) -> None:
    for _ in range(3):
        office.another_group()
    with begin(SYSTEM) as work:
        factories.make_group(work, factories.make_course(work, title="Krīzes komunikācija"))
    assert [card.course_title for card in page(office, "krizes kom").cards] == ["Krīzes komunikācija"]
    first = page(office, limit=2)
    assert (len(first.cards), first.has_more, first.found_text) == (2, True, "5 grupas")
    assert page(office, "nav tāda").is_empty


@rule("17.4")
@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("KRĪZES", ["Krīzes komunikācija"]),
        ("munikacija kriz", ["Krīzes komunikācija"]),
        ("crisis", ["Krīzes komunikācija"]),
        ("iep-7/2026", ["Iepirkuma līguma izpilde"]),
        ("2026 ligum", ["Iepirkuma līguma izpilde"]),
        ("2026 krīzes", []),
        ("_", []),
        ("%", []),
        ("slēpts", []),
        ("SLEPTS-1", []),
    ],
)
def test_groups_are_found_by_parts_of_words_without_diacritics_and_case(
    office: Office, query: str, found: list[str]
) -> None:
    with begin(SYSTEM) as work:
        factories.make_group(work, office.course, code="IEP-7/2026")
        crisis = factories.make_course(work, title="Krīzes komunikācija", title_en="Crisis communication")
        factories.make_group(work, crisis, code="KRI-1")
        hidden = factories.make_course(work, title="Slēpts", audience=[factories.make_institution(work)])
        factories.make_group(work, hidden, code="SLEPTS-1")
    shown = page(office, query)
    assert [card.course_title for card in [*shown.closed, *shown.cards]] == found


@rule("11.5")
def test_another_institution_sees_its_own_figures_alone(office: Office) -> None:
    office.enrol(office.employees(4))
    with begin(SYSTEM) as work:
        foreign = factories.make_institution(work, name="Cita iestāde")
        speaker = factories.make_person(work, name="Ojārs Testonis")
        factories.make_coordinator(work, speaker, foreign)
    with begin(factories.actor(speaker, institutions=frozenset({foreign.key}))) as work:
        card = enrolments.places(work, foreign.key).cards[0]
        assert (card.own_text, card.reserved_text) == ("", "")
        with pytest.raises(NotAllowed):
            enrolments.places(work, office.institution.key)


@rule("17.4")
def test_words_find_among_more_courses_than_a_statement_has_parameters(office: Office) -> None:
    with begin(SYSTEM) as work:
        kept = {"topic_id": factories.make_topic(work).key, "title": "Daudz", "title_sort": "daudz"}
        kept |= {"academic_hours": 8, "format": "in_person", "minimum": 1, "maximum": 20, "visibility": "catalogue"}
        number = func.generate_series(1, 66_000).column_valued("number")
        values = [literal("DAUDZ-").concat(number), *map(literal, kept.values())]
        work.db.execute(insert(Course).from_select(["code", *kept], select(*values)))
    assert [card.course_title for card in page(office, office.course.title).cards] == [office.course.title]
