"""Sidecar: a photo's edits and marks in a file beside it: closing, crashing, moving to another machine lose nothing.

`NAME.EXT.packshot.json` is the recipe as `Recipe.to_json` writes it, and what `packshot apply --recipe` takes, with
`rating` and `label` where they are others than in the photo's own file, and `concept` where a network drew it.
`NAME.EXT.copy-2.packshot.json` is that of the virtual copy 2, with `name` where that is called something. A sidecar is
written whole, half a second after a change at the latest (`editor.core.keeper`), and never over one that could not be
read: that goes aside as `.bak`. Until then a journal (`editor.core.journal`) has the change. The steps that led there
are in a file of their own
(`editor.core.chronicle`). What holds:

- A photo without edits and marks has no sidecar. One whose edits were all taken back keeps a sidecar that says so, for
  it must win over an older one where both are copied; but one that was begun and emptied in one sitting goes again.
  A virtual copy is there as long as its sidecar is.
- The journal counts where it starts from the sidecar that is there, or holds it; beside any other it is out of date.
- The history counts where it stands at the recipe of the sidecar, or at one of a journal that counts; else it begins
  anew with the sidecar's recipe.
- Edits are of the pixels that they were made on. A picture written over a photo puts its sidecars aside (`set_aside`).
- Whoever only reads (`load`) changes no file. The photo's own file is never changed.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from pathlib import Path

from editor.core.chronicle import history_path, read_history
from editor.core.files import replacing
from editor.core.history import History, Step
from editor.core.journal import Past, content, journal_path, read_journal, suffix
from editor.core.marks import UNMARKED, Marks, own_marks
from editor.core.recipe import Recipe
from editor.core.sheet import Sheet
from editor.core.shot import Shot


def sidecar_path(photo: Path, copy: int = 0) -> Path:
    return photo.with_name(f"{photo.name}{suffix(copy)}.packshot.json")


@dataclass(frozen=True)
class Kept:
    """What is kept beside a photo."""

    recipe: Recipe | None = None  # None: nothing, or nothing that can be read
    unread: tuple[tuple[Path, str], ...] = ()  # what could not be read, and why
    recovered: bool = False  # from a journal: the sidecar does not have it yet
    marks: Marks = UNMARKED  # the photo's own where none are kept
    told: History | None = field(default=None, compare=False)  # how the recipe came about, where that is kept
    past: Past | None = field(default=None, compare=False)  # the journal, where it counts

    @property
    def history(self) -> History:
        return self.told or History((Step(self.recipe or Recipe()),))

    @property
    def steps(self) -> tuple[Step, ...]:
        """How the recipe came about, and what redo would bring back."""
        return self.history.steps

    @property
    def position(self) -> int:
        """Which of `steps` has the recipe."""
        return self.history.position

    @property
    def trouble(self) -> str:
        """In sentences for a person, what could not be read; empty if nothing."""
        return " ".join(
            f"{path.name} cannot be read ({reason}); once there are new edits it is kept as {aside(path).name}."
            for path, reason in self.unread
        )


def load(photo: Path, copy: int = 0) -> Kept:
    """What is kept beside a photo or its virtual copy, as of the last change. Changes no file and raises nothing."""
    shot = Shot(photo, copy)
    sheet, past, unread = _newest(shot)
    told, own = _history(shot, past, sheet), own_marks(photo)
    if past:
        sheet = past.records[-1].sheet
    marks = sheet.marks(own) if sheet else own
    return Kept(sheet.recipe if sheet else None, unread, past is not None, marks, told, past)


def kept_sheet(photo: Path, copy: int = 0) -> Sheet:
    """The same without the steps, as a sidecar would say it now; an empty one where nothing can be read."""
    sheet, past, _ = _newest(Shot(photo, copy))
    return past.records[-1].sheet if past else sheet or Sheet()


def _newest(shot: Shot) -> tuple[Sheet | None, Past | None, tuple[tuple[Path, str], ...]]:
    """What the sidecar says, the journal where it counts, and what of them could not be read."""
    past, sheet, data = None, None, None
    unread: list[tuple[Path, str]] = []
    try:
        past = read_journal(shot)  # first: a window that is at work ends it only once the sidecar has what is in it
    except ValueError as error:
        unread.append((journal_path(*shot), reason_of(error)))
    try:
        data = content(sidecar_path(*shot))
        sheet = None if data is None else Sheet.from_json(data.decode("utf-8-sig"))
        readable = True
    except (OSError, ValueError) as error:
        unread.append((sidecar_path(*shot), reason_of(error)))
        readable = data is not None
    return sheet, past if past and readable and past.follows(data, sheet) else None, tuple(unread)


def _history(shot: Shot, past: Past | None, sheet: Sheet | None) -> History | None:
    """The steps kept beside a photo, with those of the journal, where they belong to what is kept."""
    history = read_history(shot)
    if past is None:
        return history if history and history.step.recipe == (sheet.recipe if sheet else Recipe()) else None
    start = past.start.step if past.start else Step(sheet.recipe if sheet else Recipe())
    # the history may be of any moment since the journal began. Where it stands at a step more than once, the first time
    # is as good as any: what led to a step never changes, and what came after it is gone through again
    stood = [start, *(record.step for record in past.records)]
    place = next((n for n, step in enumerate(stood) if history and step == history.step), 0)
    if not history or (place == 0 and history.step.recipe != start.recipe):
        history = History((start,))
    for record in past.records[place:]:
        history = history.caught_up(record.step, record.among)
    return history


def write_sheet(shot: Shot, sheet: Sheet) -> None:
    """Makes `sheet` what the sidecar says, where it says something else; nothing needs no sidecar. Raises OSError."""
    path, data = sidecar_path(*shot), sheet.to_json().encode("utf-8")
    there = content(path)
    if there != data and (there is not None or not sheet.empty or shot.copy):
        with replacing(path) as file:
            file.write(data)


def aside(path: Path) -> Path:
    """A free name for a file that is put aside: NAME.bak, or NAME.bak2 where that is taken."""
    free, number = path.with_name(f"{path.name}.bak"), 2
    while os.path.lexists(free):
        free, number = path.with_name(f"{path.name}.bak{number}"), number + 1
    return free


def set_aside(photo: Path) -> None:
    """Puts all that is kept beside a photo out of force, as `.bak`: its file has new pixels now. Raises OSError."""
    for copy in (0, *copies(photo)):
        put_aside(Shot(photo, copy))


def put_aside(shot: Shot) -> tuple[tuple[Path, Path], ...]:
    """The same for one sidecar, with its journal and its history: their names before and after. Raises OSError."""
    moved = []
    for path in (sidecar_path(*shot), journal_path(*shot), history_path(*shot)):
        if os.path.lexists(path):
            moved.append((path, path.rename(aside(path))))
    return tuple(moved)


def copies(photo: Path) -> tuple[int, ...]:
    """The numbers of a photo's virtual copies, in order. Raises OSError where its folder cannot be read."""
    form = re.compile(re.escape(photo.name) + r"\.copy-([1-9][0-9]{0,8})\.packshot\.json")
    return tuple(sorted(int(match[1]) for name in os.listdir(photo.parent) if (match := form.fullmatch(name))))


def reason_of(error: Exception) -> str:
    """What went wrong, in a few words."""
    words = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return " ".join(words.split()) or type(error).__name__
