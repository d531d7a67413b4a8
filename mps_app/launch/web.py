"""Serves the built system on one port: pages, event socket and our own routes."""

import os
import sys

from mps_app.core.settings import settings
from mps_app.launch.frontend import fingerprint, web_directory

STORE_CONNECTIONS = 8  # of each worker, enough for hundreds of people; without a limit a rush opens one for each
LARGEST_EVENT = 64 * 1024  # bytes; files come over HTTP, and the longest form is a questionnaire's


def main(content: str) -> None:
    """Serve the build named, until asked to end; the workers are forked from one loaded app and share its memory.

    A browser holds one websocket (there is no polling), so it stays with one worker and no proxy need see to that.
    """
    configuration = settings()
    os.environ.update(
        REFLEX_WEB_WORKDIR=str(web_directory(content, configuration.port)),
        REFLEX_OPLOCK_ENABLED="true",
        REFLEX_REDIS_MAX_CONNECTIONS=str(STORE_CONNECTIONS),
        REFLEX_SOCKET_MAX_HTTP_BUFFER_SIZE=str(LARGEST_EVENT),
        REFLEX_TELEMETRY_ENABLED="false",
        REFLEX_CHECK_LATEST_VERSION="false",
        GRANIAN_WORKERS=str(configuration.web_workers),
    )
    from reflex.utils.exec import run_backend_prod
    from reflex_base import constants
    from reflex_base.environment import environment

    environment.REFLEX_ENV_MODE.set(constants.Env.PROD)
    environment.REFLEX_SKIP_COMPILE.set(True)
    run_backend_prod(
        configuration.host, configuration.port, constants.LogLevel.WARNING, mount_frontend_compiled_app=True
    )


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else fingerprint())
