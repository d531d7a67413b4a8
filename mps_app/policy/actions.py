"""Everything anybody may ask to do, ``resource:verb``, alphabetical."""

from enum import StrEnum


class Action(StrEnum):
    """One row per question put to the policy."""

    APPLICATION_APPROVE = "application:approve"  # on the institution's account (4.8)
    APPLICATION_CANCEL = "application:cancel"
    APPLICATION_CANCEL_LATE = "application:cancel_late"  # after the group's deadline (4.7)
    APPLICATION_CREATE = "application:create"
    APPLICATION_PRIORITISE = "application:prioritise"
    APPLICATION_READ = "application:read"
    ATTENDANCE_RECORD = "attendance:record"
    CERTIFICATE_READ = "certificate:read"
    CERTIFICATE_REVOKE = "certificate:revoke"  # and issue anew (7.6)
    COORDINATOR_CONFIRM = "coordinator:confirm"  # and refuse, and end (11.1)
    COORDINATOR_NOMINATE = "coordinator:nominate"  # oneself or a colleague, and end
    COURSE_MANAGE = "course:manage"
    COURSE_READ = "course:read"
    EMPLOYEE_MANAGE = "employee:manage"  # add, change, end, import (11.2)
    EMPLOYEE_READ = "employee:read"  # the roster and what hangs on it (11.4)
    ERASURE_REQUEST = "erasure:request"
    EVALUATION_ANSWER = "evaluation:answer"
    EVALUATION_MANAGE = "evaluation:manage"  # the questionnaire, and who is reminded no more
    EVALUATION_RESULTS = "evaluation:results"
    EXAM_MANAGE = "exam:manage"  # make a test for a course, grant a try (8.1)
    EXAM_READ = "exam:read"  # how people did; never for institutions (11.5)
    EXAM_TAKE = "exam:take"
    GROUP_MANAGE = "group:manage"
    INSTITUTION_READ = "institution:read"
    INSTITUTION_UPDATE = "institution:update"  # requisites, approval, plan (11.5)
    MATERIAL_MANAGE = "material:manage"
    MATERIAL_PUBLISH = "material:publish"  # to everybody (9.1)
    MATERIAL_READ = "material:read"
    MESSAGE_READ = "message:read"
    MESSAGE_RETRY = "message:retry"
    PERSON_EXPORT = "person:export"
    PERSON_READ = "person:read"
    PERSON_UPDATE = "person:update"
    PLACE_RESERVE = "place:reserve"  # nameless, for the institution (11.6)
    QUESTION_ANSWER = "question:answer"
    QUESTION_ASK = "question:ask"
    QUESTION_READ = "question:read"
    ROLE_GRANT = "role:grant"
    ROSTER_READ = "roster:read"
    SIGN_IN_END = "sign_in:end"
    SIGN_IN_READ = "sign_in:read"
    SYSTEM_EXAMINE = "system:examine"  # the self-audit (16.4)
    TRAINING_RECORD_READ = "training_record:read"  # who was trained in what (11.5)
