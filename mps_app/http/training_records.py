"""The training record as a spreadsheet, its certificates as an archive; addresses carry the page's filter (11.5)."""

import zipfile
from tempfile import SpooledTemporaryFile
from typing import IO

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from mps_app.http.base import door, id_in_path, stairs
from mps_app.http.files import hand_out_made
from mps_app.services import training_records
from mps_app.views.training_records import RecordFilter

_IN_MEMORY = 1_000_000


@door
def record(request: Request) -> Response:
    """Hand out the year of those looked for."""
    made: IO[bytes] = SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115  # closed when it has been sent
    with stairs(request, reads=True) as work:
        training_records.export(work, id_in_path(request, "institution_id"), _wanted(request), made)
    return hand_out_made(made, "macibu-uzskaite.xlsx")


@door
def sheets(request: Request) -> Response:
    """Hand out the year's certificates of those looked for; on disk while it is packed, one sheet at a time."""
    made: IO[bytes] = SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115  # closed when it has been sent
    with stairs(request) as work, zipfile.ZipFile(made, "w") as packed:  # PDFs are compressed already
        for name, content in training_records.archive(work, id_in_path(request, "institution_id"), _wanted(request)):
            packed.writestr(name, content)
    return hand_out_made(made, "sertifikati.zip", "application/zip")


def _wanted(request: Request) -> RecordFilter:
    return RecordFilter.read_address(str(request.url))


ROUTES = [
    Route("/iestade/{institution_id}/uzskaite.xlsx", record, methods=["GET"]),
    Route("/iestade/{institution_id}/sertifikati.zip", sheets, methods=["GET"]),
]
