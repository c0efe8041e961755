"""The language is changed while the window is open, and nothing that a person reads is left behind in another."""

from __future__ import annotations

import re

import pytest
from PySide6.QtCore import QTimer, QTranslator
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QDialogButtonBox,
    QDockWidget,
    QLabel,
    QLineEdit,
    QWidget,
)

from editor.core.edit import Edit
from editor.core.formats import FORMATS
from editor.core.output import Output
from editor.ui.dialogs.export import ExportDialog
from editor.ui.language import Language, retold, spoken
from tests.ui.acts import up_to_date

OPEN, SHUT = "⟦", "⟧"
SAME = re.compile(  # what is not translated: names of formats, of colour spaces and of the program, keys, units
    r"[^A-Za-z]*((sRGB|RGB|Lab|Display P3|Adobe RGB|CPU|CUDA|JPEG( XL)?|JXL|PNG|TIFF|WebP|AVIF|English|Packshot|EV|px|"
    r"Shift|[A-Zx])(?![a-z])[^A-Za-z]*)*"
)


class Marked(QTranslator):
    """Translates everything by putting it into brackets, so that what was not translated stands out."""

    def translate(self, context, source, disambiguation=None, n=-1):
        return f"{OPEN}{source}{SHUT}"

    def isEmpty(self):  # noqa: N802
        return False


def said(top):
    """Every text of a window that a person may see or hear, by where it stands."""
    found = {}
    for each in [top, *top.findChildren(QWidget), *top.findChildren(QAction)]:
        if each.objectName().startswith("qt_"):
            continue  # Qt's own, where it is not to be seen
        told = {"toolTip": each.toolTip()}
        if isinstance(each, QWidget):
            told |= {"accessibleName": each.accessibleName(), "accessibleDescription": each.accessibleDescription()}
            if each.isWindow() or isinstance(each, QDockWidget):
                told["title"] = each.windowTitle()
        if isinstance(each, QLabel | QAbstractButton | QAction):
            told["text"] = each.text()
        if isinstance(each, QLineEdit):
            told["placeholder"] = each.placeholderText()
        if isinstance(each, QComboBox):
            told["items"] = "\n".join(each.itemText(i) for i in range(each.count()))
        path = []
        climber = each
        while climber is not None and climber is not top:
            path.append(f"{type(climber).__name__}#{climber.objectName()}")
            climber = climber.parent()
        found |= {(id(each), "/".join(reversed(path)), what): text for what, text in told.items() if text}
    return found


def untranslated(top, photo=None):
    """The texts, or parts of them, that do not come from a translation; names of files need none."""
    names = [str(photo), str(photo.parent), photo.parent.name, photo.name] if photo else []
    left = {}
    for (_, path, what), text in said(top).items():
        outside = text
        for name in names:
            outside = outside.replace(name, " ")
        while outside != (outside := re.sub(f"{OPEN}[^{OPEN}{SHUT}]*{SHUT}", " ", outside)):
            pass  # from the inside outwards
        if not SAME.fullmatch(outside):
            left[path, what] = text
    return left


@pytest.fixture
def marked(qapp):
    translator = Marked()
    qapp.installTranslator(translator)
    QApplication.processEvents()
    yield
    qapp.removeTranslator(translator)


@pytest.fixture
def language(qapp):
    made = Language(qapp, "en")
    yield made
    made.use("en")
    made.deleteLater()


def test_nothing_on_the_empty_window_is_left_untranslated(qtbot, window, marked):
    QApplication.processEvents()
    assert not untranslated(window)


def test_nothing_on_a_window_with_a_photo_is_left_untranslated(qtbot, opened, marked, photo_file):
    for kind in Edit.kinds:
        group = opened.panel.groups[kind]
        group.unfold(True)
    opened.actions_by_name["history"].trigger()
    opened.actions_by_name["strip"].trigger()
    qtbot.waitUntil(lambda: up_to_date(opened))
    assert not untranslated(opened, photo_file)


