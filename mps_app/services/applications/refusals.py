"""Why an application can't be made or changed: each says what happened and what to do."""

from collections.abc import Mapping
from typing import ClassVar

from mps_app.core.errors import DomainError, NotFound
from mps_app.services.applications.rules import Check
from mps_app.text import N_


class AlreadyApplied(DomainError):
    """One place per person and course at a time (4.2)."""

    code = "already_applied"
    message: ClassVar[str] = N_("You have already applied for this course. See it under My applications.")


class RegistrationClosed(DomainError):
    """The group takes no applications now."""

    code = "registration_closed"
    message: ClassVar[str] = N_(
        "This group takes no applications now. Choose another group, or apply for the next one."
    )


class EmailNeeded(DomainError):
    """An e-mail counts once verified (1.5, 1.6)."""

    code = "email_needed"
    message: ClassVar[str] = N_(
        "Give your e-mail and confirm it with the code first: that is where news about the training goes."
    )


class NotEmployed(DomainError):
    """The institution does not list the person (4.1)."""

    code = "not_employed"
    message: ClassVar[str] = N_(
        "This institution does not list you as its employee. Ask its personnel department to add you."
    )


class DetailsNeeded(DomainError):
    """Own Rekvizīti are missing (2.3)."""

    code = "details_needed"
    message: ClassVar[str] = N_("Fill in the payment details in your profile first: the invoice is made out with them.")


class AddressNeeded(DomainError):
    """A private person's invoice needs the declared address (2.2)."""

    code = "address_needed"
    message: ClassVar[str] = N_("Give your declared address first: without it an invoice can't be made out.")


class DeadlinePassed(DomainError):
    """The person cancels alone until the deadline (4.7)."""

    code = "deadline_passed"
    message: ClassVar[str] = N_("The time for withdrawing has passed. Write to the school, and we will find a way.")


class OfferOver(DomainError):
    """The offer's deadline has passed, or it was answered (4.6)."""

    code = "offer_over"
    message: ClassVar[str] = N_("This offer is over, and the place has gone to the next in line.")


class ShareUsed(DomainError):
    """The group caps what one institution takes (11.6)."""

    code = "share_used"
    message: ClassVar[str] = N_(
        "The places that this group keeps for your institution are all taken. Choose another group."
    )


REFUSALS: Mapping[Check, type[DomainError]] = {
    Check.COURSE_KNOWN: NotFound,  # 3.5: who may not see it does not learn that it is there
    Check.REGISTRATION_OPEN: RegistrationClosed,
    Check.NOT_APPLIED: AlreadyApplied,
    Check.EMAIL_VERIFIED: EmailNeeded,
    Check.EMPLOYED: NotEmployed,
    Check.DETAILS_GIVEN: DetailsNeeded,
    Check.ADDRESS_DECLARED: AddressNeeded,
    Check.WITHIN_SHARE: ShareUsed,
}


def refuse_unless(checks: Mapping[Check, bool]) -> None:
    """Raise the refusal of the first check that is not met."""
    for check, is_met in checks.items():
        if not is_met:
            raise REFUSALS[check]
