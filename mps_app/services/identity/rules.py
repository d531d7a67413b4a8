"""Pure rules of signing in: where one may return to, what a browser is called, where a window of time starts."""

import re
from datetime import datetime, timedelta
from urllib.parse import urlsplit

_LONGEST_PATH = 1_000
_BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS", "Firefox"),
    ("Chrome/", "Chrome"),
    ("CriOS", "Chrome"),
    ("Safari/", "Safari"),
)
"""In this order: most browsers also call themselves by the name of an older one."""
_SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS", "macOS"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)


def safe_return_path(path: str) -> str:
    """Return a path of this site to go back to, or the home page for anything else (RFC 9700 4.11)."""
    if len(path) > _LONGEST_PATH or not path.startswith("/") or path.startswith("/auth/"):
        return "/"
    if path.startswith("//") or "\\" in path or re.search(r"[\x00-\x20\x7f]", path):
        return "/"
    parts = urlsplit(path)
    return "/" if parts.scheme or parts.netloc else path


def device_text(user_agent: str) -> str:
    """Return a browser's name as people know it: ``Firefox, Windows``; empty when it hides."""
    browser = next((name for mark, name in _BROWSERS if mark in user_agent), "")
    system = next((name for mark, name in _SYSTEMS if mark in user_agent), "")
    return ", ".join(part for part in (browser, system) if part)


def window_of(now: datetime, length: timedelta) -> str:
    """Return the name of the window of time that a moment falls into."""
    seconds = int(length.total_seconds())
    return f"{seconds}:{int(now.timestamp()) // seconds}"
