"""What people of the demo school have asked, and what it answered."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import col, select

from mps_app.core.actor import Actor
from mps_app.core.work import begin
from mps_app.models import SupportQuestion
from mps_app.services import questions
from mps_app.views.questions import AnswerForm, QuestionForm


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, how many days ago, and the answer given a day later, if any."""

    days_ago: int
    question: str
    answer: str = ""


_OF_ANNA = (
    Asked(
        220,
        "Vai sertifikātu var saņemt arī par kursu, ko apmeklēju pirms trim gadiem citā iestādē?",
        "Labdien!\n\nJā, visi Jūsu sertifikāti glabājas profilā, arī tie, kas saņemti iepriekšējā darba vietā. "
        "Ja kāda trūkst, atrakstiet kursa nosaukumu un gadu, un mēs to pārbaudīsim.",
    ),
    Asked(
        34,
        "Nākamnedēļ būšu klātienē Raiņa bulvārī. Vai ēkā ir lifts un vai var novietot velosipēdu?",
        "Labdien!\n\nLifts ir pa labi no ieejas, telpas ir 2. un 3. stāvā. Velosipēdu statīvs atrodas "
        "iekšpagalmā, vārti ir atvērti darbdienās no plkst. 7:30.",
    ),
    Asked(1, "Vai attālinātajai nodarbībai vajadzīga kamera, vai pietiek ar mikrofonu?"),
)
_OF_A_VISITOR = Asked(
    60,
    "Strādāju privātā uzņēmumā. Vai arī es varu pieteikties kursam par publiskajiem iepirkumiem?",
    "Labdien!\n\nJā, maksas kursiem var pieteikties jebkurš interesents. Piesakoties izvēlieties, ka maksāsiet "
    "kā fiziska persona, vai profilā norādiet uzņēmuma rekvizītus.",
)


def ask_and_answer(anna: int, staff: Actor, now: datetime) -> None:
    """Let Anna and a visitor ask, and the school answer a day later."""
    with begin(Actor(person_id=anna)) as work:
        email = questions.asker(work).email
    for asked in _OF_ANNA:
        _once(Actor(person_id=anna), email, staff, asked, now)
    _once(Actor(), "interesents@uznemums.example", staff, _OF_A_VISITOR, now)


def _once(who: Actor, email: str, staff: Actor, asked: Asked, now: datetime) -> None:
    at = now - timedelta(days=asked.days_ago)
    with begin(who, now=at) as work:
        questions.ask(work, QuestionForm(email=email, question=asked.question))
    if not asked.answer:
        return
    with begin(staff, now=at + timedelta(days=1)) as work:
        newest = work.db.exec(select(SupportQuestion).order_by(col(SupportQuestion.id).desc()).limit(1)).one()
        questions.answer(work, AnswerForm(question_id=newest.key, answer=asked.answer))
