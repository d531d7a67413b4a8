"""The home page."""

import reflex as rx

from mps_app.components.basic import page_heading
from mps_app.components.words import t
from mps_app.pages.layout import shell


def home() -> rx.Component:
    """Return what is next, what is due and the newest courses."""
    return shell(page_heading(t("Good day!")), current="/")
