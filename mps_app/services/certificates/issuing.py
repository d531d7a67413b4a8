"""Issuing: a number, a code and frozen words in one short transaction; printing comes after (``printing``).

The number is drawn under its series' row, in the transaction that uses it: if that fails, the number was
never drawn. Whatever is killed in between, the next sweep goes on where it was (7.2, invariants 3 and 4).
"""

import secrets

from sqlalchemy import bindparam, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col

from mps_app.core import riga
from mps_app.core.errors import DomainError, Invalid, NotFound
from mps_app.core.settings import settings
from mps_app.core.work import Fact, Work
from mps_app.models import TRAINING_OVER, Application, Certificate, CertificateSeries
from mps_app.policy import Action, Subject, require
from mps_app.services import applications, audit
from mps_app.services.certificates.content import content_of
from mps_app.services.certificates.standing import standings
from mps_app.text import N_

ISSUE, PRINT = "certificates.issue_due", "certificates.print_due"
_CODE_BYTES = 16  # 128 bits (facts 9)
_BATCH = 25

# Only narrows the sweep to whom it can concern; whether a certificate is earned, ``Standing`` decides alone (7.2).
_CANDIDATES = text(f"""
    SELECT a.id FROM application a
    JOIN course_group g ON g.id = a.group_id AND {TRAINING_OVER}
    JOIN course c ON c.id = a.course_id
    JOIN evaluation_invitation i ON i.application_id = a.id AND i.answered_on IS NOT NULL
    WHERE a.status IN ('registered', 'attended') AND a.id > :after
      AND (NOT c.has_exam OR EXISTS (SELECT FROM exam_attempt t JOIN exam_invitation e ON e.id = t.invitation_id
                                     WHERE e.application_id = a.id AND t.is_passed))
      AND NOT EXISTS (SELECT FROM certificate t WHERE t.application_id = a.id)
    ORDER BY a.id
    LIMIT :most
    FOR UPDATE OF a SKIP LOCKED
""").bindparams(bindparam("after"), bindparam("most"))  # noqa: S608  # our own condition


class NotValidNow(DomainError):
    """It was revoked or replaced before."""

    code = "certificate_not_valid"
    message = N_("This certificate is no longer valid, so there is nothing to revoke.")


def issue_soon(work: Work, _fact: Fact) -> None:
    """Have what was just earned issued at once (7.2)."""
    work.wake(ISSUE)


def issue_due(work: Work, after: int = 0) -> int | None:
    """Issue to a batch of those who earned it; return where the next batch begins, or nothing after the last."""
    candidates = list(work.db.execute(_CANDIDATES, {"after": after, "most": _BATCH}).scalars())
    found = standings(work, candidates)
    for application_id in candidates:
        standing = found.get(application_id)
        if standing is None or not standing.is_earned:
            continue
        application = work.db.get_one(Application, application_id)
        content = content_of(work, application, standing.presence)
        _issue(work, application, content.kind, content.model_dump(mode="json"))
        applications.note_completed(work, application)
    return candidates[-1] if len(candidates) == _BATCH else None


def revoke(work: Work, certificate_id: int, reason: str) -> None:
    """Withdraw a certificate, with a reason; it stays on record (7.6)."""
    certificate = _valid(work, certificate_id, reason)
    _end(work, certificate, reason)
    audit.record(work, "certificate:revoke", "certificate", certificate.key, reason=reason.strip())


def reissue(work: Work, certificate_id: int, reason: str) -> int:
    """Replace a certificate by one that says what is right now; the reason is shown to whoever checks the old one."""
    old = _valid(work, certificate_id, reason)
    _end(work, old, reason)
    application = work.db.get_one(Application, old.application_id)
    presence = standings(work, [application.key])[application.key].presence
    content = content_of(work, application, presence)
    new = _issue(work, application, content.kind, content.model_dump(mode="json"), replaces_id=old.key)
    audit.record(work, "certificate:reissue", "certificate", old.key, reason=reason.strip(), by_certificate=new.key)
    return new.key


def _valid(work: Work, certificate_id: int, reason: str) -> Certificate:
    """Lock a valid certificate that staff may end for a reason."""
    require(work, Action.CERTIFICATE_REVOKE, Subject())
    if not reason.strip():
        raise Invalid({"reason": N_("Fill in this field.")})
    certificate = work.db.get(Certificate, certificate_id, with_for_update=True)
    if certificate is None:
        raise NotFound
    if certificate.revoked_at is not None:
        raise NotValidNow
    return certificate


def _end(work: Work, certificate: Certificate, reason: str) -> None:
    certificate.revoked_at, certificate.revoked_reason = work.now, reason.strip()[:300]
    work.db.flush()


def _issue(
    work: Work, application: Application, kind: str, content: dict[str, object], replaces_id: int | None = None
) -> Certificate:
    series, year = settings().certificate_series, riga.today(work.now).year
    serial = _next_serial(work, series, year)
    certificate = Certificate(
        application_id=application.key, kind=kind, series=series, year=year, serial=serial,
        number=f"{series}-{year}-{serial:05}", code=secrets.token_urlsafe(_CODE_BYTES), content=content,
        issued_at=work.now, replaces_id=replaces_id, created_at=work.now,
    )  # fmt: skip
    work.db.add(certificate)
    work.db.flush()
    work.wake(PRINT)
    return certificate


def _next_serial(work: Work, series: str, year: int) -> int:
    """Draw the next number of a year; everybody else waits until this transaction ends."""
    begun = insert(CertificateSeries).values(series=series, year=year, last_number=0, created_at=work.now)
    work.db.execute(begun.on_conflict_do_nothing())
    drawn: int = work.db.execute(
        update(CertificateSeries)
        .where(col(CertificateSeries.series) == series, col(CertificateSeries.year) == year)
        .values(last_number=col(CertificateSeries.last_number) + 1)
        .returning(col(CertificateSeries.last_number))
        .execution_options(synchronize_session=False)
    ).scalar_one()
    return drawn
