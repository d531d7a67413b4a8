"""Messages about an institution's approval: what it decided, and what waits for it (4.8)."""

from collections import defaultdict
from datetime import date

from sqlalchemy import bindparam, text

from mps_app.core import riga
from mps_app.core.work import Work
from mps_app.models import EMPLOYEE_FOLDED, EMPLOYEE_NAME, Application, ApplicationStatus, CourseGroup
from mps_app.services import groups, institutions, messages
from mps_app.services.applications import mails

_DUE = text(f"""
    SELECT r.institution_id, i.name, r.decide_by, {EMPLOYEE_NAME}, c.title, c.title_en
    FROM institution_record r JOIN institution i ON i.id = r.institution_id
    JOIN employment e ON e.id = r.employment_id JOIN person p ON p.id = r.person_id JOIN course c ON c.id = r.course_id
    WHERE r.status = 'pending_approval' AND r.decide_by BETWEEN :today AND :until
    ORDER BY r.institution_id, r.decide_by, {EMPLOYEE_FOLDED}, r.application_id
""").bindparams(bindparam("today"), bindparam("until"))  # noqa: S608  # our own condition


def decided(work: Work, application: Application, group: CourseGroup) -> None:
    """Tell the person what was decided and why; when nobody decided in time, the coordinators too."""
    approved = application.status == ApplicationStatus.REGISTERED
    decision = ("approved" if approved else "rejected") if application.decided_by_id else "not_in_time"
    facts = groups.group_facts(work, group) | {"institution_name": application.payer.get("name", "")}
    messages.queue(
        work,
        "application_decided",
        person_id=application.person_id,
        institution_id=application.payer_institution_id,
        key=f"application_decided:{application.key}:{decision}",
        facts=facts
        | {"decision": decision, "reason": application.ended_reason, "is_confirmed": groups.is_confirmed(group)},
    )
    if approved and groups.is_confirmed(group):
        mails.confirmed(work, application, mails.confirmed_facts(work, group, facts["sessions"]))
    if application.decided_by_id is None:
        _tell_coordinators(work, application, facts)


def _tell_coordinators(work: Work, application: Application, facts: mails.Facts) -> None:
    payer = application.payer_institution_id or 0
    names = institutions.employee_names(work, payer, [application.person_id])
    for coordinator in institutions.told_at_once(work, payer):
        messages.queue(
            work,
            "approval_missed",
            recipient=coordinator,
            key=f"approval_missed:{application.key}:{coordinator.key}",
            facts=facts | {"person_name": names[application.person_id], "path": ENROLMENTS},
        )


def remind_of_approvals(work: Work) -> None:
    """Remind coordinators, one working day before, of what would be given back: one mail for each such day."""
    today = riga.today(work.now)
    found: dict[tuple[int, str, date], list[dict[str, str]]] = defaultdict(list)
    for institution_id, name, decide_by, person, title, title_en in work.db.execute(
        _DUE, {"today": today, "until": riga.add_working_days(today, 1)}
    ):
        found[institution_id, name, decide_by].append(
            {"person_name": person, "course_title": title, "course_title_en": title_en}
        )
    for (institution_id, name, decide_by), waiting in found.items():
        facts = {"institution_name": name, "decide_by": decide_by, "waiting": waiting, "path": ENROLMENTS_TO_APPROVE}
        for coordinator in institutions.told_at_once(work, institution_id):
            key = f"approvals_due:{institution_id}:{decide_by}:{coordinator.key}"
            messages.queue(work, "approvals_due", recipient=coordinator, key=key, facts=facts)


ENROLMENTS = "/iestade/pieteikumi"
ENROLMENTS_TO_APPROVE = f"{ENROLMENTS}?statuss=jasaskano"
