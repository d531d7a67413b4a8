"""Records of an institution's training (11.5): the year, mandatory training, the plan; only what is its business."""

from mps_app.services.training_records.export import export
from mps_app.services.training_records.packing import archive
from mps_app.services.training_records.person import person_record
from mps_app.services.training_records.plan import keep_plan, plan, plan_course
from mps_app.services.training_records.requirements import (
    courses_for,
    due_people,
    keep_requirement,
    remove_requirement,
    requirements,
)
from mps_app.services.training_records.year import record_found, record_page

__all__ = [
    "archive",
    "courses_for",
    "due_people",
    "export",
    "keep_plan",
    "keep_requirement",
    "person_record",
    "plan",
    "plan_course",
    "record_found",
    "record_page",
    "remove_requirement",
    "requirements",
]
