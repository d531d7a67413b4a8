"""The side panel: what enrolling the chosen would do, told before it is confirmed (11.3)."""

from collections.abc import Sequence

from mps_app.core import riga
from mps_app.core.money import price_text
from mps_app.core.work import Work, only_reads
from mps_app.models import Course
from mps_app.policy import Action
from mps_app.services import applications, catalogue, groups, institutions
from mps_app.services.enrolments.choices import entrances, group_text
from mps_app.services.enrolments.reading import Candidate, candidates
from mps_app.services.enrolments.standing import kind_of
from mps_app.text import N_, say, say_n
from mps_app.views.enrolments import MOST_AT_ONCE, EnrolPanel, Mode, PanelLine

_MOST_LINES = 8
_ORDER = ("overlaps", "no_email", "over_share", "cannot", "in_line", "pending", "in_group")
_SAID = {
    "no_email": N_("no e-mail: add it to the employee first"),
    "over_share": N_("over your institution's share in this group"),
    "cannot": N_("can't be enrolled here, ask the employee"),
    "in_line": N_("already on the waiting list"),
    "pending": N_("already applied, awaiting approval"),
}


@only_reads
def panel(  # noqa: PLR0913  # what is chosen has these parts
    work: Work, institution_id: int, course_id: int, group_id: int, person_ids: Sequence[int], *, mode: str = Mode.FIT
) -> EnrolPanel:
    """Return what enrolling these people into a group would do now; without a group, only how many are chosen."""
    institutions.own(work, institution_id, Action.APPLICATION_CREATE)
    found = entrances(work, institution_id, course_id) if course_id else []
    one = next((entrance for entrance in found if entrance.group.key == group_id), None)
    if one is None:
        return EnrolPanel(course_id=course_id if found else 0, chosen=len(person_ids))
    known = candidates(work, institution_id, one.group, person_ids)
    people = [known[key] for key in dict.fromkeys(person_ids) if key in known]
    account = applications.account(work, one.group, institution_id)
    return _filled(work, one, account, people, Mode(mode))


def _filled(
    work: Work, one: applications.Enterable, account: applications.Account, people: list[Candidate], mode: Mode
) -> EnrolPanel:
    group = one.group
    able = [person for person in people if person.may_enter]
    wanting = [person for person in people if not (person.status and person.group_id == group.key)]
    places = applications.Places(group.maximum, group.places_taken, one.waiting)
    lots = applications.allot(len(able), places, account, names=True)
    over = {person.person_id for person in able[len(able) - lots.over_share :]}
    entering = 0 if mode is Mode.ALL and lots.entering < len(wanting) else lots.entering
    lining = lots.lined if mode is Mode.LINE else 0
    course = groups.course_of(work, group)
    cents = course.price_cents if group.price_cents is None else group.price_cents
    lines = _lines(work, people, over)
    return EnrolPanel(
        course_id=group.course_id,
        group_id=group.key,
        group_text=group_text(work, one),
        format=course.format,
        format_text=_format_text(work, course, one),
        price_text=_price_text(work, cents),
        **_bar(work, one, lots.named, entering),
        notes=[text for text in (_line_text(work, one.waiting), *_account_texts(work, account)) if text],
        chosen=len(people),
        can=lots.entering,
        can_text=_can_text(work, lots.entering),
        lines=lines[:_MOST_LINES],
        more_text=_more_text(work, len(lines) - _MOST_LINES),
        mode=mode,
        is_short=lots.entering < len(wanting),
        short_text=_short_text(work, lots.lined),
        total_text=price_text(work.language, cents * entering) if entering else "",
        button_text=_button_text(work, entering, lining),
        is_ready=entering + lining > 0 and len(people) <= MOST_AT_ONCE,
        hint_text=_hint_text(work, people, entering + lining),
    )


def _price_text(work: Work, cents: int) -> str:
    said = price_text(work.language, cents)
    return say(work.language, N_("{price} per participant"), price=said) if cents else said


def _format_text(work: Work, course: Course, one: applications.Enterable) -> str:
    cities = dict.fromkeys(
        part.strip() for session in one.sessions for part in session.place.split(",")[1:2] if part.strip()
    )
    return ", ".join((catalogue.form_text(work.language, course.format), *cities))


