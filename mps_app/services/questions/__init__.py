"""Anybody asks inside the system, the school answers by mail; usual questions are answered on the spot (10)."""

from mps_app.services.questions.commands import answer, ask
from mps_app.services.questions.queries import asker, help_answers

__all__ = ["answer", "ask", "asker", "help_answers"]
