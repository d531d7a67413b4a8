"""Identifiers people type or providers assert, brought to one canonical form or refused in words.

The law, not a library, says what a personal code is: undated codes carry no check digit.
"""

import re
from datetime import date

from mps_app.text import N_

_CODE_PREFIXES = ("PK:", "PNOLV-")
_CENTURIES = {"0": 1800, "1": 1900, "2": 2000}
_PERSONAL_WEIGHTS = (10, 5, 8, 4, 2, 1, 6, 3, 7, 9)
_REGISTRATION_WEIGHTS = (9, 1, 4, 8, 3, 10, 2, 5, 7, 6, 1)
_REGISTRATION_REMAINDER = 3
_REGISTRATION_BEGINNINGS = "456789"
_IBAN_LENGTH = 21  # LV kk + 4 letters of the bank + 13 alphanumerics
_EMAIL_LENGTH = 254  # RFC 5321 4.5.3.1.3, without the angle brackets
_EMAIL_LOCAL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_EMAIL_LOCAL_LENGTH = 64
_EMAIL_DOMAIN = re.compile(r"([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])")


class Unusable(ValueError):
    """What was given is no such code; ``message`` is the message id that says what to do."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


def parse_personal_code(text: str) -> str:
    """Return the 11 digits of a Latvian personal code, with or without hyphen and provider's prefix.

    A provider's word is authoritative: the check digit is not asked here (``has_odd_check_digit``).
    """
    bare = text.strip()
    for prefix in _CODE_PREFIXES:
        bare = bare.removeprefix(prefix)
    if not re.fullmatch(r"[0-9]{6}-?[0-9]{5}", bare):
        raise Unusable(N_("A personal code has 11 digits, for example 010180-12345."))
    digits = bare.replace("-", "")
    if not _is_undated(digits) and not _has_real_birth_date(digits):
        raise Unusable(N_("There is no such personal code. Check the digits."))
    return digits


def parse_typed_personal_code(text: str) -> str:
    """Return the 11 digits of a code that a person typed: here the check digit counts."""
    digits = parse_personal_code(text)
    if has_odd_check_digit(digits):
        raise Unusable(N_("There is no such personal code. Check the digits."))
    return digits


def has_odd_check_digit(digits: str) -> bool:
    """Answer whether a dated code fails its check digit; undated codes have none to fail."""
    if _is_undated(digits):
        return False
    total = sum(weight * int(digit) for weight, digit in zip(_PERSONAL_WEIGHTS, digits, strict=False))
    return (1 + total) % 11 % 10 != int(digits[10])


def show_personal_code(digits: str) -> str:
    """Return a canonical code as it is written: ``010180-12345``."""
    return f"{digits[:6]}-{digits[6:]}"


def mask_personal_code(digits: str) -> str:
    """Return a code without what identifies (1.3): the birth date of dated ones, the kind of undated ones."""
    return f"{digits[:2]}****-*****" if _is_undated(digits) else f"{digits[:6]}-*****"


def _is_undated(digits: str) -> bool:
    """Codes given since July 2017 start with 32-39, which is no day of a month."""
    return digits[0] == "3" and digits[1] >= "2"


def _has_real_birth_date(digits: str) -> bool:
    century = _CENTURIES.get(digits[6])
    if century is None:
        return False
    try:
        date(century + int(digits[4:6]), int(digits[2:4]), int(digits[:2]))
    except ValueError:
        return False
    return True


def parse_registration_number(text: str) -> str:
    """Return the 11 digits of an institution's registration number, check digit included (2.3)."""
    digits = _without_spaces(text)
    if not re.fullmatch(r"[0-9]{11}", digits):
        raise Unusable(N_("A registration number has 11 digits, for example 90000028156."))
    total = sum(weight * int(digit) for weight, digit in zip(_REGISTRATION_WEIGHTS, digits, strict=True))
    if digits[0] not in _REGISTRATION_BEGINNINGS or total % 11 != _REGISTRATION_REMAINDER:
        raise Unusable(N_("There is no such registration number. Check the digits."))
    return digits


def parse_vat_number(text: str) -> str:
    """Return a Latvian VAT number: ``LV`` and a valid registration number."""
    bare = _without_spaces(text).upper()
    if not re.fullmatch(r"LV[0-9]{11}", bare):
        raise Unusable(N_("A VAT number is LV and 11 digits, for example LV90000028156."))
    try:
        return f"LV{parse_registration_number(bare[2:])}"
    except Unusable as error:
        raise Unusable(N_("There is no such VAT number. Check the digits.")) from error


def parse_iban(text: str) -> str:
    """Return a Latvian IBAN without spaces, its two check digits proven (ISO 13616)."""
    bare = _without_spaces(text).upper()
    if len(bare) != _IBAN_LENGTH or not re.fullmatch(r"LV[0-9]{2}[A-Z]{4}[A-Z0-9]{13}", bare):
        raise Unusable(N_("A Latvian account has 21 characters and starts with LV."))
    as_number = "".join(str(int(letter, 36)) for letter in bare[4:] + bare[:4])
    if int(as_number) % 97 != 1:
        raise Unusable(N_("There is no such account. Check the number."))
    return bare


def show_iban(iban: str) -> str:
    """Return an IBAN in groups of four."""
    return " ".join(iban[start : start + 4] for start in range(0, len(iban), 4))


def parse_postal_code(text: str) -> str:
    """Return a Latvian postal code as ``LV-1050``; ``1050`` and ``lv - 1050`` are understood."""
    found = re.fullmatch(r"(?:LV-?)?([0-9]{4})", _without_spaces(text).upper())
    if found is None:
        raise Unusable(N_("A postal code has four digits, for example LV-1050."))
    return f"LV-{found[1]}"


def parse_phone(text: str) -> str:
    """Return a phone number in E.164; eight digits without a country are Latvian."""
    bare = re.sub(r"[\s().-]", "", text)
    bare = f"+{bare[2:]}" if bare.startswith("00") else bare
    bare = f"+371{bare}" if re.fullmatch(r"[2-9][0-9]{7}", bare) else bare
    is_latvian = bare.startswith("+371")
    if not re.fullmatch(r"\+371[2-9][0-9]{7}" if is_latvian else r"\+[1-9][0-9]{6,14}", bare):
        raise Unusable(N_("A phone number has eight digits, or starts with + and the country code."))
    return bare


def show_phone(phone: str) -> str:
    """Return a Latvian number in groups (``+371 67 229 116``), any other as it is."""
    if not phone.startswith("+371"):
        return phone
    return f"{phone[:4]} {phone[4:6]} {phone[6:9]} {phone[9:]}"


def parse_email(text: str) -> str:
    """Return an e-mail address that SMTP can carry, its domain in lower case and ASCII."""
    local, _, domain = text.strip().rpartition("@")
    try:
        ascii_domain = domain.encode("idna").decode().lower()
    except UnicodeError:
        ascii_domain = ""
    address = f"{local}@{ascii_domain}"
    if (
        len(address) > _EMAIL_LENGTH
        or len(local) > _EMAIL_LOCAL_LENGTH
        or not _EMAIL_LOCAL.fullmatch(local)
        or not _EMAIL_DOMAIN.fullmatch(ascii_domain)
    ):
        raise Unusable(N_("Enter an e-mail address, for example name.surname@institution.lv"))
    return address


def _without_spaces(text: str) -> str:
    return re.sub(r"\s", "", text)
