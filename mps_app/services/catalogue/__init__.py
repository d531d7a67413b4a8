"""The catalogue (rule 3): what there is to learn, found as one types, and what each button truthfully says."""

from mps_app.services.catalogue.audience import offered_to
from mps_app.services.catalogue.bits import bits_of, places_of
from mps_app.services.catalogue.commands import save_course, save_topic, touched
from mps_app.services.catalogue.course_page import course_page
from mps_app.services.catalogue.feeds import course_as_data, course_feed, session_feed, session_feed_mark
from mps_app.services.catalogue.open_calendar import open_calendar
from mps_app.services.catalogue.queries import newest, search, warm
from mps_app.services.catalogue.rules import (
    ButtonKind,
    ButtonState,
    Door,
    GroupFacts,
    OwnApplication,
    button_of,
    door_of,
    free_places,
)
from mps_app.services.catalogue.vocabulary import Vocabulary, asked_words, words_of
from mps_app.services.catalogue.words import form_text, title, withdraw_text

__all__ = [
    "ButtonKind",
    "ButtonState",
    "Door",
    "GroupFacts",
    "OwnApplication",
    "Vocabulary",
    "asked_words",
    "bits_of",
    "button_of",
    "course_as_data",
    "course_feed",
    "course_page",
    "door_of",
    "form_text",
    "free_places",
    "newest",
    "offered_to",
    "open_calendar",
    "places_of",
    "save_course",
    "save_topic",
    "search",
    "session_feed",
    "session_feed_mark",
    "title",
    "touched",
    "warm",
    "withdraw_text",
    "words_of",
]
