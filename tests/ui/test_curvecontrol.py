"""Curves are bent by mouse, keys and numbers; four of them share a graph; the photo follows, and undo goes by drags."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from editor.core.curve import STRAIGHT, Curve, line
from editor.core.edit import Edit
from editor.ui.controls import control
from tests.ui.acts import photo_on, up_to_date

Curves = Edit.kinds["curves"]
Key, Mod, LEFT = Qt.Key, Qt.KeyboardModifier, Qt.MouseButton.LeftButton
BENT = ((0.0, 0.0), (0.5, 0.7), (1.0, 1.0))


@pytest.fixture
def shown(opened):
    """The window with a photo and the controls of Curves."""
    opened.panel.groups["curves"].unfold()
    return opened


@pytest.fixture
def board(shown):
    return shown.panel.groups["curves"].controls["luma"].board


@pytest.fixture
def graph(shown, board):
    shown.panel.area.ensureWidgetVisible(board.graph)
    return board.graph


def at(graph, x, y):
    return graph.place(x, y).toPoint()


def pull(graph, start, *stops):
    """Drags from one tone (x, y) over others with the mouse."""
    QTest.mousePress(graph, LEFT, pos=at(graph, *start))
    for stop in stops:
        QTest.mouseMove(graph, at(graph, *stop))
    QTest.mouseRelease(graph, LEFT, pos=at(graph, *stops[-1]))


def now(shown, name="luma"):
    edit = shown.document.recipe.get("curves")
    return getattr(edit, name) if edit else None


def about(knots):
    return [pytest.approx(knot, abs=0.006) for knot in knots]


def test_pulling_the_curve_makes_a_point_and_is_one_step(qtbot, shown, graph):
    qtbot.waitUntil(lambda: up_to_date(shown))
    before = photo_on(shown.canvas).astype(float).mean()
    pull(graph, (0.5, 0.5), (0.5, 0.55), (0.5, 0.62), (0.5, 0.7))
    assert list(now(shown)) == about(BENT) and shown.document.position == 1
    qtbot.waitUntil(lambda: up_to_date(shown))
    assert photo_on(shown.canvas).astype(float).mean() > before + 5
    pull(graph, (0.5, 0.7), (0.4, 0.3))
    assert list(now(shown)) == about(((0, 0), (0.4, 0.3), (1, 1))) and shown.document.position == 2
    shown.document.undo()
    assert list(now(shown)) == about(BENT) and graph.knots == now(shown)


def test_the_photo_is_as_the_curve_is_drawn(qtbot, shown, graph):
    qtbot.waitUntil(lambda: up_to_date(shown))
    before = photo_on(shown.canvas)
    QTest.mouseClick(shown.panel.groups["curves"].controls["red"].board.segments.buttons[1], LEFT)
    pull(graph, (0.5, 0.5), (0.5, 0.7))
    qtbot.waitUntil(lambda: up_to_date(shown))
    after, wanted = photo_on(shown.canvas), line(now(shown, "red"))(before[..., 0] / 255) * 255
    assert np.abs(after[..., 0] - wanted).max() < 2.5
    assert np.array_equal(after[..., 1:], before[..., 1:])


def test_the_ends_are_pulled_inwards_as_black_and_white(shown, graph):
    pull(graph, (0, 0), (0.1, 0.0))
    pull(graph, (1, 1), (0.9, 1.2))
    assert list(now(shown)) == about(((0.1, 0), (0.9, 1))) and shown.document.position == 2


def test_a_point_pulled_far_outside_is_gone_and_comes_back_if_it_does(shown, graph):
    pull(graph, (0.5, 0.5), (0.5, 0.7))
    pull(graph, (0.5, 0.7), (0.5, 1.2), (0.5, 1.5))
    assert now(shown) == STRAIGHT and shown.document.position == 2
    shown.document.undo()
    pull(graph, (0.5, 0.7), (0.5, 1.5), (0.6, 0.8))
    assert list(now(shown)) == about(((0, 0), (0.6, 0.8), (1, 1)))


def test_a_double_click_takes_a_point_away_but_not_the_one_it_has_made(shown, graph):
    QTest.mouseDClick(graph, LEFT, pos=at(graph, 0.25, 0.25))  # as QTest does it: the second press alone
    assert now(shown) is None
    for press in (QTest.mouseClick, QTest.mouseDClick):
        press(graph, LEFT, pos=at(graph, 0.25, 0.25))
    assert len(now(shown)) == 3, "the first press has made it"
    for press in (QTest.mouseClick, QTest.mouseDClick):
        press(graph, LEFT, pos=at(graph, 0.25, 0.25))
    assert now(shown) == STRAIGHT


def test_a_click_beside_the_curve_does_nothing(shown, graph):
    QTest.mouseClick(graph, LEFT, pos=at(graph, 0.2, 0.8))
    QTest.mouseClick(graph, Qt.MouseButton.MiddleButton, pos=at(graph, 0.5, 0.5))
    assert now(shown) is None and graph.point is None


def test_by_keys_alone(shown, graph):
    graph.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(graph, Key.Key_Insert)  # between the ends
    QTest.keyClick(graph, Key.Key_Up, Mod.ShiftModifier)
    QTest.keyClick(graph, Key.Key_Left)
    assert now(shown)[1] == pytest.approx((0.5 - 1 / 255, 0.5 + 10 / 255))
    assert shown.document.position == 2  # made, and moved by keys that follow each other
    QTest.keyClick(graph, Key.Key_End)
    QTest.keyClick(graph, Key.Key_Down, Mod.ShiftModifier)
    QTest.keyClick(graph, Key.Key_Down, Mod.ControlModifier)
    assert now(shown)[2] == pytest.approx((1, 1 - 10.1 / 255)) and shown.document.position == 3
    QTest.keyClick(graph, Key.Key_PageUp)
    QTest.keyClick(graph, Key.Key_Delete)
    assert len(now(shown)) == 2 and graph.point is None and graph.hasFocus()
    QTest.keyClick(graph, Key.Key_Right)  # chooses one first
    assert graph.chosen == 0 and now(shown)[0] == (0, 0)
    QTest.keyClick(graph, Key.Key_End)
    QTest.keyClick(graph, Key.Key_Backspace)
    assert now(shown) == STRAIGHT


def test_keys_pause_and_are_a_step_of_their_own(qtbot, shown, graph):
    graph.setFocus()
    QTest.keyClick(graph, Key.Key_Home)
    QTest.keyClick(graph, Key.Key_Up)
    with qtbot.waitSignal(graph.settled):
        pass
    QTest.keyClick(graph, Key.Key_Up)
    assert shown.document.position == 2 and now(shown)[0] == pytest.approx((0, 2 / 255))


def test_numbers_are_typed_and_stepped(shown, board, graph):
    assert not board.tone.isVisible() and board.hint.isVisible()
    pull(graph, (0.5, 0.5), (0.5, 0.7))
    assert board.tone.isVisible() and board.becomes.isVisible() and not board.hint.isVisible()
    for box, text in ((board.tone, "64"), (board.becomes, "51")):
        box.setFocus()
        box.selectAll()
        QTest.keyClicks(box, text)
        QTest.keyClick(box, Key.Key_Return)
        assert graph.hasFocus()
    assert now(shown)[1] == pytest.approx((64 / 255, 0.2)) and shown.document.position == 3
    board.becomes.setFocus()
    QTest.keyClick(board.becomes, Key.Key_Up)
    assert now(shown)[1] == pytest.approx((64 / 255, 52 / 255)) and board.becomes.value() == 52


def test_four_curves_share_a_graph(shown, board, graph):
    controls = shown.panel.groups["curves"].controls
    assert [each.board is board for each in controls.values()] == [True] * 4
    assert [name for name, each in controls.items() if each.isVisible()] == ["luma"]
    assert [button.text() for button in board.segments.buttons] == ["Luminance", "Red", "Green", "Blue"]
    pull(graph, (0.5, 0.5), (0.5, 0.7))
    QTest.mouseClick(board.segments.buttons[3], LEFT)
    assert graph.knots == STRAIGHT and graph.point is None and graph.channels[graph.at] == "blue"
    pull(graph, (0.25, 0.25), (0.25, 0.1))
    assert list(now(shown)) == about(BENT) and list(now(shown, "blue")) == about(((0, 0), (0.25, 0.1), (1, 1)))
    shown.document.undo()
    assert graph.knots == STRAIGHT == now(shown, "blue") and list(now(shown)) == about(BENT)


def test_straightening_is_for_the_curve_that_is_shown(shown, board, graph):
    shown.document.put(Curves(luma=BENT, green=BENT))
    QTest.mouseClick(board.segments.buttons[2], LEFT)
    assert board.back.isEnabled()
    QTest.mouseClick(board.back, LEFT)
    assert now(shown, "green") == STRAIGHT and now(shown) == BENT and not board.back.isEnabled()


def test_the_point_is_taken_away_by_its_button(shown, board, graph):
    pull(graph, (0.5, 0.5), (0.5, 0.7))
    QTest.mouseClick(board.drop, LEFT)
    assert now(shown) == STRAIGHT and not board.drop.isEnabled()


def test_it_can_be_read_out(shown, board, graph):
    assert graph.accessibleName() == "Curve: Luminance" and graph.accessibleDescription() == "2 points"
    shown.document.put(Curves(luma=((0, 0), (0.6, 0.8), (1, 1))))
    QTest.mouseClick(graph, LEFT, pos=at(graph, 0.6, 0.8))
    assert graph.accessibleDescription() == "Point 2 of 3: 153 becomes 204"
    QTest.mouseClick(board.segments.buttons[1], LEFT)
    assert graph.accessibleName() == "Curve: Red" and board.back.accessibleName() == "Straighten Red"


def test_the_tab_key_comes_to_the_graph(shown, board, graph):
    board.segments.buttons[0].setFocus()
    QTest.keyClick(QApplication.focusWidget(), Key.Key_Tab)
    assert graph.hasFocus()


def test_the_pointer_says_what_a_press_would_do(graph):
    shapes = {}
    for what, place in (("point", (0, 0)), ("curve", (0.5, 0.5)), ("nothing", (0.2, 0.8))):
        QTest.mouseMove(graph, at(graph, *place))
        shapes[what] = graph.cursor().shape()
    assert len(set(shapes.values())) == 3


def test_a_curve_of_its_own_has_its_title_instead_of_segments(qtbot):
    alone = control(Curve("Response"), STRAIGHT)
    qtbot.addWidget(alone)
    alone.show()
    assert alone.board.segments is None and alone.board.title.text() == "Response" and alone.board.title.isVisible()
    heard = []
    alone.changed.connect(heard.append)
    pull(alone.board.graph, (0.5, 0.5), (0.5, 0.3))
    assert heard and list(heard[-1]) == about(((0, 0), (0.5, 0.3), (1, 1)))
    QTest.mouseDClick(alone.board.title, LEFT, pos=QPoint(4, 4))
    assert heard[-1] == STRAIGHT


def test_it_is_drawn_as_it_is_applied(shown, graph):
    shown.document.put(Curves(luma=((0.25, 0.0), (1.0, 1.0))))
    picture = graph.grab().toImage()
    ratio = picture.devicePixelRatio()

    def brightness(x, y):
        place = graph.place(x, y) * ratio
        here = [place + QPointF(dx, dy) for dx in (-1, 0, 1) for dy in (-1, 0, 1)]
        return max(picture.pixelColor(p.toPoint()).lightness() for p in here)

    assert brightness(0.55, 0.4) > 150 and brightness(0.12, 0.0) > 150  # along the line, and the edge before it
    assert brightness(0.55, 0.65) < 100
