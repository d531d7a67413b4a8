"""``make bench``: every measure after the other, each a table; about ten minutes on two quiet cores."""

import os
import platform
import subprocess
import sys
from importlib import import_module

MEASURES = (
    "catalogue", "rosters", "registrations", "enrolment", "employee_import", "date_scale", "certificates", "system",
)  # fmt: skip


def main() -> int:
    """Name the machine, then measure, each in a process of its own: none leaves the next its settings or its memory."""
    load = os.getloadavg()[0]
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, load before {load:.1f}\n")
    failed = False
    for name in MEASURES:
        print(f"### {(import_module(f'bench.{name}').__doc__ or '').splitlines()[0]}\n", flush=True)
        failed |= subprocess.run([sys.executable, "-m", f"bench.{name}"], check=False).returncode != 0
        print(flush=True)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
