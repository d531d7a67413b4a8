"""What a person has chosen and typed in the dialog, and what was wrong with it."""

from mps_app.views.people import AddressFields


class ApplyChoice(AddressFields):
    """The dialog's choices; ``awaited_email`` is the address that a code was sent to."""

    payer: str = ""
    institution_id: int = 0
    changes_email: bool = False
    awaited_email: str = ""
    adjustments: str = ""


class ApplyProblems(AddressFields):
    """Why something was not done: beside its field, or above the buttons."""

    whole: str = ""
    email: str = ""
    code: str = ""
    agreed: str = ""
