"""The public catalogue for other programs (3.6): JSON, iCalendar, and schema.org data of each course."""

import json

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from mps_app.core.calendars import Entry, published
from mps_app.core.errors import NotFound
from mps_app.core.settings import settings
from mps_app.core.work import Work
from mps_app.http.base import door, public_stairs
from mps_app.services import catalogue
from mps_app.text import N_, say
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
    entries = (
        Entry(
            uid=session.uid,
            sequence=session.sequence,
            stamped_at=work.now,
            starts_at=session.starts_at,
            ends_at=session.ends_at,
            summary=session.title,
            url=session.address,
            place=session.place,
            is_busy=False,  # who follows the catalogue takes part in nothing yet
        )
        for session in catalogue.session_feed(work)
    )
    return published(say(work.language, N_("Training catalogue")), entries, hours=6)


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
