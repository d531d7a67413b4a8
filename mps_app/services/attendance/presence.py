"""How much of a training somebody was there for."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import bindparam, text

from mps_app.core.work import Work

_WHOLE = 100

# Nobody is there for longer than a session lasts; a withdrawn session counts for nobody.
_MINUTES = text("""
    SELECT a.id,
           coalesce(sum(least(t.present_minutes, m.minutes)), 0)::int,
           coalesce(sum(m.minutes), 0)::int
    FROM application a
    LEFT JOIN training_session s ON s.group_id = a.group_id AND s.withdrawn_at IS NULL
    LEFT JOIN LATERAL (SELECT extract(epoch FROM upper(s.during) - lower(s.during)) / 60 AS minutes) m ON true
    LEFT JOIN attendance t ON t.application_id = a.id AND t.session_id = s.id
    WHERE a.id IN :applications
    GROUP BY a.id
""").bindparams(bindparam("applications", expanding=True))


@dataclass(frozen=True, slots=True)
class Presence:
    """Minutes present of all the minutes of a group's sessions; a course without sessions has none to miss."""

    present_minutes: int = 0
    total_minutes: int = 0

    def reaches(self, percent: int) -> bool:
        """Whether this is enough (7.2)."""
        return self.present_minutes * _WHOLE >= percent * self.total_minutes

    def hours_of(self, academic_hours: int) -> int:
        """Return how many of a course's academic hours that is, begun ones left out."""
        if not self.total_minutes:
            return academic_hours
        return academic_hours * self.present_minutes // self.total_minutes


def presence_of(work: Work, application_ids: Collection[int]) -> dict[int, Presence]:
    """Return the presence of each application."""
    if not application_ids:
        return {}
    rows = work.db.execute(_MINUTES, {"applications": list(application_ids)})
    return {application_id: Presence(present, total) for application_id, present, total in rows}
