"""``make check``: everything that can be known without running the system, side by side, in under a minute."""

import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

BIN = Path(sys.executable).parent
CHECKS = {
    "form": [BIN / "ruff", "format", "--check", "."],
    "lint": [BIN / "ruff", "check", "."],
    "types": [BIN / "mypy"],
    "floors": [BIN / "lint-imports"],
    "architecture, migrations": [sys.executable, "-m", "pytest", "-q", "tests/architecture", "tests/migrations"],
}


def main() -> int:
    """Run all of them, say how each went, and show what the failed ones said."""
    began = time.monotonic()
    with ThreadPoolExecutor(max_workers=2) as pool:
        codes = list(pool.map(_run, CHECKS))
    print(f"check: {'failed' if any(codes) else 'passed'} in {time.monotonic() - began:.0f} s")
    return int(any(codes))


def _run(name: str) -> int:
    began = time.monotonic()
    done = subprocess.run(CHECKS[name], capture_output=True, text=True, check=False)
    said = f"\n{done.stdout}{done.stderr}" if done.returncode else ""
    print(f"{'failed' if done.returncode else 'passed'}  {name} ({time.monotonic() - began:.0f} s){said}", flush=True)
    return done.returncode


if __name__ == "__main__":
    sys.exit(main())
