"""Renderer: cooks what the canvas shows, beside the window; only the newest wish counts."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from threading import Condition, Thread
from time import monotonic

import numpy as np
from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QImage

from editor.core.edit import Edit, Facts, Reading
from editor.core.engine import Engine, View
from editor.core.geometry import Region
from editor.core.histogram import Histogram, histogram
from editor.core.image import Image
from editor.core.job import Cancelled, Job
from editor.core.photo import Photo
from editor.core.proof import SRGB_SCREEN, Bytes, Screen, eight_bits
from editor.core.recipe import Recipe
from editor.ui.tasks import PATIENCE, sentence

GRACE = 0.35  # seconds that an overtaken job may still take: quick pictures then follow a drag instead of starving
HURRY = 0.3  # wishes that come closer upon each other, in seconds, are those of somebody who drags
SETTLE = 0.08  # who drags gets the sharp picture once the hand has been still for so long

Level = tuple[int, int, int]


@dataclass(frozen=True)
class Request:
    """What is to be shown. One that is `fine` follows a coarser one of the same, and gives way at once."""

    photo: Photo
    recipe: Recipe
    view: View
    screen: Screen = SRGB_SCREEN
    fine: bool = field(default=False, compare=False)


@dataclass(frozen=True, eq=False)
class Picture:
    """What was cooked for a request, ready for the screen."""

    request: Request
    region: Region  # in pixels at request.view.scale
    pixels: QImage
    facts: Mapping[tuple[str, str], Facts]  # what its edits found out about the photo, by `Edit.key`
    readings: Mapping[tuple[str, str], tuple[Reading, ...]] = field(default_factory=dict)  # what has come of them
    levels: Bytes | None = None  # 0..255 of the working space (h, w, 3), where `pixels` are something else
    histogram: Histogram | None = None  # where the picture is of the whole photo
    seconds: float = 0.0  # that it took

    @property
    def edits(self) -> tuple[Edit, ...]:
        return self.request.recipe.active

    @property
    def scale(self) -> float:
        return self.request.view.scale

    def level(self, x: int, y: int) -> Level:
        """Red, green and blue of a pixel, counted from the picture's own corner, 0..255 in the working space."""
        if self.levels is not None:
            red, green, blue = (int(v) for v in self.levels[y, x])
            return red, green, blue
        seen = self.pixels.pixelColor(x, y)
        return seen.red(), seen.green(), seen.blue()

    @property
    def alpha(self) -> bool:
        return self.pixels.hasAlphaChannel()

    @property
    def nbytes(self) -> int:
        return self.pixels.sizeInBytes() + (0 if self.levels is None else self.levels.nbytes)


@dataclass(eq=False)
class _Task:
    """A request in the queue, and the part of the whole wish that it is."""

    serial: int
    request: Request
    start: float
    length: float
    begun: float = 0.0
    job: Job = field(default_factory=Job)


