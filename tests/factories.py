"""Rows to begin a test with: one maker per table, saying only what the test names.

A maker adds its row to the database session that it is given (``work.db``) and flushes it.
"""

import hashlib
import itertools
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import Range
from sqlmodel import col

from mps_app.core.actor import Actor, Language, Role
from mps_app.core.codes import mask_personal_code
from mps_app.core.folding import fold, sort_key
from mps_app.core.work import Work
from mps_app.models import (
    Application,
    Coordinator,
    Course,
    CourseAudience,
    CourseGroup,
    Employment,
    Institution,
    Lecturer,
    Material,
    PayerDetails,
    Person,
    Room,
    SessionLecturer,
    Topic,
    TrainingSession,
    Venue,
)
from mps_app.services import catalogue

_numbers = itertools.count(1)

LONG_AGO = datetime(2026, 1, 5, 8, 0, tzinfo=UTC)


def unused_code() -> str:
    """Return a personal code of the undated kind that no other maker has used."""
    return f"39{next(_numbers):09}"


def make_person(  # a person has this many sides, all optional
    work: Work,
    *,
    name: str = "Anna Paraudziņa",
    code: str = "",
    email: str | None = "anna@iestade.example",
    verified: bool = True,
    language: Language = Language.LV,
    **more: object,
) -> Person:
    """A person with a verified e-mail address, unless the test says otherwise."""
    digits = code or unused_code()
    given, _, family = name.partition(" ")
    person = Person(
        given_name=given,
        family_name=family,
        name_folded=fold(name),
        code_hash=work.tools.cipher.lookup(digits),
        code_sealed=work.tools.cipher.seal(digits),
        code_masked=mask_personal_code(digits),
        email=email,
        email_verified_at=LONG_AGO if email and verified else None,
        language=language,
        **more,
    )
    work.db.add(person)
    work.db.flush()
    return person


def actor(person: Person, *roles: Role, institutions: frozenset[int] = frozenset()) -> Actor:
    """The person as the one who acts, with these roles."""
    held = frozenset(roles) | (frozenset({Role.COORDINATOR}) if institutions else frozenset())
    return Actor(
        person_id=person.key,
        roles=held,
        institution_ids=institutions,
        language=Language(person.language),
        network_address="192.0.2.1",
    )


def make_institution(work: Work, *, name: str = "Paraugu iestāde", **more: object) -> Institution:
    """An institution with a number of its own."""
    number = f"9000{next(_numbers):07}"
    institution = Institution(registration_number=number, name=name, name_folded=fold(name), **more)
    work.db.add(institution)
    work.db.flush()
    return institution


def make_topic(work: Work, *, code: str = "IEP", name: str = "Publiskie iepirkumi", name_en: str = "") -> Topic:
    """The topic with this code; made once."""
    topic = work.db.execute(select(Topic).where(col(Topic.code) == code)).scalar_one_or_none()
    if topic is None:
        topic = Topic(code=code, name=name, name_en=name_en)
        work.db.add(topic)
        work.db.flush()
    return topic


def make_course(
    work: Work,
    *,
    title: str = "Publisko iepirkumu pamati",
    topic: Topic | None = None,
    visibility: str = "catalogue",
    audience: Sequence[Institution] = (),
    **more: object,
) -> Course:
    """A published course that the catalogue has taken note of; ``audience`` makes it restricted (3.5)."""
    sides = {"code": f"KURSS-{next(_numbers)}", "academic_hours": 8, "format": "in_person", "minimum": 1, "maximum": 20}
    course = Course(
        topic_id=(topic or make_topic(work)).key,
        title=title,
        title_sort=sort_key(title),
        visibility="restricted" if audience else visibility,
        **{**sides, **more},
    )
    work.db.add(course)
    work.db.flush()
    work.db.add_all(CourseAudience(course_id=course.key, institution_id=one.key) for one in audience)
    catalogue.touched(work, [course.key])
    return course


def make_room(
    work: Work, *, city: str = "Rīga", name: str = "", capacity: int = 30, street: str = "Raiņa bulvāris 4"
) -> Room:
    """A room in a venue of its own."""
    number = next(_numbers)
    venue = Venue(name=f"Norises vieta {number}", street=street, city=city)
    work.db.add(venue)
    work.db.flush()
    room = Room(venue_id=venue.key, name=name or f"Telpa {number}", capacity=capacity)
    work.db.add(room)
    work.db.flush()
    return room


def make_lecturer(work: Work, *, name: str = "Ģirts Ķēniņš", biography: str = "Iepirkumu jurists") -> Lecturer:
    """A person who teaches."""
    lecturer = Lecturer(person_id=make_person(work, name=name).key, biography=biography)
    work.db.add(lecturer)
    work.db.flush()
    return lecturer


