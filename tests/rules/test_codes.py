"""Identifiers: what the law and the standards accept, and nothing else."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mps_app.core import codes
from mps_app.core.codes import Unusable
from mps_app.core.plain_text import one_line
from tests.marks import rule

DATED = ["010180-00012", "020281-00020", "030382-00037", "080887-00083"]
UNDATED = ["399999-00010", "399999-00088", "374042-80367"]


@rule("1.3")
@pytest.mark.parametrize("code", [*DATED, *UNDATED])
def test_a_personal_code_is_eleven_digits_however_it_is_written(code: str) -> None:
    digits = code.replace("-", "")
    for written in (code, digits, f"PK:{code}", f"PNOLV-{code}", f"  {digits} "):
        assert codes.parse_personal_code(written) == digits
    assert codes.show_personal_code(digits) == code


@rule("1.3")
@given(st.from_regex(r"3[2-9][0-9]{9}", fullmatch=True))
def test_undated_codes_are_never_refused_for_a_check_digit(code: str) -> None:
    ascii_code = "".join(str(int(digit)) for digit in code)
    assert codes.parse_typed_personal_code(ascii_code) == ascii_code


@rule("1.3")
@pytest.mark.parametrize(
    "text",
    [
        "310280-00012",  # no such day
        "010180-90012",  # no such century
        "0101800001",
        "010180000123",
        "PK:07017010000-UR:40003627089",  # a company's signatory
        "DP:40003627089-PK:010180-00012",  # on somebody's behalf
        "AU:100001-PK:01018000012",
        "someone@inbox.example",
        "PNOEE-39901010001",
        "٠١٠١٨٠-٠٠٠١٢",
        "",
    ],
)
def test_what_is_no_code_of_a_private_person_is_refused(text: str) -> None:
    with pytest.raises(Unusable):
        codes.parse_personal_code(text)


@rule("1.3")
def test_an_odd_check_digit_is_refused_when_typed_and_only_noticed_when_the_provider_says_it() -> None:
    assert codes.parse_personal_code("010180-15098") == "01018015098"
    assert codes.has_odd_check_digit("01018015098")
    assert not codes.has_odd_check_digit("01018000012")
    with pytest.raises(Unusable):
        codes.parse_typed_personal_code("010180-15098")


@rule("1.3")
def test_masks_hide_what_identifies() -> None:
    assert codes.mask_personal_code("01018000012") == "010180-*****"
    assert codes.mask_personal_code("39999900010") == "39****-*****"


@rule("2.3")
@pytest.mark.parametrize("number", ["90000028156", "99990000018", "99990000060", " 9999 0000 022 "])
def test_registration_numbers_with_a_right_check_digit(number: str) -> None:
    assert codes.parse_registration_number(number) == number.replace(" ", "")


@rule("2.3")
def test_who_typed_eleven_digits_is_not_told_that_eleven_are_needed() -> None:
    for number in ("12345678901", "90000028157"):
        with pytest.raises(Unusable, match="There is no such registration number"):
            codes.parse_registration_number(number)


@rule("2.3")
@pytest.mark.parametrize("number", ["40003521601", "32345678901", "9999000001", "9999000001a", ""])
def test_registration_numbers_that_do_not_exist_are_refused(number: str) -> None:
    with pytest.raises(Unusable):
        codes.parse_registration_number(number)


@rule("2.3")
def test_vat_numbers_are_lv_and_a_registration_number() -> None:
    assert codes.parse_vat_number("lv 99990000018") == "LV99990000018"
    for wrong in ("99990000018", "LV99990000019", "EE99990000018", "LV"):
        with pytest.raises(Unusable):
            codes.parse_vat_number(wrong)


@rule("2.3")
def test_accounts_prove_their_check_digits() -> None:
    assert codes.parse_iban("lv42 trel 9990 0000 0000 1") == "LV42TREL9990000000001"
    assert codes.show_iban("LV42TREL9990000000001") == "LV42 TREL 9990 0000 0000 1"
    dotless = "LV42TRE\u0131990000000001"
    for wrong in ("LV43TREL9990000000001", "LV42TREL999000000000", "EE42TREL9990000000001", dotless):
        with pytest.raises(Unusable):
            codes.parse_iban(wrong)


@rule("2.3")
@pytest.mark.parametrize("typed", ["LV-1050", "1050", "lv - 1050", "LV1050"])
def test_postal_codes_are_understood_as_people_write_them(typed: str) -> None:
    assert codes.parse_postal_code(typed) == "LV-1050"


@rule("2.1")
@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("20000000", "+37120000000"),
        ("+371 67 229 116", "+37167229116"),
        ("00371 (67) 229-116", "+37167229116"),
        ("+49 30 1234567", "+49301234567"),
    ],
)
def test_phones_are_kept_in_one_form(typed: str, kept: str) -> None:
    assert codes.parse_phone(typed) == kept


@rule("2.1")
@pytest.mark.parametrize("typed", ["1234", "+3711234567", "+371123456789", "tālrunis", "+0123456789"])
def test_what_is_no_phone_is_refused(typed: str) -> None:
    with pytest.raises(Unusable):
        codes.parse_phone(typed)


def test_phones_are_shown_in_groups() -> None:
    assert codes.show_phone("+37167229116") == "+371 67 229 116"
    assert codes.show_phone("+49301234567") == "+49301234567"


@rule("2.1")
def test_addresses_keep_their_local_part_and_lower_their_domain() -> None:
    assert codes.parse_email(" Anna.Paraudzina@X.lv") == "Anna.Paraudzina@x.lv"
    assert codes.parse_email("a@ģimene.lv") == "a@xn--imene-71a.lv"


@rule("2.1")
@pytest.mark.parametrize(
    "typed",
    [
        "",
        "anna",
        "anna@",
        "@x.lv",
        "anna@localhost",
        "a b@x.lv",
        "a..b@x.lv",
        "a@x..lv",
        "a@-x.lv",
        "a\r\nBcc: b@x.lv",
        "a@x.lv\nb",
        "\u202ea@x.lv",
        "a" * 65 + "@x.lv",
        "a@" + "b" * 250 + ".lv",
        '"><script>@x.lv',
    ],
)
def test_what_smtp_could_not_carry_is_refused(typed: str) -> None:
    with pytest.raises(Unusable):
        codes.parse_email(typed)


@given(st.text())
def test_no_parser_ever_fails_otherwise_than_in_words(text: str) -> None:
    for parse in (
        codes.parse_personal_code,
        codes.parse_typed_personal_code,
        codes.parse_registration_number,
        codes.parse_vat_number,
        codes.parse_iban,
        codes.parse_postal_code,
        codes.parse_phone,
        codes.parse_email,
    ):
        with suppress(Unusable):
            parse(text)


@rule("2.1")
def test_one_line_keeps_what_people_write_and_drops_what_misleads() -> None:
    assert one_line("  Anna\u202e\u200f \t Para\u0000udziņa\n") == "Anna Para udziņa"
    assert one_line("O'Hara „Jū” <b>👩🏽\u200d💻</b>") == "O'Hara „Jū” <b>👩🏽\u200d💻</b>"
    assert one_line("n\u0327") == "ņ"
    assert one_line("a\ud800b") == "ab"


@given(st.text())
def test_one_line_is_stable_and_encodable(text: str) -> None:
    once = one_line(text)
    assert one_line(once) == once
    once.encode()
