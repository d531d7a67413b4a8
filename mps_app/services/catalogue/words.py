"""The catalogue in words: dates, places, prices and buttons as people read them."""

from datetime import datetime

from mps_app.core.money import price_text
from mps_app.core.riga import Case, day_of_year_text, day_text, days_text, span_text, today
from mps_app.models import ApplicationStatus, CourseFormat
from mps_app.services.catalogue.reading import GroupRecord
from mps_app.services.catalogue.rules import ButtonKind, ButtonState, Door, OwnApplication, free_places
from mps_app.text import N_, say, say_n
from mps_app.views.catalogue import CourseButton

FORMATS = {
    CourseFormat.IN_PERSON: N_("in person"),
    CourseFormat.ONLINE: N_("online"),
    CourseFormat.HYBRID: N_("hybrid"),
    CourseFormat.ELEARNING: N_("e-learning"),
}
LANGUAGES = {"lv": N_("Latvian"), "en": N_("English"), "ru": N_("Russian")}
IN_LANGUAGE = {"lv": N_("in Latvian"), "en": N_("in English"), "ru": N_("in Russian")}
PRICES = {
    "free": N_("Free of charge only"),
    "to100": N_("up to 100 €"),
    "to200": N_("100–200 €"),
    "over200": N_("over 200 €"),
}
NOT_PLANNED = N_("Not planned")

_FEW_PLACES = 3
_LISTED_SESSIONS = 2
_LONGEST_SUMMARY = 170

_LABELS = {
    ButtonKind.APPLY: N_("Apply"),
    ButtonKind.WAITING_LIST: N_("Join the waiting list"),
    ButtonKind.NEXT_GROUP: N_("Apply for the next group"),
    ButtonKind.ALREADY_APPLIED: N_("You have already applied"),
    ButtonKind.NOT_YET_OPEN: N_("Applying opens on {day}"),
    ButtonKind.COORDINATOR_ONLY: N_("The coordinator enrols"),
}
_REASONS = {
    ButtonKind.WAITING_LIST: N_("The group is full. A place that frees goes to the first in line."),
    ButtonKind.NEXT_GROUP: N_("The date is not known yet. You will be told when you can take a place."),
    ButtonKind.COORDINATOR_ONLY: N_("To this course your institution's coordinator enrols employees."),
}

_OWN = {
    ApplicationStatus.WAITLISTED: N_("You are on the waiting list"),
    ApplicationStatus.OFFERED: N_("A place is held for you"),
}


def button(language: str, state: ButtonState) -> CourseButton:
    """Return the button in words (3.4)."""
    told = {"day": day_text(language, today(state.opens_at), Case.LOCATIVE)} if state.opens_at else {}
    reason = N_("Take the place under My applications.") if state.is_offered else _REASONS.get(state.kind)
    return CourseButton(
        kind=state.kind.value,
        label=say(language, _label(state), **told),
        group_id=state.group_id,
        is_principal=state.kind is ButtonKind.APPLY,
        is_disabled=state.kind in {ButtonKind.ALREADY_APPLIED, ButtonKind.NOT_YET_OPEN, ButtonKind.COORDINATOR_ONLY},
        reason=say(language, reason) if reason else "",
        leads_to="/pieteikumi" if state.is_offered else "",
    )


def _label(state: ButtonState) -> str:
    if state.kind is not ButtonKind.ALREADY_APPLIED:
        return _LABELS[state.kind]
    if state.is_offered:
        return _OWN[ApplicationStatus.OFFERED]  # the one state in which the person has to act
    if state.by_other:
        return N_("The coordinator has enrolled you")
    if state.is_waiting:
        return N_("You are waiting for the next group")
    return N_("You are on the waiting list") if state.is_in_line else _LABELS[state.kind]


def title(language: str, latvian: str, english: str) -> str:
    """Return a title in the reader's language, as far as there is one."""
    return english if language == "en" and english else latvian


def form_text(language: str, form: str) -> str:
    """Return how a course is attended."""
    return say(language, FORMATS[CourseFormat(form)])


