"""Mandatory training (11.5): what binds all institutions, and what an institution binds its own people to."""

from collections.abc import Collection, Sequence
from functools import lru_cache
from itertools import islice
from typing import Any

from sqlalchemy import bindparam, delete, select, text
from sqlmodel import col

from mps_app.core.errors import Invalid, NotFound
from mps_app.core.folding import fold
from mps_app.core.work import Work, only_reads
from mps_app.models import (
    EMPLOYED,
    EMPLOYEE_FOLDED,
    EMPLOYEE_NAME,
    Course,
    TrainingRequirement,
    TrainingRequirementCourse,
)
from mps_app.policy import Action, Subject, require
from mps_app.services import audit, catalogue, institutions
from mps_app.services.training_records.standing import STANDING, STANDINGS, days, due_text, tone_of
from mps_app.text import N_, say, say_n
from mps_app.views.training_records import CourseChoice, DuePeople, DuePerson, RequirementForm, RequirementRow

_MOST_PEOPLE, _MOST_COURSES = 300, 8
_NAMED = (col(Course.id), col(Course.title), col(Course.title_en), col(Course.code))  # of a course; the rest is long

_COUNTS = text(f"""
    SELECT m.requirement_id, {STANDING}, count(*) FROM mandatory_training m JOIN employment e ON e.id = m.employment_id
    WHERE m.institution_id = :institution_id AND {EMPLOYED} GROUP BY 1, 2
""").bindparams(bindparam("institution_id"), bindparam("today"), bindparam("soon"))  # noqa: S608  # our own

_PEOPLE = text(f"""
    SELECT e.person_id, {EMPLOYEE_NAME}, e.unit, m.due_on FROM mandatory_training m
    JOIN employment e ON e.id = m.employment_id JOIN person p ON p.id = e.person_id
    WHERE m.institution_id = :institution_id AND m.requirement_id = :requirement_id AND {EMPLOYED}
      AND {STANDING} = :standing
    ORDER BY m.due_on NULLS FIRST, {EMPLOYEE_FOLDED}, e.person_id LIMIT :most
""").bindparams(  # noqa: S608  # our own
    bindparam("institution_id"), bindparam("requirement_id"), bindparam("today"), bindparam("soon"),
    bindparam("standing"), bindparam("most"),
)  # fmt: skip


@only_reads
def requirements(work: Work, institution_id: int) -> list[RequirementRow]:
    """Return what binds an institution's employees, the law's first, with how many stand how."""
    institutions.own(work, institution_id, Action.TRAINING_RECORD_READ)
    found = (
        work.db.execute(
            select(TrainingRequirement)
            .where(
                col(TrainingRequirement.institution_id).is_(None)
                | (col(TrainingRequirement.institution_id) == institution_id)
            )
            .order_by(col(TrainingRequirement.institution_id).is_not(None), col(TrainingRequirement.title))
        )
        .scalars()
        .all()
    )
    counts: dict[int, dict[str, int]] = {one.key: {} for one in found}
    for requirement_id, standing, count in work.db.execute(_COUNTS, {"institution_id": institution_id, **days(work)}):
        counts[requirement_id][standing] = count
    courses = _courses_of(work, institution_id, [one.key for one in found])
    return [_row(work, one, counts[one.key], courses[one.key]) for one in found]


def _row(
    work: Work, one: TrainingRequirement, counts: dict[str, int], courses: Sequence[CourseChoice]
) -> RequirementRow:
    every = say_n(work.language, "every {n} month", "every {n} months", one.months)
    whom = ", ".join(one.units) or say(work.language, N_("all employees"))
    return RequirementRow(
        id=one.key,
        title=one.title,
        under_text=", ".join(part for part in (every, whom, one.legal_basis) if part),
        courses_text=", ".join(course.title for course in courses),
        is_own=one.institution_id is not None,
        fine=counts.get("fine", 0),
        soon=counts.get("soon", 0),
        overdue=counts.get("overdue", 0),
        never=counts.get("never", 0),
        months=one.months,
        units=one.units,
        courses=list(courses),
    )


def _courses_of(work: Work, institution_id: int, requirement_ids: Collection[int]) -> dict[int, list[CourseChoice]]:
    rows = work.db.execute(
        select(col(TrainingRequirementCourse.requirement_id), *_NAMED)
        .join(Course, col(Course.id) == col(TrainingRequirementCourse.course_id))
        .where(
            col(TrainingRequirementCourse.requirement_id).in_(requirement_ids),
            catalogue.offered_to(institution_id),  # 3.5
        )
        .order_by(col(Course.title_sort))
    )
    found: dict[int, list[CourseChoice]] = {key: [] for key in requirement_ids}
    for row in rows:
        found[row.requirement_id].append(_choice(work, row))
    return found


