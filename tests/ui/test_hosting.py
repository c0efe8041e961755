"""A tool on the canvas gets pointer, wheel and keys first, in points of the picture; space and middle button pan."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from editor.core.edit import Edit
from editor.ui.compare import Compare
from editor.ui.tools.tool import Tool
from tests.ui.acts import grabbed, up_to_date

Crop = Edit.kinds["crop"]


class Spy(Tool):
    """Writes down what it is told, takes what it is said to take, and paints a red square on the picture's pixel."""

    def __init__(self, pixel=(50, 40)):
        super().__init__()
        self.told, self.takes, self.pixel = [], True, pixel

    def paint(self, painter, port):
        x, y, _, _ = port.frame
        painter.fillRect(QRectF(x + self.pixel[0] * port.zoom, y + self.pixel[1] * port.zoom, 9, 9), QColor("#ff0000"))

    def press(self, point, event, port):
        self.told.append(("press", point))
        return self.takes

    def move(self, point, event, port):
        self.told.append(("move", point))

    def release(self, point, event, port):
        self.told.append(("release", point))

    def double_click(self, point, event, port):
        self.told.append(("double", point))
        return False

    def leave(self):
        self.told.append(("leave", None))

    def wheel(self, event):
        self.told.append(("wheel", None))
        return self.takes

    def key(self, event):
        self.told.append(("key", event.key()))
        return self.takes

    def cursor(self, point, port):
        return Qt.CursorShape.BlankCursor


@pytest.fixture
def spy(opened):
    tool = Spy()
    opened.canvas.take(tool)
    yield tool
    opened.canvas.take(None)


def at(window, x, y):
    """The point of the widget over a point of the picture."""
    left, top = window.canvas.port.corner
    return QPoint(round(left + x * window.canvas.port.zoom), round(top + y * window.canvas.port.zoom))


def test_it_hears_of_the_pointer_in_points_of_the_picture(opened, spy):
    canvas, left = opened.canvas, Qt.MouseButton.LeftButton
    assert canvas.tool is spy and canvas.hasFocus()
    QTest.mouseMove(canvas, at(opened, 10, 20))
    QTest.mousePress(canvas, left, pos=at(opened, 10, 20))
    QTest.mouseMove(canvas, at(opened, 30, 25))
    QTest.mouseRelease(canvas, left, pos=at(opened, 30, 25))
    assert spy.told == [("move", (10, 20)), ("press", (10, 20)), ("move", (30, 25)), ("release", (30, 25))]
    assert canvas.cursor().shape() == Qt.CursorShape.BlankCursor
    QApplication.sendEvent(canvas, QEvent(QEvent.Type.Leave))
    assert spy.told[-1][0] == "leave"


@pytest.mark.parametrize("how", ["middle", "space", "refused"])
def test_the_photo_is_moved_past_it(qtbot, opened, spy, how):
    canvas, buttons = opened.canvas, Qt.MouseButton
    canvas.look(canvas.port.zoomed(16.0))
    button = buttons.MiddleButton if how == "middle" else buttons.LeftButton
    spy.takes = how == "space"  # of no use to it
    x, y = canvas.port.corner
    if how == "space":
        QTest.keyPress(canvas, Qt.Key.Key_Space)
    QTest.mousePress(canvas, button, pos=QPoint(300, 300))
    QTest.mouseMove(canvas, QPoint(290, 280))
    QTest.mouseRelease(canvas, button, pos=QPoint(290, 280))
    QTest.keyRelease(canvas, Qt.Key.Key_Space)
    assert canvas.port.corner == (x - 10, y - 20)
    assert [what for what, _ in spy.told if what in ("press", "release")] == (["press"] if how == "refused" else [])


def test_a_second_click_is_a_press_too_unless_the_tool_has_another_use_for_it(opened, spy):
    canvas, zoom = opened.canvas, opened.canvas.port.zoom
    QTest.mouseDClick(canvas, Qt.MouseButton.LeftButton, pos=at(opened, 10, 20))
    kinds = [what for what, _ in spy.told]
    assert kinds[-2:] == ["double", "press"]
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=at(opened, 10, 20))
    assert spy.told[-1] == ("release", (10, 20))
    assert canvas.port.zoom == zoom


