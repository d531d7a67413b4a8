"""From a provider's claims to a person: the mapping is configuration, the rules are ours."""

import logging
import re
from collections.abc import Mapping, Sequence
from typing import Any

from mps_app.core.codes import Unusable, has_odd_check_digit, parse_personal_code
from mps_app.core.plain_text import one_line
from mps_app.core.settings import Assurance, OidcSettings
from mps_app.core.sign_in import AssertedPerson, AssuranceTooLow, NotPrivatePerson, SignInNotTrusted

log = logging.getLogger(__name__)

Claims = Mapping[str, Any]  # Any: JSON of the provider

_ORDER = list(Assurance)
_LONGEST_NAME = 500


def person_of(settings: OidcSettings, claims: Claims, id_token: str) -> AssertedPerson:
    """Return the person whom verified claims describe; raises when they describe none (facts: 1.5)."""
    given = _name(claims, settings.claim_given_name)
    family = _name(claims, settings.claim_family_name)
    code = _code(claims, settings.claim_code)
    if not (given or family):
        raise SignInNotTrusted
    if has_odd_check_digit(code):
        log.warning("the provider sent a personal code with an odd check digit")
    return AssertedPerson(
        issuer=str(claims["iss"]),
        subject=str(claims["sub"]),
        personal_code=code,
        given_name=given,
        family_name=family,
        historical_codes=tuple(former for former in _historical(claims, settings) if former != code),
        id_token=id_token,
    )


def require_assurance(settings: OidcSettings, claims: Claims) -> None:
    """Raise unless the provider says that it knows the person surely enough; an unknown word is worth nothing."""
    if settings.min_loa is None:
        return
    said = (str(claims[name]) for name in settings.claim_loa if claims.get(name) is not None)
    known = [settings.acr_loa[word] for word in said if word in settings.acr_loa]
    if not known or max(map(_ORDER.index, known)) < _ORDER.index(settings.min_loa):
        raise AssuranceTooLow


def title_case(name: str) -> str:
    """Return an all-capitals name as it is written, each part of it; any other name as it came."""
    if not name.isupper():
        return name
    return re.sub(r"[^\s\-']+", lambda part: part[0][0] + part[0][1:].lower(), name)


def _code(claims: Claims, names: Sequence[str]) -> str:
    found = [_readable(value) for name in names for value in _texts(claims.get(name))]
    code = next(filter(None, found), "")
    if not code:
        raise NotPrivatePerson
    return code


def _readable(value: str) -> str:
    """Return a code in its canonical form; nothing when the text is none."""
    try:
        return parse_personal_code(value)
    except Unusable:
        return ""


def _historical(claims: Claims, settings: OidcSettings) -> list[str]:
    values = [text for name in settings.claim_historical_codes for text in _texts(claims.get(name))]
    codes = [code for code in map(_readable, values) if code]
    if len(codes) < len(values):
        log.warning("the provider sent a historical code that is none")
    return codes


def _name(claims: Claims, names: Sequence[str]) -> str:
    for name in names:
        for value in _texts(claims.get(name)):
            return title_case(one_line(value)[:_LONGEST_NAME])
    return ""


def _texts(value: object) -> list[str]:
    """Return the texts of a claim: one, several, or none when it is something else."""
    listed = value if isinstance(value, list) else [value]
    return [text for text in listed if isinstance(text, str) and text.strip()]
