"""Chromium for the tests: the system's, else installed from its packages, else Playwright's; never skipped."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.running import once_per_run

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MAC = Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")
# Chromium draws the suggestions of each window's address bar as pages of its own, seen or not, and that takes longer
# than most of our pages. Of several such lists the last counts; so what Playwright disables stands here again.
DISABLED = (
    "WebUIOmniboxPopup", "WebUIOmniboxAimPopup", "AvoidUnnecessaryBeforeUnloadCheckSync", "DestroyProfileOnBrowserClose",
    "HttpsUpgrades", "HttpsFirstBalancedModeAutoEnable", "LensOverlay", "MediaRouter", "PaintHolding",
    "ThirdPartyStoragePartitioning", "AvoidCorsURLLoaderRestartOnRedirect", "OptimizationHints",
    "NetworkTimeServiceQuerying", "AimEnabled", "PreconnectToSearch",
)  # fmt: skip
ARGUMENTS = ["--no-sandbox", f"--disable-features={','.join(DISABLED)}"]
APT = ["apt-get", "install", "-y", "--no-install-recommends", "chromium"]


class NoBrowser(RuntimeError):
    """No Chromium could be had; the reasons are in the message."""


def chromium() -> str:
    """Return the path of a Chromium; install one if there is none; raises ``NoBrowser`` with the reasons."""
    with once_per_run("chromium"):
        reasons: list[str] = []
        for attempt in (_from_system, _from_packages, _from_playwright):
            found = attempt(reasons)
            if found is not None:
                return found
    message = "browser tests need Chromium:\n- " + "\n- ".join(reasons)
    raise NoBrowser(message)


def _from_system(reasons: list[str]) -> str | None:
    named = os.environ.get("MPS_TEST_CHROMIUM")
    found = named or next(filter(None, map(shutil.which, NAMES)), None) or (str(MAC) if MAC.exists() else None)
    if found is None:
        reasons.append(f"none of {', '.join(NAMES)} is on the path")
    return found


def _from_packages(reasons: list[str]) -> str | None:
    if shutil.which("apt-get") is None:
        reasons.append("this system has no apt-get")
        return None
    prefix = [] if os.geteuid() == 0 else ["sudo", "-n"]
    for command in (["apt-get", "update", "-qq"], APT):
        done = subprocess.run([*prefix, *command], capture_output=True, text=True, check=False)
        if done.returncode != 0:
            reasons.append(f"{' '.join([*prefix, *command])}: {done.stderr.strip()[-300:]}")
            return None
    return shutil.which("chromium")


def _from_playwright(reasons: list[str]) -> str | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    if Path(path).exists():
        return path
    done = subprocess.run(
        [sys.executable, "-m", "playwright", "install", "chromium"], capture_output=True, text=True, check=False
    )
    if done.returncode == 0 and Path(path).exists():
        return path
    reasons.append(f"playwright install chromium: {done.stderr.strip()[-300:]}")
    return None
