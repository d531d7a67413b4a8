"""The deadlines of a person's applications as calendar entries: an offer's answer, the last moment to withdraw."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlmodel import col

from mps_app.core.calendars import Entry
from mps_app.core.settings import settings
from mps_app.core.work import Work
from mps_app.models import Application, ApplicationStatus, Course, CourseGroup, GroupStatus, PlaceOffer
from mps_app.services import catalogue
from mps_app.text import say

_HALF_AN_HOUR = timedelta(minutes=30)
_BOUND = (ApplicationStatus.REGISTERED, ApplicationStatus.PENDING_APPROVAL)


def entries(work: Work, person_id: int, language: str) -> list[Entry]:
    """Return the deadlines to come: held places to be taken (4.6), groups that can still be left (4.7)."""
    return [*_offers(work, person_id, language), *_withdrawals(work, person_id, language)]


def _offers(work: Work, person_id: int, language: str) -> list[Entry]:
    rows = work.db.execute(
        select(Application, Course, PlaceOffer)
        .join(Course, col(Course.id) == col(Application.course_id))
        .join(PlaceOffer, col(PlaceOffer.application_id) == col(Application.id))
        .where(
            col(Application.person_id) == person_id,
            col(Application.status) == ApplicationStatus.OFFERED,
            col(PlaceOffer.answered_at).is_(None),
            col(PlaceOffer.expires_at) > work.now,
        )
        .order_by(col(PlaceOffer.expires_at))
    )
    return [
        _entry(
            f"offer-{offer.key}",
            0,
            offer.created_at,
            offer.expires_at,
            _said(language, "Take the held place: {course}", course),
        )
        for _, course, offer in rows
    ]


def _withdrawals(work: Work, person_id: int, language: str) -> list[Entry]:
    rows = work.db.execute(
        select(Application, Course, CourseGroup)
        .join(Course, col(Course.id) == col(Application.course_id))
        .join(CourseGroup, col(CourseGroup.id) == col(Application.group_id))
        .where(
            col(Application.person_id) == person_id,
            col(Application.status).in_(_BOUND),
            col(CourseGroup.status) != GroupStatus.CANCELLED,
            col(CourseGroup.cancellation_deadline_at) > work.now,
        )
        .order_by(col(CourseGroup.cancellation_deadline_at))
    )
    return [
        _entry(
            f"withdrawal-{application.key}",
            group.version,
            application.created_at,
            group.cancellation_deadline_at,
            _said(language, "Last moment to withdraw: {course}", course),
        )
        for application, course, group in rows
    ]


def _said(language: str, message: str, course: Course) -> str:
    return say(language, message, course=catalogue.title(language, course.title, course.title_en))


def _entry(name: str, sequence: int, stamped_at: datetime, at: datetime, summary: str) -> Entry:
    return Entry(
        uid=f"{name}@{settings().address.partition('://')[2]}",
        sequence=sequence,
        stamped_at=stamped_at,
        starts_at=at - _HALF_AN_HOUR,
        ends_at=at,
        summary=summary,
        url=f"{settings().address}/pieteikumi",
        is_busy=False,
    )
