"""The demo's mail: received by a process of its own, kept, capped, and shown without any power over the page."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest
from aiosmtpd.smtp import SMTP, Envelope, Session
from starlette.applications import Starlette

from mps_app.adapters.smtp import SmtpMailer
from mps_app.core.settings import Environment, settings
from mps_app.core.tools import CalendarPart, Letter
from mps_app.demo import mailbox, post
from mps_app.launch.valkey import free_port
from tests.marks import rule
from tests.running import ROOT
from tests.serving import serving

HOSTILE = "<html><head></head><body><script>alert(1)</script><a href='/kursi'>Kursi</a></body></html>"


@pytest.fixture
def var_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A state directory of this test's own."""
    monkeypatch.setenv("MPS_VAR_DIR", str(tmp_path))
    settings.cache_clear()
    yield tmp_path
    monkeypatch.undo()
    settings.cache_clear()


@pytest.fixture
def smtp_url(var_dir: Path) -> Iterator[str]:
    """The receiver, as the supervisor starts it."""
    port = free_port()
    url = f"smtp://127.0.0.1:{port}"
    variables = {**os.environ, "MPS_SMTP_URL": url, "MPS_VAR_DIR": str(var_dir)}
    process = subprocess.Popen([sys.executable, "-m", "mps_app.demo.mailbox"], cwd=ROOT, env=variables)
    ends_at = time.monotonic() + 20
    while socket.socket().connect_ex(("127.0.0.1", port)) != 0:
        assert time.monotonic() < ends_at
        time.sleep(0.05)
    yield url
    process.terminate()
    assert process.wait(timeout=5) == 0


@pytest.fixture
def visitor(var_dir: Path) -> Iterator[httpx.Client]:
    """Somebody who looks at the demo's mail."""
    with serving(Starlette(routes=post.routes()), free_port()) as address, httpx.Client(base_url=address) as client:
        yield client


def letter(number: int = 1, html: str = HOSTILE, recipient: str = "anna@iestade.example") -> Letter:
    calendars = (CalendarPart("REQUEST", "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"),)
    written = datetime(2026, 9, 7, 9, 0, tzinfo=UTC)
    subject = f"Pieteikums saņemts: Ķīmija <{number}>"
    return Letter(f"<{number}@a>", written, recipient, subject, "Labdien! <b>", html, calendars=calendars)


def send(url: str, *letters: Letter) -> None:
    mailer = SmtpMailer(url, "MPS <mps@skola.example>")
    for one in letters:
        mailer.send(one)
    mailer.close()


@rule("1.2")
def test_what_the_school_sends_can_be_read_and_opened(smtp_url: str, visitor: httpx.Client) -> None:
    assert "Vēstuļu vēl nav" in visitor.get("/demo/pasts").text
    send(smtp_url, letter(1), letter(2, recipient="cits@iestade.example"))
    page = visitor.get("/demo/pasts").text
    assert page.index("Ķīmija &lt;2&gt;") < page.index("Ķīmija &lt;1&gt;")
    assert "Ķīmija &lt;1&gt;" not in visitor.get("/demo/pasts", params={"kam": "CITS@"}).text
    (name,) = [kept.name for kept in mailbox.letters("anna@")]
    shown = visitor.get(f"/demo/pasts/{name}").text
    assert "anna@iestade.example" in shown
    assert "kalendars.ics" in shown
    assert "Labdien! &lt;b&gt;" in visitor.get(f"/demo/pasts/{name}?veids=teksts").text
    file = visitor.get(f"/demo/pasts/{name}/pielikums/1")
    assert file.content == b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"
    assert file.headers["content-type"].startswith("text/calendar")
    assert "attachment" in file.headers["content-disposition"]


@rule("1.2")
def test_a_letter_is_shown_in_a_sandbox(smtp_url: str, visitor: httpx.Client) -> None:
    send(smtp_url, letter())
    (kept,) = mailbox.letters()
    page = visitor.get(f"/demo/pasts/{kept.name}").text
    assert "alert(1)" not in page
    assert 'sandbox="' in page
    assert "allow-scripts" not in page
    assert "allow-same-origin" not in page
    policy = visitor.get(f"/demo/pasts/{kept.name}/vestule").headers["content-security-policy"]
    assert policy.startswith("default-src 'none';")
    assert "sandbox" in policy
    assert "allow-scripts" not in policy


@rule("1.2")
@pytest.mark.parametrize(
    "name", ["0", "..%2Fkeys", "..", "1234567890123456789-1", "x" * 300, "%00", "1234567890123456789-1.eml"]
)
def test_no_name_leads_out_of_the_mailbox(visitor: httpx.Client, var_dir: Path, name: str) -> None:
    (var_dir / "keys.eml").write_text("Subject: secret\n\nsecret")
    for path in (f"/demo/pasts/{name}", f"/demo/pasts/{name}/vestule", f"/demo/pasts/{name}/pielikums/1"):
        answer = visitor.get(path)
        assert "secret" not in answer.text
        assert answer.status_code == 404 or answer.url.path == "/demo/pasts"


@rule("1.2")
async def test_the_oldest_letters_make_room(var_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mailbox, "KEPT_LETTERS", 3)
    keeper = mailbox.Keeper(mailbox.directory())
    for number in range(5):
        envelope = Envelope()
        envelope.content = f"Subject: {number}\r\nTo: a@b.example\r\n\r\nx".encode()
        assert await keeper.handle_DATA(SMTP(keeper), Session(None), envelope) == "250 Kept"  # type: ignore[arg-type]
    assert [kept.subject for kept in mailbox.letters()] == ["4", "3", "2"]


@rule("1.2")
def test_in_production_there_is_neither_receiver_nor_page(monkeypatch: pytest.MonkeyPatch) -> None:
    real = settings().model_copy(update={"env": Environment.PRODUCTION})
    monkeypatch.setattr(post, "settings", lambda: real)
    monkeypatch.setattr(mailbox, "settings", lambda: real)
    assert post.routes() == []
    with pytest.raises(SystemExit, match="does not run in production"):
        mailbox.main()
