"""Enrolment: a coordinator enrols 200 people in one act, told, written down, the group confirmed (11.3)."""

import os
import time
import tracemalloc
from dataclasses import dataclass

from sqlalchemy import Engine, text

from bench.ground import ground
from mps_app.core.actor import Actor
from mps_app.views.enrolments import EnrolForm, EnrolReceipt

PEOPLE = 200
RUNS = 3


@dataclass(frozen=True)
class Measured:
    """What one act took, and what it left behind."""

    seconds: list[float]
    panel_ms: float
    undo_seconds: float
    peak_megabytes: float
    mails: int


@dataclass(frozen=True)
class Office:
    """An institution's coordinator, its people, and groups with a place for each of them."""

    institution_id: int
    coordinator: Actor
    people: list[int]
    groups: list[tuple[int, int]]  # group and course

    def enrol(self, group_id: int) -> EnrolReceipt:
        """Confirm once for everybody."""
        from mps_app.core.work import begin
        from mps_app.services import enrolments

        with begin(self.coordinator) as work:
            form = EnrolForm(group_id=group_id, person_ids=self.people)
            return enrolments.enrol(work, self.institution_id, form)


def measure() -> Measured:
    """Enrol the same people into one group after the other, on a database of its own."""
    with ground() as where:
        os.environ.update(where.variables)
        _url, engine = where.database("enrolment")
        measured = _measured(engine)
        engine.dispose()
    return measured


def _measured(engine: Engine) -> Measured:
    from mps_app.core.work import begin
    from mps_app.services import enrolments

    office = _office(engine)
    seconds = []
    for group_id, _course_id in office.groups[:RUNS]:
        began = time.perf_counter()
        enrolled = office.enrol(group_id).enrolled
        seconds.append(time.perf_counter() - began)
        _check(engine, group_id, enrolled)
    group_id, course_id = office.groups[-1]
    with begin(office.coordinator) as work:
        began = time.perf_counter()
        enrolments.panel(work, office.institution_id, course_id, group_id, office.people)
        panel_ms = (time.perf_counter() - began) * 1_000
    tracemalloc.start()
    receipt = office.enrol(group_id)
    peak = tracemalloc.get_traced_memory()[1] / 1024**2
    tracemalloc.stop()
    with engine.connect() as connection:
        mails = connection.execute(text("SELECT count(*) FROM outbox_message")).scalar_one() // (RUNS + 1)
    began = time.perf_counter()
    with begin(office.coordinator) as work:
        enrolments.undo(work, office.institution_id, group_id, receipt.application_ids, receipt.named_ids)
    return Measured(seconds, panel_ms, time.perf_counter() - began, peak, mails)


def _office(engine: Engine) -> Office:
    """Fill a school with an institution, its people and empty groups."""
    from mps_app.core.actor import SYSTEM
    from mps_app.core.settings import settings
    from mps_app.core.work import begin, plug
    from mps_app.launch.house import furnish
    from tests import factories

    plug(furnish(settings(), engine))
    with begin(SYSTEM) as work:
        institution = factories.make_institution(work)
        people = [person.key for person in factories.make_crowd(work, PEOPLE, institution)]
        speaker = factories.make_person(work, name="Ilze Demoņa")
        deputy = factories.make_person(work, name="Ojārs Testonis", email="ojars@iestade.example")
        for person in (speaker, deputy):
            factories.make_coordinator(work, person, institution)
        groups = []
        for _ in range(RUNS + 1):
            course = factories.make_course(work, price_cents=18_000)
            group = factories.make_group(work, course, maximum=PEOPLE, minimum=12)
            factories.make_session(work, group)
            groups.append((group.key, course.key))
        coordinator = factories.actor(speaker, institutions=frozenset({institution.key}))
        return Office(institution.key, coordinator, people, groups)


def _check(engine: Engine, group_id: int, enrolled: int) -> None:
    """Refuse to report a measure of something that went wrong."""
    with engine.connect() as connection:
        taken = connection.execute(
            text("SELECT places_taken FROM course_group WHERE id = :id"), {"id": group_id}
        ).scalar_one()
    if taken != PEOPLE or enrolled != PEOPLE:
        message = f"{taken} places of {PEOPLE} taken, {enrolled} enrolled"
        raise RuntimeError(message)


def main() -> None:
    """Print the table."""
    one = measure()
    print("| people in one act | seconds, best and worst | peak MB | mails | the panel ms | taking it back s |")
    print("|---|---|---|---|---|---|")
    print(
        f"| {PEOPLE} | {min(one.seconds):.2f}–{max(one.seconds):.2f} | {one.peak_megabytes:.1f} | {one.mails} "
        f"| {one.panel_ms:.0f} | {one.undo_seconds:.2f} |"
    )


if __name__ == "__main__":
    main()
