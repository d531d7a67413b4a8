"""Who reaches which materials: the list and every single file say the same (9.1)."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from mps_app.core.actor import NOBODY, SYSTEM, Actor, Role
from mps_app.core.errors import DomainError, NotFound, SignInNeeded
from mps_app.core.work import House, Work, begin
from mps_app.models import Application, Course, CourseGroup, Institution, Material
from mps_app.services import materials
from mps_app.views.materials import MaterialsFilter
from tests.factories import (
    actor,
    make_application,
    make_course,
    make_employment,
    make_group,
    make_institution,
    make_lecturer,
    make_material,
    make_person,
    make_session,
)
from tests.marks import rule


@dataclass(frozen=True)
class Shelf:
    """A course of two groups, and a course that not everybody may know of."""

    course: Course
    group: CourseGroup
    institution: Institution
    closed: Course
    materials: dict[str, Material]


@pytest.fixture
def shelf(house: House) -> Shelf:
    with begin(SYSTEM) as work:
        course, institution = make_course(work), make_institution(work)
        closed = make_course(work, title="Slēgtais kurss", audience=[institution])
        group, other = make_group(work, course), make_group(work, course)
        made = {
            "course": make_material(work, course),
            "group": make_material(work, course, group=group),
            "other group": make_material(work, course, group=other),
            "public": make_material(work, course, visibility="public"),
            "public but closed": make_material(work, closed, visibility="public"),
            "withdrawn": make_material(work, course, visibility="public", withdrawn_at=work.now),
        }
        return Shelf(course, group, institution, closed, made)


Who = Callable[[Work, Shelf], Actor]


def participant(status: str) -> Who:
    def make(work: Work, shelf: Shelf) -> Actor:
        person = make_person(work)
        group = None if status == "waiting" else shelf.group
        make_application(work, person, shelf.course, group=group, status=status)
        return actor(person)

    return make


def coordinator(work: Work, shelf: Shelf) -> Actor:
    """Of an institution whose employee takes part."""
    employee = make_person(work, name="Kārlis Kolēģis")
    make_employment(work, employee, shelf.institution)
    make_application(work, employee, shelf.course, group=shelf.group)
    return actor(make_person(work), institutions=frozenset({shelf.institution.key}))


def lecturer(work: Work, shelf: Shelf) -> Actor:
    teacher = make_lecturer(work)
    make_session(work, shelf.group, lecturer=teacher)
    return Actor(person_id=teacher.person_id, roles=frozenset({Role.LECTURER}))


def lecturer_elsewhere(work: Work, shelf: Shelf) -> Actor:
    teacher = make_lecturer(work)
    make_session(work, make_group(work, shelf.closed), lecturer=teacher)
    return Actor(person_id=teacher.person_id, roles=frozenset({Role.LECTURER}))


def person(*roles: Role) -> Who:
    return lambda work, _shelf: actor(make_person(work), *roles)


PUBLIC = {"public"}
OWN = {"course", "group", "public"}
ALL = {"course", "group", "other group", "public", "public but closed"}

CASES: dict[str, tuple[Who, set[str]]] = {
    "a visitor": (lambda *_: NOBODY, PUBLIC),
    "somebody else": (person(), PUBLIC),
    "one registered": (participant("registered"), OWN),
    "one who attended": (participant("attended"), OWN),
    "one who completed": (participant("completed"), OWN),
    "one awaiting approval": (participant("pending_approval"), PUBLIC),
    "one with an offer": (participant("offered"), PUBLIC),
    "one in the line": (participant("waitlisted"), PUBLIC),
    "one waiting for the next group": (participant("waiting"), PUBLIC),
    "one whose right has ended": (participant("cancelled"), PUBLIC),
    "one rejected": (participant("rejected"), PUBLIC),
    "one who did not come": (participant("no_show"), PUBLIC),
    "a coordinator": (coordinator, PUBLIC),
    "the lecturer": (lecturer, OWN),
    "a lecturer of another course": (lecturer_elsewhere, {"public", "public but closed"}),
    "a training coordinator": (person(Role.TRAINING), ALL),
    "an accountant": (person(Role.ACCOUNTANT), PUBLIC),
    "a project manager": (person(Role.PROJECTS), PUBLIC),
    "an administrator": (person(Role.ADMIN), ALL),
}


def listed(work: Work) -> set[int]:
    found = materials.materials_found(work, MaterialsFilter(shown=90))
    return {row.id for course in found.courses for row in course.rows}


def is_handed_out(work: Work, material: Material) -> bool:
    try:
        return materials.file_to_read(work, material.key).key == material.file_key
    except DomainError:
        return False


@rule("9.1")
@pytest.mark.parametrize("case", CASES)
def test_everybody_reaches_what_is_theirs_and_nothing_else(shelf: Shelf, case: str) -> None:
    make, reached = CASES[case]
    with begin(SYSTEM) as work:
        who = make(work, shelf)
    with begin(who) as work:
        assert listed(work) == {shelf.materials[name].key for name in reached}
        assert {name for name, material in shelf.materials.items() if is_handed_out(work, material)} == reached


@rule("9.1")
def test_the_right_ends_with_the_application(shelf: Shelf) -> None:
    with begin(SYSTEM) as work:
        anna = make_person(work)
        application = make_application(work, anna, shelf.course, group=shelf.group)
    with begin(actor(anna)) as work:
        assert is_handed_out(work, shelf.materials["group"])
    with begin(SYSTEM) as work:
        work.db.get_one(Application, application.key).status = "cancelled"
    with begin(actor(anna)) as work:
        assert not is_handed_out(work, shelf.materials["group"])
        assert listed(work) == {shelf.materials["public"].key}


@rule("9.1")
def test_a_foreign_file_and_none_at_all_are_refused_alike(shelf: Shelf) -> None:
    with begin(SYSTEM) as work:
        stranger = actor(make_person(work))
    for who, refusal in ((stranger, NotFound), (NOBODY, SignInNeeded)):
        for material_id in (shelf.materials["group"].key, 2**62):
            with pytest.raises(refusal), begin(who) as work:
                materials.file_to_read(work, material_id)


@rule("9.1")
def test_the_materials_of_a_group_are_those_the_reader_may_have(shelf: Shelf) -> None:
    with begin(SYSTEM) as work:
        anna = participant("registered")(work, shelf)
    for who, names in ((anna, OWN), (NOBODY, PUBLIC)):
        with begin(who) as work:
            rows = {row.id for row in materials.of_groups(work, [shelf.group.key])[shelf.group.key]}
        assert rows == {shelf.materials[name].key for name in names}
