"""The demo's own seal and badge key: made once in the state directory, worth nothing outside the demo."""

import os
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, pkcs12
from cryptography.x509.oid import NameOID

from mps_app.core.settings import settings

_NAME = "DEMONSTRĀCIJA, nav derīgs zīmogs"
_VALID = timedelta(days=3650)


def seal_file() -> Path:
    """Return the self-signed seal (PKCS#12); the first process that asks makes it."""
    return _made("demo_seal.p12", made_seal)


def badge_key_file() -> Path:
    """Return the key of the demo's badges (PEM)."""
    return _made("demo_badge_key.pem", _badge_key)


def _made(name: str, make: Callable[[], bytes]) -> Path:
    path = settings().var_dir / name
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_suffix(f".{os.getpid()}")
        fresh.touch(mode=0o600)
        fresh.write_bytes(make())
        with suppress(FileExistsError):  # another process was first: then its key is the one
            os.link(fresh, path)
        fresh.unlink()
    return path


def made_seal() -> bytes:
    """Return a new self-signed seal (PKCS#12, P-256)."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, _NAME)])
    now = datetime.now(UTC)
    usage = {
        "digital_signature": True, "content_commitment": True, "key_encipherment": False, "data_encipherment": False,
        "key_agreement": False, "key_cert_sign": False, "crl_sign": False, "encipher_only": False,
        "decipher_only": False,
    }  # fmt: skip
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + _VALID)
        .add_extension(x509.KeyUsage(**usage), critical=True)
        .sign(key, hashes.SHA256())
    )
    return pkcs12.serialize_key_and_certificates(b"demo", key, certificate, None, NoEncryption())


def _badge_key() -> bytes:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
