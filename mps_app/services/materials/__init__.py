"""Files and links of courses: participants reach those of courses taken part in, everybody the public ones (9)."""

from mps_app.services.materials.commands import add_link, change, put_in_order, upload, withdraw
from mps_app.services.materials.queries import file_to_read, materials_found, of_groups

__all__ = [
    "add_link",
    "change",
    "file_to_read",
    "materials_found",
    "of_groups",
    "put_in_order",
    "upload",
    "withdraw",
]
