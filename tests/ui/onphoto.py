"""On the photo: what a person does there with the pointer, in fractions of the picture that is shown."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from PIL import Image as Pillow
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

NONE = Qt.KeyboardModifier.NoModifier
LEFT = Qt.MouseButton.LeftButton


def spot(canvas, x, y):
    """Where a point of the shown picture, in fractions of it, lies on the widget."""
    port, ratio = canvas.port, canvas.devicePixelRatioF()
    left, top = port.corner
    return QPoint(
        round((left + x * port.photo[0] * port.zoom) / ratio), round((top + y * port.photo[1] * port.zoom) / ratio)
    )


def press(canvas, at, keys=NONE):
    QTest.mousePress(canvas, LEFT, keys, spot(canvas, *at))


def move(canvas, at, keys=NONE):
    """QTest's own move cannot hold keys."""
    here = QPointF(spot(canvas, *at))
    kind, held = QMouseEvent.Type.MouseMove, LEFT if QApplication.mouseButtons() & LEFT else Qt.MouseButton.NoButton
    event = QMouseEvent(kind, here, canvas.mapToGlobal(here), Qt.MouseButton.NoButton, held, keys)
    QApplication.sendEvent(canvas, event)


def release(canvas, at, keys=NONE):
    QTest.mouseRelease(canvas, LEFT, keys, spot(canvas, *at))


def drag(canvas, *places, keys=NONE):
    """From the first place over the others to the last."""
    press(canvas, places[0], keys)
    for before, there in pairwise(places):
        for part in (0.34, 0.67, 1.0):
            move(canvas, tuple(a + (b - a) * part for a, b in zip(before, there, strict=True)), keys)
    release(canvas, places[-1], keys)


def click(canvas, at, keys=NONE):
    press(canvas, at, keys)
    release(canvas, at, keys)


def key(canvas, which, keys=NONE):
    QTest.keyClick(canvas, which, keys)


def wheel(canvas, at, notches, keys=NONE):
    here = QPointF(spot(canvas, *at))
    event = QWheelEvent(
        here, canvas.mapToGlobal(here), QPoint(), QPoint(0, 120 * notches), Qt.MouseButton.NoButton, keys,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(canvas, event)


def quarters(path, size=(1600, 1200)):
    """A photo of four plain quarters: red, green, blue, grey, from the upper left on, row by row."""
    width, height = size
    pixels = np.empty((height, width, 3), np.uint8)
    pixels[: height // 2, : width // 2] = (200, 40, 40)
    pixels[: height // 2, width // 2 :] = (40, 180, 60)
    pixels[height // 2 :, : width // 2] = (50, 60, 190)
    pixels[height // 2 :, width // 2 :] = (120, 120, 120)
    Pillow.fromarray(pixels).save(path)
    return path


def quiet(qtbot, window):
    """Waits until nothing is being cooked."""
    qtbot.waitUntil(lambda: not window.preview.renderer.busy)
