"""The first picture of a photo: soon, in its place, and never taken for the photo itself."""

from __future__ import annotations

import threading

import numpy as np
import pytest
from PIL import Image as Pillow
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from editor.core import sketch as sketches
from editor.core.edit import Edit
from editor.core.formats import PhotoError
from editor.core.photo import Photo
from tests.ui.acts import photo_on, show, up_to_date

Denoise = Edit.kinds["denoise"]
RED = (200, 40, 40)


@pytest.fixture
def large(tmp_path, monkeypatch):
    """A red JPEG that is large enough to be sketched; it opens when `large.hold` is set."""
    monkeypatch.setattr(sketches, "WORTH", 100_000)
    path = tmp_path / "elsewhere" / "red.jpg"  # not in the film strip
    path.parent.mkdir()
    Pillow.new("RGB", (1200, 900), RED).save(path, quality=95)
    hold, plain = threading.Event(), Photo.open

    def slow(file):
        assert file.name != "red.jpg" or hold.wait(10)
        return plain(file)

    monkeypatch.setattr(Photo, "open", staticmethod(slow))
    path_and_hold = type("Large", (), {"path": path, "hold": hold})
    yield path_and_hold
    hold.set()


def red(window):
    return np.abs(photo_on(window.canvas)[20:-20, 20:-20].astype(int) - RED).max() <= 3


def test_it_is_seen_before_the_photo_is_open_and_nothing_jumps_then(qtbot, window, large):
    window.open_path(large.path)
    qtbot.waitUntil(lambda: window.preview.sketching)
    assert window.document is None and window.canvas.isVisible() and red(window)
    assert window.windowTitle() == "red.jpg – Packshot"
    before = window.canvas.port
    large.hold.set()
    qtbot.waitUntil(lambda: up_to_date(window))
    assert window.canvas.port == before and red(window) and not window.preview.sketching


def test_it_can_be_looked_at_closely(qtbot, window, large):
    window.open_path(large.path)
    qtbot.waitUntil(lambda: window.preview.sketching)
    QTest.mouseDClick(window.canvas, Qt.MouseButton.LeftButton)
    port = window.canvas.port
    assert port.zoom == 1
    large.hold.set()
    qtbot.waitUntil(lambda: up_to_date(window))
    assert window.canvas.port == port


def test_the_document_is_out_of_reach_meanwhile(qtbot, opened, large, models):
    opened.document.put(Denoise(noise=20.0))
    qtbot.waitUntil(lambda: up_to_date(opened))
    document, recipe = opened.document, opened.document.recipe
    opened.open_path(large.path)
    qtbot.waitUntil(lambda: opened.preview.sketching)
    assert not opened.panel.isEnabled()
    for name in ("save_as", "undo", "copy", "before", "close_photo", "render"):
        assert not opened.actions_by_name[name].isEnabled(), name
    opened.resize(900, 700)
    qtbot.wait(50)
    assert opened.document is document and document.recipe == recipe and opened.canvas.shown is None
    assert red(opened)
    large.hold.set()


@pytest.mark.parametrize("broken", [False, True], ids=["stopped", "broken"])
def test_if_the_photo_does_not_open_the_old_one_is_back(qtbot, opened, large, monkeypatch, photo_file, broken):
    opened.document.put(Denoise(noise=20.0))
    qtbot.waitUntil(lambda: up_to_date(opened))
    document, seen = opened.document, photo_on(opened.canvas)
    if broken:
        plain = Photo.open

        def fail(path):
            plain(path)
            raise PhotoError(path, "is cut short")

        monkeypatch.setattr(Photo, "open", staticmethod(fail))
    opened.open_path(large.path)
    qtbot.waitUntil(lambda: opened.preview.sketching)
    if broken:
        large.hold.set()
    else:
        QTest.keyClick(opened, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: up_to_date(opened) and not opened.preview.sketching)
    assert opened.document is document and opened.panel.isEnabled()
    assert opened.actions_by_name["undo"].isEnabled() and "bottle.png" in opened.windowTitle()
    assert ("is cut short" in opened.banner.text) == broken
    assert broken or (photo_on(opened.canvas) == seen).all()
    large.hold.set()


def test_stopped_on_an_empty_window_it_is_empty_again(qtbot, window, large):
    window.open_path(large.path)
    qtbot.waitUntil(lambda: window.preview.sketching)
    window.stop()
    assert window.welcome.isVisible() and window.document is None and window.windowTitle() == "Packshot"
    large.hold.set()


def test_another_photo_takes_its_place(qtbot, window, large, photo_file):
    window.open_path(large.path)
    qtbot.waitUntil(lambda: window.preview.sketching)
    show(qtbot, window, photo_file)
    large.hold.set()
    qtbot.waitUntil(lambda: not any(t.name == "open" for t in threading.enumerate()))
    qtbot.wait(20)
    assert window.document.photo.path == photo_file and not window.preview.sketching
