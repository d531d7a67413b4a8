"""One course in full: what it teaches, who teaches it, when, at what price, and whether one can apply."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import text

from mps_app.core.settings import settings
from mps_app.core.work import Work
from mps_app.models import ApplicationStatus, Course, CourseFormat, Visibility
from mps_app.policy import Action, Subject, may
from mps_app.services.catalogue import reading, words
from mps_app.services.catalogue.reading import CourseRecord, GroupRecord
from mps_app.services.catalogue.rows import may_apply, shown_group
from mps_app.services.catalogue.rules import ButtonKind, ButtonState, Door, OwnApplication, button_of, door_of
from mps_app.text import N_, say, say_n
from mps_app.views.catalogue import CoursePage, GroupOption, LecturerCard, ProgrammePart
from mps_app.views.catalogue_filter import CatalogueFilter

_FIND = text("SELECT id FROM course WHERE code = :code AND visibility <> 'draft'")
_LECTURERS = text("""
    SELECT p.id, p.given_name, p.family_name, l.biography
    FROM lecturer l JOIN person p ON p.id = l.person_id
    WHERE l.id IN (SELECT sl.lecturer_id FROM session_lecturer sl JOIN training_session s ON s.id = sl.session_id
                   JOIN course_group g ON g.id = s.group_id
                   WHERE g.course_id = :course_id AND g.status NOT IN ('draft', 'cancelled'))
    ORDER BY p.name_folded LIMIT 8
""")
_TAUGHT_BY_ACTOR = text("""
    SELECT EXISTS (SELECT FROM course_group g JOIN training_session s ON s.group_id = g.id
                   JOIN session_lecturer sl ON sl.session_id = s.id JOIN lecturer l ON l.id = sl.lecturer_id
                   WHERE g.course_id = :course_id AND l.person_id = :person_id)
""")
_APPLIED_BY_ACTOR = text("""
    SELECT EXISTS (SELECT FROM application WHERE course_id = :course_id AND person_id = :person_id
                   AND status <> 'rejected')
