"""Anybody asks, the school is mailed, its answer is mailed back and stands in the asker's list (10.1)."""

from datetime import timedelta

import pytest
from sqlmodel import select

from mps_app.core.actor import NOBODY, SYSTEM, Actor, Language, Role
from mps_app.core.errors import Invalid, NotAllowed, NotFound, SignInNeeded, TooMany
from mps_app.core.settings import settings
from mps_app.core.work import House, begin
from mps_app.models import AuditEvent, OutboxMessage, SupportQuestion
from mps_app.services import identity, questions
from mps_app.views.questions import AnswerForm, Asker, QuestionForm, QuestionReceipt
from tests.conftest import Clock
from tests.factories import actor, make_person
from tests.marks import rule

VISITOR = Actor(network_address="192.0.2.7")
TEXT = "Kur ir telpa?\r\n\r\n\r\n\r\nPaldies\u202e \x00jau iepriekš."


@pytest.fixture
def anna(house: House) -> Actor:
    with begin(SYSTEM) as work:
        return actor(make_person(work))


@pytest.fixture
def staff(house: House) -> Actor:
    with begin(SYSTEM) as work:
        return actor(make_person(work, name="Līga Testiņa"), Role.TRAINING)


def ask(who: Actor, **more: object) -> QuestionReceipt:
    with begin(who) as work:
        return questions.ask(work, QuestionForm.read({"email": "anna@iestade.example", "question": TEXT, **more}))


def kept() -> list[SupportQuestion]:
    with begin(SYSTEM) as work:
        return list(work.db.exec(select(SupportQuestion).order_by(SupportQuestion.id)))  # type: ignore[arg-type]


def mails(template: str) -> list[OutboxMessage]:
    with begin(SYSTEM) as work:
        return list(work.db.exec(select(OutboxMessage).where(OutboxMessage.template == template)))


def own(who: Actor) -> Asker:
    with begin(who) as work:
        return questions.asker(work)


@rule("10.1")
def test_a_visitor_asks_with_an_address_and_the_school_is_mailed(house: House) -> None:
    assert ask(VISITOR, email=" Anna.Liepa@IESTADE.example ").email == "Anna.Liepa@iestade.example"
    (question,) = kept()
    assert (question.person_id, question.body) == (None, "Kur ir telpa?\n\nPaldies jau iepriekš.")
    (mail,) = mails("question_received")
    assert mail.recipient == settings().school_email
    assert mail.facts == {
        "number": question.id, "name": "", "email": "Anna.Liepa@iestade.example", "question": question.body,
    }  # fmt: skip


@rule("10.1")
def test_a_persons_question_bears_the_name_and_stands_in_the_own_list(anna: Actor) -> None:
    assert own(anna).email == "anna@iestade.example"
    ask(anna)
    assert mails("question_received")[0].facts["name"] == "Anna Paraudziņa"
    (row,) = own(anna).questions
    assert (row.question, row.answer) == ("Kur ir telpa?\n\nPaldies jau iepriekš.", "")
    assert row.asked_text == "7.\u00a0sept. 2026, 12:00"


@rule("10.1")
def test_nothing_is_mailed_to_an_address_that_somebody_only_typed(house: House) -> None:
    ask(VISITOR, email="victim@elsewhere.example")
    with begin(SYSTEM) as work:
        assert {mail.recipient for mail in work.db.exec(select(OutboxMessage))} == {settings().school_email}


@rule("10.1")
@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("email", ""), ("email", "anna"), ("email", "anna@iestade.example\nBcc: x@y.lv"), ("email", "a@b.lv,c@d.lv"), ("email", None),
        ("question", ""), ("question", " \n\t "), ("question", "\u200b\u202e"), ("question", "x" * 4_001), ("question", ["x"]),
    ],
)  # fmt: skip
def test_what_cannot_be_answered_is_said_beside_its_field(house: House, field: str, value: object) -> None:
    with pytest.raises(Invalid) as refused:
        ask(VISITOR, **{field: value})
    assert set(refused.value.fields) == {field}
    assert not kept()


@rule("10.1")
def test_both_fields_are_marked_at_once(house: House) -> None:
    with pytest.raises(Invalid) as refused:
        ask(VISITOR, email="x", question="\u200b")
    assert set(refused.value.fields) == {"email", "question"}


