"""What a person sees of the own training: what is due, what is new."""

from mps_app.views.base import View
from mps_app.views.certificates import CertificateRow


class TaskRow(View):
    """One thing the person is expected to do, with its consequence and its button (6.2, 4.11)."""

    icon: str
    title: str
    sentence: str
    consequence: str
    when_text: str = ""  # when it will be reminded of
    path: str
    action: str
    is_urgent: bool


class CourseTile(View):
    """A new course."""

    path: str
    form: str
    form_text: str
    title: str
    summary: str
    when_text: str
    places_text: str


class HomePage(View):
    """The home page of one person, or of a visitor (then only the newest courses)."""

    sentence: str = ""
    tasks: list[TaskRow] = []
    certificates: list[CertificateRow] = []
    courses: list[CourseTile] = []
