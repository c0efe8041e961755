"""A picture for an edit: chosen from the disk, told by its name, taken away again, and what if it is gone."""

import numpy as np
import pytest
from PIL import Image as Pillow
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from editor.core.edit import Edit
from tests.ui.acts import grabbed, show, up_to_date

Background = Edit.kinds["background"]


@pytest.fixture
def shown(qtbot, window, tmp_path):
    """The window with a grey disc that is cut out, on a background that is to be a picture."""
    y, x = np.mgrid[0:300, 0:400]
    disc = np.dstack([np.full((300, 400, 3), 90, np.uint8), 255 * (np.hypot(x - 200, y - 150) < 90).astype(np.uint8)])
    Pillow.fromarray(disc).save(tmp_path / "disc.png")
    Pillow.fromarray(np.full((60, 80, 3), (200, 30, 90), np.uint8)).save(tmp_path / "backdrop.png")
    show(qtbot, window, tmp_path / "disc.png")
    window.document.put(Background(kind="picture"))
    window.panel.groups["background"].unfold()
    return window


@pytest.fixture
def control(shown):
    return shown.panel.groups["background"].controls["picture"]


def chosen(monkeypatch, name):
    asked = []
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *a: asked.append(a[1:3]) or (str(name), ""))
    return asked


def test_a_file_is_chosen_and_lies_behind_the_product(qtbot, monkeypatch, shown, control, tmp_path):
    asked = chosen(monkeypatch, tmp_path / "backdrop.png")
    assert control.value.text() == "none" and not control.none.isEnabled()
    QTest.mouseClick(control.choose, Qt.MouseButton.LeftButton)
    assert shown.document.recipe.get("background").picture == str(tmp_path / "backdrop.png")
    assert shown.document.position == 2 and asked[0][0] == "Picture"
    assert control.value.text() == "backdrop.png" and control.value.toolTip() == str(tmp_path / "backdrop.png")
    qtbot.waitUntil(lambda: up_to_date(shown))
    assert (grabbed(shown.canvas) == (200, 30, 90)).all(2).mean() > 0.1
    QTest.mouseClick(control.choose, Qt.MouseButton.LeftButton)  # the same again is no step
    assert shown.document.position == 2 and asked[1][1] == str(tmp_path)


def test_none_again_by_key(monkeypatch, shown, control, tmp_path):
    chosen(monkeypatch, tmp_path / "backdrop.png")
    control.choose.setFocus()
    QTest.keyClick(control.choose, Qt.Key.Key_Space)
    control.none.setFocus()
    QTest.keyClick(control.none, Qt.Key.Key_Space)
    assert shown.document.recipe.get("background").picture == "" and shown.document.position == 3
    assert control.value.text() == "none"


def test_cancelled_nothing_changes(monkeypatch, shown, control):
    chosen(monkeypatch, "")
    QTest.mouseClick(control.choose, Qt.MouseButton.LeftButton)
    assert shown.document.position == 1 and shown.document.recipe.get("background").picture == ""


def test_a_file_that_cannot_be_read_is_told_and_the_window_goes_on(qtbot, monkeypatch, shown, control, tmp_path):
    (tmp_path / "broken.png").write_bytes(b"no picture")
    told = []
    shown.preview.renderer.failed.connect(told.append)
    chosen(monkeypatch, tmp_path / "broken.png")
    QTest.mouseClick(control.choose, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(told))
    assert "broken.png" in told[0] and "\n" not in told[0]
    QTest.mouseClick(control.none, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: up_to_date(shown))
    assert shown.document.recipe.get("background").picture == ""


def test_it_has_names(control):
    assert control.choose.accessibleName() == "Choose a file for Picture"
    assert control.none.accessibleName() == "No Picture"
