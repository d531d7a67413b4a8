"""Every page of the app in one table: address, body, title, who may see it, what it loads.

Routes, guards and tests read it; a page that is not here does not exist.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import wraps
from typing import Any

import reflex as rx

from mps_app.components.words import Words, t
from mps_app.core.actor import Role
from mps_app.core.callers import ANYONE, SIGNED_IN
from mps_app.pages.account_list import account_list
from mps_app.pages.asking import asking
from mps_app.pages.calendar import calendar
from mps_app.pages.catalogue import catalogue
from mps_app.pages.certificate_check import certificate_check
from mps_app.pages.coordinators import coordinators
from mps_app.pages.course import course
from mps_app.pages.employee_import import employee_import
from mps_app.pages.evaluation import evaluation
from mps_app.pages.exam import exam, exam_title
from mps_app.pages.help import help_page
from mps_app.pages.home import home
from mps_app.pages.institution_roster import institution_roster
from mps_app.pages.materials import materials
from mps_app.pages.my_applications import my_applications
from mps_app.pages.my_certificates import my_certificates
from mps_app.pages.my_data import my_data
from mps_app.pages.not_found import not_for_you, not_found
from mps_app.pages.places import places
from mps_app.pages.profile import profile
from mps_app.pages.requisites import requisites
from mps_app.pages.school_coordinators import school_coordinators
from mps_app.pages.school_questions import school_questions
from mps_app.pages.sign_in import sign_in, signed_out
from mps_app.pages.sign_out import sign_out
from mps_app.pages.training_record import training_record
from mps_app.state.account_list import AccountState
from mps_app.state.apply import ApplyState
from mps_app.state.asking import AskingState
from mps_app.state.calendar import CalendarState
from mps_app.state.catalogue import CatalogueState
from mps_app.state.certificate_check import CertificateCheckState
from mps_app.state.coordinators import CoordinatorsState
from mps_app.state.course import CourseState
from mps_app.state.date_scale import ScaleState
from mps_app.state.employee_import import EmployeeImportState
from mps_app.state.employees import EmployeesState
from mps_app.state.enrol import EnrolState
from mps_app.state.evaluation import EvaluationState
from mps_app.state.exam import ExamState
from mps_app.state.help import HelpState
from mps_app.state.home import HomeState
from mps_app.state.materials import MaterialsState
from mps_app.state.my_applications import MyApplicationsState
from mps_app.state.my_certificates import MyCertificatesState
from mps_app.state.my_data import MyDataState
from mps_app.state.notice import NoticeState
from mps_app.state.places import PlacesState
from mps_app.state.profile import ProfileState
from mps_app.state.requisites import RequisitesState
from mps_app.state.roster import RosterState
from mps_app.state.school_coordinators import SchoolCoordinatorsState
from mps_app.state.school_questions import SchoolQuestionsState
from mps_app.state.sign_in import SignInState
from mps_app.state.signed_in import SignedInState
from mps_app.state.training_record import TrainingRecordState
from mps_app.text import N_


@dataclass(frozen=True, slots=True)
class Page:
    """One address. ``title``, a message or what makes one, stands in the browser's tab."""

    route: str
    body: Callable[[], rx.Component]
    title: str | Callable[[], rx.Var[str]]
    callers: str = ANYONE
    on_load: Sequence[Any] = field(default=())  # Any: Reflex's event types

    def tab_title(self) -> rx.Var[str]:
        """Return what stands in the browser's tab, in the reader's language."""
        return (t(self.title) if isinstance(self.title, str) else self.title()) + " · MPS"

    def guarded(self) -> Callable[[], rx.Component]:
        """Return what draws the body, or what stands in its place for whom the page is not."""
        if self.callers == ANYONE:
            return self.body

        @wraps(self.body)  # Reflex puts all that stems from one module into one file, and a page loads but its own
        def draw() -> rx.Component:
            return rx.cond(SignedInState.is_turned_away, not_for_you(), self.body())

        return draw

    def loads(self) -> list[Any]:
        """Return what runs at every visit: language and person before the page's own."""
        return [NoticeState.leave, Words.load, SignedInState.load, *self.on_load]


