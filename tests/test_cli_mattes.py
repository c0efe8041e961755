"""Command line: mattes beside the pictures, and what a person should know of what was found."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pytest
from PIL import Image as Pillow

from editor.core.edit import Edit, Facts, Stage, kind_of
from editor.core.matte_file import keep_matte, read_matte
from editor.core.params import slider
from editor.core.photo import Photo
from editor.core.recipe import Recipe
from editor.core.sheet import Sheet
from editor.core.shot import Shot
from editor.core.sidecar import write_sheet


@pytest.fixture
def studies():
    """An edit that says that the product is where it is bright, and tells where nothing is: how often it has looked."""
    looked = []

    @dataclass(frozen=True)
    class Found(Facts):
        there: bool

        @property
        def note(self):
            return "" if self.there else "No product was found; nothing is cut out."

    class Bright(Edit):
        id, title, stage = "test_bright", "Bright", Stage.CUTOUT
        level: float = slider(0.5, "Level", 0, 1)

        def question(self):
            return self.level

        def study(self, look, models, job):
            looked.append(self.level)
            return Found(bool((look.small.rgb.mean(2) > self.level).any()))

        def apply(self, image, facts, models, job):
            if not facts.there:
                return image
            return replace(image, matte=(image.rgb.mean(2) > self.level).astype(np.float32))

    yield looked
    del Edit.kinds["test_bright"]


def test_the_matte_is_written_beside_each_picture(packshot, studies, photo_file, tmp_path, capsys):
    out = tmp_path / "out"
    second = photo_file.with_name("second.png")
    second.write_bytes(photo_file.read_bytes())
    assert (
        packshot("apply", photo_file, second, "-o", out, "--edit", "test_bright", "--format", "jpg", "--save-matte")
        == 0
    )
    names = [f"{photo_file.stem}-matte.png", f"{photo_file.stem}.jpg", "second-matte.png", "second.jpg"]
    assert sorted(p.name for p in out.iterdir()) == names
    matte = read_matte(out / names[0])
    assert matte.shape == (150, 200) and set(np.unique(matte)) == {0, 255}
    assert len(studies) == 2, "it looked at a photo more than once"
    assert "found" not in capsys.readouterr().err


def test_what_was_found_wrong_stands_under_the_photo_and_is_no_failure(
    packshot, studies, photo_file, tmp_path, capsysbinary
):
    out = tmp_path / "out.png"
    assert packshot("apply", photo_file, "-o", out, "--edit", "test_bright:level=1", "--save-matte") == 0
    heard = capsysbinary.readouterr().err.decode().splitlines()
    assert heard[1:] == [
        "    test_bright: No product was found; nothing is cut out.",
        "    out-matte.png is not written: nothing says where the product is",
    ]
    assert out.exists() and not (tmp_path / "out-matte.png").exists()
    assert packshot("apply", photo_file, "-o", "-", "--edit", "test_bright:level=1,name=sole") == 0
    assert "    test_bright sole: No product" in capsysbinary.readouterr().err.decode()


def test_many_photos_close_with_how_many_have_a_note(packshot, studies, photo_file, tmp_path, capsys):
    dark, light = photo_file.with_name("dark.png"), photo_file.with_name("light.png")
    Pillow.new("RGB", (40, 30), "black").save(dark)
    Pillow.new("RGB", (40, 30), "white").save(light)
    broken = tmp_path / "broken.png"
    broken.write_bytes(b"no picture")
    call = ["-o", tmp_path / "out", "--edit", "test_bright", "--overwrite"]
    assert packshot("apply", dark, light, *call) == 0
    assert capsys.readouterr().err.splitlines()[-1] == "packshot: 1 of 2 with a note, see above"
    assert packshot("apply", dark, light, broken, dark, *call) == 2
    said = capsys.readouterr().err.splitlines()
    assert said[-2:] == ["packshot: 1 of 4 with a note, see above", "packshot: 2 of 4 were not written"]
    for quiet in ((dark,), (light, photo_file)):  # of one it stands just above
        assert packshot("apply", *quiet, *call[:1], tmp_path / "out" / "", *call[2:]) == 0
        assert "with a note" not in capsys.readouterr().err


def test_what_was_transparent_and_is_on_white_is_told(packshot, tmp_path, capsysbinary):
    clear, opaque, out = tmp_path / "clear.png", tmp_path / "opaque.png", tmp_path / "out.jpg"
    picture = Pillow.new("RGBA", (40, 30), (255, 0, 0, 255))
    picture.save(opaque)
    picture.putpixel((20, 15), (255, 0, 0, 0))
    picture.save(clear)
    note, edit = "    is on white: JPEG has no transparency", ("--edit", "exposure:stops=0.1")

    def heard(*arguments):
        assert packshot("apply", *arguments, *edit, "--overwrite") == 0
        return capsysbinary.readouterr().err.decode().splitlines()[1:]

    assert heard(clear, "-o", out) == heard(clear, "-o", "-", "--format", "jpg") == [note]
    assert heard(opaque, "-o", out) == heard(clear, "-o", tmp_path / "out.png") == []
    assert heard(clear, "-o", out, "--edit", "background") == []
    several = heard(clear, opaque, "-o", tmp_path / "many", "--format", "jpg")
    assert note in several and "with a note" not in several[-1]  # that counts what was found out about the product


def test_the_depth_of_a_matte_is_that_of_the_picture(packshot, studies, photo_file, tmp_path):
    out = tmp_path / "out.tif"
    assert packshot("apply", photo_file, "-o", out, "--edit", "test_bright", "--depth", "16", "--save-matte") == 0
    with Pillow.open(tmp_path / "out-matte.png") as picture:
        assert picture.mode == "I;16"


def test_a_matte_is_not_written_over_a_photo(packshot, studies, photo_file, tmp_path, capsys):
    other = tmp_path / "bottle-matte.png"
    other.write_bytes(photo_file.read_bytes())
    assert packshot("apply", photo_file, other, "-o", tmp_path, "--overwrite", "--save-matte") == 2
    assert "its matte would be written over" in capsys.readouterr().err
    assert np.array_equal(Photo.open(other).samples, Photo.open(photo_file).samples)
    assert packshot("apply", photo_file, "-o", "-", "--save-matte") == 2
    assert "standard output" in capsys.readouterr().err


def test_a_matte_kept_beside_the_photo_counts(packshot, photo_file, tmp_path):
    matte = np.zeros((150, 200), np.uint8)
    matte[30:90, 20:60] = 200
    keep_matte(photo_file, matte)
    assert packshot("apply", photo_file, "-o", tmp_path / "out.png", "--save-matte") == 0
    assert np.array_equal(read_matte(tmp_path / "out-matte.png"), matte)


def test_a_photo_in_the_folder_of_mattes_is_not_its_own_matte(packshot, tmp_path, capsys):
    Pillow.new("RGB", (40, 30), "gray").save(tmp_path / "shoe.jpg")
    out = tmp_path / "out.png"
    assert packshot("apply", tmp_path / "shoe.jpg", "-o", out, "--matte", tmp_path) == 2
    assert "has no matte of its name" in capsys.readouterr().err
    Pillow.fromarray(np.uint8([[0] * 20 + [255] * 20] * 30)).save(tmp_path / "shoe.png")
    assert packshot("apply", tmp_path / "shoe.jpg", "-o", out, "--matte", tmp_path) == 0
    assert np.asarray(Pillow.open(out))[15, [5, 35], 3].tolist() == [0, 255]


def half_and_half(path):
    Pillow.fromarray(np.uint8([[0] * 20 + [255] * 20] * 30)).save(path)
    return path


def test_a_matte_cuts_out_a_photo_with_other_edits_beside_it_too(packshot, tmp_path):
    photo, out = tmp_path / "shoe.png", tmp_path / "out.png"
    Pillow.new("RGB", (40, 30), "gray").save(photo)
    write_sheet(Shot(photo), Sheet(Recipe().put(kind_of("exposure")())))
    assert packshot("apply", photo, "-o", out, "--matte", half_and_half(tmp_path / "m.png")) == 0
    assert np.asarray(Pillow.open(out))[15, [5, 35], 3].tolist() == [0, 255]


def test_what_was_cut_away_is_not_in_the_file_of_a_photo_with_alpha_either(packshot, tmp_path):
    photo, out = tmp_path / "shoe.png", tmp_path / "out.png"
    Pillow.new("RGBA", (40, 30), (90, 20, 20, 255)).save(photo)
    assert packshot("apply", photo, "-o", out, "--matte", half_and_half(tmp_path / "m.png")) == 0
    assert np.asarray(Pillow.open(out))[15, [5, 35]].tolist() == [[255, 255, 255, 0], [90, 20, 20, 255]]
