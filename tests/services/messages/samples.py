"""Facts for every message, as the rooms queue them."""

from typing import Any

SESSIONS = [
    {
        "uid": "s1@mps.example",
        "sequence": 2,
        "number": 1,
        "title": "Līguma izpilde",
        "starts_at": "2026-11-03T07:30:00Z",
        "ends_at": "2026-11-03T13:00:00Z",
        "place": "Raiņa bulvāris 4, Rīga, 205. telpa",
        "online_url": "https://tiksanas.example/abc",
    },
    {
        "uid": "s2@mps.example",
        "sequence": 2,
        "number": 2,
        "title": "Strīdi",
        "starts_at": "2026-11-04T07:30:00Z",
        "ends_at": "2026-11-04T13:00:00Z",
        "place": "Raiņa bulvāris 4, Rīga, 205. telpa",
        "online_url": "https://tiksanas.example/abc",
    },
]
COURSE = {"course_title": "Iepirkuma līgums", "course_title_en": "The procurement contract", "path": "/kurss/LIG"}
GROUP: dict[str, Any] = {**COURSE, "group_code": "LIG-26-03", "sessions": SESSIONS}
PAYER = {"payer_name": "Upeslīču novada pašvaldība", "price_cents": 18_000}
DEADLINE = "2026-10-27T15:00:00Z"

TEST = {
    "path": "/tests/7", "group_code": "IEP-01/2026-05", "exam_title": "Iepirkumu tests", "exam_title_en": "Test of procurement",
    "questions": 7, "minutes": 21, "tries": 2, "pass_percent": 60,
}  # fmt: skip

