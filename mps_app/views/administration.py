"""What may be seen of the machinery (16)."""

from mps_app.views.base import View


class Finding(View):
    """Something the self-audit found wrong: which check, and which things."""

    check: str
    text: str