def _choice(work: Work, row: Any) -> CourseChoice:  # Any: a row with what a course is named by
    return CourseChoice(id=row.id, title=catalogue.title(work.language, row.title, row.title_en), code=row.code)


@only_reads
def due_people(work: Work, institution_id: int, requirement_id: int, standing: str) -> DuePeople:
    """Return who stands so towards a requirement, the most urgent first."""
    institutions.own(work, institution_id, Action.TRAINING_RECORD_READ)
    requirement = work.db.get(TrainingRequirement, requirement_id)
    if requirement is None or requirement.institution_id not in {None, institution_id} or standing not in STANDINGS:
        raise NotFound
    asked = {"institution_id": institution_id, "requirement_id": requirement_id, "standing": standing, **days(work)}
    rows = work.db.execute(_PEOPLE, asked | {"most": _MOST_PEOPLE + 1}).all()
    return DuePeople(
        requirement_id=requirement_id,
        title=requirement.title,
        standing=standing,
        rows=[
            DuePerson(
                person_id=person_id, name=name, unit=unit, tone=tone_of(standing),
                text=due_text(work, standing, due_on),
            )
            for person_id, name, unit, due_on in rows[:_MOST_PEOPLE]
        ],
        more_text=say(work.language, N_("The first {n} are shown."), n=_MOST_PEOPLE) if rows[_MOST_PEOPLE:] else "",
    )  # fmt: skip


@only_reads
def courses_for(work: Work, institution_id: int, query: str) -> list[CourseChoice]:
    """Return courses by words of their title or code: the catalogue's, and those restricted to the institution."""
    institutions.own(work, institution_id, Action.TRAINING_RECORD_READ)
    words = fold(query).split()
    if not words:
        return []
    asked = select(*_NAMED).where(catalogue.offered_to(institution_id)).order_by(col(Course.title_sort))
    matching = (row for row in work.db.execute(asked) if all(word in _folded(" ".join(row[1:])) for word in words))
    return [_choice(work, row) for row in islice(matching, _MOST_COURSES)]


_folded = lru_cache(maxsize=60_000)(fold)  # names of courses: the same ones at every letter typed


def known_courses(work: Work, institution_id: int, course_ids: Collection[int]) -> set[int]:
    """Return which courses the institution may know of (3.5)."""
    meant = select(col(Course.id)).where(catalogue.offered_to(institution_id), col(Course.id).in_(course_ids))
    return set(work.db.execute(meant).scalars())


def keep_requirement(work: Work, institution_id: int | None, form: RequirementForm, legal_basis: str = "") -> int:
    """Add or change a requirement: an institution's own, or one that binds all, which only the school may."""
    if institution_id is None:
        require(work, Action.COURSE_MANAGE, Subject())
        known = set(form.course_ids)
    else:
        institutions.own(work, institution_id, Action.INSTITUTION_UPDATE)
        known = known_courses(work, institution_id, form.course_ids)
    if not known or known != set(form.course_ids):
        raise Invalid({"course_ids": N_("Choose at least one course.")})
    requirement = _own_requirement(work, institution_id, form.id) if form.id else None
    if requirement is None:
        requirement = TrainingRequirement(institution_id=institution_id, title=form.title, months=form.months)
        work.db.add(requirement)
    requirement.title, requirement.months, requirement.units = form.title, form.months, list(form.units)
    requirement.legal_basis = legal_basis
    work.db.flush()
    work.db.execute(
        delete(TrainingRequirementCourse).where(col(TrainingRequirementCourse.requirement_id) == requirement.key)
    )
    work.db.add_all(
        TrainingRequirementCourse(requirement_id=requirement.key, course_id=course_id) for course_id in sorted(known)
    )
    audit.record(work, "kept", "training_requirement", requirement.key, title=form.title, months=form.months)
    return requirement.key


def remove_requirement(work: Work, institution_id: int, requirement_id: int) -> None:
    """Bind nobody to it any more; only an institution's own."""
    institutions.own(work, institution_id, Action.INSTITUTION_UPDATE)
    requirement = _own_requirement(work, institution_id, requirement_id)
    audit.record(work, "removed", "training_requirement", requirement_id, title=requirement.title)
    work.db.delete(requirement)


def _own_requirement(work: Work, institution_id: int | None, requirement_id: int) -> TrainingRequirement:
    requirement = work.db.get(TrainingRequirement, requirement_id, with_for_update=True)
    if requirement is None or requirement.institution_id != institution_id:
        raise NotFound
    return requirement
