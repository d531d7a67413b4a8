"""Every message in both languages and both forms."""

import re
from html import unescape
from typing import Any

import pytest

from mps_app.core.settings import settings
from mps_app.services.messages.wording import worded
from mps_app.text import catalogue
from tests.marks import rule
from tests.services.messages.samples import FACTS, VARIANTS

HOSTILE = "<script>alert('x')</script> {course} {{ 7 * 7 }} \u202e“Ķ”"
INLINE = re.compile(r"</?(?:a|b|span)\b[^>]*>")
TAG = re.compile(r"<style>.*?</style>|<title>.*?</title>|<[^>]+>", re.DOTALL)


def visible(html: str) -> str:
    """Return what a reader sees of HTML, blanks evened out."""
    return " ".join(unescape(TAG.sub(" ", INLINE.sub("", html))).split())


@rule("17.2")
@pytest.mark.parametrize(("template", "facts"), VARIANTS)
def test_every_message_is_said_in_latvian_and_in_english(template: str, facts: dict[str, Any]) -> None:
    latvian, english = (worded(template, facts, language, to_person=True) for language in ("lv", "en"))
    assert latvian.subject != english.subject
    assert "Labdien!" in latvian.text
    assert "Good day!" in english.text
    for words in (latvian, english):
        assert not re.search(r"\{\w*\}|None|undefined", words.text + words.html.replace("{width", ""))
        assert not re.search(r"<(?:b|p)\b[^>]*>\s*</", words.html)
        assert "\n" not in words.subject
        assert words.subject.strip()


@rule("17.2")
@pytest.mark.parametrize(("template", "facts"), VARIANTS)
def test_no_english_is_left_in_a_latvian_letter(template: str, facts: dict[str, Any]) -> None:
    text = worded(template, facts, "lv", to_person=True).text
    english = {str(found) for found in catalogue("lv") if len(str(found)) > 12 and "{" not in str(found)}
    assert not [sentence for sentence in english if sentence in text]


@rule("4.7")
def test_the_last_day_to_withdraw_is_said_with_its_year() -> None:
    facts = {**FACTS["application_received"], "withdraw_until": "2027-11-16T21:59:00Z"}
    text = worded("application_received", facts, "lv", to_person=True).text
    assert "Atteikties bez maksas var līdz 2027. gada 16.\u00a0novembrim plkst.\u00a023:59." in text


@rule("17.2")
def test_free_training_is_not_said_to_be_paid() -> None:
    facts = {**FACTS["application_received"], "payer_name": "Finanšu ministrija", "price_cents": 0}
    text = worded("application_received", facts, "lv", to_person=True).text
    assert "Maksās: Finanšu ministrija\nCena: Bez maksas" in text


@rule("4.4")
@pytest.mark.parametrize("template", ["application_cancelled", "offer_expired", "group_cancelled"])
def test_what_has_ended_leads_to_ones_applications_and_says_so(template: str) -> None:
    assert "Atvērt savus pieteikumus" in worded(template, FACTS[template], "lv", to_person=True).text


@rule("11.6", "17.2")
def test_the_morning_on_which_places_are_given_back_is_said_in_its_case() -> None:
    text = worded("reserved_places", FACTS["reserved_places"], "lv", to_person=True).text
    assert "20.\u00a0oktobra rītā tās tiks atbrīvotas" in text


@rule("16.5")
@pytest.mark.parametrize(("template", "facts"), VARIANTS)
def test_the_twins_tell_the_same(template: str, facts: dict[str, Any]) -> None:
    words = worded(template, facts, "lv", to_person=True)
    seen = visible(words.html)
    lines = {" ".join(line.split()) for line in words.text.splitlines() if line.strip() and "http" not in line}
    for line in lines - {"--", f"MPS, {settings().school_name}"}:
        said = line if line in seen else re.sub(r"^([^:]+): ", r"\1 ", line)
        assert said in seen or said.rstrip(":.") in seen, line


