"""The entries of the main menu, read by the top bar, the side bar and the bottom bar alike."""

from dataclasses import dataclass

from mps_app.text import N_


@dataclass(frozen=True, slots=True)
class Entry:
    """One place of the menu; ``for_visitors`` when it can be read without signing in."""

    route: str
    label: str
    icon: str
    for_visitors: bool = False


MENU = (
    Entry("/", N_("Home"), "house", for_visitors=True),
    Entry("/katalogs", N_("Catalogue"), "library", for_visitors=True),
    Entry("/materiali", N_("Materials"), "folder-open", for_visitors=True),
    Entry("/pieteikumi", N_("Applications"), "clipboard-list"),
    Entry("/profils", N_("Profile"), "circle-user-round"),
)
