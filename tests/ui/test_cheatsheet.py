"""Cheat sheet: every command that has a key stands on the paper, as it is shown, saved and printed."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest

from editor.ui.cheatsheet import COLUMNS, Group, groups, pages, paint, text
from editor.ui.dialogs.cheatsheet import CheatSheetDialog
from editor.ui.shortcuts import DEFAULTS, given


def all_rows(sheet):
    return [row for page in sheet for column in page for group in column for row in group.rows]


@pytest.fixture
def reading(qtbot, opened):
    """The window, and the sheet as the menu shows it."""
    opened.actions_by_name["cheatsheet"].trigger()
    (dialog,) = opened.findChildren(CheatSheetDialog)
    qtbot.waitUntil(dialog.isActiveWindow)
    yield opened, dialog
    dialog.reject()


def test_every_command_with_a_key_stands_there_once():
    rows = all_rows(pages(groups(DEFAULTS)))
    assert len(rows) == sum(bool(keys) for keys in DEFAULTS.values())
    assert ("Export", "Ctrl+Shift+E   Ctrl+Shift+S") in rows and "Undo: Ctrl+Z" in text(groups(DEFAULTS)).splitlines()


def test_it_shows_the_keys_as_they_were_changed():
    rows = dict(all_rows(pages(groups(given(DEFAULTS, "quit", ("Ctrl+Z",))))))
    assert rows["Quit"] == "Ctrl+Z" and "Undo" not in rows


def test_it_comes_on_one_page_in_two_columns():
    (page,) = pages(groups(DEFAULTS))
    assert len(page) == COLUMNS == 2


@pytest.mark.parametrize("rows", [1, 40, 90, 300])
def test_more_than_a_page_holds_goes_on_the_next(rows):
    told = (Group("File", (("Open", "Ctrl+O"),)), Group("Long", tuple((f"Row {i}", f"F{i}") for i in range(rows))))
    sheet = pages(told)
    assert len(all_rows(sheet)) == rows + 1
    for page in sheet:
        assert len(page) <= COLUMNS
        for column in page:
            assert sum(group.height for group in column) < 0.95


def test_ink_is_where_the_words_are(qapp):
    picture = QImage(600, 848, QImage.Format.Format_Grayscale8)
    picture.fill(Qt.GlobalColor.red)
    painter = QPainter(picture)
    (page,) = pages(groups(DEFAULTS))
    paint(painter, page, QRectF(0, 0, 600, 848))
    painter.end()
    seen = np.frombuffer(picture.constBits(), np.uint8).reshape(848, picture.bytesPerLine())[:, :600]
    assert (seen[:20] == 255).all() and (seen[:, :20] == 255).all() and (seen[:, -20:] == 255).all()
    assert (seen[:, 40:280] < 100).any() and (seen[:, 330:560] < 100).any()


def test_it_is_saved_as_a_pdf(reading, tmp_path):
    _, dialog = reading
    dialog.ask_path = lambda: tmp_path / "keys.pdf"
    QTest.mouseClick(dialog.save, Qt.MouseButton.LeftButton)
    assert (tmp_path / "keys.pdf").read_bytes().startswith(b"%PDF-")
    assert (tmp_path / "keys.pdf").read_bytes().rstrip().endswith(b"%%EOF")
    assert dialog.said.text() == f"Saved {tmp_path / 'keys.pdf'}."


def test_what_cannot_be_written_is_said(reading, tmp_path):
    _, dialog = reading
    dialog.ask_path = lambda: tmp_path / "nowhere" / "keys.pdf"
    QTest.mouseClick(dialog.save, Qt.MouseButton.LeftButton)
    assert "keys.pdf cannot be written (" in dialog.said.text() and dialog.said.isVisible()
    assert not (tmp_path / "nowhere").exists()


def test_nothing_is_written_without_a_name(reading):
    _, dialog = reading
    dialog.ask_path = lambda: None
    QTest.mouseClick(dialog.save, Qt.MouseButton.LeftButton)
    assert not dialog.said.isVisible()


def test_it_is_printed(reading, tmp_path):
    _, dialog = reading
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    dialog.ask_printer = lambda: printer
    QTest.mouseClick(dialog.print, Qt.MouseButton.LeftButton)
    assert (tmp_path / "printed.pdf").stat().st_size > 5000 and dialog.said.text() == "Sent to the printer."


def test_the_sheet_can_be_heard(reading):
    _, dialog = reading
    assert dialog.paper.accessibleName() == "All keyboard shortcuts"
    assert "Undo: Ctrl+Z" in dialog.paper.accessibleDescription()


def test_the_page_is_white_in_any_theme(reading):
    _, dialog = reading
    seen = dialog.paper.grab().toImage()
    assert seen.pixelColor(seen.width() // 2, 40).name() == "#ffffff"
