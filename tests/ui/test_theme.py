"""The looks, dark and light: neutral, readable, changed while the window is open, and the focus is always seen."""

from __future__ import annotations

import re
from dataclasses import asdict

import numpy as np
import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QIcon
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QKeySequenceEdit,
    QLineEdit,
    QListWidget,
    QMenu,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QSlider,
    QSpinBox,
    QTabBar,
    QToolButton,
    QTreeWidget,
    QWidget,
)

from editor.ui import theme
from editor.ui.buttons import Switch, Tick
from editor.ui.icons import ICONS, icon
from editor.ui.theme import DARK, LIGHT, Theme, named, tokens
from tests.ui.acts import up_to_date

COLOURED = {"accent", "warning", "mask", "add", "remove", "unsure", "red", "yellow", "green", "blue", "purple"}
BOTH = pytest.mark.parametrize("worn", [DARK, LIGHT], ids=["dark", "light"])


def luminance(colour):
    """Relative luminance as WCAG 2.2 has it."""
    parts = np.array([int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)])
    linear = np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)
    return float(linear @ (0.2126, 0.7152, 0.0722))


def contrast(one, other):
    lighter, darker = sorted((luminance(one) + 0.05, luminance(other) + 0.05), reverse=True)
    return lighter / darker


def grabbed(widget):
    picture = widget.grab().toImage().convertToFormat(widget.grab().toImage().Format.Format_RGB888)
    rows = np.frombuffer(picture.constBits(), np.uint8).reshape(picture.height(), picture.bytesPerLine())
    return rows[:, : 3 * picture.width()].reshape(picture.height(), picture.width(), 3).astype(int)


@pytest.fixture
def dressed(qapp):
    yield lambda worn: theme.apply(qapp, worn)
    theme.apply(qapp)


@BOTH
def test_every_grey_is_neutral(worn):
    for name, colour in asdict(worn).items():
        assert re.fullmatch("#[0-9a-f]{6}", colour)
        if name not in COLOURED:
            assert colour[1:3] == colour[3:5] == colour[5:7], f"{name} has a tint: {colour}"


@BOTH
def test_text_can_be_read(worn):
    for ground in (worn.window, worn.panel, worn.raised, worn.field):
        for text in (worn.text, worn.muted):
            assert contrast(text, ground) >= 4.5
        assert contrast(worn.accent, ground) >= 3  # what has the focus, by WCAG's rule for all but text
        assert contrast(worn.faint, ground) >= 2.5
    assert contrast(worn.text, worn.hover) >= 4.5
    assert contrast(worn.on_accent, worn.accent) >= 4.5
    assert contrast(worn.warning, worn.raised) >= 4.5


@BOTH
def test_the_current_one_of_an_open_list_can_be_read(qtbot, dressed, worn):
    dressed(worn)
    box = QComboBox()
    qtbot.addWidget(box)
    box.addItems(["Free", "1:1", "4:5"])
    box.setCurrentIndex(1)
    box.show()
    box.showPopup()
    view = box.view()
    for row in range(3):
        place = view.visualRect(view.model().index(row, 0))
        seen = grabbed(view.viewport())[place.top() + 1 : place.bottom(), place.left() + 1 : place.right()]
        colours = ["#{:02x}{:02x}{:02x}".format(*c) for c in seen.reshape(-1, 3)]
        ground = max(set(colours), key=colours.count)
        assert max(contrast(c, ground) for c in colours) >= 4.5
        assert ground == (worn.accent if row == 1 else worn.panel)
    box.hidePopup()


def test_no_colour_is_written_into_the_rules():
    rules = (theme.ASSETS / "packshot.qss").read_text("utf-8")
    assert not re.findall(r"#[0-9a-fA-F]{3,8}\b(?=\s*[;}])|rgb|white|black", rules)


def test_the_window_changes_its_looks_while_it_is_open(qtbot, opened, dressed):
    qtbot.waitUntil(lambda: up_to_date(opened))
    for worn in (LIGHT, DARK):
        dressed(worn)
        QApplication.processEvents()
        assert tokens() == worn
        seen = grabbed(opened)
        for colour, where in ((worn.window, opened.menuBar()), (worn.panel, opened.panel.area)):
            corner = where.mapTo(opened, where.rect().bottomRight()) - where.rect().topLeft()
            grey = int(colour[1:3], 16)
            assert (seen[corner.y() - 2, corner.x() - 3] == grey).all()
        around = grabbed(opened.canvas)
        assert (around[-3, 3] == int(worn.canvas[1:3], 16)).all()


def test_the_theme_follows_the_system_unless_one_was_chosen(qapp, monkeypatch, dressed):
    outside = [DARK]
    monkeypatch.setattr(Theme, "system", lambda self: outside[0])
    followed = Theme(qapp)
    assert tokens() == DARK
    outside[0] = LIGHT
    qapp.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Light)
    assert tokens() == LIGHT
    followed.wear("dark")
    assert tokens() == DARK
    qapp.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Light)
    assert tokens() == DARK
    followed.wear("")
    assert tokens() == LIGHT
    followed.deleteLater()
    QTest.qWait(1)


