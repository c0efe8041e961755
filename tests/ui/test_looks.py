"""Looks for other programs: the tone of the open photo saved as a .cube, and what is said of it."""

from __future__ import annotations

import numpy as np
import pytest

from editor.core.cube_file import cube_text
from editor.core.drawn import Stroke
from editor.core.edit import Edit, Stage
from editor.core.lattice import identity
from editor.craft.cube import read_cube
from tests.ui.acts import show
from tests.ui.onphoto import quarters

kinds = Edit.kinds


@pytest.fixture
def opened(qtbot, window, tmp_path):
    return show(qtbot, window, quarters(tmp_path / "quarters.png", (400, 300)))


def save(window, path, points=33):
    proposed = []
    window.ask_look_path = lambda name: proposed.append(name) or (path, points)
    window.actions_by_name["save_look"].trigger()
    return proposed


def worn(path, colour):
    return read_cube(path.read_bytes()).applied(np.array(colour, np.float32).reshape(1, 1, 3))[0, 0]


def test_the_tone_is_saved_and_another_program_makes_the_same_of_it(qtbot, opened, tmp_path):
    out = tmp_path / "look.cube"
    opened.document.put(kinds["exposure"](stops=-1.0))
    assert save(opened, out, 65) == [tmp_path / "quarters.cube"]
    qtbot.waitUntil(lambda: opened.status.currentMessage().startswith("Saved"))
    text = out.read_text("ascii")
    assert text.startswith('TITLE "look"\n') and "LUT_3D_SIZE 65\n" in text
    grey = np.full((1, 1, 3), 0.6, np.float32)
    assert worn(out, [0.6] * 3) == pytest.approx(kinds["exposure"](stops=-1.0).colours(grey, None)[0, 0], abs=1e-3)
    assert not opened.banner.text


def test_what_is_not_in_it_is_named(qtbot, opened, tmp_path):
    opened.document.put(kinds["exposure"](stops=-1.0))
    opened.document.put(kinds["dodge_burn"](name="sole", painted=(Stroke(((0.5, 0.5),), 0.2, 0.5),)))
    opened.document.put(kinds["clarity"]())  # which changes nothing
    save(opened, tmp_path / "look.cube")
    qtbot.waitUntil(lambda: opened.banner.text == "Not in the look: Dodge and Burn sole.")
    assert (tmp_path / "look.cube").exists()


def test_what_the_edits_have_to_say_is_said(qtbot, opened, tmp_path):
    opened.document.put(kinds["exposure"](stops=-1.0))
    opened.document.put(kinds["look"](file=str(tmp_path / "gone.cube")))
    save(opened, tmp_path / "look.cube")
    said = "Look (.cube): The file of the look cannot be read, so the photo is without it."
    qtbot.waitUntil(lambda: opened.banner.text == said)
    assert (tmp_path / "look.cube").exists()


def test_the_look_that_the_photo_wears_is_not_written_over(qtbot, opened, tmp_path):
    path = tmp_path / "worn.cube"
    path.write_bytes(cube_text(1 - identity(2)))
    before = path.read_bytes()
    opened.document.put(kinds["look"](file=str(path)))
    opened.document.put(kinds["exposure"](stops=-1.0))
    save(opened, path)
    qtbot.waitUntil(lambda: "reads, which is not written over" in opened.banner.text)
    assert path.read_bytes() == before


@pytest.fixture
def halving():
    """An edit that halves colours everywhere, and darkens the left of the photo besides."""

    class Halving(Edit):
        id, title, stage = "test_halving", "Halving", Stage.TONE

        def colours(self, rgb, facts):
            return rgb * np.float32(0.5)

        def apply(self, image, facts, models, job):
            return image.with_rgb(image.rgb * np.linspace(0, 0.5, image.size[0], dtype=np.float32)[:, None])

    yield Halving
    del Edit.kinds["test_halving"]


def test_what_is_in_it_only_in_part_is_named(qtbot, halving, make_window, models, tmp_path):
    window = show(qtbot, make_window(models), quarters(tmp_path / "quarters.png", (400, 300)))
    window.document.put(halving())
    save(window, tmp_path / "look.cube")
    said = "In the look only as far as it is the same everywhere in the photo: Halving."
    qtbot.waitUntil(lambda: window.banner.text == said)
    assert worn(tmp_path / "look.cube", [0.6] * 3) == pytest.approx([0.3] * 3, abs=1e-5)


def test_nothing_to_save_is_said(qtbot, opened, tmp_path):
    save(opened, tmp_path / "look.cube")
    qtbot.waitUntil(lambda: "no edit of the photo that a look can hold" in opened.banner.text)
    assert not (tmp_path / "look.cube").exists()
    qtbot.waitUntil(opened.actions_by_name["save_look"].isEnabled)


def test_who_would_rather_not_saves_nothing(opened, tmp_path):
    opened.document.put(kinds["exposure"](stops=-1.0))
    opened.ask_look_path = lambda proposed: None
    opened.actions_by_name["save_look"].trigger()
    assert not opened.files.saving and not list(tmp_path.glob("*.cube"))


def test_without_a_photo_there_is_no_look(window):
    assert not window.actions_by_name["save_look"].isEnabled()
