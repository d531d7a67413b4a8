"""What follows from what, in the same transaction: the whole table on one page."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar, cast

from mps_app.core.work import Fact, Reaction, Work
from mps_app.services import applications, attendance, certificates, employees, enrolments, evaluations, exams, groups

F = TypeVar("F", bound=Fact)


def _when(fact: type[F], *answers: Callable[[Work, F], Any]) -> tuple[type[Fact], Sequence[Reaction]]:  # Any: unused
    """Pair a fact with its answers; each takes just this kind of fact."""
    return fact, cast("Sequence[Reaction]", answers)


REACTIONS: Mapping[type[Fact], Sequence[Reaction]] = dict(
    (
        _when(groups.GroupOpened, applications.offer_to_waiting),
        _when(groups.GroupConfirmed, applications.tell_confirmed, exams.invite_soon),
        _when(groups.GroupChanged, applications.tell_changed),
        _when(groups.GroupCancelled, applications.end_with_group, enrolments.end_reservations, groups.release_rooms),
        _when(groups.GroupStarted, applications.move_line_on, enrolments.end_reservations),
        _when(groups.PlacesAdded, applications.settle_group),
        _when(groups.ReminderDue, applications.remind),
        _when(employees.EmploymentsEnded, applications.withdraw_leavers),
        _when(
            attendance.AttendanceRecorded,
            applications.note_absent_in_group,
            evaluations.invite_soon,
            exams.invite_soon,
            certificates.issue_soon,
        ),
        _when(evaluations.EvaluationAnswered, certificates.issue_soon),
        _when(exams.ExamPassed, evaluations.invite_soon, certificates.issue_soon),
    )
)