def make_group(
    work: Work, course: Course, *, status: str = "open", maximum: int = 10, minimum: int = 1, **more: object
) -> CourseGroup:
    """A group whose registration is open from yesterday until six days from now; without sessions."""
    deadline = work.now + timedelta(days=6)
    sides = {
        "code": f"{course.code}/{next(_numbers)}",
        "registration_opens_at": work.now - timedelta(days=1),
        "registration_closes_at": deadline,
        "cancellation_deadline_at": deadline,
    }
    group = CourseGroup(course_id=course.key, status=status, maximum=maximum, minimum=minimum, **{**sides, **more})
    work.db.add(group)
    work.db.flush()
    catalogue.touched(work, [course.key])
    return group


def make_session(
    work: Work,
    group: CourseGroup,
    *,
    starts_at: datetime | None = None,
    hours: float = 4,
    room: Room | None = None,
    lecturer: Lecturer | None = None,
) -> TrainingSession:
    """A session of a group; in seven days unless the test says when."""
    start = starts_at or work.now + timedelta(days=7)
    number = next(_numbers)
    during = Range(start, start + timedelta(hours=hours))
    session = TrainingSession(
        group_id=group.key, number=number, during=during, uid=f"{number}@test", room_id=room.key if room else None
    )
    work.db.add(session)
    work.db.flush()
    if lecturer:
        work.db.add(SessionLecturer(session_id=session.key, lecturer_id=lecturer.key, during=during))
        work.db.flush()
    catalogue.touched(work, [group.course_id])
    return session


def make_application(
    work: Work,
    person: Person,
    course: Course,
    *,
    group: CourseGroup | None = None,
    status: str = "registered",
    **more: object,
) -> Application:
    """An application of a person who pays alone, to a group or for the next one."""
    application = Application(
        person_id=person.key,
        course_id=course.key,
        group_id=group.key if group else None,
        status=status,
        status_at=work.now,
        **{"payer_kind": "person", "applied_by_id": person.key, **more},
    )
    work.db.add(application)
    work.db.flush()
    return application


def make_employment(work: Work, person: Person, institution: Institution, **more: object) -> Employment:
    """The institution lists the person as its employee since long ago."""
    employment = Employment(
        person_id=person.key, institution_id=institution.key, **{"from_on": LONG_AGO.date(), **more}
    )
    work.db.add(employment)
    work.db.flush()
    return employment


def make_coordinator(work: Work, person: Person, institution: Institution, **more: object) -> Coordinator:
    """The person speaks for the institution, confirmed long ago unless the test says otherwise."""
    day = LONG_AGO.date()
    sides = {"nominated_on": day, "from_on": day, "confirmed_on": day, **more}
    coordinator = Coordinator(person_id=person.key, institution_id=institution.key, **sides)
    work.db.add(coordinator)
    work.db.flush()
    return coordinator


def make_payer_details(work: Work, person: Person, **more: object) -> PayerDetails:
    """The person's own Rekvizīti."""
    sides = {
        "name": "Cita iestāde", "registration_number": "99990000018", "street": "Citā iela 1", "city": "Rīga",
        "postal_code": "LV-1001", "invoice_email": "rekini@cita.example",
    }  # fmt: skip
    details = PayerDetails(person_id=person.key, **{**sides, **more})
    work.db.add(details)
    work.db.flush()
    return details


def make_payer(work: Work, *, name: str = "Rihards Piemērs", **more: object) -> Person:
    """A person who can pay alone: declared address and verified e-mail."""
    sides = {"declared_street": "Paraugu iela 1-2", "declared_city": "Ogre", "declared_postal_code": "LV-5001"}
    return make_person(work, name=name, **{**sides, **more})


def make_crowd(work: Work, size: int, institution: Institution) -> list[Person]:
    """Many employees of one institution, ready to apply at the same moment."""
    crowd = [
        make_person(work, name=f"Dalībnieks {number:03}", email=f"d{number}@iestade.example") for number in range(size)
    ]
    for person in crowd:
        make_employment(work, person, institution)
    return crowd


def make_material(
    work: Work,
    course: Course,
    *,
    group: CourseGroup | None = None,
    title: str = "Darba lapas",
    content: bytes = b"%PDF-1.7 worksheets",
    url: str | None = None,
    **more: object,
) -> Material:
    """A file, or a link when ``url`` is given, for the participants of a course or of one group."""
    sides: dict[str, object] = {"url": url, "words_folded": fold(title)}
    if url is None:
        key = f"materials/{next(_numbers)}.pdf"
        work.tools.files.keep(key, content)
        digest = hashlib.sha256(content).hexdigest()
        sides |= {"file_key": key, "file_name": f"{title}.pdf", "content_type": "application/pdf"}
        sides |= {"size_bytes": len(content), "sha256": digest}
    material = Material(course_id=course.key, group_id=group.key if group else None, title=title, **{**sides, **more})
    work.db.add(material)
    work.db.flush()
    return material


def application_of(work: Work, person_id: int, group_id: int) -> int:
    """The id of a person's application to a group."""
    wanted = (col(Application.person_id) == person_id, col(Application.group_id) == group_id)
    return work.db.execute(select(col(Application.id)).where(*wanted)).scalar_one()
