"""Background: what is behind a product, white to the last bit where white is asked for."""

import os

import numpy as np
import pytest
from PIL import Image as Pillow

from editor import cli
from editor.core import engine as engine_module
from editor.core.color import OUTPUT_SPACES, Space
from editor.core.engine import Engine, View
from editor.core.formats import PhotoError
from editor.core.geometry import Region
from editor.core.job import Job
from editor.core.photo import Photo
from editor.core.recipe import Recipe
from editor.edits.background import COLOUR, GRADIENT, PICTURE, TRANSPARENT, WHITE, Background
from editor.edits.fit import Fit
from editor.edits.shadow import Shadow
from tests.edits.scenes import cooked, found, mug, written
from tests.icc import cmyk_profile

SCENE = (Fit(side=203.0, fill=70.0), Shadow())  # a size that JPEG's blocks do not divide


def nothing_there(*edits):
    """Where a scene has neither product nor shadow."""
    return cooked(mug(), *edits).alpha == 0


@pytest.mark.parametrize(("suffix", "bits", "most"), [(".png", 8, 255), (".png", 16, 65535), (".tif", 16, 65535)])
@pytest.mark.parametrize("profile", ["photo", *OUTPUT_SPACES])
def test_white_is_white(tmp_path, suffix, bits, most, profile):
    edits = (*SCENE, Background())
    path = written(mug(bits=bits), tmp_path / f"w{suffix}", *edits, profile=profile)
    out, empty = Photo.open(path), nothing_there(*SCENE)
    assert out.alpha is None and out.samples.dtype.itemsize == bits // 8 and empty.mean() > 0.3
    assert (out.samples[empty] == most).all()
    assert (out.samples[~empty] == most).mean() < 0.2


