"""Saving: where a finished picture goes and how it is written, as a person is asked for it step by step."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QLocale

from editor.core.files import same_file
from editor.core.formats import Format, format_of
from editor.core.output import Output
from editor.core.photo import Photo
from editor.ui.questions import proposal
from editor.ui.settings import Settings


class Asks(Protocol):
    """Whoever puts the questions: the window."""

    settings: Settings

    def ask_save_path(self, proposed: Path) -> Path | None: ...
    def ask_overwrite(self, photo: Photo) -> bool: ...
    def ask_output(self, kind: Format, photo: Photo, output: Output) -> Output | None: ...


@dataclass(frozen=True)
class Target:
    """A file to be written."""

    path: Path
    output: Output
    original: bool  # it is the photo's own


def ask_target(window: Asks, photo: Photo, copy: int = 0) -> Target | None:
    """Asks for all of it, for a photo or its virtual copy, and remembers how; None as soon as the person would rather
    not. Raises PhotoError."""
    path = window.ask_save_path(proposal(photo, window.settings.preferences.output_kind, copy))
    if path is None:
        return None
    kind, original = format_of(path), same_file(path, photo.path)
    if original and path.exists() and not window.ask_overwrite(photo):
        return None
    output = window.ask_output(kind, photo, window.settings.output(kind.name))
    if output is None:
        return None
    window.settings.keep_output(kind.name, output)
    return Target(path, output, original)


def file_size(path: Path) -> str:
    """How long a file is, for a person; empty where it has gone already."""
    try:
        return QLocale().formattedDataSize(path.stat().st_size, 1, QLocale.DataSizeFormat.DataSizeSIFormat)
    except OSError:
        return ""
