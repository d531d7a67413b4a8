"""What a person sees of the own calendar address (6.2)."""

from mps_app.views.base import View


class FeedCard(View):
    """Whether there is an address, and what it carries; never the address itself."""

    is_on: bool = False
    has_deadlines: bool = False
    since_text: str = ""


class FeedText(View):
    """The calendar behind an address; ``text`` is left out for a reader who has this very one."""

    mark: str
    text: bytes | None = None


class FeedAddress(View):
    """The address, shown on demand."""

    https: str = ""
    webcal: str = ""  # opens the calendar program at once