def test_the_wheel_is_its_own_if_it_wants_it(opened, spy):
    canvas = opened.canvas

    def turn():
        where = QPointF(200, 200)
        event = QWheelEvent(
            where, canvas.mapToGlobal(where), QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(canvas, event)

    turn()
    assert canvas.port.fits and spy.told[-1][0] == "wheel"
    spy.takes = False
    turn()
    assert not canvas.port.fits


def test_keys_are_its_own_before_they_are_the_menu_s(opened, spy):
    canvas = opened.canvas
    QTest.keyClick(canvas, Qt.Key.Key_Z)
    assert canvas.port.fits and spy.told == [("key", Qt.Key.Key_Z)]
    spy.takes = False
    zoom = canvas.port.zoom
    QTest.keyClick(canvas, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    assert canvas.port.zoom == 1.0 and (not canvas.port.fits or zoom == 1.0)


def test_escape_is_the_tool_s_first_wherever_the_focus_is(opened, spy):
    stopped = []
    opened.preview.stop = lambda: stopped.append(True)
    QTest.keyClick(opened, Qt.Key.Key_Escape)
    assert spy.told == [("key", Qt.Key.Key_Escape)] and not stopped
    spy.takes = False
    QTest.keyClick(opened, Qt.Key.Key_Escape)
    assert stopped


def test_it_paints_over_the_picture_and_moving_it_lays_the_picture_anew_never(qtbot, opened, spy):
    canvas = opened.canvas
    spot = at(opened, 50, 40)
    assert grabbed(canvas)[spot.y() + 4, spot.x() + 4].tolist() == [255, 0, 0]
    composed = canvas._composed
    for x in range(60, 90, 10):
        spy.pixel = (x, 40)
        spy.repaint.emit()
        spot = at(opened, x, 40)
        assert grabbed(canvas)[spot.y() + 4, spot.x() + 4].tolist() == [255, 0, 0]
    assert canvas._composed is composed
    canvas.take(None)
    assert grabbed(canvas)[spot.y() + 4, spot.x() + 4].tolist() != [255, 0, 0]


def test_side_by_side_it_works_on_both_and_is_seen_on_the_right(qtbot, opened, spy):
    canvas = opened.canvas
    canvas.show_compared(Compare.SIDE)
    qtbot.waitUntil(lambda: up_to_date(opened))
    right = canvas.width() - canvas.port.size[0]
    spot = at(opened, 50, 40)
    seen = grabbed(canvas)
    assert seen[spot.y() + 4, spot.x() + right + 4].tolist() == [255, 0, 0]
    assert seen[spot.y() + 4, spot.x() + 4].tolist() != [255, 0, 0]
    spy.told.clear()
    for offset in (0, right):
        QTest.mouseMove(canvas, at(opened, 50, 40) + QPoint(offset, 0))
    assert [point for _, point in spy.told] == [(50, 40), (50, 40)]
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=at(opened, 50, 40))
    QTest.mouseMove(canvas, at(opened, 50, 40) + QPoint(right, 0))  # what was begun in one goes on in it
    assert spy.told[-1][1] == pytest.approx((50 + right / canvas.port.zoom, 40))
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=at(opened, 50, 40) + QPoint(right, 0))


def test_points_are_of_the_framed_picture(qtbot, opened, spy):
    opened.document.put(Crop(rectangle=(0.5, 0.5, 0.5, 0.5)))
    qtbot.waitUntil(lambda: up_to_date(opened))
    spy.told.clear()
    QTest.mouseMove(opened.canvas, at(opened, 5, 7))
    assert spy.told == [("move", (5, 7))] and opened.canvas.port.photo[0] == 100


def test_another_takes_its_place(opened, spy):
    told, other = [], Spy()
    opened.canvas.tool_changed.connect(told.append)
    opened.canvas.take(other)
    spy.told.clear()
    QTest.mouseMove(opened.canvas, at(opened, 5, 7))
    assert not spy.told and other.told and told == [other]
