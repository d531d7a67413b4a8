"""The digest of a working day, once for each coordinator and institution."""

from datetime import timedelta

from mps_app.core import riga
from mps_app.core.work import Work
from mps_app.services import institutions, messages
from mps_app.services.digests.contents import contents

_PATH = "/iestade/pieteikumi"
_STILL_COMING = timedelta(minutes=1)  # an act that began before may be committed after: the next digest tells of it


def send_digests(work: Work) -> int:
    """Write today's digests; who has nothing to be told gets none, and on days of rest nobody does."""
    today = riga.today(work.now)
    if not riga.is_working_day(today):
        return 0
    until, sent = work.now - _STILL_COMING, 0
    for reader in institutions.digest_readers(work):
        told = contents(work, reader, until)
        if told:
            messages.queue(
                work,
                "coordinator_digest",
                person_id=reader.person_id,
                key=f"coordinator_digest:{reader.coordinator_id}:{today}",
                facts={"institution_name": reader.institution_name, "path": _PATH, **told},
            )
            sent += 1
        institutions.note_told(work, reader, until)
    return sent
