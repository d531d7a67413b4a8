"""My certificates, as a section of the profile (2.4)."""

import reflex as rx

from mps_app.components.basic import page_heading
from mps_app.components.certificate_list import certificate_list
from mps_app.components.profile_sections import CERTIFICATES, profile_sections
from mps_app.components.words import t
from mps_app.pages.layout import shell
from mps_app.state.my_certificates import MyCertificatesState


def my_certificates() -> rx.Component:
    """Return the page."""
    loaded = rx.el.div(certificate_list(MyCertificatesState.page), class_name="profile-parts")
    return shell(
        page_heading(t("Profile")),
        rx.el.div(
            profile_sections(CERTIFICATES),
            rx.cond(MyCertificatesState.is_loaded, loaded, rx.skeleton(height="320px", width="100%")),
            class_name="profile",
        ),
        current="/profils",
    )
