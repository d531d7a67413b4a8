"""Changing the own profile; what cannot be used is refused beside its field."""

from sqlalchemy.dialects.postgresql import insert
from sqlmodel import select

from mps_app.core import codes
from mps_app.core.errors import Invalid
from mps_app.core.work import Work
from mps_app.models import PayerDetails, Person
from mps_app.policy import Action, Subject, require
from mps_app.services import audit, identity
from mps_app.services.people.reading import read, read_address, read_requisites
from mps_app.views.identity import EmailForm
from mps_app.views.people import AddressForm, ContactForm, ContactReceipt, PayerForm


def save_contact(work: Work, form: ContactForm) -> ContactReceipt:
    """Keep contact data; an address that is new, or bounced (16.5), waits for its code (1.6)."""
    person = _own_record(work)
    problems: dict[str, str] = {}
    email = read(problems, "email", form.email, codes.parse_email)
    phone = read(problems, "phone", form.phone, codes.parse_phone, needed=False)
    _declare(problems, person, form, needed=bool(form.street or form.city or form.postal_code))
    if problems:
        raise Invalid(problems)
    person.phone = phone
    person.language = form.language
    audit.record(work, "person:update_contact", "person", person.key)
    counts = email == person.email and person.email_verified_at is not None and person.email_bounced_at is None
    if counts or email == identity.pending_email(work):
        return ContactReceipt()
    return ContactReceipt(code_sent_to=identity.send_email_code(work, EmailForm(email=email or "")).email)


def declare_address(work: Work, form: AddressForm) -> None:
    """Keep the declared address, without which an invoice to the person can't be written (2.2)."""
    person = _own_record(work)
    problems: dict[str, str] = {}
    _declare(problems, person, form, needed=True)
    if problems:
        raise Invalid(problems)
    audit.record(work, "person:update_contact", "person", person.key)


def save_payer_details(work: Work, form: PayerForm) -> None:
    """Keep the institution that pays (2.3)."""
    person = _own_record(work)
    problems: dict[str, str] = {}
    kept = {
        "name": read(problems, "name", form.name, str),
        "registration_number": read(
            problems, "registration_number", form.registration_number, codes.parse_registration_number
        ),
        **read_requisites(problems, form),
    }
    if problems:
        raise Invalid(problems)
    row = insert(PayerDetails).values(person_id=person.key, created_at=work.now, **kept)
    work.db.execute(row.on_conflict_do_update(index_elements=["person_id"], set_=kept))
    audit.record(work, "person:update_payer_details", "person", person.key)


def remove_payer_details(work: Work) -> None:
    """Forget the institution that pays; applications keep their own copy (4.12)."""
    person = _own_record(work)
    for details in work.db.exec(select(PayerDetails).where(PayerDetails.person_id == person.key)):
        work.db.delete(details)
        audit.record(work, "person:remove_payer_details", "person", person.key)


def switch_optional_mail(work: Work, wanted: bool) -> None:  # noqa: FBT001  # a switch is a boolean
    """Send optional messages or leave them out; mandatory ones are always sent (2.7)."""
    _own_record(work).optional_mail = wanted


def _declare(problems: dict[str, str], person: Person, form: AddressForm, *, needed: bool) -> None:
    """Write the address onto the person; a refusal takes it back with the whole transaction."""
    address = read_address(problems, form, needed=needed)
    person.declared_street, person.declared_city = address["street"], address["city"]
    person.declared_postal_code = address["postal_code"]


def _own_record(work: Work) -> Person:
    """Return the actor's own row, locked: two tabs must not write half of each other's form."""
    require(work, Action.PERSON_UPDATE, Subject(person_id=work.actor.person_id))
    return work.db.get_one(Person, work.actor.person_id, with_for_update=True)
