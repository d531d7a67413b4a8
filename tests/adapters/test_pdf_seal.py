"""The room kept for a signature is enough, however large the key and long the names of who vouches for it."""

from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature

from mps_app.adapters.pdf_seal import PdfSeal
from mps_app.adapters.weasy_pdf import WeasyPrinter
from tests.marks import rule

NAMES = (
    NameOID.COMMON_NAME, NameOID.ORGANIZATION_NAME, NameOID.ORGANIZATIONAL_UNIT_NAME, NameOID.LOCALITY_NAME,
    NameOID.STATE_OR_PROVINCE_NAME, NameOID.STREET_ADDRESS,
)  # fmt: skip
PASSWORD = "zīmogs"


def _certificate(of: x509.Name, key: rsa.RSAPrivateKey, by: x509.Name, signer: rsa.RSAPrivateKey) -> x509.Certificate:
    now = datetime.now(UTC)
    building = x509.CertificateBuilder(of, by, key.public_key(), x509.random_serial_number())
    building = building.not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
    return building.sign(signer, hashes.SHA256())


def _name(letter: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(kind, letter * 64, _validate=False) for kind in NAMES])


@rule("7.5")
def test_a_large_key_with_a_chain_of_long_names_fits(tmp_path: Path) -> None:
    key = rsa.generate_private_key(public_exponent=65537, key_size=4096)
    chain = [_certificate(_name("š"), key, _name("ķ"), key), _certificate(_name("ķ"), key, _name("ņ"), key)]
    own = _certificate(_name("ā"), key, _name("š"), key)
    file = tmp_path / "seal.p12"
    encryption = BestAvailableEncryption(PASSWORD.encode())
    file.write_bytes(pkcs12.serialize_key_and_certificates(b"seal", key, own, chain, encryption))
    pdf = WeasyPrinter().pdf("<html lang='lv'><title>Lapa</title><p>Teksts</p>", "certificate")
    sealed = PdfSeal(lambda: file, PASSWORD, "Skola").sign(pdf)
    [signature] = PdfFileReader(BytesIO(sealed)).embedded_signatures
    assert validate_pdf_signature(signature).intact
