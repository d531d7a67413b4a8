"""The catalogue (rule 3): what there is to learn, found as one types, and what each button truthfully says."""

from mps_app.services.catalogue.commands import save_course, save_topic, touched
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

__all__ = [
    "ButtonKind",
    "ButtonState",
    "Door",
    "GroupFacts",
    "OwnApplication",
    "button_of",
    "door_of",
    "free_places",
    "save_course",
    "save_topic",
    "touched",
]