@rule("10.1")
def test_a_program_that_fills_the_hidden_field_is_thanked_and_forgotten(house: House) -> None:
    assert ask(VISITOR, website="https://casino.example").email
    assert not kept()
    assert not mails("question_received")


@rule("10.1")
def test_an_address_asks_five_times_an_hour_however_it_is_written_and_from_wherever(house: House, clock: Clock) -> None:
    for number in range(5):
        ask(
            Actor(network_address=f"192.0.2.{number}"),
            email="Anna@iestade.example" if number % 2 else "anna@IESTADE.example",
        )
    with pytest.raises(TooMany):
        ask(Actor(network_address="192.0.2.99"))
    assert len(kept()) == 5
    clock.advance(hours=1)
    ask(VISITOR)


@rule("10.1")
def test_a_visitor_asks_ten_times_an_hour_under_whatever_addresses(house: House, clock: Clock) -> None:
    for number in range(10):
        ask(VISITOR, email=f"a{number}@iestade.example")
    with pytest.raises(TooMany):
        ask(VISITOR, email="other@iestade.example")
    ask(Actor(network_address="198.51.100.1"), email="other@iestade.example")


@rule("10.1")
def test_a_person_is_limited_under_whatever_addresses(anna: Actor) -> None:
    for number in range(5):
        ask(anna, email=f"a{number}@iestade.example")
    with pytest.raises(TooMany):
        ask(anna, email="other@iestade.example")


@rule("10.1")
def test_the_answer_is_mailed_in_the_askers_language_and_listed(anna: Actor, staff: Actor, clock: Clock) -> None:
    ask(Actor(person_id=anna.person_id, language=Language.EN), email="other@iestade.example")
    clock.advance(days=1)
    with begin(staff) as work:
        questions.answer(work, AnswerForm(question_id=kept()[0].key, answer="Otrajā stāvā."))
    (mail,) = mails("question_answered")
    assert (mail.recipient, mail.language, mail.person_id) == ("other@iestade.example", "en", anna.person_id)
    assert (mail.facts["answer"], mail.facts["is_listed"]) == ("Otrajā stāvā.", True)
    (row,) = own(anna).questions
    assert (row.answer, row.answered_text) == ("Otrajā stāvā.", "8.\u00a0sept. 2026, 12:00")
    with begin(SYSTEM) as work:
        event = work.db.exec(select(AuditEvent)).one()
        assert (event.action, event.actor_id) == ("question:answer", staff.person_id)
    assert kept()[0].answered_at == clock.now


@rule("10.1")
def test_a_second_answer_is_mailed_too(anna: Actor, staff: Actor) -> None:
    ask(anna)
    for words in ("Otrajā stāvā.", "Precizējums: trešajā."):
        with begin(staff) as work:
            last = questions.inbox(work).answered or questions.inbox(work).waiting
            seen = last[0].last_reply_id
            questions.answer(work, AnswerForm(question_id=kept()[0].key, last_reply_id=seen, answer=words))
    assert len(mails("question_answered")) == 2
    assert own(anna).questions[0].answer == "Otrajā stāvā.\n\nPrecizējums: trešajā."


@rule("10.1")
def test_a_double_click_answers_once_and_a_quicker_colleague_is_read_first(anna: Actor, staff: Actor) -> None:
    ask(anna)
    with begin(SYSTEM) as work:
        colleague = actor(make_person(work, name="Kārlis Kolēģis"), Role.TRAINING)
    form = AnswerForm(question_id=kept()[0].key, answer="Otrajā stāvā.")
    for _ in range(2):
        with begin(staff) as work:
            questions.answer(work, form)
    with pytest.raises(questions.AnsweredMeanwhile), begin(colleague) as work:
        questions.answer(work, form)
    assert len(mails("question_answered")) == 1


@rule("10.1")
def test_the_inbox_shows_what_waits_longest_first_and_from_whom(anna: Actor, staff: Actor, clock: Clock) -> None:
    for who, email in (
        (VISITOR, "viesis@uznemums.example"),
        (anna, "anna@iestade.example"),
        (anna, "cits@iestade.example"),
    ):
        ask(who, email=email)
        clock.advance(hours=1)
    with begin(staff) as work:
        questions.answer(work, AnswerForm(question_id=kept()[2].key, answer="Jā."))
        inbox = questions.inbox(work)
    assert [(row.name, row.email) for row in inbox.waiting] == [
        ("", "viesis@uznemums.example"), ("Anna Paraudziņa", "anna@iestade.example"),
    ]  # fmt: skip
    assert inbox.waiting_count == 2
    assert [(row.email, row.answer, row.last_reply_id > 0) for row in inbox.answered] == [
        ("cits@iestade.example", "Jā.", True)
    ]
    with begin(staff) as work:
        shown = identity.signed_in_person(work)
    assert (shown.answers_questions, shown.questions) == (True, 2)


