"""What messages are made of that are about no training of the reader's own, and what those about a course share."""

from datetime import date

from pydantic import BaseModel, ConfigDict


class Facts(BaseModel):
    """What a message is made of; nothing unknown is accepted."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class CourseFacts(Facts):
    """What every message about a course carries; ``path`` is where its button leads."""

    course_title: str
    course_title_en: str = ""
    path: str


class EmailCode(Facts):
    """email_code: a six-digit code to an address that is not verified yet (1.6)."""

    code: str
    valid_minutes: int


class DoctorAlert(Facts):
    """doctor_alert: the nightly self-audit found something wrong (16.4)."""

    findings: list[str]


class Caller(Facts):
    """One in the line, to be called."""

    name: str
    phone: str = ""
    email: str = ""
    position: int


class EnrolledEmployee(Facts):
    """One of many enrolled at once."""

    name: str
    outcome: str  # of the application


class QuestionReceived(Facts):
    """question_received: to the school; without ``name`` it was a visitor who asked (10.1)."""

    number: int
    name: str = ""
    email: str
    question: str


class QuestionAnswered(Facts):
    """question_answered: to the address that was left (10.1); ``is_listed`` when the asker had signed in."""

    question: str
    answer: str
    is_listed: bool = False


class ErasureRequested(Facts):
    """erasure_requested: to the school (2.6); the law gives it a month to answer."""

    name: str
    wish: str = ""
    answer_by: date


class Coordination(Facts):
    """What every message about coordinating an institution carries; ``path`` is where its button leads."""

    institution_name: str
    path: str


class CoordinatorConfirmed(Coordination):
    """coordinator_confirmed: the school confirmed a nomination (11.1); ``last_on`` of a deputy (11.7)."""

    from_on: date
    last_on: date | None = None


class CoordinatorRefused(Coordination):
    """coordinator_refused: the school refused a nomination, or the institution took it back (11.1)."""

    reason: str


class CoordinatorEnded(Coordination):
    """coordinator_ended: the person speaks for the institution no more (11.7)."""

    reason: str


class DigestLine(Facts):
    """Somebody's application in a digest."""

    person_name: str
    course_title: str
    course_title_en: str = ""
    decide_by: date | None = None  # of one that waits for consent (4.8)


class DigestPlaces(Facts):
    """Nameless places that will be released (11.6)."""

    course_title: str
    course_title_en: str = ""
    group_code: str
    places: int
    release_on: date


class DigestTraining(Facts):
    """Mandatory training that falls due (11.5)."""

    title: str
    people: int


class CoordinatorDigest(Coordination):
    """coordinator_digest: one a day, with what needs the coordinator; ``more_…`` are those not listed."""

    to_approve: list[DigestLine] = []
    more_to_approve: int = 0
    applied: list[DigestLine] = []
    more_applied: int = 0
    cancelled: list[DigestLine] = []
    more_cancelled: int = 0
    places: list[DigestPlaces] = []
    due: list[DigestTraining] = []
