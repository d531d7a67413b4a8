"""Institutions, their coordinators, and how far each reaches (rule 11)."""

from mps_app.services.institutions.desk import desk
from mps_app.services.institutions.queries import coordinators, employers
from mps_app.services.institutions.reach import accounts_of, own

__all__ = ["accounts_of", "coordinators", "desk", "employers", "own"]
