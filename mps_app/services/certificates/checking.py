"""Anybody checks a certificate without signing in: by its code, by number and surname, or by its very file (7.5)."""

import hashlib
import secrets
from datetime import timedelta

from sqlalchemy import select
from sqlmodel import col

from mps_app.core import riga
from mps_app.core.folding import fold
from mps_app.core.plain_text import one_line
from mps_app.core.work import Work
from mps_app.models import Certificate
from mps_app.services import identity
from mps_app.services.certificates import words
from mps_app.services.certificates.content import Content
from mps_app.text import N_, say
from mps_app.views.certificates import CertificateCheck, CheckedFact, CheckForm, FileCheck

_LONGEST_CODE = 64
_CHECKS, _PER = 60, timedelta(minutes=10)
_TYPED_CHECKS = 15  # by number: numbers can be guessed, so few tries and the surname with them


def check(work: Work, code: str) -> CertificateCheck:
    """Answer by the code of the QR; a code that is none is answered like one that was never given."""
    _count(work, "code", _CHECKS)
    sought = one_line(code[:_LONGEST_CODE])  # nothing that the database refuses: that would take the count back
    found = work.db.execute(select(Certificate).where(col(Certificate.code) == sought)).scalar_one_or_none()
    return _answer(work, found)


def find(work: Work, form: CheckForm) -> CertificateCheck:
    """Answer by the printed number, to whoever knows the surname on the sheet too."""
    _count(work, "number", _TYPED_CHECKS)
    number = one_line(form.number).upper().replace(" ", "").replace("–", "-")
    found = work.db.execute(select(Certificate).where(col(Certificate.number) == number)).scalar_one_or_none()
    family_name = Content.of(found.content).family_name if found else ""
    is_theirs = secrets.compare_digest(fold(family_name).encode(), fold(form.family_name).encode())
    return _answer(work, found if is_theirs else None, asked=form.number)


def expect_file(work: Work) -> None:
    """Count a file that somebody wants compared; raises ``TooMany`` before anything of it is read."""
    _count(work, "file", _TYPED_CHECKS)


def compare(work: Work, content: bytes, code: str = "") -> FileCheck:
    """Say whether a file is, to the last byte, a sheet that was issued; with a code, the sheet of that one."""
    digest = hashlib.sha256(content).hexdigest()
    found = work.db.execute(select(Certificate).where(col(Certificate.pdf_digest) == digest)).scalar_one_or_none()
    if found is None:
        return FileCheck(
            is_same=False,
            heading=say(work.language, N_("This file was not issued by us")),
            sentence=say(
                work.language,
                N_("No issued certificate has this content. It was changed, or saved anew by another program."),
            ),
            code=code,
        )  # fmt: skip
    if code and code != found.code:
        return FileCheck(
            is_same=False,
            heading=say(work.language, N_("This is another certificate")),
            sentence=say(
                work.language, N_("The file is unchanged, but it is certificate {number}."), number=found.number
            ),
            code=found.code,
        )
    valid = say(work.language, N_("It is certificate {number}, and it is valid."), number=found.number)
    ended = say(work.language, N_("It is certificate {number}, which is no longer valid."), number=found.number)
    return FileCheck(
        is_same=True,
        heading=say(work.language, N_("The file is unchanged")),
        sentence=valid if found.revoked_at is None else ended,
        code=found.code,
    )


def _count(work: Work, what: str, limit: int) -> None:
    identity.count(work, f"certificate_check:{what}:{work.actor.network}", limit=limit, per=_PER)


def _answer(work: Work, found: Certificate | None, asked: str = "") -> CertificateCheck:
    checked = _checked_text(work)
    if found is None:
        return CertificateCheck(
            status="unknown",
            heading=say(work.language, N_("There is no such certificate")),
            sentence=_unknown(work, asked),
            checked_text=checked,
        )
    content = Content.of(found.content)
    if found.revoked_at is None:
        return CertificateCheck(
            status="valid",
            heading=say(work.language, N_("The certificate is valid")),
            sentence=say(work.language, N_("It was issued in our system and is unchanged.")),
            facts=_facts(work, found, content),
            code=found.code,
            checked_text=checked,
        )
    return _ended(work, found, content, checked)


def _unknown(work: Work, asked: str) -> str:
    if not asked:
        return say(work.language, N_("This address does not belong to any certificate."))
    return say(work.language, N_("Number {number} with this surname was not found in the system."), number=asked)


def _ended(work: Work, found: Certificate, content: Content, checked: str) -> CertificateCheck:
    """Answer for one that was revoked or replaced (7.6)."""
    since = riga.today(found.revoked_at or work.now)
    day = riga.day_of_year_text(work.language, since, riga.Case.GENITIVE)
    new = work.db.execute(select(Certificate).where(col(Certificate.replaces_id) == found.id)).scalar_one_or_none()
    facts = _facts(work, found, content)
    if new is not None:
        by = f"{new.number} ({found.revoked_reason})"
        facts.append(CheckedFact(label=say(work.language, N_("Replaced by")), text=by))
    return CertificateCheck(
        status="replaced" if new else "revoked",
        heading=say(work.language, N_("The certificate is replaced") if new else N_("The certificate is revoked")),
        sentence=say(work.language, N_("It is no longer valid since {day}."), day=day),
        facts=facts,
        code=found.code,
        checked_text=checked,
    )


def _facts(work: Work, found: Certificate, content: Content) -> list[CheckedFact]:
    """Return every field that the sheet bears."""
    language = work.language
    issued = f"{content.school}, {words.day_long_text(language, content)}"
    held = ", ".join(filter(None, [words.form_text(language, content), words.dates_text(language, content)]))
    listed = (
        (N_("Document"), words.heading(language, content.kind)),
        (N_("Issued to"), content.name),
        (N_("Course"), words.course_title(language, content)),
        (N_("Amount"), words.hours_text(language, content.hours)),
        (N_("Held"), held),
        (N_("Content"), content.programme),
        (N_("Number"), found.number),
        (N_("Issued by"), issued),
        (N_("Signed by"), content.signatory),
    )
    return [CheckedFact(label=say(language, label), text=text) for label, text in listed if text]


def _checked_text(work: Work) -> str:
    today = riga.today(work.now)
    day = riga.day_of_year_text(work.language, today, riga.Case.LOCATIVE)
    return say(
        work.language,
        N_("The page shows only what the certificate says. Checked on {day} at {time}."),
        day=day,
        time=riga.time_text(work.now),
    )
