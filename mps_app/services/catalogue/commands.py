"""Courses and their topics are kept here; every change the catalogue sees raises its revision."""

from collections.abc import Iterable

from sqlalchemy import delete, select, text
from sqlmodel import col

from mps_app.core.errors import Invalid
from mps_app.core.folding import sort_key
from mps_app.core.work import Work
from mps_app.models import Course, CourseAudience, Institution, Topic, Visibility
from mps_app.policy import Action, Subject, require
from mps_app.services import audit
from mps_app.text import N_
from mps_app.views.catalogue import CourseForm, TopicForm

_TOUCHED = "courses the catalogue must look at again"

_LOCK_COURSES = text("SELECT id FROM course WHERE id = ANY(:ids) ORDER BY id FOR NO KEY UPDATE")
_RAISE = text("""
    INSERT INTO catalogue_stamp (id, revision) VALUES (1, 1)
    ON CONFLICT (id) DO UPDATE SET revision = catalogue_stamp.revision + 1 RETURNING revision
""")
_MARK = text("UPDATE course SET revision = :revision WHERE id = ANY(:ids)")


def touched(work: Work, course_ids: Iterable[int]) -> None:
    """Have the catalogue look at courses again: they, their groups, dates or places changed.

    The stamp is one row that all such changes wait for; it is locked last, so that nobody waits for long
    and nobody in a circle.
    """
    work.db.info.setdefault(_TOUCHED, set()).update(course_ids)
    work.lastly(_raise_revision, locks_all=True)


def _raise_revision(work: Work) -> None:
    ids = sorted(work.db.info.pop(_TOUCHED, set()))
    work.db.flush()
    work.db.execute(_LOCK_COURSES, {"ids": ids})
    revision = work.db.execute(_RAISE).scalar_one()
    work.db.execute(_MARK, {"ids": ids, "revision": revision})


def save_topic(work: Work, form: TopicForm) -> int:
    """Keep a topic, found by its code; returns its id."""
    require(work, Action.COURSE_MANAGE, Subject())
    topic = work.db.execute(select(Topic).where(col(Topic.code) == form.code)).scalar_one_or_none()
    if topic is None:
        topic = Topic(code=form.code, name=form.name, name_en=form.name_en, created_at=work.now)
        work.db.add(topic)
    topic.name, topic.name_en = form.name, form.name_en
    work.db.flush()
    touched(work, work.db.execute(select(col(Course.id)).where(col(Course.topic_id) == topic.key)).scalars())
    audit.record(work, "saved", "topic", topic.key, code=form.code, name=form.name)
    return topic.key


def save_course(work: Work, form: CourseForm) -> int:
    """Keep a course, found by its code, with its audience (3.5); returns its id."""
    require(work, Action.COURSE_MANAGE, Subject())
    topic_id = work.db.execute(select(col(Topic.id)).where(col(Topic.code) == form.topic)).scalar_one_or_none()
    if topic_id is None:
        raise Invalid({"topic": N_("Choose a topic from the list.")})
    kept = form.model_dump(exclude={"topic", "audience_numbers"}) | {
        "topic_id": topic_id,
        "title_sort": sort_key(form.title),
    }
    course = work.db.execute(select(Course).where(col(Course.code) == form.code)).scalar_one_or_none()
    if course is None:
        course = Course(**kept, created_at=work.now)
        work.db.add(course)
    before = {name: getattr(course, name) for name in ("title", "visibility", "price_cents")}
    for name, value in kept.items():
        setattr(course, name, value)
    work.db.flush()
    _set_audience(work, course.key, form)
    touched(work, [course.key])
    after = {name: getattr(course, name) for name in before}
    audit.record(work, "saved", "course", course.key, code=form.code, before=before, after=after)
    return course.key


def _set_audience(work: Work, course_id: int, form: CourseForm) -> None:
    wanted = set(form.audience_numbers) if form.visibility == Visibility.RESTRICTED else set()
    found = work.db.execute(
        select(col(Institution.id)).where(col(Institution.registration_number).in_(wanted))
    ).scalars()
    institution_ids = sorted(key for key in found if key is not None)
    if len(institution_ids) != len(wanted):
        raise Invalid({"audience_numbers": N_("One of these institutions is not known.")})
    work.db.execute(delete(CourseAudience).where(col(CourseAudience.course_id) == course_id))
    work.db.add_all(
        CourseAudience(course_id=course_id, institution_id=key, created_at=work.now) for key in institution_ids
    )
