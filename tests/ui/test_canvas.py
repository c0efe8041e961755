"""The canvas: real pixels, sharp on HiDPI, transparent on a checkerboard, never blank in between."""

from __future__ import annotations

import os
import subprocess
import sys

import numpy as np
import pytest
from PIL import Image as Pillow
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from editor.core.edit import Edit
from editor.core.engine import Engine
from editor.ui.viewport import ALIGN
from tests.ui.acts import grabbed, photo_on, show, up_to_date

Denoise = Edit.kinds["denoise"]


@pytest.fixture
def large(tmp_path):
    """A photo of 1600 x 1200 pixels, none like its neighbours."""
    y, x = np.mgrid[0:1200, 0:1600]
    pixels = np.stack([x % 251, y % 241, (x + y) % 239], axis=2).astype(np.uint8)
    path = tmp_path / "large.png"
    Pillow.fromarray(pixels).save(path)
    return path, pixels


@pytest.fixture
def asked(monkeypatch):
    """The views that the engine was asked for."""
    views, render = [], Engine.render

    def watched(self, photo, recipe, view, job):
        views.append(view)
        return render(self, photo, recipe, view, job)

    monkeypatch.setattr(Engine, "render", watched)
    return views


def settled(qtbot, window):
    qtbot.waitUntil(lambda: up_to_date(window))


def test_at_1_to_1_only_the_visible_part_is_asked_for_and_shown_pixel_for_pixel(qtbot, window, large, asked):
    path, pixels = large
    show(qtbot, window, path)
    fit = window.canvas.port.fit_zoom
    assert asked[-1].scale == fit < 1 and asked[-1].region is None
    asked.clear()
    QTest.keyClick(window, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    settled(qtbot, window)
    (view,) = asked
    width, height = window.canvas.port.size
    assert view.scale == 1 and view.region.width < width + 2 * ALIGN and view.region.height < height + 2 * ALIGN
    x, y = window.canvas.port.corner
    assert (grabbed(window.canvas) == pixels[-y : -y + height, -x : -x + width]).all()
    assert window.status.zoom.text() == "100 %"
    QTest.keyClick(window, Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    settled(qtbot, window)
    assert window.canvas.port.zoom == fit and "Fit" in window.status.zoom.text()


def test_dragging_pans(qtbot, window, large):
    path, pixels = large
    show(qtbot, window, path)
    window.canvas.real_pixels()
    settled(qtbot, window)
    x, y = window.canvas.port.corner
    QTest.mousePress(window.canvas, Qt.MouseButton.LeftButton, pos=QPoint(400, 300))
    QTest.mouseMove(window.canvas, QPoint(250, 210))
    QTest.mouseRelease(window.canvas, Qt.MouseButton.LeftButton, pos=QPoint(250, 210))
    assert window.canvas.port.corner == (x - 150, y - 90)
    settled(qtbot, window)
    width, height = window.canvas.port.size
    want = pixels[90 - y : 90 - y + height, 150 - x : 150 - x + width]
    qtbot.waitUntil(lambda: (grabbed(window.canvas) == want).all())


def test_the_wheel_zooms_to_the_pointer(qtbot, window, large):
    show(qtbot, window, large[0])
    before = window.canvas.port
    at = QPointF(200, 150)
    event = QWheelEvent(
        at, window.canvas.mapToGlobal(at), QPoint(), QPoint(0, 240), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(window.canvas, event)
    after = window.canvas.port
    assert after.zoom > before.zoom and not after.fits
    assert after.photo_point((200, 150)) == pytest.approx(before.photo_point((200, 150)), abs=2)


def test_the_older_picture_stays_until_the_sharper_one_is_there(qtbot, make_window, models, slow, large):
    path, pixels = large
    window = show(qtbot, make_window(models | {"denoise": slow}), path)
    window.document.put(Denoise(noise=10.0))
    window.canvas.real_pixels()
    qtbot.waitUntil(slow.started.is_set)
    x, y = window.canvas.port.corner
    seen = grabbed(window.canvas)
    want = pixels[-y : -y + seen.shape[0], -x : -x + seen.shape[1]].astype(int)
    assert np.abs(seen - want).mean() < 40 < np.abs(want - 64).mean()  # blurred, but it is the photo


def test_transparent_parts_show_a_checkerboard(qtbot, window, tmp_path):
    pixels = np.zeros((64, 64, 4), np.uint8)
    pixels[:, 32:] = (200, 10, 20, 255)
    path = tmp_path / "cut.png"
    Pillow.fromarray(pixels).save(path)
    show(qtbot, window, path)
    seen = photo_on(window.canvas)
    assert (seen[:, 32:] == (200, 10, 20)).all()
    assert {tuple(p) for p in seen[:, :32].reshape(-1, 3)} == {(0xB4,) * 3, (0xD8,) * 3}


def test_odd_widths_and_depths_come_out_straight(qtbot, window, tmp_path):
    pixels = np.random.default_rng(1).integers(0, 256, (31, 37, 3), np.uint8)
    path = tmp_path / "odd.tif"
    Pillow.fromarray(pixels).save(path)
    show(qtbot, window, path)
    assert (photo_on(window.canvas) == pixels).all()


HIDPI = """
import sys
from pathlib import Path
import numpy as np
from PIL import Image
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from editor.ui.window import MainWindow
from tests.ui.acts import grabbed, up_to_date
app = QApplication([])
window = MainWindow({}, lambda: ("CPU", ""))
window.resize(700, 500)
window.show()
window.open_path(Path(sys.argv[1]))
ratio = float(sys.argv[2])
def wait():
    while not up_to_date(window):
        app.processEvents()
wait()
canvas, pixels = window.canvas, np.asarray(Image.open(sys.argv[1]))
size = round(ratio * canvas.width()), round(ratio * canvas.height())
assert canvas.devicePixelRatioF() == ratio and canvas.port.size == size
window.canvas.real_pixels()
wait()
x, y = canvas.port.corner
want = pixels[-y : -y + size[1], -x : -x + size[0]]
seen = grabbed(canvas)[: size[1], : size[0]]
assert seen.shape[:2] == size[::-1]
assert (seen == want).all()
at = canvas.mapTo(window, canvas.rect().topLeft())  # in the window it may begin within a pixel
left, top = round(at.x() * ratio), round(at.y() * ratio)
told = at.x() * ratio % 1, at.y() * ratio % 1
inside = np.s_[2 : size[1] - 2, 2 : size[0] - 2]
seen = grabbed(window)[top : top + size[1], left : left + size[0]]
assert (seen[inside] == want[inside]).all(), told
window.shut_down()
print("sharp")
"""


@pytest.mark.parametrize("ratio", ["1", "1.25", "1.5", "2"])
def test_real_pixels_whatever_the_density_of_the_screen(large, ratio):
    env = os.environ | {"QT_QPA_PLATFORM": "offscreen", "QT_SCALE_FACTOR": ratio}
    done = subprocess.run(
        [sys.executable, "-c", HIDPI, str(large[0]), ratio],
        env=env, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.stdout == "sharp\n", done.stderr
