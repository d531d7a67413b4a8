"""Messages about nameless places, to everybody who speaks for the institution (11.6)."""

from mps_app.core.work import Work
from mps_app.models import CourseGroup, Institution, PlaceReservation
from mps_app.services import groups, institutions, messages

PLACES = "/iestade/grupas"


def tell(work: Work, kept: PlaceReservation, group: CourseGroup, why: str) -> None:
    """Tell once for each reservation, reason and day; a reservation that is used up is nobody's news."""
    if not kept.places:
        return
    institution = work.db.get_one(Institution, kept.institution_id)
    facts = groups.group_facts(work, group) | {
        "why": why,
        "institution_name": institution.name,
        "places": kept.places,
        "release_on": kept.release_on,
        "path": PLACES,
    }
    told = institutions.told_at_once if why == "due" else institutions.coordinators  # the digest tells of what is due
    for coordinator in told(work, kept.institution_id):
        messages.queue(
            work,
            "reserved_places",
            recipient=coordinator,
            institution_id=kept.institution_id,
            key=f"reserved_places:{kept.key}:{why}:{kept.release_on}:{coordinator.key}",
            facts=facts,
        )
