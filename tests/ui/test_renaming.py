"""Renaming sliders: a direction that a person has understood is called what it is, wherever it is shown."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from editor.core.edit import Edit
from editor.ui.renaming import RenamableControl
from editor.ui.settings import Settings
from editor.ui.settingsfile import open_settings

KIND, PARAM = "latent", "direction_1"


@pytest.fixture
def group(opened):
    found = opened.panel.groups[KIND]
    found.unfold(True)
    opened.panel.area.ensureWidgetVisible(found.controls[PARAM])
    return found


@pytest.fixture
def control(group):
    return group.controls[PARAM]


def rename(control, title):
    """By a double click on the title."""
    QTest.mouseDClick(control.label, Qt.MouseButton.LeftButton, pos=QPoint(6, control.label.height() // 2))
    assert control.field.hasFocus() and control.field.selectedText() == control.title
    QTest.keyClicks(control.field, title)
    QTest.keyClick(control.field, Qt.Key.Key_Return)


def test_only_some_sliders_can_be_renamed(group):
    found = {name for name, each in group.controls.items() if isinstance(each, RenamableControl)}
    assert found == {f"direction_{n}" for n in range(1, 13)}


def test_a_double_click_on_the_title_renames_it(opened, group, control):
    assert control.label.text() == "Direction 1"
    rename(control, "Pointed  toe")
    assert control.label.isVisible() and not control.field.isVisible() and control.slider.hasFocus()
    assert control.label.text() == control.slider.accessibleName() == control.box.accessibleName() == "Pointed toe"
    assert opened.settings.titles == {"latent.direction_1": "Pointed toe"}
    assert group.controls["direction_2"].label.text() == "Direction 2"


def test_f2_and_escape(control):
    control.slider.setFocus()
    QTest.keyClick(control.slider, Qt.Key.Key_F2)
    QTest.keyClicks(control.field, "Toe")
    QTest.keyClick(control.field, Qt.Key.Key_Escape)
    assert control.label.text() == "Direction 1"
    QTest.keyClick(control.slider, Qt.Key.Key_F2)
    QTest.keyClicks(control.field, "Toe")
    QTest.keyClick(control.field, Qt.Key.Key_Return)
    assert control.label.text() == "Toe"


def test_without_a_name_it_has_its_own_again(opened, control):
    rename(control, "Toe")
    control.slider.setFocus()
    QTest.keyClick(control.slider, Qt.Key.Key_F2)
    QTest.keyClick(control.field, Qt.Key.Key_Delete)
    QTest.keyClick(control.field, Qt.Key.Key_Return)
    assert control.label.text() == "Direction 1" and opened.settings.titles == {}


def test_its_menu(qtbot, control):
    def choose(text):
        QTest.mouseClick(control.label, Qt.MouseButton.RightButton)
        QApplication.sendEvent(control.label, context(control.label))
        qtbot.waitUntil(lambda: isinstance(QApplication.activePopupWidget(), QMenu))
        menu = QApplication.activePopupWidget()
        entry = next(each for each in menu.actions() if each.text() == text)
        assert entry.isEnabled()
        entry.trigger()
        menu.close()

    choose("Rename…")
    QTest.keyClicks(control.field, "Toe")
    QTest.keyClick(control.field, Qt.Key.Key_Return)
    assert control.label.text() == "Toe"
    choose("Call It Direction 1 Again")
    assert control.label.text() == "Direction 1"


def context(widget):
    from PySide6.QtGui import QContextMenuEvent

    at = widget.rect().center()
    return QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, widget.mapToGlobal(at))


def test_every_panel_and_the_history_call_it_so_at_once(qtbot, opened, group, control):
    opened.actions_by_name["history"].trigger()
    opened.document.put(Edit.kinds[KIND](direction_1=2.0))
    opened.document.put(Edit.kinds[KIND](name="other"))
    second = opened.panel.group((KIND, "other"))
    second.unfold(True)
    rename(control, "Toe")
    assert second.controls[PARAM].label.text() == "Toe"
    model = opened.desk.history.model
    told = [model.data(model.index(row)) for row in range(model.rowCount())]
    assert any("Toe +2.00 σ" in each for each in told) and not any("Direction 1 " in each for each in told)
    assert Edit.kinds[KIND].params()[PARAM].title == "Direction 1"  # as the command line has it


def test_the_slider_itself_is_set_back_by_a_double_click_as_ever(qtbot, opened, control):
    opened.document.put(Edit.kinds[KIND](direction_1=2.0))
    QTest.mouseDClick(control.slider, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: opened.document.recipe.get(KIND).direction_1 == 0)
    assert control.label.isVisible()


def test_names_are_kept(tmp_path):
    path = tmp_path / "packshot.conf"
    settings = open_settings(path)
    settings.titles = {"latent.direction_1": "尖头, “spitz”"}
    del settings
    assert open_settings(path).titles == {"latent.direction_1": "尖头, “spitz”"}


@pytest.mark.parametrize("text", ["[]", "{", '{"a": 1}', '{"a": ""}', "null"])
def test_names_that_make_no_sense_are_none(tmp_path, text):
    store = QSettings(str(tmp_path / "a.conf"), QSettings.Format.IniFormat)
    store.setValue("titles", text)
    settings = Settings(store)
    assert settings.titles == {} and settings.unsound == ["titles"]
