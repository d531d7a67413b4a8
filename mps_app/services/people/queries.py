"""The profile as its owner sees it, and what other rooms ask of a person."""

from sqlalchemy import or_
from sqlmodel import col, select

from mps_app.core import riga
from mps_app.core.codes import show_iban, show_phone
from mps_app.core.work import Work
from mps_app.models import Employment, Institution, PayerDetails, Person
from mps_app.policy import Action, Subject, require
from mps_app.services import identity
from mps_app.views.people import PayerDetailsCard, ProfilePage, Workplace


def can_apply(person: Person) -> bool:
    """Answer whether the person may apply at all: with an address that counts (1.5, 1.6)."""
    return person.email is not None and person.email_verified_at is not None


def has_declared_address(person: Person) -> bool:
    """Answer whether the declared address is complete."""
    return bool(person.declared_street and person.declared_city and person.declared_postal_code)


def profile(work: Work) -> ProfilePage:
    """Return the actor's own profile."""
    require(work, Action.PERSON_READ, Subject(person_id=work.actor.person_id))
    person = work.db.get_one(Person, work.actor.person_id)
    details = work.db.exec(select(PayerDetails).where(PayerDetails.person_id == person.key)).one_or_none()
    return ProfilePage(
        full_name=person.full_name,
        initials=(person.given_name[:1] + person.family_name[:1]).upper(),
        code_text=person.code_masked,
        email=person.email or "",
        is_email_verified=person.email_verified_at is not None,
        has_email_bounced=person.email_bounced_at is not None,
        pending_email=identity.pending_email(work),
        phone=show_phone(person.phone or ""),
        street=person.declared_street or "",
        city=person.declared_city or "",
        postal_code=person.declared_postal_code or "",
        language=person.language,
        optional_mail=person.optional_mail,
        has_payer_details=details is not None,
        payer_details=_card(details) if details else PayerDetailsCard(),
        workplaces=_workplaces(work, person.key),
    )


def _card(details: PayerDetails) -> PayerDetailsCard:
    return PayerDetailsCard(
        name=details.name,
        registration_number=details.registration_number,
        street=details.street,
        city=details.city,
        postal_code=details.postal_code,
        vat_number=details.vat_number or "",
        iban=show_iban(details.iban or ""),
        invoice_email=details.invoice_email,
    )


def _workplaces(work: Work, person_id: int) -> list[Workplace]:
    """Return where the person works today; former workplaces are history, not payers (2.5)."""
    today = riga.today(work.now)
    rows = work.db.exec(
        select(Institution)
        .join(Employment, col(Employment.institution_id) == Institution.id)
        .where(
            Employment.person_id == person_id,
            Employment.from_on <= today,
            or_(col(Employment.until_on).is_(None), col(Employment.until_on) > today),
        )
        .order_by(Institution.name_folded)
        .distinct()
    )
    return [
        Workplace(name=row.name, registration_number=row.registration_number, invoice_email=row.invoice_email or "")
        for row in rows
    ]
