"""Applying: the last place goes to exactly one, the rest into the line; a repeated request changes nothing (4.3)."""

from mps_app.core.errors import Invalid, NotFound, SignInNeeded
from mps_app.core.work import Work
from mps_app.models import Application, ApplicationStatus, Course, PayerKind
from mps_app.policy import Action, Subject, require
from mps_app.services import groups, institutions
from mps_app.services.applications import line, mails, situation, wishes
from mps_app.services.applications.entering import enter, hearers_of
from mps_app.services.applications.receipts import receipt_of
from mps_app.services.applications.refusals import REFUSALS, refuse_unless
from mps_app.services.applications.wishes import Wish
from mps_app.text import N_
from mps_app.views.applications import ApplicationReceipt, ApplyForm


def apply(work: Work, form: ApplyForm) -> ApplicationReceipt:
    """Apply for a group, or for the next one (4.9); answer with what came of it.

    Who does not agree to the training terms is told beside that field (4.1).
    """
    wish = _wish(work, form)
    problems = agreement_problems(form)
    if problems:
        raise Invalid(problems)
    return _for_group(work, wish, form.group_id) if form.group_id else _for_next_group(work, wish)


def agreement_problems(form: ApplyForm) -> dict[str, str]:
    """Say beside the field that the training terms want to be agreed to (4.1), or nothing."""
    return {} if form.agreed else {"agreed": N_("Read the training terms and tick the box if you agree to them.")}


def _wish(work: Work, form: ApplyForm) -> Wish:
    """Read what does not depend on the group's lock; refuse strangers before they learn anything.

    The answer is the person's own: only staff ask for somebody else. A coordinator enrols by ``enrol``, which tells
    of each no more than is the institution's business (11.5).
    """
    person_id = form.person_id or work.actor.person_id
    if person_id is None:
        raise SignInNeeded
    require(work, Action.APPLICATION_CREATE, Subject(person_id=person_id))
    who = situation.applicants(work, [person_id]).get(person_id)
    course = work.db.get(Course, form.course_id)
    if who is None or course is None or not situation.may_enrol(work, course, who):
        raise NotFound  # 3.5
    employer = who.employer(form.institution_id) if form.payer is PayerKind.INSTITUTION else None
    if employer and not situation.is_offered(work, course, employer.institution_id):
        raise NotFound  # 3.5: invited by another employer, not by the one who is to pay
    return Wish(
        course=course,
        who=who,
        payer=form.payer,
        employer=employer,
        by_coordinator=employer is not None and employer.institution_id in work.actor.institution_ids,
        by_other=person_id != work.actor.person_id,
        adjustments=form.adjustments,
        coordinators=institutions.told_at_once(work, employer.institution_id) if employer else (),
    )


def _for_group(work: Work, wish: Wish, group_id: int) -> ApplicationReceipt:
    group = groups.lock_to_enter(work, wish.course.key, group_id)
    if group.course_id != wish.course.key:
        raise NotFound
    inside = situation.inside(work, group, [wish.person_id])
    entry = enter(work, inside, [wish])[0]
    if entry.bar is not None:
        raise REFUSALS[entry.bar]
    application = entry.written or work.db.get_one(Application, entry.application_id)
    return receipt_of(work, application, group, inside.sessions, entry.position)


def _for_next_group(work: Work, wish: Wish) -> ApplicationReceipt:
    """Wait for the next group: no date, so whatever comes is offered and never simply given (4.9)."""
    groups.lock_next_group_line(work, wish.course.key)
    own = situation.own_applications(work, wish.person_id, wish.course.key)
    same = next((one for one in own if one.status == ApplicationStatus.WAITING or one.is_for_next_group), None)
    if same is not None and (same.status == ApplicationStatus.WAITING or same.is_upcoming):
        return receipt_of(work, work.db.get_one(Application, same.id), None, [])
    in_line = [one for one in own if one.status == ApplicationStatus.WAITLISTED]  # may wish for both
    refuse_unless(wishes.checks(wish, [one for one in own if one not in in_line], None))
    application = wishes.write(work, [(wish, ApplicationStatus.WAITING)], None)[0]
    position = line.position_of(work, application)
    mails.received_all(work, [(application, position)], None, [], hearers_of([wish]))
    return receipt_of(work, application, None, [])
