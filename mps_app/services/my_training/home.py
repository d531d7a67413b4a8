"""The home page: what is next, what is due, the newest courses."""

from mps_app.core import riga
from mps_app.core.work import Work
from mps_app.services import catalogue
from mps_app.services.my_training import due, sessions
from mps_app.text import say, say_n
from mps_app.views.catalogue import CourseRow
from mps_app.views.my_training import CourseTile, HomePage, TaskRow

_SHOWN_SESSIONS = 3
_SHOWN_COURSES = 3


def home_page(work: Work) -> HomePage:
    """Return the actor's home page; a visitor's holds only the newest courses."""
    newest = [_tile(row) for row in catalogue.newest(work, _SHOWN_COURSES)]
    if not work.actor.is_signed_in:
        return HomePage(courses=newest)
    coming = sessions.coming_sessions(work)
    tasks = due.tasks(work)
    return HomePage(
        sentence=_sentence(work, coming, tasks),
        sessions=sessions.cards(work, coming[:_SHOWN_SESSIONS]),
        later_text=_later(work, coming[_SHOWN_SESSIONS:]),
        tasks=tasks,
        courses=newest,
    )


def _sentence(work: Work, coming: list[sessions.Coming], tasks: list[TaskRow]) -> str:
    """Return *Šodien ir otrdiena, 13. oktobris. Jums ir 2 nodarbības un 3 veicamie uzdevumi.*"""
    today = riga.today(work.now)
    said = say(
        work.language,
        "Today is {weekday}, {day}.",
        weekday=riga.weekday_text(work.language, today),
        day=riga.day_text(work.language, today),
    )
    counted = [say_n(work.language, "{n} session ahead", "{n} sessions ahead", len(coming))] if coming else []
    counted += [say_n(work.language, "{n} thing to do", "{n} things to do", len(tasks))] if tasks else []
    if not counted:
        return said
    listed = say(work.language, " and ").join(counted)
    return f"{said} {say(work.language, 'You have {what}.', what=listed)}"


def _later(work: Work, rest: list[sessions.Coming]) -> str:
    if not rest:
        return ""
    last = riga.day_text(work.language, riga.today(rest[-1].starts_at), riga.Case.DATIVE)
    return say_n(work.language, "and {n} more session by {last}", "and {n} more sessions by {last}", len(rest), last=last)


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
