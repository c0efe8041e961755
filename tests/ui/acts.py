"""Acts: what a person does at the window, and sees there."""

from __future__ import annotations

import numpy as np
import PySide6
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QStyle, QStyleOptionSlider


def show(qtbot, window, path):
    window.open_path(path)
    qtbot.waitUntil(lambda: up_to_date(window))
    return window


def up_to_date(window):
    """Whether the canvas shows the document's recipe, as sharp as can be, and nothing is running."""
    if window.document is None or window.files.opening or window.preview.renderer.busy:
        return False
    canvas = window.canvas
    shown = canvas.shown
    recipe = window.document.recipe.active
    return shown is not None and shown.edits == recipe and shown.request.view.scale == canvas.port.view.scale


def drag(slider, to):
    """Drags the handle of a slider with the mouse, in three moves, to a position of its range."""
    option = QStyleOptionSlider()
    slider.initStyleOption(option)
    parts = QStyle.SubControl
    style, slide = slider.style(), QStyle.ComplexControl.CC_Slider
    start = style.subControlRect(slide, option, parts.SC_SliderHandle, slider).center()
    groove = style.subControlRect(slide, option, parts.SC_SliderGroove, slider)
    option.sliderPosition = to
    end = style.subControlRect(slide, option, parts.SC_SliderHandle, slider).center()
    assert groove.contains(end.x(), groove.center().y())
    QTest.mousePress(slider, Qt.MouseButton.LeftButton, pos=start)
    for part in (0.3, 0.6, 1.0):
        x = round(start.x() + part * (end.x() - start.x()))
        QTest.mouseMove(slider, QPoint(x, start.y()))
    QTest.mouseRelease(slider, Qt.MouseButton.LeftButton, pos=QPoint(end.x(), start.y()))


def grabbed(canvas):
    """The canvas as a person sees it, uint8 (h, w, 3), in pixels of the screen."""
    picture = canvas.grab().toImage().convertToFormat(canvas.grab().toImage().Format.Format_RGB888)
    rows = np.frombuffer(picture.constBits(), np.uint8).reshape(picture.height(), picture.bytesPerLine())
    return rows[:, : 3 * picture.width()].reshape(picture.height(), picture.width(), 3).copy()


def photo_on(canvas):
    """Just the photo of what `grabbed` sees, at 1:1 or where all of it fits."""
    x, y = canvas.port.corner
    width, height = (round(side * canvas.port.zoom) for side in canvas.port.photo)
    return grabbed(canvas)[y : y + height, x : x + width]


def drop(window, *paths, over=None):
    """Drags files over a widget of the window, or its middle, and lets them go there."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(p)) for p in paths])
    place = over.mapTo(window, over.rect().center()) if over else window.rect().center()
    what = Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    entered = QPointF(place) if PySide6.__version_info__ >= (6, 12) else place  # the one is new, the other deprecated
    for event in (QDragEnterEvent(entered, *what), QDropEvent(QPointF(place), *what)):
        QApplication.sendEvent(window.windowHandle(), event)
