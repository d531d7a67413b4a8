"""Who lives in the demo school: sample persons, employees, coordinators, lecturers, staff."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import count, product

from mps_app.core.actor import Actor, Role
from mps_app.core.codes import mask_personal_code, parse_personal_code
from mps_app.core.folding import fold
from mps_app.core.work import Work
from mps_app.demo.furniture import Described, Furniture
from mps_app.demo.persons import school
from mps_app.models import Coordinator, Employment, Lecturer, PayerDetails, Person, RoleGrant

_ROLES = {
    "lecturer": Role.LECTURER,
    "training_coordinator": Role.TRAINING,
    "accountant": Role.ACCOUNTANT,
    "project_manager": Role.PROJECTS,
    "administrator": Role.ADMIN,
}
_NEVER_SEEN = "Pēteris Jauniņš"  # meets the school at the first sign-in
_NO_ADDRESS = "Rihards Piemērs"
_LARGE, _LARGE_SIZE, _USUAL_SIZE = "INST-04", 214, 5
_LONG_AGO = date(2014, 1, 6)
_WOMEN = ("Agnese", "Baiba", "Dace", "Elīna", "Gunta", "Inese", "Kristīne", "Laima", "Madara", "Zanda")
_MEN = ("Aivars", "Edgars", "Gints", "Ivars", "Kaspars", "Māris", "Normunds", "Raitis", "Toms", "Valdis")
_FAMILIES = (
    "Paraug", "Demon", "Testiņ", "Izmēģin", "Piemēriņ", "Ozolparaug", "Bērzdemon", "Kalntest", "Liepparaug", "Egltest",
    "Kļavdemon", "Priedparaug", "Upjtest", "Ezerdemon", "Meždemon", "Pļavparaug", "Jūrtest", "Smilšdemon", "Mālparaug",
    "Rudztest", "Kviešdemon", "Auzparaug", "Miežtest",
)  # fmt: skip
_UNITS = ("Juridiskā nodaļa", "Finanšu nodaļa", "Personāla nodaļa", "Politikas plānošanas nodaļa", "IT nodaļa")
_POSITIONS = ("vecākā eksperta amats", "jurista amats", "nodaļas vadītāja amats", "referenta amats")


@dataclass(slots=True)
class Inhabitants:
    """Person ids by who they are."""

    staff: Actor
    by_name: dict[str, int] = field(default_factory=dict)
    employees: dict[str, list[int]] = field(default_factory=dict)  # by institution
    private: list[int] = field(default_factory=list)
    lecturers: dict[str, int] = field(default_factory=dict)  # lecturer ids


def move_in(work: Work, furniture: Furniture) -> Inhabitants:
    """Meet everybody."""
    found = Inhabitants(work.actor)
    for row in school()["demo_sign_in"]:
        if row["name"] != _NEVER_SEEN:
            _sample(work, row, found, furniture)
    for row in school()["people"]:
        _described(work, row, found, furniture)
    for row in school()["lecturers"]:
        person = _person(work, f"{row['given_name']} {row['family_name']}", next(_codes), row["email"])
        found.lecturers[row["id"]] = _teaches(work, person, row["specialisation"])
    _employees(work, found, furniture)
    return found


def _sample(work: Work, row: Described, found: Inhabitants, furniture: Furniture) -> None:
    """Meet one who can sign in, with what the button promises."""
    email = f"{fold(row['name']).replace(' ', '.')}@dalibnieki.example"
    person = _person(work, row["name"], row["personal_code_fake"], email)
    found.by_name[row["name"]] = person.key
    if row["name"] != _NO_ADDRESS:
        _declare(person)
    for institution in (*row.get("employers", ()), *([row["institution"]] if "institution" in row else ())):
        hired = _hire(person, furniture.institutions[institution], date(2021, 6, 1))
        work.db.add(hired)
        found.employees.setdefault(institution, []).append(person.key)
    for institution in row.get("former_employers", ()):
        work.db.add(_hire(person, furniture.institutions[institution], _LONG_AGO, date(2021, 5, 31)))
    if row["role"] == "institution_coordinator":
        work.db.add(_speaks(person, furniture.institutions[row["institution"]], "Rīkojums Nr. 1-5/14"))
    if row["role"] in _ROLES:
        work.db.add(RoleGrant(person_id=person.key, role=_ROLES[row["role"]], from_on=_LONG_AGO))
    if row["role"] == "lecturer":
        found.lecturers["demo"] = _teaches(work, person, "Digitālās prasmes un mākslīgais intelekts", granted=True)
    if row["role"] == "training_coordinator":
        found.staff = Actor(person_id=person.key, roles=frozenset({Role.TRAINING}))
    work.db.flush()


def _described(work: Work, row: Described, found: Inhabitants, furniture: Furniture) -> None:
    name = f"{row['given_name']} {row['family_name']}"
    person = _person(work, name, row["personal_code_fake"], row["email"])
    found.by_name[name] = person.key
    if row["declared_address"]:
        address = row["declared_address"]
        person.declared_street, person.declared_city = address["street"], address["city"]
        person.declared_postal_code = address["postal_code"]
    if row["employer"] is None:
        found.private.append(person.key)
        return
    work.db.add(_hire(person, furniture.institutions[row["employer"]], _LONG_AGO))
    found.employees.setdefault(row["employer"], []).append(person.key)
    if row["role"] == "institution_coordinator":
        work.db.add(_speaks(person, furniture.institutions[row["employer"]], "Rīkojums Nr. 1-5/9"))


def _employees(work: Work, found: Inhabitants, furniture: Furniture) -> None:
    """Fill the institutions: one has as many people as its coordinator's button says."""
    names = _names()
    for institution, key in furniture.institutions.items():
        size = _LARGE_SIZE if institution == _LARGE else _USUAL_SIZE
        present = found.employees.setdefault(institution, [])
        for number in range(len(present), size):
            name = next(names)
            email = f"{fold(name).replace(' ', '.')}.{number}@{institution.lower()}.example"
            person = _person(work, name, next(_codes), email)
            work.db.add(_hire(person, key, _LONG_AGO))
            present.append(person.key)


