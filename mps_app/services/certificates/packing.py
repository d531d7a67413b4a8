"""All certificates of one's own in one archive (2.4): one is read at a time, and a damaged one spoils no other."""

import zipfile
from datetime import timedelta
from typing import IO

from mps_app.core.errors import NotFound
from mps_app.core.work import Work
from mps_app.services import identity
from mps_app.services.certificates.reading import SheetDamaged, mine, read
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
    left_out: list[str] = []
    with zipfile.ZipFile(into, "w") as archive:  # PDFs are compressed already
        for certificate in own:
            try:
                sheet = read(work, certificate)
            except SheetDamaged:
                left_out.append(certificate.number)
                continue
            archive.writestr(sheet.name, sheet.content)
        if left_out:
            said = say(work.language, _LEFT_OUT, numbers=", ".join(left_out))
            archive.writestr(say(work.language, N_("READ_ME.txt")), said)
