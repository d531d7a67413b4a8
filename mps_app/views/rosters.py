"""What a coordinator sees of the employees (11.4)."""

from mps_app.views.base import View


class RosterRow(View):
    """One employee: what a colleague may see of a colleague, and their training on the institution's account."""

    person_id: int
    employment_id: int
    name: str
    unit: str
    position: str
    email: str
    under_text: str  # position and unit, for the card
    hours: int
    last_text: str
    lacks_mandatory: bool
    mandatory_text: str
    choose_text: str  # the name of the checkbox
    standing: str = ""  # towards the chosen group
    standing_text: str = ""
    is_chosen: bool = False


class RosterOption(View):
    """One value to filter by."""

    value: str
    label: str


class RosterChoices(View):
    """What the lists of the filters offer: only what there is in the institution."""

    units: list[RosterOption] = []
    positions: list[RosterOption] = []
    courses: list[RosterOption] = []
    groups: list[RosterOption] = []
    statuses: list[RosterOption] = []
    hours: list[RosterOption] = []


class RosterFound(View):
    """How many were found, and where among them the page stands."""

    total: int = 0  # all employees
    found: int = 0
    page: int = 1
    page_count: int = 1
    first: int = 0
    range_text: str = ""
    total_text: str = ""
    found_text: str = ""
    empty_title: str = ""
    empty_text: str = ""


class RosterPage(View):
    """One page of the roster."""

    found: RosterFound
    rows: list[RosterRow]


class RosterControls(View):
    """Where the controls of the filters stand when they are drawn anew."""

    query: str = ""
    unit: str = ""
    position: str = ""
    course_id: str = ""
    group_id: str = ""
    status: str = ""
    from_on: str = ""
    until_on: str = ""
    hours_below: str = ""
    lacks_mandatory: bool = False
