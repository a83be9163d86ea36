"""The Nu HTML checker, where a person has it: what a parser passes and the standard does not."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from paperdeck.checking.findings import Finding, Kind
from paperdeck.commands import Refused

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

STACK = "-Xss8m"
"""Java's, for pages with deep SVG."""


def validate_pages(paths: Iterable[Path], jar: Path) -> Iterator[Finding]:
    """Yield what the Nu HTML checker says of pages.

    Raises Refused: there is no such file, or no Java, or the checker says something else.
    """
    if not jar.is_file():
        raise Refused(f"there is no file {jar}; name the vnu.jar of the Nu HTML checker")
    if (java := shutil.which("java")) is None:
        raise Refused("the Nu HTML checker needs Java, and there is none here; install it, or go without --vnu")
    names = {path.resolve(): path for path in paths}
    command = [java, STACK, "-jar", str(jar), "--format", "json", "--errors-only", *map(str, names)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    try:
        messages = json.loads(done.stderr)["messages"]
    except (ValueError, KeyError):
        raise Refused(f"{jar} is no Nu HTML checker, or fails: {done.stderr.strip()[:200]}") from None
    for message in messages:
        page = names.get(Path(unquote(urlsplit(message.get("url", "")).path)))
        if page is not None:
            said = f"is no valid HTML (line {message.get('lastLine', 1)}): {message['message']}"
            extract = " ".join(message.get("extract", "").split())
            words = " ".join(re.sub(r"<[^>]*>?|^[^<]*>", " ", extract).split())
            yield Finding(Kind.MARKUP, str(page), said, extract[:60], near=words)
