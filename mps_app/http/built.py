"""What the build of the pages made, for the pages that are drawn without it: where it lies, its style sheets."""

import re
from functools import lru_cache
from pathlib import Path

_SHEET = re.compile(r'<link href="(/assets/[^"]+\.css)"')


def built_pages() -> Path:
    """Return where the web server of this process finds the built pages."""
    from reflex.utils.prerequisites import get_web_dir

    return Path(get_web_dir()) / "build" / "client"


def style_sheets() -> list[str]:
    """Return the app's own style sheets, fonts among them: named by content, so browsers hold them already."""
    first = built_pages() / "index.html"
    return _named_in(first) if first.exists() else []


@lru_cache(maxsize=1)
def _named_in(page: Path) -> list[str]:
    return list(dict.fromkeys(_SHEET.findall(page.read_text())))
