"""PDFs by WeasyPrint: tagged for screen readers (PDF/UA-1), fonts embedded, no door to files or network.

Style sheet and fonts are read once per process; making them anew for each sheet costs ten times as much.
"""

import os
import sys
from functools import lru_cache
from pathlib import Path
from typing import Any

if sys.platform == "darwin":  # Homebrew's libraries lie where only Homebrew's own Python looks by itself
    os.environ.setdefault("DYLD_FALLBACK_LIBRARY_PATH", "/opt/homebrew/lib:/usr/local/lib:/usr/lib")

_FOLDER = Path(__file__).parents[1] / "templates" / "pdf"


class Closed(ValueError):
    """A page asked for something outside itself; WeasyPrint goes on without it."""


class WeasyPrinter:
    """Lays HTML out by a style sheet of ``templates/pdf``."""

    def pdf(self, html: str, sheet: str) -> bytes:
        """Return the document; whatever it refers to outside itself is left out."""
        from weasyprint import HTML  # takes half a second and much memory: only where something is printed

        style, fonts = _style(sheet)
        page = HTML(string=html, url_fetcher=_nothing())
        made: bytes = page.write_pdf(stylesheets=[style], font_config=fonts, pdf_variant="pdf/ua-1")
        return made


@lru_cache(maxsize=8)
def _style(sheet: str) -> tuple[Any, Any]:  # Any: WeasyPrint carries no types
    """Return a parsed style sheet with the fonts it names; only those may it read."""
    from weasyprint import CSS
    from weasyprint.text.fonts import FontConfiguration

    fonts = FontConfiguration()
    written = (_FOLDER / f"{sheet}.css").read_text(encoding="utf-8")
    return CSS(string=written, base_url=_FOLDER.as_uri() + "/", url_fetcher=_fonts_only(), font_config=fonts), fonts


@lru_cache(maxsize=1)
def _nothing() -> Any:  # Any: WeasyPrint carries no types
    """Return a fetcher that refuses every address: file, http, data and whatever comes."""
    from weasyprint.urls import URLFetcher

    class Nothing(URLFetcher):  # type: ignore[misc]  # WeasyPrint carries no types
        def fetch(self, url: str, headers: Any = None) -> Any:  # noqa: ARG002  # the base's signature
            raise Closed(url[:80])

    return Nothing()


@lru_cache(maxsize=1)
def _fonts_only() -> Any:  # Any: WeasyPrint carries no types
    """Return a fetcher of the fonts that lie beside the style sheets."""
    from weasyprint.urls import URLFetcher

    allowed = {font.as_uri() for font in (_FOLDER / "fonts").glob("*.ttf")}

    class FontsOnly(URLFetcher):  # type: ignore[misc]  # WeasyPrint carries no types
        def fetch(self, url: str, headers: Any = None) -> Any:
            if url not in allowed:
                raise Closed(url[:80])
            return super().fetch(url, headers)

    return FontsOnly()
