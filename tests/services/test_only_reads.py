"""Services marked as only reading (``core/work.py``) are held to it in every test; here is that they are."""

import ast
from functools import cache
from importlib import import_module

import pytest
from sqlalchemy import text
from sqlalchemy.exc import InternalError

from mps_app.core.actor import SYSTEM
from mps_app.core.work import House, Work, begin, only_reads
from mps_app.models import Course
from mps_app.services import audit, catalogue
from mps_app.views.catalogue_filter import CatalogueFilter
from tests.architecture.sources import files, tree
from tests.factories import make_course
from tests.reading import guarded, marked


@cache
def named_in_tests() -> set[str]:
    """What tests of the services name at a room's door, to call it or to have it called."""
    named = (node for file in files("tests/services") for node in ast.walk(tree(file)))
    return {ast.unparse(node) for node in named if isinstance(node, ast.Attribute)}


@only_reads
def note(work: Work) -> None:
    audit.record(work, "looked", "course", 1)


@only_reads
def lock(work: Work) -> None:
    work.db.execute(text("SELECT id FROM course FOR UPDATE"))


@only_reads
def rename(work: Work) -> None:
    work.db.get_one(Course, work.db.execute(text("SELECT id FROM course")).scalar_one()).title = "Cits"


@only_reads
def touch(work: Work) -> None:
    catalogue.touched(work, [1])


@pytest.mark.parametrize("reads", [False, True])
@pytest.mark.parametrize("service", [note, lock, rename, touch])
def test_a_marked_service_that_changes_something_fails(house: House, service: object, *, reads: bool) -> None:
    with begin(SYSTEM) as work:
        make_course(work, title="Tas pats")
    with pytest.raises((InternalError, AssertionError, RuntimeError)), begin(SYSTEM, reads=reads) as work:
        guarded(service)(work)
    with begin(SYSTEM) as work:
        assert work.db.execute(text("SELECT title FROM course")).scalars().all() == ["Tas pats"]
        assert work.db.execute(text("SELECT count(*) FROM audit_event")).scalar_one() == 0


def test_what_went_before_a_marked_service_may_still_change_things(house: House) -> None:
    with begin(SYSTEM) as work:
        course = make_course(work)
        assert catalogue.search(work, CatalogueFilter())
        course.title = "Nosaukts pēc tam"
    with begin(SYSTEM) as work:
        assert work.db.get_one(Course, course.key).title == "Nosaukts pēc tam"


@pytest.mark.parametrize("name", sorted(marked()))
def test_every_marked_service_is_held_to_it_and_named_in_a_test(house: House, name: str) -> None:
    room, service = name.split(".")[2], name.rpartition(".")[2]
    door = vars(import_module(f"mps_app.services.{room}"))
    assert door[service] is not marked()[name]
    assert f"{room}.{service}" in named_in_tests()
