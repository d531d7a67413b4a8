"""What screens with a form share: what was typed comes back, and what was refused is said beside its field."""

from typing import Any, TypeVar

import reflex as rx

from mps_app.adapters.connection import current_connection
from mps_app.core.errors import Invalid
from mps_app.state.notice import NoticeState
from mps_app.text import say
from mps_app.views.base import View

_LONGEST = 300

Form = dict[str, Any]  # Any: whatever a browser sent
Fields = TypeVar("Fields", bound=View)


def typed(fields: Fields, draft: Form) -> Fields:
    """Return fields with what had been typed into them; inside a state they come wrapped, hence ``__class__``."""
    form = draft.get("form") if isinstance(draft.get("form"), dict) else draft
    found = {name: str(form[name])[:_LONGEST] for name in fields.__class__.model_fields if form and name in form}
    return fields.model_copy(update=found)


def fields_of(form: object) -> Form:
    """Return what a form sent; anything else that was forged in its place has no fields."""
    return form if isinstance(form, dict) else {}


def said(refusal: Invalid) -> dict[str, str]:
    """Return why each field was refused, in the reader's language."""
    return {name: say(current_connection().language, message) for name, message in refusal.fields.items()}


def tell(message: str, **facts: str) -> rx.event.EventSpec:
    """Return the notice of what was done."""
    spec: rx.event.EventSpec = NoticeState.tell(say(current_connection().language, message, **facts))
    return spec
