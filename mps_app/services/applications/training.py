"""What the training itself does to an application: it was attended, it is completed (7.1, 7.2)."""

from mps_app.core.lifecycle import By
from mps_app.core.work import Work
from mps_app.models import Application, ApplicationStatus
from mps_app.services.applications.lifecycle import LIFE


def note_attended(work: Work, application: Application) -> None:
    """Note that somebody took part; what is noted already stays."""
    if application.status == ApplicationStatus.REGISTERED:
        _move(work, application, ApplicationStatus.ATTENDED)


def note_completed(work: Work, application: Application) -> None:
    """Note that everything was done and the certificate is given."""
    if application.status != ApplicationStatus.COMPLETED:
        _move(work, application, ApplicationStatus.COMPLETED)


def _move(work: Work, application: Application, target: ApplicationStatus) -> None:
    LIFE.require(application.status, target, By.CLOCK)
    application.status, application.status_at = target, work.now
