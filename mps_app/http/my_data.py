"""The download of one's own data (2.6)."""

from tempfile import SpooledTemporaryFile
from typing import IO

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from mps_app.http.base import door, stairs
from mps_app.http.files import hand_out_made
from mps_app.services import my_data

_IN_MEMORY = 4_000_000


@door
def own_data(request: Request) -> Response:
    """Hand out everything kept about whoever asks."""
    made: IO[bytes] = SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115  # closed when it has been sent
    with stairs(request) as work:
        my_data.export(work, made)
    return hand_out_made(made, "mani-dati.zip", "application/zip")


ROUTES = [Route("/profils/mani-dati.zip", own_data, methods=["GET"])]
