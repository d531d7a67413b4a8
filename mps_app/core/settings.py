"""Every environment variable the system reads, in one typed, frozen place.

``MPS_ENV=production`` refuses unsafe or missing values, naming each (rule 1.2).
"""

import base64
import hashlib
from collections.abc import Iterator
from email.utils import parseaddr
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Self
from urllib.parse import parse_qs, urlsplit

from pydantic import Field, SecretStr, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

SHORTEST_KEY = 32
AES_KEY_BYTES = 32


class Environment(StrEnum):
    """Where the process believes it runs; the demo's helpers live in demo and test only."""

    DEMO = "demo"
    TEST = "test"
    PRODUCTION = "production"


class Assurance(StrEnum):
    """How surely a provider knows a person (eIDAS), from weak to strong."""

    LOW = "low"
    SUBSTANTIAL = "substantial"
    HIGH = "high"


class OidcSettings(BaseSettings):
    """The sign-in provider (1.1); without an issuer the demo's own one, which production refuses (1.2).

    A provider without discovery is described by its endpoints; then nothing is asked of it but them.
    """

    model_config = SettingsConfigDict(env_prefix="MPS_OIDC_", env_file=".env", extra="ignore", frozen=True)

    issuer: str = ""
    client_id: str = ""
    client_secret: SecretStr = SecretStr("")
    client_secret_file: Path | None = None  # instead of client_secret
    client_key_file: Path | None = None  # a private key (PEM): private_key_jwt instead of client_secret_basic
    scopes: str = "openid profile"
    ui_locales: str = "lv"

    endpoint_authorize: str = ""
    endpoint_token: str = ""
    endpoint_jwks: str = ""
    endpoint_userinfo: str = ""
    endpoint_end_session: str = ""
    logout_template: str = ""  # for providers with a logout of their own kind; {address} becomes the return address

    acr_values: str = ""  # asked of the provider
    min_loa: Assurance | None = Assurance.SUBSTANTIAL  # demanded of its answer; empty: anything goes
    acr_loa: dict[str, Assurance] = {  # what its answers mean; an unknown one is worth nothing
        "http://eidas.europa.eu/LoA/low": Assurance.LOW,
        "http://eidas.europa.eu/LoA/substantial": Assurance.SUBSTANTIAL,
        "http://eidas.europa.eu/LoA/high": Assurance.HIGH,
    }

    claim_code: list[str] = ["personal_code", "serial_number", "privatepersonalidentifier", "sub"]
    claim_historical_codes: list[str] = ["historical_personal_codes"]
    claim_given_name: list[str] = ["given_name"]
    claim_family_name: list[str] = ["family_name"]
    claim_loa: list[str] = ["acr"]

    @field_validator("min_loa", mode="before")
    @classmethod
    def _empty_means_none(cls, value: object) -> object:
        return value or None

    @property
    def secret(self) -> str:
        """The client's secret, from the environment or its file."""
        if self.client_secret_file is not None:
            return self.client_secret_file.read_text().strip()
        return self.client_secret.get_secret_value()