def _bar(work: Work, one: applications.Enterable, named: int, entering: int) -> dict[str, object]:
    """Return the capacity bar: who is in, in ink, and the new ones, in carmine (a nameless place is taken already)."""
    group = one.group
    taken = group.places_taken - named
    after = taken + entering
    left = max(group.maximum - after, 0)
    return {
        "taken": taken,
        "added": entering,
        "taken_text": say_n(work.language, "{n} place taken", "{n} places taken", taken),
        "left_text": say(work.language, N_("{left} of {maximum} left"), left=left, maximum=group.maximum),
        "taken_width": _percent(taken, group.maximum),
        "added_width": _percent(after, group.maximum),
        "minimum_width": _percent(group.minimum, group.maximum),
        "bar_text": say(
            work.language,
            N_("{taken} taken, {added} new, {maximum} places, minimum {minimum}"),
            taken=taken,
            added=entering,
            maximum=group.maximum,
            minimum=group.minimum,
        ),
    }


def _percent(part: int, whole: int) -> str:
    return f"{min(100 * part / whole, 100):.1f}%"


def _lines(work: Work, people: list[Candidate], over: set[int]) -> list[PanelLine]:
    kinds = {person.person_id: kind_of(person, is_over_share=person.person_id in over) for person in people}
    told = [
        PanelLine(
            person_id=person.person_id,
            kind=kinds[person.person_id],
            title=person.name,
            text=_line(work, person, kinds[person.person_id]),
        )
        for person in people
        if kinds[person.person_id] != "can"
    ]
    return sorted(told, key=lambda line: _ORDER.index(line.kind))


def _line(work: Work, person: Candidate, kind: str) -> str:
    if kind == "in_group":
        return say(work.language, N_("already in {group}, won't be enrolled twice"), group=person.group_code)
    if kind != "overlaps" or person.overlap is None:
        return say(work.language, _SAID[kind])
    day = riga.day_brief_text(work.language, person.overlap.day)
    if person.overlap.course:
        return say(work.language, N_("on {day} there is “{course}”"), day=day, course=person.overlap.course)
    return say(work.language, N_("on {day} busy with other training"), day=day)


def _can_text(work: Work, count: int) -> str:
    return say_n(work.language, "{n} employee can be enrolled", "{n} employees can be enrolled", count)


def _line_text(work: Work, waiting: int) -> str:
    if not waiting:
        return ""
    return say_n(
        work.language,
        "{n} person waits in line: a freed place goes there first",
        "{n} people wait in line: a freed place goes there first",
        waiting,
    )


def _reserved_text(work: Work, account: applications.Account) -> str:
    if not account.reserved:
        return ""
    return say_n(
        work.language,
        "{n} place is reserved for your institution and is used first",
        "{n} places are reserved for your institution and are used first",
        account.reserved,
    )


def _account_texts(work: Work, account: applications.Account) -> tuple[str, str]:
    return _reserved_text(work, account), _share_text(work, account)


def _share_text(work: Work, account: applications.Account) -> str:
    if account.share is None:
        return ""
    return say(
        work.language,
        N_("Your institution's share: {held} of {share}"),
        held=account.holding + account.reserved,
        share=account.share,
    )


def _more_text(work: Work, count: int) -> str:
    return say_n(work.language, "and {n} more", "and {n} more", count) if count > 0 else ""


def _short_text(work: Work, count: int) -> str:
    if count <= 0:
        return ""
    return say_n(work.language, "There is no place for {n} employee", "There is no place for {n} employees", count)


def _hint_text(work: Work, people: list[Candidate], count: int) -> str:
    """Say what stands under the button: what is still missing, else what happens next."""
    if not people:
        return say(work.language, N_("Choose employees in the list"))
    if len(people) > MOST_AT_ONCE:
        return say(work.language, N_("At most {n} employees are enrolled at once"), n=MOST_AT_ONCE)
    if not count:
        return say(work.language, N_("As chosen, nobody would be enrolled"))
    return say(work.language, N_("They get an e-mail with time and place"))


def _button_text(work: Work, entering: int, lining: int) -> str:
    if lining and not entering:
        return say_n(work.language, "Put {n} employee in line", "Put {n} employees in line", lining)
    enrol = say_n(work.language, "Enrol {n} employee", "Enrol {n} employees", entering)
    if not lining:
        return enrol
    return say(work.language, N_("{enrol}, {count} in line"), enrol=enrol, count=lining)
