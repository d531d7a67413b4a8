"""Whose certificate it is, and the certificate itself for whom the policy names (2.4)."""

import hashlib
import logging
from typing import NamedTuple

from sqlalchemy import bindparam, select, text, true
from sqlmodel import col

from mps_app.core.errors import DomainError, NotFound, SignInNeeded
from mps_app.core.tools import FileGone
from mps_app.core.work import Work
from mps_app.models import Application, Certificate
from mps_app.policy import Action, Subject, may, require
from mps_app.services import audit
from mps_app.services.certificates.content import Content
from mps_app.text import N_

WHY_LOOKED = N_("The file of certificate {number}")

_log = logging.getLogger(__name__)


class NotPrintedYet(DomainError):
    """It is issued; the sheet follows within a minute."""

    code = "certificate_not_printed"
    message = N_("The sheet is being prepared. Try again in a minute.")


class SheetDamaged(DomainError):
    """The kept file is gone or not what was issued: better none than a wrong one."""

    code = "certificate_damaged"
    message = N_("The file of this certificate can't be read now. The certificate is valid; the school was told.")
    status = 500


class Sheet(NamedTuple):
    """One PDF as it is handed out, or a text about those in an archive that is of no certificate."""

    name: str
    content: bytes
    certificate_id: int | None


def seen(work: Work, certificate_id: int) -> tuple[Certificate, Application]:
    """Return a certificate the actor may have; for all others there is none."""
    if not work.actor.is_signed_in:
        raise SignInNeeded
    certificate = work.db.get(Certificate, certificate_id)
    if certificate is None:
        raise NotFound
    application = work.db.get_one(Application, certificate.application_id)
    if not may(work.actor, Action.CERTIFICATE_READ, subject_of(work, certificate, application)):
        raise NotFound
    return certificate, application


_ON_ACCOUNT = text(
    "SELECT institution_id FROM institution_certificate WHERE certificate_id = :certificate_id"
).bindparams(bindparam("certificate_id"))


def subject_of(work: Work, certificate: Certificate, application: Application) -> Subject:
    """Return whose it is: the person's, and of the institution that paid and employed the person then (11.5)."""
    on_account = work.db.execute(_ON_ACCOUNT, {"certificate_id": certificate.key}).scalars()
    return Subject(person_id=application.person_id, institution_ids=frozenset(on_account))


def sheet(work: Work, certificate_id: int) -> Sheet:
    """Return the PDF of a certificate; a look at somebody else's is noted (2.6)."""
    certificate, application = seen(work, certificate_id)
    audit.record_access(work, application.person_id, WHY_LOOKED, number=certificate.number)
    return read(work, certificate)


def mine(work: Work, application_id: int | None = None) -> list[tuple[Certificate, Content]]:
    """Return the actor's certificates (those of one application), the newest first, ended ones included (2.4)."""
    if work.actor.person_id is None:
        raise SignInNeeded
    require(work, Action.CERTIFICATE_READ, Subject(person_id=work.actor.person_id))
    found = work.db.execute(
        select(Certificate)
        .join(Application, col(Application.id) == col(Certificate.application_id))
        .where(
            col(Application.person_id) == work.actor.person_id,
            true() if application_id is None else col(Application.id) == application_id,
        )
        .order_by(col(Certificate.issued_at).desc(), col(Certificate.id).desc())
    ).scalars()
    return [(certificate, Content.of(certificate.content)) for certificate in found]


def read(work: Work, certificate: Certificate) -> Sheet:
    """Return the sheet as it was printed, or refuse; whoever calls this has asked the policy."""
    if certificate.pdf_key is None:
        raise NotPrintedYet
    try:
        content = work.tools.files.read(certificate.pdf_key)
    except FileGone:
        content = b""
    if hashlib.sha256(content).hexdigest() != certificate.pdf_digest:
        _log.error("certificate %s: the kept file is not what was issued", certificate.number)
        raise SheetDamaged
    return Sheet(f"{certificate.number}.pdf", content, certificate.key)
