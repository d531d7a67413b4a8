"""The sample persons who can sign in to the demo, read from the demo school."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from mps_app.core.codes import parse_personal_code

_SCHOOL = Path(__file__).with_name("school.yaml")


@dataclass(frozen=True, slots=True)
class SamplePerson:
    """One button of the demo's sign-in: who it is, and what can be tried as that person."""

    given_name: str
    family_name: str
    personal_code: str
    role: str
    purpose: str

    @property
    def full_name(self) -> str:
        """Given and family name."""
        return f"{self.given_name} {self.family_name}"


@lru_cache(maxsize=1)
def school() -> dict[str, Any]:  # Any: the whole demo school as it is written
    """Return the demo school's description."""
    with _SCHOOL.open(encoding="utf-8") as file:
        described: dict[str, Any] = yaml.safe_load(file)
    return described


@lru_cache(maxsize=1)
def sample_persons() -> tuple[SamplePerson, ...]:
    """Return who can sign in to the demo, in the order of the buttons."""
    return tuple(
        SamplePerson(
            given_name=row["name"].rpartition(" ")[0],
            family_name=row["name"].rpartition(" ")[2],
            personal_code=parse_personal_code(row["personal_code_fake"]),
            role=row["role"],
            purpose=row["for"],
        )
        for row in school()["demo_sign_in"]
    )