def _names() -> Iterator[str]:
    """Return made-up names, women's and men's in turn; some come twice, as in life."""
    pairs = list(product(_FAMILIES, zip(_WOMEN, _MEN, strict=True)))
    for round_number in count():
        for family, (woman, man) in pairs:
            yield f"{woman} {family}a" if round_number % 2 == 0 else f"{man} {family}s"


_codes = (f"38{number:09}" for number in count(7_000_001, 13))


def _person(work: Work, name: str, code: str, email: str) -> Person:
    given, _, family = name.rpartition(" ")
    digits = parse_personal_code(code)
    person = Person(
        given_name=given,
        family_name=family,
        name_folded=fold(name),
        code_hash=work.tools.cipher.lookup(digits),
        code_sealed=work.tools.cipher.seal(digits),
        code_masked=mask_personal_code(digits),
        email=email,
        email_verified_at=work.now,
        created_at=work.now,
    )
    work.db.add(person)
    work.db.flush()
    return person


def _declare(person: Person) -> None:
    person.declared_street, person.declared_city = "Izmēģinājumu iela 6-4", "Jelgava"
    person.declared_postal_code = "LV-3001"


def _hire(person: Person, institution_id: int, from_on: date, until_on: date | None = None) -> Employment:
    return Employment(
        person_id=person.key,
        institution_id=institution_id,
        unit=_UNITS[person.key // 10 % len(_UNITS)],  # the given names come round every ten
        position=_POSITIONS[person.key // 3 % len(_POSITIONS)],
        from_on=from_on,
        until_on=until_on,
    )


def _speaks(person: Person, institution_id: int, reference: str) -> Coordinator:
    return Coordinator(
        person_id=person.key,
        institution_id=institution_id,
        nominated_on=_LONG_AGO,
        from_on=_LONG_AGO + timedelta(days=3),
        confirmed_on=_LONG_AGO + timedelta(days=3),
        document_reference=reference,
    )


def _teaches(work: Work, person: Person, biography: str, *, granted: bool = False) -> int:
    if not granted:
        work.db.add(RoleGrant(person_id=person.key, role=Role.LECTURER, from_on=_LONG_AGO))
    lecturer = Lecturer(person_id=person.key, biography=biography)
    work.db.add(lecturer)
    work.db.flush()
    return lecturer.key


def keep_payer_details(work: Work, person_id: int, at: datetime) -> None:
    """Give somebody Rekvizīti of their own (2.3)."""
    details = school()["institutions"][22]
    work.db.add(
        PayerDetails(
            person_id=person_id,
            name=details["name"],
            registration_number=details["registration_number_fake"],
            street=details["address"]["street"],
            city=details["address"]["city"],
            postal_code=details["address"]["postal_code"],
            invoice_email=details["invoice_email"],
            created_at=at,
        )
    )
