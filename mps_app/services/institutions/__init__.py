"""Institutions, their coordinators, and how far each reaches (rule 11)."""

from mps_app.services.institutions.coordinator_lists import asking_page, colleagues, coordinators_page
from mps_app.services.institutions.deciding import (
    confirm_coordinator,
    end_as_school,
    end_coordinator,
    refuse_nomination,
)
from mps_app.services.institutions.desk import desk
from mps_app.services.institutions.digest_wish import DigestReader, choose_digest, digest_readers, note_told
from mps_app.services.institutions.nominating import ask_to_coordinate, nominate_colleague, withdraw_nomination
from mps_app.services.institutions.queries import coordinators, employee_names, employers, employers_of, told_at_once
from mps_app.services.institutions.reach import accounts_of, own
from mps_app.services.institutions.requisites import requisites, save_approval, save_requisites
from mps_app.services.institutions.school_lists import nominations, standing_coordinators

__all__ = [
    "DigestReader",
    "accounts_of",
    "ask_to_coordinate",
    "asking_page",
    "choose_digest",
    "colleagues",
    "confirm_coordinator",
    "coordinators",
    "coordinators_page",
    "desk",
    "digest_readers",
    "employee_names",
    "employers",
    "employers_of",
    "end_as_school",
    "end_coordinator",
    "nominate_colleague",
    "nominations",
    "note_told",
    "own",
    "refuse_nomination",
    "requisites",
    "save_approval",
    "save_requisites",
    "standing_coordinators",
    "told_at_once",
    "withdraw_nomination",
]
