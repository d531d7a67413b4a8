"""Euro as people read it (17.2); money is whole cents everywhere, never a float."""

from mps_app.text import N_, say

_SPACE = "\N{NO-BREAK SPACE}"
_FREE = N_("Free of charge")


def euro_text(cents: int) -> str:
    """Return *1 260,00 €*, with spaces that do not break."""
    euros, rest = divmod(abs(cents), 100)
    return f"{_sign(cents)}{_grouped(euros)},{rest:02d}{_SPACE}€"


def price_text(language: str, cents: int) -> str:
    """Return a price as the catalogue shows it: *180 €*, *180,50 €* or *Bez maksas*."""
    if cents == 0:
        return say(language, _FREE)
    if cents % 100:
        return euro_text(cents)
    return f"{_sign(cents)}{_grouped(abs(cents) // 100)}{_SPACE}€"


def _sign(cents: int) -> str:
    return "−" if cents < 0 else ""


def _grouped(euros: int) -> str:
    return f"{euros:,}".replace(",", _SPACE)
