"""Meeting the person whom the provider asserts: by personal code, never by name or e-mail (1.3)."""

from dataclasses import replace

from sqlalchemy.dialects.postgresql import insert
from sqlmodel import select

from mps_app.core.actor import Language
from mps_app.core.codes import mask_personal_code
from mps_app.core.folding import fold
from mps_app.core.sign_in import AssertedPerson
from mps_app.core.work import Work
from mps_app.models import ExternalIdentity, Person
from mps_app.services import audit
from mps_app.services.identity.sessions import end_former, start_session


def finish_sign_in(work: Work, asserted: AssertedPerson, *, user_agent: str, previous_token: str = "") -> str:
    """Open a session for the asserted person and return its token; an older one of this browser ends (1.4)."""
    person = _met(work, asserted) or _created(work, asserted)
    work.actor = replace(work.actor, person_id=person.key, language=Language(person.language))
    _update_names(work, person, asserted)
    _update_code(work, person, asserted)
    _remember_identity(work, person, asserted)
    end_former(work, previous_token, person.key)
    audit.record(work, "person:sign_in", "person", person.key, issuer=asserted.issuer)
    return start_session(
        work,
        person.key,
        user_agent=user_agent,
        network_address=work.actor.network_address,
        id_token=asserted.id_token,
    )


def _met(work: Work, asserted: AssertedPerson) -> Person | None:
    """Return who holds the code now, else who held a former one; a coordinator may have entered either."""
    for code in (asserted.personal_code, *asserted.historical_codes):
        found = work.db.exec(
            select(Person).where(Person.code_hash == work.tools.cipher.lookup(code)).with_for_update()
        ).one_or_none()
        if found is not None:
            return found
    return None


def _created(work: Work, asserted: AssertedPerson) -> Person:
    """Create the person; when another tab has just done so, meet that one."""
    cipher = work.tools.cipher
    work.db.execute(
        insert(Person)
        .values(
            given_name=asserted.given_name,
            family_name=asserted.family_name,
            name_folded=fold(f"{asserted.given_name} {asserted.family_name}"),
            code_hash=cipher.lookup(asserted.personal_code),
            code_sealed=cipher.seal(asserted.personal_code),
            code_masked=mask_personal_code(asserted.personal_code),
            language=work.actor.language,
            optional_mail=True,
            created_at=work.now,
        )
        .on_conflict_do_nothing(index_elements=["code_hash"])
    )
    return work.db.exec(
        select(Person).where(Person.code_hash == cipher.lookup(asserted.personal_code)).with_for_update()
    ).one()


def _update_names(work: Work, person: Person, asserted: AssertedPerson) -> None:
    """Take the names as they are now; the audit keeps what they were."""
    before, after = person.full_name, f"{asserted.given_name} {asserted.family_name}".strip()
    if before == after:
        return
    person.given_name, person.family_name = asserted.given_name, asserted.family_name
    person.name_folded = fold(after)
    audit.record(work, "person:rename", "person", person.key, before=before, after=after)


def _update_code(work: Work, person: Person, asserted: AssertedPerson) -> None:
    """Move a person who was found by a former code to the current one; codes are audited masked."""
    cipher = work.tools.cipher
    if person.code_hash == cipher.lookup(asserted.personal_code):
        return
    before, after = person.code_masked, mask_personal_code(asserted.personal_code)
    person.code_hash = cipher.lookup(asserted.personal_code)
    person.code_sealed = cipher.seal(asserted.personal_code)
    person.code_masked = after
    audit.record(work, "person:personal_code_changed", "person", person.key, before=before, after=after)


def _remember_identity(work: Work, person: Person, asserted: AssertedPerson) -> None:
    """Note by which subject the provider knows the person: hashed, for some providers' subject is the code (1.3)."""
    row = insert(ExternalIdentity).values(
        issuer=asserted.issuer,
        subject_hash=work.tools.cipher.lookup(f"subject:{asserted.issuer}|{asserted.subject}"),
        person_id=person.key,
        created_at=work.now,
    )
    work.db.execute(
        row.on_conflict_do_update(index_elements=["issuer", "subject_hash"], set_={"person_id": person.key})
    )
