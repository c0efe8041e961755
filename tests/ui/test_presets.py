"""Presets in the window: saved, tried under the pointer, used on one photo or many, renamed and deleted."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLineEdit, QMenu

from editor.core.edit import Edit
from editor.core.presets import Presets
from editor.core.recipe import Recipe
from editor.core.sidecar import load
from editor.ui.dialogs.presets import ManagePresets, SavePreset
from editor.ui.window import MainWindow
from tests.ui.acts import photo_on, show, up_to_date
from tests.ui.answering import answer
from tests.ui.shoes import NAMES, click, lay_out, shows

Crop, CutOut, Denoise = Edit.kinds["crop"], Edit.kinds["cutout"], Edit.kinds["denoise"]
Exposure, WhiteBalance = Edit.kinds["exposure"], Edit.kinds["white_balance"]
LIGHT = Recipe().put(Exposure(stops=1.0))
WARM = LIGHT.put(WhiteBalance(temperature=20))
Key, SHIFT = Qt.Key, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def presets(window):
    """The presets of the window, in a folder of its own."""
    return window.editing.presets._presets


def opened_menu(window):
    menu = window.panel.presets.menu()
    menu.aboutToShow.emit()
    return menu


def entry(menu, text):
    (action,) = [action for action in menu.actions() if action.text() == text]
    return action


def names(presets):
    return [preset.name for preset in presets.shelf().presets]


def under(group):
    """The presets in the menu of an edit."""
    group.menu.aboutToShow.emit()
    (menu,) = [menu for menu in group.menu.findChildren(QMenu) if menu.title() == "Presets"]
    return menu


def test_save_and_use_on_another_photo(qtbot, opened, presets, photo_file):
    opened.document.replace(WARM.put(Crop(angle=3.0)))

    def save(dialog):
        assert isinstance(dialog, SavePreset) and dialog.focusWidget() is dialog.name and not dialog.go.isEnabled()
        QTest.keyClicks(dialog.name, "Warm / main")
        QTest.keyClick(dialog.name, Key.Key_Return)

    answer(save)
    entry(opened_menu(opened), "Save Edits as Preset…").trigger()
    (kept,) = presets.shelf().presets
    assert (kept.name, kept.recipe) == ("Warm / main", WARM)  # the crop is of that photo
    assert opened.status.currentMessage() == "Saved the preset “Warm / main”"

    show(qtbot, opened, photo_file.rename(photo_file.with_name("another.png")))
    opened.document.put(Denoise(noise=20.0))
    entry(opened_menu(opened), "Warm / main").trigger()
    assert opened.document.recipe == WARM.put(Denoise(noise=20.0))
    assert opened.document.steps[-1].act == "preset:Warm / main"
    assert opened.status.currentMessage() == "Preset used; Ctrl+Z takes it back"
    opened.document.undo()
    assert opened.document.recipe == Recipe().put(Denoise(noise=20.0))


def test_a_preset_keeps_what_was_drawn_only_if_that_is_ticked(qtbot, opened, presets):
    by_hand = CutOut(feather=3.0, keep=((0.5, 0.5),))
    opened.document.replace(Recipe().put(by_hand))

    def save(name, drawn):
        def act(dialog):
            QTest.keyClicks(dialog.name, name)
            if drawn != dialog.edits.with_drawn:
                QTest.keyClick(dialog.edits.drawn, Key.Key_Space)
            QTest.keyClick(dialog.name, Key.Key_Return)

        answer(act)
        entry(opened_menu(opened), "Save Edits as Preset…").trigger()

    save("bare", False)
    save("by hand", True)
    kept = {preset.name: preset.recipe.get("cutout") for preset in presets.shelf().presets}
    assert kept == {"bare": CutOut(feather=3.0), "by hand": by_hand}


def test_what_the_pointer_is_on_is_shown_and_nothing_is_changed(qtbot, opened, presets):
    presets.save("Light", LIGHT.put(Crop(rectangle=(0.25, 0.25, 0.5, 0.5))))
    before = photo_on(opened.canvas)
    menu = opened.panel.presets.menu()
    menu.popup(opened.mapToGlobal(opened.rect().center()))
    QTest.keyClick(menu, Key.Key_Down)
    assert menu.activeAction().text() == "Light"
    qtbot.waitUntil(lambda: photo_on(opened.canvas).mean() > before.mean() + 20)
    assert opened.document.recipe == Recipe() and not opened.document.can_undo
    QTest.keyClick(menu, Key.Key_Down)  # on to what is no preset
    qtbot.waitUntil(lambda: (photo_on(opened.canvas) == before).all())
    QTest.keyClick(menu, Key.Key_Up)
    qtbot.waitUntil(lambda: photo_on(opened.canvas).mean() > before.mean() + 20)
    QTest.keyClick(menu, Key.Key_Escape)
    qtbot.waitUntil(lambda: up_to_date(opened) and (photo_on(opened.canvas) == before).all())


def test_a_preset_goes_onto_all_that_are_selected(qtbot, window, presets, tmp_path):
    shoes = lay_out(tmp_path / "shoes")
    presets.save("Light", LIGHT)
    window.open_path(shoes)
    qtbot.waitUntil(lambda: shows(window, shoes / NAMES[0]))
    click(window.strip, 2, SHIFT)
    entry(opened_menu(window), "Light").trigger()
    qtbot.waitUntil(lambda: not window.undoing.busy)
    assert window.status.currentMessage() == "Preset used on 3 photos; Ctrl+Z takes it back"
    assert [load(shoes / name).recipe for name in NAMES[1:]] == [LIGHT, LIGHT]
    assert window.document.recipe == LIGHT


def test_presets_of_one_edit_are_in_its_menu_and_keep_its_name(opened, presets):
    document = opened.document
    document.put(Exposure(stops=-1.0, name="sole"))
    presets.save("Warm", WARM)
    group = opened.panel.group(("exposure", "sole"))
    assert [a.text() for a in under(group).actions() if a.text()] == ["Save This Edit as Preset…"]

    def save(dialog):
        assert dialog.edits.chosen == (("exposure", ""),)
        QTest.keyClicks(dialog.name, "Dark")
        QTest.keyClick(dialog.name, Key.Key_Return)

    answer(save)
    entry(under(group), "Save This Edit as Preset…").trigger()
    assert presets.shelf().named("dark").recipe == Recipe().put(Exposure(stops=-1.0))
    document.replace(Recipe().put(Exposure(name="laces")).put(WhiteBalance()))
    entry(under(opened.panel.group(("exposure", "laces"))), "Dark").trigger()
    assert document.recipe == Recipe().put(Exposure(stops=-1.0, name="laces")).put(WhiteBalance())
    assert not [a for a in under(opened.panel.groups["denoise"]).actions() if a.text() == "Dark"]


def test_a_name_that_is_taken_is_told_before_it_is_replaced(opened, presets):
    presets.save("Warm", WARM)
    opened.document.replace(LIGHT)

    def save(dialog):
        QTest.keyClicks(dialog.name, "warm")
        assert dialog.go.text() == "Replace"
        QTest.keyClick(dialog.name, Key.Key_Return)

    answer(save)
    opened.editing.presets.save()
    assert [(p.name, p.recipe) for p in presets.shelf().presets] == [("warm", LIGHT)]


def test_rename_and_delete(qtbot, opened, presets, monkeypatch):
    for name in ("A", "B", "C"):
        presets.save(name, LIGHT)
    dialog = ManagePresets(presets, opened)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)

    def rename(name):
        QTest.mouseClick(dialog.rename, Qt.MouseButton.LeftButton)
        (field,) = dialog.list.findChildren(QLineEdit)
        QTest.keyClicks(field, name)
        QTest.keyClick(field, Key.Key_Return)
        qtbot.waitUntil(lambda: not dialog.list.findChildren(QLineEdit))

    dialog.list.setCurrentRow(1)
    rename("b/c: new")
    assert names(presets) == ["A", "b/c: new", "C"] and dialog.list.currentItem().text() == "b/c: new"
    rename("a")
    assert names(presets) == ["A", "b/c: new", "C"] and "“a”" in dialog.trouble.text()
    asked = []
    monkeypatch.setattr(dialog, "may_delete", lambda preset: asked.append(preset.name) or len(asked) > 1)
    dialog.list.setCurrentRow(0)
    QTest.keyClick(dialog.list, Key.Key_Delete)
    assert names(presets) == ["A", "b/c: new", "C"]
    QTest.mouseClick(dialog.remove, Qt.MouseButton.LeftButton)
    assert asked == ["A", "A"] and names(presets) == ["b/c: new", "C"]
    dialog.hide()


def test_broken_presets_are_named_and_cost_no_other(qtbot, opened, presets):
    presets.save("Light", LIGHT)
    (presets.folder / "broken.json").write_text("{")
    menu = opened_menu(opened)
    assert "broken.json" in opened.banner.text and entry(menu, "Light").isEnabled()
    dialog = ManagePresets(presets, opened)
    qtbot.addWidget(dialog)
    assert "broken.json" in dialog.trouble.text() and dialog.list.count() == 1


def test_what_cannot_be_saved_is_told(opened, presets):
    presets.folder.parent.mkdir(exist_ok=True)
    presets.folder.write_text("a file where the folder should be")
    opened.document.replace(LIGHT)

    def save(dialog):
        dialog.name.setText("Light")
        dialog.accept()

    answer(save)
    opened.editing.presets.save()
    assert "cannot be saved" in opened.banner.text


def test_the_folder_can_be_opened(opened, presets, monkeypatch):
    seen = []
    monkeypatch.setattr("editor.ui.presets.QDesktopServices.openUrl", lambda url: seen.append(url.toLocalFile()))
    entry(opened_menu(opened), "Open Folder of Presets").trigger()
    assert seen == [str(presets.folder)] and presets.folder.is_dir()


def test_without_a_photo_there_is_nothing_to_save_or_use(window, presets):
    presets.save("Light", LIGHT)
    menu = opened_menu(window)
    assert not entry(menu, "Light").isEnabled() and not entry(menu, "Save Edits as Preset…").isEnabled()
    assert not window.actions_by_name["save_preset"].isEnabled()
    answer(partial(QDialog.accept))
    window.actions_by_name["manage_presets"].trigger()


def test_any_name_is_shown_as_it_is(opened, presets):
    presets.save("Black & white", replace(LIGHT))
    assert entry(opened_menu(opened), "Black && white").isEnabled()
    assert Presets(presets.folder).shelf().named("black & WHITE")


def test_a_window_without_a_place_for_presets_leaves_none_behind(models, tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    windows = [MainWindow(models, lambda: ("CPU", "")) for _ in range(2)]
    try:
        one, other = (window.editing.presets._presets for window in windows)
        one.save("light", Recipe().put(Exposure(stops=0.5)))
        assert one.shelf().presets and not other.shelf().presets
    finally:
        for window in windows:
            window.shut_down()
            window.deleteLater()
    assert not list(tmp_path.iterdir())
