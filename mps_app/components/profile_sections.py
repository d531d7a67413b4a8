"""The sections of one's profile, beside it on a desk and above it on a phone."""

import reflex as rx

from mps_app.components.basic import icon, route_link
from mps_app.components.words import t
from mps_app.text import N_

OWN_DATA = "/profils/mani-dati"
CERTIFICATES = "/profils/sertifikati"

_SECTIONS = (
    ("/profils#kontakti", "contact", N_("Contact data")),
    ("/profils#rekviziti", "building-2", N_("Payment details")),
    (CERTIFICATES, "award", N_("My certificates")),
    ("/profils#zinas", "bell", N_("Messages")),
    ("/profils#sesijas", "monitor-smartphone", N_("Sessions")),
    (OWN_DATA, "database", N_("My data")),
)


def profile_sections(current: str = "") -> rx.Component:
    """Return the links; ``current`` is the section that has a page of its own."""
    return rx.el.nav(
        *(
            route_link(icon(name, 17), t(label), to=address, **({"aria_current": "page"} if address == current else {}))
            for address, name, label in _SECTIONS
        ),
        aria_label=t("Sections of the profile"),
    )