class Settings(BaseSettings):
    """The environment, validated once at start-up."""

    model_config = SettingsConfigDict(env_prefix="MPS_", env_file=".env", extra="ignore", frozen=True)

    env: Environment = Environment.DEMO
    host: str = "127.0.0.1"  # the demo lets anybody sign in as anybody: it stays on this machine unless told
    port: int = 3000
    public_url: str = ""  # empty: http://localhost:<port>
    proxy_hops: int = Field(default=0, ge=0, le=9)  # proxies before us whose X-Forwarded-For is believed
    var_dir: Path = Path("var")
    build_dir: Path = Path("var/build")  # the built front end, shared by everything that runs from this clone

    database_url: str = ""  # empty: the embedded PostgreSQL in var_dir
    redis_url: str = ""  # empty: the embedded Valkey in var_dir
    smtp_url: str = ""  # smtp://user:password@host:port?starttls=1
    mail_sender: str = "MPS <mps@skola.example>"
    mail_timeout_seconds: float = Field(default=15, gt=0, le=60)  # for each step of handing over a letter
    mail_sweep_seconds: int = Field(default=15, ge=1)  # commands wake the sweep at once; this is the safety net
    mail_lease_seconds: int = Field(default=120, ge=1)  # a worker that died holds its letters no longer
    mail_retry_seconds: tuple[int, ...] = (15, 60, 300, 900, 3_600, 10_800, 21_600, 43_200, 86_400)  # then dead

    files_url: str = ""  # empty: the folder "files" in var_dir; s3://bucket/folder?endpoint=https://…
    material_megabytes: int = Field(default=50, ge=1, le=500)  # the largest file of a course's materials (9.2)

    secret_key: SecretStr = SecretStr("")  # binds cookies and socket tokens
    secret_key_personal_code: SecretStr = SecretStr("")  # encrypts personal codes (32 bytes, urlsafe base64)
    secret_key_code_lookup: SecretStr = SecretStr("")  # keyed hash that finds a personal code (1.3)

    school_name: str = "Valsts administrācijas skola"
    school_email: str = "macibas@skola.example"
    school_signatory: str = "Anna Ķirse-Žagare, direktore"  # under certificates
    school_signs_in: str = "Rīgā"  # and where they are given

    certificate_series: str = Field(default="MPS", pattern=r"^[A-Z]{2,10}$")  # MPS-2026-00001
    seal_file: Path | None = None  # PKCS#12 of the electronic seal; without it documents say that they bear none
    seal_password: SecretStr = SecretStr("")
    badge_key_file: Path | None = None  # RSA private key (PEM) that signs Open Badges; without it there are none

    service_threads: int = Field(default=8, ge=1, le=64)  # for screens; plain requests have as many connections again
    worker_processes: int = Field(default=2, ge=1, le=32)  # of the one Celery worker that is started here
    web_workers: int = Field(default=2, ge=1, le=16)

    oidc: OidcSettings = Field(default_factory=OidcSettings)

    reminder_working_days: int = Field(default=3, ge=1, le=10)  # before a group's first session (5.5)
    reminder_days: int = Field(default=1, ge=0, le=10)  # and once more, in days of the calendar
    # Of questionnaires (7.3), and of tests alike (8.1).
    evaluation_reminder_days: int = Field(default=2, ge=0, le=30)  # between reminders; 0: none
    evaluation_reminder_limit: int = Field(default=15, ge=0, le=60)  # so many at most of one
    evaluation_closes_days: int = Field(default=60, ge=1, le=365)  # after the invitation: reminders end

    # What the law makes the school keep although erasure was asked for (2.6); the law's text prevails.
    keep_invoices_years: int = Field(default=5, ge=5)
    keep_projects_years: int = Field(default=5, ge=1)
    keep_learning_years: int = Field(default=10, ge=1)
    keep_logs_months: int = Field(default=18, ge=1)

    session_idle_minutes: int = 30  # facts.md 1.6: idle 30 min
    session_absolute_hours: int = 10  # absolute 8-12 h

    @property
    def address(self) -> str:
        """The origin people type, without a trailing slash."""
        return (self.public_url or f"http://localhost:{self.port}").rstrip("/")

    @property
    def files_address(self) -> str:
        """Where files are kept: the store that is named, or a folder of this machine."""
        return self.files_url or str((self.var_dir / "files").absolute())

    @property
    def broker(self) -> str:
        """Where jobs are queued: the database after the one that keeps screens."""
        base, _, number = self.redis_url.rpartition("/")
        return f"{base}/{int(number) + 1}" if base and number.isdigit() else f"{self.redis_url.rstrip('/')}/1"

    @property
    def is_secure(self) -> bool:
        """Whether the site is served over TLS, so that cookies may be ``__Host-``."""
        return self.address.startswith("https://")

    @property
    def session_cookie(self) -> str:
        """The name of the session cookie; ``__Host-`` binds it to this host over TLS (1.4)."""
        return "__Host-mps_session" if self.is_secure else "mps_session"

    @property
    def uses_demo_provider(self) -> bool:
        """Whether people sign in as sample persons: no provider is named, and this is no production."""
        return self.is_demo and not self.oidc.issuer

    @property
    def sign_in_provider(self) -> OidcSettings:
        """The provider people sign in through: the one named, or the demo's own (1.2)."""
        if not self.uses_demo_provider:
            return self.oidc
        secret = hashlib.sha256(b"demo provider" + self.secret_key.get_secret_value().encode()).hexdigest()
        own = {"issuer": f"{self.address}/demo/oidc", "client_id": "mps", "client_secret": SecretStr(secret)}
        return self.oidc.model_copy(update=own)

    @property
    def is_demo(self) -> bool:
        """Whether the demo's sign-in provider and mailbox may exist at all (1.2)."""
        return self.env is not Environment.PRODUCTION

    @model_validator(mode="after")
    def _refuse_unsafe_production(self) -> Self:
        if self.env is Environment.PRODUCTION and (found := list(_objections(self))):
            message = "production refuses to start:\n" + "\n".join(f"  - {line}" for line in found)
            raise ValueError(message)
        return self


