"""Keeping: the edits of the open photo are kept beside it as they are made; where they cannot, the person hears it."""

from __future__ import annotations

import os
from functools import partial

from PySide6.QtCore import QObject, Qt, Signal, Slot

from editor.core.document import Document
from editor.core.handout import Turns
from editor.core.keeper import Keeper
from editor.core.marks import UNMARKED, Marks
from editor.core.photo import Photo
from editor.core.shot import Shot
from editor.core.sidecar import Kept, load
from editor.ui.notices import Banner
from editor.ui.reasons import in_words


class Keeping(QObject):
    """Between the document and its sidecar. A picture that is no file, such as the sample, is kept nowhere."""

    changed = Signal()  # `safe` may have become another
    marked = Signal(object, object)  # Shot, its new Marks
    _told = Signal(int, str)
    _met = Signal(int, str)

    def __init__(self, banner: Banner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._banner = banner
        self.turns = Turns()  # the open photo is held: nobody else may write beside it
        self._document: Document | None = None
        self._keeper: Keeper | None = None
        self._sitting = 0  # the number of the keeper; an old one's last words are not heard
        self._paused: tuple[int, ...] | None = None  # the photo's file as it was then
        self._later = UNMARKED  # the marks as they are then, and as they are to be afterwards
        self._opened: tuple[int, ...] = ()  # and as it was when it came
        self._warned = False
        self._told.connect(self._hear, Qt.ConnectionType.QueuedConnection)
        self._met.connect(self._hear_of_another, Qt.ConnectionType.QueuedConnection)

    @property
    def document(self) -> Document | None:
        """The one that is open."""
        return self._document

    @property
    def safe(self) -> bool:
        """Whether edits are being kept."""
        return self._keeper is not None and not self._keeper.reason

    @property
    def fresh(self) -> bool:
        """Whether the photo's file still is what has been opened."""
        return self._document is not None and self._opened != () and _stamp(self._document.photo) == self._opened

    @property
    def marks(self) -> Marks:
        """Rating and label of the open photo."""
        return self._keeper.marks if self._keeper else self._later

    def mark(self, marks: Marks) -> None:
        """Rate or label the open photo. One that is no file is not marked."""
        if self._document and self._keeper and marks != self._keeper.marks:
            self._keeper.mark(marks)
            self.marked.emit(self._document.shot, marks)
        elif self._document and self._paused is not None and marks != self._later:
            self._later = marks
            self.marked.emit(self._document.shot, marks)

    def open(self, photo: Photo | None, copy: int = 0) -> Document | None:
        """The document of another photo, or of its virtual copy, with the edits that are kept beside it and the steps
        that led there; the one before is let go."""
        if self._keeper:
            self._keeper.close(wait=False)
        self._banner.outdate("keeping")
        if self._document:
            self.turns.let_go(self._document.shot, self._keeper.wait if self._keeper else None)
        self._warned, self._paused, self._document, self._keeper = False, None, None, None
        self._later = UNMARKED
        if photo is None:
            return None
        self._opened = _stamp(photo)
        self.turns.hold(Shot(photo.path, copy))
        is_file = os.path.isfile(photo.path)
        kept = load(photo.path, copy) if is_file else Kept()
        document = self._document = Document(photo, copy=copy, history=kept.history)
        document.on_change(partial(self._keep, document))
        if kept.trouble:
            self._banner.say(kept.trouble, "keeping")
        if is_file:
            self._begin(kept)
        return document

    def flush(self) -> bool:
        """Whether the edits as they are now are kept beside the photo."""
        return self._keeper is not None and self._keeper.flush()

    def pause(self) -> None:
        """The photo's own file is about to be replaced: edits of what it holds now are not to lie beside it then."""
        if self._document and self._keeper:
            self._later = self._keeper.marks
            self.close()
            self._paused = _stamp(self._document.photo)

    def resume(self) -> None:
        """Go on, unless the file has been replaced: the document is then of pixels that are nowhere any more."""
        if self._document and self._paused is not None:
            if _stamp(self._document.photo) == self._paused:
                self._begin(load(*self._document.shot))
                self._keep(self._document)
                if self._keeper:
                    self._keeper.mark(self._later)
            self._paused, self._later = None, UNMARKED

    def close(self) -> None:
        """Write what is still to be written; returns when the thread has ended."""
        if self._keeper:
            self._keeper.close()
            self._keeper = None
        self.turns.wait()

    def _begin(self, kept: Kept) -> None:
        if self._document:
            self._sitting += 1
            path, copy = self._document.shot
            told, met = partial(self._told.emit, self._sitting), partial(self._met.emit, self._sitting)
            self._keeper = Keeper(path, kept, told, copy, met)

    def _keep(self, document: Document) -> None:
        if document is self._document and self._keeper:
            self._keeper.keep(document.recipe, document.history)

    @Slot(int, str)
    def _hear(self, sitting: int, reason: str) -> None:
        if sitting != self._sitting or not self._keeper or not self._document:
            return
        if reason and not self._warned:
            self._warned = True
            text = self.tr("The edits of {} cannot be kept beside it ({}); you will be asked before they are lost.")
            self._banner.say(text.format(self._document.photo.path.name, in_words(reason)), "keeping")
        elif not reason:
            self._banner.outdate("keeping")
        self.changed.emit()

    @Slot(int, str)
    def _hear_of_another(self, sitting: int, name: str) -> None:
        if sitting == self._sitting and self._document:
            text = self.tr("{} has been edited in another window as well; those edits are kept in {}.")
            self._banner.say(text.format(self._document.photo.path.name, name), "keeping")


def _stamp(photo: Photo) -> tuple[int, ...]:
    """What changes when a file is replaced."""
    try:
        found = photo.path.stat()
    except OSError:
        return ()
    return found.st_dev, found.st_ino, found.st_mtime_ns, found.st_size
