"""What a certificate says, in words: on the sheet in Latvian, on the checking page in the reader's language."""

from mps_app.core import riga
from mps_app.models import CertificateKind, CourseFormat
from mps_app.services import catalogue
from mps_app.services.certificates.content import Content
from mps_app.text import N_, say, say_n

_FORMS = {
    CourseFormat.IN_PERSON: N_("taught in person"),
    CourseFormat.ONLINE: N_("taught online"),
    CourseFormat.HYBRID: N_("taught in person and online"),
    CourseFormat.ELEARNING: N_("taught as e-learning"),
}


def heading(language: str, kind: str) -> str:
    """Return *Sertifikāts* or *Apliecinājums*."""
    return say(language, N_("Certificate") if kind == CertificateKind.COMPLETION else N_("Certificate of attendance"))


def for_what(language: str, kind: str) -> str:
    """Return what is attested."""
    completed = kind == CertificateKind.COMPLETION
    return say(language, N_("for completing the course") if completed else N_("for taking part in the course"))


def hours_text(language: str, hours: int) -> str:
    """Return *8 akadēmiskās stundas*."""
    return say_n(language, "{n} academic hour of training", "{n} academic hours of training", hours)


def facts_text(language: str, content: Content) -> str:
    """Return *8 akadēmiskās stundas klātienē, 2026. gada 24. septembrī un 1. oktobrī.* as the sheet says it."""
    how = say(language, _FORMS[CourseFormat(content.form)])
    parts = [f"{hours_text(language, content.hours)} {how}", *filter(None, [dates_text(language, content)])]
    return f"{', '.join(parts)}."


def dates_text(language: str, content: Content) -> str:
    """Return *2026. gada 24. septembrī un 1. oktobrī*; nothing for a course without sessions."""
    days = content.days
    said = riga.days_text(language, days, riga.Case.LOCATIVE)
    if not days or days[0].year != days[-1].year:
        return said
    return say(language, N_("{days} {year}"), days=said, year=days[0].year)


def day_long_text(language: str, content: Content) -> str:
    """Return *2026. gada 1. oktobrī*, the day of issue."""
    return riga.day_of_year_text(language, content.issued_on, riga.Case.LOCATIVE)


def course_title(language: str, content: Content) -> str:
    """Return the course in the reader's language."""
    return catalogue.title(language, content.course, content.course_en)


def form_text(language: str, content: Content) -> str:
    """Return *klātienē*, as the sheet says it."""
    return say(language, _FORMS[CourseFormat(content.form)])
