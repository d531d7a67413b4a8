"""The matrix of the policy as one table: who, what, how far.

``PUBLIC`` reaches what is published for everybody, ``OWN`` what is about the actor,
``INSTITUTION`` what belongs to an institution the actor coordinates, ``GROUP`` the groups
the actor teaches, ``ALL`` everything.
"""

from collections.abc import Mapping
from enum import StrEnum

from mps_app.core.actor import Role
from mps_app.policy.actions import Action


class Reach(StrEnum):
    """How far a grant goes."""

    PUBLIC = "public"
    OWN = "own"
    INSTITUTION = "institution"
    GROUP = "group"
    ALL = "all"


ANYBODY: Mapping[Action, frozenset[Reach]] = {
    Action.COURSE_READ: frozenset({Reach.PUBLIC}),
    Action.MATERIAL_READ: frozenset({Reach.PUBLIC}),
    Action.QUESTION_ASK: frozenset({Reach.PUBLIC}),
}
"""Also visitors."""

EVERY_PERSON: Mapping[Action, frozenset[Reach]] = {
    Action.APPLICATION_CANCEL: frozenset({Reach.OWN}),
    Action.APPLICATION_CREATE: frozenset({Reach.OWN}),
    Action.APPLICATION_READ: frozenset({Reach.OWN}),
    Action.CERTIFICATE_READ: frozenset({Reach.OWN}),
    Action.COORDINATOR_NOMINATE: frozenset({Reach.OWN}),  # oneself (11.1)
    Action.COURSE_READ: frozenset({Reach.OWN}),  # restricted ones through own applications
    Action.ERASURE_REQUEST: frozenset({Reach.OWN}),
    Action.EVALUATION_ANSWER: frozenset({Reach.OWN}),
    Action.EXAM_TAKE: frozenset({Reach.OWN}),
    Action.MATERIAL_READ: frozenset({Reach.OWN}),  # of what the person takes part in (9.1)
    Action.MESSAGE_READ: frozenset({Reach.OWN}),
    Action.PERSON_EXPORT: frozenset({Reach.OWN}),
    Action.PERSON_READ: frozenset({Reach.OWN}),
    Action.PERSON_UPDATE: frozenset({Reach.OWN}),
    Action.QUESTION_READ: frozenset({Reach.OWN}),
    Action.SIGN_IN_END: frozenset({Reach.OWN}),
    Action.SIGN_IN_READ: frozenset({Reach.OWN}),
}
"""Everybody who is signed in."""

BY_ROLE: Mapping[Role, Mapping[Action, frozenset[Reach]]] = {
    Role.COORDINATOR: {
        Action.APPLICATION_APPROVE: frozenset({Reach.INSTITUTION}),
        Action.APPLICATION_CANCEL: frozenset({Reach.INSTITUTION}),
        Action.APPLICATION_CREATE: frozenset({Reach.INSTITUTION}),
        Action.APPLICATION_READ: frozenset({Reach.INSTITUTION}),
        Action.CERTIFICATE_READ: frozenset({Reach.INSTITUTION}),  # of that employment (11.5)
        Action.COORDINATOR_NOMINATE: frozenset({Reach.INSTITUTION}),
        Action.COURSE_READ: frozenset({Reach.INSTITUTION}),
        Action.EMPLOYEE_MANAGE: frozenset({Reach.INSTITUTION}),
        Action.EMPLOYEE_READ: frozenset({Reach.INSTITUTION}),
        Action.INSTITUTION_READ: frozenset({Reach.INSTITUTION}),
        Action.INSTITUTION_UPDATE: frozenset({Reach.INSTITUTION}),
        Action.PLACE_RESERVE: frozenset({Reach.INSTITUTION}),
        Action.ROSTER_READ: frozenset({Reach.INSTITUTION}),
        Action.TRAINING_RECORD_READ: frozenset({Reach.INSTITUTION}),
    },
    Role.LECTURER: {
        Action.ATTENDANCE_RECORD: frozenset({Reach.GROUP}),
        Action.COURSE_READ: frozenset({Reach.GROUP}),
        Action.EVALUATION_RESULTS: frozenset({Reach.GROUP}),
        Action.MATERIAL_MANAGE: frozenset({Reach.GROUP}),
        Action.MATERIAL_READ: frozenset({Reach.GROUP}),
        Action.ROSTER_READ: frozenset({Reach.GROUP}),
    },
    Role.TRAINING: {
        Action.APPLICATION_CANCEL: frozenset({Reach.ALL}),
        Action.APPLICATION_CANCEL_LATE: frozenset({Reach.ALL}),
        Action.APPLICATION_CREATE: frozenset({Reach.ALL}),
        Action.APPLICATION_PRIORITISE: frozenset({Reach.ALL}),
        Action.APPLICATION_READ: frozenset({Reach.ALL}),
        Action.ATTENDANCE_RECORD: frozenset({Reach.ALL}),
        Action.CERTIFICATE_READ: frozenset({Reach.ALL}),
        Action.CERTIFICATE_REVOKE: frozenset({Reach.ALL}),
        Action.COORDINATOR_CONFIRM: frozenset({Reach.ALL}),
        Action.COURSE_MANAGE: frozenset({Reach.ALL}),
        Action.COURSE_READ: frozenset({Reach.ALL}),
        Action.EVALUATION_MANAGE: frozenset({Reach.ALL}),
        Action.EVALUATION_RESULTS: frozenset({Reach.ALL}),
        Action.EXAM_MANAGE: frozenset({Reach.ALL}),
        Action.EXAM_READ: frozenset({Reach.ALL}),
        Action.GROUP_MANAGE: frozenset({Reach.ALL}),
        Action.MATERIAL_MANAGE: frozenset({Reach.ALL}),
        Action.MATERIAL_PUBLISH: frozenset({Reach.ALL}),
        Action.MATERIAL_READ: frozenset({Reach.ALL}),
        Action.QUESTION_ANSWER: frozenset({Reach.ALL}),
        Action.QUESTION_READ: frozenset({Reach.ALL}),
        Action.ROSTER_READ: frozenset({Reach.ALL}),
    },
    Role.ACCOUNTANT: {},
    Role.PROJECTS: {},
    Role.ADMIN: {
        Action.CERTIFICATE_READ: frozenset({Reach.ALL}),
        Action.COORDINATOR_CONFIRM: frozenset({Reach.ALL}),
        Action.COURSE_READ: frozenset({Reach.ALL}),
        Action.EVALUATION_RESULTS: frozenset({Reach.ALL}),
        Action.EXAM_READ: frozenset({Reach.ALL}),
        Action.MATERIAL_READ: frozenset({Reach.ALL}),
        Action.MESSAGE_READ: frozenset({Reach.ALL}),
        Action.MESSAGE_RETRY: frozenset({Reach.ALL}),
        Action.PERSON_READ: frozenset({Reach.ALL}),
        Action.ROLE_GRANT: frozenset({Reach.ALL}),
        Action.ROSTER_READ: frozenset({Reach.ALL}),
        Action.SIGN_IN_END: frozenset({Reach.ALL}),
        Action.SYSTEM_EXAMINE: frozenset({Reach.ALL}),
    },
}
