"""The life of an application: what is not in this table does not happen."""

from mps_app.core.lifecycle import By, Lifecycle, Step
from mps_app.models import ApplicationStatus as Status

_ANYBODY = frozenset({By.PERSON, By.PAYER, By.STAFF})  # who gives a place up, or leaves the payer (2.5, 4.7)
_LINE = frozenset({By.LINE})
_CLOCK = frozenset({By.CLOCK})

LIFE = Lifecycle(
    Step(Status.PENDING_APPROVAL, Status.REGISTERED, frozenset({By.PAYER}), "the institution approved (4.8)"),
    Step(Status.PENDING_APPROVAL, Status.REJECTED, frozenset({By.PAYER, By.CLOCK}), "the place goes to the line"),
    Step(Status.PENDING_APPROVAL, Status.CANCELLED, _ANYBODY, "the place goes to the line"),
    Step(Status.REGISTERED, Status.CANCELLED, _ANYBODY, "the place goes to the line (4.6)"),
    Step(Status.REGISTERED, Status.ATTENDED, _CLOCK, "the questionnaire is asked for (7.1)"),
    Step(Status.REGISTERED, Status.NO_SHOW, _CLOCK, "materials are closed, nothing is asked (9.1)"),
    Step(Status.NO_SHOW, Status.ATTENDED, _CLOCK, "attendance was corrected: the questionnaire is asked for (7.1)"),
    Step(Status.REGISTERED, Status.COMPLETED, _CLOCK, "the certificate is given (7.2)"),
    Step(Status.ATTENDED, Status.COMPLETED, _CLOCK, "the certificate is given (7.2)"),
    Step(
        Status.WAITLISTED, Status.REGISTERED, _LINE | {By.STAFF}, "the place is given: by the line, or by a call (4.6)"
    ),
    Step(
        Status.WAITLISTED,
        Status.PENDING_APPROVAL,
        _LINE | {By.STAFF},
        "the place is held while the institution decides (4.8)",
    ),
    Step(Status.WAITLISTED, Status.OFFERED, _LINE, "a self-paid place is held until a deadline (4.6)"),
    Step(Status.WAITLISTED, Status.WAITING, frozenset({By.LINE, By.STAFF}), "the line moves to the next group (4.6)"),
    Step(Status.WAITLISTED, Status.CANCELLED, _ANYBODY | _LINE, "the line closes up"),
    Step(Status.OFFERED, Status.REGISTERED, frozenset({By.PERSON}), "the offer was taken"),
    Step(Status.OFFERED, Status.PENDING_APPROVAL, frozenset({By.PERSON}), "taken, the institution decides (4.8)"),
    Step(Status.OFFERED, Status.WAITING, frozenset({By.PERSON, By.LINE}), "this date was not taken: waits on (4.9)"),
    Step(Status.OFFERED, Status.CANCELLED, _ANYBODY | _LINE, "the place passes on (4.6)"),
    Step(Status.WAITING, Status.WAITLISTED, _LINE, "a group opened (4.9)"),
    Step(Status.WAITING, Status.CANCELLED, _ANYBODY | _LINE, "the wish is withdrawn, or was fulfilled elsewhere"),
)

CANCELLABLE = LIFE.sources(Status.CANCELLED, By.PERSON)
