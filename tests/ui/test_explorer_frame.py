"""The frame of variations: the product with room around it, and wider where it has grown."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image as Pillow
from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QImage, QPainter

from editor.core.geometry import Region
from editor.core.matte_file import keep_matte
from editor.ui.explorframe import ROOM, Frame, around, cut
from tests.exploring import varying
from tests.ui.acts import show


def product(box, size=(200, 100)):
    """A picture of nothing but a product in a box."""
    picture = QImage(*size, QImage.Format.Format_ARGB32_Premultiplied)
    picture.fill(QColor(0, 0, 0, 0))
    painter = QPainter(picture)
    painter.fillRect(QRect(*box), QColor(200, 30, 30))
    painter.fillRect(QRect(0, 0, 3, 3), QColor(200, 30, 30, 40))  # a speck that is hardly there
    painter.end()
    return picture


def test_it_is_around_the_product(qapp):
    frame = around(product((60, 30, 80, 40)))
    room = ROOM * 79
    assert (frame.left, frame.right) == pytest.approx(((60 - room) / 200, (140 + room) / 200))
    assert (frame.top, frame.bottom) == pytest.approx(((30 - room) / 100, (70 + room) / 100))
    assert around(product((0, 0, 200, 100))) == Frame()
    assert around(product((0, 0, 0, 0))) == Frame(), "where there is no product all is shown"
    assert around(product((60, 30, 1, 1))).left < 60 / 200, "there is room around the smallest"
    opaque = QImage(20, 10, QImage.Format.Format_RGB32)
    opaque.fill(0)
    assert around(opaque) == Frame() and not cut(opaque, Frame(0.2, 0.2, 0.8, 0.8))


def test_what_is_asked_for_is_as_large_as_it_is_shown():
    frame = Frame(0.25, 0.25, 0.75, 0.5)
    view = frame.view((4000, 2000), 200)
    assert view.scale == 0.1 and view.region == Region(100, 50, 200, 50)
    assert frame.size((4000, 2000)) == (2000, 500)
    assert frame.view((100, 50), 200).scale == 1.0, "there are no more pixels than that"
    assert Frame().view((4000, 2000), 200).region is None


def test_a_product_that_has_grown_is_cut_by_it(qapp):
    inner = Frame(0.2, 0.2, 0.8, 0.8)
    assert not cut(product((60, 30, 80, 40)), inner)
    assert cut(product((60, 0, 80, 40)), inner) and cut(product((150, 30, 50, 40)), inner)
    assert not cut(product((60, 0, 80, 40)), Frame(0.2, 0.0, 0.8, 0.8)), "the photo ends there"


def test_lace_that_is_only_seen_in_large_pictures_is_not_looked_for_for_ever(qtbot, window, tmp_path):
    y, x = np.mgrid[0:900, 0:1200]
    ball, lace = np.hypot(x - 600, y - 450) < 150, (y % 7 < 3) & (x % 7 < 3) & (abs(y - 450) < 150)
    path = tmp_path / "ball.png"
    Pillow.fromarray(np.random.default_rng(1).integers(0, 255, (900, 1200, 3), np.uint8)).save(path)
    keep_matte(path, np.where(ball | lace, 255, 0).astype(np.uint8))
    with varying():
        show(qtbot, window, path)
        window.actions_by_name["explore"].trigger()
        sheet = window.explorer.sheet
        qtbot.waitUntil(lambda: not window.explorer.busy and framed(sheet), timeout=20_000)


def framed(sheet):
    """Whether the pictures of all variations are there and show the part that the product is in."""
    cells = sheet.model.cells
    return bool(cells) and all(cell.fresh and cell.picture.request.view.region is not None for cell in cells)
