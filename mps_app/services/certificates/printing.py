"""Printing what was issued: a PDF of the frozen words, sealed, kept, and the holder told (7.2, 7.5).

Each sheet is a transaction of its own under its row's lock, so that several workers share the pile. The
file is kept under its own digest before the row names it: a worker that dies leaves at most a file that
nobody knows of, and the next one prints anew.
"""

import hashlib
from collections.abc import Sequence

from sqlalchemy import bindparam, select
from sqlmodel import col

from mps_app.core.work import Work
from mps_app.models import Application, Certificate, Person, SealKind
from mps_app.services import messages
from mps_app.services.certificates.content import Content
from mps_app.services.certificates.issuing import PRINT
from mps_app.services.certificates.sheet import html_of

_PILE = 100
_SHARED = 10  # sheets that are worth a second worker

_UNPRINTED = (
    select(Certificate, Application, Person)
    .join(Application, col(Application.id) == col(Certificate.application_id))
    .join(Person, col(Person.id) == col(Application.person_id))
    .where(col(Certificate.id) == bindparam("certificate_id"), col(Certificate.pdf_digest).is_(None))
    .with_for_update(skip_locked=True, of=Certificate)
)


def unprinted(work: Work) -> Sequence[int]:
    """Return certificates that have no PDF yet; a large pile calls another worker to help."""
    pile = work.db.execute(
        select(col(Certificate.id)).where(col(Certificate.pdf_digest).is_(None)).order_by(col(Certificate.id)).limit(_PILE)
    ).scalars().all()  # fmt: skip
    if len(pile) > _SHARED:
        work.wake(PRINT)
    return [key for key in pile if key is not None]


def print_one(work: Work, certificate_id: int) -> bool:
    """Print one certificate unless somebody else does or did; tell whether it was done here."""
    found = work.db.execute(_UNPRINTED, {"certificate_id": certificate_id}).one_or_none()
    if found is None:
        return False
    certificate, application, person = found
    seal = work.tools.seal
    kind = SealKind.NONE if seal is None else SealKind.DEMO if seal.is_demo else SealKind.SCHOOL
    pdf = work.tools.printer.pdf(html_of(work, certificate, kind), "certificate")
    pdf = seal.sign(pdf) if seal is not None else pdf
    digest = hashlib.sha256(pdf).hexdigest()
    key = f"certificates/{certificate.year}/{digest}.pdf"
    work.tools.files.keep(key, pdf)
    certificate.pdf_key, certificate.pdf_digest, certificate.seal = key, digest, kind
    if certificate.revoked_at is None:
        _tell(work, certificate, application, person)
    return True


def _tell(work: Work, certificate: Certificate, application: Application, person: Person) -> None:
    content = Content.of(certificate.content)
    messages.queue(
        work,
        "certificate_ready",
        recipient=person,
        institution_id=application.payer_institution_id,
        key=f"certificate_ready:{certificate.key}",
        facts={
            "course_title": content.course,
            "course_title_en": content.course_en,
            "path": "/profils/sertifikati",
            "number": certificate.number,
            "is_replacement": certificate.replaces_id is not None,
        },
    )