@rule("10.1")
@pytest.mark.parametrize("role", [None, Role.LECTURER, Role.ACCOUNTANT, Role.PROJECTS, Role.ADMIN, Role.COORDINATOR])
def test_the_inbox_is_for_those_who_answer(anna: Actor, role: Role | None) -> None:
    ask(anna)
    with begin(SYSTEM) as work:
        other = actor(make_person(work), *([role] if role else []))
    for who, refusal in ((other, NotAllowed), (VISITOR, SignInNeeded)):
        with pytest.raises(refusal), begin(who) as work:
            questions.inbox(work)
    with begin(other) as work:
        shown = identity.signed_in_person(work)
    assert (shown.answers_questions, shown.questions) == (False, 0)


@rule("10.1")
def test_a_visitors_answer_promises_no_list(house: House, staff: Actor) -> None:
    ask(VISITOR)
    with begin(staff) as work:
        questions.answer(work, AnswerForm(question_id=kept()[0].key, answer="Jā."))
    (mail,) = mails("question_answered")
    assert (mail.person_id, mail.facts["is_listed"]) == (None, False)


@rule("10.1")
@pytest.mark.parametrize("role", [None, Role.LECTURER, Role.ACCOUNTANT, Role.PROJECTS, Role.ADMIN])
def test_only_training_coordinators_answer(anna: Actor, role: Role | None) -> None:
    ask(anna)
    with begin(SYSTEM) as work:
        other = actor(make_person(work), *([role] if role else []))
    for who, refusal in ((other, NotAllowed), (NOBODY, SignInNeeded)):
        with pytest.raises(refusal), begin(who) as work:
            questions.answer(work, AnswerForm(question_id=kept()[0].key, answer="x"))
    assert not mails("question_answered")


def test_an_unknown_question_and_an_empty_answer_are_refused(anna: Actor, staff: Actor) -> None:
    ask(anna)
    with pytest.raises(NotFound), begin(staff) as work:
        questions.answer(work, AnswerForm(question_id=2**60, answer="x"))
    with pytest.raises(Invalid), begin(staff) as work:
        questions.answer(work, AnswerForm(question_id=kept()[0].key, answer="\u200b"))


@rule("10.1")
def test_nobody_sees_anothers_questions(anna: Actor, staff: Actor) -> None:
    ask(anna)
    with begin(SYSTEM) as work:
        other = actor(make_person(work, name="Uldis Uzbrucējs"))
    assert own(other).questions == []
    assert own(staff).questions == []
    assert own(VISITOR) == Asker()


@rule("1.6")
def test_an_address_that_is_not_verified_is_not_filled_in(house: House) -> None:
    with begin(SYSTEM) as work:
        who = actor(make_person(work, verified=False))
    assert own(who).email == ""


def found(query: str, language: Language = Language.LV) -> list[str]:
    with begin(Actor(language=language)) as work:
        return [one.name for one in questions.help_answers(work, query)]


@rule("10.2")
def test_usual_questions_are_found_by_words_without_diacritics(house: House) -> None:
    assert len(found("")) >= 10
    assert "anketa" in found("SERTIFIKATS")
    assert found("privātpersona") == ["cita-darbavieta"]
    assert "anketa" in found("certificate", Language.EN)
    assert found("zirgs") == []


@rule("10.2")
def test_help_leads_only_to_pages_that_exist(house: House) -> None:
    from mps_app.pages.site_map import PAGES

    with begin(VISITOR) as work:
        addresses = {one.address for one in questions.help_answers(work, "")} - {""}
    assert addresses <= {page.route for page in PAGES}


@rule("10.1")
def test_old_questions_do_not_disappear(anna: Actor, clock: Clock) -> None:
    for _ in range(3):
        ask(anna)
        clock.now += timedelta(days=400)
    assert len(own(anna).questions) == 3
