"""The same achievement as an Open Badge 3.0: a credential that other systems verify without asking us (7.5)."""

import hashlib
import secrets
from datetime import UTC
from typing import Any

from mps_app.core.errors import NotFound
from mps_app.core.settings import settings
from mps_app.core.tools import BadgeSigner
from mps_app.core.work import Work
from mps_app.models import Certificate, Person
from mps_app.services.certificates import words
from mps_app.services.certificates.content import Content
from mps_app.services.certificates.reading import seen
from mps_app.text import N_, say

_CONTEXT = ("https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json")
_PAPER = "lv"
_CRITERIA = N_("Attended as much as the course demands, passed its test if it has one.")

Json = dict[str, Any]  # Any: JSON


def badge(work: Work, certificate_id: int) -> tuple[str, str]:
    """Return a name for the file and the signed credential of a valid certificate of one's own."""
    certificate, application = seen(work, certificate_id)
    if work.actor.person_id != application.person_id or certificate.revoked_at is not None:
        raise NotFound
    person = work.db.get_one(Person, application.person_id)
    credential = _credential(certificate, person.email if person.email_verified_at else None)
    registered = {
        "iss": credential["issuer"]["id"],
        "jti": credential["id"],
        "sub": credential["credentialSubject"]["id"],
        "nbf": int(certificate.issued_at.timestamp()),
    }
    return f"{certificate.number}.jwt", _signer(work).sign({**credential, **registered})


def badge_keys(work: Work) -> Json:
    """Return the public keys by which badges are verified."""
    return _signer(work).keys()


def issuer(work: Work) -> Json:
    """Return the school as the issuer of badges."""
    _signer(work)
    return {"@context": list(_CONTEXT), **_issuer(settings().school_name)}


def _signer(work: Work) -> BadgeSigner:
    if work.tools.badges is None:
        raise NotFound
    return work.tools.badges


def _issuer(name: str) -> Json:
    here = settings().address
    return {"id": f"{here}/openbadges/issuer", "type": ["Profile"], "name": name, "url": here}


def _credential(certificate: Certificate, email: str | None) -> Json:
    """Return the credential; its receiver is known only to whoever knows the e-mail address already."""
    content = Content.of(certificate.content)
    here = settings().address
    check = f"{here}/parbaude/{certificate.code}"
    subject: Json = {
        "id": f"{check}#receiver",
        "type": ["AchievementSubject"],
        "achievement": {
            "id": f"{here}/kurss/{content.course_code}",
            "type": ["Achievement"],
            "achievementType": "Certificate",
            "name": content.course,
            "description": words.facts_text(_PAPER, content),
            "criteria": {"narrative": say(_PAPER, _CRITERIA)},
            "inLanguage": _PAPER,
        },
    }
    if email:
        subject["identifier"] = [_hashed(email)]
    return {
        "@context": list(_CONTEXT),
        "id": check,
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": f"{words.heading(_PAPER, content.kind)} {certificate.number}",
        "issuer": _issuer(content.school),
        "validFrom": certificate.issued_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "credentialSubject": subject,
    }


def _hashed(email: str) -> Json:
    """Return an identity object (Open Badges 3.0, IdentityObject): a salted hash of the address."""
    salt = secrets.token_hex(16)
    digest = hashlib.sha256((email.lower() + salt).encode()).hexdigest()
    return {
        "type": "IdentityObject", "hashed": True, "salt": salt, "identityHash": f"sha256${digest}",
        "identityType": "emailAddress",
    }  # fmt: skip
