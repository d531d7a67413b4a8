"""What a person sees of the own training: what is next, what is due, what is new."""

from mps_app.views.base import View


class SessionCard(View):
    """One coming session of the person's."""

    day_text: str
    weekday_text: str
    distance_text: str  # today, tomorrow, in 5 days
    time_text: str
    course_title: str
    course_path: str
    form: str
    form_text: str
    number_text: str  # session 1 of 4
    group_code: str
    place_text: str
    online_url: str


class TaskRow(View):
    """One thing the person is expected to do, with its consequence and its button (6.2, 4.11)."""

    icon: str
    title: str
    sentence: str
    consequence: str
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
    sessions: list[SessionCard] = []
    later_text: str = ""  # and 3 more sessions by 5 December
    tasks: list[TaskRow] = []
    courses: list[CourseTile] = []
