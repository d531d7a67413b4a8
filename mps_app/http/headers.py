"""Security headers on every answer, set by the app itself, so that none depends on a proxy.

The content policy allows no inline script but those of the built pages, named by their hash, and no
``eval`` (OWASP Secure Headers; CSP Level 3).
"""

import base64
import hashlib
import re
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlsplit

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from mps_app.core.settings import settings
from mps_app.http.built import built_pages

_INLINE = re.compile(rb"<script(?![^>]*\bsrc=)[^>]*>(.*?)</script>", re.DOTALL)
_FOREVER = "public, max-age=31536000, immutable"
_PERSONAL = ("/parbaude/", "/sertifikati/")  # certificates name people: search engines keep out (7.5)
_HASHED_FILE = re.compile(r"^/assets/.+-[\w-]{8,}\.\w+$")


def inline_script_hashes(pages: Path) -> list[str]:
    """Return the CSP sources of every inline script in the built pages."""
    found = {script for page in pages.rglob("*.html") for script in _INLINE.findall(page.read_bytes())}
    return sorted(f"'sha256-{base64.b64encode(hashlib.sha256(script).digest()).decode()}'" for script in found)


@lru_cache(maxsize=1)
def content_policy() -> str:
    """Return the content security policy of the pages."""
    return "; ".join(
        (
            "default-src 'self'",
            " ".join(["script-src 'self'", *inline_script_hashes(built_pages())]),
            "style-src 'self' 'unsafe-inline'",  # Radix and Emotion write style attributes
            "img-src 'self' data:",
            "font-src 'self' data:",  # the build writes small subsets into the style sheet
            f"connect-src 'self' {settings().address.replace('http', 'ws', 1)}",
            "object-src 'none'",
            "base-uri 'self'",
            f"form-action 'self' {_sign_in_provider()}".strip(),  # signing out leads there
            "frame-ancestors 'none'",
        )
    )


def _sign_in_provider() -> str:
    """Return the origins that the answer to our sign-out form may lead to."""
    oidc = settings().oidc
    parts = [urlsplit(address) for address in (oidc.issuer, oidc.endpoint_end_session, oidc.logout_template)]
    return " ".join(sorted({f"{part.scheme}://{part.netloc}" for part in parts if part.netloc}))


class SecurityHeaders:
    """ASGI middleware: headers on every HTTP answer; files named by their content may be kept for ever.

    What is asked came by the address that people type: behind a proxy with TLS no answer leads them to plain HTTP.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with the headers added; a header that the answer sets itself stays."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                _add(MutableHeaders(scope=message), scope["path"])
            await send(message)

        scheme = urlsplit(settings().address).scheme
        await self._app({**scope, "scheme": scheme}, receive, send_with_headers)


def _add(headers: MutableHeaders, path: str) -> None:
    headers.setdefault("content-security-policy", content_policy())
    headers.setdefault("x-content-type-options", "nosniff")
    headers.setdefault("x-frame-options", "DENY")
    headers.setdefault("referrer-policy", "same-origin")
    headers.setdefault("permissions-policy", "camera=(), microphone=(), geolocation=()")
    headers.setdefault("cross-origin-opener-policy", "same-origin")
    headers.setdefault("cache-control", _FOREVER if _HASHED_FILE.match(path) else "no-cache")
    if path.startswith(_PERSONAL):
        headers.setdefault("x-robots-tag", "noindex")
    if settings().is_secure:
        headers.setdefault("strict-transport-security", "max-age=63072000; includeSubDomains")
