"""Ends the process groups named on its standard input once that input closes.

The supervisor holds the other end: however it ends, even by ``kill -9``, the pipe closes
and nothing it started is left behind. Runs alone (``python -I -S``), so it imports nothing of ours.
"""

import contextlib
import os
import signal
import sys
import time

GRACE_SECONDS = 6.0


def main() -> None:
    """Remember groups line by line (``+pid signal``, ``-pid``), then end what remains."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    watched: dict[int, int] = {}
    for line in sys.stdin:
        pid, _, stop_signal = line[1:].partition(" ")
        if line.startswith("+"):
            watched[int(pid)] = int(stop_signal)
        else:
            watched.pop(int(pid), None)
    _end(watched)


def _end(watched: dict[int, int]) -> None:
    for leader, stop_signal in watched.items():
        with contextlib.suppress(OSError):
            os.kill(leader, stop_signal)
    deadline = time.monotonic() + GRACE_SECONDS
    while any(_lives(leader) for leader in watched) and time.monotonic() < deadline:
        time.sleep(0.05)
    for leader in watched:
        with contextlib.suppress(OSError):
            os.killpg(leader, signal.SIGKILL)


def _lives(pid: int) -> bool:
    try:
        os.killpg(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


if __name__ == "__main__":
    main()
