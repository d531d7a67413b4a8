"""The own profile: contact data, who pays, what is sent (rule 2)."""

from mps_app.services.people.commands import (
    declare_address,
    remove_payer_details,
    save_contact,
    save_payer_details,
    switch_optional_mail,
)
from mps_app.services.people.queries import can_apply, has_declared_address, profile
from mps_app.services.people.reading import read, read_address, read_requisites

__all__ = [
    "can_apply",
    "declare_address",
    "has_declared_address",
    "profile",
    "read",
    "read_address",
    "read_requisites",
    "remove_payer_details",
    "save_contact",
    "save_payer_details",
    "switch_optional_mail",
]
