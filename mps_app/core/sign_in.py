"""What a sign-in provider promises the house, and the ways a sign-in can fail, in words (1.1)."""

from dataclasses import dataclass
from typing import Protocol

from mps_app.core.errors import DomainError
from mps_app.text import N_


@dataclass(frozen=True, slots=True)
class AssertedPerson:
    """What a provider asserted about a person, verified; codes are canonical, names fit for showing."""

    issuer: str
    subject: str
    personal_code: str
    given_name: str
    family_name: str
    historical_codes: tuple[str, ...] = ()
    id_token: str = ""  # the hint of signing out at the provider


@dataclass(frozen=True, slots=True)
class Errand:
    """One redirect to the provider and what must come back unchanged."""

    state: str
    nonce: str
    verifier: str
    return_to: str = "/"


@dataclass(frozen=True, slots=True)
class Answer:
    """What the provider sent back with the browser (RFC 6749 4.1.2, RFC 9207)."""

    code: str = ""
    error: str = ""
    issuer: str = ""


class IdentityProvider(Protocol):
    """Says who a person is; OpenID Connect today, another protocol behind the same three doors."""

    def sign_in_address(self, errand: Errand) -> str:
        """Return where to send the browser."""
        ...

    def identify(self, errand: Errand, answer: Answer) -> AssertedPerson:
        """Return who came back; raises one of the refusals below."""
        ...

    def sign_out_address(self, id_token: str, return_address: str) -> str:
        """Return where to send the browser to sign out there too, or nothing."""
        ...


class SignInStale(DomainError):
    """The attempt is unknown, used, too old, or was started in another browser."""

    code = "sign_in_stale"
    message = N_("This sign-in has expired or was started in another browser. Start again.")
    status = 400


class SignInDeclined(DomainError):
    """The person went back at the provider, or it wants something else first."""

    code = "sign_in_declined"
    message = N_("The sign-in was not completed. You can try again.")
    status = 403


class ProviderUnavailable(DomainError):
    """The provider does not answer, or answers nonsense."""

    code = "provider_unavailable"
    message = N_("The sign-in service does not answer now. Try again in a few minutes.")
    status = 503


class SignInNotTrusted(DomainError):
    """The provider's answer failed a check; the log has the reason under the same reference."""

    code = "sign_in_not_trusted"
    message = N_("The answer of the sign-in service could not be verified, so you were not signed in. Try again.")
    status = 403


class AssuranceTooLow(DomainError):
    """The person proved who they are too weakly."""

    code = "assurance_too_low"
    message = N_("Sign in with a safer means: an eID card, eParaksts mobile or your bank.")
    status = 403


class NotPrivatePerson(DomainError):
    """The provider named a company, an institution or a delegate instead of a person."""

    code = "not_private_person"
    message = N_("Please sign in as a private person.")
    status = 403
