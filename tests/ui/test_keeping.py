"""A person who edits, leaves and comes back: the edits are there, and nobody was asked."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from PIL import Image as Pillow
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from editor.core.edit import Edit
from editor.core.engine import Engine
from editor.core.job import Job
from editor.core.marks import Marks
from editor.core.output import Output
from editor.core.photo import Photo
from editor.core.recipe import Recipe
from editor.core.sidecar import Kept, load, sidecar_path
from tests.ui.acts import drag, photo_on, show, up_to_date

Denoise = Edit.kinds["denoise"]
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def never(*_):
    pytest.fail("asked")


@pytest.fixture
def edited(opened):
    """The window whose photo has had an edit; leaving it may ask nothing."""
    opened.ask_keep_edits = never
    opened.document.put(Denoise(noise=20.0))
    return opened


@pytest.fixture
def full(monkeypatch):
    """A disk that takes no edits; tells how to make room."""

    def refuse(*_):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as there:
        there.setattr("editor.core.sidecar.replacing", refuse)
        there.setattr("editor.core.keeper.Journal", refuse)
        yield there.undo


@pytest.fixture
def other(tmp_path):
    path = tmp_path / "other.png"
    Pillow.new("RGB", (40, 30), (200, 100, 50)).save(path)
    return path


def test_a_slider_is_dragged_the_window_closed_and_all_comes_back(qtbot, opened, make_window, models, photo_file):
    opened.ask_keep_edits = never
    drag(opened.panel.groups["denoise"].controls["strength"].slider, 40)
    recipe = opened.document.recipe
    assert recipe.edits and not opened.isWindowModified()
    qtbot.waitUntil(lambda: up_to_date(opened))
    seen = photo_on(opened.canvas)
    opened.close()
    assert not opened.isVisible() and load(photo_file) == Kept(recipe)

    again = show(qtbot, make_window(models), photo_file)
    assert again.document.recipe == recipe and not again.isWindowModified()
    assert again.panel.groups["denoise"].switch.isChecked() and not again.banner.text
    assert (photo_on(again.canvas) == seen).all()
    QTest.keyClick(again, Qt.Key.Key_Z, CONTROL)  # what was done before closing can still be taken back
    assert again.document.recipe == Recipe() and not again.actions_by_name["undo"].isEnabled()
    QTest.keyClick(again, Qt.Key.Key_Z, CONTROL | SHIFT)
    assert again.document.recipe == recipe
    again.close()


def test_another_photo_and_back(qtbot, edited, photo_file, other):
    recipe = edited.document.recipe
    show(qtbot, edited, other)
    assert edited.document.recipe == Recipe() and not sidecar_path(other).exists()
    assert load(photo_file) == Kept(recipe)
    show(qtbot, edited, photo_file)
    assert edited.document.recipe == recipe


def test_undone_to_nothing_is_kept_as_well(qtbot, edited, photo_file):
    assert edited.keeping.flush()
    show(qtbot, edited, photo_file)
    edited.document.remove("denoise")
    edited.close_photo()
    assert load(photo_file) == Kept(Recipe())
    show(qtbot, edited, photo_file)
    assert edited.document.recipe == Recipe()
    edited.document.undo()
    assert edited.document.recipe.get("denoise") == Denoise(noise=20.0)


def test_tried_and_undone_leaves_no_file(edited, photo_file):
    assert edited.keeping.flush() and sidecar_path(photo_file).exists()
    edited.document.undo()
    edited.close_photo()
    assert [p.name for p in photo_file.parent.iterdir()] == [photo_file.name]


def test_what_a_crash_left_in_the_journal_is_there_again(qtbot, make_window, models, photo_file, monkeypatch):
    monkeypatch.setattr("editor.core.keeper.PAUSE", 3600.0)
    crashed = show(qtbot, make_window(models), photo_file)
    crashed.document.put(Denoise(noise=20.0))
    recipe = crashed.document.recipe
    assert not sidecar_path(photo_file).exists()
    monkeypatch.undo()
    again = show(qtbot, make_window(models), photo_file)  # a second process would see the same
    assert again.document.recipe == recipe and len(again.document.steps) == 2
    assert again.keeping.flush() and load(photo_file) == Kept(recipe)


def test_edits_that_cannot_be_kept_are_told_once_and_asked_about(qtbot, opened, photo_file, full):
    opened.document.put(Denoise(noise=20.0))
    qtbot.waitUntil(lambda: bool(opened.banner.text))
    assert opened.banner.text == (
        "The edits of bottle.png cannot be kept beside it (No space left on device); "
        "you will be asked before they are lost."
    )
    assert opened.isWindowModified()
    opened.banner.clear()
    opened.document.put(Denoise(noise=30.0))
    asked = []
    opened.ask_parting = lambda photo, running: asked.append(photo) or "cancel"
    opened.close()
    qtbot.wait(10)
    assert len(asked) == 1 and opened.isVisible() and not opened.banner.text

    full()  # room was made
    opened.ask_keep_edits = never
    recipe = opened.document.recipe
    opened.close_photo()
    assert opened.document is None and load(photo_file) == Kept(recipe)


def test_the_warning_goes_when_the_next_change_is_kept(qtbot, opened, full):
    opened.document.put(Denoise(noise=20.0))
    qtbot.waitUntil(lambda: bool(opened.banner.text))
    full()
    opened.document.put(Denoise(noise=30.0))
    qtbot.waitUntil(lambda: not opened.banner.text and not opened.isWindowModified())


def test_a_picture_that_is_no_file_is_asked_about(qtbot, window, models, photo, tmp_path):
    nowhere = Photo(tmp_path / "Clipboard.png", photo.samples)
    window.open_with(lambda: nowhere, "Clipboard.png")
    qtbot.waitUntil(lambda: up_to_date(window))
    window.document.put(Denoise(noise=20.0))
    assert window.isWindowModified() and not window.banner.text
    asked = []
    window.ask_keep_edits = lambda photo: asked.append(photo) or "discard"
    window.close_photo()
    assert asked == [nowhere] and not sidecar_path(nowhere.path).exists()


def test_edits_of_another_version_are_told_and_stay(qtbot, window, photo_file):
    newer = '{"packshot": 99, "edits": []}'
    sidecar_path(photo_file).write_text(newer)
    show(qtbot, window, photo_file)
    assert "bottle.png.packshot.json cannot be read (recipe format 99 is not known" in window.banner.text
    assert sidecar_path(photo_file).read_text() == newer
    window.document.put(Denoise(noise=20.0))
    assert window.keeping.flush()
    assert photo_file.with_name("bottle.png.packshot.json.bak").read_text() == newer
    assert load(photo_file) == Kept(window.document.recipe)


def test_the_original_replaced_does_not_get_its_edits_twice(qtbot, edited, make_window, models, photo_file):
    want = Engine(models), edited.document.photo, edited.document.recipe
    assert edited.keeping.flush()
    edited.ask_save_path = lambda proposed: photo_file
    edited.ask_overwrite = lambda photo: True
    before = edited.document
    edited.saving.save()
    qtbot.waitUntil(lambda: edited.document is not before and up_to_date(edited))
    assert load(photo_file) == Kept() and not edited.isWindowModified()
    assert edited.document.recipe == Recipe()
    Output().write(*want, photo_file.with_name("want.png"), Job())
    assert (Photo.open(photo_file).samples == Photo.open(photo_file.with_name("want.png")).samples).all()
    edited.document.put(Denoise(noise=30.0))  # of the new pixels
    assert edited.keeping.flush() and load(photo_file).recipe == edited.document.recipe


def test_a_replacement_that_is_given_up_goes_on_keeping(qtbot, make_window, models, photo_file):
    slow = type(models["denoise"])()
    hold, plain = threading.Event(), slow.run

    def run(pixels, job, *, level):
        while threading.current_thread().name == "save" and not hold.wait(0.005):
            job.progress(0)
        return plain(pixels, job, level=level)

    slow.run = run
    window = show(qtbot, make_window(models | {"denoise": slow}), photo_file)
    window.document.put(Denoise(noise=20.0))
    window.ask_save_path = lambda proposed: photo_file
    window.ask_overwrite = lambda photo: True
    window.ask_keep_edits = never
    window.saving.save()
    window.document.put(Denoise(noise=30.0))
    recipe = window.document.recipe
    assert window.isWindowModified()  # for as long as that goes on
    window.files.stop_saving()
    qtbot.waitUntil(lambda: not window.files.saving)
    assert not window.isWindowModified()
    window.close()
    assert not window.isVisible() and load(photo_file) == Kept(recipe)


def test_saving_elsewhere_touches_no_edits(qtbot, edited, photo_file):
    target = Path(photo_file.with_name("bottle-edited.png"))
    edited.ask_save_path = lambda proposed: target
    edited.saving.save()
    qtbot.waitUntil(lambda: not edited.files.saving)
    recipe = edited.document.recipe
    edited.close_photo()
    assert load(photo_file) == Kept(recipe) and load(target) == Kept()


def test_two_windows_on_one_photo(qtbot, edited, make_window, models, photo_file):
    assert edited.keeping.flush()
    second = show(qtbot, make_window(models), photo_file)
    second.document.put(Denoise(noise=40.0))
    edited.document.put(Denoise(noise=50.0))
    edited.close_photo()
    second.document.put(Denoise(noise=60.0))
    recipe = second.document.recipe
    second.close_photo()
    assert load(photo_file) == Kept(recipe)


def test_a_star_given_while_the_original_is_being_replaced_is_kept(edited, photo_file):
    edited.keeping.pause()
    edited.keeping.mark(Marks(4))
    assert edited.keeping.marks == Marks(4)
    edited.keeping.resume()
    assert edited.keeping.flush() and load(photo_file).marks == Marks(4)
