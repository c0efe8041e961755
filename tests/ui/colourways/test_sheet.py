"""Colourways in the window: a sheet in the place of the photo, kept up with its edits; a click takes a colour."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image as Pillow
from PySide6.QtCore import QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from editor.core.edit import Edit
from editor.core.swatches import Swatch
from editor.ui import theme
from editor.ui.language import Language
from editor.ui.waycells import LEAST, MOST, fitting
from tests.dyeing import SHOE, shoe
from tests.ui.acts import drop, show, up_to_date
from tests.ui.test_accessibility import nameless, unreached
from tests.ui.waying import COLOURS, CONTROL, KEY, SHIFT, click, drawn, press, seen, target


def test_each_colour_has_its_picture_and_the_photo_stays_as_it_is(sheet, opened, models):
    assert [cell.swatch.name for cell in sheet.model.cells] == list(COLOURS)
    for row, colour in enumerate(COLOURS.values()):
        assert np.abs(np.subtract(seen(sheet, row), colour)).max() <= 2
    assert target(opened) is None and not opened.canvas.isVisible()
    assert models["dye"].asked == 1  # by canvas and sheet together
    assert sheet.count.text() == "4 colours"


def test_a_click_takes_the_colour_in_one_step_and_the_cell_says_so(qtbot, sheet, opened):
    click(sheet, 1)
    assert target(opened) == "#ff007f"
    qtbot.waitUntil(lambda: sheet.model.cells[1].worn)
    assert [cell.worn for cell in sheet.model.cells] == [False, True, False, False]
    told = sheet.model.index(1).data(Qt.ItemDataRole.AccessibleTextRole)
    assert told == "Rosé, #ff007f, Distance to target: 0.0, the photo has it now"
    assert opened.undoing.undoes == "Colourway: Rosé"
    assert "The photo has the colour Rosé now" in opened.status.currentMessage()
    QTest.keyClick(opened, KEY.Key_Z, CONTROL)
    assert target(opened) is None and not any(cell.worn for cell in sheet.model.cells)
    press(sheet, KEY.Key_Escape)
    assert opened.colourways.sheet is None and opened.canvas.isVisible() and opened.canvas.hasFocus()


def test_keys(qtbot, sheet, opened):
    assert sheet.view.hasFocus() and sheet.view.currentIndex().row() == 0
    press(sheet, KEY.Key_Right)
    assert sheet.view.currentIndex().row() == 1 and target(opened) is None
    press(sheet, KEY.Key_Return)
    assert target(opened) == "#ff007f"
    press(sheet, KEY.Key_Space)
    press(sheet, KEY.Key_Right, SHIFT)
    assert sheet.view.selected_rows == [1, 2] and sheet.count.text() == "2 of 4 colours selected"
    press(sheet, KEY.Key_Space)
    assert sheet.view.selected_rows == [1]
    press(sheet, KEY.Key_A, CONTROL)
    assert sheet.view.selected_rows == [0, 1, 2, 3]
    press(sheet, KEY.Key_Home)
    press(sheet, KEY.Key_Space)
    press(sheet, KEY.Key_Delete)
    assert [cell.swatch.name for cell in sheet.model.cells] == ["Navy"]
    assert target(opened) == "#ff007f"  # that is on the sheet no more, and on the photo still


def test_ctrl_and_shift_select_and_take_nothing(sheet, opened):
    click(sheet, 0, CONTROL)
    click(sheet, 2, CONTROL)
    assert sheet.view.selected_rows == [0, 2]
    click(sheet, 2, CONTROL)
    click(sheet, 3, SHIFT)
    assert sheet.view.selected_rows == [2, 3] and target(opened) is None


def test_other_edits_are_followed_and_the_newest_wins(qtbot, sheet, opened):
    for stops in (-3.0, -2.0, -1.0):
        opened.document.put(Edit.kinds["exposure"](stops=stops))
    qtbot.waitUntil(lambda: drawn(opened))
    assert all(cell.recipe.get("exposure").stops == -1.0 for cell in sheet.model.cells)
    paper = sheet.model.cells[0].picture.pixels.pixelColor(2, 2).red()
    assert paper < 200 and np.abs(np.subtract(seen(sheet, 0), COLOURS["Navy"])).max() <= 2


def test_hidden_it_asks_for_nothing(qtbot, sheet, opened, models):
    press(sheet, KEY.Key_Escape)
    before = [cell.recipe for cell in sheet.model.cells]
    opened.document.put(Edit.kinds["exposure"](stops=-1.0))
    qtbot.waitUntil(lambda: up_to_date(opened))
    assert [cell.recipe for cell in sheet.model.cells] == before
    opened.actions_by_name["colourways"].trigger()
    qtbot.waitUntil(lambda: drawn(opened))
    assert sheet.model.cells[0].recipe != before[0]


def test_colours_are_added_by_hand(qtbot, opened):
    opened.actions_by_name["colourways"].trigger()
    sheet = opened.colourways.sheet
    assert sheet.file.hasFocus() and not sheet.export.isEnabled() and not sheet.copies.isEnabled()
    QTest.keyClicks(sheet.swatch_name, "Olive")
    QTest.keyClicks(sheet.colour, "6b7a2a")
    QTest.keyClick(sheet.colour, KEY.Key_Return)
    QTest.keyClicks(sheet.colour, "lab(50 -80 40)")
    QTest.mouseClick(sheet.add, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: drawn(opened))
    assert [(c.swatch.name, c.swatch.colour) for c in sheet.model.cells] == [
        ("Olive", "#6b7a2a"),
        ("lab(50 -80 40)", "lab(50 -80 40)"),
    ]
    QTest.keyClicks(sheet.colour, "teal-ish")
    QTest.keyClick(sheet.colour, KEY.Key_Return)
    assert "teal-ish is no colour" in sheet.note.text() and len(sheet.model.cells) == 2
    sheet.remove.click()
    assert not sheet.model.cells and not sheet.remove.isEnabled()


def test_of_several_edits_one_is_chosen(qtbot, sheet, opened, dyed):
    assert sheet.edits.isHidden()
    opened.document.put(dyed(name="sole", strength=50.0))
    assert [sheet.edits.itemText(i) for i in range(2)] == ["Dye", "Dye · sole"]
    QTest.keyClick(sheet.edits, KEY.Key_Down)
    sheet.edits.activated.emit(1)
    qtbot.waitUntil(lambda: drawn(opened))
    assert sheet.model.cells[0].recipe.get("test_dye", "sole").target == "#1f4e79"
    assert sheet.model.cells[0].recipe.get("test_dye").target is None
    half = np.add(SHOE, COLOURS["Navy"]) / 2
    assert np.abs(np.subtract(seen(sheet, 0), half)).max() <= 2


def test_without_the_edit_taking_a_colour_adds_it(qtbot, dyed, window, place, brand):
    others = [kind for kind in list(Edit.kinds) if kind != "test_dye" and kind == "recolor"]
    kept = {kind: Edit.kinds.pop(kind) for kind in others}
    try:
        show(qtbot, window, shoe(place / "shoe.png"))
        window.actions_by_name["colourways"].trigger()
        window.colourways.add([Swatch("Navy", "#1f4e79")])
        qtbot.waitUntil(lambda: drawn(window))
        assert not window.document.recipe.edits
        click(window.colourways.sheet, 0)
        assert window.document.recipe.active == (dyed(target="#1f4e79"),)
    finally:
        Edit.kinds.update(kept)


def test_what_the_edit_found_out_is_said(qtbot, dyed, window, place):
    Pillow.new("RGB", (60, 40), (230, 230, 230)).save(place / "paper.png")
    show(qtbot, window, place / "paper.png")
    window.document.put(dyed())
    window.actions_by_name["colourways"].trigger()
    window.colourways.add([Swatch("Navy", "#1f4e79")])
    sheet, said = window.colourways.sheet, "Nothing of the picture is in the part."
    qtbot.waitUntil(lambda: said in sheet.note.text())
    press(sheet, KEY.Key_Escape)
    window.actions_by_name["colourways"].trigger()
    assert said in sheet.note.text()
    show(qtbot, window, shoe(place / "shoe.png", (600, 400)))
    window.document.put(dyed())
    window.actions_by_name["colourways"].trigger()
    qtbot.waitUntil(lambda: drawn(window))
    assert sheet.note.text() == ""


def test_another_photo_and_a_tool_lead_back_to_the_canvas(qtbot, sheet, opened, place, dyed):
    opened.actions_by_name["crop"].trigger()
    assert opened.colourways.sheet is None and opened.canvas.isVisible()
    opened.canvas.take(None)
    opened.actions_by_name["colourways"].trigger()
    assert opened.colourways.sheet is sheet
    show(qtbot, opened, shoe(place / "boot.png"))
    assert opened.colourways.sheet is None and opened.canvas.isVisible()
    opened.document.put(dyed())
    opened.actions_by_name["colourways"].trigger()  # with the same colours
    qtbot.waitUntil(lambda: drawn(opened))
    assert [cell.swatch.name for cell in sheet.model.cells] == list(COLOURS)


def test_a_file_that_is_none_is_said_on_the_sheet(qtbot, sheet, opened, brand):
    brand.write_bytes(b"nonsense")
    opened.colourways.take_file(brand)
    assert "brand.gpl" in sheet.note.text() and len(sheet.model.cells) == 4


def test_swatch_files_that_were_opened_are_offered_again_and_may_be_dropped(qtbot, sheet, opened, tmp_path):
    sheet.view.select_rows(0, 2)
    sheet.remove.click()
    assert [cell.swatch.name for cell in sheet.model.cells] == ["Chalk"]
    sheet.file.click()
    menu = QApplication.activePopupWidget()
    assert [action.text() for action in menu.actions() if action.text()] == ["brand.gpl", "Open a Swatch File…"]
    menu.actions()[0].trigger()
    menu.close()
    assert [cell.swatch.name for cell in sheet.model.cells] == ["Chalk", "Navy", "Rosé", "翠绿"]
    more = tmp_path / "more.csv"
    more.write_text("name,hex\nSand,#d2b892\n")
    drop(opened, more, over=sheet.view)
    assert [cell.swatch.name for cell in sheet.model.cells][-1] == "Sand"


def test_a_file_opened_on_the_sheet_is_in_the_list_beside_a_target_too(sheet, opened, brand):
    told = []
    opened.panel.book.changed.connect(lambda: told.append(opened.panel.book.files))
    other = brand.with_name("other.csv")
    other.write_text("name,hex\nSand,#d2b892\n")
    opened.colourways.take_file(other)
    assert told == [(other, brand)]


def test_everything_has_a_name_and_is_reached(sheet, opened):
    assert not nameless(opened) and not unreached(opened)


def test_it_wears_both_themes(sheet, opened, qapp):
    dark = sheet.grab().toImage().pixelColor(5, sheet.height() - 5)
    theme.apply(qapp, theme.LIGHT)
    QApplication.processEvents()
    light = sheet.grab().toImage().pixelColor(5, sheet.height() - 5)
    assert light.lightness() > dark.lightness() + 80


@pytest.mark.parametrize("shape", [0.5, 1.0, 1.5])
def test_cells_are_as_large_as_lets_all_be_seen(shape):
    room = QSize(900, 600)
    for count in (1, 2, 5, 12):
        grid = fitting(count, room, shape)
        assert -(-count // grid.columns) * grid.cell.height() <= room.height()
        assert grid.columns * grid.cell.width() <= room.width() and LEAST - 1 <= grid.side <= MOST
        assert grid.picture.width() / grid.picture.height() == pytest.approx(shape, rel=0.02)
    many = fitting(500, room, shape)
    assert LEAST <= many.side < 1.6 * LEAST and many.columns * many.cell.width() <= room.width()
    assert fitting(3, QSize(40, 40), shape).side >= LEAST - 1
    assert fitting(1, QSize(2000, 1200), 1.0).side == MOST


def test_it_follows_the_language(sheet, opened, qapp):
    language = Language(qapp, "en")
    click(sheet, 1)
    try:
        language.use("zh_CN")
        QApplication.processEvents()
        assert sheet.export.text() == "导出(&X)…" and sheet.count.text() == "4 种颜色"
        assert sheet.model.index(1).data(Qt.ItemDataRole.AccessibleTextRole).endswith("照片当前的颜色")
        assert opened.undoing.undoes == "配色：Rosé"
    finally:
        language.use("en")
        QApplication.processEvents()
        language.deleteLater()
    assert sheet.export.text() == "E&xport…"


def test_with_recolor_every_cell_says_how_near_it_came(qtbot, window, place):
    show(qtbot, window, shoe(place / "shoe.png", (300, 200)))
    window.document.put(Edit.kinds["recolor"](method="OKLab", places=((0.5, 0.5),)))
    window.actions_by_name["colourways"].trigger()
    window.colourways.add([Swatch("Navy", "#1f4e79"), Swatch("Beyond", "lab(55 -95 60)")])
    qtbot.waitUntil(lambda: drawn(window))
    sheet = window.colourways.sheet
    assert np.abs(np.subtract(seen(sheet, 0), COLOURS["Navy"])).max() <= 6
    near = sheet.model.cells[0].readout
    assert near.startswith("ΔE2000 to target: ") and float(near.rpartition(" ")[2]) < 2
    assert not sheet.model.cells[0].warning and "outside sRGB" in sheet.model.cells[1].warning
