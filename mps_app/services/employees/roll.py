"""The roll of an institution's employees: read as a whole, written in few statements however many there are."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass
from datetime import date

from sqlalchemy import bindparam, text

from mps_app.core import riga
from mps_app.core.codes import mask_personal_code
from mps_app.core.work import Work
from mps_app.services.employees.rules import Entry


@dataclass(frozen=True, slots=True)
class Known:
    """An employment as the institution knows it."""

    employment_id: int
    code_hash: str
    given_name: str
    family_name: str
    unit: str
    position: str
    work_email: str
    from_on: date
    until_on: date | None

    @property
    def name(self) -> str:
        """Given and family name."""
        return f"{self.given_name} {self.family_name}".strip()

    def stands(self, today: date) -> bool:
        """Whether it has not ended; one that begins later stands too."""
        return self.until_on is None or self.until_on > today


_ROLL = text("""
    SELECT e.id, p.code_hash, coalesce(e.given_name, p.given_name), coalesce(e.family_name, p.family_name),
           e.unit, e.position, coalesce(e.work_email, ''), e.from_on, e.until_on
    FROM employment e JOIN person p ON p.id = e.person_id
    WHERE e.institution_id = :institution_id
      AND (CAST(:employment_id AS bigint) IS NULL OR e.id = :employment_id)
      AND (CAST(:code_hash AS text) IS NULL OR p.code_hash = :code_hash)
    ORDER BY coalesce(e.name_folded, p.name_folded), e.id
""").bindparams(bindparam("institution_id"))

_LOCK = text("SELECT id FROM institution WHERE id = :institution_id FOR NO KEY UPDATE")


def lock(work: Work, institution_id: int) -> None:
    """Let nobody else change this institution's employees until the commit."""
    work.db.execute(_LOCK, {"institution_id": institution_id})


def read(
    work: Work, institution_id: int, *, employment_id: int | None = None, code_hash: str | None = None
) -> list[Known]:
    """Return the employments of the institution, ended ones too, by name: all, one, or those of one code."""
    asked = {"institution_id": institution_id, "employment_id": employment_id, "code_hash": code_hash}
    return [Known(*row) for row in work.db.execute(_ROLL, asked)]


def basis_of(known: Iterable[Known], today: date) -> str:
    """Return what tells the employees of one moment from those of another: what a preview stands on."""
    standing = sorted((one for one in known if one.stands(today)), key=lambda one: one.employment_id)
    digest = hashlib.sha256(today.isoformat().encode())
    for one in standing:
        digest.update(repr(astuple(one)).encode())
    return digest.hexdigest()[:32]


_MEET = text("""
    INSERT INTO person (given_name, family_name, name_folded, code_hash, code_sealed, code_masked, language,
                        optional_mail, created_at)
    SELECT said.*, 'lv', true, :now
    FROM unnest(CAST(:given AS text[]), CAST(:family AS text[]), CAST(:folded AS text[]), CAST(:hashes AS text[]),
                CAST(:sealed AS bytea[]), CAST(:masked AS text[])) AS said
    ORDER BY 4  -- two lists with the same people wait for each other in one order
    ON CONFLICT (code_hash) DO NOTHING
""")

_HIRE = text("""
    INSERT INTO employment (person_id, institution_id, given_name, family_name, name_folded, unit, position,
                            work_email, from_on, created_at)
    SELECT p.id, :institution_id, said.given, said.family, said.folded, said.unit, said.position,
           nullif(said.email, ''), said.from_on, :now
    FROM unnest(CAST(:given AS text[]), CAST(:family AS text[]), CAST(:folded AS text[]), CAST(:hashes AS text[]),
                CAST(:units AS text[]), CAST(:positions AS text[]), CAST(:emails AS text[]), CAST(:days AS date[]))
         AS said (given, family, folded, hash, unit, position, email, from_on)
    JOIN person p ON p.code_hash = said.hash
    RETURNING id
""")


def hire(work: Work, institution_id: int, entries: Sequence[Entry]) -> list[int]:
    """List people as employees: those the school knows by their code, and those it meets here for the first time.

    The same statements run for both, and what the school knew already is neither changed nor told (1.3, 11.5).
    """
    if not entries:
        return []
    cipher, today = work.tools.cipher, riga.today(work.now)
    named = {
        "given": [one.given_name for one in entries],
        "family": [one.family_name for one in entries],
        "folded": [one.folded for one in entries],
        "hashes": [cipher.lookup(one.code) for one in entries],
        "now": work.now,
    }
    sealed = {
        "sealed": [cipher.seal(one.code) for one in entries],
        "masked": [mask_personal_code(one.code) for one in entries],
    }
    work.db.execute(_MEET, named | sealed)
    work_facts = {
        "institution_id": institution_id,
        "units": [one.unit or "" for one in entries],
        "positions": [one.position or "" for one in entries],
        "emails": [one.work_email or "" for one in entries],
        "days": [one.from_on or today for one in entries],
    }
    return list(work.db.execute(_HIRE, named | work_facts).scalars())


_CHANGE = text("""
    UPDATE employment e
    SET given_name = said.given, family_name = said.family, name_folded = said.folded, unit = said.unit,
        position = said.position, work_email = nullif(said.email, '')
    FROM unnest(CAST(:ids AS bigint[]), CAST(:given AS text[]), CAST(:family AS text[]), CAST(:folded AS text[]),
                CAST(:units AS text[]), CAST(:positions AS text[]), CAST(:emails AS text[]))
         AS said (id, given, family, folded, unit, position, email)
    WHERE e.id = said.id
""")

_NAME = text("""
    UPDATE person p SET given_name = e.given_name, family_name = e.family_name, name_folded = e.name_folded
    FROM employment e
    WHERE e.id = ANY(:ids) AND p.id = e.person_id
      AND NOT EXISTS (SELECT 1 FROM external_identity x WHERE x.person_id = p.id)
      AND NOT EXISTS (SELECT 1 FROM employment other WHERE other.person_id = p.id
                      AND other.institution_id <> e.institution_id)
""")


def change(work: Work, changes: Sequence[tuple[Known, Entry]]) -> None:
    """Change what the institution keeps; what an entry says nothing of stays.

    A misspelt name is put right for the whole school only while it is this institution's word alone: nobody
    has signed in as the person, and nobody else employs them.
    """
    if not changes:
        return
    ids = [known.employment_id for known, _ in changes]
    said = {
        "ids": ids,
        "given": [entry.given_name for _, entry in changes],
        "family": [entry.family_name for _, entry in changes],
        "folded": [entry.folded for _, entry in changes],
        "units": [known.unit if entry.unit is None else entry.unit for known, entry in changes],
        "positions": [known.position if entry.position is None else entry.position for known, entry in changes],
        "emails": [known.work_email if entry.work_email is None else entry.work_email for known, entry in changes],
    }
    work.db.execute(_CHANGE, said)
    work.db.execute(_NAME, {"ids": ids})


_END = text("UPDATE employment SET until_on = greatest(:until_on, from_on) WHERE id = ANY(:ids)")


def end(work: Work, employment_ids: Sequence[int], until_on: date) -> None:
    """Set the first day on which these people are no employees; never before their first as employees."""
    work.db.execute(_END, {"ids": list(employment_ids), "until_on": until_on})