""")

_CERTIFICATES = {"completion": N_("a certificate"), "attendance": N_("a certificate of attendance")}
_LANGUAGE_TAGS = {"lv": "lv", "en": "en", "ru": "ru"}


def visible_course(work: Work, code: str) -> tuple[CourseRecord, list[GroupRecord]] | None:
    """Return a course the actor may read, with its live groups; any other is as if it did not exist (3.5)."""
    course_id = work.db.execute(_FIND, {"code": code[:60]}).scalar_one_or_none()
    found = reading.courses(work.db, [course_id]) if course_id is not None else []
    return found[0] if found and may(work.actor, Action.COURSE_READ, _subject(work, found[0][0])) else None


def _subject(work: Work, course: CourseRecord) -> Subject:
    if course.visibility == Visibility.CATALOGUE:
        return Subject(is_public=True)
    person_id = work.actor.person_id
    asked = {"course_id": course.id, "person_id": person_id}
    has_applied = person_id is not None and work.db.execute(_APPLIED_BY_ACTOR, asked).scalar_one()
    teaches = person_id is not None and work.db.execute(_TAUGHT_BY_ACTOR, asked).scalar_one()
    return Subject(
        person_id=person_id if has_applied else None,
        institution_ids=frozenset(course.institution_ids),
        lecturer_person_ids=frozenset({person_id} if person_id is not None and teaches else ()),
    )


def course_page(work: Work, code: str) -> CoursePage:
    """Return a course in full; an empty page when there is none for the actor (3.5)."""
    found = visible_course(work, code)
    written = work.db.get(Course, found[0].id) if found else None
    if found is None or written is None:
        return CoursePage()
    language = work.language
    course, groups = found
    own = reading.own_applications(work, [course.id])[course.id]
    state = button_of([g.facts() for g in groups], own, work.now, may_apply=may_apply(work, course))
    group = shown_group(groups, state.group_id, work.now)
    return CoursePage(
        id=course.id,
        address=f"/kurss/{course.code}",
        title=words.title(language, course.title, course.title_en),
        topic_text=words.title(language, course.topic_name, course.topic_name_en),
        topic_address=CatalogueFilter(topics=(course.topic,)).address(),
        hours_text=_length(language, course, group),
        language_text=say(language, words.IN_LANGUAGE.get(course.language, course.language)),
        certificate_text=say(language, _CERTIFICATES.get(written.certificate_kind, written.certificate_kind)),
        exam_text=say(language, N_("with a test")) if written.has_exam else "",
        description=_paragraphs(words.title(language, course.description, course.description_en)),
        outcomes=written.outcomes,
        audience_text=written.audience_text,
        programme=[_part(language, part) for part in written.programme],
        lecturers=_lecturers(work, course.id),
        groups=_options(work, course, groups, own),
        chosen_group_id=state.group_id,
        price_text=words.price(language, course.price_cents, group),
        price_note=say(language, "per participant") if course.price_cents else "",
        when_text=words.when_text(language, group),
        button=words.button(language, state),
        can_wait=_can_wait(state, own),
        is_signed_in=work.actor.is_signed_in,
        structured=json.dumps(structured(course, groups), ensure_ascii=False),
    )


def _can_wait(state: ButtonState, own: Sequence[OwnApplication]) -> bool:
    """Whether the next group may be waited for beside the groups there are (4.9)."""
    is_waiting = any(one.status == ApplicationStatus.WAITING for one in own)
    return state.kind in {ButtonKind.APPLY, ButtonKind.WAITING_LIST} and not is_waiting


def _length(language: str, course: CourseRecord, group: GroupRecord | None) -> str:
    hours = say_n(language, "{n} academic hour", "{n} academic hours", course.academic_hours)
    count = len(group.starts or ()) if group else 0
    return f"{hours}, {say_n(language, '{n} session', '{n} sessions', count)}" if count else hours


def _paragraphs(description: str) -> list[str]:
    return [part.strip() for part in description.splitlines() if part.strip()]


def _part(language: str, part: Mapping[str, str | int]) -> ProgrammePart:
    day, hours = part.get("day"), part.get("hours")
    return ProgrammePart(
        day_text=say(language, "Day {n}", n=day) if day else "",
        title=str(part.get("title", "")),
        text=str(part.get("text", "")),
        hours_text=say(language, "{n} h", n=hours) if hours else "",
    )


def _lecturers(work: Work, course_id: int) -> list[LecturerCard]:
    return [
        LecturerCard(name=f"{given} {family}".strip(), initials=(given[:1] + family[:1]).upper(), biography=biography)
        for _, given, family, biography in work.db.execute(_LECTURERS, {"course_id": course_id})
    ]


def _options(
    work: Work, course: CourseRecord, groups: Sequence[GroupRecord], own: Sequence[OwnApplication]
) -> list[GroupOption]:
    """Return the groups to choose from; those that cannot be had stand last."""
    held = {one.group_id: one for one in own if one.group_id is not None}
    coming = [g for g in groups if g.id in held or not g.starts or g.starts[0] > work.now]
    options = [_option(work, course, group, held.get(group.id)) for group in coming]
    return sorted(options, key=lambda option: not (option.can_choose or option.own_text))


def _option(work: Work, course: CourseRecord, group: GroupRecord, own: OwnApplication | None) -> GroupOption:
    language = work.language
    door = door_of(group.facts(), work.now)
    return GroupOption(
        id=group.id,
        when_text=words.when_text(language, group),
        where_text=words.hours_and_place_text(language, group, course.format),
        form=course.format,
        form_text=words.form_text(language, course.format),
        places_text=words.places_text(language, group, door),
        price_text=words.price(language, course.price_cents, group),
        cancel_text=_cancel_text(work, group, own),
        reason=words.door_text(language, group, door),
        can_choose=door in {Door.FREE, Door.LINE} and own is None,
        is_scarce=words.is_scarce(group, door),
        own_text=words.own_text(language, own),
    )


def _cancel_text(work: Work, group: GroupRecord, own: OwnApplication | None) -> str:
    """Say until when one can withdraw; the line and offers can be left at any time (4.7)."""
    if own and own.status in {ApplicationStatus.WAITLISTED, ApplicationStatus.OFFERED}:
        return say(work.language, N_("You can withdraw at any time."))
    is_over = group.cancel_until <= work.now
    return "" if is_over else words.withdraw_text(work.language, group.cancel_until, work.now)


def structured(course: CourseRecord, groups: Sequence[GroupRecord]) -> dict[str, Any]:  # Any: JSON
    """Return a course in schema.org's words (3.6)."""
    address = f"{settings().address}/kurss/{course.code}"
    school = {"@type": "Organization", "name": settings().school_name, "url": settings().address}
    offer = {"@type": "Offer", "category": "Paid" if course.price_cents else "Free", "priceCurrency": "EUR"}
    return {
        "@context": "https://schema.org",
        "@type": "Course",
        "@id": address,
        "url": address,
        "courseCode": course.code,
        "name": course.title,
        "description": course.description or course.title,
        "inLanguage": _LANGUAGE_TAGS.get(course.language, course.language),
        "about": course.topic_name,
        "provider": school,
        "offers": [{**offer, "price": f"{course.price_cents / 100:.2f}", "url": address}],
        "hasCourseInstance": [_instance(course, group) for group in groups if group.starts],
    }


def _instance(course: CourseRecord, group: GroupRecord) -> dict[str, Any]:  # Any: JSON
    modes = {CourseFormat.IN_PERSON: "Onsite", CourseFormat.HYBRID: "Blended"}
    places = [{"@type": "Place", "name": place, "address": place} for place in group.places or ()]
    starts, ends = group.starts or [], group.ends or []
    return {
        "@type": "CourseInstance",
        "courseMode": modes.get(CourseFormat(course.format), "Online"),
        "startDate": starts[0].isoformat(),
        "endDate": ends[-1].isoformat(),
        "courseWorkload": f"PT{course.academic_hours * 45}M",
        **({"location": places} if places else {}),
    }
