"""Export: what the kind of file offers is asked, and what was asked is written."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from PIL import Image as Pillow
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from editor.core.edit import Edit
from editor.core.formats import FORMATS
from editor.core.origin import COMPOSITE, ENHANCED, GENERATED
from editor.core.output import Output
from editor.ui.asked import AskingWindow
from editor.ui.dialogs.export import ExportDialog, ask

KINDS = {kind.name: kind for kind in FORMATS}


def tick(box):
    QTest.mouseClick(box, Qt.MouseButton.LeftButton, pos=QPoint(8, box.height() // 2))


@pytest.fixture
def dialog(qtbot, photo):
    def make(kind, output=Output()):  # noqa: B008
        made = ExportDialog(KINDS[kind], photo, output)
        qtbot.addWidget(made)
        made.show()
        return made

    yield make
    for widget in QApplication.topLevelWidgets():
        widget.hide()


@pytest.mark.parametrize("kind", KINDS)
def test_left_alone_it_gives_back_what_it_was_given(dialog, kind):
    assert dialog(kind).output == Output()


def test_a_jpeg_offers_what_a_jpeg_can(dialog):
    made = dialog("JPEG")
    assert (
        not made.fields.lossless.isVisible() and not made.fields.depths.isVisible() and made.fields.profiles.isVisible()
    )
    made.fields.quality.setValue(70)
    made.fields.chroma.setCurrentIndex(1)
    tick(made.fields.progressive)
    tick(made.fields.limited)
    made.fields.most.setValue(250)
    made.fields.profiles.setCurrentIndex(made.fields.profiles.findText("sRGB"))
    tick(made.fields.gps)
    assert made.fields.slider.value() == 70
    assert made.output == Output(
        quality=70, subsampling="4:2:0", progressive=True, max_bytes=250_000, profile="srgb", strip=frozenset({"gps"})
    )


def test_a_tiff_offers_depths_and_no_quality(dialog):
    made = dialog("TIFF", Output(quality=60))
    assert [made.fields.depths.itemText(i) for i in range(made.fields.depths.count())] == [
        "As the photo (8 bit)", "8 bit", "16 bit", "32 bit float",
    ]  # fmt: skip
    made.fields.depths.setCurrentIndex(2)
    assert made.output == Output(depth="16", quality=60) and not hasattr(made.fields, "quality")


def test_without_loss_there_is_no_quality_to_choose(dialog):
    made = dialog("WebP", Output(max_bytes=100_000))
    assert made.fields.quality.isEnabled() and made.fields.most.isEnabled() and not made.fields.chroma.isVisible()
    tick(made.fields.lossless)
    assert (
        not made.fields.quality.isEnabled() and not made.fields.limited.isEnabled() and not made.fields.most.isEnabled()
    )
    assert made.output == Output(lossless=True)


def test_enter_exports_and_escape_does_not(qtbot, opened, photo):
    answers = []
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Escape):
        QTimer.singleShot(0, opened, lambda key=key: QTest.keyClick(QApplication.activeModalWidget(), key))
        answers.append(ask(KINDS["JPEG"], photo, Output(quality=33), opened))
    assert answers == [Output(quality=33), None]


def test_what_was_asked_is_written_and_remembered(qtbot, opened, tmp_path):
    asked = []

    def ask_output(kind, photo, output):
        asked.append((kind.name, output))
        return Output(quality=50, progressive=True)

    opened.ask_output = ask_output
    opened.ask_save_path = lambda proposed: tmp_path / "small.jpg"
    QTest.keyClick(opened, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: not opened.files.saving)
    assert asked == [("JPEG", Output())]
    with Pillow.open(tmp_path / "small.jpg") as file:
        assert file.info["progressive"]
    assert opened.settings.output("JPEG") == Output(quality=50, progressive=True)


def test_nothing_is_written_without_an_answer(qtbot, opened, tmp_path):
    opened.ask_output = lambda kind, photo, output: None
    opened.ask_save_path = lambda proposed: tmp_path / "small.jpg"
    opened.saving.save()
    assert not opened.files.saving and not (tmp_path / "small.jpg").exists()


@pytest.mark.parametrize(
    ("source", "said"),
    [("", ""), (GENERATED, "This is a concept"), (COMPOSITE, "A network has made or reshaped a part of this")],
)
def test_where_only_photos_are_taken_renders_are_warned_of(qtbot, photo, source, said):
    dialog = ExportDialog(KINDS["PNG"], photo, Output(), None, source)
    qtbot.addWidget(dialog)
    dialog.show()
    assert not dialog.warning.isVisible()
    tick(dialog.fields.photos_only)
    assert dialog.output == Output(photos_only=True)
    assert dialog.warning.isVisible() == bool(said) and dialog.warning.text.startswith(said)
    dialog.hide()


def test_what_the_photo_and_its_edits_are_is_told_to_the_dialog(opened, monkeypatch):
    told = []
    asks = SimpleNamespace(ask=lambda kind, photo, output, window, source: told.append(source))
    monkeypatch.setattr("editor.ui.asked.export", asks)
    latent = Edit.kinds["latent"]
    for edit in (None, latent(), Edit.kinds["denoise"](), latent(hue=1)):
        if edit:
            opened.document.put(edit)
        AskingWindow.ask_output(opened, KINDS["PNG"], opened.document.photo, Output())
    assert told == ["", "", ENHANCED, COMPOSITE]
