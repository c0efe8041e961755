"""Points by hand: four corners of something seen at an angle; and kinds that take more or fewer."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest

from editor.core.document import Document
from editor.core.drawn import points
from editor.core.edit import Edit, Stage
from editor.ui.tools.ground import Ground
from editor.ui.tools.points import PointsTool
from editor.ui.viewport import Viewport
from tests.ui.acts import show
from tests.ui.onphoto import drag, key, move, press, quarters, release

Crop = Edit.kinds["crop"]
SHIFT = Qt.KeyboardModifier.ShiftModifier
CORNERS = ((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0))


@pytest.fixture
def shown(qtbot, window, tmp_path):
    """The window with a photo of 1600 x 1200 and the perspective tool in the hand."""
    show(qtbot, window, quarters(tmp_path / "quarters.png"))
    key(window.canvas, Qt.Key.Key_T, SHIFT)
    assert isinstance(window.canvas.tool, PointsTool)
    return window


def corners(window):
    edit = window.document.recipe.get("crop")
    return edit.corners if edit else CORNERS


def test_a_corner_is_dragged(qtbot, shown):
    drag(shown.canvas, (0, 0), (0.2, 0.1))
    assert corners(shown)[0] == pytest.approx((0.2, 0.1), abs=2e-3) and corners(shown)[1:] == CORNERS[1:]
    assert shown.document.position == 1
    qtbot.waitUntil(lambda: not shown.preview.renderer.busy)
    assert shown.canvas.port.photo == (1600, 1200)  # the photo as it was taken, while the tool is in the hand
    key(shown.canvas, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not shown.preview.renderer.busy)
    assert shown.canvas.shown.edits == shown.document.recipe.active and shown.canvas.port.photo == (1600, 1200)
    middle = shown.document.recipe.warp((1600, 1200)).before(np.array([(0.0, 0.0), (800.0, 600.0)]))
    assert middle[0] == pytest.approx((320, 120), abs=4)
    assert not np.allclose(middle[1], (800, 600), atol=20)


def test_corners_that_are_none_are_not_taken(shown):
    press(shown.canvas, (0, 0))
    move(shown.canvas, (0.3, 0.3))
    taken = corners(shown)
    move(shown.canvas, (0.8, 0.9))  # past the line from corner to corner
    assert corners(shown) == taken
    move(shown.canvas, (0.4, 0.2))
    release(shown.canvas, (0.4, 0.2))
    assert corners(shown)[0] == pytest.approx((0.4, 0.2), abs=2e-3) and shown.document.position == 1


def test_shift_slows_the_drag(shown):
    press(shown.canvas, (0, 0))
    move(shown.canvas, (0.1, 0.1), SHIFT)
    move(shown.canvas, (0.5, 0.5), SHIFT)
    release(shown.canvas, (0.5, 0.5), SHIFT)
    assert corners(shown)[0] == pytest.approx((0.05, 0.05), abs=2e-3)


def test_escape_brings_the_corner_back(shown):
    drag(shown.canvas, (1, 1), (0.9, 0.9))
    before = corners(shown)
    press(shown.canvas, (0, 0))
    move(shown.canvas, (0.3, 0.1))
    key(shown.canvas, Qt.Key.Key_Escape)
    assert corners(shown) == before and shown.document.position == 1 and shown.tools.active
    release(shown.canvas, (0.3, 0.1))
    key(shown.canvas, Qt.Key.Key_Escape)
    assert not shown.tools.active


def test_tab_and_arrow_keys(shown):
    canvas = shown.canvas
    for _ in range(2):
        key(canvas, Qt.Key.Key_Tab)
    for _ in range(3):
        key(canvas, Qt.Key.Key_Left, SHIFT)
    step = max(1.0, 1 / canvas.port.zoom)
    assert corners(shown)[1] == pytest.approx((1 - 30 * step / 1600, 0), abs=1e-4)
    assert shown.document.position == 1
    for _ in range(2):
        key(canvas, Qt.Key.Key_Tab)
    assert canvas.tool.chosen == 3
    key(canvas, Qt.Key.Key_Delete)  # four they are, and four they stay
    assert len(corners(shown)) == 4
    key(canvas, Qt.Key.Key_Tab)  # and on to the next widget
    assert not canvas.hasFocus()


def test_a_magnifier_shows_where_the_corner_is(shown):
    canvas = shown.canvas
    press(canvas, (0, 0))
    move(canvas, (0.5, 0.5))
    with_loupe = canvas.grab().toImage()
    release(canvas, (0.5, 0.5))
    without = canvas.grab().toImage()
    changed = [
        (x, y)
        for x in range(0, with_loupe.width(), 6)
        for y in range(0, with_loupe.height(), 6)
        if with_loupe.pixel(x, y) != without.pixel(x, y)
    ]
    assert 100 < len(changed) < 1000


def test_the_control_says_so_and_leads_back(shown):
    control = shown.panel.groups["crop"].controls["corners"]
    assert control.value.text() == "not set" and not control.back.isEnabled() and control.tool.isChecked()
    drag(shown.canvas, (0, 0), (0.2, 0.1))
    assert control.value.text() == "set"
    QTest.mouseClick(control.back, Qt.MouseButton.LeftButton)
    assert corners(shown) == CORNERS and shown.document.position == 2


# A kind with a range, as no edit has one yet


@pytest.fixture
def curve(photo):
    """A tool on an edit that takes three to five points, and the document that it changes."""

    class Path(Edit):
        id, title, stage = "test_path", "Path", Stage.SCENE
        path: tuple[tuple[float, float], ...] = points("Path", ((0.1, 0.1), (0.9, 0.1), (0.5, 0.9)), fewest=3, most=5)

    document, tool = Document(photo), PointsTool()

    def put(value):
        document.put(tool.ground.with_value(value), gesture="drag")
        tool.follow(Ground.of(document, ("test_path", ""), "path"))

    tool.changed.connect(put)
    tool.follow(Ground.of(document, ("test_path", ""), "path"))
    yield document, tool
    del Edit.kinds["test_path"]


class _Event:
    """As much of a mouse event as the tool looks at."""

    def __init__(self, keys=Qt.KeyboardModifier.NoModifier):
        self.keys = keys

    def button(self):
        return Qt.MouseButton.LeftButton

    def modifiers(self):
        return self.keys


def test_points_are_added_and_taken_away(curve, photo):
    document, tool = curve
    port = Viewport(photo.size, photo.size)
    assert tool.press((100, 15), _Event(), port)  # on the line from the first to the second
    tool.move((100, 40), _Event(), port)
    tool.release((100, 40), _Event(), port)
    path = document.recipe.get("test_path").path
    assert len(path) == 4 and path[1] == pytest.approx((0.5, 40 / 150), abs=1e-6)
    assert not tool.press((100, 80), _Event(), port)  # nothing is there: the photo may be moved about
    tool.press((20, 15), _Event(), port)
    tool.release((20, 15), _Event(), port)
    press_key(tool, Qt.Key.Key_Delete)
    assert document.recipe.get("test_path").path == path[1:]
    tool.press((180, 15), _Event(), port)
    tool.release((180, 15), _Event(), port)
    press_key(tool, Qt.Key.Key_Delete)
    assert len(document.recipe.get("test_path").path) == 3  # the fewest


def test_no_more_points_than_the_kind_takes(curve, photo):
    document, tool = curve
    port = Viewport(photo.size, photo.size)
    for x in (60, 80, 100, 120):
        tool.press((x, 15), _Event(), port)
        tool.release((x, 15), _Event(), port)
    assert len(document.recipe.get("test_path").path) == 5


def press_key(tool, which):
    assert tool.key(QKeyEvent(QEvent.Type.KeyPress, which, Qt.KeyboardModifier.NoModifier))
