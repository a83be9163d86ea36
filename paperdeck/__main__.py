"""``python -m paperdeck``: what is done beside a build, a command for each."""

from __future__ import annotations

import argparse
import sys
from importlib import import_module

from paperdeck.commands import Refused, explain_failure

COMMANDS = {
    "adopt": "paperdeck.outlines.adopt",
    "build": "paperdeck.outputs.command",
    "check": "paperdeck.checking.command",
    "coverage": "paperdeck.outlines.coverage",
    "editor": "paperdeck.start.editor",
    "film": "paperdeck.exports.film",
    "handout": "paperdeck.exports.handout",
    "init": "paperdeck.start.init",
    "lint": "paperdeck.start.lint",
    "live": "paperdeck.live.command",
    "new": "paperdeck.start.new",
    "offline": "paperdeck.exports.offline",
    "outline": "paperdeck.outlines.outline",
    "pdf": "paperdeck.exports.pdf",
    "policy": "paperdeck.outputs.policy",
    "poster": "paperdeck.exports.poster",
    "pptx": "paperdeck.exports.pptx",
    "remove": "paperdeck.start.remove",
    "verify": "paperdeck.evidence.command",
}
"""The module of each command: its docstring says what it does; ``run`` does it, or raises ``Refused``."""


def main(arguments: list[str] | None = None) -> int:
    """Run one command; return its exit status: 1 where it says why it cannot be done."""
    parser = argparse.ArgumentParser(prog="python -m paperdeck", description="Paper talks you can check.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    given = sys.argv[1:] if arguments is None else arguments
    named = [name for name in given[:1] if name in COMMANDS] or COMMANDS  # what the others need takes a second
    modules = {name: import_module(COMMANDS[name]) for name in named}
    for name, module in modules.items():
        says = (module.__doc__ or "").strip()  # which Python leaves out with -OO
        command = commands.add_parser(name, help=says.partition("\n")[0], description=says)
        module.add_arguments(command)
    options = parser.parse_args(arguments)
    try:
        status: int = modules[options.command].run(options)
    except Refused as refused:
        print(refused, file=sys.stderr)
        return 1
    except OSError as error:
        print(explain_failure(error), file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped; what is half done is done again the next time.", file=sys.stderr)
        return 130
    return status


if __name__ == "__main__":
    sys.exit(main())
