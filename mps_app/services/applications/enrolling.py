"""A coordinator enrols many employees in one act: one lock, everything read inside it (11.3, 4.3)."""

from collections.abc import Sequence

from mps_app.core.errors import NotFound
from mps_app.core.work import Work
from mps_app.models import CourseGroup, PayerKind
from mps_app.policy import Action
from mps_app.services import groups, institutions
from mps_app.services.applications import situation
from mps_app.services.applications.entering import Entry, Rest, enter
from mps_app.services.applications.wishes import Wish


def enrol(work: Work, institution_id: int, group_id: int, person_ids: Sequence[int], rest: Rest) -> list[Entry]:
    """Let an institution's employees enter a group on its account; whoever is none of them is left unnamed.

    The same again changes nothing: who is in already stays as they are.
    """
    institutions.own(work, institution_id, Action.APPLICATION_CREATE)
    known = work.db.get(CourseGroup, group_id)
    course = groups.course_of(work, known) if known else None
    if course is None or not situation.is_offered(work, course, institution_id):
        raise NotFound  # 3.5; before anything is locked
    coordinators = institutions.told_at_once(work, institution_id)
    group = groups.lock_to_enter(work, course.key, group_id)
    found = situation.applicants(work, list(dict.fromkeys(person_ids)))
    wished = [
        Wish(
            course=course,
            who=found[person_id],
            payer=PayerKind.INSTITUTION,
            employer=employer,
            by_coordinator=True,
            by_other=person_id != work.actor.person_id,
            coordinators=coordinators,
        )
        for person_id in dict.fromkeys(person_ids)
        if person_id in found and (employer := found[person_id].employer(institution_id))
    ]
    return enter(work, situation.inside(work, group, list(found)), wished, rest) if wished else []
