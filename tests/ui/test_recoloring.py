"""Recolouring in the window: a person types targets, and reads how near the part came."""

import numpy as np
import pytest
from PIL import Image as Pillow
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from editor.core.matte_file import keep_matte
from editor.edits.recolor import EMPTY, OKLAB, OUTSIDE, Recolor
from tests.edits.wares import BLUE, shirt
from tests.ui.acts import show, up_to_date


@pytest.fixture
def dressed(qtbot, opened, tmp_path):
    """The window with a blue shirt, and the unfolded group of Recolor."""
    ware = shirt((150, 120))
    path = tmp_path / "shirt.png"
    Pillow.fromarray((ware.coloured(BLUE).clip(0, 1) * 255 + 0.5).astype(np.uint8)).save(path)
    keep_matte(path, (ware.matte * 255 + 0.5).astype(np.uint8))
    show(qtbot, opened, path)
    group = opened.panel.groups["recolor"]
    group.fold.setChecked(True)
    opened.document.put(Recolor(method=OKLAB))
    return opened, group


def typed(field, text):
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, text)
    QTest.keyClick(field, Qt.Key.Key_Return)


def test_how_near_it_came_is_read_under_the_controls(qtbot, dressed):
    window, group = dressed
    qtbot.waitUntil(lambda: up_to_date(window))
    assert group.result.isHidden() and group.result.text() == ""
    typed(group.controls["target"].field, "#b01c2e")
    assert window.document.recipe.get("recolor").target == "#b01c2e"
    qtbot.waitUntil(lambda: group.result.isVisible())
    assert group.result.text().startswith("ΔE2000 to target: ") and float(group.result.text().split()[-1]) < 2
    assert group.result.accessibleName() == group.result.text()
    before = group.result.text()
    window.document.put(Recolor(method=OKLAB, target="#b01c2e", strength=40))
    qtbot.waitUntil(lambda: group.result.text() != before)
    assert float(group.result.text().split()[-1]) > 10
    window.document.switch("recolor", on=False)
    assert group.result.isHidden()
    qtbot.waitUntil(lambda: up_to_date(window))


def test_a_target_that_srgb_does_not_hold_is_warned_of(qtbot, dressed):
    _, group = dressed
    typed(group.controls["target"].field, "lab(60 -95 50)")
    qtbot.waitUntil(lambda: group.note is not None and group.note.isVisible())
    assert group.note.text == OUTSIDE and group.result.text().count("\n") == 0
    typed(group.controls["target"].field, "#1f4e79")
    qtbot.waitUntil(lambda: group.note.isHidden() and group.result.isVisible())


def test_an_empty_part_says_so(qtbot, dressed):
    window, group = dressed
    nothing = np.zeros((120, 150), np.uint8)
    keep_matte(window.document.photo.path, nothing)
    show(qtbot, window, window.document.photo.path)
    window.document.put(Recolor(method=OKLAB, target="#1f4e79"))
    qtbot.waitUntil(lambda: group.note is not None and group.note.isVisible())
    assert group.note.text == EMPTY and group.result.isHidden()


def test_the_head_of_an_edit_that_is_higher_than_the_panel_comes_into_sight(qtbot, dressed):
    window, group = dressed
    window.resize(1280, 560)
    area = window.panel.area
    qtbot.waitUntil(lambda: group.height() > area.viewport().height())
    for before in (0, area.verticalScrollBar().maximum()):
        area.verticalScrollBar().setValue(before)
        window.panel.reveal("recolor")
        qtbot.waitUntil(lambda: area.viewport().rect().contains(group.fold.mapTo(area.viewport(), QPoint())))
    qtbot.waitUntil(lambda: up_to_date(window))
