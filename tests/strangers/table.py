"""Who may call what: every event handler and every HTTP route of the app.

The suite compares it with what is registered, so nothing new can be reached without a decision here.
"""

from mps_app.core.actor import Role
from mps_app.core.callers import ANYONE, SIGNED_IN

HANDLERS: dict[str, set[Role | str]] = {
    "CalendarState.choose_deadlines": {SIGNED_IN},
    "CalendarState.hide": {SIGNED_IN},
    "CalendarState.load": {SIGNED_IN},
    "CalendarState.renew": {SIGNED_IN},
    "CalendarState.show": {SIGNED_IN},
    "CalendarState.switch_off": {SIGNED_IN},
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
    "MyDataState.load": {SIGNED_IN},
    "MyDataState.request_erasure": {SIGNED_IN},
    "MyDataState.withdraw_erasure": {SIGNED_IN},
    "NoticeState.close": {ANYONE},
    "NoticeState.refuse": {ANYONE},
    "NoticeState.tell": {ANYONE},
    "PickedState.give_up": {SIGNED_IN},
    "PickedState.jump": {SIGNED_IN},
    "PickedState.key": {SIGNED_IN},
    "PickedState.pick": {SIGNED_IN},
    "PickedState.refresh": {SIGNED_IN},
    "PickedState.settle": {SIGNED_IN},
    "ScaleState.leafed": {SIGNED_IN},
    "ScaleState.load": {ANYONE},
    "ScaleState.scrolled": {SIGNED_IN},
    "ScaleState.show": {SIGNED_IN},
    "SignedInState.load": {ANYONE},
    "Words.load": {ANYONE},
}
__all__ = ["HANDLERS", "SIGNED_IN"]
