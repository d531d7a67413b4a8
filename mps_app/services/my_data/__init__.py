"""A person's own data (2.6): all of it as one download, who looked at it, and the request to erase it."""

from mps_app.services.my_data.erasure import request_erasure, withdraw_erasure
from mps_app.services.my_data.export import export
from mps_app.services.my_data.queries import my_data_page

__all__ = ["export", "my_data_page", "request_erasure", "withdraw_erasure"]
