"""Start: `packshot`, or `python -m editor`: one of the commands, or else the window."""

from __future__ import annotations

import argparse
import io
import logging
import sys
from pathlib import Path

from editor import commandline


def main() -> int:
    """Does what sys.argv says. Returns the exit code."""
    arguments = sys.argv[1:]
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a console that knows no sigma
    logging.basicConfig(format="packshot: %(message)s", level=logging.WARNING, stream=sys.stderr)
    if commandline.is_command(arguments):
        from editor import cli

        return cli.run(arguments)
    parser = argparse.ArgumentParser(
        prog="packshot",
        description="Opens the window.",
        epilog=f"Or one of the commands {', '.join(commandline.COMMANDS)}; see packshot --help.",
    )
    parser.add_argument("photo", nargs="?", type=Path, help="photo or folder to open")
    parser.add_argument("--no-photo", action="store_true", help="open the empty window")
    parser.add_argument("--sample", action="store_true", help="open a noisy sample photo that Packshot draws itself")
    commandline.shared_arguments(parser)
    parser.add_argument("--memory", type=_megabytes, metavar="MB", help="what half-done pictures may take")
    parser.set_defaults(device=None)  # as in the preferences
    told = parser.parse_args(arguments)
    if told.no_photo and (told.photo or told.sample):
        return commandline.complain("--no-photo opens no photo: leave it out, or the photo")
    if told.photo and not told.photo.exists():
        return commandline.complain(f"there is no such command or file: {str(told.photo)!r}")
    from editor import app

    return app.run(told.photo, sample=told.sample, wish=told.device, memory=told.memory, models=told.models)


def _megabytes(text: str) -> int:
    memory = int(text)
    if not 64 <= memory <= 1 << 20:
        raise argparse.ArgumentTypeError(f"{memory} MB is not between 64 and {1 << 20}")
    return memory


if __name__ == "__main__":
    sys.exit(main())
