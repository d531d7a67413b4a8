"""A page that only says something, drawn without scripts: what an HTTP door answers when it must refuse."""

from functools import lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, Template

from mps_app.text import say

_FOLDER = Path(__file__).parents[1] / "templates" / "http"


@lru_cache(maxsize=1)
def environment() -> Environment:
    """Return the templates of HTTP pages; everything put into them is escaped."""
    return Environment(loader=FileSystemLoader(_FOLDER), autoescape=True, trim_blocks=True, lstrip_blocks=True)


def words_page(language: str, words: str, *, reference: str = "", again: str = "") -> str:
    """Return the page with one sentence, where to try again, and the way home."""
    template: Template = environment().get_template("words.html")
    return template.render(
        language=language,
        words=words,
        reference=reference,
        again=again,
        t=lambda message, **facts: say(language, message, **facts),
    )
