"""Get the Chromium that the browser tests drive: ``python -m tests.browser.chromium``."""

from __future__ import annotations

import os
import subprocess
import sys

from paperdeck.browser import APT, advise, find_chromium, name_distribution
from paperdeck.commands import Refused


def main() -> None:
    """Say which Chromium there is; with none, install Debian's as root, or fail and say how."""
    try:
        found = find_chromium()
        if not found and name_distribution() == "debian" and os.geteuid() == 0:
            print(f"The browser tests need a Chromium, and there is none here. Installing Debian's: {APT}", flush=True)
            environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
            subprocess.run(["apt-get", "update", "--quiet"], env=environment, check=True)
            subprocess.run(APT.split(), env=environment, check=True)
            found = find_chromium()
    except Refused as error:
        sys.exit(str(error))
    if not found:
        advice = advise(name_distribution())
        sys.exit(f"The browser tests need a Chromium, and there is none here. Install one:\n    {advice}")
    print(f"Chromium: {found}")


if __name__ == "__main__":
    main()
