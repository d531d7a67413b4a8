"""Every environment variable the system reads, in one typed, frozen place.

``MPS_ENV=production`` refuses unsafe or missing values, naming each (rule 1.2).
"""

from enum import StrEnum
from functools import lru_cache
from pathlib import Path

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class Environment(StrEnum):
    """Where the process believes it runs; the demo's helpers live in demo and test only."""

    DEMO = "demo"
    TEST = "test"
    PRODUCTION = "production"


class Settings(BaseSettings):
    """The environment, validated once at start-up."""

    model_config = SettingsConfigDict(env_prefix="MPS_", env_file=".env", extra="ignore", frozen=True)

    env: Environment = Environment.DEMO
    host: str = "127.0.0.1"  # the demo lets anybody sign in as anybody: it stays on this machine unless told
    port: int = 3000
    public_url: str = ""  # empty: http://localhost:<port>
    var_dir: Path = Path("var")
    build_dir: Path = Path("var/build")  # the built front end, shared by everything that runs from this clone

    database_url: str = ""  # empty: the embedded PostgreSQL in var_dir
    redis_url: str = ""  # empty: the embedded Valkey in var_dir
    smtp_url: str = ""  # smtp://user:password@host:port?starttls=1
    mail_sender: str = "MPS <mps@skola.example>"

    secret_key: SecretStr = SecretStr("")  # binds cookies and socket tokens
    secret_key_personal_code: SecretStr = SecretStr("")  # encrypts personal codes (32 bytes, urlsafe base64)
    secret_key_code_lookup: SecretStr = SecretStr("")  # keyed hash that finds a personal code (1.3)

    school_name: str = "Valsts administrācijas skola"
    school_email: str = "macibas@skola.example"

    service_threads: int = Field(default=16, ge=1, le=64)  # also the size of the database pool
    web_workers: int = Field(default=1, ge=1, le=16)

    session_idle_minutes: int = 30  # facts.md 1.6: idle 30 min
    session_absolute_hours: int = 10  # absolute 8-12 h

    @property
    def address(self) -> str:
        """The origin people type, without a trailing slash."""
        return (self.public_url or f"http://localhost:{self.port}").rstrip("/")

    @property
    def is_secure(self) -> bool:
        """Whether the site is served over TLS, so that cookies may be ``__Host-``."""
        return self.address.startswith("https://")

    @property
    def session_cookie(self) -> str:
        """The name of the session cookie; ``__Host-`` binds it to this host over TLS (1.4)."""
        return "__Host-mps_session" if self.is_secure else "mps_session"

    @property
    def is_demo(self) -> bool:
        """Whether the demo's sign-in provider and mailbox may exist at all (1.2)."""
        return self.env is not Environment.PRODUCTION


@lru_cache(maxsize=1)
def settings() -> Settings:
    """Return the settings of this process, read once."""
    return Settings()