@pytest.mark.parametrize("quality", [5, 20, 44, 60, 80, 95, 100])
@pytest.mark.parametrize(("subsampling", "side"), [("4:4:4", 8), ("4:2:0", 16)])
def test_white_is_white_after_jpeg(tmp_path, quality, subsampling, side):
    path = written(mug(), tmp_path / "w.jpg", *SCENE, Background(), quality=quality, subsampling=subsampling)
    with Pillow.open(path) as file:
        out = np.asarray(file)
    there = ~nothing_there(*SCENE)
    blocks = np.pad(there, [(0, -203 % side)] * 2).reshape(-(-203 // side), side, -(-203 // side), side).any((1, 3))
    clear = ~blocks.repeat(side, 0).repeat(side, 1)[:203, :203]
    if subsampling == "4:2:0":  # the decoder mixes colours with those of the block beside, by up to a pixel
        near = np.pad(clear, 1, constant_values=True)
        clear = np.logical_and.reduce([near[y : y + 203, x : x + 203] for y in range(3) for x in range(3)])
    assert clear.mean() > 0.2 and (out[clear] == 255).all()


@pytest.mark.parametrize("space", [Space("CMYK", cmyk_profile()), Space("CMYK"), Space("GRAY")], ids=str)
def test_in_ink_and_in_grey_white_is_the_papers(tmp_path, space):
    photo = Photo("p.tif", mug().samples[..., :1].repeat(space.channels, 2), mug().alpha, space)
    out = Photo.open(written(photo, tmp_path / "p.tif", Background()))
    white = out.space.from_working(np.ones((1, 1, 3), np.float32))[0, 0]
    assert (out.samples[:40, :40] == np.round(255 * white)).all() and out.alpha is None
    assert out.space.profile is not None or (out.samples[0, 0] == (0 if space.model == "CMYK" else 255)).all()
    assert (out.space.model == "CMYK") == (space.model == "CMYK")


def test_the_product_stays_and_its_edge_is_mixed():
    photo = mug()
    out, image = cooked(photo, Background(kind=COLOUR, colour="#336699")), photo.at()
    solid, edge = image.alpha == 1, (image.alpha > 0.3) & (image.alpha < 0.7)
    back = np.array([0x33, 0x66, 0x99], np.float32) / 255
    assert np.array_equal(out.rgb[solid], image.rgb[solid]) and out.alpha is None
    assert np.abs(out.rgb[image.alpha == 0] - back).max() < 1e-6
    a = image.alpha[edge][:, None]
    assert edge.any() and np.abs(out.rgb[edge] - (a * image.rgb[edge] + (1 - a) * back)).max() < 1e-6
    assert np.array_equal(out.product, image.alpha)  # where the product is stays known


def test_transparent_leaves_all_as_it_is(tmp_path):
    photo = mug()
    out = cooked(photo, Background(kind=TRANSPARENT))
    assert np.array_equal(out.alpha, photo.at().alpha) and np.array_equal(out.rgb, photo.at().rgb)
    with Pillow.open(written(photo, tmp_path / "t.png", Background(kind=TRANSPARENT))) as file:
        assert file.mode == "RGBA"
    with Pillow.open(written(photo, tmp_path / "w.png", Background())) as file:
        assert file.mode == "RGB"


def test_a_gradient_goes_where_it_is_sent():
    two = {"kind": GRADIENT, "colour": "#000000", "second": "#ffffff"}
    right, up, round_ = (
        cooked(mug(), Background(**two, **how)).rgb[..., 0]
        for how in ({"angle": 0.0}, {"angle": 90.0}, {"shape": "radial"})
    )
    assert right[2, 0] < 0.01 and right[2, -1] > 0.99 and np.ptp(right[:40, 7]) < 1e-6
    assert up[0, 3] > 0.99 and up[-1, 3] < 0.01 and right[2, 120] == pytest.approx(0.5, abs=0.01)
    assert round_[0, 0] > 0.98 and round_[30, 120] < round_[5, 120] < round_[5, 40]


def test_a_picture_covers_all_from_its_middle(tmp_path):
    wide = np.zeros((100, 300, 3), np.uint8)
    wide[:, :100, 0], wide[:, 100:200, 1], wide[:, 200:, 2] = 255, 255, 255
    path = tmp_path / "a, wide.png"
    Pillow.fromarray(wide).save(path)
    photo = Photo("m.png", mug().samples[:, :200].copy(), np.zeros((200, 200), np.uint8))
    out = cooked(photo, Background(kind=PICTURE, picture=str(path)))
    facts = found(photo, Background(kind=PICTURE, picture=str(path)))
    assert facts.nbytes == facts.picture.nbytes > 0, "a remembered picture counts as memory"
    assert np.abs(out.rgb[100, 10:190] - (0, 1, 0)).max() < 0.02  # 100 of its 300 columns
    part = cooked(photo, Background(kind=PICTURE, picture=str(path)), view=View(1.0, Region(33, 50, 60, 60)))
    assert np.abs(part.rgb - out.crop(part.region).rgb).max() < 1e-4


def test_a_picture_is_read_once_for_many_changes(tmp_path, monkeypatch):
    path = tmp_path / "b.png"
    Pillow.fromarray(np.full((40, 40, 3), 128, np.uint8)).save(path)
    opened = []
    read = engine_module.beside
    monkeypatch.setattr(engine_module, "beside", lambda name: opened.append(name) or read(name))
    engine, photo = Engine({}), mug()
    for strength in (10.0, 50.0, 90.0):
        recipe = Recipe().put(Shadow(strength=strength)).put(Background(kind=PICTURE, picture=str(path)))
        out = engine.render(photo, recipe, View(), Job())
        assert out.rgb[2, 2] == pytest.approx(128 / 255, abs=0.003)
    assert len(opened) == 1


def test_without_a_picture_it_stays_transparent_and_says_so():
    edit = Background(kind=PICTURE)
    assert cooked(mug(), edit).alpha is not None and edit.transparent(True)
    assert found(mug(), edit).note == "No picture was chosen for the background."


@pytest.mark.parametrize("kind", [WHITE, TRANSPARENT, COLOUR, GRADIENT, PICTURE])
def test_without_a_cut_out_nothing_changes_and_it_says_so(kind):
    photo = Photo("p.png", mug().samples)
    assert np.array_equal(cooked(photo, Background(kind=kind)).rgb, photo.at().rgb)
    assert found(photo, Background(kind=kind)).note == "There is no cut-out to put a background behind."


def test_a_picture_that_cannot_be_read_is_told_in_a_line(tmp_path, capsys):
    source, target, none = tmp_path / "in.png", tmp_path / "out.jpg", tmp_path / "none.png"
    Pillow.fromarray(np.dstack([mug().samples, mug().alpha])).save(source)
    with pytest.raises(PhotoError, match=r"none\.png"):
        cooked(mug(), Background(kind=PICTURE, picture=str(none)))
    edit = f"background:kind=picture,picture={none}"
    assert cli.run(["apply", str(source), "-o", str(target), "--edit", edit]) == 2
    told = capsys.readouterr().err.splitlines()
    assert any("none.png" in line and "packshot: " in line for line in told) and not target.exists()
    assert not any("Traceback" in line for line in told)


def test_a_comma_in_the_name_of_a_file_on_the_command_line(tmp_path):
    source, target, back = tmp_path / "in.png", tmp_path / "out.png", tmp_path / "a, b.png"
    Pillow.fromarray(np.dstack([mug().samples, mug().alpha])).save(source)
    Pillow.fromarray(np.full((30, 30, 3), (9, 99, 199), np.uint8)).save(back)
    edit = f"background:kind=picture,picture={back},angle=5"
    assert cli.run(["apply", str(source), "-o", str(target), "--edit", edit]) == 0
    with Pillow.open(target) as file:
        assert file.getpixel((1, 1)) == (9, 99, 199)


def test_who_gives_a_colour_or_a_picture_sees_it():
    plain = Background()
    assert plain.with_value("colour", "#aabbcc").kind == COLOUR and plain.with_value("angle", 3.0).kind == GRADIENT
    assert plain.with_value("picture", "a.png").kind == PICTURE and plain.with_value("picture", "").kind == WHITE
    assert Background(kind=GRADIENT).with_value("colour", "#aabbcc").kind == GRADIENT
    assert Background(kind=COLOUR).with_value("kind", WHITE) == plain


def test_a_picture_that_has_changed_is_read_anew(tmp_path):
    path, photo = tmp_path / "wood.png", mug()
    recipe, engine, seen = Recipe().put(Background(kind="picture", picture=str(path))), Engine({}), []
    for colour in ((200, 20, 20), (20, 20, 200)):
        Pillow.new("RGB", (40, 30), colour).save(path)
        os.utime(path, ns=(len(seen), len(seen)))
        seen.append(engine.render(photo, recipe, View(), Job()).rgb[0, 0])
    assert seen[0][0] > 0.7 and seen[1][2] > 0.7 and seen[1][0] < 0.2
