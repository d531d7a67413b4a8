"""A person's own training (rule 6): the date scale, what is due, the calendar."""

from mps_app.services.my_training.card import day_card
from mps_app.services.my_training.feed import (
    choose_deadlines,
    feed_address,
    feed_card,
    feed_of,
    new_feed_address,
    revoke_feed,
)
from mps_app.services.my_training.home import home_page
from mps_app.services.my_training.opening import OpenedScale, open_scale
from mps_app.services.my_training.scale import calendar_of, has, led_to, months, must_move, ribbon, span_text, words
from mps_app.services.my_training.taking import group_calendar, online_room, session_calendar

__all__ = [
    "OpenedScale",
    "calendar_of",
    "choose_deadlines",
    "day_card",
    "feed_address",
    "feed_card",
    "feed_of",
    "group_calendar",
    "has",
    "home_page",
    "led_to",
    "months",
    "must_move",
    "new_feed_address",
    "online_room",
    "open_scale",
    "revoke_feed",
    "ribbon",
    "session_calendar",
    "span_text",
    "words",
]
