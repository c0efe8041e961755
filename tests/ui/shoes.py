"""Shoes: a small folder of photos, and what a person does with them in the film strip."""

from __future__ import annotations

import json

from PIL import Image as Pillow
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from editor.core.shot import Shot
from editor.core.sidecar import load, sidecar_path
from editor.ui.framepainting import STAR, stars_in
from tests.ui.acts import up_to_date

COLOURS = {"shoe-1.png": (200, 30, 30), "shoe-2.png": (30, 200, 30), "shoe-10.png": (30, 30, 200)}
NAMES = list(COLOURS)


def lay_out(place):
    """Puts three photos of one colour each into a new folder."""
    place.mkdir()
    for name, colour in COLOURS.items():
        Pillow.new("RGB", (60, 40), colour).save(place / name)
    return place


def keep(path, copy=0, edits=(), **marks):
    """Puts a sidecar beside a photo."""
    sidecar_path(path, copy).write_text(json.dumps({**marks, "packshot": 1, "edits": list(edits)}))


def listed(strip):
    """The names that are to be seen, from left to right."""
    return [strip.model.index(row).data() for row in range(strip.model.rowCount())]


def told(strip, row):
    """What is read out of a frame."""
    return strip.model.index(row).data(Qt.ItemDataRole.AccessibleTextRole)


def framed(strip):
    index = strip.view.currentIndex()
    return index.data() if index.isValid() else None


def shows(window, path, copy=0):
    return window.document is not None and window.document.shot == Shot(path, copy) and up_to_date(window)


def at(strip, row):
    """The middle of the picture in a frame."""
    rect = strip.view.visualRect(strip.model.index(row))
    return rect.topLeft() + QPoint(rect.width() // 2, 40)


def click(strip, row, *held, button=Qt.MouseButton.LeftButton):
    modifiers = Qt.KeyboardModifier.NoModifier
    for key in held:
        modifiers |= key
    QTest.mouseClick(strip.view.viewport(), button, modifiers, at(strip, row))


def click_star(strip, row, number):
    box = stars_in(strip.view.visualRect(strip.model.index(row)))
    where = QPoint(round(box.left() + (number - 0.5) * STAR), round(box.center().y()))
    QTest.mouseClick(strip.view.viewport(), Qt.MouseButton.LeftButton, pos=where)


def names(shots):
    return [shot.path.name for shot in shots]


def marks(path, copy=0):
    """What is kept beside a photo: stars and label."""
    kept = load(path, copy).marks
    return kept.rating, kept.label