def filled(widget):
    """The widget with something in it."""
    for adder, given in (("addItems", ["One", "Two"]), ("addTab", "Tab")):
        if hasattr(widget, adder):
            getattr(widget, adder)(given)
    if hasattr(widget, "setText"):
        widget.setText("Text")
    return widget


def switched_on(switch):
    switch.setChecked(True)
    return switch


FOCUSED = {
    "push": QPushButton,
    "primary": lambda: named(QPushButton(), "primary"),
    "quiet": lambda: named(QPushButton(), "quiet"),
    "default": lambda: QPushButton(default=True),
    "tool": QToolButton,
    "tool quiet": lambda: named(QToolButton(), "quiet"),
    "tool checked": lambda: named(QToolButton(checkable=True, checked=True), "tool"),
    "combo": QComboBox,
    "combo editable": lambda: QComboBox(editable=True),
    "spin": QSpinBox,
    "line": QLineEdit,
    "tick": Tick,
    "check": QCheckBox,
    "radio": QRadioButton,
    "switch": Switch,
    "switch on": lambda: switched_on(Switch()),
    "slider": lambda: QSlider(Qt.Orientation.Horizontal),
    "tabs": QTabBar,
    "list": QListWidget,
    "tree": QTreeWidget,
    "keys": QKeySequenceEdit,
    "text": QPlainTextEdit,
}


@BOTH
@pytest.mark.parametrize("kind", FOCUSED)
def test_the_focus_is_seen_on_every_kind_of_widget(qtbot, dressed, worn, kind):
    dressed(worn)
    around = QWidget()
    qtbot.addWidget(around)
    widget = filled(FOCUSED[kind]())
    widget.setParent(around)
    widget.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    widget.setGeometry(8, 8, 140, 60 if kind in ("list", "tree", "text") else widget.sizeHint().height())
    other = QPushButton("Other", around)
    other.setGeometry(8, 100, 140, 30)
    around.resize(160, 140)
    around.show()
    around.activateWindow()
    qtbot.waitUntil(around.isActiveWindow)
    other.setFocus()
    before = grabbed(widget)
    widget.setFocus(Qt.FocusReason.TabFocusReason)
    assert widget.hasFocus() or widget.focusProxy()
    after = grabbed(widget)
    changed = (before != after).any(2)
    accent = np.array([int(worn.accent[i : i + 2], 16) for i in (1, 3, 5)])
    ring = changed & ((np.abs(after - accent).max(2) < 30) | (kind == "primary"))
    assert ring.sum() >= 40, f"{kind} does not show its focus"


@BOTH
def test_the_chosen_line_of_a_menu_is_seen(qtbot, dressed, worn):
    dressed(worn)
    menu = QMenu()
    qtbot.addWidget(menu)
    menu.addActions([menu.addAction("Open"), menu.addAction("Close")])
    menu.resize(menu.sizeHint())
    before = grabbed(menu)
    menu.setActiveAction(menu.actions()[1])
    assert ((grabbed(menu) != before).any(2)).sum() > 200


# Icons


def test_every_icon_is_in_the_set(qapp):
    for name in ICONS:
        assert not icon(name).pixmap(QSize(18, 18)).toImage().isNull()
    with pytest.raises(KeyError):
        icon("no such icon")


def test_icons_take_the_colours_of_the_theme_as_they_are_drawn(qapp, dressed):
    star = icon("star")

    def colours(mode=QIcon.Mode.Normal, state=QIcon.State.Off):
        picture = star.pixmap(QSize(64, 64), 1.0, mode, state).toImage()
        return {
            picture.pixelColor(x, y).name()
            for x in range(64)
            for y in range(64)
            if picture.pixelColor(x, y).alpha() == 255
        }

    for worn in (DARK, LIGHT):
        dressed(worn)
        assert colours() == {worn.text}
        assert colours(mode=QIcon.Mode.Disabled) == {worn.faint}
        assert colours(state=QIcon.State.On) == {worn.accent}


def test_icons_are_as_sharp_as_the_screen(qapp):
    picture = icon("crop").pixmap(QSize(18, 18), 2.0)
    assert picture.size() == QSize(36, 36) and picture.devicePixelRatio() == 2.0


def test_what_can_be_on_looks_another_when_it_is(qapp):
    def shape(state):
        picture = icon("star").pixmap(QSize(32, 32), 1.0, QIcon.Mode.Normal, state).toImage()
        return np.array([[picture.pixelColor(x, y).alpha() for x in range(32)] for y in range(32)])

    off, on = shape(QIcon.State.Off), shape(QIcon.State.On)
    assert off[18, 16] == 0 and on[18, 16] == 255


def test_the_icons_come_without_importing_their_library(qapp):
    import sys

    icon("crop").pixmap(QSize(18, 18))
    assert "qtawesome" not in sys.modules and "qtpy" not in sys.modules
