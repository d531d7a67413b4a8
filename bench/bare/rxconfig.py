"""Reflex's settings of the bare app."""  # noqa: INP001  # found from its own folder

import os

import reflex as rx

config = rx.Config(
    app_name="bare_app",
    app_module_import="bare_app",
    redis_url=os.environ["MPS_REDIS_URL"],
    telemetry_enabled=False,
    plugins=[],
    disable_plugins=[rx.plugins.SitemapPlugin],
)
