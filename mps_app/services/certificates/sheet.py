"""The sheet: what was frozen, laid out as HTML. Everything from outside is escaped; the page has no way out."""

from functools import lru_cache
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from mps_app.core.work import Work
from mps_app.models import Certificate, SealKind
from mps_app.services.certificates import words
from mps_app.services.certificates.content import Content
from mps_app.text import N_, say

_FOLDER = Path(__file__).parents[2] / "templates" / "pdf"
_PAPER = "lv"  # the sheet is Latvian, whoever it is for

# Millimetres on the thread: the first and the last rhomb, and the largest half-width of one.
_TOP, _BOTTOM, _MIDDLE, _LARGEST = 24.0, 186.0, 105.0, 6.2
_MOST_HOURS = 40  # above that one rhomb for each session
_LONG_NAME, _LONGER_NAME, _LONG_COURSE = 26, 40, 90

_SEALS = {
    SealKind.SCHOOL: N_("Signed with an electronic seal."),
    SealKind.DEMO: N_("Signed with the demonstration's own seal, which nobody need trust."),
    SealKind.NONE: N_("Not electronically sealed."),
}


class Rhomb(NamedTuple):
    """One mark on the thread, as SVG paths."""

    outer: str
    inner: str
    edge: str


def html_of(work: Work, certificate: Certificate, seal: SealKind) -> str:
    """Return the whole document."""
    content = Content.of(certificate.content)
    check = f"{content.address}/parbaude"
    marks, meaning = _marks(content)
    return _environment().get_template("certificate.html").render(
        heading=words.heading(_PAPER, content.kind),
        number=certificate.number,
        number_text=say(_PAPER, N_("No. {number}"), number=certificate.number),
        name=content.name,
        name_size=_name_size(content.name),
        school=content.school,
        system=say(_PAPER, N_("Training management system")),
        for_what=words.for_what(_PAPER, content.kind),
        course=content.course,
        course_size="long" if len(content.course) > _LONG_COURSE else "",
        facts=words.facts_text(_PAPER, content),
        programme=say(_PAPER, N_("Content: {programme}."), programme=content.programme) if content.programme else "",
        signatory=content.signatory,
        signed_text=f"{content.signed_in}, {words.day_long_text(_PAPER, content)}",
        seal_text=say(_PAPER, _SEALS[seal]),
        rhombs=rhombs(marks),
        rhombs_text=meaning,
        check_text=say(_PAPER, N_("Check the certificate")),
        check_address=urlsplit(check).netloc + "/parbaude",
        qr=Markup(work.tools.qr(f"{check}/{certificate.code}")),  # noqa: S704  # drawn by us, of our own address
    )  # fmt: skip


def _name_size(name: str) -> str:
    if len(name) > _LONGER_NAME:
        return "longer"
    return "long" if len(name) > _LONG_NAME else ""


def _marks(content: Content) -> tuple[int, str]:
    """Return how many rhombs there are and what one of them stands for."""
    if 0 < content.hours <= _MOST_HOURS:
        return content.hours, say(_PAPER, N_("Each rhomb at the side is one academic hour."))
    return max(content.session_count, 1), say(_PAPER, N_("Each rhomb at the side is one session."))


def rhombs(count: int) -> list[Rhomb]:
    """Return rhombs evenly strung; many of them are smaller, so that none touches the next."""
    if count == 1:
        return [_rhomb(_MIDDLE, _LARGEST)]
    step = (_BOTTOM - _TOP) / (count - 1)
    half = min(_LARGEST, step * 0.42)
    return [_rhomb(_TOP + step * number, half) for number in range(count)]


def _rhomb(at: float, half: float) -> Rhomb:
    return Rhomb(_path(at, half), _path(at, half * 0.42), f"{half / _LARGEST:.2f}")


def _path(at: float, half: float) -> str:
    return f"M10 {at - half:.2f} {10 + half:.2f} {at:.2f} 10 {at + half:.2f} {10 - half:.2f} {at:.2f}z"


@lru_cache(maxsize=1)
def _environment() -> Environment:
    return Environment(loader=FileSystemLoader(_FOLDER), autoescape=True, undefined=StrictUndefined)
