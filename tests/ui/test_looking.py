"""Looking about: zoom and pan by keys, wheel, trackpad and fingers; huge photos; what is behind transparent ones."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image as Pillow
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QInputDevice, QNativeGestureEvent, QPointingDevice, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from editor.core.engine import Engine
from editor.core.photo import Photo
from editor.ui.viewport import ALIGN
from tests.ui.acts import grabbed, photo_on, show, up_to_date

NONE, CONTROL = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier


def patterned(width, height):
    """Pixels none of which is like its neighbours, and no two rows or columns are alike."""
    y, x = np.mgrid[0:height, 0:width]
    return np.stack([x % 251, y % 241, (x // 251 + y // 241) % 239], axis=2).astype(np.uint8)


@pytest.fixture
def large(tmp_path):
    pixels = patterned(1600, 1200)
    path = tmp_path / "large.png"
    Pillow.fromarray(pixels).save(path)
    return path, pixels


@pytest.fixture
def looking(qtbot, window, large):
    """The window with that photo, at 1:1."""
    show(qtbot, window, large[0])
    window.canvas.setFocus()
    window.canvas.real_pixels()
    qtbot.waitUntil(lambda: up_to_date(window))
    return window


@pytest.fixture
def asked(monkeypatch):
    """The views that the engine was asked for."""
    views, render = [], Engine.render

    def watched(self, photo, recipe, view, job):
        views.append(view)
        return render(self, photo, recipe, view, job)

    monkeypatch.setattr(Engine, "render", watched)
    return views


def shows(qtbot, window, pixels):
    """Waits until the canvas shows its part of `pixels`, at 1:1, and nothing else."""
    qtbot.waitUntil(lambda: up_to_date(window))
    x, y = window.canvas.port.corner
    width, height = window.canvas.port.size
    assert (grabbed(window.canvas) == pixels[-y : -y + height, -x : -x + width]).all()


def wheel(
    canvas, angle, pixel=(0, 0), phase=Qt.ScrollPhase.NoScrollPhase, modifiers=NONE, at=(300.0, 200.0), device=None
):
    at = QPointF(*at)
    told = [
        at,
        canvas.mapToGlobal(at),
        QPoint(*pixel),
        QPoint(*angle),
        Qt.MouseButton.NoButton,
        modifiers,
        phase,
        False,
    ]
    if device:
        told += [Qt.MouseEventSource.MouseEventNotSynthesized, device]
    QApplication.sendEvent(canvas, QWheelEvent(*told))


def test_zooms_by_key(qtbot, window, large):
    show(qtbot, window, large[0])
    canvas = window.canvas
    for key, zoom in ((Qt.Key.Key_1, 1.0), (Qt.Key.Key_2, 2.0)):
        QTest.keyClick(window, key, CONTROL)
        assert canvas.port.zoom == zoom
    QTest.keyClick(window, Qt.Key.Key_0, CONTROL | Qt.KeyboardModifier.AltModifier)
    assert canvas.port.fills and canvas.port.zoom == max(
        s / p for s, p in zip(canvas.port.size, (1600, 1200), strict=True)
    )
    QTest.keyClick(window, Qt.Key.Key_Z)
    assert canvas.port.fits
    QTest.keyClick(window, Qt.Key.Key_Z)
    assert canvas.port.zoom == 1.0
    QTest.keyClick(window, Qt.Key.Key_0, CONTROL)
    assert canvas.port.fits


def test_at_2_to_1_every_pixel_is_a_square(qtbot, looking, large):
    looking.canvas.double()
    qtbot.waitUntil(lambda: up_to_date(looking))
    x, y = looking.canvas.port.corner
    seen = grabbed(looking.canvas)
    height, width = seen.shape[:2]
    rows, columns = (np.arange(height) - y) // 2, (np.arange(width) - x) // 2
    assert (seen == large[1][rows[:, None], columns[None]]).all()


@pytest.mark.parametrize("how", ["middle", "space", "plain"])
def test_the_photo_is_pushed(qtbot, looking, large, how):
    canvas, buttons = looking.canvas, Qt.MouseButton
    button = buttons.MiddleButton if how == "middle" else buttons.LeftButton
    x, y = canvas.port.corner
    if how == "space":
        QTest.keyPress(canvas, Qt.Key.Key_Space)
    QTest.mousePress(canvas, button, pos=QPoint(400, 300))
    assert canvas.cursor().shape() == Qt.CursorShape.ClosedHandCursor
    QTest.mouseMove(canvas, QPoint(250, 210))
    QTest.mouseRelease(canvas, button, pos=QPoint(250, 210))
    QTest.keyRelease(canvas, Qt.Key.Key_Space)
    assert canvas.port.corner == (x - 150, y - 90)
    assert canvas.cursor().shape() == Qt.CursorShape.OpenHandCursor
    shows(qtbot, looking, large[1])
    QTest.mouseMove(canvas, QPoint(100, 100))
    assert canvas.port.corner == (x - 150, y - 90)


def test_panning_asks_for_what_comes_into_sight_and_for_nothing_on_the_way_back(qtbot, looking, large, asked):
    canvas = looking.canvas
    asked.clear()
    start = canvas.port
    for _ in range(3):
        QTest.keyClick(canvas, Qt.Key.Key_Right)
        shows(qtbot, looking, large[1])
    width, height = canvas.port.size
    cooked = sum(v.region.width * v.region.height for v in asked)
    assert canvas.port.corner[0] == start.corner[0] - 240 and 0 < cooked <= (240 + ALIGN) * (height + 2 * ALIGN)
    assert cooked < width * height / 2
    asked.clear()
    for _ in range(3):
        QTest.keyClick(canvas, Qt.Key.Key_Left)
        shows(qtbot, looking, large[1])
    assert canvas.port.corner == start.corner and not asked


def test_a_wheel_zooms_and_two_fingers_on_a_trackpad_pan(qtbot, looking, large):
    canvas = looking.canvas
    x, y = canvas.port.corner
    wheel(canvas, (0, 60), (-30, 20), Qt.ScrollPhase.ScrollUpdate)
    assert canvas.port.zoom == 1.0 and canvas.port.corner == (x - 30, y + 20)
    pad = QPointingDevice(
        "pad", 7, QInputDevice.DeviceType.TouchPad, QPointingDevice.PointerType.Finger,
        QInputDevice.Capability.Position, 2, 0,
    )  # fmt: skip
    wheel(canvas, (60, -80), device=pad)
    assert canvas.port.zoom == 1.0 and canvas.port.corner == (x, y - 20)
    shows(qtbot, looking, large[1])
    anchor = canvas.port.photo_point((300, 200))
    wheel(canvas, (0, 120), (0, 120), Qt.ScrollPhase.ScrollUpdate, CONTROL)
    assert canvas.port.zoom == pytest.approx(2**0.5)
    assert canvas.port.photo_point((300, 200)) == pytest.approx(anchor, abs=1)
    wheel(canvas, (0, 120), (0, 15))
    assert canvas.port.zoom == pytest.approx(2 ** (2 / 3))


def test_a_pinch_on_a_trackpad_zooms_to_the_pointer(looking):
    canvas, device = looking.canvas, QPointingDevice.primaryPointingDevice()
    at = QPointF(500, 250)
    anchor = canvas.port.photo_point((500, 250))

    def pinch(kind, value):
        event = QNativeGestureEvent(kind, device, 2, at, at, QPointF(canvas.mapToGlobal(at)), value, QPointF())
        QApplication.sendEvent(canvas, event)

    kinds = Qt.NativeGestureType
    pinch(kinds.BeginNativeGesture, 0)
    for _ in range(3):
        pinch(kinds.ZoomNativeGesture, 0.1)
    pinch(kinds.EndNativeGesture, 0)
    assert canvas.port.zoom == pytest.approx(1.1**3)
    assert canvas.port.photo_point((500, 250)) == pytest.approx(anchor, abs=1)
    pinch(kinds.SmartZoomNativeGesture, 0)
    assert canvas.port.fits
    pinch(kinds.SmartZoomNativeGesture, 0)
    assert canvas.port.zoom == 1.0


def test_two_fingers_on_a_touch_screen_zoom_and_move(looking):
    canvas = looking.canvas
    screen = QTest.createTouchDevice()

    def touch(what, *xs):
        event = QTest.touchEvent(canvas, screen)
        for finger, x in enumerate(xs):
            getattr(event, what)(finger, QPoint(x, 300), canvas)
        event.commit()

    before = canvas.port
    touch("press", 300, 400)
    for far in (10, 20, 40, 60, 80, 100):
        touch("move", 300 - far, 400 + far)
    touch("release", 200, 500)
    assert 1.5 < canvas.port.zoom <= 3.1
    assert canvas.port.photo_point((350, 300)) == pytest.approx(before.photo_point((350, 300)), abs=1)


def test_arrow_keys_move_what_is_larger_than_the_canvas_and_leaf_where_it_is_not(qtbot, looking):
    canvas, leaves = looking.canvas, []
    canvas.leafed.connect(leaves.append)
    x, y = canvas.port.corner
    QTest.keyClick(canvas, Qt.Key.Key_Right)
    QTest.keyClick(canvas, Qt.Key.Key_Down)
    assert canvas.port.corner == (x - 80, y - 80) and not leaves
    canvas.fit()
    QTest.keyClick(canvas, Qt.Key.Key_PageDown)
    QTest.keyClick(canvas, Qt.Key.Key_Left)
    assert leaves == [1, -1]


@pytest.mark.parametrize("size", [(40_000, 300), (300, 40_000)])
def test_a_photo_longer_than_qt_can_paint(qtbot, window, tmp_path, size):
    path = tmp_path / "long.png"
    pixels = patterned(*size)
    Pillow.fromarray(pixels).save(path, compress_level=1)
    show(qtbot, window, path)
    canvas = window.canvas
    assert canvas.port.fits and canvas.port.zoom < 0.03
    canvas.double()
    canvas.look(canvas.port.moved(-1e9, -1e9))
    qtbot.waitUntil(lambda: up_to_date(window))
    x, y = canvas.port.corner
    seen = grabbed(canvas)
    rows, columns = (np.arange(seen.shape[0]) - y) // 2, (np.arange(seen.shape[1]) - x) // 2
    down, right = (rows >= 0) & (rows < size[1]), (columns >= 0) & (columns < size[0])
    want = pixels[rows[down][:, None], columns[right][None]]
    assert (seen[down][:, right] == want).all() and columns[right][-1] == size[0] - 1 and rows[down][-1] == size[1] - 1
    canvas.look(canvas.port.zoomed(16.0))
    qtbot.waitUntil(lambda: up_to_date(window))
    assert max(canvas.shown.region[2:]) < 1000


def test_of_a_hundred_megapixels_the_canvas_holds_no_more_than_it_shows(qtbot, window, asked, tmp_path):
    part = patterned(1160, 870)
    photo = Photo(tmp_path / "huge.png", np.tile(part, (10, 10, 1)))
    window.open_with(lambda: photo, "huge.png")
    qtbot.waitUntil(lambda: up_to_date(window), timeout=20000)
    canvas = window.canvas
    canvas.real_pixels()
    qtbot.waitUntil(lambda: up_to_date(window))
    for _ in range(12):
        canvas.look(canvas.port.moved(-900, -650))
        qtbot.waitUntil(lambda: up_to_date(window))
    x, y = canvas.port.corner
    seen = grabbed(canvas)
    rows, columns = (np.arange(seen.shape[0]) - y) % 870, (np.arange(seen.shape[1]) - x) % 1160
    assert (seen == part[rows[:, None], columns[None]]).all()
    width = canvas.port.size[0]
    assert all((v.region or canvas.port.seen).width <= width + 2 * ALIGN for v in asked)
    assert canvas._shown.layers.held <= canvas._shown.layers.limit


def test_what_lies_behind_a_transparent_photo_is_chosen_and_remembered(qtbot, window, make_window, models, tmp_path):
    pixels = np.zeros((64, 64, 4), np.uint8)
    pixels[:, 32:] = (200, 10, 20, 255)
    path = tmp_path / "cut.png"
    Pillow.fromarray(pixels).save(path)
    show(qtbot, window, path)
    behind = {"black": (0, 0, 0), "white": (255, 255, 255), "magenta": (255, 0, 255)}
    for word, colour in behind.items():
        window.actions_by_name[f"backdrop_{word}"].trigger()
        seen = photo_on(window.canvas)
        assert (seen[:, :32] == colour).all() and (seen[:, 32:] == (200, 10, 20)).all()
    again = make_window(models, settings=window.settings)
    assert again.actions_by_name["backdrop_magenta"].isChecked()
    show(qtbot, again, path)
    assert (photo_on(again.canvas)[:, :32] == (255, 0, 255)).all()
    again.actions_by_name["backdrop_checker"].trigger()
    assert len(np.unique(photo_on(again.canvas)[:, :32])) == 2
    assert not again.actions_by_name["backdrop_magenta"].isChecked()


def test_leaving_the_window_lets_space_go(looking):
    canvas = looking.canvas
    QTest.keyPress(canvas, Qt.Key.Key_Space)
    looking.panel.setFocus()
    QApplication.sendEvent(canvas, QEvent(QEvent.Type.Leave))
    canvas.clearFocus()
    assert not canvas._hand._space
