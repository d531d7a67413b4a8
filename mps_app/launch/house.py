"""The house of a process: its database, the tools that reach the world, and the reactions."""

from sqlalchemy import Engine

from mps_app.adapters import postgres
from mps_app.adapters.answer_vault import AnswerVault
from mps_app.adapters.badge_signer import RsaBadgeSigner
from mps_app.adapters.celery_waker import CeleryWaker
from mps_app.adapters.file_store import FileStore
from mps_app.adapters.pdf_seal import PdfSeal
from mps_app.adapters.personal_code_cipher import PersonalCodeCipher
from mps_app.adapters.qr import qr_svg
from mps_app.adapters.smtp import SmtpMailer
from mps_app.adapters.weasy_pdf import WeasyPrinter
from mps_app.core.settings import Settings
from mps_app.core.tools import BadgeSigner, Seal, Tools
from mps_app.core.work import House
from mps_app.services.reactions import REACTIONS


def furnish(configuration: Settings, engine: Engine | None = None) -> House:
    """Return the house the settings describe; ``engine`` instead of the one they name."""
    return House(
        engine=engine or postgres.engine(configuration.database_url, pool_size=2 * configuration.service_threads),
        tools=Tools(
            cipher=PersonalCodeCipher(
                configuration.secret_key_personal_code.get_secret_value(),
                configuration.secret_key_code_lookup.get_secret_value(),
            ),
            waker=CeleryWaker(configuration.broker),
            mailer=lambda: SmtpMailer(
                configuration.smtp_url, configuration.mail_sender, timeout=configuration.mail_timeout_seconds
            ),
            files=FileStore(configuration.files_address),
            vault=AnswerVault(configuration.secret_key_personal_code.get_secret_value()),
            printer=WeasyPrinter(),
            qr=qr_svg,
            seal=_seal(configuration),
            badges=_badges(configuration),
        ),
        reactions=REACTIONS,
    )


def _seal(configuration: Settings) -> Seal | None:
    """Return the seal that is configured, or the demo's own."""
    named, owner = configuration.seal_file, configuration.school_name
    if named is not None:
        return PdfSeal(lambda: named, configuration.seal_password.get_secret_value(), owner)
    if not configuration.is_demo:
        return None
    from mps_app.demo.seal import seal_file

    return PdfSeal(seal_file, "", owner, is_demo=True)


def _badges(configuration: Settings) -> BadgeSigner | None:
    """Return the signer of badges that is configured, or the demo's own."""
    named, issuer = configuration.badge_key_file, f"{configuration.address}/openbadges"
    if named is not None:
        return RsaBadgeSigner(lambda: named, issuer)
    if not configuration.is_demo:
        return None
    from mps_app.demo.seal import badge_key_file

    return RsaBadgeSigner(badge_key_file, issuer)
