"""A recipe's tone as a look for other programs: the table holds what the edits do, and says what it cannot hold."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest

from editor.core.cube_file import cube_text, write_look
from editor.core.edit import Edit, Facts, Stage
from editor.core.engine import Engine, View
from editor.core.formats import PhotoError
from editor.core.job import Cancelled, Job
from editor.core.lattice import bake, identity
from editor.core.params import slider
from editor.core.photo import Photo
from editor.core.recipe import Recipe
from editor.core.sample import draw

NATURAL = ("exposure", {"stops": 0.6}), ("white_balance", {"temperature": 25.0, "tint": -8.0})


@pytest.fixture
def kinds():
    """Edits that can be kept in a look, in part, and not at all."""

    @dataclass(frozen=True)
    class Level(Facts):
        mean: float

    class Darker(Edit):
        """Takes off what the photo is bright on the whole."""

        id, title, stage, order = "test_darker", "Darker", Stage.TONE, 50
        part: float = slider(0.5, "Part", 0, 1)

        def question(self):
            return ()

        def study(self, look, models, job):
            return Level(float(look.small.rgb.mean()))

        def colours(self, rgb, facts):
            return rgb if not self.part else rgb - np.float32(self.part * facts.mean)

    class Local(Edit):
        id, title, stage = "test_local", "Local", Stage.TONE

        def apply(self, image, facts, models, job):
            return image.with_rgb(image.rgb * np.linspace(0, 1, image.size[0], dtype=np.float32)[:, None])

    class Both(Local):
        id, title = "test_both", "Both"

        def colours(self, rgb, facts):
            return rgb * np.float32(0.5)

    class Rim(Edit):
        id, title, stage = "test_rim", "Rim", Stage.DETAIL

        def colours(self, rgb, facts):
            return rgb * np.float32(0.5)

    yield Darker, Local, Both, Rim
    for kind in ("darker", "local", "both", "rim"):
        del Edit.kinds[f"test_{kind}"]


def recipe(*edits):
    made = Recipe()
    for edit in edits:
        made = made.put(edit)
    return made


def natural():
    return recipe(*(Edit.kinds[kind](**values) for kind, values in NATURAL))


def read(data: bytes):
    """The table of a .cube file, as anybody might read it: [blue, green, red]."""
    lines = [line for line in data.decode("ascii").splitlines() if line and not line.startswith("#")]
    size = next(int(line.split()[1]) for line in lines if line.startswith("LUT_3D_SIZE"))
    rows = [[float(v) for v in line.split()] for line in lines if line[0] in "-0123456789"]
    return np.array(rows).reshape(size, size, size, 3)


def by_pillow(table, rgb):
    """Colours (h, w, 3), 0..1, as Pillow's own table of colours has them, which has 8 bits."""
    from PIL import Image, ImageFilter

    kind = ImageFilter.Color3DLUT(len(table), [tuple(row) for row in table.reshape(-1, 3)])
    picture = Image.fromarray((rgb * 255 + 0.5).astype(np.uint8))
    return np.asarray(picture.filter(kind)) / 255


def test_nothing_is_the_identity(photo, models):
    made = bake(Engine(models), photo, Recipe(), Job(), 17)
    assert np.array_equal(made.table, identity(17)) and not (made.edits or made.partly or made.left_out)


def test_a_photo_through_the_saved_look_is_the_edited_photo(models):
    scene = draw(size=(240, 180)).clip(0, 1)
    photo = Photo("s.tif", np.array(scene))
    edited = Engine(models).render(photo, natural(), View(), Job()).rgb.clip(0, 1)
    made = bake(Engine(models), photo, natural(), Job())
    data = cube_text(made.table, "Summer")
    table = read(data)
    assert len(table) == 33 and [e.id for e in made.edits] == ["exposure", "white_balance"]
    assert np.abs(by_pillow(table.clip(0, 1), scene) - edited).mean() < 1 / 255

    from editor.craft.cube import read_cube

    ours = read_cube(data).applied(np.array(scene)).clip(0, 1)
    assert np.abs(ours - edited).mean() < 0.25 / 255
    fine = read_cube(cube_text(bake(Engine(models), photo, natural(), Job(), 65).table)).applied(np.array(scene))
    assert np.abs(fine.clip(0, 1) - edited).mean() < np.abs(ours - edited).mean()


def test_what_was_found_on_the_photo_is_in_the_look(kinds, models):
    darker, *_ = kinds
    grey = Photo("g.tif", np.full((40, 50, 3), 0.4, np.float32))
    made = bake(Engine(models), grey, recipe(darker(part=0.5)), Job(), 2)
    assert np.allclose(made.table, identity(2) - 0.2, atol=1e-5) and made.edits == (darker(part=0.5),)


