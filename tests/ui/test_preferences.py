"""Preferences: what is chosen holds at once where it can, is kept, and is taken back by Cancel."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QDialogButtonBox, QLabel

from editor.core.memory import Memory
from editor.core.output import Output
from editor.ui.dialogs.preferences import PreferencesDialog
from editor.ui.settings import Preferences, Settings

CTRL, MB = Qt.KeyboardModifier.ControlModifier, 1 << 20


@pytest.fixture
def settings(tmp_path):
    return Settings(QSettings(str(tmp_path / "packshot.ini"), QSettings.Format.IniFormat))


@pytest.fixture
def choosing(qtbot, make_window, models, settings):
    """The window, and the dialog as the key opens it."""
    window = make_window(models, settings=settings)
    qtbot.waitUntil(window.isActiveWindow)
    QTest.keyClick(window, Qt.Key.Key_Comma, CTRL)
    dialog = window.desk.preferring.dialog
    qtbot.waitUntil(dialog.isActiveWindow)
    yield window, dialog
    if window.desk.preferring.dialog:
        dialog.reject()


def pick(box: QComboBox, data: str) -> None:
    """By keyboard, down or up the list."""
    box.setFocus()
    while box.currentIndex() != box.findData(data):
        down = box.currentIndex() < box.findData(data)
        QTest.keyClick(box, Qt.Key.Key_Down if down else Qt.Key.Key_Up)


def end(dialog: PreferencesDialog, button: QDialogButtonBox.StandardButton) -> None:
    QTest.mouseClick(dialog.buttons.button(button), Qt.MouseButton.LeftButton)


OK, CANCEL = QDialogButtonBox.StandardButton.Ok, QDialogButtonBox.StandardButton.Cancel


def test_left_alone_it_changes_nothing(choosing, settings):
    window, dialog = choosing
    assert dialog.preferences == Preferences()
    end(dialog, OK)
    assert settings.preferences == Preferences() and settings.output("JPEG") == Output()
    assert window.desk.preferring.dialog is None


def test_what_is_chosen_is_kept(choosing, settings, tmp_path):
    _, dialog = choosing
    for box, data in (
        (dialog.language, "zh_CN"),
        (dialog.theme, "light"),
        (dialog.device, "cpu"),
        (dialog.kind, "TIFF"),
    ):
        pick(box, data)
    dialog.memory.setFocus()
    dialog.memory.selectAll()
    QTest.keyClicks(dialog.memory, "300")
    end(dialog, OK)
    chosen = Preferences("zh_CN", "light", "cpu", 300, "TIFF")
    assert settings.preferences == chosen
    del settings
    assert Settings(QSettings(str(tmp_path / "packshot.ini"), QSettings.Format.IniFormat)).preferences == chosen


def test_language_and_theme_are_seen_at_once_and_cancel_takes_them_back(choosing, settings):
    window, dialog = choosing
    told = []
    window.desk.preferring.changed.connect(told.append)
    pick(dialog.theme, "light")
    assert told[-1] == Preferences(theme="light")
    pick(dialog.device, "cpu")
    pick(dialog.language, "zh_CN")
    assert told[-1] == Preferences(theme="light", language="zh_CN")  # a network is not changed for a try
    end(dialog, CANCEL)
    assert told[-1] == Preferences() and settings.preferences == Preferences()


def test_escape_cancels(choosing, settings):
    window, dialog = choosing
    pick(dialog.theme, "dark")
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert window.desk.preferring.dialog is None and settings.preferences == Preferences()


def test_memory_holds_at_once(choosing):
    window, dialog = choosing
    assert window.engine.memory == 512 * MB
    dialog.memory.setValue(128)
    end(dialog, OK)
    assert window.engine.memory == 128 * MB


def test_memory_is_as_it_was_kept(make_window, models, settings):
    settings.preferences = Preferences(memory=200)
    assert make_window(models, settings=settings).engine.memory == 200 * MB


def test_less_memory_lets_go_of_what_was_kept():
    memory = Memory(1000)
    for number in range(10):
        memory.keep((number,), _Sized(100))
    memory.resize(250)
    assert memory.held == 200 and len(memory) == 2 and memory.find((9,)) and not memory.find((7,))


class _Sized:
    def __init__(self, nbytes: int) -> None:
        self.nbytes = nbytes


def test_what_is_sensible_for_this_computer_is_said(qtbot, monkeypatch):
    monkeypatch.setattr("editor.ui.dialogs.preferences.installed_memory", lambda: 16 << 30)
    dialog = PreferencesDialog(Preferences(), dict.fromkeys(("JPEG", "PNG", "TIFF", "WebP", "AVIF", "JXL"), Output()))
    qtbot.addWidget(dialog)
    said = [label.text() for label in dialog.findChildren(QLabel)]
    assert "At once.\nThis computer has 16 GB; up to 4,096 MB is sensible." in said
    assert dialog.memory.maximum() == 16 * 1024


def test_another_device_is_asked_about_at_once(qtbot, make_window, models, settings):
    asked = []

    def device():
        asked.append(settings.preferences.device)
        return ("CPU", "") if asked[-1] == "cpu" else ("CUDA", "")

    window = make_window(models, device=device, settings=settings)
    qtbot.waitUntil(lambda: window.status.device.text() == "CUDA")
    QTest.keyClick(window, Qt.Key.Key_Comma, CTRL)
    pick(window.desk.preferring.dialog.device, "cpu")
    end(window.desk.preferring.dialog, OK)
    qtbot.waitUntil(lambda: window.status.device.text() == "CPU")
    assert asked == ["auto", "cpu"]


def test_the_command_line_goes_before_and_the_dialog_says_so(qtbot, models, settings):
    from editor.ui.window import MainWindow

    settings.preferences = Preferences(device="cuda", memory=700)
    window = MainWindow(models, lambda: ("CPU", ""), settings, commanded={"device": "cpu", "memory": "100"})
    qtbot.addWidget(window)
    try:
        assert window.engine.memory == 100 * MB and window.desk.preferring.preferences.device == "cpu"
        window.desk.preferring.open()
        dialog = window.desk.preferring.dialog
        said = [label.text() for label in dialog.findChildren(QLabel)]
        assert "From the next start on: this time the command line says it." in said
        assert dialog.preferences == Preferences(device="cuda", memory=700)
        end(dialog, OK)
        assert settings.preferences.memory == 700 and window.engine.memory == 100 * MB
    finally:
        window.shut_down()


def test_how_files_are_written_is_what_the_export_begins_with(qtbot, choosing, settings):
    _, dialog = choosing
    pick(dialog.kind, "WebP")
    assert dialog.of.currentData() == "WebP" and dialog.fields["WebP"].isVisible()
    dialog.fields["WebP"].quality.setValue(71)
    pick(dialog.of, "JPEG")
    dialog.fields["JPEG"].chroma.setCurrentIndex(1)
    tick = dialog.fields["JPEG"].gps
    QTest.mouseClick(tick, Qt.MouseButton.LeftButton, pos=QPoint(8, tick.height() // 2))
    end(dialog, OK)
    assert settings.output("WebP") == Output(quality=71, strip=frozenset({"gps"}))
    assert settings.output("JPEG") == Output(subsampling="4:2:0", strip=frozenset({"gps"}))
    assert settings.output("TIFF") == Output(strip=frozenset({"gps"}))


def test_the_kind_of_file_is_proposed(qtbot, opened, tmp_path):
    proposed = []
    opened.ask_save_path = lambda path: proposed.append(path.name)
    opened.saving.save()
    opened.settings.preferences = Preferences(output_kind="TIFF")
    opened.saving.save()
    assert proposed == ["bottle-edited.png", "bottle-edited.tif"]


def test_all_fields_are_reached_by_tab_and_have_names(choosing):
    _, dialog = choosing
    dialog.language.setFocus()
    reached = []
    for _ in range(40):
        reached.append(dialog.focusWidget())
        QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_Tab)
    fields = dialog.fields["JPEG"]
    wanted = (
        dialog.theme, dialog.device, dialog.memory, dialog.kind, dialog.of, fields.quality, fields.chroma,
        fields.progressive, fields.gps, dialog.buttons.button(OK),
    )  # fmt: skip
    assert all(widget in reached for widget in wanted)
    assert all(w.accessibleName() for w in wanted if isinstance(w, QComboBox) or w is dialog.memory)


@pytest.mark.parametrize("wrong", [{"language": "tlh"}, {"theme": "pink"}, {"device": "abacus"}, {"memory": 3}])
def test_there_are_no_others(wrong):
    with pytest.raises(ValueError, match=r"is none of|is not between"):
        Preferences(**wrong)