def _objections(given: Settings) -> Iterator[str]:
    """Name every value that is missing in production or unsafe there, all at once (1.2)."""
    if not given.is_secure:
        yield "MPS_PUBLIC_URL must be the https:// address people type"
    for name in ("database_url", "redis_url", "smtp_url"):
        if not getattr(given, name):
            yield f"MPS_{name.upper()} is missing; the embedded service is the demo's"
    yield from _network_objections(given)
    if given.school_signatory in {"", type(given).model_fields["school_signatory"].default}:
        yield "MPS_SCHOOL_SIGNATORY must name who signs certificates; the demo's is nobody"
    if parseaddr(given.mail_sender)[1].endswith(".example"):
        yield "MPS_MAIL_SENDER is the demo's"
    if given.school_email.endswith(".example"):
        yield "MPS_SCHOOL_EMAIL is the demo's"
    yield from _key_objections(given)
    yield from _provider_objections(given)


def _network_objections(given: Settings) -> Iterator[str]:
    redis = urlsplit(given.redis_url)
    if redis.scheme in {"redis", "rediss"} and not redis.password:
        yield "MPS_REDIS_URL has no password: who may write there may run code here"
    if given.proxy_hops == 0:
        yield "MPS_PROXY_HOPS is 0: limits would take the proxy that brings TLS for everybody behind it"
    if given.smtp_url and not _is_private(given.smtp_url):
        yield "MPS_SMTP_URL must be smtps:// or have ?starttls=1: letters and the password would pass readable"


def _is_private(smtp_url: str) -> bool:
    """Whether nobody between us and the mail server can read along."""
    url = urlsplit(smtp_url)
    is_encrypted = url.scheme == "smtps" or parse_qs(url.query).get("starttls") == ["1"]
    return is_encrypted or url.hostname in {"localhost", "127.0.0.1", "::1"}


def _key_objections(given: Settings) -> Iterator[str]:
    keys = {
        f"MPS_{name.upper()}": getattr(given, name).get_secret_value()
        for name in ("secret_key", "secret_key_personal_code", "secret_key_code_lookup")
    }
    for name, key in keys.items():
        if len(key) < SHORTEST_KEY:
            yield f"{name} is missing or shorter than {SHORTEST_KEY} characters"
    if not _is_aes_key(keys["MPS_SECRET_KEY_PERSONAL_CODE"]):
        yield "MPS_SECRET_KEY_PERSONAL_CODE must be 32 bytes in urlsafe base64"
    if len(set(keys.values())) < len(keys):
        yield f"{', '.join(keys)} must differ from one another"


def _is_aes_key(key: str) -> bool:
    try:
        return len(base64.urlsafe_b64decode(key)) == AES_KEY_BYTES
    except ValueError:
        return False


def _provider_objections(given: Settings) -> Iterator[str]:
    oidc = given.oidc
    if not oidc.issuer.startswith("https://"):
        yield "MPS_OIDC_ISSUER must be the https:// issuer of a real provider"
    elif oidc.issuer.startswith(given.address):
        yield "MPS_OIDC_ISSUER is this system's own demo provider"
    if not oidc.client_id:
        yield "MPS_OIDC_CLIENT_ID is missing"
    if not (oidc.client_secret.get_secret_value() or oidc.client_secret_file or oidc.client_key_file):
        yield "MPS_OIDC_CLIENT_SECRET, _CLIENT_SECRET_FILE or _CLIENT_KEY_FILE is missing"
    if oidc.min_loa in {None, Assurance.LOW}:
        yield "MPS_OIDC_MIN_LOA must be substantial or high: a personal code is trusted on it"


@lru_cache(maxsize=1)
def settings() -> Settings:
    """Return the settings of this process, read once."""
    return Settings()
