"""The explorer in the window: variations of the product in the place of the photo; a click goes there, and back."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image as Pillow
from PySide6.QtCore import QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from editor.core.copies import copies
from editor.core.edit import Edit
from editor.core.recipe import Recipe
from editor.core.sidecar import load
from editor.ui import theme
from editor.ui.explorcells import LEAST, laid
from tests.dyeing import shoe
from tests.exploring import AXES, NOWHERE, varying
from tests.ui.acts import drag, show, up_to_date
from tests.ui.test_accessibility import nameless, unreached

KEY, LEFT, CONTROL = Qt.Key, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier
MIDDLE = 7


@pytest.fixture
def vary():
    with varying() as kind:
        yield kind


@pytest.fixture
def opened(vary, qtbot, window, tmp_path):
    """A red shoe whose variations are to be explored."""
    (tmp_path / "set").mkdir()
    return show(qtbot, window, shoe(tmp_path / "set" / "shoe.png", (600, 400)))


@pytest.fixture
def sheet(qtbot, opened):
    opened.actions_by_name["explore"].trigger()
    qtbot.waitUntil(lambda: drawn(opened))
    return opened.explorer.sheet


def drawn(window):
    """Whether all that the page is to show is there."""
    sheet = window.explorer.sheet
    cells = (*sheet.model.cells, *sheet.path.cells)
    return cells and all(cell.fresh for cell in cells) and not window.explorer.busy


def box_of(sheet, row):
    return sheet.view.visualRect(sheet.model.index(row))


def click(sheet, row, *, double=False, held=Qt.KeyboardModifier.NoModifier):
    place = sheet.view.painter.place(box_of(sheet, row))
    spot = place.center() - place.center() + place.topLeft() + (place.center() - place.topLeft()) / 2
    QTest.mouseClick(sheet.view.viewport(), LEFT, held, spot)
    if double:
        QTest.mouseDClick(sheet.view.viewport(), LEFT, held, spot)


def press_button(sheet, row, deed):
    place = sheet.view.painter.place(box_of(sheet, row))
    QTest.mouseClick(sheet.view.viewport(), LEFT, pos=sheet.view.painter.buttons(place)[deed].center())


def step(sheet, row):
    QTest.mouseClick(sheet.steps.viewport(), LEFT, pos=sheet.steps.visualRect(sheet.path.index(row)).center())


def press(sheet, key, held=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(sheet.view, key, held)


def places(sheet):
    return [cell.place for cell in sheet.model.cells]


def values(window):
    edit = window.document.recipe.get("test_vary")
    return tuple(getattr(edit, name) for name in AXES) if edit else None


def seen(sheet, row):
    """The colour in the middle of a picture on the page."""
    box = sheet.view.painter.place(box_of(sheet, row))
    ratio = sheet.view.devicePixelRatioF()
    return sheet.view.viewport().grab().toImage().pixelColor(box.center() * ratio).getRgb()[:3]


def test_the_grid_lies_around_the_product_and_the_photo_stays_as_it_is(sheet, opened):
    assert len(sheet.model.cells) == 15 and len(set(places(sheet))) == 15
    assert [row for row, cell in enumerate(sheet.model.cells) if cell.here] == [MIDDLE]
    assert not any(sheet.model.cells[MIDDLE].place) and sheet.view.currentIndex().row() == MIDDLE
    assert opened.document.recipe == Recipe() and not opened.canvas.isVisible() and sheet.view.hasFocus()
    assert len(sheet.path.cells) == 1
    for row, cell in enumerate(sheet.model.cells):
        red = min(255, 180 + 255 * 0.05 * cell.place[0])
        assert abs(seen(sheet, row)[0] - red) <= 3


def test_a_click_moves_there_in_one_step_and_the_path_grows(qtbot, sheet, opened):
    to = sheet.model.cells[3].place
    click(sheet, 3)
    assert values(opened) == to and opened.document.recipe.is_on("cutout") and len(opened.document.steps) == 2
    assert sheet.model.cells[MIDDLE].place == to and sheet.model.cells[MIDDLE].here
    assert [cell.place for cell in sheet.path.cells] == [(0.0,) * len(AXES), to]
    assert [cell.here for cell in sheet.path.cells] == [False, True]
    assert opened.undoing.undoes == "Move in the Explorer"
    qtbot.waitUntil(lambda: drawn(opened))
    click(sheet, 0)
    assert len(sheet.path.cells) == 3 and sheet.path.cells[2].place == values(opened)
    click(sheet, MIDDLE)
    assert len(opened.document.steps) == 3, "one is there already"
    step(sheet, 1)
    assert values(opened) == to and len(sheet.path.cells) == 3 and sheet.path.cells[1].here
    told = sheet.path.index(2).data(Qt.ItemDataRole.AccessibleTextRole)
    assert told and told != sheet.path.index(0).data(Qt.ItemDataRole.AccessibleTextRole) == "As the photo is"


def test_undo_goes_back_along_the_path(qtbot, sheet, opened):
    first = places(sheet)
    click(sheet, 3)
    second = places(sheet)
    QTest.keyClick(opened, KEY.Key_Z, CONTROL)
    assert opened.document.recipe == Recipe() and places(sheet) == first and len(sheet.path.cells) == 2
    assert sheet.path.cells[0].here
    QTest.keyClick(opened, KEY.Key_Y, CONTROL)
    assert places(sheet) == second and sheet.path.cells[1].here


def test_a_double_click_and_enter_are_for_the_photo(qtbot, sheet, opened):
    to = sheet.model.cells[4].place
    click(sheet, 4, double=True)
    assert values(opened) == to and opened.explorer.sheet is None and opened.canvas.hasFocus()
    qtbot.waitUntil(lambda: up_to_date(opened))
    QTest.keyClick(opened, KEY.Key_E, CONTROL)
    qtbot.waitUntil(lambda: drawn(opened))
    assert opened.explorer.sheet is sheet and len(sheet.path.cells) == 2, (
        "the way is known as long as the photo is open"
    )
    press(sheet, KEY.Key_Home)
    to = sheet.model.cells[0].place
    press(sheet, KEY.Key_Return)
    assert values(opened) == to and opened.canvas.isVisible()


def test_escape_leads_back_and_changes_nothing(sheet, opened):
    press(sheet, KEY.Key_Escape)
    assert opened.explorer.sheet is None and opened.canvas.isVisible() and opened.canvas.hasFocus()
    assert opened.document.recipe == Recipe()


def test_escape_leads_back_from_a_field_as_well(sheet, opened):
    sheet.seed.setFocus()
    QTest.keyClick(sheet.seed, KEY.Key_Escape)
    assert opened.explorer.sheet is None and opened.canvas.isVisible()


def test_likes_and_dislikes_by_key_and_by_button_lead_the_next_grid(qtbot, sheet, opened):
    sheet.rows.setValue(5)
    sheet.columns.setValue(8)
    cells, before = sheet.model.cells, places(sheet)
    assert len(cells) == 40
    redder = [row for row, cell in enumerate(cells) if cell.place[0] > 0.5]
    less = [row for row, cell in enumerate(cells) if cell.place[0] < -0.5]
    assert redder and less
    press_button(sheet, redder[0], "like")
    press_button(sheet, less[0], "dislike")
    for rows, key in ((redder[1:], KEY.Key_L), (less[1:], KEY.Key_D)):
        for row in rows:
            sheet.view.go(row)
            press(sheet, key)
    assert [row for row, cell in enumerate(sheet.model.cells) if cell.liked] == redder
    assert places(sheet) == before and not values(opened), "what was said counts from the next grid on"
    assert sheet.of_taste.text() == f"{len(redder)} liked, {len(less)} disliked"
    QTest.mouseClick(sheet.next, LEFT)
    assert sheet.seed.value() == 2
    lean = np.mean([place[0] for place in places(sheet)])
    leaning = places(sheet)
    sheet.forget.click()
    assert not sheet.of_taste.text() and lean > np.mean([place[0] for place in places(sheet)]) + 0.3
    assert places(sheet) != leaning


def test_what_was_said_is_taken_back_by_saying_it_again(sheet):
    for _ in range(2):
        press_button(sheet, 2, "like")
    assert sheet.model.cells[2].liked is None
    press_button(sheet, 2, "like")
    press_button(sheet, 2, "dislike")
    assert sheet.model.cells[2].liked is False and sheet.of_taste.text() == "0 liked, 1 disliked"
    assert sheet.model.index(2).data(Qt.ItemDataRole.AccessibleTextRole).endswith("disliked")


def test_a_pin_keeps_a_variation_in_the_first_place(qtbot, sheet):
    kept = sheet.model.cells[9].place
    sheet.view.go(9)
    press(sheet, KEY.Key_P)
    assert sheet.model.cells[9].pinned and sheet.model.cells[9].place == kept
    sheet.next.click()
    assert sheet.model.cells[0].place == kept and sheet.model.cells[0].pinned
    press_button(sheet, 0, "pin")
    sheet.next.click()
    assert kept not in places(sheet)


def test_a_seed_gives_the_same_grid_again(qtbot, sheet):
    first = places(sheet)
    sheet.next.click()
    assert places(sheet) != first
    sheet.seed.selectAll()
    QTest.keyClicks(sheet.seed, "1")
    QTest.keyClick(sheet.seed, KEY.Key_Return)
    assert places(sheet) == first
    drag(sheet.spread.slider, sheet.spread.slider.minimum())
    small = np.abs(places(sheet)).max()
    assert small < 0.2 * np.abs(first).max()


def test_a_slider_in_the_panel_takes_the_grid_along(qtbot, sheet, opened, vary):
    for value in (0.2, 0.4, 0.6):
        opened.document.put(vary(green=value), "drag")
    opened.document.end_gesture()
    assert [cell.place[1] for cell in sheet.path.cells] == [0.0, 0.6]
    assert sheet.model.cells[MIDDLE].place[1] == 0.6
    opened.document.put(Edit.kinds["exposure"](stops=-1.0))
    qtbot.waitUntil(lambda: drawn(opened))
    assert all(cell.recipe.get("exposure").stops == -1.0 for cell in sheet.model.cells)


def test_another_product_is_blended_in(qtbot, sheet, opened, tmp_path):
    assert sheet.share.isHidden()
    other = shoe(tmp_path / "boot.png")
    opened.explorer.blend.ask_partner = lambda folder: other
    QTest.mouseClick(sheet.partner, LEFT)
    edit = opened.document.recipe.get("test_vary")
    assert edit.other == str(other) and edit.blend == 50 and len(opened.document.steps) == 2
    assert "boot.png" in sheet.partner.text() and sheet.share.isVisible()
    qtbot.waitUntil(lambda: drawn(opened))
    assert seen(sheet, MIDDLE)[0] == pytest.approx(180 - 0.2 * 255, abs=3)
    drag(sheet.share.slider, sheet.share.slider.maximum())
    assert opened.document.recipe.get("test_vary").blend > 95 and len(opened.document.steps) == 3
    click(sheet, 3)
    assert opened.document.recipe.get("test_vary").blend > 95
    sheet.part.click()
    edit = opened.document.recipe.get("test_vary")
    assert (edit.other, edit.blend) == ("", 0.0) and values(opened) == sheet.model.cells[MIDDLE].place


def test_the_sheet_is_saved_and_copies_are_made(qtbot, sheet, opened, tmp_path):
    asked = []
    opened.explorer.output.ask_sheet_path = lambda proposed: asked.append(proposed.name) or tmp_path / "all.png"
    QTest.mouseClick(sheet.sheet, LEFT)
    qtbot.waitUntil(lambda: "Saved" in opened.status.currentMessage())
    assert asked == ["shoe-explorer.png"]
    with Pillow.open(tmp_path / "all.png") as made:
        assert made.format == "PNG" and made.width > 3 * 600
    click(sheet, 2, held=CONTROL)
    click(sheet, 6, held=CONTROL)
    assert not values(opened) and sheet.copies.text() == "Make 2 Virtual &Copies"
    wanted = [sheet.model.cells[row].recipe for row in (2, 6)]
    QTest.mouseClick(sheet.copies, LEFT)
    path = tmp_path / "set" / "shoe.png"
    qtbot.waitUntil(lambda: copies(path) == (1, 2) and not opened.explorer.output.busy)
    assert [load(path, number).recipe for number in (1, 2)] == wanted
    assert load(path, 1).marks.name == "Variation 1-3"


def test_the_menu_of_a_variation(qtbot, sheet, opened):
    sheet.view.go(5)
    QTest.keyClick(sheet.view, KEY.Key_Menu)
    sheet.view.asked_menu.emit(5, sheet.view.mapToGlobal(box_of(sheet, 5).center()))
    menu = QApplication.activePopupWidget()
    texts = [action.text() for action in menu.actions() if action.text()]
    assert texts[0] == "Move Here" and "Pin\tP" in texts and texts[-1] == "Make Virtual Copy"
    next(action for action in menu.actions() if action.text().startswith("Pin")).trigger()
    menu.close()
    assert sheet.model.cells[5].pinned


def test_where_nothing_varies_it_says_why(qtbot, vary, window, tmp_path):
    Pillow.new("RGB", (60, 40), (230, 230, 230)).save(tmp_path / "paper.png")
    show(qtbot, window, tmp_path / "paper.png")
    window.actions_by_name["explore"].trigger()
    sheet = window.explorer.sheet
    qtbot.waitUntil(lambda: sheet.view.empty_text == NOWHERE)
    assert not sheet.model.cells and not sheet.sheet.isEnabled() and not sheet.copies.isEnabled()
    QTest.keyClick(sheet.view, KEY.Key_Escape)
    assert window.canvas.isVisible()


def test_what_is_not_to_be_trusted_is_said(qtbot, sheet, opened, vary):
    assert sheet.note.isHidden()
    opened.document.put(vary(direction_5=5.5))
    qtbot.waitUntil(lambda: sheet.note.text() == "Far from anything that is known: 5.5")


def test_where_a_network_is_missing_it_says_so(qtbot, opened, models):
    finder = models.pop("cutout")
    opened.actions_by_name["explore"].trigger()
    sheet = opened.explorer.sheet
    qtbot.waitUntil(lambda: "cutout" in sheet.view.empty_text)
    assert not sheet.model.cells and not opened.explorer.busy and "New Grid tries again" in sheet.view.empty_text
    models["cutout"] = finder
    sheet.next.click()
    qtbot.waitUntil(lambda: drawn(opened))
    assert len(sheet.model.cells) == 15


def test_another_photo_begins_anew(qtbot, sheet, opened, tmp_path):
    click(sheet, 3)
    press_button(sheet, 4, "like")
    show(qtbot, opened, shoe(tmp_path / "boot.png"))
    assert opened.explorer.sheet is None and opened.canvas.isVisible()
    opened.actions_by_name["explore"].trigger()
    qtbot.waitUntil(lambda: drawn(opened))
    assert len(sheet.path.cells) == 1 and not sheet.of_taste.text()


def test_without_an_edit_that_varies_it_says_so(qtbot, opened):
    kept = Edit.kinds.pop("test_vary")
    try:
        opened.actions_by_name["explore"].trigger()
        assert opened.explorer.sheet is None and "no edit" in opened.status.currentMessage()
    finally:
        Edit.kinds["test_vary"] = kept


def test_everything_has_a_name_and_is_reached(sheet, opened):
    press_button(sheet, 2, "like")
    assert not nameless(opened) and not unreached(opened)


def test_it_wears_both_themes(sheet, opened, qapp):
    dark = sheet.grab().toImage().pixelColor(5, sheet.height() - 5)
    theme.apply(qapp, theme.LIGHT)
    QApplication.processEvents()
    light = sheet.grab().toImage().pixelColor(5, sheet.height() - 5)
    assert light.lightness() > dark.lightness() + 80


@pytest.mark.parametrize("shape", [0.5, 1.0, 1.8])
def test_cells_fill_the_room(shape):
    grid = laid(3, 5, QSize(1100, 700), shape, 22)
    assert grid.columns == 5 and grid.cell.width() == 220 and 3 * grid.cell.height() <= 700
    assert grid.picture.width() / grid.picture.height() == pytest.approx(shape, rel=0.02)
    small = laid(8, 10, QSize(700, 400), shape, 22)
    assert small.cell.width() == 70 and small.picture.width() <= 70 and small.side <= LEAST