class Renderer(QObject):
    """One thread that cooks, and the signals it sends to the window's.

    `busy` tells whether a picture is still to come, `pending` which. After `cancel` none is, until the next `ask`.
    """

    rendered = Signal(object)  # Picture
    overran = Signal(object, float)  # a Request that was stopped, and the seconds it had taken
    progressed = Signal(float)
    failed = Signal(str)
    busy_changed = Signal(bool)
    _told = Signal(int, str, object)

    def __init__(self, engine: Engine, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._engine = engine
        self._busy, self._newest, self._void, self._percent, self._asked = False, 0, 0, -1, 0.0
        self.pending: tuple[Request, ...] = ()
        self._turn = Condition()  # guards the four below
        self._queue: deque[_Task] = deque()
        self._running: _Task | None = None
        self._patient_until = 0.0
        self._closing = False
        self._told.connect(self._hear, Qt.ConnectionType.QueuedConnection)
        self._grace = QTimer(self, singleShot=True)
        self._grace.timeout.connect(self._overtake)
        self._thread = Thread(target=self._work, name="renderer", daemon=True)
        self._thread.start()

    @property
    def busy(self) -> bool:
        return self._busy

    def ask(self, requests: Sequence[Request]) -> None:
        """Cook these next, one after the other. What was asked for before and is not among them is dropped.

        What of it is under way is stopped, if it is fine or takes longer than GRACE.
        """
        wish = tuple(dict.fromkeys(requests))
        if self._busy and wish == self.pending:
            return
        now = monotonic()
        hurried, self._asked = now - self._asked < HURRY, now
        self.pending, self._newest, self._percent = wish, self._newest + 1, -1
        with self._turn:
            running = self._running
            goes_on = running is not None and running.request in wish and not running.job.cancelled
            if running and goes_on:
                running.serial = self._newest
            self._queue = self._tasks([r for r in wish if not (goes_on and running and r == running.request)])
            self._patient_until = now + SETTLE if hurried else 0.0
            self._turn.notify()
        if running and not goes_on:
            if running.request.fine:
                running.job.cancel()
            elif not self._grace.isActive():
                self._grace.start(max(0, round(1000 * (GRACE - (now - running.begun)))))
        self._set_busy(True)

    def _tasks(self, requests: Sequence[Request]) -> deque[_Task]:
        areas = [_pixels(r) for r in requests]
        whole, done, tasks = sum(areas) or 1, 0, deque[_Task]()
        for request, area in zip(requests, areas, strict=True):
            task = _Task(self._newest, request, done / whole, area / whole)
            task.job = Job(partial(self._report, task))
            tasks.append(task)
            done += area
        return tasks

    def cancel(self) -> None:
        """Stop, and show nothing of what was under way. Returns at once."""
        self._void, self.pending = self._newest, ()
        with self._turn:
            self._queue.clear()
            if self._running:
                self._running.job.cancel()
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
            if self._running and self._running.serial != self._newest:
                self._running.job.cancel()

    @Slot(int, str, object)
    def _hear(self, serial: int, what: str, news: object) -> None:
        if serial <= self._void:
            return
        if what == "rendered" and isinstance(news, Picture):
            self.pending = tuple(r for r in self.pending if r != news.request)
            self.rendered.emit(news)  # even if overtaken: it may be newer than what is on the screen
        elif what == "overran" and isinstance(news, _Task):
            self.overran.emit(news.request, monotonic() - news.begun)
        elif serial != self._newest:
            return
        elif what == "progress":
            self.progressed.emit(news)
        elif what in ("done", "failed"):
            self.pending = ()
            self._set_busy(False)
            if what == "failed":
                self.failed.emit(news)

    # From here on in the renderer's thread.

    def _report(self, task: _Task, done: float) -> None:
        if (percent := int(100 * (task.start + done * task.length))) != self._percent:
            self._percent = percent
            self._told.emit(task.serial, "progress", percent / 100)

    def _next(self) -> _Task | None:
        """The next in the queue, as soon as it is its turn; None at the end."""
        with self._turn:
            while not self._closing:
                left = self._patient_until - monotonic()
                if self._queue and (left <= 0 or not self._queue[0].request.fine):
                    task = self._running = self._queue.popleft()
                    task.begun = monotonic()
                    return task
                self._turn.wait(left if self._queue else None)
        return None

    def _work(self) -> None:
        while task := self._next():
            news: object = None
            try:
                what, news = "rendered", self._cook(task)
            except Cancelled:
                what, news = "overran", task
            except Exception as error:  # whatever an edit or a network runs into, the window lives on
                what, news = "failed", sentence(error)
            with self._turn:
                self._running, serial = None, task.serial
                if what == "failed" and serial == self._newest:
                    self._queue.clear()  # they would fail alike
                last = not self._queue
            self._told.emit(serial, what, news)
            if last and what != "failed":
                self._told.emit(serial, "done", None)
            del task, news  # the photo may be closed before the next one comes

    def _cook(self, task: _Task) -> Picture:
        request = task.request
        photo, recipe, screen = request.photo, request.recipe, request.screen
        begin = monotonic()
        image = self._engine.render(photo, recipe, request.view, task.job)
        pixels = for_screen(image, screen)
        seconds = monotonic() - begin
        facts = {
            edit.key: found  # the engine has just found it out, and remembers
            for edit in recipe.active
            if edit.question() is not None and (found := self._engine.facts(photo, recipe, edit, task.job.quiet()))
        }
        readings = {e.key: read for e in recipe.active if (read := e.reading(facts.get(e.key)))}
        levels = None if screen.plain else eight_bits(image.rgb)
        counts = histogram(image) if request.view.region is None else None
        return Picture(request, image.region, pixels, facts, readings, levels, counts, seconds)


def _pixels(request: Request) -> int:
    region, scale = request.view.region, request.view.scale
    width, height = request.photo.size
    return region.width * region.height if region else round(width * height * scale * scale)


def for_screen(image: Image, screen: Screen = SRGB_SCREEN) -> QImage:
    """The image as 8-bit pixels of the screen, which Qt draws without converting; it owns its memory."""
    width, height = image.size
    colours = screen.pixels(image.rgb)
    formats = QImage.Format
    if image.alpha is None:
        seen = QImage(colours.data, width, height, 3 * width, formats.Format_RGB888)
        return seen.convertToFormat(formats.Format_RGB32)
    samples = np.empty((height, width, 4), np.uint8)
    samples[..., :3] = colours
    samples[..., 3] = eight_bits(image.alpha)
    seen = QImage(samples.data, width, height, 4 * width, formats.Format_RGBA8888)
    return seen.convertToFormat(formats.Format_ARGB32_Premultiplied)
