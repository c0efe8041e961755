"""Network control: whoever has brought networks along chooses among them; what a recipe asks for is never lost."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from editor.core.edit import Edit
from editor.core.params import Network
from editor.core.recipe import Recipe
from editor.ui.controls import control
from tests.ui.acts import photo_on, show, up_to_date

Denoise = Edit.kinds["denoise"]
Key = Qt.Key


class Grey:
    """A denoiser that takes no level, and of which nobody can doubt that it has run."""

    inputs = ()

    def run(self, pixels, job):
        return np.full_like(pixels, 0.5)


@pytest.fixture
def shelf(models):
    return {**models, "denoise:grey": Grey(), "cutout:other": Grey()}


@pytest.fixture
def choosing(qtbot, make_window, shelf, photo_file):
    window = show(qtbot, make_window(shelf), photo_file)
    window.panel.groups["denoise"].unfold()
    return window


def chooser(window):
    return window.panel.groups["denoise"].controls["network"]


def words(made):
    return [made.list.itemText(i) for i in range(made.list.count())]


def test_a_brought_network_is_chosen_by_hand_and_does_the_work(qtbot, choosing):
    made = chooser(choosing)
    assert made.isVisible() and words(made) == ["Packshot's own", "grey"]
    QTest.mouseClick(made.list, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(made.list.view().isVisible)
    QTest.keyClick(made.list.view(), Key.Key_Down)
    QTest.keyClick(made.list.view(), Key.Key_Return)
    recipe = choosing.document.recipe
    assert recipe.edits == (Denoise(network="grey"),)
    qtbot.waitUntil(lambda: up_to_date(choosing))
    middle = photo_on(choosing.canvas)[20:-20, 20:-20]
    assert np.abs(middle.astype(int) - 128).max() <= 1
    choosing.undoing.undo()
    assert choosing.document.recipe.edits == () and made.list.currentText() == "Packshot's own"


def test_the_keyboard_does_it_too(qtbot, choosing):
    made = chooser(choosing)
    made.list.setFocus()
    QTest.keyClick(made.list, Key.Key_Down)
    assert choosing.document.recipe.get("denoise").network == "grey"
    QTest.keyClick(made.list, Key.Key_Up)
    assert choosing.document.recipe.get("denoise").network == ""
    assert made.list.accessibleName() == "Network" and made.label.text() == "Network"


def test_with_nothing_to_choose_from_there_is_no_list(opened):
    opened.panel.groups["denoise"].unfold()
    assert not chooser(opened).isVisible()
    assert opened.panel.groups["denoise"].controls["strength"].isVisible()


def test_a_network_that_is_not_there_is_shown_as_missing_and_kept(qtbot, opened):
    opened.panel.groups["denoise"].unfold()
    opened.document.put(Denoise(network="u2netp", strength=0.5))
    made = chooser(opened)
    assert made.isVisible() and words(made) == ["Packshot's own", "u2netp (missing)"]
    assert made.list.currentText() == "u2netp (missing)" and "packshot models add" in made.list.toolTip()
    qtbot.waitUntil(lambda: bool(opened.banner.text))
    made.list.setFocus()
    QTest.keyClick(made.list, Key.Key_Up)
    assert opened.document.recipe == Recipe().put(Denoise(strength=0.5))
    assert not made.isVisible() and made.list.toolTip() == ""
    qtbot.waitUntil(lambda: up_to_date(opened))


def test_what_is_added_meanwhile_is_there_when_the_list_is_opened(qtbot, choosing, shelf):
    made = chooser(choosing)
    shelf["denoise:new"] = Grey()
    assert words(made) == ["Packshot's own", "grey"]
    QTest.mouseClick(made.list, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(made.list.view().isVisible)
    assert words(made) == ["Packshot's own", "grey", "new"]
    QTest.keyClick(made.list.view(), Key.Key_Escape)
    assert choosing.document.recipe == Recipe()


def test_a_double_click_on_the_title_sets_it_back(qtbot, choosing):
    choosing.document.put(Denoise(network="grey"))
    QTest.mouseDClick(chooser(choosing).label, Qt.MouseButton.LeftButton)
    assert choosing.document.recipe.get("denoise").network == ""


def test_a_control_by_itself_is_no_window(qtbot):
    made = control(Network("Network", "cutout"), "")
    qtbot.addWidget(made)
    made.offer(lambda task: ("a", "b"))
    assert not made.isVisible() and words(made) == ["Packshot's own", "a", "b"]
