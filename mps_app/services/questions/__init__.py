"""Anybody asks inside the system, the school answers by mail; usual questions are answered on the spot (10)."""

from mps_app.services.questions.commands import AnsweredMeanwhile, answer, ask
from mps_app.services.questions.queries import asker, help_answers, inbox

__all__ = ["AnsweredMeanwhile", "answer", "ask", "asker", "help_answers", "inbox"]
