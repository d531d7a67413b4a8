"""What the side panel and the roster's rows tell before anything is confirmed (11.3, 11.5)."""

from datetime import timedelta

import pytest

from mps_app.core.actor import SYSTEM
from mps_app.core.errors import NotAllowed
from mps_app.core.work import begin
from mps_app.services import enrolments
from tests import factories
from tests.marks import rule
from tests.services.enrolments.conftest import Office


@rule("11.3")
def test_the_panel_counts_who_can_and_what_it_costs(office: Office) -> None:
    panel = office.panel(office.employees(5))
    assert (panel.can, panel.taken, panel.added) == (5, 0, 5)
    assert panel.left_text == "paliks 5 no 10"
    assert panel.total_text == "900\u00a0€"
    assert panel.button_text == "Pieteikt 5 darbiniekus"
    assert panel.is_ready
    assert not panel.lines


@rule("11.3")
@pytest.mark.parametrize(("count", "words"), [(1, "Pieteikt 1 darbinieku"), (10, "Pieteikt 10 darbiniekus")])
def test_the_button_says_how_many(office: Office, count: int, words: str) -> None:
    assert office.panel(office.employees(count)).button_text == words


@rule("11.3")
def test_those_already_in_those_without_email_and_those_elsewhere_are_shown(office: Office) -> None:
    inside, mute, private = (
        office.employee("Elīna Ņikitina"),
        office.employee("Ļubova Čera", email=None),
        office.employee(),
    )
    with begin(SYSTEM) as work:
        paid = {"payer_kind": "institution", "payer_institution_id": office.institution.key}
        factories.make_application(work, inside, office.course, group=office.group, **paid)
        factories.make_application(work, private, office.course, group=office.group)
    panel = office.panel([inside, mute, private, office.employee("Uldis Zīle")])
    assert [(line.title, line.kind) for line in panel.lines] == [
        ("Ļubova Čera", "no_email"),
        ("Aija Šķēle", "cannot"),
        ("Elīna Ņikitina", "in_group"),
    ]
    assert panel.can == 1
    assert office.standing(inside).text == "Jau grupā"
    assert office.standing(mute).text == "Nav e-pasta"
    assert office.standing(private).text == "Nevar pieteikt"  # what is private is not told (11.5)


@rule("11.3")
@rule("11.5")
def test_an_overlap_says_what_it_is_only_when_the_institution_arranged_it(office: Office) -> None:
    ours, private = office.employee("Andris Kļaviņš"), office.employee("Aija Šķēle")
    with begin(SYSTEM) as work:
        crisis = factories.make_course(work, title="Krīzes komunikācija")
        group = factories.make_group(work, crisis)
        factories.make_session(work, group, starts_at=work.now + timedelta(days=30, hours=1))
        paid = {"payer_kind": "institution", "payer_institution_id": office.institution.key}
        factories.make_application(work, ours, crisis, group=group, **paid)
        factories.make_application(work, private, crisis, group=group)
    lines = {line.title: line for line in office.panel([ours, private]).lines}
    assert lines["Andris Kļaviņš"].text == "7.\u00a0okt. jau ir „Krīzes komunikācija”"
    assert lines["Aija Šķēle"].text == "7.\u00a0okt. pārklājas ar citām mācībām"
    assert {line.kind for line in lines.values()} == {"overlaps"}
    assert office.standing(private).text == office.standing(ours).text == "Pārklājas 7.\u00a0okt."
    assert office.panel([ours, private]).can == 2  # a warning, not a block (4.5)


@rule("4.6")
@rule("11.3")
def test_too_few_places_are_told_and_the_button_says_how_many_fit(office: Office) -> None:
    group = office.another_group(maximum=3)
    people = office.employees(5)
    panel = office.panel(people, group)
    assert panel.is_short
    assert panel.button_text == "Pieteikt 3 darbiniekus"
    assert office.panel(people, group, mode="line").button_text == "Pieteikt 3 darbiniekus, rindā 2"
    assert not office.panel(people, group, mode="all").is_ready


@rule("11.6")
def test_those_over_the_share_are_shown(office: Office) -> None:
    group = office.another_group(institution_share=2)
    panel = office.panel(office.employees(3), group)
    assert [line.kind for line in panel.lines] == ["over_share"]
    assert panel.can == 2
    assert panel.notes == ["Jūsu iestādes kvota: 0 no 2"]


@rule("3.5")
def test_closed_courses_are_offered_to_their_audience_alone(office: Office) -> None:
    with begin(SYSTEM) as work:
        ours = factories.make_course(work, title="Mums", audience=[office.institution])
        others = factories.make_course(work, title="Citiem", audience=[factories.make_institution(work)])
        groups = {course.key: factories.make_group(work, course) for course in (ours, others)}
    with begin(office.actor) as work:
        choices = enrolments.choices(work, office.institution.key)
        assert [course.title for course in choices.closed] == ["Mums"]
        assert [course.id for course in choices.courses] == [office.course.key]
        assert enrolments.choices(work, office.institution.key, ours.key).groups
        assert not enrolments.choices(work, office.institution.key, others.key).groups
    person = office.employee()
    assert office.panel([person], groups[ours.key]).can == 1
    assert office.panel([person], groups[others.key]).group_id == 0
    with begin(office.actor) as work:
        assert not enrolments.standings(work, office.institution.key, groups[others.key].key, [person.key])


@rule("11.5")
def test_nobody_but_own_employees_is_named(office: Office) -> None:
    with begin(SYSTEM) as work:
        stranger = factories.make_person(work, name="Svešais Cilvēks")
        left = factories.make_person(work, name="Bijušais Kolēģis")
        factories.make_employment(work, left, office.institution, until_on=work.now.date())
        foreign = factories.make_institution(work)
    assert office.panel([stranger, left]).chosen == 0
    with begin(office.actor) as work:
        assert not enrolments.standings(work, office.institution.key, office.group.key, [stranger.key, left.key])
        for ask in (
            lambda: enrolments.choices(work, foreign.key),
            lambda: enrolments.panel(work, foreign.key, office.course.key, office.group.key, [stranger.key]),
            lambda: enrolments.standings(work, foreign.key, office.group.key, [stranger.key]),
            lambda: enrolments.standings(work, 999_999, office.group.key, [stranger.key]),
        ):
            with pytest.raises(NotAllowed):
                ask()
