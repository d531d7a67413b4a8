"""The story of the demo school: what was, what is under way, what is coming."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import islice

from sqlmodel import col, select

from mps_app.core import riga
from mps_app.core.work import begin
from mps_app.demo.calendar import hours
from mps_app.demo.furniture import Described
from mps_app.demo.inhabitants import keep_payer_details
from mps_app.demo.persons import school
from mps_app.demo.running import Life, Run
from mps_app.models import TrainingSession
from mps_app.services import groups
from mps_app.views.groups import SessionMove

ANNA, ILZE = "Anna Paraudziņa", "Ilze Demoņa"
_LECTURERS = {
    "TIES": "L-01", "IEP": "L-02", "DATI": "L-03", "ETIKA": "L-01", "VAD": "L-04", "PROJ": "L-08", "ES": "L-07",
    "VAL": "L-05", "DIG": "L-06", "FIN": "L-10", "PERS": "L-04", "POL": "L-07", "KLI": "L-09", "DROS": "L-03",
    "IEV": "L-07",
}  # fmt: skip
_OF_ANNA = (  # ten years of training: how long ago, in weeks, and what
    (515, "IEV-01"), (489, "DIG-01"), (463, "DATI-04"), (437, "VAL-02"), (411, "IEP-01"), (385, "ETIKA-02"),
    (360, "TIES-04"), (333, "PROJ-01"), (307, "DATI-01"), (281, "VAL-04"), (255, "DIG-02"), (229, "TIES-01"),
    (203, "IEP-03"), (177, "VAL-01"), (151, "PERS-02"), (125, "PROJ-02"), (98, "DIG-04"), (72, "KLI-01"),
    (50, "FIN-03"), (40, "DROS-02"), (30, "IEP-02"), (21, "TIES-02"), (13, "DATI-03"),
    (2, "PERS-01"),
)  # fmt: skip
_WITH_ANNA = 5
_COMING = (  # what can be applied for: in how many days, what, how many have applied
    (9, "DIG-02", 11), (11, "DATI-03", 12), (15, "IEP-04", 17), (18, "PERS-02", 8), (22, "ETIKA-01", 31),
    (25, "FIN-01", 14), (29, "VAL-02", 9), (32, "IEP-02", 6), (36, "KLI-02", 22), (39, "TIES-03", 12),
    (43, "DIG-03", 5), (46, "PROJ-03", 13), (50, "VAD-02", 4), (53, "DROS-02", 16), (57, "IEV-01", 18),
    (60, "POL-02", 7), (64, "FIN-02", 25), (67, "TIES-05", 3), (71, "ETIKA-02", 2),
)  # fmt: skip
_HALF_DAY, _SIX_HOURS = 4, 6
_DAY_HOURS = 8
_ROOMS = ("R-101", "R-203", "R-305")
_UNANSWERED = 6
_SMALL_ROOM = 24
_SHARE = 8  # of a closed group: so many from one institution at most (11.6)


class Story:
    """Tells it, in the order of time as far as one thing leads to another."""

    def __init__(self, life: Life) -> None:
        self.life = life
        self.courses: dict[str, Described] = {row["code"]: row for row in school()["courses"]}
        life.limits = {code: (row["min_participants"], row["max_participants"]) for code, row in self.courses.items()}
        self._queue = self._everybody()

    def tell(self) -> None:
        """Fill ten years."""
        self._before()
        for row in school()["groups"]:
            self._described(row)
        self._coming()
        self._this_week()
        self._full_groups()
        self._restricted()
        with begin(self.life.people.staff) as work:
            keep_payer_details(work, self.life.people.private[1], work.now)

    def _everybody(self) -> Iterator[int]:
        """Return employees of all institutions in turn, without those whose story is told by name, for ever."""
        named = set(self.life.people.by_name.values())
        rows = [[one for one in row if one not in named] for row in self.life.people.employees.values()]
        while True:
            for place in range(max(map(len, rows))):
                yield from (row[place] for row in rows if place < len(row))

    def _some(self, number: int) -> list[int]:
        return list(islice(self._queue, number))

    def _person(self, name: str) -> int:
        return self.life.people.by_name[name]

    def _before(self) -> None:
        """Anna's ten years, with a few colleagues in each group."""
        anna = self._person(ANNA)
        for number, (weeks, course) in enumerate(_OF_ANNA, start=1):
            room, lecturer = self._room(course), self._lecturer(course)
            day = self.life.calendar.free_day(self.life.calendar.today - timedelta(weeks=weeks), *room, lecturer)
            run = self._run(f"{course}/{day.year}-{number:02}", self._days(course, day), minimum=3)
            people = [anna, *self._some(_WITH_ANNA)]
            self.life.open(run).apply(run, people)
            self.life.finish(run, answering=people[:2] if weeks > 2 else people[1:])  # her last one waits for her

    def _described(self, row: Described) -> None:
        """Hold one of the groups that are written down."""
        days = [self.life.calendar.day(day) for day in row["dates"]]
        run = Run(
            code=row["code"],
            days=days,
            pattern=row["session_pattern"],
            room=row["room"],
            lecturers=row["lecturers"],
            opens_on=None if days else self.life.calendar.today - timedelta(days=200),
            closes_on=self.life.calendar.day(row["registration_closes"]) if row["registration_closes"] else None,
        )
        tell = {"rescheduled": self._rescheduled, "cancelled": self._cancelled}.get(row["status"], self._usual)
        tell(run, row["enrolled"])

    def _usual(self, run: Run, enrolled: int) -> None:
        """Hold a group that went, or goes, as planned; Anna is in some."""
        with_anna = {"DATI-01/2026-08", "PROJ-01/2026-04", "VAL-01/2026-09", "VAL-03/2026-02", "DROS-01/patstavigi"}
        people = self._some(enrolled - (run.code in with_anna))
        people = [*people, self._person(ANNA)] if run.code in with_anna else people
        self.life.open(run).apply(run, people)
        if run.days and max(run.days) < self.life.calendar.today:
            self.life.finish(run, answering=people[:-_UNANSWERED])
        elif run.days and min(run.days) < self.life.calendar.today:
            self.life.examine_before(run)

    def _rescheduled(self, run: Run, enrolled: int) -> None:
        """Move a group planned three weeks earlier: four days ago, and everybody was told (5.3)."""
        life, [day] = self.life, run.days
        earlier = [day - timedelta(weeks=3)]
        was = Run(run.code, earlier, run.pattern, run.room, run.lecturers, closes_on=day - timedelta(days=9))
        people = [*self._some(enrolled - 1), self._person(ANNA)]
        life.open(was).apply(was, people)
        with begin(life.people.staff, now=life.calendar.now - timedelta(days=4)) as work:
            mine = col(TrainingSession.group_id) == life.groups[run.code]
            session = work.db.exec(select(TrainingSession).where(mine)).one()
            starts_at, ends_at = hours(run.pattern, day)
            move = SessionMove(
                session_id=session.key,
                starts_at=starts_at,
                ends_at=ends_at,
                room_id=life.furniture.rooms[run.room or ""],
            )
            groups.change_sessions(work, life.groups[run.code], [move], "Pasniedzēja komandējums")

    def _cancelled(self, run: Run, enrolled: int) -> None:
        """Call a group off a week before: too few (5.3)."""
        self.life.open(run).apply(run, self._some(enrolled))
        at = self.life.calendar.before_now(hours(run.pattern, run.days[0])[0] - timedelta(days=6))
        with begin(self.life.people.staff, now=at) as work:
            groups.cancel_group(work, self.life.groups[run.code], "Nav sasniegts minimālais dalībnieku skaits.")

    def _coming(self) -> None:
        """Open what can be applied for."""
        for number, (days, course, enrolled) in enumerate(_COMING, start=1):
            room, lecturer = self._room(course), self._lecturer(course)
            day = self.life.calendar.free_day(self.life.calendar.today + timedelta(days=days), *room, lecturer)
            run = self._run(f"{course}/{day.year}-{number:02}", self._days(course, day))
            self.life.open(run).apply(run, self._some(enrolled))

    def _this_week(self) -> None:
        """Let the sample lecturer teach in these days."""
        for number, course in enumerate(("DIG-04", "KLI-02"), start=1):
            day, room = self._soon()
            run = Run(f"{course}/{day.year}-9{number}", [day], "puse_diena_pecpusdiena", room, ["demo"])
            self.life.open(run).apply(run, [*self._some(14), self._person(ILZE)])

    def _full_groups(self) -> None:
        """Fill two groups and their lines; in one Anna has just been offered a place, in the other she waits."""
        now, anna = self.life.calendar.now, self._person(ANNA)
        for course, days in (("VAL-04", 24), ("VAD-03", 31)):
            room, lecturer = self._room(course), self._lecturer(course)
            day = self.life.calendar.free_day(self.life.calendar.today + timedelta(days=days), *room, lecturer)
            run = self._run(f"{course}/{day.year}-01", [day])
            self.life.open(run).apply(run, self._some(self.life.limits[course][1] - 1))
            last = self.life.apply_one(
                course, self._some(1)[0], now - timedelta(days=9), group_id=self.life.groups[run.code]
            )
            ahead = [] if course == "VAL-04" else self._some(2)
            for person_id in ahead:
                self.life.apply_one(course, person_id, now - timedelta(days=8), group_id=self.life.groups[run.code])
            self.life.apply_one(course, anna, now - timedelta(days=7), group_id=self.life.groups[run.code], alone=True)
            for person_id in (*self._some(2), self.life.people.private[0]):
                self.life.apply_one(course, person_id, now - timedelta(days=6), group_id=self.life.groups[run.code])
            if course == "VAL-04":
                self.life.cancel(last, now - timedelta(hours=3))
        self.life.apply_one("PROJ-04", anna, now - timedelta(days=2))  # no group yet: she waits for the next one

    def _restricted(self) -> None:
        """Open a course that only coordinators can enrol to (3.5), and draft a group nobody sees yet."""
        room, lecturer = self._room("VAD-04"), self._lecturer("VAD-04")
        day = self.life.calendar.free_day(self.life.calendar.today + timedelta(days=48), *room, lecturer)
        closed = self._run(f"VAD-04/{day.year}-01", self._days("VAD-04", day))
        self.life.open(replace(closed, share=_SHARE))
        later = self.life.calendar.free_day(day + timedelta(days=14), *self._room("PROJ-04"), self._lecturer("PROJ-04"))
        self.life.draft(self._run(f"PROJ-04/{later.year}-01", self._days("PROJ-04", later)))

    def _run(self, code: str, days: list[date], *, minimum: int | None = None) -> Run:
        course = code.partition("/")[0]
        room = self._room(course)
        return Run(code, days, self._pattern(course), room[0], [self._lecturer(course)], minimum=minimum)

    def _days(self, course: str, first: date) -> list[date]:
        """Return as many working days in a row as the course's hours need; each is taken."""
        days = [first]
        while len(days) * _DAY_HOURS < self.courses[course]["hours_academic"]:
            busy = (*self._room(course), self._lecturer(course))
            days.append(self.life.calendar.free_day(days[-1] + timedelta(days=1), *busy))
        return days

    def _pattern(self, course: str) -> str:
        length = self.courses[course]["hours_academic"]
        return {_HALF_DAY: "puse_diena_rits", _SIX_HOURS: "sesas_stundas"}.get(length, "pilna_diena")

    def _lecturer(self, course: str) -> str:
        return _LECTURERS[course.partition("-")[0]]

    def _room(self, course: str) -> tuple[str]:
        row = self.courses[course]
        if row["format"] == "attalinati":
            return ("V-02",)
        return (_ROOMS[0] if row["max_participants"] > _SMALL_ROOM else _ROOMS[1 + int(course[-1]) % 2],)

    def _soon(self) -> tuple[date, str]:
        """Return the next working day on which the sample lecturer and an online room are free, and the room."""
        taken, day = self.life.calendar.taken, self.life.calendar.today
        while True:
            day = riga.add_working_days(day, 1)
            free = [room for room in ("V-01", "V-02") if (room, day) not in taken]
            if free and ("demo", day) not in taken:
                return day, free[0]
