"""The environment: documented to the last variable, and refused in production when it is unsafe."""

import json
import os
import re
from collections.abc import Iterator

import pytest
from pydantic import ValidationError
from pydantic_settings import BaseSettings

from mps_app.core.settings import OidcSettings, Settings
from tests.marks import rule
from tests.running import ROOT

KEYS = {
    "secret_key": "a" * 43 + "=",
    "secret_key_personal_code": "b" * 43 + "=",
    "secret_key_code_lookup": "c" * 43 + "=",
}
SOUND = {
    **KEYS,
    "env": "production",
    "public_url": "https://macibas.skola.lv",
    "database_url": "postgresql://mps:secret@db/mps",
    "redis_url": "rediss://:secret@store:6379/0",
    "smtp_url": "smtp://mps:secret@mail:587?starttls=1",
    "proxy_hops": 1,
    "school_signatory": "Skolas Direktore, direktore",
    "mail_sender": "Skola <macibas@skola.lv>",
    "school_email": "macibas@skola.lv",
    "oidc": OidcSettings(issuer="https://idp.lv", client_id="mps", client_secret="secret"),
}
UNSAFE = [
    ({"public_url": "http://macibas.skola.lv"}, "MPS_PUBLIC_URL"),
    ({"database_url": ""}, "MPS_DATABASE_URL"),
    ({"redis_url": ""}, "MPS_REDIS_URL"),
    ({"redis_url": "redis://store:6379"}, "MPS_REDIS_URL has no password"),
    ({"smtp_url": ""}, "MPS_SMTP_URL"),
    ({"smtp_url": "smtp://mps:secret@mail:25"}, "MPS_SMTP_URL must be smtps://"),
    ({"smtp_url": "smtp://mail:25?starttls=0"}, "or have ?starttls=1"),
    ({"proxy_hops": 0}, "MPS_PROXY_HOPS is 0"),
    ({"school_signatory": Settings.model_fields["school_signatory"].default}, "MPS_SCHOOL_SIGNATORY"),
    ({"mail_sender": "MPS <mps@skola.example>"}, "MPS_MAIL_SENDER"),
    ({"school_email": "macibas@skola.example"}, "MPS_SCHOOL_EMAIL"),
    ({"secret_key": ""}, "MPS_SECRET_KEY is missing"),
    ({"secret_key_code_lookup": "short"}, "MPS_SECRET_KEY_CODE_LOOKUP"),
    ({"secret_key_personal_code": "x" * 40}, "32 bytes in urlsafe base64"),
    ({"secret_key": KEYS["secret_key_code_lookup"]}, "must differ"),
    ({"oidc": OidcSettings()}, "MPS_OIDC_ISSUER"),
    ({"oidc": OidcSettings(issuer="https://macibas.skola.lv/demo", client_id="m", client_secret="s")}, "demo provider"),
    ({"oidc": OidcSettings(issuer="https://idp.lv", client_secret="s")}, "MPS_OIDC_CLIENT_ID"),
    ({"oidc": OidcSettings(issuer="https://idp.lv", client_id="m")}, "MPS_OIDC_CLIENT_SECRET"),
    ({"oidc": OidcSettings(issuer="https://idp.lv", client_id="m", client_secret="s", min_loa=None)}, "MIN_LOA"),
]


@pytest.fixture(autouse=True)
def _bare_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("MPS_")]:
        monkeypatch.delenv(name)


def variables() -> Iterator[tuple[str, str]]:
    """Every variable with its default as one would write it; keys and secrets have none."""
    for settings in (Settings, OidcSettings):
        prefix = str(settings.model_config["env_prefix"])
        for name, field in settings.model_fields.items():
            if not (isinstance(field.annotation, type) and issubclass(field.annotation, BaseSettings)):
                yield f"{prefix}{name}".upper(), name


def documented() -> dict[str, str]:
    return dict(re.findall(r"^# ?(MPS_[A-Z_]+)=(.*)$", (ROOT / ".env.example").read_text(), re.MULTILINE))


def test_the_example_names_every_variable_and_no_other() -> None:
    assert sorted(documented()) == sorted(name for name, _ in variables())


def test_the_example_names_each_variable_once() -> None:
    names = re.findall(r"^#? ?(MPS_[A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE)
    assert sorted(names) == sorted(set(names))


def test_the_example_shows_the_defaults_as_they_are() -> None:
    shown = {name: value for name, value in documented().items() if value and not name.startswith("MPS_OIDC_")}
    as_shown = Settings.model_validate({_field(name): _read(value) for name, value in shown.items()})
    assert as_shown.model_dump() == Settings.model_validate({}).model_dump()


@pytest.mark.parametrize("url", ["smtps://mps:secret@mail", "smtp://localhost:25", SOUND["smtp_url"]])
def test_a_mail_server_that_nobody_overhears_is_taken(url: str) -> None:
    Settings.model_validate({**SOUND, "smtp_url": url})


def test_sound_production_settings_are_taken() -> None:
    assert Settings.model_validate(SOUND).session_cookie.startswith("__Host-")


@rule("1.2")
@pytest.mark.parametrize(("change", "named"), UNSAFE, ids=[named for _, named in UNSAFE])
def test_production_refuses_what_is_missing_or_unsafe_and_names_it(change: dict[str, object], named: str) -> None:
    with pytest.raises(ValidationError, match=re.escape(named)):
        Settings.model_validate({**SOUND, **change})


@rule("1.2")
def test_production_names_everything_at_once() -> None:
    with pytest.raises(ValidationError) as refusal:
        Settings.model_validate({"env": "production"})
    said = str(refusal.value)
    assert all(name in said for name in ("MPS_PUBLIC_URL", "MPS_DATABASE_URL", "MPS_SECRET_KEY", "MPS_OIDC_ISSUER"))


@rule("1.2")
def test_nothing_of_the_demo_exists_in_production() -> None:
    production = Settings.model_validate(SOUND)
    assert not production.is_demo
    assert not production.uses_demo_provider


def _field(variable: str) -> str:
    return variable.removeprefix("MPS_").lower()


def _read(value: str) -> object:
    return json.loads(value) if value.startswith(("[", "{")) else value
