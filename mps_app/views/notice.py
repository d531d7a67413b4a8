"""What the system says in passing."""

from mps_app.views.base import View


class Notice(View):
    """One passing message; ``number`` tells two equal ones apart."""

    text: str = ""
    tone: str = "neutral"
    number: int = 0
