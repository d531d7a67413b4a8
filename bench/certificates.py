"""Certificates per second of one worker, beside a bare WeasyPrint loop over the same HTML; what a seal costs.

The bare loop keeps its style sheet and fonts, as the worker does; at least 0.8 of it is demanded without a seal.
"""

import gc
import os
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from sqlmodel import col, select
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration

from bench.ground import Web, ground, requests_per_second, serving
from mps_app.adapters.file_store import FileStore
from mps_app.adapters.pdf_seal import PdfSeal
from mps_app.core.actor import SYSTEM
from mps_app.core.settings import settings
from mps_app.core.work import House, Work, begin, plug
from mps_app.demo import seal as demo_seal
from mps_app.launch.house import furnish
from mps_app.models import Application, Certificate, SealKind
from mps_app.services import certificates, identity
from mps_app.services.certificates.sheet import html_of
from tests.services.certificates.course import answer, hold_training, invite, issue, mark

SHEETS = 60
_TEMPLATES = Path(certificates.__file__).parents[2] / "templates" / "pdf"


Act = Callable[[Any], None]  # Any: what it takes


class _Silent:
    """Wakes nobody: this process is the worker."""

    def wake(self, job: str) -> None:
        """Do nothing."""


def measure(sheets: int = SHEETS) -> tuple[dict[str, float], float]:
    """Return sheets per second of processor time: bare, by the worker's code without a seal, and with one.

    And how many times a second the web hands out a sheet to its holder.
    """
    with ground() as services, tempfile.TemporaryDirectory() as folder:
        os.environ.update(services.variables)  # the house here and the server there share keys
        url, engine = services.database("certificates")
        house = _dressed(furnish(settings(), engine), Path(folder))
        plug(house)
        _issued(2 * sheets + 2)
        with begin(SYSTEM) as work:
            keys = _keys(work)
        unsealed = replace(house, tools=replace(house.tools, seal=None))
        acts = {
            "bare loop": (_bare(), _pages(keys[: sheets + 1])),
            "worker, no seal": (_printing(unsealed), keys[: sheets + 1]),
            "worker, P-256 seal": (_printing(house), keys[sheets + 1 :]),
        }
        found = _per_second(acts)
        with serving(services, {"MPS_DATABASE_URL": url, "MPS_FILES_URL": str(Path(folder) / "files")}) as web:
            handed_out = _handed_out(web, keys[0])
        engine.dispose()
        return found, handed_out


def _handed_out(web: Web, key: int) -> float:
    with begin(SYSTEM) as work:
        certificate = work.db.get_one(Certificate, key)
        holder = work.db.get_one(Application, certificate.application_id).person_id
        token = identity.start_session(work, holder, user_agent="bench", network_address="127.0.0.1")
    cookie = {"Cookie": f"{settings().session_cookie}={token}"}
    return requests_per_second(f"{web.address}/sertifikati/{key}.pdf", cookie)


def _dressed(house: House, folder: Path) -> House:
    key = folder / "seal.p12"
    key.write_bytes(demo_seal.made_seal())
    seal = PdfSeal(lambda: key, "", "Skola", is_demo=True)
    return replace(
        house, tools=replace(house.tools, waker=_Silent(), files=FileStore(str(folder / "files")), seal=seal)
    )


def _issued(people: int) -> None:
    training = hold_training(people)
    mark(training)
    invite()
    for number in range(people):
        answer(training, number)
    issue()


def _keys(work: Work) -> list[int]:
    return list(work.db.exec(select(Certificate.id).order_by(col(Certificate.id))))


def _pages(keys: list[int]) -> list[str]:
    with begin(SYSTEM) as work:
        return [html_of(work, work.db.get_one(Certificate, key), SealKind.NONE) for key in keys]


def _bare() -> Act:
    fonts = FontConfiguration()
    style = CSS(filename=str(_TEMPLATES / "certificate.css"), font_config=fonts)

    def draw(page: str) -> None:
        HTML(string=page).write_pdf(stylesheets=[style], font_config=fonts, pdf_variant="pdf/ua-1")

    return draw


def _printing(house: House) -> Act:
    """Print one as the worker does."""

    def draw(key: int) -> None:
        plug(house)
        with begin(SYSTEM) as work:
            certificates.print_one(work, key)

    return draw


def _per_second(acts: dict[str, tuple[Act, list[Any]]]) -> dict[str, float]:  # Any: what each act takes
    """Let the acts take turns, for a machine's pace changes; the first turn, which reads fonts and keys, counts not."""
    spent = dict.fromkeys(acts, 0.0)
    rounds = list(zip(*(on for _, on in acts.values()), strict=True))
    for number, turn in enumerate(rounds):
        for (name, (act, _)), one in zip(acts.items(), turn, strict=True):
            gc.collect()  # what one leaves behind is not the next one's work
            began = time.process_time()
            act(one)
            spent[name] += time.process_time() - began if number else 0.0
    return {name: (len(rounds) - 1) / seconds for name, seconds in spent.items()}


def main() -> None:
    """Print the table."""
    found, handed_out = measure(int(sys.argv[1]) if len(sys.argv) > 1 else SHEETS)
    bare = found["bare loop"]
    for name, rate in found.items():
        print(f"{name:<22} {rate:6.1f} sheets per processor second   {rate / bare:5.2f} of the bare loop")
    print(f"\na sheet handed out to its holder: {handed_out:.0f} requests per second")


if __name__ == "__main__":
    main()
