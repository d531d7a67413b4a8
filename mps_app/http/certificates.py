"""Certificates over plain HTTP: sheets, all of one's own at once, badges, comparing a file (2.4, 7.5)."""

from tempfile import SpooledTemporaryFile
from typing import IO
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from mps_app.core.errors import DomainError
from mps_app.http.base import connection, door, id_in_path, refused, stairs
from mps_app.http.files import disposition, pieces
from mps_app.http.uploads import TooLarge, TooSlow, file_of, form_of
from mps_app.http.words_page import plain_page
from mps_app.services import certificates
from mps_app.text import N_

LARGEST_MEGABYTES = 5
_LARGEST = LARGEST_MEGABYTES * 1024 * 1024
_PATIENCE = 3  # times the largest file are taken in from anyone
_IN_MEMORY = 4 * 1024 * 1024
_LONGEST_CODE = 64
_GO_ON = 204
_PUBLIC = {"Cache-Control": "public, max-age=3600", "Access-Control-Allow-Origin": "*"}  # any verifier may read them
_OWN = {"Cache-Control": "private, no-store", "X-Robots-Tag": "noindex"}


class NoPdf(DomainError):
    """What was sent is too large or no PDF."""

    code = "no_pdf"
    message = N_("Choose a PDF file of at most {megabytes} MB.")
    status = 422


@door
def sheet(request: Request) -> Response:
    """Hand out one certificate."""
    with stairs(request) as work:
        found = certificates.sheet(work, id_in_path(request, "certificate_id"))
    return Response(found.content, media_type="application/pdf", headers=_named(found.name))


@door
def all_sheets(request: Request) -> Response:
    """Hand out every certificate of one's own as one archive."""
    archive: IO[bytes] = SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115  # closed when it has been sent
    with stairs(request) as work:
        certificates.pack_mine(work, archive)
    return StreamingResponse(pieces(archive), media_type="application/zip", headers=_named("sertifikati.zip"))


@door
def badge(request: Request) -> Response:
    """Hand out the Open Badge of one certificate of one's own."""
    with stairs(request) as work:
        name, token = certificates.badge(work, id_in_path(request, "certificate_id"))
    return Response(token, media_type="application/vc+jwt", headers=_named(name))


@door
def badge_keys(request: Request) -> Response:
    """Publish the keys by which badges are verified (RFC 7517)."""
    with stairs(request) as work:
        return JSONResponse(certificates.badge_keys(work), media_type="application/jwk-set+json", headers=_PUBLIC)


@door
def badge_issuer(request: Request) -> Response:
    """Say who issues badges."""
    with stairs(request) as work:
        return JSONResponse(certificates.issuer(work), media_type="application/ld+json", headers=_PUBLIC)


async def compare(request: Request) -> Response:
    """Take a file up to a size, and say whether it is a sheet that was issued; it is kept nowhere.

    Origin and rate are asked first: nothing of a file that is refused is read.
    """
    asked = await run_in_threadpool(_asked, request)
    if asked.status_code != _GO_ON:
        return asked
    request.state.taken = await _taken(request)
    return await run_in_threadpool(_compared, request)


@door
def _asked(request: Request) -> Response:
    with stairs(request) as work:
        certificates.expect_file(work)
    return Response(status_code=_GO_ON)


@door
def _compared(request: Request) -> Response:
    content, code = request.state.taken
    if isinstance(content, DomainError):
        again = f"/parbaude/{quote(code, safe='')}" if code else "/parbaude"
        return refused(request, content, again=again)
    with stairs(request) as work:
        answer = certificates.compare(work, content, code)
    said = plain_page("file_check.html", connection(request).language, answer=answer)
    return HTMLResponse(said, headers={"Cache-Control": "no-store", "X-Robots-Tag": "noindex"})


async def _taken(request: Request) -> tuple[bytes | DomainError, str]:
    """Read the form of one file and one code; in the file's place, why it can't be taken."""
    no_pdf = NoPdf(megabytes=LARGEST_MEGABYTES)
    try:
        form = await form_of(request, _LARGEST, fields=1, patience=_PATIENCE)
    except TooLarge:
        return no_pdf, ""
    except TooSlow as refusal:
        return refusal, ""
    _name, content = await file_of(form, "fails")
    is_pdf = content.startswith(b"%PDF-") and len(content) <= _LARGEST
    return content if is_pdf else no_pdf, str(form.get("kods") or "")[:_LONGEST_CODE]


def _named(name: str) -> dict[str, str]:
    return {**_OWN, "Content-Disposition": disposition(name)}


ROUTES = [
    Route("/sertifikati/visi.zip", all_sheets, methods=["GET"]),
    Route("/sertifikati/{certificate_id}.pdf", sheet, methods=["GET"]),
    Route("/sertifikati/{certificate_id}/nozime", badge, methods=["GET"]),
    Route("/parbaude/fails", compare, methods=["POST"]),
    Route("/openbadges/jwks.json", badge_keys, methods=["GET"]),
    Route("/openbadges/issuer", badge_issuer, methods=["GET"]),
]
