"""Every question sees every change committed before it, in every process; nothing uncommitted ever shows (3.2)."""

import os
import subprocess
import sys
import textwrap
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from threading import Barrier

import pytest
from sqlalchemy import text

from mps_app.core.actor import NOBODY, SYSTEM
from mps_app.core.work import House, begin
from mps_app.models import Course
from mps_app.services import catalogue
from mps_app.services.catalogue.shelf import _shelves, shelf
from mps_app.views.catalogue_filter import CatalogueFilter
from tests.factories import make_course, make_group, make_session
from tests.marks import rule
from tests.running import ROOT


def total(query: str = "") -> int:
    with begin(NOBODY) as work:
        return catalogue.search(work, CatalogueFilter(query=query)).found.total


def titles(query: str = "") -> list[str]:
    with begin(NOBODY) as work:
        told = catalogue.search(work, CatalogueFilter(query=query)).rows
    return ["".join(part.text for part in row.title_parts) for row in told]


def rename(course: Course, title: str) -> None:
    with begin(SYSTEM) as work:
        kept = work.db.get(Course, course.key)
        assert kept is not None
        kept.title = title
        catalogue.touched(work, [course.key])


@rule("3.2")
def test_a_change_shows_in_the_next_question_and_the_old_words_are_gone(house: House) -> None:
    with begin(SYSTEM) as work:
        course = make_course(work, title="Vecais nosaukums")
        make_course(work, title="Cits")
    assert (total("vecais"), total("jaunais"), total()) == (1, 0, 2)
    rename(course, "Jaunais nosaukums")
    assert (total("vecais"), total("jaunais"), total()) == (0, 1, 2)


@rule("3.2")
def test_a_row_says_what_its_course_says_now(house: House) -> None:
    with begin(SYSTEM) as work:
        course = make_course(work, title="Vecais nosaukums")
        group = make_group(work, course)
    assert titles() == ["Vecais nosaukums"]
    rename(course, "Jaunais nosaukums")
    assert titles() == ["Jaunais nosaukums"]
    with begin(SYSTEM) as work:
        make_session(work, group, starts_at=datetime(2026, 10, 13, 6, 30, tzinfo=UTC))
    with begin(NOBODY) as work:
        assert catalogue.search(work, CatalogueFilter()).rows[0].when_text.startswith("13.\u00a0oktobris")


@rule("3.2")
def test_what_is_rolled_back_never_reaches_the_index(house: House) -> None:
    with begin(SYSTEM) as work:
        course = make_course(work, title="Pirmais")
    total()
    with pytest.raises(RuntimeError), begin(SYSTEM) as work:
        make_course(work, title="Iecerētais")
        catalogue.search(work, CatalogueFilter())
        raise RuntimeError
    assert (total(), total("iecer")) == (1, 0)
    with pytest.raises(RuntimeError), begin(SYSTEM) as work:
        work.db.get_one(Course, course.key).title = "Iecerētais"
        work.db.flush()
        shelf(work)._courses.clear()
        catalogue.search(work, CatalogueFilter())
        raise RuntimeError
    assert titles() == ["Pirmais"]
    rename(course, "Otrais")
    assert (total("pirmais"), total("otrais")) == (0, 1)


@rule("3.2")
def test_ten_at_once_end_with_every_change_and_wait_for_the_stamp_in_no_circle(house: House) -> None:
    with begin(SYSTEM) as work:
        courses = [make_course(work, title=f"Kurss {number}") for number in range(5)]
    together = Barrier(10)

    def change(number: int) -> None:
        together.wait()
        for round_ in range(5):
            with begin(SYSTEM) as work:
                chosen = [courses[(number + round_) % 5], courses[(number * 3 + round_) % 5]]
                catalogue.touched(work, [course.key for course in chosen])
                make_course(work, title=f"Papildu {number} {round_}")
            total()

    with ThreadPoolExecutor(10) as people:
        list(people.map(change, range(10)))
    assert total("papildu") == 50
    assert total() == 55


@rule("3.2")
def test_who_reads_while_others_rename_keeps_no_old_name(house: House) -> None:
    with begin(SYSTEM) as work:
        courses = [make_course(work, title="Kurss") for _ in range(6)]

    def change(course: Course) -> None:
        for number in range(10):
            rename(course, f"Kurss {number}")
            assert len(titles()) == len(courses)

    with ThreadPoolExecutor(len(courses)) as people:
        list(people.map(change, courses))
    assert titles() == ["Kurss 9"] * len(courses)


@rule("3.2")
def test_a_touch_bumps_only_what_was_named_and_once_for_the_whole_unit_of_work(house: House) -> None:
    with begin(SYSTEM) as work:
        one, other = make_course(work), make_course(work)
        make_group(work, one)
    with begin(SYSTEM) as work:
        before = work.db.execute(text("SELECT revision FROM catalogue_stamp")).scalar_one()
        catalogue.touched(work, [one.key])
        catalogue.touched(work, [one.key])
    with begin(SYSTEM) as work:
        revisions = dict(iter(work.db.execute(text("SELECT id, revision FROM course"))))
        assert work.db.execute(text("SELECT revision FROM catalogue_stamp")).scalar_one() == before + 1
    assert revisions == {one.key: before + 1, other.key: before}


@rule("3.2")
def test_an_index_crowded_with_old_versions_is_made_anew(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mps_app.services.catalogue.shelf._DEAD_ALLOWED", 3)
    with begin(SYSTEM) as work:
        course = make_course(work)
    for number in range(12):
        rename(course, f"Nosaukums {number}")
        assert total(f"nosaukums {number}") == 1
    with begin(NOBODY) as work:
        assert len(shelf(work)._index.versions) <= 6


@rule("3.2")
def test_another_process_sees_the_change_too(house: House, database_url: str) -> None:
    with begin(SYSTEM) as work:
        course = make_course(work, title="Pirmais")
    script = textwrap.dedent("""
        import sys
        from mps_app.core.actor import NOBODY
        from mps_app.core.settings import settings
        from mps_app.core.work import begin, plug
        from mps_app.launch.house import furnish
        from mps_app.services import catalogue
        from mps_app.views.catalogue_filter import CatalogueFilter
        plug(furnish(settings()))
        for line in sys.stdin:
            with begin(NOBODY) as work:
                print(catalogue.search(work, CatalogueFilter(query=line.strip())).found.total, flush=True)
    """)
    other = subprocess.Popen(
        [sys.executable, "-c", script], cwd=ROOT, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        env={**os.environ, "MPS_DATABASE_URL": database_url},
    )  # fmt: skip

    def ask(word: str) -> int:
        assert other.stdin is not None
        assert other.stdout is not None
        other.stdin.write(word + "\n")
        other.stdin.flush()
        return int(other.stdout.readline())

    try:
        assert (ask("pirmais"), ask("otrais")) == (1, 0)
        rename(course, "Otrais")
        assert (ask("pirmais"), ask("otrais")) == (0, 1)
    finally:
        other.kill()
        other.wait()


@rule("3.2")
@pytest.mark.parametrize("is_cold", [True, False])
def test_a_page_that_only_the_newest_catalogue_has_is_shown_at_once(house: House, is_cold: bool) -> None:  # noqa: FBT001
    with begin(SYSTEM) as work:
        for _ in range(40):
            make_course(work)
    assert total() == 40
    with begin(SYSTEM) as work:
        make_course(work)
    if is_cold:
        _shelves.clear()
    with begin(NOBODY) as work:
        found = catalogue.search(work, CatalogueFilter(page=3))
    assert (found.found.page, len(found.rows)) == (3, 1)
