"""/demo/pasts: every letter the demo sent, for whoever tries the product; never in production (1.2)."""

from functools import lru_cache
from pathlib import Path
from urllib.parse import quote

from jinja2 import Environment
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from mps_app.core import riga
from mps_app.core.settings import settings
from mps_app.demo import mailbox
from mps_app.http.words_page import plain_pages

_FOLDER = Path(__file__).parents[1] / "templates" / "demo"
# The letter runs no script and loads nothing; its links lead the window that shows it.
_LETTER_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; "
    "sandbox allow-popups allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation"
)


@lru_cache(maxsize=1)
def _environment() -> Environment:
    environment = plain_pages(_FOLDER)
    environment.globals |= {
        "day": lambda instant: riga.day_short_text("lv", riga.today(instant)),
        "clock": riga.time_text,
        "quote": lambda words: quote(words, safe=""),
    }
    return environment


def _page(template: str, **facts: object) -> HTMLResponse:
    return HTMLResponse(_environment().get_template(template).render(**facts), headers={"Cache-Control": "no-store"})


def _missing() -> Response:
    response = _page("letter_missing.html")
    response.status_code = 404
    return response


def listed(request: Request) -> Response:
    """Show the newest letters, all or those to one address."""
    recipient = request.query_params.get("kam", "")[:200]
    return _page("letters.html", letters=mailbox.letters(recipient), recipient=recipient)


def shown(request: Request) -> Response:
    """Show one letter with what is attached."""
    kept = mailbox.letter(request.path_params["name"])
    if kept is None:
        return _missing()
    form = "teksts" if request.query_params.get("veids") == "teksts" else "html"
    return _page("letter.html", letter=kept, form=form, files=[name for name, _ in kept.files()])


def framed(request: Request) -> Response:
    """Answer with the letter's own HTML, shut into a sandbox."""
    kept = mailbox.letter(request.path_params["name"])
    if kept is None:
        return _missing()
    html = kept.body("html").replace("<head>", '<head><base target="_top">', 1)
    return HTMLResponse(
        html,
        headers={
            "Content-Security-Policy": _LETTER_POLICY,
            "X-Frame-Options": "SAMEORIGIN",
            "Cache-Control": "no-store",
        },
    )


def attached(request: Request) -> Response:
    """Hand out one attached file."""
    kept = mailbox.letter(request.path_params["name"])
    files = kept.files() if kept else []
    number = request.path_params["number"]
    if not 0 < number <= len(files):
        return _missing()
    name, content = files[number - 1]
    disposition = f"attachment; filename*=UTF-8''{quote(name, safe='')}"
    return Response(content, media_type="text/calendar", headers={"Content-Disposition": disposition})


def routes() -> list[Route]:
    """Return the doors of the demo's post; none in production."""
    if not settings().is_demo:
        return []
    return [
        Route("/demo/pasts", listed),
        Route("/demo/pasts/{name}", shown),
        Route("/demo/pasts/{name}/vestule", framed),
        Route("/demo/pasts/{name}/pielikums/{number:int}", attached),
    ]