def hours_text(language: str, hours: int) -> str:
    """Return *16 akad. st.*."""
    return say(language, "{hours} acad. h", hours=hours)


def when_text(language: str, group: GroupRecord | None) -> str:
    """Return the days of a group, or that none is planned (3.3)."""
    if group is None:
        return say(language, NOT_PLANNED)
    return days_text(language, group.days) or say(language, "At any time")


def where_text(language: str, group: GroupRecord, form: str) -> str:
    """Return *4 nodarbības, Rīga* or *Rīga vai tiešsaistē*."""
    place = place_text(language, ", ".join(group.cities or ()), form)
    count = len(group.starts or ())
    if count <= _LISTED_SESSIONS:
        return place[:1].upper() + place[1:]
    sessions = say_n(language, "{n} session", "{n} sessions", count)
    return f"{sessions}, {place}" if place else sessions


def place_text(language: str, place: str, form: str) -> str:
    """Return a place together with what the form adds to it."""
    online = say(language, "online, place")
    if form == CourseFormat.HYBRID and place:
        return say(language, "{place} or online", place=place)
    if form in {CourseFormat.ONLINE, CourseFormat.ELEARNING} or not place:
        return online if form != CourseFormat.IN_PERSON else ""
    return place


def hours_and_place_text(language: str, group: GroupRecord, form: str) -> str:
    """Return *09:30–15:00, Raiņa bulvāris 4, Rīga*; without hours when sessions differ in them."""
    spans = {span_text(start, end) for start, end in zip(group.starts or (), group.ends or (), strict=True)}
    place = place_text(language, "; ".join(group.places or ()), form)
    return ", ".join(part for part in (spans.pop() if len(spans) == 1 else "", place) if part)


def places_text(language: str, group: GroupRecord, door: Door) -> str:
    """Return *9 brīvas vietas no 24*, or that there is none; nothing when nobody can apply now."""
    if door not in {Door.FREE, Door.LINE}:
        return ""
    free = free_places(group.maximum, group.places_taken, has_line=group.has_line)
    if not free:
        return say(language, "No places left")
    return say_n(language, "{n} of {all} place left", "{n} of {all} places left", free, all=group.maximum)


def is_scarce(group: GroupRecord, door: Door) -> bool:
    """Whether so few places are left that it is worth saying loudly."""
    return door is Door.LINE or (
        door is Door.FREE and free_places(group.maximum, group.places_taken, has_line=group.has_line) <= _FEW_PLACES
    )


def door_text(language: str, group: GroupRecord, door: Door) -> str:
    """Return why nobody can apply to a group now; nothing when one can (4.11)."""
    if door is Door.NOT_YET:
        day = day_text(language, today(group.opens_at), Case.LOCATIVE)
        return say(language, "Applying opens on {day}", day=day)
    return say(language, "Applying is over") if door is Door.CLOSED else ""


def price(language: str, course_cents: int, group: GroupRecord | None) -> str:
    """Return the price of a group, else of its course."""
    own = group.price_cents if group else None
    return price_text(language, course_cents if own is None else own)


def withdraw_text(language: str, until: datetime, now: datetime) -> str:
    """Return until when one can withdraw (4.7); with the year, if it is another: learning alone may last long."""
    day = today(until)
    said = day_text if day.year == today(now).year else day_of_year_text
    return say(language, N_("You can withdraw free of charge until {day}."), day=said(language, day, Case.DATIVE))


def own_text(language: str, own: OwnApplication | None) -> str:
    """Return how the reader stands with a group; nothing when in no way."""
    return say(language, _OWN.get(ApplicationStatus(own.status), N_("Your group"))) if own else ""


def summary(text: str) -> str:
    """Return the beginning of a description, cut between words."""
    if len(text) <= _LONGEST_SUMMARY:
        return text
    return text[:_LONGEST_SUMMARY].rsplit(" ", 1)[0].rstrip(",;:. ") + "…"
