"""Sessions for one's calendar (6.2): the personal feed by its unguessable address, single sessions by the session."""

from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from mps_app.core.errors import NotFound
from mps_app.core.work import Work
from mps_app.http.base import Door, door, id_in_path, stairs
from mps_app.services import my_training

_LONGEST_TOKEN = 64


@door
def feed(request: Request) -> Response:
    """Answer a calendar program, which carries no session; most often: nothing has changed."""
    token: str = request.path_params["token"]
    if len(token) > _LONGEST_TOKEN or not token.isascii():
        raise NotFound
    with stairs(request) as work:
        found = my_training.feed_of(work, token, request.headers.get("if-none-match", "").strip('W/"'))
    # Nobody between us and the program keeps it, and no search engine lists it.
    headers = {"ETag": f'"{found.mark}"', "Cache-Control": "private, no-cache", "X-Robots-Tag": "noindex"}
    if found.text is None:
        return Response(status_code=304, headers=headers)
    return Response(found.text, media_type="text/calendar; charset=utf-8", headers=headers)


def _file(service: Callable[[Work, int], bytes], name: str) -> Door:
    @door
    def file(request: Request) -> Response:
        with stairs(request) as work:
            text = service(work, id_in_path(request, "number"))
        headers = {"Content-Disposition": f'attachment; filename="{name}.ics"', "Cache-Control": "no-store"}
        return Response(text, media_type="text/calendar; charset=utf-8", headers=headers)

    return file


@door
def join(request: Request) -> Response:
    """Lead into the online room if it is open at this moment; its address is in no page."""
    with stairs(request) as work:
        address = my_training.online_room(work, id_in_path(request, "number"))
    return RedirectResponse(
        address, status_code=303, headers={"Cache-Control": "no-store", "Referrer-Policy": "no-referrer"}
    )


ROUTES = [
    Route("/kalendars/{token}.ics", feed, methods=["GET"]),
    Route("/nodarbiba/{number}.ics", _file(my_training.session_calendar, "nodarbiba"), methods=["GET"]),
    Route("/nodarbiba/{number}/pievienoties", join, methods=["GET"]),
    Route("/grupa/{number}.ics", _file(my_training.group_calendar, "grupa"), methods=["GET"]),
]
