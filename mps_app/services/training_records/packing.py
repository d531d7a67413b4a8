"""All certificates of a year, of those looked for, to be packed (11.5)."""

from collections.abc import Iterator
from datetime import timedelta

from mps_app.core.errors import DomainError, NotFound
from mps_app.core.work import Work
from mps_app.policy import Action
from mps_app.services import certificates, identity, institutions
from mps_app.services.training_records.reading import certificates_of, year_of
from mps_app.services.training_records.year import listed
from mps_app.text import N_
from mps_app.views.training_records import RecordFilter

MOST = 2000
_ARCHIVES, _PER = 60, timedelta(hours=1)  # each reads and notes up to so many sheets
_EVERYBODY = 100_000


class TooManyCertificates(DomainError):
    """An archive is bounded."""

    code = "too_many_certificates"
    message = N_("These are more than {most} certificates. Choose a unit or search for a name first.")
    status = 422


def archive(work: Work, institution_id: int, wanted: RecordFilter) -> Iterator[tuple[str, bytes]]:
    """Return the sheets one by one, each under its person's name; every look is noted (2.6).

    A text at the end names those that can't be read.
    """
    institutions.own(work, institution_id, Action.TRAINING_RECORD_READ)
    year = year_of(work, institution_id, wanted.year)
    names = {one.person_id: one.name for one in listed(work, year, wanted, _EVERYBODY)}
    found = {key: names[person_id] for key, person_id in certificates_of(work, year) if person_id in names}
    if not found:
        raise NotFound
    if len(found) > MOST:
        raise TooManyCertificates(most=MOST)
    identity.count(work, f"institution_archive:{work.actor.person_id}", limit=_ARCHIVES, per=_PER)
    return _named(work, found)


def _named(work: Work, found: dict[int, str]) -> Iterator[tuple[str, bytes]]:
    for sheet in certificates.sheets_of(work, list(found)):
        if sheet.certificate_id is None:
            yield sheet.name, sheet.content
            continue
        name = "".join(letter for letter in found[sheet.certificate_id] if letter not in '\\/:*?"<>|')
        yield f"{name.strip()}, {sheet.name}", sheet.content
