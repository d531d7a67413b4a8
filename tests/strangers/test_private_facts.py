"""A coordinator calls everything with the ids of an own employee, and gets nothing that is private (11.5).

What employees do on their own account is theirs: applications, the address, the certificate, the answers.
"""

import asyncio
import html
import io
import zipfile
from dataclasses import dataclass

import aiohttp
import pytest
from sqlalchemy import Engine, text

from mps_app.core.actor import SYSTEM
from mps_app.core.work import Work, begin
from mps_app.models import Application, Certificate, EvaluationDraft, EvaluationInvitation, Person
from mps_app.services import evaluations
from tests.conftest import Live
from tests.factories import (
    LONG_AGO,
    make_application,
    make_coordinator,
    make_course,
    make_employment,
    make_group,
    make_institution,
    make_person,
    unused_code,
)
from tests.marks import rule
from tests.strangers.conftest import SignedIn, sign_in
from tests.strangers.test_every_handler import TOGETHER, _attack, registered, short

NAME = "Līga Klusā"
SECRETS = (
    "liga@majas.example", "+37129876543", "29876543", "2987 6543", "Slepenā iela", "Slepenais kurss", "Slepenā anketa",
    "SLEPENS-2026",
)  # fmt: skip
_PRIVATE = text("""
    SELECT p::text, array_agg(a::text ORDER BY a.id), array_agg(i::text ORDER BY i.id), array_agg(d::text ORDER BY d.id),
           array_agg(c::text ORDER BY c.id)
    FROM person p JOIN application a ON a.person_id = p.id AND a.payer_kind = 'person'
    LEFT JOIN evaluation_invitation i ON i.application_id = a.id LEFT JOIN evaluation_draft d ON d.invitation_id = i.id
    LEFT JOIN certificate c ON c.application_id = a.id WHERE p.id = :person GROUP BY p.id
""")


@dataclass
class Workplace:
    """An employee with a private life, and who coordinates the institution."""

    coordinator: SignedIn
    institution_id: int
    person_id: int
    certificate_id: int
    ids: list[int]  # of what is private, and of the employee
    secrets: tuple[str, ...]


@pytest.fixture
def workplace(live_engine: Engine) -> Workplace:
    """An institution of its own on the live system."""
    code = unused_code()
    with begin(SYSTEM) as work:
        institution = make_institution(work, name="Klusā iestāde")
        speaks = make_person(work, name="Kārlis Klausītājs", email="karlis@klusa.example")
        make_employment(work, speaks, institution)
        make_coordinator(work, speaks, institution)
        person = make_person(
            work, name=NAME, email=SECRETS[0], code=code, phone=SECRETS[1], declared_street="Slepenā iela 7",
            declared_city="Ogre", declared_postal_code="LV-5001",
        )  # fmt: skip
        employment = make_employment(work, person, institution, work_email="liga@klusa.example")
        open_course = make_course(work, title="Atklāts kurss")
        paid = {"payer_kind": "institution", "payer_institution_id": institution.key}
        make_application(work, person, open_course, group=make_group(work, open_course), **paid)
        done, certificate = _certified(work, person)
        asked, invitation = _asked(work, person)
        ids = [asked.key, done.key, invitation.key, certificate.key, person.key, employment.key, institution.key]
    dashed = f"{code[:6]}-{code[6:]}"
    who = sign_in(speaks.key)
    return Workplace(who, institution.key, person.key, certificate.key, ids, (*SECRETS, code, dashed))


def _certified(work: Work, person: Person) -> tuple[Application, Certificate]:
    """Let somebody complete a course privately, with its certificate."""
    course = make_course(work, title="Slepenais kurss", visibility="restricted")
    group = make_group(work, course, status="completed")
    application = make_application(work, person, course, group=group, status="completed")
    _invite(work, application).answered_on = work.now.date()
    certificate = Certificate(
        application_id=application.key, kind="completion", series="SLEPENS", year=2026, serial=person.key, number=f"SLEPENS-2026-{person.key}",
        code=f"slepens-{person.key}", issued_at=work.now, pdf_key="tests/slepens.pdf", pdf_digest=f"x{person.key}",
    )  # fmt: skip
    work.db.add(certificate)
    work.db.flush()
    return application, certificate


def _asked(work: Work, person: Person) -> tuple[Application, EvaluationInvitation]:
    """Let somebody be in the middle of a questionnaire about another one."""
    course = make_course(work, title="Slepenā anketa", visibility="restricted")
    group = make_group(work, course, status="completed")
    application = make_application(work, person, course, group=group, status="attended")
    invitation = _invite(work, application)
    work.db.add(EvaluationDraft(invitation_id=invitation.key, sealed=work.tools.vault.seal(b"{}")))
    work.db.flush()
    return application, invitation


def _invite(work: Work, application: Application) -> EvaluationInvitation:
    invitation = EvaluationInvitation(
        application_id=application.key, questionnaire_id=evaluations.in_force(work), invited_on=LONG_AGO.date()
    )
    work.db.add(invitation)
    work.db.flush()
    return invitation


def _private(engine: Engine, person_id: int) -> object:
    with engine.connect() as connection:
        return connection.execute(_PRIVATE, {"person": person_id}).one()


@rule("11.5", "7.4")
@pytest.mark.live
@pytest.mark.usefixtures("still")
@pytest.mark.timeout(300)
async def test_an_employees_private_facts_stay_private(live: Live, live_engine: Engine, workplace: Workplace) -> None:
    before = _private(live_engine, workplace.person_id)
    gate = asyncio.Semaphore(TOGETHER)

    async def one(name: str, handler: object) -> tuple[str, str]:
        async with gate:
            return short(name), await _attack(live, workplace.coordinator, name, handler, workplace.ids)

    heard = dict(await asyncio.gather(*(one(*pair) for pair in registered().items())))
    assert _private(live_engine, workplace.person_id) == before
    assert "Klusā" in heard["RosterState.load"]  # the attacker does see who works there
    for handler, everything in heard.items():
        assert not [word for word in workplace.secrets if word in everything], handler


@rule("11.5", "7.4")
@pytest.mark.live
async def test_no_file_tells_them(live: Live, workplace: Workplace) -> None:
    headers = {"Cookie": workplace.coordinator.cookie}
    certificate, institution = workplace.certificate_id, workplace.institution_id
    refused = (f"/sertifikati/{certificate}.pdf", f"/sertifikati/{certificate}/nozime")
    given = ("darbinieki.xlsx", "uzskaite.xlsx", "sertifikati.zip")
    async with aiohttp.ClientSession(live.address, headers=headers) as client:
        for path in refused:
            async with client.get(path, allow_redirects=False) as answer:
                assert answer.status == 404, path
        for name in given:
            async with client.get(f"/iestade/{institution}/{name}", allow_redirects=False) as answer:
                told = _text(await answer.read())
                assert answer.status in {200, 404}, name
                assert not [word for word in workplace.secrets if word in told], name
                assert "Līga" in told or not name.endswith("xlsx")


def _text(content: bytes) -> str:
    """Return all that a file says, out of its archive if it is one, and however its XML writes letters."""
    if not zipfile.is_zipfile(io.BytesIO(content)):
        return content.decode(errors="replace")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return html.unescape("\n".join(archive.read(name).decode(errors="replace") for name in archive.namelist()))