@pytest.mark.parametrize("name", ["preferences", "shortcuts", "cheatsheet", "search", "copy_edits", "manage_presets"])
def test_nothing_in_a_dialog_is_left_untranslated(qtbot, opened, marked, photo_file, name):
    opened.document.put(Edit.kinds["exposure"](stops=1.0))
    seen = []

    def look():
        dialog = QApplication.activeModalWidget()
        seen.append(untranslated(dialog or opened, photo_file))
        if dialog:
            dialog.reject()

    QTimer.singleShot(50, look)
    opened.actions_by_name[name].trigger()
    qtbot.waitUntil(lambda: bool(seen))
    assert seen == [{}]


def test_nothing_in_the_export_dialog_is_left_untranslated(qtbot, opened, marked):
    for kind in FORMATS:
        dialog = ExportDialog(kind, opened.document.photo, Output(), opened)
        assert not untranslated(dialog)
        dialog.deleteLater()


def test_switching_tells_everything_again_and_back(qtbot, opened, language, photo_file):
    QApplication.processEvents()
    english = said(opened)
    language.use("zh_CN")
    QApplication.processEvents()
    chinese = said(opened)
    assert opened.actions_by_name["save_as"].text() == "导出(&E)…"
    assert opened.panel.groups["exposure"].controls["stops"].label.text() == "曝光度"
    named = (photo_file.name, photo_file.parent.name)
    words = {text for text in english.values() if not SAME.fullmatch(text) and not any(name in text for name in named)}
    kept = {path: text for (_, path, _), text in chinese.items() if text in words}
    assert not kept
    language.use("en")
    QApplication.processEvents()
    back = said(opened)
    assert {where: text for where, text in back.items() if english.get(where, text) != text} == {}


def test_chinese_has_a_font_of_its_own_behind_the_system_s(qtbot, opened, language, monkeypatch):
    monkeypatch.setattr("editor.ui.language.QFontDatabase.hasFamily", lambda family: family == "Noto Sans CJK SC")
    label = opened.panel.groups["exposure"].controls["stops"].label
    system = label.font().families()
    language.use("zh_CN")
    assert label.font().families() == [*system, "Noto Sans CJK SC"]
    language.use("en")
    assert label.font().families() == system


def test_buttons_of_qt_itself_follow(qtbot, language):
    language.use("zh_CN")
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
    qtbot.addWidget(box)
    assert "取消" in box.button(QDialogButtonBox.StandardButton.Cancel).text()
    language.use("en")
    QApplication.processEvents()
    assert "Cancel" in box.button(QDialogButtonBox.StandardButton.Cancel).text()


def test_a_text_is_told_at_once_and_again_with_each_language(qtbot, language):
    label = QLabel()
    qtbot.addWidget(label)
    retold(label, lambda: label.setText(QApplication.translate("Menu", "&Open…")))
    assert label.text() == "&Open…"
    language.use("zh_CN")
    QApplication.processEvents()
    assert label.text() == "打开(&O)…"


@pytest.mark.parametrize(
    ("wished", "name"),
    [
        (["zh-Hans-CN", "zh-CN", "zh"], "zh_CN"),
        (["de-DE", "zh_CN"], "zh_CN"),
        (["en-GB", "zh-CN"], "en"),
        (["fr-FR"], "en"),
        ([], "en"),
    ],
)
def test_the_language_of_the_system(wished, name):
    assert spoken(wished) == name


def test_a_language_that_there_is_not_is_the_system_s(qapp, monkeypatch):
    monkeypatch.setattr(
        "editor.ui.language.QLocale.system", lambda: type("L", (), {"uiLanguages": lambda s: ["zh-CN"]})()
    )
    made = Language(qapp, "tlh")
    assert made.name == "zh_CN"
    made.use("en")
    made.deleteLater()