def test_what_hangs_on_the_place_is_named(kinds, photo, models):
    darker, local, both, rim = kinds
    edits = recipe(darker(part=0.0), local(), both(), rim(), Edit.kinds["crop"](), Edit.kinds["denoise"]())
    made = bake(Engine(models), photo, edits, Job(), 2)
    assert made.left_out == (local(), rim()) and made.partly == (both(),) and not made.edits
    assert np.allclose(made.table, identity(2) / 2)


def test_what_is_switched_off_is_not_in_it(kinds, photo, models):
    _, local, both, _ = kinds
    edits = recipe(local(), both()).switch("test_local", on=False).switch("test_both", on=False)
    made = bake(Engine(models), photo, edits, Job(), 2)
    assert np.array_equal(made.table, identity(2)) and not made.left_out


def test_what_changes_nothing_is_in_none_of_the_lists(photo, models):
    plain = [Edit.kinds[kind]() for kind in ("clarity", "vignette", "sharpen", "highlights_shadows", "dodge_burn")]
    made = bake(Engine(models), photo, recipe(*plain, Edit.kinds["enhance"](strength=0.0)), Job(), 3)
    assert np.array_equal(made.table, identity(3)) and not (made.edits or made.partly or made.left_out)
    doing = [Edit.kinds[kind](amount=10.0) for kind in ("clarity", "sharpen", "vignette")]
    made = bake(Engine(models), photo, recipe(*doing, Edit.kinds["enhance"](strength=1.0)), Job(), 3)
    assert made.left_out == tuple(doing) and [e.id for e in made.partly] == ["enhance"]


def test_what_the_edits_have_to_say_goes_with_it(photo, models):
    gone = Edit.kinds["look"](file="/gone.cube")
    made = bake(Engine(models), photo, recipe(gone, Edit.kinds["match"](), *natural().edits), Job(), 3)
    assert [(edit.id, note.split(" ")[0]) for edit, note in made.notes] == [("match", "No"), ("look", "The")]
    assert made.notes[1][0] == gone and "cannot be read" in made.notes[1][1] and len(made.edits) == 2


def test_it_can_be_stopped_while_it_is_written(photo, models, tmp_path):
    reports, path = [], tmp_path / "x.cube"
    path.write_text("as it was")

    def report(done):
        reports.append(done)
        if done > 0.75:
            job.cancel()

    job = Job(report)
    with pytest.raises(Cancelled):
        write_look(Engine(models), photo, natural(), path, job, 9)
    assert path.read_text() == "as it was" and list(tmp_path.glob("*.cube")) == [path]
    assert not list(tmp_path.glob(".*.part")) and reports == sorted(reports)


@pytest.mark.parametrize("on", [True, False])
def test_a_look_that_the_edits_read_is_not_written_over(photo, models, tmp_path, on):
    look = tmp_path / "w.cube"
    look.write_bytes(cube_text(identity(2) / 2))
    (tmp_path / "link.cube").symlink_to(look)
    (tmp_path / "to").mkdir()
    before = look.read_bytes()
    worn = recipe(Edit.kinds["look"](file=str(look)), *natural().edits).switch("look", on=on)
    for path in (look, tmp_path / "link.cube", tmp_path / "to" / ".." / "w.cube"):
        with pytest.raises(PhotoError, match="not written over"):
            write_look(Engine(models), photo, worn, path, Job(), 2)
    assert look.read_bytes() == before
    write_look(Engine(models), photo, worn, tmp_path / "other.cube", Job(), 2)
    assert (tmp_path / "other.cube").exists() and look.read_bytes() == before


def test_it_can_be_stopped(photo, models):
    job = Job()
    job.cancel()
    with pytest.raises(Cancelled):
        bake(Engine(models), photo, natural(), job)


def test_the_file_has_what_all_programs_read_and_nothing_else():
    table = identity(3)
    table[0, 0, 1] = -0.25, 1e-9, 1.5
    lines = cube_text(table, 'A "fine" Grün').decode("ascii").splitlines()
    assert lines[0] == 'TITLE "A _fine_ Gr_n"' and lines[1].startswith("#") and lines[2] == "LUT_3D_SIZE 3"
    assert lines[3:6] == ["0.000000 0.000000 0.000000", "-0.250000 0.000000 1.500000", "1.000000 0.000000 0.000000"]
    assert len(lines) == 3 + 27


@pytest.mark.parametrize("table", [np.zeros((2, 2, 3)), np.zeros((2, 3, 2, 3)), np.full((2, 2, 2, 3), np.nan)])
def test_what_is_no_table_is_not_written(table):
    with pytest.raises(ValueError, match="table"):
        cube_text(table.astype(np.float32))
