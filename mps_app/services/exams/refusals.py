"""Why a test can't be begun or answered, as facts."""

from typing import ClassVar

from mps_app.core.errors import DomainError
from mps_app.text import N_


class ExamClosed(DomainError):
    """The application has ended, so there is nothing to be tested for."""

    code = "exam_closed"
    message = N_("This test can't be taken: your application for the training has ended.")


class NoTriesLeft(DomainError):
    """Every try was used."""

    code = "exam_no_tries_left"
    message = N_("You have used all tries. Ask the school for another one.")


class AlreadyPassed(DomainError):
    """There is nothing left to try."""

    code = "exam_passed"
    message = N_("The test is passed already.")


class TryOver(DomainError):
    """What was handed in is handed in, by whom it may be."""

    code: ClassVar[str] = "exam_try_over"
    message = N_("This try is handed in already, so its answers can't be changed.")


class TimeOver(TryOver):
    """The time of the try is over; what was saved by then counts."""

    code = "exam_time_over"
    message = N_("The time is over. What was saved until then is handed in.")
