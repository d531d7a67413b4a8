"""The files of courses (9.1): by number alone, so that no name and no path can be played with."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from mps_app.http.base import door, id_in_path, stairs
from mps_app.http.files import hand_out
from mps_app.services import materials


@door
def material_file(request: Request) -> Response:
    """Hand out the file of a material to those who may have it."""
    with stairs(request) as work:
        file = materials.file_to_read(work, id_in_path(request, "material_id"))
        files = work.tools.files
    return hand_out(request, files, file)


ROUTES = [Route("/materiali/{material_id}", material_file, methods=["GET"])]
