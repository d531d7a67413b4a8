"""Messages about one application: to whom, under which key, with which facts (4.4, 4.6)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from mps_app.core.work import Work
from mps_app.models import Application, ApplicationStatus, Course, CourseGroup, PayerKind, Person
from mps_app.services import groups, institutions, messages
from mps_app.services.messages.templates import SessionFacts

Facts = dict[str, Any]  # Any: each template names its own


@dataclass(frozen=True, slots=True)
class Hearers:
    """Which coordinators of the institution that pays hear of it at once, and by which names it knows its people."""

    coordinators: Sequence[Person]
    names: Mapping[int, str]


def received(work: Work, application: Application, group: CourseGroup, sessions: list[SessionFacts]) -> None:
    """Tell the person at once what came of applying, and the coordinators when their institution pays (4.4)."""
    received_all(work, [(application, None)], group, sessions, _hearers(work, application))


def received_all(
    work: Work,
    arrived: Sequence[tuple[Application, int | None]],
    group: CourseGroup | None,
    sessions: list[SessionFacts],
    hearers: Hearers,
) -> None:
    """Tell several who came at once, by the same hand; the coordinators get one message about all of them (4.4)."""
    course = work.db.get_one(Course, arrived[0][0].course_id)
    applied_by = _other_name(work, arrived[0][0])
    common = {**_course(course), "group_code": group.code if group else "", "sessions": sessions}
    for application, position in arrived:
        facts = common | {
            "outcome": application.status,
            "price_cents": application.price_cents,
            "position": position,
            "decide_by": application.decide_by,
        }
        more = {
            "is_confirmed": group is not None and groups.is_confirmed(group),
            "format": course.format,
            "payer_name": _payer_name(application),
            "withdraw_until": group.cancellation_deadline_at if group else None,
            "applied_by": applied_by,
        }
        key = f"application_received:{application.key}:{application.status}"
        _tell(work, application, "application_received", key, facts | more)
        if len(arrived) == 1:
            _tell_coordinators(work, application, facts, hearers)
    if len(arrived) > 1:
        _tell_coordinators_of_many(work, [application for application, _ in arrived], common, applied_by, hearers)
    _tell_confirmed(work, [application for application, _ in arrived], group, sessions)


def _tell(work: Work, application: Application, template: str, key: str, facts: Facts) -> None:
    """Write to the person; what an institution pays for may go to the address it gave (11.2)."""
    messages.queue(
        work,
        template,
        person_id=application.person_id,
        institution_id=application.payer_institution_id,
        key=key,
        facts=facts,
    )


def _hearers(work: Work, application: Application) -> Hearers:
    payer = application.payer_institution_id
    if payer is None:
        return Hearers((), {})
    names = institutions.employee_names(work, payer, [application.person_id])
    return Hearers(institutions.told_at_once(work, payer), names)


def _tell_coordinators(work: Work, application: Application, facts: Facts, hearers: Hearers) -> None:
    if application.payer_institution_id is None:
        return
    told = {
        **facts,
        "person_name": hearers.names[application.person_id],
        "institution_name": application.payer["name"],
        "path": "/iestade/pieteikumi",
    }
    for coordinator in hearers.coordinators:
        if coordinator.key in {application.applied_by_id, application.person_id}:
            continue  # whoever did it knows it
        messages.queue(
            work,
            "application_received_coordinator",
            recipient=coordinator,
            institution_id=application.payer_institution_id,
            key=f"application_received_coordinator:{application.key}:{application.status}:{coordinator.key}",
            facts=told,
        )


def _tell_coordinators_of_many(
    work: Work, applications: Sequence[Application], common: Facts, enrolled_by: str, hearers: Hearers
) -> None:
    """Tell the other coordinators once of everybody whom one of them enrolled (11.3)."""
    first, payer = applications[0], applications[0].payer_institution_id
    if payer is None:
        return
    people = [{"name": hearers.names[one.person_id], "outcome": one.status} for one in applications]
    told = {
        **common,
        "institution_name": first.payer["name"],
        "enrolled_by": enrolled_by,
        "people": people,
        "path": "/iestade/pieteikumi",
    }
    for coordinator in hearers.coordinators:
        if coordinator.key != first.applied_by_id:
            key = f"employees_enrolled:{first.key}:{coordinator.key}"
            messages.queue(work, "employees_enrolled", recipient=coordinator, institution_id=payer, key=key, facts=told)


def _tell_confirmed(
    work: Work, applications: Sequence[Application], group: CourseGroup | None, sessions: list[SessionFacts]
) -> None:
    """Whoever joins a confirmed group is told date, place and time at once (5.2)."""
    joined = [one for one in applications if one.status == ApplicationStatus.REGISTERED]
    if not joined or group is None or not groups.is_confirmed(group):
        return
    facts = confirmed_facts(work, group, sessions)
    for application in joined:
        confirmed(work, application, facts)


def confirmed_facts(work: Work, group: CourseGroup, sessions: list[SessionFacts] | None = None) -> Facts:
    """Return what the message of a confirmed group carries."""
    return {
        **groups.group_facts(work, group, sessions),
        "lecturers": groups.lecturer_names(work, group.key),
        "bring_text": group.bring_text,
    }


def confirmed(work: Work, application: Application, facts: Facts) -> None:
    """Send one participant the date, place, time and calendar entries (5.2); once per application."""
    group = work.db.get_one(CourseGroup, application.group_id)
    told = facts | {"withdraw_until": group.cancellation_deadline_at}
    _tell(work, application, "group_confirmed", f"group_confirmed:{application.key}", told)


def given(work: Work, application: Application, group: CourseGroup) -> None:
    """Tell the person that a freed place is theirs (4.6), and the coordinators who pay for it."""
    facts = groups.group_facts(work, group)
    _tell(
        work,
        application,
        "place_given",
        f"place_given:{application.key}:{group.key}",
        facts
        | {
            "payer_name": _payer_name(application),
            "price_cents": application.price_cents,
            "withdraw_until": group.cancellation_deadline_at,
            "decide_by": application.decide_by,
        },
    )
    told = {"outcome": application.status, "price_cents": application.price_cents, "decide_by": application.decide_by}
    _tell_coordinators(work, application, facts | told, _hearers(work, application))
    _tell_confirmed(work, [application], group, facts["sessions"])


def offered(work: Work, application: Application, group: CourseGroup, offer_id: int, expires_at: datetime) -> None:
    """Tell the person that a place is held until a deadline (4.6), or that the awaited group came (4.9)."""
    facts = groups.group_facts(work, group) | {"price_cents": application.price_cents}
    if application.is_for_next_group:
        _tell(work, application, "group_opened", f"group_opened:{offer_id}", facts | {"reserved_until": expires_at})
        return
    _tell(work, application, "place_offered", f"place_offered:{offer_id}", facts | {"expires_at": expires_at})


def still_in_line(work: Work, application: Application, group: CourseGroup, position: int) -> None:
    """Tell somebody who waited for the next group that it came, and where in its line they are (4.9)."""
    _tell(
        work,
        application,
        "group_opened",
        f"group_opened:{application.key}:{group.key}",
        groups.group_facts(work, group) | {"price_cents": application.price_cents, "position": position},
    )


def expired(work: Work, application: Application, group: CourseGroup, offer_id: int) -> None:
    """Tell the person that the held place went on."""
    _tell(work, application, "offer_expired", f"offer_expired:{offer_id}", groups.group_facts(work, group))


def cancelled(work: Work, application: Application, group: CourseGroup | None, *, by: str, had_place: bool) -> None:
    """Tell the person, and the coordinators when their institution paid; calendars withdraw the entries."""
    course = work.db.get_one(Course, application.course_id)
    was_confirmed = had_place and group is not None and groups.is_confirmed(group)
    if group is not None and was_confirmed:
        groups.raise_sequence(work, group.key)
    sessions = groups.sessions_of(work, [group.key])[group.key] if group and had_place else []
    facts = {
        **_course(course),
        "by": by,
        "reason": application.ended_reason,
        "group_code": group.code if group else "",
        "sessions": sessions,
        "was_confirmed": was_confirmed,
    }
    _tell(work, application, "application_cancelled", f"application_cancelled:{application.key}", facts)


def _course(course: Course) -> Facts:
    return {"course_title": course.title, "course_title_en": course.title_en, "path": groups.MY_APPLICATIONS}


def _payer_name(application: Application) -> str:
    return "" if application.payer_kind == PayerKind.PERSON else application.payer.get("name", "")


def _other_name(work: Work, application: Application) -> str:
    if application.applied_by_id in {None, application.person_id}:
        return ""
    return work.db.get_one(Person, application.applied_by_id).full_name
