"""A person's own training (rule 6): the date scale, what is due, the calendar."""

from mps_app.services.my_training.card import day_card
from mps_app.services.my_training.home import home_page
from mps_app.services.my_training.opening import OpenedScale, open_scale
from mps_app.services.my_training.scale import calendar_of, has, led_to, months, must_move, ribbon, span_text, words

__all__ = [
    "OpenedScale",
    "calendar_of",
    "day_card",
    "has",
    "home_page",
    "led_to",
    "months",
    "must_move",
    "open_scale",
    "ribbon",
    "span_text",
    "words",
]
