"""What is kept: tables, one file per aggregate; constraints before code."""

from mps_app.models.application import (
    ALIVE,
    HOLDING,
    Application,
    ApplicationStatus,
    PayerKind,
    PlaceOffer,
    PlaceReservation,
)
from mps_app.models.attendance import Attendance, AttendanceSource
from mps_app.models.audit_event import AccessRecord, AuditEvent, RateCount
from mps_app.models.base import metadata
from mps_app.models.calendar_feed import CalendarFeed
from mps_app.models.certificate import Certificate, CertificateKind, CertificateSeries, SealKind
from mps_app.models.course import (
    CatalogueStamp,
    Course,
    CourseAudience,
    CourseFormat,
    Lecturer,
    Room,
    Topic,
    Venue,
    Visibility,
)
from mps_app.models.course_group import CourseGroup, GroupStatus, SessionLecturer, TrainingSession
from mps_app.models.draft import Draft
from mps_app.models.erasure_request import ErasureRequest, ErasureStatus
from mps_app.models.evaluation import (
    BallotBox,
    EvaluationAnswer,
    EvaluationDraft,
    EvaluationInvitation,
    EvaluationResponse,
    Question,
    QuestionKind,
    Questionnaire,
)
from mps_app.models.institution import Coordinator, Employment, Institution
from mps_app.models.material import Material, MaterialVisibility
from mps_app.models.message import MessageState, OutboxMessage, ScheduledRun
from mps_app.models.person import (
    EmailVerification,
    ExternalIdentity,
    PayerDetails,
    Person,
    RoleGrant,
    SignIn,
    SignInAttempt,
)
from mps_app.models.support_question import SupportQuestion, SupportReply

__all__ = [
    "ALIVE",
    "HOLDING",
    "AccessRecord",
    "Application",
    "ApplicationStatus",
    "Attendance",
    "AttendanceSource",
    "AuditEvent",
    "BallotBox",
    "CalendarFeed",
    "CatalogueStamp",
    "Certificate",
    "CertificateKind",
    "CertificateSeries",
    "Coordinator",
    "Course",
    "CourseAudience",
    "CourseFormat",
    "CourseGroup",
    "Draft",
    "EmailVerification",
    "Employment",
    "ErasureRequest",
    "ErasureStatus",
    "EvaluationAnswer",
    "EvaluationDraft",
    "EvaluationInvitation",
    "EvaluationResponse",
    "ExternalIdentity",
    "GroupStatus",
    "Institution",
    "Lecturer",
    "Material",
    "MaterialVisibility",
    "MessageState",
    "OutboxMessage",
    "PayerDetails",
    "PayerKind",
    "Person",
    "PlaceOffer",
    "PlaceReservation",
    "Question",
    "QuestionKind",
    "Questionnaire",
    "RateCount",
    "RoleGrant",
    "Room",
    "ScheduledRun",
    "SealKind",
    "SessionLecturer",
    "SignIn",
    "SignInAttempt",
    "SupportQuestion",
    "SupportReply",
    "Topic",
    "TrainingSession",
    "Venue",
    "Visibility",
    "metadata",
]
