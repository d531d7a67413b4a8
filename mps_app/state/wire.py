"""How answers are written for the browser.

Reflex takes every view apart into dictionaries before JSON is made of them. Pydantic's own writer makes the same JSON
from the views at once, in a sixth of the time.
"""

from dataclasses import is_dataclass
from typing import Any

import reflex as rx
from pydantic_core import to_json
from reflex_base.utils.serializers import serialize


def written(packet: Any, **_separators: Any) -> str:  # Any: socket.io's
    """Return a packet as JSON, as Reflex would write it.

    Only what no view holds would differ: moments and exact numbers, because what is shown is ready-made text.
    """
    return to_json(_opened(packet), by_alias=False, fallback=serialize).decode()


def write_quickly(app: rx.App) -> None:
    """Have the app's socket server write its packets so."""
    if app.sio is None:
        message = "the app has no socket server"
        raise RuntimeError(message)
    app.sio.packet_class.json.dumps = written


def _opened(part: Any) -> Any:  # Any: whatever an answer holds
    """Return Reflex's own data as what it sends of them: Pydantic would send every field of a dataclass."""
    if is_dataclass(part):
        part = serialize(part)
    if isinstance(part, dict):
        return {name: _opened(value) for name, value in part.items()}
    if type(part) is list:
        return [_opened(value) for value in part]
    return part
