"""What the training itself does to an application: it was attended, missed, completed (7.1, 7.2, 9.1)."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import bindparam, text

from mps_app.core.lifecycle import By
from mps_app.core.work import Work
from mps_app.models import Application, ApplicationStatus
from mps_app.services import attendance, groups
from mps_app.services.applications.lifecycle import LIFE

# Absent is who is known to have missed every session of a training that is over: a session that nobody told of may have
# been attended. Who was marked absent and is told later to have been there is back.
_TO_NOTE = text("""
    SELECT a.id, a.group_id, CASE a.status WHEN 'registered' THEN 'no_show' ELSE 'attended' END
    FROM application a JOIN course_group g ON g.id = a.group_id AND g.status = 'completed'
    JOIN LATERAL (
        SELECT count(*) AS held, count(t.id) AS told, coalesce(max(t.present_minutes), 0) AS longest
        FROM training_session s LEFT JOIN attendance t ON t.session_id = s.id AND t.application_id = a.id
        WHERE s.group_id = g.id AND s.withdrawn_at IS NULL) m ON m.held > 0
    WHERE (CAST(:group_id AS bigint) IS NULL OR g.id = :group_id)
      AND (a.status = 'registered' AND m.told = m.held AND m.longest = 0 OR a.status = 'no_show' AND m.longest > 0)
    ORDER BY a.id
    LIMIT :most
""").bindparams(bindparam("group_id"), bindparam("most"))
_MOST = 500


def note_attended(work: Work, application: Application) -> None:
    """Note that somebody took part; what is noted already stays."""
    if application.status == ApplicationStatus.REGISTERED:
        _move(work, application, ApplicationStatus.ATTENDED)


def note_completed(work: Work, application: Application) -> None:
    """Note that everything was done and the certificate is given."""
    if application.status != ApplicationStatus.COMPLETED:
        _move(work, application, ApplicationStatus.COMPLETED)


def note_absent_in_group(work: Work, fact: attendance.AttendanceRecorded) -> None:
    """Note who missed a group's training, and who did not after all."""
    _note_absent(work, fact.group_id)


def note_absent(work: Work) -> int:
    """Note the same of all groups that are over: attendance may be known before the clock says so."""
    return _note_absent(work, None)


def _note_absent(work: Work, group_id: int | None) -> int:
    asked = {"group_id": group_id, "most": _MOST}
    found = _to_note(work, asked)
    if not found:
        return 0
    locked = groups.lock_for_places(work, {of for _, of, _ in found})  # an absent person's place is not taken (4.10)
    still = [(key, target) for key, of, target in _to_note(work, asked) if of in locked]
    for key, target in still:
        application = work.db.get_one(Application, key, populate_existing=True)
        _move(work, application, ApplicationStatus(target))
    return len(still)


def _to_note(work: Work, asked: dict[str, Any]) -> Sequence[tuple[int, int, str]]:  # Any: parameters
    return [(row[0], row[1], row[2]) for row in work.db.execute(_TO_NOTE, asked)]


def _move(work: Work, application: Application, target: ApplicationStatus) -> None:
    LIFE.require(application.status, target, By.CLOCK)
    application.status, application.status_at = target, work.now
