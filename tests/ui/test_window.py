"""A person at the window: opens, moves a slider, undoes, saves, drops files, meets broken ones."""

from __future__ import annotations

import threading
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image as Pillow
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from editor.core.edit import Edit
from editor.core.engine import Engine, View
from editor.core.job import Job
from editor.core.model import ModelError
from editor.core.recipe import Recipe
from editor.ui.saving import ask_target
from tests.ui.acts import drag, drop, photo_on, show, up_to_date

Denoise = Edit.kinds["denoise"]


def samples(path):
    return np.asarray(Pillow.open(path))


def control(window, name):
    return window.panel.groups["denoise"].controls[name]


@pytest.fixture
def unkept(qtbot, window, photo_file):
    """The window with a photo that no edits can be kept beside: its name leaves no room for theirs."""
    return show(qtbot, window, photo_file.rename(photo_file.with_name("x" * 245 + ".png")))


def test_open_drag_undo_save(qtbot, opened, models, photo_file):
    window, before = opened, photo_file.read_bytes()
    assert (photo_on(window.canvas) == samples(photo_file)).all()

    drag(control(window, "strength").slider, 40)
    edit = window.document.recipe.get("denoise")
    assert edit.strength == pytest.approx(0.4, abs=0.02)
    qtbot.waitUntil(lambda: up_to_date(window))
    image = Engine(models).render(window.document.photo, window.document.recipe, View(), Job())
    want = (image.rgb.clip(0, 1) * 255 + 0.5).astype(np.uint8)
    assert (photo_on(window.canvas) == want).all()
    assert (want != samples(photo_file)).mean() > 0.5

    target = photo_file.with_name("new.png")
    proposals = []
    window.ask_save_path = lambda proposed: proposals.append(proposed) or target
    assert window.document.unsaved and not window.isWindowModified()  # in no picture yet, but kept
    QTest.keyClick(window, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: not window.files.saving)
    assert proposals == [photo_file.with_name("bottle-edited.png")]
    assert (samples(target) == want).all()
    assert not window.document.unsaved and not window.isWindowModified()

    QTest.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert window.document.recipe == Recipe()
    qtbot.waitUntil(lambda: up_to_date(window))
    assert (photo_on(window.canvas) == samples(photo_file)).all()
    assert photo_file.read_bytes() == before


def test_saving_goes_on_while_editing_and_counts_what_was_written(qtbot, make_window, models, photo_file):
    slow = type(models["denoise"])()
    hold, plain = threading.Event(), slow.run

    def run(pixels, job, *, level):
        if threading.current_thread().name == "save":
            assert hold.wait(10)
        return plain(pixels, job, level=level)

    slow.run = run
    window = show(qtbot, make_window(models | {"denoise": slow}), photo_file)
    window.document.put(Denoise(noise=20.0))
    written = window.document.recipe
    target = photo_file.with_name("new.tif")
    window.ask_save_path = lambda proposed: target
    window.saving.save()
    assert not window.actions_by_name["save_as"].isEnabled()
    window.document.put(Denoise(noise=30.0))
    qtbot.waitUntil(lambda: up_to_date(window))
    assert window.files.saving
    hold.set()
    qtbot.waitUntil(lambda: not window.files.saving)
    assert target.exists() and window.document.unsaved
    window.document.undo()
    assert window.document.recipe == written and not window.document.unsaved


def test_cancelled_save_leaves_nothing(qtbot, make_window, models, slow, photo_file):
    window = show(qtbot, make_window(models | {"denoise": slow}), photo_file)
    window.document.put(Denoise(noise=20.0))
    qtbot.waitUntil(slow.started.is_set)
    window.preview.stop()
    assert slow.ended.wait(10)
    slow.started.clear()
    target = photo_file.with_name("new.png")
    window.ask_save_path = lambda proposed: target
    window.saving.save()
    qtbot.waitUntil(slow.started.is_set)
    qtbot.waitUntil(lambda: window.status.saving.text == "Saving new.png")
    begin = time.monotonic()
    QTest.mouseClick(window.status.tasks.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not window.files.saving, timeout=10000)
    assert time.monotonic() - begin < slow.seconds / 10
    assert window.keeping.flush()
    assert [p.name for p in photo_file.parent.iterdir() if ".packshot." not in p.name] == ["bottle.png"]
    assert window.document.unsaved and not window.banner.text


def test_original_is_replaced_only_after_a_yes(qtbot, opened, photo_file):
    window, before, asked = opened, photo_file.read_bytes(), []
    window.document.put(Denoise(noise=20.0))
    window.ask_save_path = lambda proposed: photo_file

    window.ask_overwrite = lambda photo: asked.append(photo) or False
    window.saving.save()
    assert len(asked) == 1 and not window.files.saving
    assert photo_file.read_bytes() == before and window.document.unsaved

    window.ask_overwrite = lambda photo: True
    window.saving.save()
    qtbot.waitUntil(lambda: not window.files.saving)
    assert photo_file.read_bytes() != before and not window.document.unsaved


