"""The electronic seal of documents: PAdES baseline B by pyHanko (ETSI EN 319 142-1), from a PKCS#12 file."""

from collections.abc import Callable
from functools import cached_property
from io import BytesIO
from pathlib import Path
from typing import Any

_FIELD, _FIELD_READ_OUT = "Zimogs", "Elektroniskais zīmogs"
_BESIDE_CERTIFICATES = 2_048  # bytes of a signature: RSA of 4096 bits and long names take 1200


class PdfSeal:
    """Certifies a PDF: after it no change is allowed at all, and one changed byte breaks it."""

    def __init__(self, file: Callable[[], Path], password: str, owner: str, *, is_demo: bool = False) -> None:
        self._file, self._password, self._owner = file, password, owner
        self.is_demo = is_demo

    def sign(self, pdf: bytes) -> bytes:
        """Return the signed document; raises ``ValueError`` when the key can't be read."""
        from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

        signed = BytesIO()
        signer, room = self._pdf_signer
        signer.sign_pdf(IncrementalPdfFileWriter(BytesIO(pdf)), bytes_reserved=room, output=signed)
        return signed.getvalue()

    @cached_property
    def _pdf_signer(self) -> tuple[Any, int]:  # Any: pyHanko's
        """Read the key once per process; return with it the room a signature takes, in hexadecimal digits.

        To find that out by itself, pyHanko would sign each document twice.
        """
        from pyhanko.sign import signers
        from pyhanko.sign.fields import InvisSigSettings, MDPPerm, SigFieldSpec, SigSeedSubFilter

        password = self._password.encode() if self._password else None
        signer = signers.SimpleSigner.load_pkcs12(  # type: ignore[no-untyped-call]  # pyHanko types it half
            str(self._file()), passphrase=password
        )
        if signer is None:
            message = "the seal (MPS_SEAL_FILE, MPS_SEAL_PASSWORD) can't be read"
            raise ValueError(message)
        how = signers.PdfSignatureMetadata(
            field_name=_FIELD,
            md_algorithm="sha256",
            name=self._owner,
            certify=True,
            docmdp_permissions=MDPPerm.NO_CHANGES,
            subfilter=SigSeedSubFilter.PADES,
        )
        # nothing is drawn, so nobody is to meet it in the reading order (ISO 14289-1, 7.18)
        unseen = InvisSigSettings(set_print_flag=False, set_hidden_flag=True, box_out_of_bounds=True)
        where = SigFieldSpec(_FIELD, readable_field_name=_FIELD_READ_OUT, invis_sig_settings=unseen)
        certificates = sum(len(one.dump()) for one in (signer.signing_cert, *signer.cert_registry))
        issuer = 2 * len(signer.signing_cert.issuer.dump())  # is named twice more
        room = 2 * (certificates + issuer + _BESIDE_CERTIFICATES)
        return signers.PdfSigner(how, signer=signer, new_field_spec=where), room
