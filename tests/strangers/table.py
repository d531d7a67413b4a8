"""Who may call what: every event handler and every HTTP route of the app.

The suite compares it with what is registered, so nothing new can be reached without a decision here.
"""

from mps_app.core.actor import Role
from mps_app.core.callers import ANYONE, SIGNED_IN

HANDLERS: dict[str, set[Role | str]] = {
    "HelpState.ask": {ANYONE},
    "HelpState.ask_another": {ANYONE},
    "HelpState.ask_signed_in": {SIGNED_IN},
    "HelpState.clear": {ANYONE},
    "HelpState.load": {ANYONE},
    "HelpState.search": {ANYONE},
    "HomeState.load": {ANYONE},
    "MaterialsState.choose": {ANYONE},
    "MaterialsState.clear": {ANYONE},
    "MaterialsState.load": {ANYONE},
    "MaterialsState.search": {ANYONE},
    "MaterialsState.show_more": {ANYONE},
    "NoticeState.close": {ANYONE},
    "NoticeState.refuse": {ANYONE},
    "NoticeState.tell": {ANYONE},
    "SignedInState.load": {ANYONE},
    "Words.load": {ANYONE},
}
__all__ = ["HANDLERS", "SIGNED_IN"]
