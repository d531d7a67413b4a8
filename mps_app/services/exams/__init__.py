"""Tests (8.1): made for a course, invited to, taken in the system, marked by the server, told without their key."""

from mps_app.services.exams.defining import define
from mps_app.services.exams.invitations import (
    INVITE,
    grant_attempt,
    invite_due,
    invite_soon,
    send_reminders,
    stop_reminders,
)
from mps_app.services.exams.pages import choose_answer, clock_of, exam_page, mark_question, resume, turn_page
from mps_app.services.exams.queries import answers_in_words, due_for, results, step
from mps_app.services.exams.sitting import ExamPassed
from mps_app.services.exams.standing import ExamStanding, standings
from mps_app.services.exams.taking import FORM, answers_in, end_overdue, save, start, submit

__all__ = [
    "FORM",
    "INVITE",
    "ExamPassed",
    "ExamStanding",
    "answers_in",
    "answers_in_words",
    "choose_answer",
    "clock_of",
    "define",
    "due_for",
    "end_overdue",
    "exam_page",
    "grant_attempt",
    "invite_due",
    "invite_soon",
    "mark_question",
    "results",
    "resume",
    "save",
    "send_reminders",
    "standings",
    "start",
    "step",
    "stop_reminders",
    "submit",
    "turn_page",
]
