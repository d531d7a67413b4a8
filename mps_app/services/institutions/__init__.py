"""Institutions, their employees and coordinators (rule 11)."""

from mps_app.services.institutions.queries import coordinators, employers

__all__ = ["coordinators", "employers"]
