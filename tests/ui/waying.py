"""Waying: what a person does on the sheet of colourways, and sees there; the brand whose colours are on it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

CONTROL, SHIFT, NONE = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.NoModifier,
)
KEY = Qt.Key
BRAND = "GIMP Palette\nName: Brand\n31 78 121 Navy\n255 0 127 Rosé\n40 120 60 翠绿\n250 250 240 Chalk\n"
COLOURS = {"Navy": (31, 78, 121), "Rosé": (255, 0, 127), "翠绿": (40, 120, 60), "Chalk": (250, 250, 240)}


def drawn(window):
    """Whether all that the sheet is to show is there."""
    sheet = window.colourways.sheet
    return sheet.model.cells and all(cell.fresh for cell in sheet.model.cells) and not window.colourways.busy


def middle(row, sheet):
    return sheet.view.visualRect(sheet.model.index(row)).center()


def click(sheet, row, held=NONE):
    QTest.mouseClick(sheet.view.viewport(), Qt.MouseButton.LeftButton, held, middle(row, sheet))


def press(sheet, key, held=NONE):
    QTest.keyClick(sheet.view, key, held)


def seen(sheet, row):
    """The colour in the middle of a picture on the sheet."""
    box = sheet.view.painter.place(sheet.view.visualRect(sheet.model.index(row)))
    ratio = sheet.view.devicePixelRatioF()
    return sheet.view.viewport().grab().toImage().pixelColor(box.center() * ratio).getRgb()[:3]


def target(window):
    return window.document.recipe.get("test_dye").target
