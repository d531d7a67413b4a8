"""Who acts: a person with roles, nobody, or the system itself."""

from dataclasses import dataclass
from enum import StrEnum

from mps_app.core.networks import network_of


class Language(StrEnum):
    """Languages of the product; Latvian is the complete default (17.2)."""

    LV = "lv"
    EN = "en"


class Role(StrEnum):
    """What a person may be granted beside being a participant; coordinators are nominated (11.1)."""

    COORDINATOR = "coordinator"
    LECTURER = "lecturer"
    TRAINING = "staff_training"
    ACCOUNTANT = "accountant"
    PROJECTS = "project_manager"
    ADMIN = "administrator"


@dataclass(frozen=True, slots=True)
class Actor:
    """The one on whose behalf a unit of work runs, resolved anew for every request or event."""

    person_id: int | None = None
    sign_in_id: int | None = None
    roles: frozenset[Role] = frozenset()
    institution_ids: frozenset[int] = frozenset()  # those the person coordinates now
    language: Language = Language.LV
    network_address: str = ""
    is_system: bool = False

    @property
    def is_signed_in(self) -> bool:
        """Whether a person stands behind the actor."""
        return self.person_id is not None

    @property
    def network(self) -> str:
        """From where the actor calls, as limits count it (1.6)."""
        return network_of(self.network_address)


NOBODY = Actor()
SYSTEM = Actor(is_system=True)
