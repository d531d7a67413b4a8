"""The house of a process: its database, the tools that reach the world, and the reactions."""

from sqlalchemy import Engine

from mps_app.adapters import postgres
from mps_app.adapters.celery_waker import CeleryWaker
from mps_app.adapters.file_store import FileStore
from mps_app.adapters.personal_code_cipher import PersonalCodeCipher
from mps_app.adapters.smtp import SmtpMailer
from mps_app.core.settings import Settings
from mps_app.core.tools import Tools
from mps_app.core.work import House
from mps_app.services.reactions import REACTIONS


def furnish(configuration: Settings, engine: Engine | None = None) -> House:
    """Return the house the settings describe; ``engine`` instead of the one they name."""
    return House(
        engine=engine or postgres.engine(configuration.database_url, pool_size=configuration.service_threads),
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
        ),
        reactions=REACTIONS,
    )
