"""The entries of the main menu, read by the top bar, the side bar and the bottom bar alike."""

from dataclasses import dataclass

from mps_app.text import N_


@dataclass(frozen=True, slots=True)
class Entry:
    """One place of the menu; ``for_visitors`` when it can be read without signing in.

    ``count`` names what of the institution's or the person's is counted beside it; ``short`` is for the phone's bar;
    ``needs`` names what the person must be for it, of ``SignedInPerson``.
    """

    route: str
    label: str
    icon: str
    for_visitors: bool = False
    count: str = ""
    short: str = ""
    needs: str = ""


MENU = (
    Entry("/", N_("Home"), "house", for_visitors=True),
    Entry("/katalogs", N_("Catalogue"), "library", for_visitors=True),
    Entry("/materiali", N_("Materials"), "folder-open", for_visitors=True),
    Entry("/pieteikumi", N_("Applications"), "clipboard-list"),
    Entry("/profils", N_("Profile"), "circle-user-round"),
)

DESK = Entry("/iestade/darbinieki", N_("Institution"), "building-2")
"""Where a coordinator goes over to the institution."""

INSTITUTION = (
    ("", (
        Entry("/iestade/darbinieki", N_("Employees"), "users", count="employee_count"),
        Entry("/iestade/pieteikumi", N_("Enrolments"), "clipboard-list", count="to_approve"),
        Entry("/iestade/uzskaite", N_("Training record"), "history", short=N_("Record")),
        Entry("/iestade/grupas", N_("Groups and places"), "ticket", short=N_("Places")),
    )),
    (N_("Institution"), (
        Entry("/iestade/rekviziti", N_("Payment details"), "building-2"),
        Entry("/iestade/koordinatori", N_("Coordinators"), "user-cog"),
    )),
    (N_("My training"), (
        Entry("/", N_("My training events"), "house"),
        Entry("/katalogs", N_("Catalogue"), "library"),
    )),
)  # fmt: skip
"""What a coordinator does for an institution, by heading; the first four stand in the phone's bar (11)."""

SCHOOL = (
    Entry("/skola/jautajumi", N_("Questions"), "message-circle-question", count="questions", needs="answers_questions"),
    Entry(
        "/skola/koordinatori",
        N_("Coordinators of institutions"),
        "user-check",
        count="nominations",
        needs="confirms_coordinators",
    ),
)
"""What the school's own people do beside the participants' places."""
