"""Chronicle: the history of a photo's edits in a file beside it, so that undo survives closing.

`.NAME.EXT.packshot.history` is UTF-8 text: a line with {"history": 1, "steps": how many there are, "position": the one
it stands at, counted from 0}, then lines as in `editor.core.ledger`. It belongs to the sidecar that has the recipe of
that step; beside any other it is out of date. It may be lost without harm, so it is neither flushed to the disk nor
ever reported as broken.
"""

from __future__ import annotations

import json
from pathlib import Path

from editor.core.files import part_beside
from editor.core.history import History
from editor.core.journal import content, suffix
from editor.core.ledger import Ledger, Reader, Record
from editor.core.sheet import Sheet
from editor.core.shot import Shot

FORMAT = 1


def history_path(photo: Path, copy: int = 0) -> Path:
    return photo.with_name(f".{photo.name}{suffix(copy)}.packshot.history")


def read_history(shot: Shot) -> History | None:
    """The history kept beside a photo; None where there is none that can be read."""
    try:
        first, *lines = (content(history_path(*shot)) or b"").decode("utf-8").rstrip("\n").split("\n")
        head = json.loads(first)
        reader = Reader()
        steps = tuple(record.step for line in lines if (record := reader.take(line)))
        if head["history"] != FORMAT or head["steps"] != len(steps):
            return None
        return History(steps, head["position"])
    except (OSError, ValueError, LookupError, TypeError, RecursionError):
        return None


def write_history(shot: Shot, history: History, ledger: Ledger) -> None:
    """Writes it whole or not at all. `ledger` remembers the texts of one writing for the next. Raises OSError."""
    path = history_path(*shot)
    ledger.turn()
    lines = [json.dumps({"history": FORMAT, "steps": len(history.steps), "position": history.position})]
    for step in history.steps:
        lines += ledger.lines(Record(Sheet(step.recipe), step.act, step.when))
    part = part_beside(path)
    try:
        part.write_text("\n".join([*lines, ""]), encoding="utf-8", newline="\n")
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
