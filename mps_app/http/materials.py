"""The files of courses (9.1): by number alone, so that no name and no path can be played with."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from mps_app.core.errors import NotFound
from mps_app.http.base import door, stairs
from mps_app.http.files import hand_out
from mps_app.services import materials

_LONGEST_NUMBER = 18


@door
def material_file(request: Request) -> Response:
    """Hand out the file of a material to those who may have it."""
    asked: str = request.path_params["material_id"]
    if not (asked.isascii() and asked.isdecimal()) or asked.startswith("0") or len(asked) > _LONGEST_NUMBER:
        raise NotFound
    with stairs(request) as work:
        file = materials.file_to_read(work, int(asked))
        files = work.tools.files
    return hand_out(request, files, file)


ROUTES = [Route("/materiali/{material_id}", material_file, methods=["GET"])]
