"""Several certificates in one archive (2.4, 11.5): one is read at a time, and a damaged one spoils no other."""

import zipfile
from collections.abc import Collection, Iterable, Iterator
from datetime import timedelta
from typing import IO

from sqlalchemy import select
from sqlmodel import col

from mps_app.core.errors import NotFound
from mps_app.core.work import Work
from mps_app.models import Application, Certificate
from mps_app.policy import Action, may
from mps_app.services import audit, identity
from mps_app.services.certificates.reading import WHY_LOOKED, Sheet, SheetDamaged, mine, read, subject_of
from mps_app.text import N_, say

_ARCHIVES, _PER = 20, timedelta(hours=1)
_LEFT_OUT = N_(
    "These certificates are not in this archive, because their files can't be read now: {numbers}. "
    "The certificates are valid; the school was told."
)


def pack_mine(work: Work, into: IO[bytes]) -> None:
    """Write what the actor ever received, as printed; a text names what could not be read."""
    own = [certificate for certificate, _ in mine(work) if certificate.pdf_key is not None]
    if not own:
        raise NotFound
    identity.count(work, f"certificate_archive:{work.actor.person_id}", limit=_ARCHIVES, per=_PER)
    with zipfile.ZipFile(into, "w") as archive:  # PDFs are compressed already
        for sheet in _whole(work, own):
            archive.writestr(sheet.name, sheet.content)


def sheets_of(work: Work, certificate_ids: Collection[int]) -> Iterator[Sheet]:
    """Return printed sheets one by one, of those the actor may have, each look noted (2.6); others are left out.

    Last comes a text, of no certificate, that names what could not be read.
    """
    rows = work.db.execute(
        select(Certificate, Application)
        .join(Application, col(Application.id) == col(Certificate.application_id))
        .where(col(Certificate.id).in_(certificate_ids), col(Certificate.pdf_key).is_not(None))
        .order_by(col(Certificate.id))
    )
    open_to_actor = {
        certificate.key: (certificate, application.person_id)
        for certificate, application in rows.all()
        if may(work.actor, Action.CERTIFICATE_READ, subject_of(work, certificate, application))
    }
    for sheet in _whole(work, [certificate for certificate, _ in open_to_actor.values()]):
        if sheet.certificate_id is not None:
            certificate, person_id = open_to_actor[sheet.certificate_id]
            audit.record_access(work, person_id, WHY_LOOKED, number=certificate.number)
            work.db.flush()  # a transaction that says nothing for long is ended, and files may come slowly
        yield sheet


def _whole(work: Work, certificates: Iterable[Certificate]) -> Iterator[Sheet]:
    """Return the sheets that can be read, and last a text that names the others."""
    left_out: list[str] = []
    for certificate in certificates:
        try:
            yield read(work, certificate)
        except SheetDamaged:  # and the log names it
            left_out.append(certificate.number)
    if left_out:
        said = say(work.language, _LEFT_OUT, numbers=", ".join(left_out))
        yield Sheet(say(work.language, N_("READ_ME.txt")), said.encode(), None)