@rule("16.5")
@pytest.mark.parametrize("template", FACTS)
def test_what_people_typed_stays_text(template: str) -> None:
    words = worded(template, hostile(FACTS[template]), "lv", to_person=True)
    assert "<script" not in words.html
    assert "49" not in words.text.replace("7 * 7", "")
    assert (HOSTILE in words.text) == (HOSTILE in unescape(words.html))


def hostile(facts: Any) -> Any:
    """Return the facts with every free text replaced."""
    free = {"course_title", "title", "place", "payer_name", "person_name", "reason", "bring_text", "name", "applied_by"}
    if isinstance(facts, dict):
        return {key: HOSTILE if key in free else hostile(value) for key, value in facts.items()}
    return [hostile(one) for one in facts] if isinstance(facts, list) else facts


@rule("16.5")
def test_an_address_to_join_is_a_link_only_when_it_leads_to_the_web() -> None:
    sessions = [{**FACTS["group_confirmed"]["sessions"][0], "online_url": "javascript:alert(1)"}]
    words = worded("group_confirmed", {**FACTS["group_confirmed"], "sessions": sessions}, "lv", to_person=True)
    assert "javascript" not in words.html + words.text


@rule("5.3")
def test_a_change_says_what_was_and_what_is_now() -> None:
    text = worded("group_changed", FACTS["group_changed"], "lv", to_person=True).text
    assert "Iepriekš: Otrdiena, 3.\u00a0novembris, 09:30–15:00. Raiņa bulvāris 4, Rīga, 205. telpa" in text
    assert "Tagad: Otrdiena, 3.\u00a0novembris, 09:30–15:00. Brīvības iela 1" in text
    assert "Atcelta: Trešdiena, 4.\u00a0novembris, 09:30–15:00" in text
    assert "Iemesls: Telpa ir slēgta" in text


@rule("4.6")
def test_an_offer_names_its_deadline_by_riga_clocks() -> None:
    offer = FACTS["place_offered"]
    winter = {**offer, "expires_at": "2026-10-25T01:30:00Z"}  # the hour after the clocks went back
    summer = {**offer, "expires_at": "2026-10-25T00:30:00Z"}
    for facts in (winter, summer):
        assert "līdz 25.\u00a0oktobrim plkst.\u00a003:30" in worded("place_offered", facts, "lv", to_person=True).text


@rule("4.4")
@pytest.mark.parametrize(
    ("outcome", "said"),
    [
        ("registered", "Jums ir vieta grupā."),
        ("pending_approval", "Pieteikums stāsies spēkā, kad to saskaņos Jūsu iestādes koordinators"),
        ("waitlisted", "Jūsu vieta rindā: 4."),
        ("waiting", "Grupa vēl nav ieplānota."),
    ],
)
def test_the_confirmation_says_what_came_of_the_application(outcome: str, said: str) -> None:
    facts = {**FACTS["application_received"], "outcome": outcome, "position": 4}
    assert said in worded("application_received", facts, "lv", to_person=True).text


@rule("4.4", "5.2")
@pytest.mark.parametrize(
    ("template", "more"),
    [("application_received", {"outcome": "registered"}), ("application_decided", {"decision": "approved"})],
)
def test_who_joins_a_confirmed_group_is_not_told_that_it_will_be(template: str, more: dict[str, str]) -> None:
    facts = {**FACTS[template], **more}
    before = worded(template, facts, "lv", to_person=True)
    assert "Kad grupa būs apstiprināta" in before.text
    after = worded(template, facts | {"is_confirmed": True}, "lv", to_person=True)
    assert "rupa jau ir apstiprināta" in after.text
    assert "Kad grupa būs apstiprināta" not in after.text + after.html


@rule("16.5")
def test_the_look_is_the_design_and_needs_nothing_from_elsewhere() -> None:
    html = worded("group_confirmed", FACTS["group_confirmed"], "lv", to_person=True).html
    for part in ('width="600"', "border-top:4px solid #9B2335", "background:#F2EFE8", 'content="light dark"'):
        assert part in html
    assert "display:none;max-height:0" in html
    assert not re.search(r"<img|<link|url\(|@import|<script", html)
