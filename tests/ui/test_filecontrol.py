"""A look for an edit: chosen from the disk or dropped, told by its name, taken away again, and what if it is gone."""

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog

from editor.core.cube_file import cube_text
from editor.core.edit import Edit
from editor.core.lattice import identity
from tests.ui.acts import drop, grabbed, photo_on, show, up_to_date
from tests.ui.onphoto import quarters

LookUp = Edit.kinds["look"]


@pytest.fixture
def inverse(tmp_path):
    path = tmp_path / "inverse.cube"
    path.write_bytes(cube_text(1 - identity(3)))
    return path


@pytest.fixture
def opened(qtbot, window, tmp_path):
    return show(qtbot, window, quarters(tmp_path / "quarters.png", (400, 300)))


@pytest.fixture
def control(opened):
    group = opened.panel.groups["look"]
    group.unfold()
    return group.controls["file"]


def at(window, x, y):
    seen = photo_on(window.canvas)
    return tuple(int(v) for v in seen[round(seen.shape[0] * y), round(seen.shape[1] * x)])


def inverted(qtbot, window, before):
    qtbot.waitUntil(lambda: up_to_date(window))
    assert at(window, 0.25, 0.25) == pytest.approx([255 - v for v in before], abs=1)


def held(path, control):
    """Holds a file over the control, as one drags it."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    what = Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(control, QDragEnterEvent(control.rect().center(), *what))


def in_sight(qtbot, window, kind, param):
    """The control of an edit, where a file can be dropped."""
    qtbot.waitUntil(lambda: up_to_date(window))  # with what the edits have to say, which takes room
    window.panel.reveal(kind)
    made, area = window.panel.groups[kind].controls[param], window.panel.area.viewport()
    qtbot.waitUntil(lambda: area.rect().contains(made.mapTo(area, made.rect().center())))
    return made


def test_a_look_is_chosen_and_the_photo_wears_it(qtbot, monkeypatch, opened, control, inverse):
    asked, before = [], at(opened, 0.25, 0.25)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *a: asked.append(a[1:]) or (str(inverse), ""))
    assert control.value.text() == "none" and not control.none.isEnabled()
    QTest.mouseClick(control.choose, Qt.MouseButton.LeftButton)
    assert opened.document.recipe.get("look").file == str(inverse) and opened.document.position == 1
    assert asked[0][0] == "Look" and asked[0][2].startswith("Looks (*.cube *.CUBE);;")
    assert control.value.text() == "inverse.cube"
    inverted(qtbot, opened, before)
    control.none.setFocus()
    QTest.keyClick(control.none, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: up_to_date(opened))
    assert opened.document.recipe.get("look").file == "" and at(opened, 0.25, 0.25) == before


def test_a_look_is_dropped_on_the_control(qtbot, opened, inverse):
    before = at(opened, 0.25, 0.25)
    control = in_sight(qtbot, opened, "look", "file")
    drop(opened, inverse, over=control)
    assert opened.document.recipe.get("look").file == str(inverse) and opened.document.position == 1
    inverted(qtbot, opened, before)


def test_a_photo_dropped_there_is_opened(qtbot, opened, tmp_path):
    other = quarters(tmp_path / "other.png", (200, 100))
    drop(opened, other, over=in_sight(qtbot, opened, "look", "file"))
    qtbot.waitUntil(lambda: opened.document.photo.path == other)
    assert opened.document.recipe.get("look") is None


def test_the_control_shows_that_a_look_may_be_dropped(control, inverse):
    plain = grabbed(control)
    held(inverse, control)
    assert not np.array_equal(grabbed(control), plain)
    QApplication.sendEvent(control, QDragLeaveEvent())
    assert np.array_equal(grabbed(control), plain)


def test_a_picture_is_dropped_on_the_control_for_one(qtbot, opened, tmp_path):
    picture = quarters(tmp_path / "other.png", (200, 100))
    opened.document.put(Edit.kinds["background"](kind="picture"))  # without which it is not there
    drop(opened, picture, over=in_sight(qtbot, opened, "background", "picture"))
    assert opened.document.recipe.get("background").picture == str(picture)
    assert opened.document.photo.path == tmp_path / "quarters.png" and not opened.files.opening


def test_a_look_dropped_on_the_window_is_worn_by_the_open_photo(qtbot, opened, inverse):
    before = at(opened, 0.25, 0.25)
    opened.document.put(LookUp(strength=100.0, file="/gone.cube"))
    opened.document.switch("look", on=False)
    drop(opened, inverse)
    qtbot.waitUntil(lambda: opened.document.recipe.is_on("look"))
    assert opened.document.recipe.get("look") == LookUp(file=str(inverse)) and opened.document.position == 3
    inverted(qtbot, opened, before)
    assert opened.panel.groups["look"].unfolded and opened.panel.groups["look"].fold.hasFocus()


def test_a_photo_dropped_with_a_look_is_opened_and_the_look_left(qtbot, opened, inverse, tmp_path):
    other = quarters(tmp_path / "other.png", (200, 100))
    drop(opened, inverse, other)
    qtbot.waitUntil(lambda: opened.document.photo.path == other)
    assert not opened.document.recipe.edits


def test_a_look_without_a_photo_says_what_it_is_for(qtbot, window, inverse):
    drop(window, inverse)
    qtbot.waitUntil(lambda: "open the photo first" in window.banner.text)
    assert window.document is None


@pytest.mark.parametrize("wrong", ["gone", "damaged"])
def test_a_look_of_no_use_is_told_and_the_photo_stays(qtbot, opened, inverse, wrong):
    before = at(opened, 0.25, 0.25)
    if wrong == "gone":
        Path(inverse).unlink()
    else:
        Path(inverse).write_bytes(b"LUT_3D_SIZE 9\n")
    opened.document.put(LookUp(file=str(inverse)))
    group = opened.panel.groups["look"]
    qtbot.waitUntil(lambda: group.note is not None and group.note.isVisible())
    assert group.note.text in LookUp.notes and group.note.text.endswith("so the photo is without it.")
    qtbot.waitUntil(lambda: up_to_date(opened))
    assert at(opened, 0.25, 0.25) == before


@pytest.mark.parametrize("on", ["the window", "the control"])
def test_a_file_that_cannot_be_kept_by_its_name_is_told(qtbot, opened, inverse, on):
    odd = inverse.rename(inverse.with_name("a\x01b.cube"))
    drop(opened, odd, over=in_sight(qtbot, opened, "look", "file") if on == "the control" else None)
    said = "a?b.cube has a name or a path that cannot be kept; rename it first."
    qtbot.waitUntil(lambda: opened.banner.text == said)
    assert not opened.document.recipe.edits and opened.panel.groups["look"].edit == LookUp()


@pytest.mark.parametrize("way", ["chosen", "given"])
def test_the_whole_path_is_kept(monkeypatch, opened, control, inverse, way):
    monkeypatch.chdir(inverse.parent)
    if way == "chosen":
        monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *a: (inverse.name, ""))
        QTest.mouseClick(control.choose, Qt.MouseButton.LeftButton)
    else:
        opened.intake.take([Path(inverse.name)])
    assert opened.document.recipe.get("look").file == str(inverse)


def test_it_has_names(control):
    assert control.choose.accessibleName() == "Choose a file for Look"
    assert control.none.accessibleName() == "No Look"
