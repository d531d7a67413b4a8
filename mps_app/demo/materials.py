"""What lies on the shelves of the demo school: worksheets and notes made of the courses' programmes, and links."""

from collections.abc import Iterable
from functools import partial

from markupsafe import Markup, escape
from sqlmodel import col, select

from mps_app.core.actor import Actor
from mps_app.core.work import Work, begin
from mps_app.models import Course, CourseGroup, GroupStatus, Topic, Visibility
from mps_app.services import materials
from mps_app.views.materials import LinkForm, MaterialForm

_LINES = 6
_GROUPS = 12
_FOR_EVERYBODY = "VAL-01", "DATI-01", "ETIKA-01", "DIG-01", "IEV-01"
_LINKS = {  # by topic: where the law and the makers of rules speak for themselves
    "TIES": ("Administratīvā procesa likums", "https://likumi.lv/ta/id/55567"),
    "IEP": ("Iepirkumu uzraudzības birojs", "https://www.iub.gov.lv"),
    "DATI": ("Datu valsts inspekcija", "https://www.dvi.gov.lv"),
    "ETIKA": ("Korupcijas novēršanas un apkarošanas birojs", "https://www.knab.gov.lv"),
    "VAD": ("Valsts kanceleja", "https://www.mk.gov.lv"),
    "PROJ": ("Centrālā finanšu un līgumu aģentūra", "https://www.cfla.gov.lv"),
    "ES": ("EUR-Lex: Eiropas Savienības tiesību akti", "https://eur-lex.europa.eu"),
    "VAL": ("Tēzaurs: skaidrojošā vārdnīca", "https://tezaurs.lv"),
    "DIG": ("CERT.LV: drošība internetā", "https://cert.lv"),
    "FIN": ("Finanšu ministrija", "https://www.fm.gov.lv"),
    "PERS": ("Valsts un pašvaldību institūciju amatpersonu un darbinieku atlīdzības likums", "https://likumi.lv/ta/id/202273"),
    "POL": ("Tiesību aktu portāls", "https://tapportals.mk.gov.lv"),
    "KLI": ("Latvija.lv: pakalpojumi", "https://latvija.gov.lv"),
    "DROS": ("Valsts ugunsdzēsības un glābšanas dienests", "https://www.vugd.gov.lv"),
}  # fmt: skip


def put_on_shelves(staff: Actor) -> None:
    """Add materials to every course that is shown, and to some groups that have been held."""
    with begin(staff) as work:
        courses = work.db.exec(
            select(Course, Topic)
            .join(Topic, col(Topic.id) == Course.topic_id)
            .where(Course.visibility != Visibility.DRAFT)
            .order_by(Course.code)
        ).all()
        for course, topic in courses:
            _of_course(work, course, topic.code)
        _of_groups(work)


def _of_course(work: Work, course: Course, topic: str) -> None:
    """Add a worksheet for participants, sometimes notes for everybody, and a link."""
    form = partial(MaterialForm, course_id=course.key)
    materials.upload(
        work,
        form(title="Darba lapas", title_en="Worksheets"),
        f"Darba lapas, {course.code}.pdf",
        _worksheet(work, course),
    )
    notes = form(title="Īsumā: kas jāzina", title_en="In brief", is_public=course.code in _FOR_EVERYBODY)
    materials.upload(work, notes, f"Īsumā, {course.code}.txt", _notes(course).encode())
    if topic in _LINKS:
        title, url = _LINKS[topic]
        materials.add_link(work, LinkForm(course_id=course.key, title=title, url=url))


def _of_groups(work: Work) -> None:
    """Add what was written on the board to the groups held last."""
    held = work.db.exec(
        select(CourseGroup, Course)
        .join(Course, col(Course.id) == CourseGroup.course_id)
        .where(CourseGroup.status == GroupStatus.COMPLETED)
        .order_by(col(CourseGroup.registration_closes_at).desc())
        .limit(_GROUPS)
    ).all()
    for group, course in held:
        asked = "\n".join(f"{number}. {outcome}" for number, outcome in enumerate(course.outcomes, 1))
        words = f"{course.title}, grupa {group.code}\n\nPār ko vienojāmies, un kas jāizmēģina darbā:\n{asked}\n"
        form = MaterialForm(
            course_id=course.key, group_id=group.key, title="Grupas pieraksti", title_en="Notes of the group"
        )
        materials.upload(work, form, "Grupas pieraksti.txt", words.encode())


def _worksheet(work: Work, course: Course) -> bytes:
    """Return a PDF with a question and room to write for each part of the programme."""
    parts = [str(part["title"]) for part in course.programme]
    body = Markup("").join(map(_part, parts))
    aims = Markup("").join(Markup("<li>{}</li>").format(outcome) for outcome in course.outcomes)
    page = Markup(
        "<!doctype html><html lang='lv'><head><title>Darba lapas: {title}</title></head><body>"
        "<p class='muted'>{code}, {hours} ak. st.</p><h1>{title}</h1>"
        "<h2>Pēc mācībām</h2><ul>{aims}</ul>{body}</body></html>"
    ).format(title=course.title, code=course.code, hours=course.academic_hours, aims=aims, body=body)
    return work.tools.printer.pdf(str(page), "handout")


def _part(title: str) -> Markup:
    room = Markup("<i></i>") * _LINES
    return Markup("<h2>{}</h2><p class='muted'>Kas no tā noderēs manā darbā?</p><div class='lines'>{}</div>").format(
        escape(title), room
    )


def _notes(course: Course) -> str:
    listed: Iterable[str] = (f"- {outcome}" for outcome in course.outcomes)
    programme = (f"{number}. {part['title']}" for number, part in enumerate(course.programme, 1))
    return "\n".join([course.title, "", "Pēc mācībām:", *listed, "", "Programma:", *programme, ""])
