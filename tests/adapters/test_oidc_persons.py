"""From claims to a person: assurance, codes, names, by configuration (1.1, 1.3)."""

import pytest

from mps_app.adapters.oidc_claims import title_case
from mps_app.core.sign_in import (
    AssuranceTooLow,
    NotPrivatePerson,
)
from tests.adapters.oidc_errands import identify, with_claims
from tests.hostile_provider import HIGH, HostileProvider
from tests.marks import rule


@rule("1.1")
@pytest.mark.parametrize(
    ("acr", "refused"),
    [
        (HIGH, False),
        ("http://eidas.europa.eu/LoA/substantial", False),
        ("http://eidas.europa.eu/LoA/low", True),
        ("urn:something:unknown", True),
        (None, True),
        (["x"], True),
    ],
)
def test_a_weak_or_unknown_assurance_is_refused(provider: HostileProvider, acr: object, refused: bool) -> None:  # noqa: FBT001
    provider.bend = with_claims(acr=acr)
    if not refused:
        assert identify(provider)
        return
    with pytest.raises(AssuranceTooLow):
        identify(provider)
    assert identify(provider, min_loa="")


@rule("1.1")
def test_what_a_providers_words_mean_is_configuration(provider: HostileProvider) -> None:
    provider.bend = with_claims(acr=None, citizenQAALevel=4)
    assert identify(provider, claim_loa=["citizenQAALevel"], acr_loa={"4": "high"}, min_loa="high")


@rule("1.3")
@pytest.mark.parametrize(
    "code",
    ["PK:07017010000-UR:40003627089", "AU:100001-PK:01018000012", "x@inbox.example", "PNOEE-39901010001", 1018000012],
)
def test_only_private_persons_come_in(provider: HostileProvider, code: object) -> None:
    provider.claims["serial_number"] = code
    with pytest.raises(NotPrivatePerson):
        identify(provider)


@rule("1.3")
def test_former_codes_come_along(provider: HostileProvider) -> None:
    provider.claims["historical_personal_codes"] = ["PK:02028100020", "rubbish", "010180-00012", 7]
    assert identify(provider).historical_codes == ("02028100020",)


@rule("1.1")
def test_claims_are_mapped_by_configuration(provider: HostileProvider) -> None:
    provider.claims |= {"pk": "39999900010", "vards": "Ieva", "uzvards": "Šķēle"}
    person = identify(provider, claim_code=["pk"], claim_given_name=["vards"], claim_family_name=["uzvards"])
    assert (person.personal_code, person.given_name, person.family_name) == ("39999900010", "Ieva", "Šķēle")


@rule("1.1")
@pytest.mark.parametrize(
    ("came", "shown"),
    [
        ("ANNA", "Anna"),
        ("ANNA MARIJA", "Anna Marija"),
        ("BĒRZIŅA-ĶĪSE", "Bērziņa-Ķīse"),
        ("O'HARA", "O'Hara"),
        ("Anna", "Anna"),
        ("van der Berg", "van der Berg"),
        ("MacDonald", "MacDonald"),
        ("", ""),
        ("李", "李"),
    ],
)
def test_names_in_capitals_are_written_as_names(came: str, shown: str) -> None:
    assert title_case(came) == shown
