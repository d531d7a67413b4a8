"""Rows to begin a test with: one maker per table, saying only what the test names.

A maker adds its row to the database session that it is given (``work.db``) and flushes it.
"""

import itertools
from datetime import UTC, datetime

from mps_app.core.actor import Actor, Language, Role
from mps_app.core.codes import mask_personal_code
from mps_app.core.folding import fold
from mps_app.core.work import Work
from mps_app.models import Person

_numbers = itertools.count(1)

LONG_AGO = datetime(2026, 1, 5, 8, 0, tzinfo=UTC)


def unused_code() -> str:
    """Return a personal code of the undated kind that no other maker has used."""
    return f"39{next(_numbers):09}"


def make_person(  # a person has this many sides, all optional
    work: Work,
    *,
    name: str = "Anna Paraudziņa",
    code: str = "",
    email: str | None = "anna@iestade.example",
    verified: bool = True,
    language: Language = Language.LV,
    **more: object,
) -> Person:
    """A person with a verified e-mail address, unless the test says otherwise."""
    digits = code or unused_code()
    given, _, family = name.partition(" ")
    person = Person(
        given_name=given,
        family_name=family,
        name_folded=fold(name),
        code_hash=work.tools.cipher.lookup(digits),
        code_sealed=work.tools.cipher.seal(digits),
        code_masked=mask_personal_code(digits),
        email=email,
        email_verified_at=LONG_AGO if email and verified else None,
        language=language,
        **more,
    )
    work.db.add(person)
    work.db.flush()
    return person


def actor(person: Person, *roles: Role, institutions: frozenset[int] = frozenset()) -> Actor:
    """The person as the one who acts, with these roles."""
    held = frozenset(roles) | (frozenset({Role.COORDINATOR}) if institutions else frozenset())
    return Actor(
        person_id=person.key,
        roles=held,
        institution_ids=institutions,
        language=Language(person.language),
        network_address="192.0.2.1",
    )