def test_what_cannot_be_written_is_said_and_loses_nothing(qtbot, opened, photo_file):
    opened.document.put(Denoise(noise=20.0))
    opened.ask_save_path = lambda proposed: photo_file.with_name("new.xyz")
    opened.saving.save()
    assert "new.xyz: cannot write .xyz" in opened.banner.text
    opened.ask_save_path = lambda proposed: photo_file.parent / "no folder" / "new.png"
    opened.saving.save()
    qtbot.waitUntil(lambda: "no folder" in opened.banner.text)
    assert opened.document.unsaved and not opened.files.saving


def test_drop_opens_a_photo_and_a_second_one_asks_once(qtbot, unkept, tmp_path):
    opened, photo_file = unkept, unkept.document.photo.path
    other = tmp_path / "other.jpg"
    Pillow.new("RGB", (40, 30), (200, 100, 50)).save(other)
    asked = []
    opened.ask_keep_edits = lambda photo: asked.append(photo) or "cancel"
    opened.document.put(Denoise(noise=20.0))
    drop(opened, other)
    qtbot.waitUntil(lambda: len(asked) == 1)
    assert opened.document.photo.path == photo_file and not opened.files.opening

    opened.ask_keep_edits = lambda photo: asked.append(photo) or "discard"
    drop(opened, other, photo_file, over=control(opened, "strength").box)
    qtbot.waitUntil(lambda: opened.document.photo.path == other)
    qtbot.waitUntil(lambda: up_to_date(opened))
    assert len(asked) == 2
    assert opened.document.recipe == Recipe() and not opened.actions_by_name["undo"].isEnabled()
    assert photo_on(opened.canvas).shape == (30, 40, 3)


def test_save_before_opening_another(qtbot, unkept, tmp_path):
    opened = unkept
    other = tmp_path / "other.png"
    Pillow.new("RGB", (40, 30)).save(other)
    target = tmp_path / "kept.png"
    opened.ask_keep_edits = lambda photo: "save"
    opened.ask_save_path = lambda proposed: target
    opened.document.put(Denoise(noise=20.0))
    opened.open_path(other)
    qtbot.waitUntil(lambda: opened.document.photo.path == other)
    assert target.exists()


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("notes.jpg", b"no picture", "is not a picture"),
        ("empty.png", b"", "is empty"),
        ("folder.png", None, "no photos in this folder"),
        ("short.png", "cut", "cut short"),
    ],
)
def test_broken_file_is_named_and_the_photo_stays(qtbot, opened, photo_file, tmp_path, name, content, reason):
    broken = tmp_path / name
    if content is None:
        broken.mkdir()
    else:
        broken.write_bytes(photo_file.read_bytes()[:2000] if content == "cut" else content)
    document = opened.document
    opened.open_path(broken)
    qtbot.waitUntil(lambda: bool(opened.banner.text))
    assert str(broken) in opened.banner.text and reason in opened.banner.text and "\n" not in opened.banner.text
    assert opened.document is document and not opened.files.opening
    show(qtbot, opened, photo_file)
    assert not opened.banner.text


def test_empty_window_says_how_to_begin_and_open_asks_for_a_file(qtbot, window, photo_file):
    assert window.welcome.isVisible() and not window.canvas.isVisible()
    assert not window.panel.groups["denoise"].isEnabled()
    assert not window.actions_by_name["save_as"].isEnabled()
    window.ask_photo = lambda: photo_file
    qtbot.mouseClick(window.welcome.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: up_to_date(window))
    assert window.canvas.isVisible() and not window.welcome.isVisible()
    window.close_photo()
    assert window.document is None and window.welcome.isVisible()


def test_cancel_stops_a_slow_network_and_the_window_stays_live(qtbot, make_window, models, slow, photo_file):
    window = show(qtbot, make_window(models | {"denoise": slow}), photo_file)
    shown = window.canvas.shown
    window.document.put(Denoise(noise=20.0))
    tasks = window.status.tasks
    qtbot.waitUntil(lambda: window.status.cooking.shown and tasks.isVisible() and slow.started.is_set())
    longest = 0.0
    for _ in range(40):  # the window answers while the network runs
        begin = time.monotonic()
        QApplication.processEvents()
        longest = max(longest, time.monotonic() - begin)
        time.sleep(0.005)
    assert longest < slow.seconds / 10 and tasks.button.text() == "Cancel"

    begin = time.monotonic()
    qtbot.mouseClick(tasks.button, Qt.MouseButton.LeftButton)
    assert slow.ended.wait(10)
    assert time.monotonic() - begin < slow.seconds / 10
    assert window.canvas.shown is shown and not window.preview.renderer.busy
    assert "not up to date" in window.status.cooking.text

    slow.seconds = 0
    assert tasks.button.text() == "Render again"
    qtbot.mouseClick(tasks.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: up_to_date(window))
    assert (photo_on(window.canvas) == 64).all()
    assert not window.status.cooking.text


