"""What a person sees of their own sign-ins and e-mail codes (1.4, 1.6)."""

from pydantic import Field

from mps_app.views.base import Form, View


class SessionRow(View):
    """One place where the person is signed in."""

    id: int
    device_text: str
    started_text: str
    seen_text: str
    is_current: bool


class EmailCodeSent(View):
    """A code is on its way; ``email`` is the address as it was understood."""

    email: str
    valid_minutes: int


class EmailCodeReceipt(View):
    """Whether the address counts now; if not, ``words`` say why and what to do."""

    is_verified: bool = False
    needs_new_code: bool = False
    words: str = ""


class EmailForm(Form):
    """The address that a code is asked for."""

    email: str = Field(max_length=254)


class CodeForm(Form):
    """The six digits."""

    code: str = Field(max_length=60)
