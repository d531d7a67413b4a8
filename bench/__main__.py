"""``make bench``: every measure after the other, each a table; about ten minutes on two quiet cores."""

import os
import platform

from bench import catalogue, certificates, date_scale, employee_import, enrolment, registrations, rosters, system


def main() -> None:
    """Name the machine, then measure."""
    load = os.getloadavg()[0]
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, load before {load:.1f}\n")
    for measure in (catalogue, rosters, registrations, enrolment, employee_import, date_scale, certificates, system):
        print(f"### {(measure.__doc__ or '').splitlines()[0]}\n", flush=True)
        measure.main()
        print(flush=True)


if __name__ == "__main__":
    main()
