"""The training record as a spreadsheet, its certificates as an archive; addresses carry the page's filter (11.5)."""

import zipfile
from collections.abc import Iterator
from tempfile import SpooledTemporaryFile
from typing import IO

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from mps_app.http.base import door, id_in_path, stairs
from mps_app.http.files import disposition
from mps_app.services import training_records
from mps_app.views.training_records import RecordFilter

_IN_MEMORY = 1_000_000
_CHUNK = 256 * 1024
_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@door
def record(request: Request) -> Response:
    """Hand out the year of those looked for."""
    made: IO[bytes] = SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115  # closed when it has been sent
    with stairs(request, reads=True) as work:
        training_records.export(work, id_in_path(request, "institution_id"), _wanted(request), made)
    return _handed_out(made, "macibu-uzskaite.xlsx", _SHEET)


@door
def sheets(request: Request) -> Response:
    """Hand out the year's certificates of those looked for; on disk while it is packed, one sheet at a time."""
    made: IO[bytes] = SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115  # closed when it has been sent
    with stairs(request) as work, zipfile.ZipFile(made, "w") as packed:  # PDFs are compressed already
        for name, content in training_records.archive(work, id_in_path(request, "institution_id"), _wanted(request)):
            packed.writestr(name, content)
    return _handed_out(made, "sertifikati.zip", "application/zip")


def _wanted(request: Request) -> RecordFilter:
    return RecordFilter.read_address(str(request.url))


def _handed_out(made: IO[bytes], name: str, kind: str) -> Response:
    made.seek(0, 2)
    headers = {
        "Cache-Control": "private, no-store",
        "Content-Disposition": disposition(name),
        "Content-Length": str(made.tell()),
    }
    return StreamingResponse(_pieces(made), headers=headers, media_type=kind)


def _pieces(made: IO[bytes]) -> Iterator[bytes]:
    with made:
        made.seek(0)
        while piece := made.read(_CHUNK):
            yield piece


ROUTES = [
    Route("/iestade/{institution_id}/uzskaite.xlsx", record, methods=["GET"]),
    Route("/iestade/{institution_id}/sertifikati.zip", sheets, methods=["GET"]),
]
