"""An institution's requisites, and whether its employees' applications need its consent (11.5, 4.8)."""

from mps_app.core.codes import show_iban
from mps_app.core.errors import Invalid
from mps_app.core.work import Work, only_reads
from mps_app.models import Institution
from mps_app.policy import Action
from mps_app.services import audit, people
from mps_app.services.institutions.reach import own
from mps_app.text import N_
from mps_app.views.institutions import ApprovalForm, RequisitesPage
from mps_app.views.people import RequisitesCard, RequisitesForm

_SHORTEST, _LONGEST = 1, 30  # working days


@only_reads
def requisites(work: Work, institution_id: int) -> RequisitesPage:
    """Return what stands on invoices to the institution; name and number are the school's to change."""
    found = own(work, institution_id, Action.INSTITUTION_READ)
    return RequisitesPage(
        name=found.name,
        registration_number=found.registration_number,
        card=RequisitesCard(
            street=found.street,
            city=found.city,
            postal_code=found.postal_code,
            vat_number=found.vat_number or "",
            iban=show_iban(found.iban or ""),
            invoice_email=found.invoice_email or "",
        ),
        needs_approval=found.needs_approval,
        approval_days=found.approval_days,
    )


def save_requisites(work: Work, institution_id: int, form: RequisitesForm) -> None:
    """Keep the requisites; applications made before keep the payer they were made with (4.12)."""
    found = _held(work, institution_id)
    problems: dict[str, str] = {}
    kept = people.read_requisites(problems, form)
    if problems:
        raise Invalid(problems)
    before = {name: getattr(found, name) for name in kept}
    found.sqlmodel_update(kept)
    work.db.add(found)
    changed = {name: [before[name], value] for name, value in kept.items() if before[name] != value}
    if changed:
        audit.record(work, "institution:update_requisites", "institution", institution_id, **changed)


def save_approval(work: Work, institution_id: int, form: ApprovalForm) -> None:
    """Demand consent to applications from now on, or demand it no more; what waits still waits (4.8)."""
    found = _held(work, institution_id)
    if not _SHORTEST <= form.approval_days <= _LONGEST:
        raise Invalid({"approval_days": N_("Choose 1 to 30 working days.")})
    before = (found.needs_approval, found.approval_days)
    found.needs_approval, found.approval_days = form.needs_approval, form.approval_days
    work.db.add(found)
    if before != (form.needs_approval, form.approval_days):
        audit.record(
            work, "institution:update_approval", "institution", institution_id,
            needs_approval=form.needs_approval, approval_days=form.approval_days,
        )  # fmt: skip


def _held(work: Work, institution_id: int) -> Institution:
    """Return the institution, its row held: two coordinators must not write half of each other's form.

    Applications, whose payer it is, need not wait.
    """
    own(work, institution_id, Action.INSTITUTION_UPDATE)
    return work.db.get_one(Institution, institution_id, with_for_update={"key_share": True})
