"""Renderer: cooks what the canvas shows, beside the window; only the newest wish counts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from threading import Condition, Thread
from time import monotonic

import numpy as np
from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QImage

from editor.core.edit import Edit, Facts
from editor.core.engine import Engine, View
from editor.core.geometry import Region
from editor.core.image import Image
from editor.core.job import Cancelled, Job
from editor.core.photo import Photo
from editor.core.proof import SRGB_SCREEN, Screen
from editor.core.recipe import Recipe
from editor.ui.tasks import PATIENCE, sentence

GRACE = 0.15  # seconds that an overtaken job may still take: quick edits then follow a drag instead of starving


@dataclass(frozen=True)
class Request:
    """What is to be shown."""

    photo: Photo
    recipe: Recipe
    view: View
    screen: Screen = SRGB_SCREEN


@dataclass(frozen=True, eq=False)
class Picture:
    """What was cooked for a request, ready for the screen."""

    request: Request
    region: Region  # in pixels at request.view.scale
    pixels: QImage
    facts: Mapping[tuple[str, str], Facts]  # what its edits found out about the photo, by `Edit.key`

    @property
    def edits(self) -> tuple[Edit, ...]:
        return self.request.recipe.active

    @property
    def alpha(self) -> bool:
        return self.pixels.hasAlphaChannel()


class Renderer(QObject):
    """One thread that cooks, and the signals it sends to the window's.

    `busy` tells whether a picture is still to come. After `cancel` none is, until the next `request`.
    """

    rendered = Signal(object)  # Picture
    progressed = Signal(float)
    failed = Signal(str)
    busy_changed = Signal(bool)
    _told = Signal(int, str, object)

    def __init__(self, engine: Engine, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._engine = engine
        self._busy, self._newest, self._void, self._percent = False, 0, 0, -1
        self._wanted: Request | None = None
        self._turn = Condition()  # guards the three below
        self._next: tuple[int, Request, Job] | None = None
        self._running: tuple[int, float, Job] | None = None
        self._closing = False
        self._told.connect(self._hear, Qt.ConnectionType.QueuedConnection)
        self._grace = QTimer(self, singleShot=True)
        self._grace.timeout.connect(self._overtake)
        self._thread = Thread(target=self._work, name="renderer", daemon=True)
        self._thread.start()

    @property
    def busy(self) -> bool:
        return self._busy

    def request(self, photo: Photo, recipe: Recipe, view: View, screen: Screen = SRGB_SCREEN) -> None:
        """Cook this next. What was asked for before is dropped, and stopped if it takes longer than GRACE."""
        wanted = Request(photo, recipe, view, screen)
        if self._busy and wanted == self._wanted:
            return
        self._newest, self._wanted, self._percent = self._newest + 1, wanted, -1
        with self._turn:
            self._next = self._newest, wanted, Job(partial(self._report, self._newest))
            running = self._running
            self._turn.notify()
        if running and not self._grace.isActive():
            left = GRACE - (monotonic() - running[1])
            self._grace.start(max(0, round(1000 * left)))
        self._set_busy(True)

    def cancel(self) -> None:
        """Stop, and show nothing of what was under way. Returns at once."""
        self._void, self._wanted = self._newest, None
        with self._turn:
            self._next = None
            if self._running:
                self._running[2].cancel()
        self._set_busy(False)

    def close(self) -> None:
        """Stop for good; returns when the thread has ended."""
        self.cancel()
        self._grace.stop()
        with self._turn:
            self._closing = True
            self._turn.notify()
        self._thread.join(PATIENCE)

    def _set_busy(self, busy: bool) -> None:
        if busy != self._busy:
            self._busy = busy
            self.busy_changed.emit(busy)

    @Slot()
    def _overtake(self) -> None:
        with self._turn:
            if self._running and self._running[0] != self._newest:
                self._running[2].cancel()

    @Slot(int, str, object)
    def _hear(self, serial: int, what: str, news: object) -> None:
        if serial <= self._void:
            return
        if what == "rendered":  # shown even if overtaken: it is newer than what is on the screen
            self.rendered.emit(news)
        elif serial != self._newest:
            return
        elif what == "progress":
            self.progressed.emit(news)
        else:
            self._set_busy(False)
            if what == "failed":
                self.failed.emit(news)

    # From here on in the renderer's thread.

    def _report(self, serial: int, done: float) -> None:
        if (percent := int(100 * done)) != self._percent:
            self._percent = percent
            self._told.emit(serial, "progress", done)

    def _work(self) -> None:
        while True:
            with self._turn:
                self._running = None
                self._turn.wait_for(lambda: self._next or self._closing)
                if self._closing or not self._next:
                    return
                serial, request, job = self._next
                self._next, self._running = None, (serial, monotonic(), job)
            try:
                self._cook(serial, request, job)
            except Cancelled:
                self._told.emit(serial, "stopped", None)
            except Exception as error:  # whatever an edit or a network runs into, the window lives on
                self._told.emit(serial, "failed", sentence(error))
            else:
                self._told.emit(serial, "done", None)
            del request  # the photo may be closed before the next one comes

    def _cook(self, serial: int, request: Request, job: Job) -> None:
        photo, recipe = request.photo, request.recipe
        image = self._engine.render(photo, recipe, request.view, job)
        facts = {
            edit.key: found  # the engine has just found it out, and remembers
            for edit in recipe.active
            if edit.question() is not None and (found := self._engine.facts(photo, recipe, edit, job.quiet()))
        }
        self._told.emit(serial, "rendered", Picture(request, image.region, for_screen(image, request.screen), facts))


def for_screen(image: Image, screen: Screen = SRGB_SCREEN) -> QImage:
    """The image as 8-bit pixels of the screen, which Qt draws without converting; it owns its memory."""
    width, height = image.size
    samples = np.empty((height, width, 4), np.uint8)
    samples[..., :3] = screen.pixels(image.rgb)
    samples[..., 3] = 255 if image.alpha is None else image.alpha.clip(0, 1) * 255 + 0.5
    formats = QImage.Format
    if image.alpha is None:
        seen = QImage(samples.data, width, height, 4 * width, formats.Format_RGBX8888)
        return seen.convertToFormat(formats.Format_RGB32)
    seen = QImage(samples.data, width, height, 4 * width, formats.Format_RGBA8888)
    return seen.convertToFormat(formats.Format_ARGB32_Premultiplied)