FACTS: dict[str, dict[str, Any]] = {
    "email_code": {"code": "204816", "valid_minutes": 15},
    "application_received": {**GROUP, **PAYER, "outcome": "registered", "format": "hybrid", "withdraw_until": DEADLINE},
    "application_received_coordinator": {
        **GROUP, "outcome": "waitlisted", "position": 3, "person_name": "Ilze Bērziņa",
        "institution_name": "Upeslīču novada pašvaldība", "price_cents": 18_000,
    },
    "employees_enrolled": {
        **GROUP, "institution_name": "Upeslīču novada pašvaldība", "enrolled_by": "Ilze Demoņa",
        "people": [{"name": "Aija Šķēle", "outcome": "registered"}, {"name": "Uldis Zīle", "outcome": "waitlisted"}],
    },
    "reserved_places": {
        **GROUP, "why": "due", "institution_name": "Upeslīču novada pašvaldība", "places": 3,
        "release_on": "2026-10-20",
    },
    "application_cancelled": {**GROUP, "by": "self", "was_confirmed": True},
    "application_decided": {
        **GROUP, "decision": "rejected", "institution_name": "Upeslīču novada pašvaldība", "reason": "Budžets iztērēts",
    },
    "approval_missed": {
        **GROUP, "institution_name": "Upeslīču novada pašvaldība", "person_name": "Ilze Bērziņa",
    },
    "approvals_due": {
        "institution_name": "Upeslīču novada pašvaldība", "decide_by": "2026-10-20", "path": "/iestade/pieteikumi",
        "waiting": [{"person_name": "Ilze Bērziņa", "course_title": "Iepirkuma līgums"}],
    },
    "coordinator_confirmed": {
        "institution_name": "Upeslīču novada pašvaldība", "path": "/iestade/darbinieki", "from_on": "2026-10-01",
        "last_on": "2026-10-20",
    },
    "coordinator_refused": {
        "institution_name": "Upeslīču novada pašvaldība", "path": "/iestade/klut-par-koordinatoru",
        "reason": "Rīkojumu parakstījusi cita persona",
    },
    "coordinator_ended": {
        "institution_name": "Upeslīču novada pašvaldība", "path": "/", "reason": "Rīkojums Nr. 1-5/31, 12.10.2026.",
    },
    "coordinator_digest": {
        "institution_name": "Upeslīču novada pašvaldība", "path": "/iestade/pieteikumi",
        "to_approve": [
            {"person_name": "Ilze Bērziņa", "course_title": "Iepirkuma līgums", "decide_by": "2026-10-20"},
        ],
        "more_to_approve": 3,
        "applied": [{"person_name": "Jānis Kalniņš", "course_title": "Datu aizsardzība"}],
        "cancelled": [{"person_name": "Pēteris Ozols", "course_title": "Lietvedība", "course_title_en": "Records"}],
        "places": [
            {"course_title": "Iepirkuma līgums", "group_code": "IEP-02/2", "places": 3, "release_on": "2026-10-22"},
        ],
        "due": [{"title": "Korupcijas novēršana", "people": 2}],
    },
    "place_offered": {**GROUP, "expires_at": DEADLINE, "price_cents": 18_050},
    "place_given": {**GROUP, **PAYER, "withdraw_until": DEADLINE},
    "offer_expired": GROUP,
    "group_confirmed": {
        **GROUP, "lecturers": ["Ģirts Ķēniņš"], "bring_text": "Klēpjdators", "withdraw_until": DEADLINE,
    },
    "group_changed": {
        **GROUP, "sessions": SESSIONS[:1],
        "changes": [{"old": SESSIONS[0], "new": {**SESSIONS[0], "place": "Brīvības iela 1"}}, {"old": SESSIONS[1]}],
        "reason": "Telpa ir slēgta",
    },
    "group_cancelled": {**GROUP, "reason": "Pasniedzējs saslima"},
    "group_opened": {**GROUP, "reserved_until": DEADLINE, "price_cents": 0},
    "session_reminder": {**GROUP, "bring_text": "Klēpjdators"},
    "staff_alert_minimum": {**GROUP, "why": "dropped", "participants": 7, "minimum": 8, "decision_on": "2026-10-20"},
    "staff_call_list": {
        **GROUP, "free_places": 1, "people": [{"name": "Jānis Ozols", "phone": "+371 20000000", "position": 1}],
    },
    "doctor_alert": {"findings": ["LIG-26-03: 13 > 12"]},
    "question_received": {
        "number": 7, "name": "Anna Paraudziņa", "email": "anna@iestade.example", "question": "Kur ir telpa?\n\nPaldies.",
    },
    "question_answered": {"question": "Kur ir telpa?", "answer": "Otrajā stāvā.\nLifts ir pa labi.", "is_listed": True},
    "evaluation_invite": {**COURSE, "path": "/anketa/7", "group_code": "IEP-01/2026-05"},
    "evaluation_reminder": {**COURSE, "path": "/anketa/7", "group_code": "IEP-01/2026-05"},
    "exam_invite": {**COURSE, **TEST},
    "exam_reminder": {**COURSE, **TEST},
    "certificate_ready": {**COURSE, "path": "/profils/sertifikati", "number": "MPS-2026-04417"},
    "erasure_requested": {"name": "Anna Paraudziņa", "wish": "Vairs nestrādāju.", "answer_by": "2026-10-20"},
}  # fmt: skip

VARIANTS: list[tuple[str, dict[str, Any]]] = [
    *FACTS.items(),
    *(("application_received", {**COURSE, "outcome": "waiting", "applied_by": name}) for name in ("", "Anna Liepa")),
    ("application_received", {**GROUP, "outcome": "waitlisted", "position": 4}),
    ("application_received", {**GROUP, "outcome": "pending_approval"}),
    *(
        ("application_received_coordinator", {**FACTS["application_received_coordinator"], "outcome": outcome})
        for outcome in ("registered", "pending_approval", "waiting")
    ),
    *(("application_cancelled", {**COURSE, "by": by, "reason": "Slimība"}) for by in ("staff", "coordinator")),
    *(
        (template, {**FACTS[template], "audience": audience})
        for template in ("group_confirmed", "group_changed", "group_cancelled", "session_reminder")
        for audience in ("lecturer", "coordinator")
    ),
    *(  # of e-learning at one's own pace
        (template, {**facts, "sessions": []})
        for template, facts in FACTS.items()
        if "sessions" in facts and template != "session_reminder"
    ),
    *((name, {**FACTS[name], "minutes": None, "is_needed": False}) for name in ("exam_invite", "exam_reminder")),
    ("certificate_ready", {**FACTS["certificate_ready"], "is_replacement": True}),
    ("group_cancelled", {**FACTS["group_cancelled"], "keeps_waiting": True, "was_confirmed": False}),
    ("staff_alert_minimum", {**FACTS["staff_alert_minimum"], "why": "decision_due", "decision_on": None}),
]
