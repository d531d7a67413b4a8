"""An institution, who speaks for it, and a foreign one."""

from dataclasses import dataclass

import pytest
from sqlmodel import select

from mps_app.core.actor import SYSTEM, Actor
from mps_app.core.work import House, begin
from mps_app.models import Employment, Institution
from mps_app.services import employees
from mps_app.views.employees import EmployeeForm, ImportPreview, ImportReceipt, PreviewWish
from tests import factories
from tests.services.employees.lists import ANNA


@dataclass
class Desk:
    """What the tests of this room act on; each call is a transaction of its own."""

    institution: Institution
    actor: Actor
    foreign: Institution
    foreign_actor: Actor

    def add(self, **said: str) -> int:
        """Add Anna, or whoever is said."""
        fields = ("personal_code", "given_name", "family_name", "unit", "position", "work_email")
        form = EmployeeForm.read({**dict(zip(fields, ANNA, strict=True)), **said})
        with begin(self.actor) as work:
            return employees.add(work, self.institution.key, form).employment_id

    def load(self, content: bytes, name: str = "saraksts.csv") -> int:
        """Load a list, as a request does."""
        with begin(self.actor) as work:
            employees.may_load(work, self.institution.key)
        table = employees.read_list(content, self.actor.language)
        with begin(self.actor) as work:
            return employees.stage_import(work, self.institution.key, name, table)

    def look(self, import_id: int, kind: str = "", *, is_whole: bool = False, page: int = 1) -> ImportPreview:
        """See what it would do."""
        with begin(self.actor) as work:
            wish = PreviewWish(kind=kind, is_whole=is_whole, page=page)
            return employees.preview_import(work, self.institution.key, import_id, wish)

    def save(self, shown: ImportPreview) -> ImportReceipt:
        """Confirm what was shown."""
        with begin(self.actor) as work:
            return employees.apply_import(work, self.institution.key, shown.id, shown.basis, is_whole=shown.is_whole)

    def names(self) -> list[str]:
        """Who is listed."""
        with begin(SYSTEM) as work:
            rows = work.db.exec(select(Employment).where(Employment.institution_id == self.institution.key)).all()
        return sorted(f"{row.given_name} {row.family_name}" for row in rows)


@pytest.fixture
def desk(house: House) -> Desk:
    with begin(SYSTEM) as work:
        own, foreign = factories.make_institution(work), factories.make_institution(work, name="Sveša iestāde")
        speakers = []
        for institution in (own, foreign):
            person = factories.make_person(work, name="Ilze Demoņa", email="ilze@iestade.example")
            factories.make_coordinator(work, person, institution)
            speakers.append(factories.actor(person, institutions=frozenset({institution.key})))
        return Desk(own, speakers[0], foreign, speakers[1])
