"""What hangs on a session: the materials of its group, its test, and after the training what is to be done or taken."""

from collections.abc import Sequence

from mps_app.core.work import Work
from mps_app.models import ApplicationStatus
from mps_app.services import certificates, evaluations, exams, materials
from mps_app.services.my_training.sessions import OwnSession
from mps_app.text import say, say_n
from mps_app.views.date_scale import Door, Files
from mps_app.views.materials import MaterialRow

_BEEN_THERE = frozenset({ApplicationStatus.ATTENDED, ApplicationStatus.COMPLETED})


def files(work: Work, found: Sequence[OwnSession]) -> dict[int, Files]:
    """Return for each group the first material that the actor may have (9.1), and how many more there are."""
    of_groups = materials.of_groups(work, {one.group_id for one in found})
    return {group_id: _files(work, rows) for group_id, rows in of_groups.items()}


def _files(work: Work, rows: Sequence[MaterialRow]) -> Files:
    rest = len(rows) - 1
    return Files(
        first=[Door(title=row.title, path=row.address, is_elsewhere=row.is_link) for row in rows[:1]],
        more=say_n(work.language, "and {n} more material", "and {n} more materials", rest) if rest > 0 else "",
    )


def doors(work: Work, found: Sequence[OwnSession]) -> dict[int, list[Door]]:
    """Return for each application what waits: the test (8.1), the questionnaire (7.1), the certificate (7.2)."""
    tests = {due.application_id: due.path for due in exams.due_for(work)}
    been = {one.application_id for one in found if one.application_status in _BEEN_THERE and one.ends_at <= work.now}
    waiting = {due.application_id: due.path for due in evaluations.due_for(work)} if been else {}
    opened: dict[int, list[Door]] = {}
    for key in {one.application_id for one in found if not one.is_off}:
        test = [Door(title=say(work.language, "Take the test"), path=tests[key], icon="test")] if key in tests else []
        opened[key] = test + (_doors(work, key, waiting.get(key, "")) if key in been else [])
    return opened


def _doors(work: Work, application_id: int, questionnaire: str) -> list[Door]:
    opened = [Door(title=say(work.language, "Fill in the questionnaire"), path=questionnaire)] if questionnaire else []
    certificate = certificates.of_application(work, application_id)
    if certificate is not None and certificate.is_ready:
        title = say(work.language, "Download the certificate")
        opened.append(Door(title=title, path=certificate.pdf_path, icon="download"))
    return opened
