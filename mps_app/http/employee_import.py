"""Lists of employees over plain HTTP: taken in up to a size, and the rows that can't be used handed out (11.2).

Not through the page's socket: a list may be large, and what is too large is thrown away while it comes in.
"""

from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from mps_app.core.errors import DomainError
from mps_app.core.ids import id_of
from mps_app.http.base import connection, door, refused, stairs
from mps_app.http.files import disposition
from mps_app.http.uploads import TooLarge, TooSlow, file_of, form_of
from mps_app.services import employees

PAGE = "/iestade/darbinieki/imports"
_LARGEST = employees.LARGEST_MEGABYTES * 1024 * 1024
_PATIENCE = 20  # a coordinator may well choose the wrong, larger file
_DONE, _LED_AWAY = 204, 303


@dataclass(frozen=True, slots=True)
class _Sent:
    """What the form carried, or why it can't be taken; without content when it was no form at all."""

    institution_id: int = 0
    file_name: str = ""
    content: bytes = b""
    refusal: DomainError | None = None


@door
def _may_load(request: Request) -> Response:
    """Answer whether whoever asks may load a list anywhere, and count it: before anything of it is taken in."""
    with stairs(request) as work:
        employees.may_load(work, next(iter(sorted(work.actor.institution_ids)), 0))
    return Response(status_code=_DONE)


async def load(request: Request) -> Response:
    """Take a list, keep it sealed, and lead to its preview."""
    answer = await run_in_threadpool(_may_load, request)
    if answer.status_code == _LED_AWAY:  # after signing in one chooses the file anew
        return RedirectResponse(f"/pieslegties?uz={quote(PAGE, safe='')}", status_code=_LED_AWAY)
    if answer.status_code != _DONE:
        return answer
    request.state.sent = await _taken(request)
    return await run_in_threadpool(_staged, request)


@door
def _staged(request: Request) -> Response:
    sent: _Sent = request.state.sent
    try:
        if sent.refusal:
            raise sent.refusal
        table = employees.read_list(sent.content, connection(request).language)
        with stairs(request) as work:
            import_id = employees.stage_import(work, sent.institution_id, sent.file_name, table)
    except (employees.ListRefused, TooSlow) as refusal:
        return refused(request, refusal, again=PAGE)
    return RedirectResponse(f"{PAGE}?saraksts={import_id}&iestade={sent.institution_id}", status_code=_LED_AWAY)


async def _taken(request: Request) -> _Sent:
    """Read the form of one list: a file, or what was pasted."""
    try:
        form = await form_of(request, _LARGEST, fields=3, patience=_PATIENCE)
    except TooLarge:
        return _Sent(refusal=employees.ListTooLarge())
    except TooSlow as refusal:
        return _Sent(refusal=refusal)
    file_name, content = await file_of(form, "fails")
    pasted = str(form.get("teksts") or "").encode("utf-8", "replace")
    return _Sent(id_of(form.get("iestade")), file_name, content if file_name else pasted)


@door
def bad_rows(request: Request) -> Response:
    """Hand out the rows of a list that can't be used."""
    with stairs(request) as work:
        rows = employees.bad_rows(work, id_of(request.path_params["import_id"]))
    headers = {"Cache-Control": "no-store", "Content-Disposition": disposition("labojamas-rindas.csv")}
    return Response(f"\ufeff{rows}", media_type="text/csv; charset=utf-8", headers=headers)


ROUTES: list[Any] = [
    Route(f"{PAGE}/fails", load, methods=["POST"]),
    Route(f"{PAGE}/{{import_id}}/kludainas.csv", bad_rows, methods=["GET"]),
]
