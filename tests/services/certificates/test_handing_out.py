"""Handing out sheets: what was issued or nothing, to whom it belongs, and every other look is told (2.4, 2.6)."""

import io
import zipfile
from pathlib import Path

import pytest
from sqlmodel import select

from mps_app.core.actor import SYSTEM
from mps_app.core.errors import TooMany
from mps_app.core.work import House, begin
from mps_app.core.work import house as plugged
from mps_app.models import Certificate
from mps_app.services import certificates, my_data
from mps_app.services.certificates.reading import SheetDamaged
from tests.factories import actor, make_person
from tests.marks import rule
from tests.services.certificates.course import STAFF, certify, print_all, with_paper


@pytest.fixture(autouse=True)
def paper(house: House, tmp_path: Path) -> House:
    return with_paper(house, tmp_path / "files")


def only() -> Certificate:
    with begin(SYSTEM) as work:
        return work.db.exec(select(Certificate)).one()


def sheet_of(training: object, number: int = 0) -> bytes:
    with begin(training.actor(number)) as work:  # type: ignore[attr-defined]
        return certificates.sheet(work, only().key).content


@rule("2.4")
def test_a_sheet_that_is_not_what_was_issued_is_not_handed_out(house: House) -> None:
    training = certify()
    certificate = only()
    plugged().tools.files.keep(str(certificate.pdf_key), b"%PDF-1.7 another")
    with pytest.raises(SheetDamaged):
        sheet_of(training)


@rule("2.4")
def test_all_of_mine_are_mine_alone() -> None:
    first, second = certify(), certify()
    for training in (first, second):
        with begin(training.actor(0)) as work:
            certificates.pack_mine(work, packed := io.BytesIO())
            [row] = certificates.my_certificates(work).rows
        assert zipfile.ZipFile(packed).namelist() == [f"{row.number}.pdf"]


@rule("2.6")
def test_the_holder_reads_who_looked_at_which_certificate() -> None:
    training = certify()
    with begin(SYSTEM) as work:
        staff = make_person(work, name="Līga Testiņa", email="liga@skola.example")
    with begin(actor(staff, *STAFF.roles)) as work:
        certificates.sheet(work, only().key)
    with begin(training.actor(0)) as work:
        [look] = my_data.my_data_page(work).looks
    assert look.why_text == "Sertifikāta MPS-2026-00001 fails"


@rule("2.4")
def test_a_damaged_sheet_is_left_out_of_the_archive_which_says_so() -> None:
    training = certify()
    damaged = only()
    with begin(SYSTEM) as work:
        staff = make_person(work, name="Līga Testiņa", email="liga@skola.example")
    with begin(actor(staff, *STAFF.roles)) as work:
        certificates.reissue(work, damaged.key, "labots uzvārds")
    print_all()
    plugged().tools.files.keep(str(damaged.pdf_key), b"%PDF-1.7 another")
    with begin(training.actor(0)) as work:
        certificates.pack_mine(work, packed := io.BytesIO())
    archive = zipfile.ZipFile(packed)
    assert archive.namelist() == ["MPS-2026-00002.pdf", "LASI_MANI.txt"]
    assert damaged.number in archive.read("LASI_MANI.txt").decode()


@rule("2.4")
def test_archives_are_not_made_without_end() -> None:
    training = certify()
    for _ in range(20):
        with begin(training.actor(0)) as work:
            certificates.pack_mine(work, io.BytesIO())
    with pytest.raises(TooMany), begin(training.actor(0)) as work:
        certificates.pack_mine(work, io.BytesIO())
