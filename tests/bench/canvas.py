"""Canvas: how soon the real window paints what the hand does, in milliseconds, at 1920 x 1200."""

from __future__ import annotations

import os
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
from PIL import Image as Pillow

from editor import edits
from editor.core.edit import Edit
from editor.core.photo import Photo
from editor.core.sample import draw, grain
from editor.ml.store import Store, model_folder

WINDOW = (1920, 1200)
SIZE = (8660, 5774)  # 50 megapixels
MOVES = 90  # of a drag, at the pace of a usual mouse
PACE = 1 / 60
TIMES = 3  # the best of which counts, as other programs take their part of the machine
NETWORK_TIMES = 5


def large_photo(folder: Path) -> Photo:
    """A product photo of 50 megapixels with fine noise."""
    part = (grain(draw(size=(1500, 1000)), gain=0.0005, floor=0.01).clip(0, 1) * 255).astype(np.uint8)
    whole = np.tile(part, (SIZE[1] // 1000 + 1, SIZE[0] // 1500 + 1, 1))[: SIZE[1], : SIZE[0]]
    path = folder / "large.jpg"
    Pillow.fromarray(whole).save(path, quality=90)
    return Photo.open(path)


def p95(seconds: list[float]) -> float:
    """The 95th percentile, in milliseconds."""
    return 1000 * float(np.percentile(seconds, 95))


class Desk:
    """A real window with a photo on it, and a watch on every paint of its canvas."""

    def __init__(self, models: object, photo: Photo) -> None:
        from PySide6.QtWidgets import QApplication

        from editor.core.document import Document
        from editor.ui import theme
        from editor.ui.window import MainWindow

        app = QApplication.instance()
        self.app = app if isinstance(app, QApplication) else QApplication(["bench"])
        theme.apply(self.app)
        self.window = MainWindow(models, lambda: ("CPU", ""))
        self.window.resize(*WINDOW)
        self.window.show()
        self.canvas = self.window.canvas
        self.paints: list[tuple[float, float, object]] = []  # when it was done, how long it took, the edits shown
        self._watch()
        self.settle(0.3)
        self.window.open_with(lambda: photo, photo.path.name)
        self.until(lambda: self.window.document is not None and self.canvas.shown is not None)
        self.still()
        assert isinstance(self.window.document, Document)
        self.document = self.window.document

    def _watch(self) -> None:
        plain = type(self.canvas).paintEvent

        def paint(event: object) -> None:
            begin = time.perf_counter()
            plain(self.canvas, event)
            end = time.perf_counter()
            shown = self.canvas.shown
            self.paints.append((end, end - begin, shown.edits if shown else None))

        self.canvas.paintEvent = paint

    def until(self, done, most: float = 60.0) -> None:
        end = time.perf_counter() + most
        while not done():
            if time.perf_counter() > end:
                raise RuntimeError("the window did not get there")
            self.app.processEvents()
            time.sleep(0.0002)

    def still(self) -> None:
        """Until nothing is cooked any more, and it has been painted."""
        self.settle(0.05)
        self.until(lambda: not self.window.preview.renderer.busy)
        self.settle(0.1)

    def settle(self, seconds: float) -> None:
        end = time.perf_counter() + seconds
        while (left := end - time.perf_counter()) > 0:
            self.app.processEvents()
            time.sleep(min(0.0005, left))

    def close(self) -> None:
        self.window.shut_down()
        self.window.hide()


def panned(desk: Desk) -> list[float]:
    """Seconds of each paint while the photo is dragged about at 1:1."""
    from PySide6.QtCore import QPoint, Qt
    from PySide6.QtTest import QTest

    desk.canvas.real_pixels()
    desk.still()
    desk.paints.clear()
    x, y = desk.canvas.width() // 2, desk.canvas.height() // 2
    QTest.mousePress(desk.canvas, Qt.MouseButton.MiddleButton, pos=QPoint(x, y))
    for move in range(MOVES):
        way = 1 if move < MOVES // 2 else -1
        x, y = x - 23 * way, y - 11 * way
        QTest.mouseMove(desk.canvas, QPoint(x, y))
        desk.settle(PACE)
    QTest.mouseRelease(desk.canvas, Qt.MouseButton.MiddleButton, pos=QPoint(x, y))
    return [took for _, took, _ in desk.paints]


def zoomed(desk: Desk) -> list[float]:
    """Seconds of each paint while the wheel zooms in and out."""
    from PySide6.QtCore import QPoint, QPointF, Qt
    from PySide6.QtGui import QWheelEvent
    from PySide6.QtWidgets import QApplication

    desk.canvas.fit()
    desk.still()
    desk.paints.clear()
    at = QPointF(desk.canvas.width() * 0.4, desk.canvas.height() * 0.6)
    for notches in [1] * 12 + [-1] * 14 + [1] * 6 + [-1] * 8:
        event = QWheelEvent(
            at, desk.canvas.mapToGlobal(at), QPoint(), QPoint(0, 120 * notches), Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(desk.canvas, event)
        desk.settle(2 * PACE)
    return [took for _, took, _ in desk.paints]


def dragged(desk: Desk) -> list[float]:
    """Seconds from each move of the exposure's handle to the first paint that shows it, or a later one."""
    from PySide6.QtCore import QPoint, Qt
    from PySide6.QtTest import QTest

    desk.canvas.fit()
    desk.still()
    slider = desk.window.panel.groups["exposure"].controls["stops"].slider
    middle = slider.rect().center()
    kind = Edit.kinds["exposure"]
    desk.document.put(kind(stops=0.01))
    desk.still()
    desk.paints.clear()
    moves: list[tuple[float, object]] = []
    QTest.mousePress(slider, Qt.MouseButton.LeftButton, pos=middle)
    for move in range(MOVES):
        way = move if move < MOVES // 2 else MOVES - move
        begin, before = time.perf_counter(), desk.document.recipe
        QTest.mouseMove(slider, QPoint(middle.x() + way, middle.y()))
        desk.app.processEvents()
        if desk.document.recipe != before:
            moves.append((begin, desk.document.recipe.active))
        desk.settle(max(0.0, PACE - (time.perf_counter() - begin)))
    QTest.mouseRelease(slider, Qt.MouseButton.LeftButton, pos=QPoint(middle.x() + 1, middle.y()))
    desk.still()
    if len(moves) < MOVES // 2:
        raise RuntimeError("the slider was not dragged")
    order = {recipe: index for index, (_, recipe) in enumerate(moves)}
    found = []
    for index, (begin, _) in enumerate(moves):
        later = [end for end, _, seen in desk.paints if end > begin and order.get(seen, -1) >= index]
        found.append(min(later, default=time.perf_counter()) - begin)
    return found


def network(desk: Desk) -> tuple[float, float]:
    """Seconds from a changed denoiser to its first picture, and to the sharp one; the longest of some."""
    kind = Edit.kinds["denoise"]
    desk.canvas.fit()
    first, sharp = [], []
    for level in range(1, NETWORK_TIMES + 1):
        edit = kind(noise=3.0 + level)
        desk.still()
        begin = time.perf_counter()
        desk.document.put(edit)
        desk.until(lambda edit=edit: any(edit in (seen or ()) for _, _, seen in desk.paints), 300)
        first.append(time.perf_counter() - begin)
        desk.until(lambda: not desk.window.preview.renderer.busy, 300)
        sharp.append(time.perf_counter() - begin)
    return max(first), max(sharp)


def numbers() -> dict[str, float]:
    """Everything, in milliseconds."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    edits.discover()
    with tempfile.TemporaryDirectory() as folder:
        photo = large_photo(Path(folder))
        desk = Desk(Store(model_folder()), photo)
        try:
            pan, zoom, drag = (min((act(desk) for _ in range(TIMES)), key=p95) for act in (panned, zoomed, dragged))
            first, sharp = network(desk)
        finally:
            desk.close()
    return {
        "50 MP, panning at 1:1: a paint, p95, ms (16 is a frame)": p95(pan),
        "50 MP, zooming by the wheel: a paint, p95, ms": p95(zoom),
        "50 MP, dragging exposure: input to painted, median, ms": 1000 * float(np.median(drag)),
        "  p95, ms (at most 50)": p95(drag),
        "50 MP, a denoiser on the CPU: change to coarse picture, ms (at most 700)": 1000 * first,
        "  to the sharp picture, ms": 1000 * sharp,
    }


if __name__ == "__main__":
    for name, value in numbers().items():
        print(f"{name:76} {value:.3g}")
    sys.exit(0)
