"""Start: `packshot`, or `python -m editor`: the window, or one of the commands."""

from __future__ import annotations

import sys


def main() -> int:
    """Runs the command line in sys.argv. Returns the exit code."""
    from editor.cli import run

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
