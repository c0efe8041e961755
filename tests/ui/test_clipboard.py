"""The clipboard: the cooked photo goes out whole, pictures and files come in."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image as Pillow
from PySide6.QtCore import QByteArray, QMimeData, Qt, QUrl
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtTest import QTest

from editor.core.edit import Edit
from editor.core.engine import Engine, View
from editor.core.job import Job
from editor.ui import clipboard
from tests.ui.acts import show, up_to_date

Denoise = Edit.kinds["denoise"]
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture(autouse=True)
def board(qapp):
    board = QGuiApplication.clipboard()
    board.clear()
    yield board
    board.clear()


def has_image(board):
    return board.mimeData() is not None and board.mimeData().hasImage()


def held(board):
    """What another program gets when it asks for a PNG."""
    return np.asarray(Pillow.open(io.BytesIO(bytes(board.mimeData().data("image/png").data()))))


def put(board, kind, data):
    mime = QMimeData()
    mime.setData(kind, QByteArray(data))
    board.setMimeData(mime)


def png(pixels):
    file = io.BytesIO()
    Pillow.fromarray(pixels).save(file, "PNG")
    return file.getvalue()


def test_copy_is_the_cooked_photo_at_full_size(qtbot, opened, models, board):
    opened.document.put(Denoise(noise=20.0))
    qtbot.waitUntil(lambda: up_to_date(opened))
    QTest.keyClick(opened, Qt.Key.Key_C, CONTROL)
    qtbot.waitUntil(lambda: has_image(board))
    image = Engine(models).render(opened.document.photo, opened.document.recipe, View(), Job())
    want = (image.rgb.clip(0, 1) * 255 + 0.5).astype(np.uint8)
    assert (held(board) == want).all()
    assert board.image().size().toTuple() == (200, 150)
    assert not opened.status.copying.text


def test_copy_keeps_what_is_transparent(qtbot, window, tmp_path, board):
    pixels = np.dstack([np.full((40, 60, 3), 90, np.uint8), np.tile(np.arange(60, dtype=np.uint8) * 4, (40, 1))])
    Pillow.fromarray(pixels).save(tmp_path / "glass.png")
    show(qtbot, window, tmp_path / "glass.png")
    window.actions_by_name["copy"].trigger()
    qtbot.waitUntil(lambda: has_image(board))
    assert (held(board) == pixels).all()


def test_copy_can_be_stopped(qtbot, make_window, models, slow, photo_file, board):
    window = show(qtbot, make_window(models | {"denoise": slow}), photo_file)
    window.document.put(Denoise(noise=20.0))
    qtbot.waitUntil(slow.started.is_set)
    window.preview.stop()
    assert slow.ended.wait(10)
    slow.started.clear()
    window.actions_by_name["copy"].trigger()
    qtbot.waitUntil(slow.started.is_set)
    qtbot.waitUntil(lambda: window.status.copying.text == "Copying")
    qtbot.mouseClick(window.status.tasks.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not window.clipboard.copying)
    assert not has_image(board) and not window.banner.text


def test_too_large_a_photo_is_said(qtbot, opened, monkeypatch, board):
    monkeypatch.setattr(clipboard, "MOST_PIXELS", 10_000)
    opened.actions_by_name["copy"].trigger()
    assert "200 × 150 pixels are too many for the clipboard" in opened.banner.text
    assert not opened.clipboard.copying and not has_image(board)


def test_a_text_field_keeps_its_own_copy_and_paste(qtbot, opened, board):
    box = opened.panel.groups["denoise"].controls["strength"].box
    box.setFocus()
    box.selectAll()
    QTest.keyClick(box, Qt.Key.Key_C, CONTROL)
    assert board.text() and not opened.clipboard.copying


@pytest.mark.parametrize("bits", [8, 16])
def test_paste_opens_a_picture_that_is_no_file(qtbot, window, board, bits):
    pixels = (np.arange(30 * 20).reshape(20, 30) % 250).astype(np.uint8 if bits == 8 else np.uint16)
    put(board, "image/png", png(pixels))
    QTest.keyClick(window, Qt.Key.Key_V, CONTROL)
    qtbot.waitUntil(lambda: up_to_date(window))
    photo = window.document.photo
    assert photo.path.name == "Clipboard.png" and not photo.path.exists() and photo.size == (30, 20)
    assert photo.depth == str(bits) and (photo.samples[..., 0] == pixels).all()
    assert "Clipboard.png" in window.windowTitle() and window.settings.recent == ()


def test_paste_takes_another_program_s_image(qtbot, window, board):
    image = QImage(30, 20, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.red)
    board.setImage(image)
    window.actions_by_name["paste"].trigger()
    qtbot.waitUntil(lambda: up_to_date(window))
    assert (window.document.photo.samples == (255, 0, 0)).all()


def test_paste_of_a_file_opens_it(qtbot, window, board, photo_file):
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(photo_file))])
    board.setMimeData(mime)
    window.actions_by_name["paste"].trigger()
    qtbot.waitUntil(lambda: window.document is not None)
    assert window.document.photo.path == photo_file


@pytest.mark.parametrize(("data", "words"), [(None, "no picture on the clipboard"), (b"no png", "Clipboard.png: ")])
def test_what_is_no_picture_is_said(qtbot, opened, board, data, words):
    document = opened.document
    if data:
        put(board, "image/png", data)
    else:
        board.setText("words")
    opened.actions_by_name["paste"].trigger()
    qtbot.waitUntil(lambda: words in opened.banner.text)
    assert "packshot-" not in opened.banner.text and opened.document is document
