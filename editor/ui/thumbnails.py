"""Thumbnails: small pictures of many photos as they are edited, made beside the window, what is in sight first."""

from __future__ import annotations

import os
import sys
from collections import Counter, OrderedDict
from collections.abc import Sequence
from contextlib import suppress
from threading import Condition, Thread, get_native_id
from typing import NamedTuple

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QImage

from editor.core.contact import contact
from editor.core.folder import Entry
from editor.core.formats import PhotoError
from editor.core.model import Models
from editor.core.proof import SRGB_SCREEN, Screen
from editor.core.recipe import Recipe
from editor.core.shot import Shot
from editor.core.sidecar import kept_sheet
from editor.ui.renderer import for_screen
from editor.ui.tasks import PATIENCE, sentence

MEMORY = 96 << 20  # bytes of thumbnails that are kept
THREADS = 2
_OVERHEAD = 200  # bytes that one takes beside its pixels, so that broken photos count too
_BEHIND = 10  # how far the system is to put the canvas before them, from 0 to 19

Thumbnail = QImage | str  # or why there is none, in one line


class Version(NamedTuple):
    """What a thumbnail was made of."""

    file: tuple[int, int]  # when the photo's file was changed, and its length
    edits: tuple[bool, int, int]  # whether there are any, when they were written, how often we were told since


class Wish(NamedTuple):
    entry: Entry
    version: Version
    recipe: Recipe | None  # that of the thumbnail there is, of the same file; None: there is none


class Made(NamedTuple):
    version: Version
    recipe: Recipe
    thumbnail: Thumbnail | None  # None: the one there is does still


class Thumbnails(QObject):
    """Ask with `find`, say with `want` what is to be made; `made` tells of each. Edited photos show their edits.

    The threads begin with the first wish and end with `close`. They always take the first that is wanted now, so what
    has gone out of sight is not made any more.
    """

    made = Signal(object)  # Shot
    _told = Signal(int, object, object)

    def __init__(self, parent: QObject | None = None, memory: int = MEMORY) -> None:
        super().__init__(parent)
        self._memory, self._used = memory, 0
        self._kept: OrderedDict[Shot, Made] = OrderedDict()
        self._changes: Counter[Shot] = Counter()
        self._side, self._round = 0, 0  # another round has begun when another side or screen is asked for
        self._threads: list[Thread] = []
        self._told.connect(self._hear, Qt.ConnectionType.QueuedConnection)
        self._turn = Condition()  # guards what follows
        self._wanted: list[Wish] = []
        self._making: set[tuple[Shot, Version, int]] = set()
        self._how = (0, SRGB_SCREEN, 0)  # side, screen, round
        self._running, self._most, self._closing = 0, THREADS, False
        self.models: Models = {}  # what edits of thumbnails may ask; set before any is wanted

    @property
    def nbytes(self) -> int:
        """What the thumbnails that are kept take."""
        return self._used

    def find(self, entry: Entry) -> Thumbnail | None:
        """The thumbnail of this file, if it has been made and not been dropped since; its edits may be older."""
        made = self._kept.get(entry.shot)
        if made is None or made.version.file != _file(entry):
            return None
        self._kept.move_to_end(entry.shot)
        return made.thumbnail

    def edited(self, shot: Shot) -> None:
        """Its edits have changed: when it is wanted next, it is made anew. The old one is shown until then."""
        self._changes[shot] += 1

    def want(self, photos: Sequence[Entry], side: int) -> None:
        """Make these next, in this order, `side` pixels large, and nothing that was wanted before."""
        if side != self._side:
            self._begin_round(side, self._how[1])
        wishes = [self._wish(entry) for entry in photos]
        with self._turn:
            self._wanted = [w for w in wishes if w and (w.entry.shot, w.version, self._round) not in self._making]
            self._turn.notify_all()
            idle = bool(self._wanted) and not self._threads
        if idle:
            self._threads = [Thread(target=self._work, name="thumbnails", daemon=True) for _ in range(THREADS)]
            for thread in self._threads:
                thread.start()

    def show_on(self, screen: Screen) -> None:
        """Make them for another screen; those that there are have to be wanted again. A proof is not for them."""
        if screen.monitor != self._how[1].monitor:
            self._begin_round(self._side, Screen(screen.monitor))

    def _begin_round(self, side: int, screen: Screen) -> None:
        self._side, self._round, self._used = side, self._round + 1, 0
        self._kept.clear()
        with self._turn:
            self._wanted, self._how = [], (side, screen, self._round)

    def _wish(self, entry: Entry) -> Wish | None:
        """What there is to be made for a photo; None where all is made."""
        version = Version(_file(entry), (entry.edited, entry.kept, self._changes[entry.shot]))
        made = self._kept.get(entry.shot)
        if made is None or made.version.file != version.file:
            return Wish(entry, version, None)
        return None if made.version == version else Wish(entry, version, made.recipe)

    def yield_to(self, something: bool) -> None:
        """Leave more of the computer to something that a person waits for."""
        with self._turn:
            self._most = 1 if something else THREADS
            self._turn.notify_all()

    def close(self) -> None:
        """Returns when the threads have ended."""
        with self._turn:
            self._wanted, self._closing = [], True
            self._turn.notify_all()
        for thread in self._threads:
            thread.join(PATIENCE)

    @Slot(int, object, object)
    def _hear(self, number: int, shot: Shot, made: Made) -> None:
        with self._turn:
            self._making.discard((shot, made.version, number))
        if number != self._round or self._closing:
            return
        before = self._kept.pop(shot, None)
        if made.thumbnail is None:
            if before is None:  # it was dropped meanwhile
                return
            made = made._replace(thumbnail=before.thumbnail)
        self._used += _nbytes(made) - (_nbytes(before) if before else 0)
        self._kept[shot] = made
        while self._used > self._memory and len(self._kept) > 1:
            self._used -= _nbytes(self._kept.popitem(last=False)[1])
        self.made.emit(shot)

    # In the threads.

    def _work(self) -> None:
        if sys.platform == "linux":  # elsewhere a thread has no such number of its own
            with suppress(OSError):
                os.setpriority(os.PRIO_PROCESS, get_native_id(), _BEHIND)
        while True:
            with self._turn:
                self._turn.wait_for(lambda: self._closing or (self._wanted and self._running < self._most))
                if self._closing:
                    return
                wish, (side, screen, number) = self._wanted.pop(0), self._how
                self._making.add((wish.entry.shot, wish.version, number))
                self._running += 1
            try:
                self._told.emit(number, wish.entry.shot, _make(wish, side, screen, self.models))
            finally:
                with self._turn:
                    self._running -= 1
                    self._turn.notify_all()


def _make(wish: Wish, side: int, screen: Screen, models: Models) -> Made:
    entry, recipe = wish.entry, Recipe()
    try:
        if entry.edited:
            recipe = Recipe(kept_sheet(*entry.shot).recipe.active)
        if recipe == wish.recipe:
            return Made(wish.version, recipe, None)
        return Made(wish.version, recipe, for_screen(contact(entry.path, recipe, side, models), screen))
    except Exception as error:  # whatever is wrong with one photo, the others are shown
        return Made(wish.version, recipe, str(error) if isinstance(error, PhotoError) else sentence(error))


def _file(entry: Entry) -> tuple[int, int]:
    return entry.modified, entry.nbytes


def _nbytes(made: Made) -> int:
    if isinstance(made.thumbnail, QImage):
        return _OVERHEAD + made.thumbnail.sizeInBytes()
    return _OVERHEAD + 2 * len(made.thumbnail or "")
