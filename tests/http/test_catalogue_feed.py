"""The public catalogue as other programs read it over HTTP (3.6); the restricted is not there (3.5)."""

from datetime import timedelta

import httpx
import vobject

from mps_app.core.actor import SYSTEM
from mps_app.core.work import begin
from mps_app.services import catalogue
from tests.conftest import Clock
from tests.factories import make_course, make_group, make_institution, make_room, make_session
from tests.marks import rule

SEEN, HIDDEN = "Līgumi; „pēdiņas”, komati", "Slēptais kurss"


def fill(count: int = 1) -> None:
    with begin(SYSTEM) as work:
        secret = make_course(work, title=HIDDEN, code="SLEP-01", audience=[make_institution(work)])
        make_session(work, make_group(work, secret))
        for number in range(count):
            course = make_course(work, title=SEEN, code=f"IEP-{number}")
            make_session(work, make_group(work, course), room=make_room(work, city="Rīga"))


@rule("3.6")
def test_courses_come_in_pages_of_json_that_lead_on(browser: httpx.Client) -> None:
    fill(101)
    first = browser.get("/katalogs.json").json()
    assert (first["total"], len(first["courses"])) == (101, 100)
    rest = browser.get(first["next"])
    assert (len(rest.json()["courses"]), rest.json()["next"]) == (1, None)
    assert HIDDEN not in rest.text


@rule("3.6")
def test_the_feed_takes_the_same_filters_and_bears_nonsense(browser: httpx.Client) -> None:
    fill()
    assert browser.get("/katalogs.json?q=ligum&karto=price").json()["total"] == 1
    assert browser.get("/katalogs.json?q=nekas").json()["total"] == 0
    for day in ("0001-01-01", "9999-12-31"):
        assert browser.get(f"/katalogs.json?no={day}").json()["total"] == 1
        assert browser.get(f"/katalogs.json?lidz={day}").json()["total"] == 1
    assert browser.get("/katalogs.json?lapa=-1&no=x&temats=%00&self=1").status_code == 200


@rule("3.6")
def test_an_independent_reader_understands_the_calendar(browser: httpx.Client) -> None:
    fill()
    answer = browser.get("/katalogs.ics")
    assert answer.headers["content-type"].startswith("text/calendar")
    calendar = vobject.readOne(answer.text)
    (event,) = calendar.vevent_list
    assert (event.summary.value, event.url.value.rsplit("/", 1)[1]) == (SEEN, "IEP-0")
    assert "Rīga" in event.location.value
    assert event.dtend.value > event.dtstart.value
    assert event.dtstart.value.utcoffset() == timedelta()
    assert event.transp.value == "TRANSPARENT"  # nobody is busy for having subscribed
    assert calendar.contents["refresh-interval"][0].value == "PT6H"


@rule("3.6")
def test_the_calendar_is_written_once_until_something_changes(browser: httpx.Client, clock: Clock) -> None:
    def events() -> tuple[int, str]:
        said = browser.get("/katalogs.ics").text
        return said.count("BEGIN:VEVENT"), said

    fill()
    count, first = events()
    clock.advance(minutes=1)
    assert (count, events()) == (1, (1, first))
    with begin(SYSTEM) as work:
        course = make_course(work, title="Jauns", code="JAUNS")
        make_session(work, make_group(work, course))
        catalogue.touched(work, [course.key])
    count, second = events()
    assert count == 2
    clock.advance(minutes=6)
    assert events()[1] != second  # what ended meanwhile goes, although nobody changed anything


@rule("3.5")
def test_a_hidden_course_has_no_data_like_one_that_is_not(browser: httpx.Client) -> None:
    fill()
    there, hidden, nowhere = (browser.get(f"/kurss/{code}.jsonld") for code in ("IEP-0", "SLEP-01", "NAV"))
    assert browser.get("/kurss/%00.jsonld").status_code == 404
    assert (there.status_code, there.json()["name"]) == (200, SEEN)
    assert there.headers["content-type"] == "application/ld+json"
    assert (hidden.status_code, hidden.text, nowhere.status_code) == (404, nowhere.text, 404)
