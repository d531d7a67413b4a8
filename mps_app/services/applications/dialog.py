"""The dialog before an application is confirmed (4.1): groups, payers, price, what is missing, what overlaps."""

from sqlalchemy import bindparam, text

from mps_app.core import riga
from mps_app.core.errors import NotFound, SignInNeeded
from mps_app.core.money import price_text
from mps_app.core.work import Work
from mps_app.models import Course, CourseGroup, PayerKind
from mps_app.policy import Action, Subject, require
from mps_app.services import catalogue, groups
from mps_app.services.applications import situation
from mps_app.services.applications.checklist import place_text, when_text
from mps_app.services.applications.doors import door_facts, open_groups
from mps_app.services.applications.refusals import REFUSALS
from mps_app.services.applications.rules import Check, Span, clashes, person_checks
from mps_app.services.applications.wishes import price_of
from mps_app.services.messages.templates import SessionFacts
from mps_app.text import N_, say, say_n
from mps_app.views.applications import ApplyDialog, EmployerChoice, GroupChoice, PayerChoice

_TAKEN_SPANS = text("""
    SELECT lower(s.during), upper(s.during), c.title, c.title_en
    FROM application a JOIN course_group g ON g.id = a.group_id JOIN course c ON c.id = g.course_id
    JOIN training_session s ON s.group_id = g.id AND s.withdrawn_at IS NULL
    WHERE a.person_id = :person_id AND a.group_id <> :group_id
      AND a.status IN ('pending_approval','registered','offered','waitlisted')
      AND g.status IN ('open','confirmed','running') AND upper(s.during) > :now
    ORDER BY lower(s.during)
""").bindparams(bindparam("person_id"), bindparam("group_id"), bindparam("now"))

_PAYERS = {
    PayerKind.INSTITUTION: (N_("Workplace"), N_("Organisation account")),
    PayerKind.OWN_DETAILS: (N_("Another institution"), N_("My payment details")),
    PayerKind.PERSON: (N_("Me"), N_("Private person")),
}
_NO_PRICE = N_("The price is not known yet")
_BY_PAYER = frozenset({Check.EMPLOYED, Check.DETAILS_GIVEN, Check.ADDRESS_DECLARED})


def apply_dialog(work: Work, course_id: int, group_id: int = 0) -> ApplyDialog:
    """Return the dialog for a group, or for the next one when none (or none that is open) is named."""
    person_id = work.actor.person_id
    if person_id is None:
        raise SignInNeeded
    require(work, Action.APPLICATION_CREATE, Subject(person_id=person_id))
    who = situation.applicant(work, person_id)
    course = work.db.get(Course, course_id)
    if course is None or not situation.may_enrol(work, course, who):
        raise NotFound  # 3.5
    choices = open_groups(work, course)
    sessions = groups.sessions_of(work, [group.key for group, _ in choices])
    chosen = next(((group, line) for group, line in choices if group.id == group_id), None)
    own = situation.own_applications(work, person_id, course_id)
    price = price_of(course, chosen[0] if chosen else None)
    is_free = chosen is not None and not price  # the next one may have a price of its own
    payers = _payers(work, who, is_free=is_free)
    spans = sessions[chosen[0].key] if chosen else []
    return ApplyDialog(
        course_id=course_id,
        course_title=catalogue.title(work.language, course.title, course.title_en),
        group_id=chosen[0].key if chosen else 0,
        groups=[_group(work, course, group, line, sessions[group.key]) for group, line in choices],
        when_text=when_text(work, spans) if chosen else say(work.language, N_("The date is not known yet")),
        price_text=price_text(work.language, price) if chosen or price else say(work.language, _NO_PRICE),
        is_free=is_free,
        payers=payers,
        # who has no employer can give an address at once, in the dialog
        payer=next((payer.kind for payer in payers if payer.is_ready), PayerKind.PERSON),
        institution_id=who.employers[0].institution_id if who.employers else 0,
        employers=_employers(work, who),
        email=who.person.email or "",
        has_verified_email=who.person.email_verified_at is not None,
        address_text=situation.address_text(who.person),
        details_text=f"{who.details.name}, {who.details.registration_number}" if who.details else "",
        line_text=_line_text(work, chosen),
        overlap_text=_overlap_text(work, person_id, chosen[0].key if chosen else 0, spans),
        withdraw_text=_withdraw_text(work, chosen[0] if chosen else None),
        refusal_text=_refusal_text(work, own, chosen[0].key if chosen else 0),
    )


