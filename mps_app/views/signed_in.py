"""Who is signed in, as the shell shows it."""

from mps_app.views.base import View


class SignedInPerson(View):
    """The person of the account menu; empty for a visitor."""

    is_signed_in: bool = False
    is_staff: bool = False
    is_coordinator: bool = False  # of an institution
    confirms_coordinators: bool = False
    nominations: int = 0  # that wait for the school, when the person decides about them
    answers_questions: bool = False
    questions: int = 0  # that wait for the school, when the person answers them
    full_name: str = ""
    initials: str = ""
    role_text: str = ""
    needs_email: bool = False
