"""Reflex's few settings, all derived from ``mps_app/core/settings.py``.

The order of the plugins is the order of the style sheets: fonts, Radix Themes, then the app's own.
"""

from typing import Any, ClassVar

import reflex as rx

from mps_app.core.settings import settings


class FontsPlugin(rx.plugins.Plugin):
    """Fonts from npm: the build copies the files and names them by their content."""

    def get_frontend_dependencies(self, **_context: Any) -> tuple[str, ...]:
        """Return the npm packages that hold the fonts."""
        return ("@fontsource-variable/hanken-grotesk@5.3.0",)

    def get_stylesheet_paths(self, **_context: Any) -> tuple[str, ...]:
        """Return the sheets that name them."""
        return ("@fontsource-variable/hanken-grotesk/index.css",)


class WordsPlugin(rx.plugins.Plugin):
    """Reflex's own banner about a new version, in Latvian: its English is written into its script."""

    WORDS: ClassVar = {
        '"A new version of this app is available."': (
            '"Pieejama jauna sistēmas versija. Ievadītais var nebūt saglabāts."'
        ),
        'button.textContent = "Reload"': 'button.textContent = "Pārlādēt"',
    }

    def pre_compile(self, **context: Any) -> None:
        """Replace the words before the pages are built; fails when a new Reflex says them otherwise."""
        context["add_modify_task"]("utils/state.js", self._in_latvian)

    def _in_latvian(self, script: str) -> str:
        for english, latvian in self.WORDS.items():
            if english not in script and latvian not in script:
                message = f"Reflex no longer says {english}: look how it words the new version's banner"
                raise ValueError(message)
            script = script.replace(english, latvian)
        return script


config = rx.Config(
    app_name="mps_app",
    frontend_port=settings().port,
    backend_port=settings().port,
    cors_allowed_origins=[settings().address],
    trusted_proxy_hops=settings().proxy_hops,
    redis_url=settings().redis_url or None,
    telemetry_enabled=False,
    show_built_with_reflex=False,
    plugins=[
        FontsPlugin(),
        WordsPlugin(),
        rx.plugins.RadixThemesPlugin(
            theme=rx.theme(
                accent_color="ruby",
                gray_color="sand",
                radius="large",
                panel_background="solid",
                scaling="100%",
                appearance="inherit",
            )
        ),
    ],
    disable_plugins=[rx.plugins.SitemapPlugin],
)
