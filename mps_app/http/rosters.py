"""The roster as a spreadsheet: the address carries the same filter as the page (11.4)."""

from tempfile import SpooledTemporaryFile
from typing import IO

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from mps_app.http.base import door, id_in_path, stairs
from mps_app.http.files import hand_out_made
from mps_app.services import rosters
from mps_app.views.roster_filter import RosterFilter

_IN_MEMORY = 1_000_000


@door
def employees(request: Request) -> Response:
    """Hand out the employees found, or with ``viss`` all of them; whoever does not coordinate there is refused."""
    institution_id = id_in_path(request, "institution_id")
    wanted = RosterFilter.from_address(request.query_params)
    made: IO[bytes] = SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115  # closed when it has been sent
    with stairs(request, reads=True) as work:
        is_whole = request.query_params.get("viss") == "1"
        rosters.export(work, institution_id, wanted, made, whole=is_whole)
    return hand_out_made(made, "darbinieki.xlsx")


ROUTES = [Route("/iestade/{institution_id}/darbinieki.xlsx", employees, methods=["GET"])]
