"""Evaluations (7.1-7.4): asked after the training, reminded of, filled, and from then on nobody's."""

from mps_app.services.evaluations.answering import FORM, EvaluationAnswered, filling, save, send
from mps_app.services.evaluations.ballots import OPEN_BALLOTS, open_ballots
from mps_app.services.evaluations.invitations import invite_due, invite_soon, send_reminders, stop_reminders
from mps_app.services.evaluations.pages import due_for, evaluation_page, keep_answers, state_of, turn_page
from mps_app.services.evaluations.questionnaire import in_force, publish
from mps_app.services.evaluations.results import results

__all__ = [
    "FORM",
    "OPEN_BALLOTS",
    "EvaluationAnswered",
    "due_for",
    "evaluation_page",
    "filling",
    "in_force",
    "invite_due",
    "invite_soon",
    "keep_answers",
    "open_ballots",
    "publish",
    "results",
    "save",
    "send",
    "send_reminders",
    "state_of",
    "stop_reminders",
    "turn_page",
]
