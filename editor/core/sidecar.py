"""Sidecar: a photo's edits in a file beside it, so that closing, crashing and moving to another machine lose nothing.

`NAME.EXT.packshot.json` is the recipe as `Recipe.to_json` writes it, and what `packshot apply --recipe` takes. It is
written whole, half a second after a change at the latest, and never over one that could not be read: that goes aside
as `.bak`. Until then a journal (`editor.core.journal`) has the change. What holds:

- A photo without edits has no sidecar. One whose edits were all taken back keeps a sidecar that says so, for it must
  win over an older one where both are copied; but a sidecar that was begun and emptied in one sitting goes again.
- The journal counts where it starts from the sidecar that is there, or holds it; beside any other it is out of date.
- Edits are of the pixels that they were made on. A picture written over a photo puts its sidecar aside (`set_aside`).
- Whoever only reads (`load`) changes no file.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Condition, Thread

from editor.core.files import replacing, sweep
from editor.core.journal import Journal, content, journal_path, read_journal
from editor.core.recipe import Recipe

PAUSE = 0.3  # seconds that changes are gathered before the sidecar is written
PATIENCE = 5.0  # seconds that leaving a photo waits for a slow disk


def sidecar_path(photo: Path) -> Path:
    return photo.with_name(f"{photo.name}.packshot.json")


@dataclass(frozen=True)
class Kept:
    """What is kept beside a photo."""

    recipe: Recipe | None = None  # None: nothing, or nothing that can be read
    unread: tuple[tuple[Path, str], ...] = ()  # what could not be read, and why
    recovered: bool = False  # from a journal: the sidecar does not have it yet

    @property
    def trouble(self) -> str:
        """In sentences for a person, what could not be read; empty if nothing."""
        return " ".join(
            f"{path.name} cannot be read ({reason}); once there are new edits it is kept as {aside(path).name}."
            for path, reason in self.unread
        )


def load(photo: Path) -> Kept:
    """The edits kept beside a photo, as of the last change. Changes no file and raises nothing."""
    past, recipe, data, recovered = None, None, None, False
    unread: list[tuple[Path, str]] = []
    try:
        past = read_journal(photo)  # first: a window that is at work ends it only once the sidecar has what is in it
    except ValueError as error:
        unread.append((journal_path(photo), _reason(error)))
    try:
        data = content(sidecar_path(photo))
        recipe = None if data is None else Recipe.from_json(data.decode("utf-8-sig"))
        readable = True
    except (OSError, ValueError) as error:
        unread.append((sidecar_path(photo), _reason(error)))
        readable = data is not None
    if past and readable and past.follows(data):
        try:
            recipe, recovered = Recipe.from_json(past.recipes[-1]), True
        except ValueError as error:
            unread.append((journal_path(photo), _reason(error)))
    return Kept(recipe, tuple(unread), recovered)


def aside(path: Path) -> Path:
    """A free name for a file that is put aside: NAME.bak, or NAME.bak2 where that is taken."""
    free, number = path.with_name(f"{path.name}.bak"), 2
    while os.path.lexists(free):
        free, number = path.with_name(f"{path.name}.bak{number}"), number + 1
    return free


def set_aside(photo: Path) -> None:
    """Puts the edits kept beside a photo out of force, as `.bak`: its file has new pixels now. Raises OSError."""
    for path in (sidecar_path(photo), journal_path(photo)):
        if os.path.lexists(path):
            path.rename(aside(path))


class Keeper:
    """Keeps the edits of an open photo beside it. Used from one thread; another one, its own, writes the sidecar.

    `failed` is called from that thread: with the reason, in a few words, when the sidecar cannot be written, and with
    "" when it can be again. Whoever has a keeper must `close` it.
    """

    def __init__(self, photo: Path, kept: Kept, failed: Callable[[str], object] = lambda reason: None) -> None:
        """`kept` is what `load` has found beside `photo`; what was found in a journal is written into the sidecar."""
        self._photo, self._path, self._failed = photo, sidecar_path(photo), failed
        self._unread, self._was_there = kept.unread, os.path.lexists(self._path)
        self._newest = kept.recipe or Recipe()
        self._writing: Recipe | None = None
        self._asked = self._tried = self._done = 0  # the number of the newest change, the last tried, the last written
        self._reason, self._hurry, self._closed = "", False, False
        self._journal: Journal | None = None
        self._thread: Thread | None = None
        self._wake = Condition()
        if kept.recovered:
            with self._wake:
                self._ask(self._newest)

    @property
    def reason(self) -> str:
        """Why the sidecar could not be written when that was last tried; "" where it could."""
        return self._reason

    def keep(self, recipe: Recipe) -> None:
        """Makes `recipe` the one that a reopening finds, even if the process ends as soon as this returns.

        Takes as long as writing a line. The sidecar has it PAUSE and one writing later.
        """
        with self._wake:
            if self._closed:
                raise RuntimeError("the keeper has been closed")
            if recipe == self._newest:
                return
            try:
                if self._journal is None:
                    self._begin_journal(recipe)
                else:
                    self._journal.append(recipe)
            except (OSError, ValueError):
                self._end_journal()  # the sidecar may still go well; if not, that is told
            self._ask(recipe)

    def flush(self, patience: float = PATIENCE) -> bool:
        """Whether the sidecar has the newest edits, after writing it if need be, for `patience` seconds at most."""
        with self._wake:
            if self._done < self._asked:
                self._tried, self._hurry = self._done, True
                self._wake.notify_all()
                self._wake.wait_for(lambda: self._tried == self._asked, patience)
                self._hurry = False
            return self._done == self._asked

    def close(self) -> bool:
        """Writes what is still to be written and ends the thread; tells, as `flush` does, whether all is kept."""
        kept = self._closed or self.flush()
        with self._wake:
            self._closed = True
            self._wake.notify_all()
        if self._thread:
            self._thread.join(PATIENCE)
            self._thread = None
        if self._journal:
            self._journal.close()  # not removed: it has what the sidecar could not take
        if kept and not self._was_there and not self._newest.edits:
            with suppress(OSError, ValueError):
                if content(self._path) == _bytes(Recipe()):
                    self._path.unlink()
        return kept

    def _ask(self, recipe: Recipe) -> None:
        self._newest = recipe
        self._asked += 1
        if self._thread is None:
            self._thread = Thread(target=self._work, name="keep", daemon=True)
            self._thread.start()
        self._wake.notify_all()

    def _begin_journal(self, recipe: Recipe) -> None:
        self._end_journal()
        self._put_unread_aside()
        # what is on its way into the sidecar goes first: the journal must belong to that sidecar as well
        recipes = (recipe,) if self._writing is None else (self._writing, recipe)
        self._journal = Journal(journal_path(self._photo), content(self._path), *recipes)

    def _end_journal(self) -> None:
        if self._journal:
            self._journal.close()
            self._journal = None

    def _put_unread_aside(self) -> None:
        for path, _ in self._unread:
            if os.path.lexists(path):
                path.rename(aside(path))
        self._unread = ()

    def _work(self) -> None:
        swept = False
        while True:
            with self._wake:
                self._wake.wait_for(lambda: self._tried < self._asked or self._closed)
                if self._closed and self._tried == self._asked:
                    return
                self._wake.wait_for(lambda: self._hurry or self._closed, PAUSE)
                number, recipe, self._hurry = self._asked, self._newest, False
                self._writing = recipe
            reason = self._write(recipe)
            with self._wake:
                news, self._reason = reason != self._reason, reason
                self._tried, self._writing = number, None
                if not reason:
                    self._done = number
                self._fold_journal()
                self._wake.notify_all()
            if news:
                self._failed(reason)
            if not swept:
                swept = True
                sweep(self._photo.parent)

    def _write(self, recipe: Recipe) -> str:
        """Writes the sidecar where it says something else. Returns why it could not be written, or ""."""
        try:
            with self._wake:
                self._put_unread_aside()
            there = content(self._path)
            if there != _bytes(recipe) and (there is not None or recipe.edits):
                with replacing(self._path) as file:
                    file.write(_bytes(recipe))
        except Exception as error:  # whatever it is, it is to be told, and not to end the thread
            return _reason(error)
        return ""

    def _fold_journal(self) -> None:
        """Ends the journal where the sidecar has all of it; else begins it anew, so that it does not grow."""
        with suppress(OSError, ValueError):
            if self._done == self._asked:
                self._end_journal()
                journal_path(self._photo).unlink(missing_ok=True)
            elif self._journal:
                self._begin_journal(self._newest)


def _bytes(recipe: Recipe) -> bytes:
    return recipe.to_json().encode("utf-8")


def _reason(error: Exception) -> str:
    words = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return " ".join(words.split()) or type(error).__name__