def test_a_network_that_fails_is_said_and_goes_away_with_the_edit(qtbot, make_window, models, photo_file):
    class Broken:
        def run(self, pixels, job, *, level):
            raise ModelError("denoise.onnx: there is no such model")

    window = show(qtbot, make_window(models | {"denoise": Broken()}), photo_file)
    shown = window.canvas.shown
    window.document.put(Denoise(noise=20.0))
    qtbot.waitUntil(lambda: bool(window.banner.text))
    assert window.banner.text == "denoise.onnx: there is no such model"
    # the banner takes room, so the smaller canvas asks, and fails, once more
    qtbot.waitUntil(lambda: "not up to date" in window.status.cooking.text)
    assert window.canvas.shown.edits == shown.edits
    window.document.undo()
    qtbot.waitUntil(lambda: up_to_date(window) and not window.status.cooking.text)


@pytest.mark.parametrize("error", [MemoryError(), RuntimeError("CUDA failure 700"), ZeroDivisionError()])
def test_any_error_of_an_edit_is_one_line(qtbot, make_window, models, photo_file, error):
    class Broken:
        def run(self, pixels, job, *, level):
            raise error

    window = show(qtbot, make_window(models | {"denoise": Broken()}), photo_file)
    window.document.put(Denoise(noise=20.0))
    qtbot.waitUntil(lambda: bool(window.banner.text))
    assert "\n" not in window.banner.text and len(window.banner.text) > 8


def test_before_and_after(qtbot, opened, photo_file):
    opened.document.put(Denoise(noise=20.0))
    qtbot.waitUntil(lambda: up_to_date(opened))
    after = photo_on(opened.canvas)[40:]  # below the badge
    QTest.keyClick(opened, Qt.Key.Key_Backslash)
    qtbot.waitUntil(lambda: not opened.preview.renderer.busy)
    assert (photo_on(opened.canvas)[40:] == samples(photo_file)[40:]).all()
    assert opened.document.recipe.is_on("denoise")
    QTest.keyClick(opened, Qt.Key.Key_Backslash)
    assert (photo_on(opened.canvas)[40:] == after).all()  # at once: it was kept


def test_device_and_why(qtbot, make_window, models):
    window = make_window(models, lambda: ("CPU", "no NVIDIA driver was found"))
    qtbot.waitUntil(lambda: bool(window.status.device.text()))
    assert window.status.device.text() == "CPU"
    assert "no NVIDIA driver was found" in window.status.device.toolTip()


def test_a_device_that_cannot_be_found_out_is_no_crash(qtbot, make_window, models):
    def device():
        raise OSError("onnxruntime is broken")

    window = make_window(models, device)
    qtbot.waitUntil(lambda: "onnxruntime is broken" in window.status.device.toolTip())
    assert window.status.device.text() == "CPU"


def test_opening_can_be_given_up(qtbot, opened, photo_file):
    hold, document = threading.Event(), opened.document

    def read():
        assert hold.wait(10)
        return document.photo

    opened.open_with(read, "large.tif")
    qtbot.waitUntil(lambda: opened.status.opening.text == "Opening large.tif")
    opened.actions_by_name["stop"].trigger()
    assert not opened.files.opening and not opened.status.opening.text
    hold.set()
    qtbot.waitUntil(lambda: not any(t.name == "open" for t in threading.enumerate()))
    qtbot.wait(20)
    assert opened.document is document


def test_every_action_stands_in_the_menu_once_and_no_key_twice(window):
    keys = [k.toString() for a in window.actions_by_name.values() for k in a.shortcuts()]
    assert len(keys) == len(set(keys))

    def inside(menu):
        for action in menu.actions():
            yield from inside(action.menu()) if action.menu() else [action]

    in_menus = [a.objectName() for a in inside(window.menuBar()) if not a.isSeparator()]
    assert sorted(in_menus) == sorted(window.actions_by_name)


def test_proposal_finds_a_free_name(opened, photo_file):
    from editor.ui.questions import proposal

    Path(photo_file.with_name("bottle-edited.png")).touch()
    assert proposal(opened.document.photo) == photo_file.with_name("bottle-edited-2.png")


def test_what_is_transparent_is_proposed_in_a_file_that_can_be(opened, monkeypatch):
    photo, asked = replace(opened.document.photo, path=Path("shoe.JPG")), []
    monkeypatch.setattr(opened, "ask_save_path", asked.append)
    cut = Recipe().put(Edit.kinds["cutout"]())
    for recipe in (Recipe(), cut, cut.put(Edit.kinds["background"]())):
        assert ask_target(opened, photo, recipe) is None
    opened.settings.preferences = replace(opened.settings.preferences, output_kind="JPEG")  # it is wished for
    assert ask_target(opened, photo, cut) is None
    assert [path.suffix for path in asked] == [".JPG", ".png", ".JPG", ".jpg"]
