"""The home page beside the date scale: what is due, the newest courses."""

from datetime import timedelta

from mps_app.core import riga
from mps_app.core.work import Work
from mps_app.services import catalogue, certificates
from mps_app.services.my_training import due
from mps_app.services.my_training.owner import owner
from mps_app.services.my_training.sessions import days_between
from mps_app.text import say, say_n
from mps_app.views.catalogue import CourseRow
from mps_app.views.my_training import CourseTile, HomePage

_SHOWN_COURSES = 3


def home_page(work: Work) -> HomePage:
    """Return the actor's home page; a visitor's holds only the newest courses."""
    newest = [_tile(row) for row in catalogue.newest(work, _SHOWN_COURSES)]
    if not work.actor.is_signed_in:
        return HomePage(courses=newest)
    tasks = due.tasks(work, owner(work))
    return HomePage(
        sentence=_sentence(work, len(tasks)), tasks=tasks, certificates=certificates.latest(work), courses=newest
    )


def _sentence(work: Work, task_count: int) -> str:
    """Return *Šodien ir otrdiena, 13. oktobris. Šonedēļ Jums ir 2 nodarbības* and so on."""
    today = riga.today(work.now)
    said = say(
        work.language,
        "Today is {weekday}, {day}.",
        weekday=riga.weekday_text(work.language, today),
        day=riga.day_text(work.language, today),
    )
    sunday = today + timedelta(days=6 - today.weekday())
    sessions = sum(one.ends_at > work.now for one in days_between(work, owner(work), today, sunday) if not one.is_off)
    counted = [say_n(work.language, "{n} session", "{n} sessions", sessions)] if sessions else []
    counted += [say_n(work.language, "{n} thing to do", "{n} things to do", task_count)] if task_count else []
    if not counted:
        return said
    told = "This week you have {what}." if sessions else "You have {what}."
    return f"{said} {say(work.language, told, what=say(work.language, ' and ').join(counted))}"


def _tile(row: CourseRow) -> CourseTile:
    return CourseTile(
        path=row.address,
        form=row.form,
        form_text=row.form_text,
        title="".join(part.text for part in row.title_parts),
        summary=row.summary,
        when_text=row.when_text,
        places_text=row.places_text,
    )
