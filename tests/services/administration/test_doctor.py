"""The self-audit finds each kind of damage, and nothing in a sound school."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import pytest
from sqlalchemy import text

from mps_app.core.actor import NOBODY, SYSTEM, Language, Role
from mps_app.core.errors import NotAllowed, SignInNeeded
from mps_app.core.work import House, Work, begin
from mps_app.models import (
    Application,
    Attendance,
    Course,
    CourseGroup,
    OutboxMessage,
    Person,
    PlaceOffer,
    PlaceReservation,
    RoleGrant,
    TrainingSession,
)
from mps_app.services import administration, audit
from mps_app.services.administration.checks import CHECKS
from tasks.administration import examine
from tasks.messages import sweep_outbox
from tests.conftest import Clock
from tests.factories import (
    LONG_AGO,
    actor,
    make_application,
    make_course,
    make_employment,
    make_group,
    make_institution,
    make_person,
    make_session,
)
from tests.mail import Receiver
from tests.marks import rule
from tests.services.exams.course import begin_long_ago
from tests.services.messages.samples import FACTS


@dataclass
class School:
    """One group, one person in it."""

    work: Work
    group: CourseGroup
    person: Person
    application: Application
    session: TrainingSession

    def run(self, statement: str) -> None:
        """Change the data behind the back of the services; ``:group``, ``:person``, ``:application`` are its ids."""
        ids = {"group": self.group.key, "person": self.person.key, "application": self.application.key}
        used = {name: key for name, key in ids.items() if f":{name}" in statement}
        self.work.db.execute(text(statement), used)


def sound(work: Work) -> School:
    """Return a school with nothing wrong in it."""
    course = make_course(work)
    group = make_group(work, course, minimum=2, maximum=3)
    session = make_session(work, group)
    person = make_person(work, name="Ilze Bērziņa", email="ilze@iestade.example")
    application = make_application(work, person, course, group=group)
    work.db.flush()
    return School(work, group, person, application, session)


def oversell(school: School) -> None:
    school.run("ALTER TABLE course_group DROP CONSTRAINT ck_course_group_never_oversold")
    school.run("UPDATE course_group SET maximum = 2, minimum = 1, status = 'draft' WHERE id = :group")
    for number in range(2):
        person = make_person(school.work, email=f"x{number}@iestade.example")
        make_application(school.work, person, make_course(school.work), group=school.group)


def apply_twice(school: School) -> None:
    school.run("DROP INDEX uq_application_alive")
    course = school.work.db.get_one(Course, school.application.course_id)
    make_application(school.work, school.person, course, group=school.group)


def hold_two_places(school: School) -> None:
    course = school.work.db.get_one(Course, school.application.course_id)
    make_application(school.work, school.person, course, group=make_group(school.work, course))


def give_one_number_twice(school: School) -> None:
    for number in range(2):
        waiting = make_person(school.work, email=f"y{number}@iestade.example")
        application = make_application(
            school.work, waiting, make_course(school.work), group=school.group, status="waitlisted"
        )
        application.line_number = 7


def forget_an_offer(school: School) -> None:
    school.application.status = "offered"
    offer = PlaceOffer(application_id=school.application.key, expires_at=school.work.now - timedelta(hours=1))
    school.work.db.add(offer)


def forget_the_clock(school: School) -> None:
    school.run("UPDATE course_group SET status = 'running' WHERE id = :group")
    school.run("UPDATE training_session SET during = tstzrange('2026-01-05 08:00Z', '2026-01-05 12:00Z')")


def forget_the_minimum(school: School) -> None:
    school.run("UPDATE course_group SET minimum = 1 WHERE id = :group")
    school.run("UPDATE application SET status_at = '2026-01-05 08:00Z' WHERE id = :application")


def confirm_silently(school: School) -> None:
    school.run("UPDATE course_group SET status = 'confirmed' WHERE id = :group")


def overlook_absence(school: School) -> None:
    school.run("UPDATE training_session SET during = tstzrange('2026-01-05 08:00Z', '2026-01-05 12:00Z')")
    missed = Attendance(
        application_id=school.application.key, session_id=school.session.key, present_minutes=0, source="staff"
    )
    school.work.db.add(missed)
    school.group.status = "completed"


def leave_mail(school: School) -> None:
    write(school, next_try_at=school.work.now - timedelta(days=200))


def lose_mail(school: School) -> None:
    write(school, state="dead")


def write(school: School, template: str = "offer_expired", **more: object) -> None:
    """Write a message that nobody will find before the transaction ends."""
    sides = {"facts": FACTS[template], "next_try_at": school.work.now, "state": "queued", **more}
    message = OutboxMessage(
        template=template, language="lv", recipient=school.person.email or "", person_id=school.person.key,
        dedupe_key=template, created_at=school.work.now, **sides,
    )  # fmt: skip
    school.work.db.add(message)
    school.work.db.flush()


def cancel_silently(school: School) -> None:
    school.run("UPDATE course_group SET status = 'cancelled' WHERE id = :group")


def apply_for_another(school: School) -> None:
    school.application.applied_by_id = make_person(school.work, email="z@iestade.example").id


def hold_too_long(school: School) -> None:
    places = {"institution_id": make_institution(school.work).key, "group_id": school.group.key, "places": 1}
    school.work.db.add(PlaceReservation(release_on=school.work.now.date() - timedelta(days=1), **places))


def pass_the_share(school: School) -> None:
    school.run("UPDATE course_group SET institution_share = 1 WHERE id = :group")
    institution = make_institution(school.work)
    later = school.work.now.date() + timedelta(days=3)
    places = {"institution_id": institution.key, "group_id": school.group.key, "places": 1, "release_on": later}
    school.work.db.add(PlaceReservation(**places))
    school.application.payer_kind, school.application.payer_institution_id = "institution", institution.key


def certify_unearned(school: School) -> None:
    school.run("""
        INSERT INTO certificate (application_id, kind, series, year, serial, number, code, content, issued_at, seal,
                                 revoked_reason)
        VALUES (:application, 'completion', 'MPS', 2026, 1, 'MPS-2026-00001', 'x', '{}', '2026-01-05 08:00Z', 'none', '')
    """)


DAMAGES: dict[str, Callable[[School], object]] = {
    "oversold": oversell,
    "places_counted": lambda school: school.run("UPDATE course_group SET places_taken = 0 WHERE id = :group"),
    "applied_twice": apply_twice,
    "two_places": hold_two_places,
    "line_order": give_one_number_twice,
    "offer_overdue": forget_an_offer,
    "offer_missing": lambda school: setattr(school.application, "status", "offered"),
    "reservation_overdue": hold_too_long,
    "over_share": pass_the_share,
    "clock_behind": forget_the_clock,
    "minimum_reached": forget_the_minimum,
    "not_told": confirm_silently,
    "absent_not_noted": overlook_absence,
    "mail_stuck": leave_mail,
    "mail_dead": lose_mail,
    "group_not_audited": cancel_silently,
    "application_not_audited": apply_for_another,
    "certificate_numbers": lambda school: school.run(
        "INSERT INTO certificate_series (series, year, last_number) VALUES ('MPS', 2026, 3)"
    ),
    "certificate_not_earned": certify_unearned,
    "certificate_without_test": lambda school: (
        certify_unearned(school),
        school.run("UPDATE course SET has_exam = true"),
    ),
    "test_overdue": lambda school: begin_long_ago(school.work, school.application),
    "certificate_not_printed": certify_unearned,
    "guards": lambda school: school.run("ALTER TABLE audit_event DISABLE TRIGGER append_only"),
}


@rule("16.4")
def test_nothing_is_found_in_a_sound_school(house: House) -> None:
    with begin(SYSTEM) as work:
        school = sound(work)
        school.run("UPDATE course_group SET status = 'confirmed' WHERE id = :group")
        write(school, "group_confirmed", facts={**FACTS["group_confirmed"], "group_code": school.group.code})
        school.application.applied_by_id = make_person(work, email="z@iestade.example").id
        audit.record(work, "applied", "application", school.application.key)
        work.db.flush()
        assert administration.examine(work) == []


@rule("16.4")
@pytest.mark.parametrize("check", [check.name for check in CHECKS])
def test_each_damage_is_found_and_named(house: House, check: str) -> None:
    with begin(SYSTEM) as work:
        school = sound(work)
        DAMAGES[check](school)
        work.db.flush()
        found = {finding.check: finding.text for finding in administration.examine(work)}
        work.db.rollback()  # also what was done to the tables themselves
    assert check in found
    assert "{things}" not in found[check]


@rule("5.2", "11.2", "16.4")
@pytest.mark.parametrize(
    ("employment", "is_found"),
    [
        ({"work_email": "ilze@darbs.example"}, True),
        ({"work_email": None}, False),
        ({"work_email": "ilze@darbs.example", "until_on": LONG_AGO.date() + timedelta(days=1)}, False),
    ],
)
def test_who_can_be_told_at_work_alone_must_have_been(
    house: House, employment: dict[str, object], *, is_found: bool
) -> None:
    with begin(SYSTEM) as work:
        school = sound(work)
        school.person.email = school.person.email_verified_at = None
        other, payer = make_institution(work, name="Otra darbavieta"), make_institution(work)
        make_employment(work, school.person, other, work_email="ilze@cits.example")  # does not pay: never used
        make_employment(work, school.person, payer, **employment)
        school.application.payer_kind, school.application.payer_institution_id = "institution", payer.key
        confirm_silently(school)
        work.db.flush()
        assert ("not_told" in {finding.check for finding in administration.examine(work)}) == is_found


@rule("16.4")
def test_only_an_administrator_may_examine(house: House) -> None:
    with begin(NOBODY) as work:
        person = make_person(work)
    with pytest.raises(SignInNeeded), begin(NOBODY) as work:
        administration.examine(work)
    with pytest.raises(NotAllowed), begin(actor(person, Role.TRAINING)) as work:
        administration.examine(work)
    with begin(actor(person, Role.ADMIN)) as work:
        assert administration.examine(work) == []


@rule("16.4")
def test_administrators_are_told_once_a_night_in_their_language(post: Receiver, clock: Clock) -> None:
    with begin(SYSTEM) as work:
        for number, language in enumerate((Language.LV, Language.EN)):
            admin = make_person(work, name="Admins", email=f"admin{number}@skola.example", language=language)
            work.db.add(RoleGrant(person_id=admin.key, role=Role.ADMIN, from_on=LONG_AGO.date()))
        confirm_silently(sound(work))
    for _ in range(3):
        examine()
        clock.advance(hours=1)
    sweep_outbox()
    told = {str(letter["To"]): letter.get_body(("plain",)).get_content() for letter in post.letters}  # type: ignore[union-attr]
    assert len(post.letters) == 2
    assert "nav paziņots datums, vieta un laiks (5.2): application" in told["admin0@skola.example"]
    assert "was not told date, place and time (5.2): application" in told["admin1@skola.example"]


@rule("16.4")
def test_nobody_is_bothered_when_all_is_well(post: Receiver) -> None:
    with begin(SYSTEM) as work:
        admin = make_person(work, email="admins@skola.example")
        work.db.add(RoleGrant(person_id=admin.key, role=Role.ADMIN, from_on=LONG_AGO.date()))
        sound(work)
    examine()
    sweep_outbox()
    assert post.letters == []
