"""Why something about coordinators or an institution is not done."""

from mps_app.core.errors import DomainError
from mps_app.text import N_


class AlreadyNominated(DomainError):
    """The same nomination waits already."""

    code = "already_nominated"
    message = N_("This person is nominated already. The school has not decided yet.")


class AlreadySpeaks(DomainError):
    """The person speaks for the institution in these days anyway."""

    code = "already_speaks"
    message = N_("This person already coordinates this institution's training in these days.")


class TooManyNominations(DomainError):
    """As many nominations of one person's making wait as may."""

    code = "too_many_nominations"
    message = N_("Several of your nominations wait for the school. Make another when they are decided.")


class AlreadyDecided(DomainError):
    """Somebody else has decided it meanwhile."""

    code = "already_decided"
    message = N_("This nomination has been decided already.")


class OwnNomination(DomainError):
    """Nobody confirms oneself."""

    code = "own_nomination"
    message = N_("Your own nomination is confirmed by a colleague.")


class DaysPassed(DomainError):
    """A deputy's days were over before anybody decided."""

    code = "days_passed"
    message = N_("The days of this nomination have passed. Refuse it.")
