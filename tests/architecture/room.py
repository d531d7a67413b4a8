"""``make room NAME=applications``: where one room stands on each floor."""

import sys

from tests.architecture.sources import ROOT

FLOORS = {
    "what is kept": "mps_app/models/{singular}.py",
    "who may": "mps_app/policy/actions.py",
    "what may be seen": "mps_app/views/{room}.py",
    "what the school does": "mps_app/services/{room}/",
    "what a screen remembers": "mps_app/state/{room}.py",
    "what a person sees": "mps_app/pages/{room}.py",
    "plain HTTP": "mps_app/http/{room}.py",
    "in the background": "tasks/{room}.py",
    "mails": "mps_app/templates/mail/",
    "words": "mps_app/text/lv/LC_MESSAGES/{room}.po",
    "tests": "tests/services/{room}/",
}


def main(room: str) -> None:
    """Print the room's column; what is not there yet is marked, and not every room needs all of it."""
    for floor, pattern in FLOORS.items():
        place = pattern.format(room=room, singular=room.removesuffix("s"))
        print(f"{' ' if (ROOT / place).exists() else '·'} {floor:<25} {place}")
    print("· is not there; a room has only what it needs")


if __name__ == "__main__":
    if len(sys.argv) != len(("program", "room")):
        sys.exit("make room NAME=applications")
    main(sys.argv[1])
