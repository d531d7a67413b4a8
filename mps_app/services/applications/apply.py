"""Applying: the last place goes to exactly one, the rest into the line; a repeated request changes nothing (4.3)."""

from dataclasses import dataclass

from mps_app.core.errors import NotFound, SignInNeeded
from mps_app.core.work import Work
from mps_app.models import Application, ApplicationStatus, Course, CourseGroup, PayerKind
from mps_app.policy import Action, Subject, require
from mps_app.services import audit, catalogue, groups
from mps_app.services.applications import line, mails, situation
from mps_app.services.applications.doors import ENTERED, door_facts
from mps_app.services.applications.pending import hold_for_approval
from mps_app.services.applications.receipts import receipt_of
from mps_app.services.applications.refusals import RegistrationClosed, refuse_unless
from mps_app.services.applications.rules import Places, outcome_of, person_checks
from mps_app.views.applications import ApplicationReceipt, ApplyForm
from mps_app.views.institutions import Employer


@dataclass(frozen=True, slots=True)
class _Wish:
    """An application about to be made, by somebody allowed to make it."""

    form: ApplyForm
    course: Course
    who: situation.Applicant
    employer: Employer | None
    needs_approval: bool

    @property
    def person_id(self) -> int:
        return self.who.person.key


def apply(work: Work, form: ApplyForm) -> ApplicationReceipt:
    """Apply for a group, or for the next one (4.9); answer with what came of it."""
    wish = _wish(work, form)
    return _for_group(work, wish) if form.group_id else _for_next_group(work, wish)


def _wish(work: Work, form: ApplyForm) -> _Wish:
    """Read what does not depend on the group's lock; refuse strangers before they learn anything."""
    person_id = form.person_id or work.actor.person_id
    if person_id is None:
        raise SignInNeeded
    who = situation.applicant(work, person_id)
    employer = who.employer(form.institution_id) if form.payer is PayerKind.INSTITUTION else None
    mine = frozenset({employer.institution_id} if employer else ())
    require(work, Action.APPLICATION_CREATE, Subject(person_id=person_id, institution_ids=mine))
    course = work.db.get(Course, form.course_id)
    if course is None or not situation.may_enrol(work, course, who):
        raise NotFound  # 3.5
    own_coordinator = employer is not None and employer.institution_id in work.actor.institution_ids
    return _Wish(form, course, who, employer, employer is not None and employer.needs_approval and not own_coordinator)


def _for_group(work: Work, wish: _Wish) -> ApplicationReceipt:
    group = groups.lock_for_places(work, [wish.form.group_id])[wish.form.group_id]
    if group.course_id != wish.course.key:
        raise NotFound
    found = situation.inside(work, group, wish.person_id)
    same = next((one for one in found.own if one.group_id == group.key), None)
    sessions = groups.sessions_of(work, [group.key])[group.key]
    if same is not None:
        return receipt_of(work, work.db.get_one(Application, same.id), group, sessions)
    _refuse_unless_ready(wish, found.own)
    waiting = _settled(work, group, found)
    if catalogue.door_of(door_facts(group, sessions, waiting), work.now) not in ENTERED:
        raise RegistrationClosed
    places = Places(group.maximum, group.places_taken, waiting)
    status = outcome_of(places, needs_approval=wish.needs_approval)
    application = _insert(work, wish, status, group)
    hold_for_approval(work, application, group)
    position = waiting + 1 if status is ApplicationStatus.WAITLISTED else None
    mails.received(work, application, group, sessions, position)
    if status is not ApplicationStatus.WAITLISTED:
        _place_taken(work, application, group, found.own)
    elif places.free:
        line.settle(work, group)  # those before may all be barred: then the place is this person's
    return receipt_of(work, application, group, sessions)


def _settled(work: Work, group: CourseGroup, found: situation.Inside) -> int:
    """Return the length of the line once everything due there has moved: now the count is the truth."""
    if not found.is_due:
        return found.waiting
    line.settle(work, group)
    return line.length(work, group.key)


def _place_taken(work: Work, application: Application, group: CourseGroup, own: list[situation.Own]) -> None:
    if own:
        line.end_other_wishes(work, application)
    if group.places_taken + 1 >= group.minimum:  # spares the count while it can't be enough
        groups.confirm_at_minimum(work, group)


def _for_next_group(work: Work, wish: _Wish) -> ApplicationReceipt:
    """Wait for the next group: no date, so whatever comes is offered and never simply given (4.9)."""
    groups.lock_next_group_line(work, wish.course.key)
    own = situation.own_applications(work, wish.person_id, wish.course.key)
    same = next((one for one in own if one.status == ApplicationStatus.WAITING or one.is_for_next_group), None)
    if same is not None and (same.status == ApplicationStatus.WAITING or same.is_upcoming):
        return receipt_of(work, work.db.get_one(Application, same.id), None, [])
    in_line = [one for one in own if one.status == ApplicationStatus.WAITLISTED]  # may wish for both
    _refuse_unless_ready(wish, [one for one in own if one not in in_line])
    application = _insert(work, wish, ApplicationStatus.WAITING, None)
    mails.received(work, application, None, [], line.position_of(work, application))
    return receipt_of(work, application, None, [])


def _refuse_unless_ready(wish: _Wish, own: list[situation.Own]) -> None:
    """Ask what a promotion asks too (4.6); waiting for the next group bars nobody from a place now (4.9)."""
    candidate = situation.candidate_of(wish.who, may_know_course=True, others=own)
    refuse_unless(person_checks(candidate, wish.form.payer, wish.form.institution_id))


def _insert(work: Work, wish: _Wish, status: ApplicationStatus, group: CourseGroup | None) -> Application:
    """Write the row; its number in the order of arrival is drawn under the lock."""
    price = wish.course.price_cents if group is None or group.price_cents is None else group.price_cents
    employment = wish.employer or next(iter(wish.who.employers), None)
    written = Application(
        person_id=wish.person_id,
        course_id=wish.course.key,
        group_id=group.key if group else None,
        status=status,
        payer_kind=wish.form.payer,
        payer_institution_id=wish.employer.institution_id if wish.employer else None,
        payer=situation.payer_snapshot(wish.who, wish.form.payer, wish.employer),
        employer=employment.name if employment else "",
        unit=employment.unit if employment else "",
        position=employment.position if employment else "",
        price_cents=price,
        applied_by_id=work.actor.person_id,
        adjustments=wish.form.adjustments,
        is_for_next_group=group is None,
        status_at=work.now,
        created_at=work.now,
    )
    work.db.add(written)
    work.db.flush()
    if work.actor.person_id != wish.person_id:
        audit.record(work, "applied", "application", written.key, person_id=wish.person_id, status=status)
    return written