def _group(work: Work, course: Course, group: CourseGroup, line: int, sessions: list[SessionFacts]) -> GroupChoice:
    free = catalogue.free_places(group.maximum, group.places_taken, has_line=line > 0)
    places = say_n(
        work.language, "{n} place left of {maximum}", "{n} places left of {maximum}", free, maximum=group.maximum
    )
    days = riga.days_text(work.language, [riga.today(session.starts_at) for session in sessions])
    spans = {riga.span_text(session.starts_at, session.ends_at) for session in sessions}
    return GroupChoice(
        id=group.key,
        days_text=days or say(work.language, N_("At your own pace")),
        when_text=", ".join(
            part for part in (spans.pop() if len(spans) == 1 else "", place_text(work, sessions)) if part
        ),
        places_text=places if free else say(work.language, N_("No places left")),
        price_text=price_text(work.language, price_of(course, group)),
        is_full=free == 0,
    )


def _offered(who: situation.Applicant, *, is_free: bool) -> list[PayerKind]:
    """Return who can be asked to pay; what is free still is on somebody's account, if there are two (4.4, 4.8)."""
    if not is_free:
        return list(_PAYERS)
    return [PayerKind.INSTITUTION, PayerKind.PERSON] if who.employers else [PayerKind.PERSON]


def _payers(work: Work, who: situation.Applicant, *, is_free: bool) -> list[PayerChoice]:
    """Return the ways to pay with what each still needs, by the very checks that refuse (4.11)."""
    found = []
    for kind in _offered(who, is_free=is_free):
        title, subtitle = _PAYERS[kind]
        institution_id = who.employers[0].institution_id if who.employers else None
        candidate = situation.candidate_of(who, may_know_course=True, others=[])
        checks = person_checks(candidate, kind, institution_id, is_free=is_free)
        missing = [check for check, is_met in checks.items() if check in _BY_PAYER and not is_met]
        found.append(
            PayerChoice(
                kind=kind,
                title=say(work.language, title),
                subtitle=say(work.language, subtitle),
                is_ready=not missing,
                missing_text=_missing_text(work, missing),
            )
        )
    return found


_NO_EMPLOYER = N_("No institution lists you as its employee. Ask your personnel department to have you added.")


def _missing_text(work: Work, missing: list[Check]) -> str:
    if not missing:
        return ""
    return say(work.language, _NO_EMPLOYER if missing[0] is Check.EMPLOYED else REFUSALS[missing[0]].message)


def _employers(work: Work, who: situation.Applicant) -> list[EmployerChoice]:
    return [
        EmployerChoice(
            id=employer.institution_id,
            name=employer.name,
            registration_number=employer.registration_number,
            invoice_email=employer.invoice_email,
            coordinators_text=", ".join(employer.coordinator_names),
            needs_approval=employer.needs_approval and employer.institution_id not in work.actor.institution_ids,
        )
        for employer in who.employers
    ]


def _line_text(work: Work, chosen: tuple[CourseGroup, int] | None) -> str:
    """Say beforehand that there will be waiting (4.6, 4.9)."""
    if chosen is None:
        return say(
            work.language,
            N_("When a new group opens, we will write and hold a place for you in the order of applying."),
        )
    group, line = chosen
    if catalogue.door_of(door_facts(group, [], line), work.now) is not catalogue.Door.LINE:
        return ""
    return say(
        work.language,
        N_("There are no places left. You will be number {position} on the waiting list."),
        position=line + 1,
    )


def _overlap_text(work: Work, person_id: int, group_id: int, sessions: list[SessionFacts]) -> str:
    """Warn of sessions at the same time in other courses; it does not bar (4.5)."""
    if not sessions:
        return ""
    wanted: list[Span] = [(session.starts_at, session.ends_at) for session in sessions]
    rows = list(work.db.execute(_TAKEN_SPANS, {"person_id": person_id, "group_id": group_id, "now": work.now}))
    found = clashes(wanted, [(row[0], row[1]) for row in rows])
    if not found:
        return ""
    first = next(row for row in rows if (row[0], row[1]) == found[0])
    return say(
        work.language,
        N_("At the same time you have “{course}”: {moment}. You can still apply."),
        course=catalogue.title(work.language, first[2], first[3]),
        moment=riga.moment_text(work.language, first[0]),
    )


def _withdraw_text(work: Work, group: CourseGroup | None) -> str:
    if group is None:
        return say(work.language, N_("You can withdraw at any time."))
    if group.cancellation_deadline_at <= work.now:
        return say(work.language, N_("The time for withdrawing free of charge has passed."))
    return catalogue.withdraw_text(work.language, group.cancellation_deadline_at, work.now)


def _refusal_text(work: Work, own: list[situation.Own], group_id: int) -> str:
    """Say when applying would be refused whatever is filled in (4.2)."""
    if group_id and any(one.is_upcoming for one in own):
        return say(work.language, REFUSALS[Check.NOT_APPLIED].message)
    return ""
