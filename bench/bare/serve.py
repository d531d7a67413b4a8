"""Serves a Reflex app with one number as the real one is served: what the framework alone costs."""  # noqa: INP001  # found from its own folder

import os
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent


def main() -> None:
    """Serve until asked to end."""
    os.environ.update(
        REFLEX_OPLOCK_ENABLED="true",
        REFLEX_TELEMETRY_ENABLED="false",
        REFLEX_CHECK_LATEST_VERSION="false",
        REFLEX_WEB_WORKDIR=tempfile.mkdtemp(prefix="bare-"),
        GRANIAN_WORKERS="1",
        PYTHONPATH=str(HERE),
    )
    sys.path.insert(0, str(HERE))
    os.chdir(HERE)
    from reflex.utils.exec import run_backend_prod
    from reflex_base import constants
    from reflex_base.environment import environment

    environment.REFLEX_ENV_MODE.set(constants.Env.PROD)
    environment.REFLEX_SKIP_COMPILE.set(True)
    run_backend_prod("127.0.0.1", int(os.environ["MPS_PORT"]), constants.LogLevel.WARNING)


if __name__ == "__main__":
    main()
