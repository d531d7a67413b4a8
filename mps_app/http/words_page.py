"""A page that only says something, without the app's scripts: what an HTTP door answers when it must refuse."""

from functools import lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader

from mps_app.http.built import style_sheets
from mps_app.text import say

_FOLDER = Path(__file__).parents[1] / "templates" / "http"


@lru_cache(maxsize=1)
def _environment() -> Environment:
    """Return the templates of HTTP pages."""
    return plain_pages(_FOLDER)


def plain_pages(folder: Path) -> Environment:
    """Return a folder's templates, which may extend ``_plain.html``; everything put into them is escaped."""
    loader = FileSystemLoader((folder, _FOLDER))
    made = Environment(loader=loader, autoescape=True, trim_blocks=True, lstrip_blocks=True)
    made.globals |= {"style_sheets": style_sheets, "language": "lv", "t": lambda message: say("lv", message)}
    return made


def words_page(language: str, words: str, *, reference: str = "", again: str = "") -> str:
    """Return the page with one sentence, where to try again, and the way home."""
    return plain_page("words.html", language, words=words, reference=reference, again=again)


def plain_page(template: str, language: str, **facts: object) -> str:
    """Return a page of an HTTP door, in the reader's language."""

    def t(message: str, **more: object) -> str:
        return say(language, message, **more)

    return _environment().get_template(template).render(language=language, t=t, **facts)
