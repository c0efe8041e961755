"""Settings file: opened so that a broken one costs nothing but itself: it is put aside, and a person is told."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QSettings

from editor.core.sidecar import aside
from editor.ui.actions import QT_TRANSLATE_NOOP
from editor.ui.settings import Settings

LARGEST = 1 << 20  # bytes; settings are a few lines
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f]")  # but not the tab; whatever else is in a text, a folder may be called


def open_settings(path: Path) -> Settings:
    """The settings in an INI file, which need not be there yet. Raises nothing.

    A file that is none is put aside as `.bak`; single values that make no sense are taken out, after a copy was put
    aside. `Settings.trouble` tells of it. What cannot be written lasts as long as the object.
    """
    spare = aside(path)
    trouble: Callable[[], str] = str  # which says nothing
    if reason := _wrong(path):
        try:
            path.rename(spare)
        except OSError:
            return Settings(None, partial(_unreadable, path, reason))
        trouble = partial(_renewed, reason, spare)
    store = QSettings(str(path), QSettings.Format.IniFormat)
    settings = Settings(store)
    if not store.isWritable():
        trouble = partial(_unwritable, path)
    elif unsound := settings.unsound:
        try:
            shutil.copyfile(path, spare)
            settings.drop(unsound)
            trouble = partial(_mended, unsound, spare)
        except OSError:
            trouble = partial(_unwritable, path)
    settings.trouble = trouble
    return settings


def _wrong(path: Path) -> str:
    """Why a file holds no settings; empty if it may, or is not there.

    An INI file as QSettings writes it is UTF-8, in lines: sections, comments, and values that are texts. Values of
    Qt's own types, which begin with one @, are never written here.
    Returns a source text: it is translated when it is told.
    """
    try:
        if not os.path.lexists(path):
            return ""
        if not path.is_file():
            return QT_TRANSLATE_NOOP("SettingsFile", "it is no file")
        if path.stat().st_size > LARGEST:
            return QT_TRANSLATE_NOOP("SettingsFile", "it is too large")
        text = path.read_bytes().decode()
    except OSError as error:
        return error.strerror or str(error)
    except UnicodeDecodeError:
        return QT_TRANSLATE_NOOP("SettingsFile", "it is no text")
    for line in map(str.strip, text.replace("\r\n", "\n").split("\n")):
        _, sign, value = line.partition("=")
        known = not line or line[0] in ";[" or (sign and not (value.startswith("@") and not value.startswith("@@")))
        if not known or _CONTROL.search(line):
            return QT_TRANSLATE_NOOP("SettingsFile", "it is no settings file")
    return ""


def _renewed(reason: str, spare: Path) -> str:
    text = QCoreApplication.translate(
        "SettingsFile", "The settings could not be read ({}) and begin anew. The old ones are kept as {}."
    )
    return text.format(QCoreApplication.translate("SettingsFile", reason), spare)


def _mended(unsound: list[str], spare: Path) -> str:
    text = QCoreApplication.translate(
        "SettingsFile", "Some settings made no sense and were set back: {}. The file as it was is kept as {}."
    )
    return text.format(", ".join(unsound), spare)


def _unreadable(path: Path, reason: str) -> str:
    text = QCoreApplication.translate(
        "SettingsFile", "The settings in {} cannot be read ({}); what is set now lasts until Packshot is closed."
    )
    return text.format(path, QCoreApplication.translate("SettingsFile", reason))


def _unwritable(path: Path) -> str:
    text = QCoreApplication.translate(
        "SettingsFile", "{} cannot be written; what is set now lasts until Packshot is closed."
    )
    return text.format(path)
