"""Catalogue: a .ts file of Qt Linguist: read, brought up to date with the sources, compiled."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from editor.ui.language import ASSETS
from tests.translations.texts import EDITOR, Text

TS = ASSETS / "packshot_zh_CN.ts"
QM = TS.with_suffix(".qm")


@dataclass(frozen=True)
class Entry:
    """What a text is in the other language, and whether the translator is through with it."""

    translation: str
    finished: bool
    plural: bool


def read(ts: Path = TS) -> dict[Text, Entry]:
    """Context and English -> Chinese."""
    found = {}
    for context in ElementTree.parse(ts).getroot().iter("context"):
        for message in context.iter("message"):
            told = message.find("translation")
            assert told is not None
            source = context.findtext("name") or "", message.findtext("source") or ""
            found[source] = Entry(told.text or "", told.get("type") is None, message.get("numerus") == "yes")
    return found


def update(generated: Iterable[Text], ts: Path = TS) -> None:
    """Take in what is new in the sources and drop what has gone; `generated` are texts that lupdate cannot see."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "generated.py"
        lines = [f"translate({context!r}, {text!r})" for context, text in sorted(generated)]
        file.write_text("\n".join(lines) + "\n", "utf-8")
        sources = [str(path) for path in sorted((EDITOR / "ui").rglob("*.py"))]
        options = ["-locations", "none", "-no-obsolete", "-sort-messages", "-source-language", "en"]
        _run("pyside6-lupdate", *sources, str(file), *options, "-target-language", "zh_CN", "-ts", str(ts))


def compile_(ts: Path = TS, qm: Path = QM) -> None:
    """Make what the program loads."""
    _run("pyside6-lrelease", str(ts), "-qm", str(qm))


def _run(tool: str, *arguments: str) -> None:
    done = subprocess.run([Path(sys.executable).parent / tool, *arguments], capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{tool}: {done.stdout}{done.stderr}")
