"""Every course of the demo that demands a test has one, whole as it is written (8.1)."""

from typing import Any

import pytest
import yaml

from mps_app.demo.exams import _WRITTEN
from mps_app.demo.persons import school
from mps_app.services.exams.rules import is_right
from mps_app.views.exams import ExamPlan

EXAMS: list[dict[str, Any]] = yaml.safe_load(_WRITTEN.read_text(encoding="utf-8"))["exams"]


def test_every_course_that_demands_a_test_has_exactly_one() -> None:
    written = [code for exam in EXAMS for code in exam["courses"]]
    assert sorted(written) == sorted(course["code"] for course in school()["courses"] if course["has_test"])


@pytest.mark.parametrize("exam", EXAMS, ids=lambda exam: exam["courses"][0])
def test_a_test_is_read_as_it_is_written(exam: dict[str, Any]) -> None:
    plan = ExamPlan.read(exam)
    assert 5 <= len(plan.questions) <= 8
    for question, written in zip(plan.questions, exam["questions"], strict=True):
        assert set(written) <= set(type(question).model_fields)
        assert all(set(option) <= {"text", "is_right"} for option in written.get("options", []))  # a comma unquoted
        assert len({option.text for option in question.options}) == len(question.options)
        assert all(is_right(question, accepted) for accepted in question.accepted)
