"""Swatches in the window: files are opened, dropped and remembered; one click takes a colour; keys do as well."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from editor.core.colourtext import shown_as
from editor.core.swatches import INKS
from editor.ui import questions, theme
from editor.ui.reasons import REASONS
from editor.ui.settings import SWATCH_FILES, Settings
from tests.ui.acts import drop, photo_on, show, up_to_date
from tests.ui.onphoto import quarters
from tests.ui.swatching import lay_out, target, tint
from tests.ui.test_accessibility import by_tab, nameless

KEY, LEFT = Qt.Key, Qt.MouseButton.LeftButton


@pytest.fixture
def tinted():
    with tint() as kind:
        yield kind


@pytest.fixture
def brand(tmp_path):
    return lay_out(tmp_path / "brand")


@pytest.fixture
def store(tmp_path):
    return QSettings(str(tmp_path / "packshot.ini"), QSettings.Format.IniFormat)


@pytest.fixture
def opened(tinted, qtbot, make_window, models, store, tmp_path):
    window = make_window(models, settings=Settings(store))
    show(qtbot, window, quarters(tmp_path / "quarters.png", (400, 300)))
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    yield window
    if (made := window.panel.groups["test_tint"]).made and (picker := made.controls["target"].picker):
        picker.hide()


@pytest.fixture
def control(opened):
    opened.panel.reveal("test_tint")
    return opened.panel.groups["test_tint"].controls["target"]


def browse(opened, control, *paths):
    """The list of swatches, with these files in the book, the last in front."""
    for path in paths:
        opened.panel.book.add(path)
    QTest.mouseClick(control.swatches, LEFT)
    assert control.picker.isVisible()
    return control.picker


def names(picker):
    return [swatch.name for swatch in picker.model.shown]


def click(picker, name):
    index = picker.model.index(names(picker).index(name))
    QTest.mouseClick(picker.list.viewport(), LEFT, pos=picker.list.visualRect(index).center())


def press(picker, *keys):
    for each in keys:
        QTest.keyClicks(picker.field, each) if isinstance(each, str) else QTest.keyClick(picker.field, each)


def choose(monkeypatch, path):
    """Has the person choose `path` in the dialog for files; what it was asked stands in the list."""
    asked = []
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *a: asked.append(a[1:]) or (str(path or ""), ""))
    return asked


def test_the_first_file_is_opened_with_the_return_key_as_well(qtbot, monkeypatch, opened, control, brand):
    picker = browse(opened, control)
    choose(monkeypatch, brand / "brand.ase")
    QTest.keyClick(picker.first, KEY.Key_Return)
    assert picker.isVisible() and names(picker) == ["Navy", "消防红", "Signal 👟", "Ash"]


def test_a_file_is_opened_and_one_click_takes_a_colour(qtbot, monkeypatch, opened, control, brand):
    picker = browse(opened, control)
    assert picker.first.isVisible() and not picker.list.isVisible() and not picker.files.isVisible()
    assert picker.note.text() == "Files of Adobe programs (.ase), of GIMP (.gpl) and tables (.csv)."
    asked = choose(monkeypatch, brand / "brand.ase")
    QTest.mouseClick(picker.first, LEFT)
    assert asked[0][0] == "Open a swatch file" and asked[0][2].startswith("Swatches (*.ase *.ASE *.gpl *.GPL *.csv")
    assert picker.isVisible() and names(picker) == ["Navy", "消防红", "Signal 👟", "Ash"]
    assert picker.note.text() == INKS.format(1)
    click(picker, "Navy")
    assert target(opened) == "#1f4e79" and opened.document.position == 1
    assert picker.isVisible() and picker.model.current == "#1f4e79"  # the next can be tried
    click(picker, "Signal 👟")
    assert target(opened) == "lab(50 110 65)" and opened.document.position == 2 and control.outside.isVisible()
    picker.hide()
    qtbot.waitUntil(lambda: up_to_date(opened))
    red, green, blue = photo_on(opened.canvas)[100, 100]
    assert red == 255 and green == 0 and blue < 60
    opened.actions_by_name["undo"].trigger()
    assert target(opened) == "#1f4e79"


def test_chips_have_their_colours_and_what_is_outside_a_mark(opened, control, brand):
    picker = browse(opened, control, brand / "brand.ase")
    for row, swatch in enumerate(picker.model.shown):
        box = picker.list.visualRect(picker.model.index(row))
        seen = picker.list.viewport().grab().toImage()
        ratio = seen.devicePixelRatio()
        at = [round(v * ratio) for v in (box.left() + 15, box.center().y() + 3)]
        assert seen.pixelColor(*at).name() == shown_as(swatch.colour)
        ear = [round(v * ratio) for v in (box.left() + 8 + 24, box.center().y() - 5)]
        assert (seen.pixelColor(*ear).name() == theme.tokens().unsure) == swatch.name.startswith("Signal")


def test_by_keys_alone(opened, control, brand):
    opened.panel.book.add(brand / "brand.ase")
    control.swatches.setFocus()
    QTest.keyClick(control.swatches, KEY.Key_Space)
    picker = control.picker
    assert picker.isVisible() and picker.field.hasFocus()
    press(picker, KEY.Key_Down, KEY.Key_Down, KEY.Key_Up)
    assert picker.list.currentIndex().row() == 1 and target(opened) is None  # only looked at
    assert picker.field.accessibleDescription() == "消防红, Uppers, lab(45 70 50)"
    press(picker, "ash")
    assert names(picker) == ["Ash"]
    press(picker, KEY.Key_Return)
    assert target(opened) == "lab(53.39 0 0)" and not picker.isVisible() and opened.document.position == 1
    control.browse()
    assert picker.list.currentIndex().row() == 3  # the one that is chosen
    assert "chosen" in picker.field.accessibleDescription()
    press(picker, "no such", KEY.Key_Return)
    assert not picker.isVisible() and target(opened) == "lab(53.39 0 0)"
    control.browse()
    press(picker, "x", KEY.Key_Escape)
    assert picker.isVisible() and picker.field.text() == "" and len(names(picker)) == 4
    press(picker, KEY.Key_Escape)
    assert not picker.isVisible()


def test_names_groups_and_colours_are_searched(opened, control, brand):
    picker = browse(opened, control, brand / "brand.ase")
    for typed, found in {
        "uppers": ["Navy", "消防红", "Signal 👟"], "UPP nav": ["Navy"], "消防": ["消防红"], "1f4e": ["Navy"],
        "110": ["Signal 👟"], "none such": [],
    }.items():  # fmt: skip
        picker.field.setText(typed)
        assert names(picker) == found, typed
    assert picker.note.text() == "No swatch is called like that."


def test_several_files_are_remembered_and_the_one_used_last_is_in_front(
    qtbot, opened, control, brand, make_window, models, store
):
    picker = browse(opened, control, brand / "brand.ase", brand / "table.csv", brand / "autumn.gpl")
    assert [picker.files.itemText(i) for i in range(3)] == ["autumn.gpl", "brand.ase", "table.csv"]
    assert picker.files.currentText() == "autumn.gpl" and names(picker)[:2] == ["Navy", "Warm sand"]
    picker.files.setFocus()
    QTest.keyClick(picker.files, KEY.Key_Down)
    QTest.keyClick(picker.files, KEY.Key_Down)
    assert picker.files.currentText() == "table.csv" and names(picker) == ["Navy", "驼色", "Signal"]
    assert picker.files.hasFocus()
    picker.hide()
    store.sync()
    again = Settings(QSettings(store.fileName(), QSettings.Format.IniFormat))
    assert [path.name for path in again.swatch_files] == ["table.csv", "brand.ase", "autumn.gpl"]
    other = make_window(models, settings=again)
    assert other.panel.book.files == again.swatch_files
    picker = browse(opened, control)
    QTest.mouseClick(picker.forget, LEFT)
    assert picker.files.count() == 2 and picker.files.currentText() == "brand.ase" and (brand / "table.csv").exists()
    QTest.mouseClick(picker.forget, LEFT)
    QTest.mouseClick(picker.forget, LEFT)
    assert picker.first.isVisible() and picker.first.hasFocus() and not Settings(store).swatch_files


def test_only_so_many_are_remembered_and_nonsense_is_not_believed(store, tmp_path):
    settings = Settings(store)
    settings.swatch_files = [tmp_path / f"{number}.gpl" for number in (*range(20), 1)]
    assert len(settings.swatch_files) == SWATCH_FILES and settings.swatch_files[1].name == "1.gpl"
    for nonsense in ("{", "[1]", "7"):
        store.setValue("swatch_files", nonsense)
        assert Settings(store).swatch_files == () and "swatch_files" in Settings(store).unsound


def test_a_file_that_is_gone_or_damaged_says_so(monkeypatch, opened, control, brand):
    picker = browse(opened, control, brand / "autumn.gpl", brand / "brand.ase")
    picker.hide()
    (brand / "brand.ase").unlink()
    browse(opened, control)
    assert not picker.model.shown and picker.note.text().endswith(
        "brand.ase: cannot be read (No such file or directory)"
    )
    (brand / "bad.ase").write_bytes(b"ASEF\0\1\0\0\0\0\0\3\0")
    choose(monkeypatch, brand / "bad.ase")
    QTest.mouseClick(picker.open_file, LEFT)
    assert picker.note.text().endswith("bad.ase: is damaged or cut short (it ends before its last swatch)")
    assert brand / "bad.ase" not in opened.panel.book.files
    choose(monkeypatch, None)
    QTest.mouseClick(picker.open_file, LEFT)  # and cancelled
    picker.files.setFocus()
    QTest.keyClick(picker.files, KEY.Key_Up)
    assert picker.files.currentText() == "autumn.gpl" and len(names(picker)) == 3 and target(opened) is None


def test_a_file_that_has_been_changed_is_read_again(opened, control, brand):
    picker = browse(opened, control, brand / "autumn.gpl")
    picker.hide()
    (brand / "autumn.gpl").write_text("GIMP Palette\n1 2 3 Night\n")
    assert names(browse(opened, control)) == ["Night"]


def test_a_swatch_file_dropped_on_the_window_is_opened_beside_a_colour(qtbot, opened, brand):
    drop(opened, brand / "autumn.gpl", over=opened.canvas)
    group = opened.panel.groups["recolor"]
    qtbot.waitUntil(lambda: group.made and group.controls["target"].picker is not None)
    picker = group.controls["target"].picker
    assert picker.isVisible() and names(picker)[0] == "Navy" and group.unfolded
    picker.hide()
    tint = opened.panel.groups["test_tint"]
    opened.document.put(tint.kind())  # now that is where the person works
    drop(opened, brand / "table.csv", over=opened.canvas)
    qtbot.waitUntil(lambda: tint.made and tint.controls["target"].picker is not None)
    assert names(tint.controls["target"].picker) == ["Navy", "驼色", "Signal"]
    assert opened.document.photo.path.name == "quarters.png"


def test_open_takes_a_swatch_file_as_well(qtbot, monkeypatch, opened, control, brand):
    opened.document.put(opened.panel.groups["test_tint"].kind())
    monkeypatch.setattr(questions, "which_photo", lambda *a: brand / "brand.ase")
    opened.actions_by_name["open"].trigger()
    qtbot.waitUntil(lambda: control.picker is not None and control.picker.isVisible())
    assert names(control.picker)[0] == "Navy" and not opened.files.opening and not opened.banner.text
    control.picker.hide()
    (brand / "bad.ase").write_bytes(b"ASEF")
    opened.open_path(brand / "bad.ase")
    assert "bad.ase: is damaged or cut short (its header is cut)" in opened.banner.text


def test_without_a_photo_it_is_said_what_to_do(qtbot, window, brand):
    drop(window, brand / "brand.ase")
    qtbot.waitUntil(lambda: "brand.ase is for a photo" in window.banner.text)


def test_everything_on_it_has_a_name_and_tab_comes_there(opened, control, brand):
    picker = browse(opened, control, brand / "brand.ase")
    assert not nameless(picker)
    assert QAccessible.queryAccessibleInterface(picker.list).childCount() == 4
    assert set(by_tab(picker)) == {picker.field, picker.files, picker.open_file, picker.forget}


def test_what_swatch_files_have_to_say_is_translated():
    assert INKS in REASONS
