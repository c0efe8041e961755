"""Thumbnails: small pictures of many photos, made beside the window, what is in sight first."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from threading import Condition, Thread

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QImage

from editor.core.folder import Entry
from editor.core.formats import PhotoError
from editor.core.proof import SRGB_SCREEN, Screen
from editor.core.sketch import miniature
from editor.ui.renderer import for_screen
from editor.ui.tasks import PATIENCE, sentence

MEMORY = 96 << 20  # bytes of thumbnails that are kept
THREADS = 2
_OVERHEAD = 200  # bytes that one takes beside its pixels, so that broken photos count too

Thumbnail = QImage | str  # or why there is none, in one line


class Thumbnails(QObject):
    """Ask with `find`, say with `want` what is to be made; `made` tells of each.

    The threads begin with the first wish and end with `close`. They always take the first that is wanted now, so what
    has gone out of sight is not made any more.
    """

    made = Signal(object, object)  # Entry, Thumbnail
    _told = Signal(int, object, object)

    def __init__(self, parent: QObject | None = None, memory: int = MEMORY) -> None:
        super().__init__(parent)
        self._memory, self._used = memory, 0
        self._kept: OrderedDict[Entry, Thumbnail] = OrderedDict()
        self._side, self._round = 0, 0  # another round has begun when another side or screen is asked for
        self._threads: list[Thread] = []
        self._told.connect(self._hear, Qt.ConnectionType.QueuedConnection)
        self._turn = Condition()  # guards what follows
        self._wanted: list[Entry] = []
        self._making: set[tuple[Entry, int]] = set()
        self._how = (0, SRGB_SCREEN, 0)  # side, screen, round
        self._running, self._most, self._closing = 0, THREADS, False

    @property
    def nbytes(self) -> int:
        """What the thumbnails that are kept take."""
        return self._used

    def find(self, entry: Entry) -> Thumbnail | None:
        """The thumbnail, if it has been made and not been dropped since."""
        if entry in self._kept:
            self._kept.move_to_end(entry)
        return self._kept.get(entry)

    def want(self, photos: Sequence[Entry], side: int) -> None:
        """Make these next, in this order, `side` pixels large, and nothing that was wanted before."""
        if side != self._side:
            self._begin_round(side, self._how[1])
        with self._turn:
            self._wanted = [e for e in photos if e not in self._kept and (e, self._round) not in self._making]
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
    def _hear(self, number: int, entry: Entry, thumbnail: Thumbnail) -> None:
        with self._turn:
            self._making.discard((entry, number))
        if number != self._round or self._closing:
            return
        self._used += _nbytes(thumbnail) - (_nbytes(self._kept.pop(entry)) if entry in self._kept else 0)
        self._kept[entry] = thumbnail
        while self._used > self._memory and len(self._kept) > 1:
            self._used -= _nbytes(self._kept.popitem(last=False)[1])
        self.made.emit(entry, thumbnail)

    # In the threads.

    def _work(self) -> None:
        while True:
            with self._turn:
                self._turn.wait_for(lambda: self._closing or (self._wanted and self._running < self._most))
                if self._closing:
                    return
                entry, (side, screen, number) = self._wanted.pop(0), self._how
                self._making.add((entry, number))
                self._running += 1
            try:
                self._told.emit(number, entry, _make(entry, side, screen))
            finally:
                with self._turn:
                    self._running -= 1
                    self._turn.notify_all()


def _make(entry: Entry, side: int, screen: Screen) -> Thumbnail:
    try:
        return for_screen(miniature(entry.path, side), screen)
    except Exception as error:  # whatever is wrong with one photo, the others are shown
        return str(error) if isinstance(error, PhotoError) else sentence(error)


def _nbytes(thumbnail: Thumbnail) -> int:
    return _OVERHEAD + (thumbnail.sizeInBytes() if isinstance(thumbnail, QImage) else 2 * len(thumbnail))
