"""Everything a certificate says, frozen when it is issued (invariant 6)."""

from datetime import date
from typing import Any, Self

from pydantic import BaseModel, ConfigDict

from mps_app.core import riga
from mps_app.core.settings import settings
from mps_app.core.work import Work
from mps_app.models import Application, CertificateKind, Course, CourseGroup, Person
from mps_app.services import attendance, groups

_LONGEST_PROGRAMME = 230


class Content(BaseModel):
    """What is printed; later edits of course or person change nothing here."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: str
    name: str
    family_name: str  # asked of whoever checks by number
    course: str
    course_en: str
    course_code: str
    hours: int  # academic hours: of the course, or those attended
    session_count: int
    form: str
    days: tuple[date, ...]
    programme: str
    school: str
    signatory: str
    signed_in: str
    issued_on: date
    address: str  # of the site on that day

    @classmethod
    def of(cls, kept: dict[str, Any]) -> Self:  # Any: JSON
        """Read what was frozen."""
        return cls.model_validate(kept)


def content_of(work: Work, application: Application, presence: attendance.Presence) -> Content:
    """Return what a certificate issued now says."""
    person = work.db.get_one(Person, application.person_id)
    course = work.db.get_one(Course, application.course_id)
    group = work.db.get_one(CourseGroup, application.group_id)
    sessions = groups.sessions_of(work, [group.key])[group.key]
    is_completion = course.certificate_kind == CertificateKind.COMPLETION
    here = settings()
    return Content(
        kind=CertificateKind.COMPLETION if is_completion else CertificateKind.ATTENDANCE,
        name=person.full_name,
        family_name=person.family_name,
        course=course.title,
        course_en=course.title_en,
        course_code=course.code,
        hours=course.academic_hours if is_completion else presence.hours_of(course.academic_hours),
        session_count=len(sessions),
        form=course.format,
        days=tuple(sorted({riga.today(session.starts_at) for session in sessions})),
        programme=_programme(course),
        school=here.school_name,
        signatory=here.school_signatory,
        signed_in=here.school_signs_in,
        issued_on=riga.today(work.now),
        address=here.address,
    )


def _programme(course: Course) -> str:
    """Return what was taught, as much of it as a line or two hold."""
    listed = ""
    for row in course.programme:
        title = str(row.get("title", "")).strip().rstrip(".")
        longer = f"{listed}, {title[:1].lower()}{title[1:]}" if listed else title
        if len(longer) > _LONGEST_PROGRAMME:
            break
        listed = longer
    return listed
