"""Mattes in the window: shown on the photo, saved, opened from elsewhere, taken away, and what is wrong with them."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pytest
from PIL import Image as Pillow
from PySide6.QtCore import Qt

from editor.core.edit import Edit, Facts, Stage
from editor.core.matte_file import keep_matte, matte_path, read_matte
from editor.core.params import choice, slider, toggle
from editor.core.sample import sample_photo
from editor.ui.compare import GAP
from tests.ui.acts import grabbed, photo_on, show, up_to_date
from tests.ui.onphoto import key, quarters, quiet
from tests.ui.shoes import listed

LACKS = "No product was found; nothing is cut out."


@dataclass(frozen=True)
class Found(Facts):
    there: bool

    @property
    def note(self):
        return "" if self.there else LACKS


@pytest.fixture
def finding():
    """An edit that finds the product where it is bright, and one that puts all into another scene."""

    class Bright(Edit):
        id, title, stage = "test_bright", "Bright", Stage.CUTOUT
        level: float = slider(0.5, "Level", 0, 1)
        source: str = choice("Source", "found", "own")
        marks: bool = toggle(False, "Marks")

        def overlaid(self):
            return replace(self, marks=True)

        def question(self):
            return self.level if self.source == "found" else None

        def study(self, look, models, job):
            return Found(bool((look.small.rgb.mean(2) > self.level).any()))

        def apply(self, image, facts, models, job):
            matte = (image.rgb.mean(2) > self.level).astype(np.float32)
            rgb = image.rgb * matte[..., None] if self.marks else image.rgb
            return replace(image, rgb=rgb.astype(np.float32), matte=matte)

    class Scene(Edit):
        id, title, stage = "test_scene", "Scene", Stage.SCENE
        level: float = slider(1.0, "Level", 0, 1)

        def apply(self, image, facts, models, job):
            return image.with_rgb(np.full_like(image.rgb, self.level))

    yield Bright, Scene
    del Edit.kinds["test_bright"], Edit.kinds["test_scene"]


@pytest.fixture
def opened(finding, make_window, models, qtbot, tmp_path):
    return show(qtbot, make_window(models), quarters(tmp_path / "quarters.png", (400, 300)))


@pytest.fixture
def matte():
    plane = np.zeros((300, 400), np.uint8)
    plane[50:200, 100:300] = 220
    return plane


def at(window, x, y):
    seen = photo_on(window.canvas)
    return tuple(int(v) for v in seen[round(seen.shape[0] * y), round(seen.shape[1] * x)])


def test_the_overlay_shows_the_product_on_the_photo_without_its_scene(qtbot, opened, finding):
    bright, scene = finding
    opened.document.put(bright(level=0.4))
    opened.document.put(scene())
    qtbot.waitUntil(lambda: up_to_date(opened))
    assert at(opened, 0.75, 0.75) == (255, 255, 255)
    key(opened.canvas, Qt.Key.Key_M)
    quiet(qtbot, opened)
    assert opened.actions_by_name["matte_overlay"].isChecked()
    assert at(opened, 0.75, 0.75) == (120, 120, 120) and at(opened, 0.25, 0.25) == (0, 0, 0)
    assert [e.id for e in opened.document.recipe.active] == [
        "test_bright",
        "test_scene",
    ] and opened.document.position == 2
    key(opened.canvas, Qt.Key.Key_M)
    qtbot.waitUntil(lambda: up_to_date(opened))
    assert at(opened, 0.75, 0.75) == (255, 255, 255) and not opened.actions_by_name["matte_overlay"].isChecked()


def test_the_overlay_of_a_tool_goes_with_it(qtbot, opened):
    """The command for it waits meanwhile, and says what it said before."""
    action, canvas = opened.actions_by_name["matte_overlay"], opened.canvas
    key(canvas, Qt.Key.Key_K, Qt.KeyboardModifier.ShiftModifier)
    assert opened.tools.active == (("cutout", ""), "corrections") and not action.isEnabled()
    opened.document.put(Edit.kinds["cutout"]())
    key(canvas, Qt.Key.Key_M)
    assert not opened.preview.overlay and not action.isChecked() and not action.isEnabled()
    key(canvas, Qt.Key.Key_Escape)
    assert opened.tools.active is None and action.isEnabled() and opened.preview.recipe == opened.document.recipe
    key(canvas, Qt.Key.Key_M)
    assert action.isChecked() and opened.preview.overlay
    key(canvas, Qt.Key.Key_R)  # which marks nothing
    assert action.isEnabled() and action.isChecked()
    key(canvas, Qt.Key.Key_Escape)
    key(canvas, Qt.Key.Key_M)
    assert not action.isChecked() and opened.preview.recipe == opened.document.recipe


def test_where_nothing_finds_the_product_the_overlay_says_so(opened):
    key(opened.canvas, Qt.Key.Key_M)
    assert "finds the product" in opened.status.currentMessage()


def test_a_note_of_an_edit_stands_under_its_name_as_long_as_it_holds(qtbot, opened, finding):
    bright, _ = finding
    group = opened.panel.groups["test_bright"]
    opened.document.put(bright(level=1.0))
    qtbot.waitUntil(lambda: group.note is not None and group.note.isVisible())
    assert group.note.text == LACKS and group.note.accessibleName() == LACKS
    opened.document.put(bright(level=0.4))
    qtbot.waitUntil(lambda: group.note.isHidden())
    for end in (
        lambda: opened.document.put(bright(source="own")),
        lambda: opened.document.switch("test_bright", on=False),
    ):
        opened.document.put(bright(level=1.0))
        qtbot.waitUntil(lambda: group.note.isVisible())  # though the picture itself is there already
        end()
        assert group.note.isHidden() and group.note.text == ""


def test_the_matte_is_saved_in_the_background(qtbot, opened, finding, tmp_path):
    out = tmp_path / "out.png"
    proposed = []
    opened.ask_matte_path = lambda path: proposed.append(path) or (out, "16")
    opened.document.put(finding[0](level=0.4))
    opened.actions_by_name["save_matte"].trigger()
    qtbot.waitUntil(out.exists)
    qtbot.waitUntil(lambda: opened.status.currentMessage().startswith("Saved"))
    assert proposed == [opened.document.photo.path.with_name("quarters-matte.png")]
    matte = read_matte(out)
    assert matte.dtype == np.uint16 and matte[225, 300] == 65535 and matte[75, 100] == 0


def test_without_a_matte_there_is_nothing_to_be_saved(qtbot, opened, tmp_path):
    opened.ask_matte_path = lambda path: (tmp_path / "out.png", "8")
    opened.actions_by_name["save_matte"].trigger()
    qtbot.waitUntil(lambda: "nothing says where the product is" in opened.banner.text)
    assert not (tmp_path / "out.png").exists()
    qtbot.waitUntil(lambda: opened.actions_by_name["save_matte"].isEnabled())


def test_a_matte_is_opened_kept_beside_the_photo_and_taken_away(qtbot, opened, matte, tmp_path):
    elsewhere = tmp_path / "elsewhere.png"
    Pillow.fromarray(matte).save(elsewhere)
    path = opened.document.photo.path
    assert not opened.actions_by_name["remove_matte"].isEnabled()
    opened.document.put(Edit.kinds["exposure"](stops=0.5))
    opened.ask_matte = lambda: elsewhere
    opened.actions_by_name["open_matte"].trigger()
    qtbot.waitUntil(lambda: opened.document.photo.matte is not None)
    assert np.array_equal(read_matte(matte_path(path)), matte)
    assert opened.document.photo.at().matte[100, 200] == pytest.approx(220 / 255, abs=1e-3)
    assert opened.document.recipe.get("exposure").stops == 0.5 and opened.document.position == 1
    qtbot.waitUntil(lambda: opened.actions_by_name["remove_matte"].isEnabled())
    opened.actions_by_name["remove_matte"].trigger()
    qtbot.waitUntil(lambda: opened.document.photo.matte is None)
    assert not matte_path(path).exists() and path.with_name(f"{path.name}.packshot.matte.png.bak").exists()


def test_a_virtual_copy_stays_open_with_its_new_matte(qtbot, opened, matte, tmp_path):
    qtbot.waitUntil(opened.actions_by_name["virtual_copy"].isEnabled)  # the strip has listed the folder
    opened.actions_by_name["virtual_copy"].trigger()
    qtbot.waitUntil(lambda: opened.document.copy == 1)
    elsewhere = tmp_path / "elsewhere.png"
    Pillow.fromarray(matte).save(elsewhere)
    opened.ask_matte = lambda: elsewhere
    opened.actions_by_name["open_matte"].trigger()
    qtbot.waitUntil(lambda: opened.document.photo.matte is not None)
    assert opened.document.copy == 1


@pytest.mark.parametrize("wrong", ["proportions", "damaged", "gone"])
def test_a_matte_of_no_use_is_refused_in_a_sentence(qtbot, opened, matte, tmp_path, wrong):
    elsewhere = tmp_path / "elsewhere.png"
    if wrong == "proportions":
        Pillow.fromarray(matte[:, :120]).save(elsewhere)
    elif wrong == "damaged":
        elsewhere.write_bytes(b"\x89PNG\r\n\x1a\n and no more")
    opened.ask_matte = lambda: elsewhere
    photo = opened.document.photo
    opened.actions_by_name["open_matte"].trigger()
    qtbot.waitUntil(lambda: "elsewhere.png" in opened.banner.text)
    assert opened.document.photo is photo and not matte_path(photo.path).exists()
    if wrong == "proportions":
        assert "a matte of 120 x 300 pixels does not fit 400 x 300" in opened.banner.text


def test_a_photo_that_is_no_file_keeps_no_matte(qtbot, window):
    window.open_with(sample_photo, "sample")
    qtbot.waitUntil(lambda: window.document is not None)
    assert window.actions_by_name["save_matte"].isEnabled() and not window.actions_by_name["open_matte"].isEnabled()


def test_the_matte_beside_a_photo_is_not_in_the_strip(qtbot, window, matte, tmp_path):
    path = quarters(tmp_path / "quarters.png", (400, 300))
    keep_matte(path, matte)
    window.open_path(tmp_path)
    qtbot.waitUntil(lambda: up_to_date(window))
    assert window.document.photo.matte is not None
    assert listed(window.strip) == [path.name]


def test_before_and_after_lie_side_by_side_where_the_product_is_placed(qtbot, window, matte, tmp_path):
    """The frame follows from what the cut-out finds: the photo before its edits is placed alike."""
    path = quarters(tmp_path / "quarters.png", (400, 300))
    keep_matte(path, matte // 220 * 255)
    show(qtbot, window, path)
    kinds = Edit.kinds
    for edit in (kinds["cutout"](), kinds["fit"](side=300.0, fill=80.0), kinds["background"](kind="white")):
        window.document.put(edit)
    qtbot.waitUntil(lambda: up_to_date(window))
    key(window.canvas, Qt.Key.Key_Y)
    quiet(qtbot, window)
    port, seen = window.canvas.port, grabbed(window.canvas).astype(int)
    assert port.photo == (300, 300)
    half, (x, y) = (seen.shape[1] - GAP) // 2, port.corner

    def at(across, down, right):
        column = x + round(across * 300 * port.zoom) + (seen.shape[1] - half if right else 0)
        return seen[y + round(down * 300 * port.zoom), column]

    for across, down, colour in ((0.3, 0.4, (200, 40, 40)), (0.7, 0.4, (40, 180, 60)), (0.3, 0.75, (50, 60, 190))):
        for right in (False, True):
            assert at(across, down, right) == pytest.approx(np.array(colour), abs=2), (across, down, right)
    assert at(0.05, 0.4, True) == pytest.approx(255) and at(0.05, 0.4, False) == pytest.approx((200, 40, 40), abs=2)
