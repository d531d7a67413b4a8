"""Facts become letters when they are sent: words and dates in the recipient's language (16.5, 17.2).

One file per message in ``templates/mail`` is rendered twice, through an HTML and a plain-text layout, so
the twins never tell different things. Unknown names fail, and in HTML everything from outside is escaped.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from mps_app.core import money, riga
from mps_app.core.settings import settings
from mps_app.services.messages.facts import CourseFacts, Facts
from mps_app.services.messages.templates import TEMPLATES, SessionFacts
from mps_app.text import N_, say, say_n

_FOLDER = Path(__file__).parents[2] / "templates" / "mail"
_FORMATS = {
    "in_person": N_("in person"),
    "online": N_("online"),
    "hybrid": N_("hybrid: in person or online"),
    "elearning": N_("e-learning"),
}


@dataclass(frozen=True, slots=True)
class Wording:
    """A message in words."""

    subject: str
    text: str
    html: str


def worded(template: str, facts: Mapping[str, Any], language: str, *, to_person: bool) -> Wording:  # Any: each its own
    """Return a message in words; raises ``ValueError`` or Jinja's errors when facts or template are broken."""
    context = _context(TEMPLATES[template].facts.model_validate(facts), language, to_person=to_person)
    text = _environment(language, "txt").get_template(f"{template}.jinja")
    html = _environment(language, "html").get_template(f"{template}.jinja")
    return Wording(
        subject=_subject(template, context, language),
        text=_tidy(text.render(context, layout="_layout.txt")),
        html=html.render(context, layout="_layout.html"),
    )


def subject(template: str, facts: Mapping[str, Any], language: str) -> str:  # Any: each template names its own
    """Return the subject of a message alone, for the ledger."""
    known = TEMPLATES[template].facts
    read = known.model_validate(facts) if facts else known.model_construct()
    return _subject(template, _context(read, language, to_person=True), language)


def _subject(template: str, context: Mapping[str, Any], language: str) -> str:
    found = _environment(language, "txt").get_template(f"{template}.jinja")
    words = "".join(found.blocks["subject"](found.new_context(dict(context))))
    return " ".join(words.split())


def _context(facts: Facts, language: str, *, to_person: bool) -> dict[str, Any]:
    here = settings()
    context: dict[str, Any] = {name: getattr(facts, name) for name in facts.model_fields_set | set(facts.__dict__)}
    context |= {"site": here.address, "school": here.school_name, "school_email": here.school_email}
    context |= {"language": language, "to_person": to_person}
    if isinstance(facts, CourseFacts):
        english = facts.course_title_en if language == "en" else ""
        context |= {"course": english or facts.course_title, "url": here.address + facts.path}
    return context


def _tidy(text: str) -> str:
    """Leave at most one empty line between paragraphs, and no blanks at line ends."""
    lines: list[str] = []
    for line in (line.rstrip() for line in text.splitlines()):
        if line or (lines and lines[-1]):
            lines.append(line)
    return "\n".join(lines).strip() + "\n"


@lru_cache(maxsize=4)
def _environment(language: str, kind: str) -> Environment:
    """Return Jinja2 bound to a language and a form; the pieces of letters are names in it."""
    environment = Environment(
        loader=FileSystemLoader(_FOLDER),
        autoescape=kind == "html",  # noqa: S701  # the plain-text form has nothing to escape
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals |= _words(language, safe=kind == "html")
    for parts in (f"_parts.{kind}", "_shared.jinja"):
        module = environment.get_template(parts).module
        environment.globals |= {name: part for name, part in vars(module).items() if not name.startswith("_")}
    return environment


def _words(language: str, *, safe: bool) -> dict[str, Callable[..., Any]]:
    """Return what templates can say: translated words, days, moments, prices."""

    def translated(message: str, **facts: object) -> str:
        said = say(language, message)
        return Markup(escape(said)).format(**facts) if safe else said.format(**facts)  # noqa: S704  # escaped first

    def counted(singular: str, plural: str, n: int, **facts: object) -> str:
        said = say_n(language, singular, plural, n, **facts)
        return escape(said) if safe else said

    return {
        "_": translated,
        "_n": counted,
        "format_words": lambda name: say(language, _FORMATS[name]),
        "price": lambda cents: money.euro_text(cents) if cents else money.price_text(language, cents),
        "day": lambda found: riga.day_text(language, found) if found else "",
        "day_in": partial(riga.day_text, language, case=riga.Case.LOCATIVE),
        "of_day": partial(riga.day_text, language, case=riga.Case.GENITIVE),
        "until_day": partial(riga.day_text, language, case=riga.Case.DATIVE),
        "until": partial(riga.moment_text, language, case=riga.Case.DATIVE),
        "until_of_year": partial(riga.moment_text, language, case=riga.Case.DATIVE, of_year=True),
        "moment": partial(riga.moment_text, language),
        "on_days": lambda sessions: riga.days_text(language, _days(sessions), riga.Case.LOCATIVE),
        "dates": partial(_dates, language),
        "when": partial(_when, language),
        "place_and_time": lambda session: _place_and_time(language, session) if session else "",
        "one_place": _one_place,
        "online_urls": _online_urls,
    }


def _days(sessions: Sequence[SessionFacts]) -> list[date]:
    return [riga.today(session.starts_at) for session in sessions]


def _dates(language: str, sessions: Sequence[SessionFacts]) -> str:
    """Return *3. un 4. novembris, 09:30–15:00*; without hours when they differ."""
    spans = {riga.span_text(session.starts_at, session.ends_at) for session in sessions}
    days = riga.days_text(language, _days(sessions))
    return f"{days}, {spans.pop()}" if len(spans) == 1 else days


def _when(language: str, session: SessionFacts) -> str:
    """Return *Otrdiena, 3. novembris, 09:30–15:00*."""
    day = riga.today(session.starts_at)
    weekday = riga.weekday_text(language, day).capitalize()
    return f"{weekday}, {riga.day_text(language, day)}, {riga.span_text(session.starts_at, session.ends_at)}"


def _place_and_time(language: str, session: SessionFacts) -> str:
    return ". ".join(part for part in (_when(language, session), session.place) if part)


def _one_place(sessions: Sequence[SessionFacts]) -> str:
    """Return the place of all sessions, or nothing when they have several."""
    places = {session.place for session in sessions}
    return places.pop() if len(places) == 1 else ""


def _online_urls(sessions: Sequence[SessionFacts]) -> list[str]:
    """Return the addresses to join online, each once, only those a browser opens safely."""
    urls = (session.online_url for session in sessions if session.online_url)
    return list(dict.fromkeys(url for url in urls if url.startswith(("https://", "http://"))))
