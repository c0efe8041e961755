"""Command line: what window and commands have in common; it loads nothing, so that the window opens at once."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path

BAD_INPUT = 2
COMMANDS = ("apply", "cube", "generate", "edits", "models", "doctor")


def is_command(arguments: Sequence[str]) -> bool:
    """Whether `arguments` are for `cli.run`, and not for the window."""
    return bool(arguments) and arguments[0] in (*COMMANDS, "-h", "--help", "--version")


def shared_arguments(parser: ArgumentParser) -> None:
    """Arguments that window and commands have in common."""
    parser.add_argument("--device", choices=("auto", "cuda", "cpu"), default="auto", help="what networks run on")
    parser.add_argument("--models", type=Path, metavar="DIR", help="folder with the .onnx files")


def complain(message: object) -> int:
    """One line on standard error. Returns the exit code for bad input."""
    print(f"packshot: {message}", file=sys.stderr)
    return BAD_INPUT