def _course_title() -> rx.Var[str]:
    return rx.cond(CourseState.page.title != "", CourseState.page.title, t("Course"))


PAGES = (
    Page("/", home, N_("Home"), on_load=[HomeState.load, ScaleState.load]),
    Page("/katalogs", catalogue, N_("Training catalogue"), on_load=[CatalogueState.load, ApplyState.resume]),
    Page("/kurss/[course_code]", course, _course_title, on_load=[CourseState.load, ApplyState.resume]),
    Page("/materiali", materials, N_("Materials"), on_load=[MaterialsState.load]),
    Page("/palidziba", help_page, N_("Help"), on_load=[HelpState.load]),
    Page("/pieteikumi", my_applications, N_("My applications"), callers=SIGNED_IN, on_load=[MyApplicationsState.load]),
    Page("/profils", profile, N_("Profile"), callers=SIGNED_IN, on_load=[ProfileState.load]),
    Page("/profils/mani-dati", my_data, N_("My data"), callers=SIGNED_IN, on_load=[MyDataState.load]),
    Page(
        "/profils/sertifikati",
        my_certificates,
        N_("My certificates"),
        callers=SIGNED_IN,
        on_load=[MyCertificatesState.load],
    ),
    Page(
        "/anketa/[invitation_id]",
        evaluation,
        N_("Evaluation questionnaire"),
        callers=SIGNED_IN,
        on_load=[EvaluationState.load],
    ),
    Page("/tests/[exam_invitation_id]", exam, exam_title, callers=SIGNED_IN, on_load=[ExamState.load]),
    Page("/parbaude", certificate_check, N_("Check a certificate"), on_load=[CertificateCheckState.begin]),
    Page(
        "/parbaude/[certificate_code]",
        certificate_check,
        N_("Check a certificate"),
        on_load=[CertificateCheckState.load],
    ),
    Page("/pieslegties", sign_in, N_("Sign in"), on_load=[SignInState.load]),
    Page("/iziets", signed_out, N_("You have signed out"), on_load=[SignInState.load_calendar]),
    Page("/mans-kalendars", calendar, N_("My calendar"), callers=SIGNED_IN, on_load=[CalendarState.load]),
    Page(
        "/iestade/klut-par-koordinatoru",
        asking,
        N_("Become an institution's coordinator"),
        callers=SIGNED_IN,
        on_load=[AskingState.load],
    ),
    Page(
        "/iestade/koordinatori",
        coordinators,
        N_("Coordinators"),
        callers=Role.COORDINATOR,
        on_load=[CoordinatorsState.load],
    ),
    Page(
        "/iestade/rekviziti",
        requisites,
        N_("Payment details"),
        callers=Role.COORDINATOR,
        on_load=[RequisitesState.load],
    ),
    Page(
        "/skola/koordinatori",
        school_coordinators,
        N_("Coordinators of institutions"),
        callers=Role.TRAINING,
        on_load=[SchoolCoordinatorsState.load],
    ),
    Page(
        "/skola/jautajumi",
        school_questions,
        N_("Questions to the school"),
        callers=Role.TRAINING,
        on_load=[SchoolQuestionsState.load],
    ),
    Page("/iziet", sign_out, N_("Sign out"), callers=SIGNED_IN),
    Page(
        "/iestade/darbinieki",
        institution_roster,
        N_("Employees"),
        callers=Role.COORDINATOR,
        on_load=[RosterState.load, EnrolState.offer, EmployeesState.resume],
    ),
    Page(
        "/iestade/darbinieki/imports",
        employee_import,
        N_("Load a list of employees"),
        callers=Role.COORDINATOR,
        on_load=[EmployeeImportState.load],
    ),
    Page(
        "/iestade/pieteikumi",
        account_list,
        N_("Enrolments"),
        callers=Role.COORDINATOR,
        on_load=[AccountState.load],
    ),
    Page(
        "/iestade/uzskaite",
        training_record,
        N_("Training record"),
        callers=Role.COORDINATOR,
        on_load=[TrainingRecordState.load],
    ),
    Page("/iestade/grupas", places, N_("Groups and places"), callers=Role.COORDINATOR, on_load=[PlacesState.load]),
)

NOT_FOUND = Page("404", not_found, N_("There is no such page"))
