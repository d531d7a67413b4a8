"""The public catalogue for other programs (3.6): JSON, iCalendar, and schema.org data of each course."""

import json
from datetime import UTC

from icalendar import Calendar, Event
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from mps_app.core.errors import NotFound
from mps_app.core.settings import settings
from mps_app.core.work import Work
from mps_app.http.base import door, public_stairs
from mps_app.services import catalogue
from mps_app.text import N_, say
from mps_app.views.catalogue import FeedSession
from mps_app.views.catalogue_filter import CatalogueFilter

_A_WHILE = {"Cache-Control": "public, max-age=300", "Access-Control-Allow-Origin": "*"}
_written: dict[str, bytes] = {}  # writing hundreds of sessions takes a tenth of a second


@door
def courses_json(request: Request) -> Response:
    """Answer one page of the public courses, filtered by the same address parameters as the screen."""
    wanted = CatalogueFilter.from_address(request.query_params)
    with public_stairs() as work:
        feed = catalogue.course_feed(work, wanted)
    address = f"{settings().address}/katalogs.json"
    following = wanted.changed(page=feed.next_page).address(address) if feed.next_page else None
    answer = feed.model_dump(mode="json", exclude={"next_page"}) | {"next": following}
    return JSONResponse(answer, headers=_A_WHILE)


@door
def sessions_calendar(_request: Request) -> Response:
    """Answer the coming sessions of public groups as a calendar to subscribe to."""
    with public_stairs() as work:
        mark = catalogue.session_feed_mark(work)
        written = (mark and _written.get(mark)) or _calendar(work)
    _written.clear()  # one is kept, the newest: it is the same for everybody
    _written[mark] = written
    return Response(written, media_type="text/calendar; charset=utf-8", headers=_A_WHILE)


def _calendar(work: Work) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", "-//MPS//catalogue//LV")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", say(work.language, N_("Training catalogue")))
    calendar.add("refresh-interval;value=duration", "PT6H")
    for session in catalogue.session_feed(work):
        event = _event(session)
        event.add("dtstamp", work.now.astimezone(UTC))
        calendar.add_component(event)
    written: bytes = calendar.to_ical()
    return written


def _event(session: FeedSession) -> Event:
    event = Event()
    event.add("uid", session.uid)
    event.add("sequence", session.sequence)
    event.add("summary", session.title)
    event.add("dtstart", session.starts_at.astimezone(UTC))
    event.add("dtend", session.ends_at.astimezone(UTC))
    event.add("url", session.address)
    if session.place:
        event.add("location", session.place)
    return event


@door
def course_data(request: Request) -> Response:
    """Answer a public course in schema.org's words; any other code is unknown, whoever asks (3.5)."""
    try:
        with public_stairs() as work:
            data = catalogue.course_as_data(work, request.path_params["code"])
    except NotFound as refusal:
        return JSONResponse({"error": refusal.code}, status_code=refusal.status)
    body = json.dumps(data, ensure_ascii=False).encode()
    return Response(body, media_type="application/ld+json", headers=_A_WHILE)


ROUTES: list[BaseRoute] = [
    Route("/katalogs.json", courses_json),
    Route("/katalogs.ics", sessions_calendar),
    Route("/kurss/{code}.jsonld", course_data),
]
