"""Drafting a group and moving its sessions; a room or lecturer is never in two places (5.4)."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from uuid import uuid4

from psycopg.errors import ExclusionViolation
from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import Range
from sqlalchemy.exc import IntegrityError
from sqlmodel import col

from mps_app.core.errors import NotFound
from mps_app.core.work import Work
from mps_app.models import CourseGroup, GroupStatus, SessionLecturer, TrainingSession
from mps_app.policy import Action, Subject, require
from mps_app.services import audit, catalogue
from mps_app.services.groups.facts import GroupChanged
from mps_app.services.groups.places import lock_for_places
from mps_app.services.groups.refusals import LecturerBusy, RoomTaken
from mps_app.services.groups.schedule import sessions_of, starts_at
from mps_app.services.messages.templates import Change, SessionFacts
from mps_app.views.groups import GroupPlan, SessionMove, SessionPlan


def plan_group(work: Work, plan: GroupPlan) -> int:
    """Draft a group with its sessions; return its id."""
    require(work, Action.GROUP_MANAGE, Subject())
    group = CourseGroup(**plan.model_dump(exclude={"sessions"}), created_at=work.now)
    work.db.add(group)
    work.db.flush()
    for number, session in enumerate(plan.sessions, start=1):
        with _free_rooms_and_lecturers(work):
            _add_session(work, group.key, number, session)
    audit.record(work, "planned", "group", group.key, code=group.code)
    return group.key


def _add_session(work: Work, group_id: int, number: int, plan: SessionPlan) -> None:
    during = Range(plan.starts_at, plan.ends_at)
    session = TrainingSession(
        group_id=group_id,
        number=number,
        title=plan.title,
        during=during,
        room_id=plan.room_id,
        online_url=plan.online_url,
        uid=f"{uuid4()}@mps",
        created_at=work.now,
    )
    work.db.add(session)
    work.db.flush()
    work.db.add_all(
        SessionLecturer(session_id=session.key, lecturer_id=lecturer_id, during=during, created_at=work.now)
        for lecturer_id in plan.lecturer_ids
    )
    work.db.flush()


def change_sessions(work: Work, group_id: int, moves: Sequence[SessionMove], reason: str = "") -> None:
    """Move sessions in time or place; everybody is told what changed and calendars follow (5.3)."""
    require(work, Action.GROUP_MANAGE, Subject())
    group = lock_for_places(work, [group_id])[group_id]
    if group.status in {GroupStatus.COMPLETED, GroupStatus.CANCELLED}:
        raise NotFound
    before = {session.uid: session for session in sessions_of(work, [group_id])[group_id]}
    for move in moves:
        _move(work, group_id, move)
    after = {session.uid: session for session in sessions_of(work, [group_id])[group_id]}
    changes = tuple(Change(old=before[uid], new=after[uid]) for uid in after if _differs(before[uid], after[uid]))
    if not changes:
        return
    group.version += 1
    _move_deadline(group, list(before.values()), list(after.values()))
    audit.record(
        work,
        "changed_sessions",
        "group",
        group_id,
        reason=reason,
        changes=[change.model_dump(mode="json") for change in changes],
    )
    if group.status == GroupStatus.DRAFT:
        return  # nobody knows of it yet
    work.happened(GroupChanged(group_id, changes, reason))
    catalogue.touched(work, [group.course_id])


def _move(work: Work, group_id: int, move: SessionMove) -> None:
    session = work.db.execute(
        select(TrainingSession).where(
            col(TrainingSession.id) == move.session_id,
            col(TrainingSession.group_id) == group_id,
            col(TrainingSession.withdrawn_at).is_(None),
        )
    ).scalar_one_or_none()
    if session is None:
        raise NotFound
    during = Range(move.starts_at, move.ends_at)
    if (session.during, session.room_id, session.online_url) == (during, move.room_id, move.online_url):
        return
    with _free_rooms_and_lecturers(work):
        session.during, session.room_id, session.online_url = during, move.room_id, move.online_url
        session.sequence += 1  # calendars replace the entry of the same UID only by a higher one (5.3)
        work.db.flush()
        work.db.execute(
            update(SessionLecturer).where(col(SessionLecturer.session_id) == session.key).values(during=during)
        )


def _move_deadline(group: CourseGroup, before: list[SessionFacts], after: list[SessionFacts]) -> None:
    """Let a later start move the deadline for withdrawing along (4.7): who agreed to a date may leave another."""
    old, new = starts_at(before), starts_at(after)
    if old is not None and new is not None and new > old:
        group.cancellation_deadline_at += new - old


def _differs(old: SessionFacts, new: SessionFacts) -> bool:
    return old.sequence != new.sequence


@contextmanager
def _free_rooms_and_lecturers(work: Work) -> Iterator[None]:
    """Turn the database's refusal of an overlap into words (5.4)."""
    try:
        with work.db.begin_nested():
            yield
    except IntegrityError as error:
        if not isinstance(error.orig, ExclusionViolation):
            raise
        room = error.orig.diag.constraint_name == "ex_training_session_room"
        raise (RoomTaken if room else LecturerBusy) from error
