"""Who may call what: every event handler and every HTTP route of the app.

The suite compares it with what is registered, so nothing new can be reached without a decision here.
"""

from dataclasses import dataclass

from mps_app.core.actor import Role
from mps_app.core.callers import ANYONE, SIGNED_IN

HANDLERS: dict[str, set[Role | str]] = {
    "ApplyState.change_email": {SIGNED_IN},
    "ApplyState.choose_group": {SIGNED_IN},
    "ApplyState.choose_institution": {SIGNED_IN},
    "ApplyState.choose_payer": {SIGNED_IN},
    "ApplyState.close": {ANYONE},
    "ApplyState.confirm": {SIGNED_IN},
    "ApplyState.confirm_code": {SIGNED_IN},
    "ApplyState.open": {SIGNED_IN},
    "ApplyState.resume": {ANYONE},
    "ApplyState.send_code": {SIGNED_IN},
    "ApplyState.wait_for_next": {SIGNED_IN},
    "CalendarState.choose_deadlines": {SIGNED_IN},
    "CalendarState.hide": {SIGNED_IN},
    "CalendarState.load": {SIGNED_IN},
    "CalendarState.renew": {SIGNED_IN},
    "CalendarState.show": {SIGNED_IN},
    "CalendarState.switch_off": {SIGNED_IN},
    "CatalogueState.choose": {ANYONE},
    "CatalogueState.choose_city": {ANYONE},
    "CatalogueState.choose_day": {ANYONE},
    "CatalogueState.choose_free_places": {ANYONE},
    "CatalogueState.clear_filters": {ANYONE},
    "CatalogueState.clear_words": {ANYONE},
    "CatalogueState.draw_controls": {ANYONE},
    "CatalogueState.load": {ANYONE},
    "CatalogueState.search": {ANYONE},
    "CatalogueState.show_topics": {ANYONE},
    "CatalogueState.sort_by": {ANYONE},
    "CatalogueState.take_off": {ANYONE},
    "CertificateCheckState.begin": {ANYONE},
    "CertificateCheckState.find": {ANYONE},
    "CertificateCheckState.load": {ANYONE},
    "CourseState.choose_group": {ANYONE},
    "CourseState.load": {ANYONE},
    "EvaluationState.advance": {SIGNED_IN},
    "EvaluationState.go_back": {SIGNED_IN},
    "EvaluationState.load": {SIGNED_IN},
    "EvaluationState.save": {SIGNED_IN},
    "HelpState.ask": {ANYONE},
    "HelpState.ask_another": {ANYONE},
    "HelpState.ask_signed_in": {SIGNED_IN},
    "HelpState.clear": {ANYONE},
    "HelpState.load": {ANYONE},
    "HelpState.search": {ANYONE},
    "HomeState.load": {ANYONE},
    "InstitutionState.choose_institution": {Role.COORDINATOR},
    "InstitutionState.put_away": {ANYONE},
    "MaterialsState.choose": {ANYONE},
    "MaterialsState.clear": {ANYONE},
    "MaterialsState.load": {ANYONE},
    "MaterialsState.search": {ANYONE},
    "MaterialsState.show_more": {ANYONE},
    "MyApplicationsState.accept": {SIGNED_IN},
    "MyApplicationsState.cancel": {SIGNED_IN},
    "MyApplicationsState.decline": {SIGNED_IN},
    "MyApplicationsState.load": {SIGNED_IN},
    "MyCertificatesState.load": {SIGNED_IN},
    "MyDataState.load": {SIGNED_IN},
    "MyDataState.request_erasure": {SIGNED_IN},
    "MyDataState.withdraw_erasure": {SIGNED_IN},
    "NoticeState.close": {ANYONE},
    "NoticeState.refuse": {ANYONE},
    "NoticeState.tell": {ANYONE},
    "PickedState.give_up": {SIGNED_IN},
    "PickedState.jump": {SIGNED_IN},
    "PickedState.key": {SIGNED_IN},
    "PickedState.pick": {SIGNED_IN},
    "PickedState.refresh": {SIGNED_IN},
    "PickedState.settle": {SIGNED_IN},
    "ProfileState.close_payer": {SIGNED_IN},
    "ProfileState.confirm_code": {SIGNED_IN},
    "ProfileState.edit_payer": {SIGNED_IN},
    "ProfileState.end_other_sessions": {SIGNED_IN},
    "ProfileState.end_session": {SIGNED_IN},
    "ProfileState.load": {SIGNED_IN},
    "ProfileState.remove_payer": {SIGNED_IN},
    "ProfileState.save_contact": {SIGNED_IN},
    "ProfileState.save_payer": {SIGNED_IN},
    "ProfileState.send_code": {SIGNED_IN},
    "ProfileState.switch_optional_mail": {SIGNED_IN},
    "ScaleState.leafed": {SIGNED_IN},
    "ScaleState.load": {ANYONE},
    "ScaleState.scrolled": {SIGNED_IN},
    "ScaleState.show": {SIGNED_IN},
    "SignInState.load": {ANYONE},
    "SignInState.load_calendar": {ANYONE},
    "SignedInState.load": {ANYONE},
    "Words.load": {ANYONE},
}


@dataclass(frozen=True)
class Door:
    """What a route answers: to a visitor, and to a participant naming Anna's own; ``form`` is what is posted."""

    visitor: int
    stranger: int
    form: dict[str, str] | None = None


LED_AWAY = 303  # to the sign-in page, or on its way
DOORS: dict[str, Door] = {
    "GET /auth/callback": Door(400, 400),
    "GET /auth/start": Door(LED_AWAY, LED_AWAY),
    "GET /grupa/{number}.ics": Door(LED_AWAY, 404),
    "GET /health/live": Door(200, 200),
    "GET /health/ready": Door(200, 200),
    "GET /kalendars/{token}.ics": Door(404, 404),
    "GET /katalogs.ics": Door(200, 200),
    "GET /katalogs.json": Door(200, 200),
    "GET /kurss/{code}.jsonld": Door(404, 404),  # a course closed to the catalogue (3.5)
    "GET /materiali/{material_id}": Door(LED_AWAY, 404),
    "GET /nodarbiba/{number}.ics": Door(LED_AWAY, 404),
    "GET /nodarbiba/{number}/pievienoties": Door(LED_AWAY, 404),
    "GET /openbadges/issuer": Door(200, 200),
    "GET /openbadges/jwks.json": Door(200, 200),
    "GET /profils/mani-dati.zip": Door(LED_AWAY, 200),  # the stranger's own
    "GET /sertifikati/visi.zip": Door(LED_AWAY, 404),  # the stranger has none
    "GET /sertifikati/{certificate_id}.pdf": Door(LED_AWAY, 404),
    "GET /sertifikati/{certificate_id}/nozime": Door(LED_AWAY, 404),
    "GET /valoda/{language}": Door(LED_AWAY, LED_AWAY),
    "POST /auth/sign-out": Door(LED_AWAY, LED_AWAY),
    "POST /parbaude/fails": Door(422, 422, form={}),
}
"""The demo's own doors (its provider and its mail) are open to everybody and exist in the demo alone (1.2)."""

__all__ = ["DOORS", "HANDLERS", "LED_AWAY", "SIGNED_IN", "Door"]
