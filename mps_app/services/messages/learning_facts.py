"""What messages are made of that are about what is to be done for a training, and what is earned by it."""

from mps_app.services.messages.facts import CourseFacts


class EvaluationInvite(CourseFacts):
    """evaluation_invite: the training is over, the questionnaire waits (7.1)."""

    group_code: str


class EvaluationReminder(EvaluationInvite):
    """evaluation_reminder: it waits still (7.3)."""


class ExamInvite(CourseFacts):
    """exam_invite: a test is to be taken, or another try was granted (8.1)."""

    group_code: str
    exam_title: str
    exam_title_en: str = ""
    questions: int
    minutes: int | None = None
    tries: int
    pass_percent: int
    is_needed: bool = True  # for the certificate


class ExamReminder(ExamInvite):
    """exam_reminder: it waits still."""


class CertificateReady(CourseFacts):
    """certificate_ready: the sheet is printed (7.2); or a corrected one replaces it (7.6)."""

    number: str
    is_replacement: bool = False
