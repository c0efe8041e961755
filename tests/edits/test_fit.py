"""Fit: the product where a marketplace wants it, as large as it wants it, and not a pixel of it spoiled."""

import numpy as np
import pytest
from PIL import Image as Pillow

from editor import cli
from editor.core.engine import Engine, View
from editor.core.geometry import Region
from editor.core.job import Job
from editor.core.photo import Photo
from editor.core.recipe import Recipe
from editor.edits.fit import AS_PHOTO, OWN, Fit

GREEN = (30, 120, 60)


def cut_out(box, size=(600, 400), colour=GREEN, specks=()):
    """A photo of a rectangle (left, top, right, bottom) and single specks, with nothing around."""
    alpha = np.zeros(size[::-1], np.uint8)
    left, top, right, bottom = box
    alpha[top:bottom, left:right] = 255
    for x, y in specks:
        alpha[y : y + 3, x : x + 3] = 255
    return Photo("cut.png", np.full((*size[::-1], 3), colour, np.uint8), alpha)


def cooked(photo, edit, view=None):
    return Engine({}).render(photo, Recipe().put(edit), view or View(), Job())


def box_of(image):
    """Left, top, right, bottom of what is opaque, as fractions."""
    rows, columns = (np.flatnonzero((image.alpha > 0.5).any(axis)) for axis in (1, 0))
    width, height = image.size
    return columns[0] / width, rows[0] / height, (columns[-1] + 1) / width, (rows[-1] + 1) / height


@pytest.mark.parametrize("box", [(40, 250, 340, 350), (500, 10, 540, 390), (0, 0, 600, 400)])
@pytest.mark.parametrize("ratio", ["1:1", "4:5", "16:9"])
def test_the_product_is_in_the_middle_and_as_large_as_asked(box, ratio):
    out = cooked(cut_out(box), Fit(ratio=ratio, side=500.0, fill=80.0))
    left, top, right, bottom = box_of(out)
    assert (left + right) / 2 == pytest.approx(0.5, abs=0.005) and (top + bottom) / 2 == pytest.approx(0.5, abs=0.005)
    assert max(right - left, bottom - top) == pytest.approx(0.8, abs=0.01)
    across, down = map(int, ratio.split(":"))
    assert out.size == (round(500 * min(1, across / down)), round(500 * min(1, down / across)))
    shape = (right - left) * out.size[0] / ((bottom - top) * out.size[1])
    assert shape == pytest.approx((box[2] - box[0]) / (box[3] - box[1]), rel=0.06)


def test_the_size_of_the_canvas_needs_no_look_at_the_picture():
    assert Fit().canvas((600, 400)) == (2000, 2000)
    assert Fit(ratio="3:2", side=None).canvas((600, 400)) == (600, 400)
    assert Fit(ratio="2:3", side=None).canvas((600, 400)) == (400, 600)
    assert Fit(ratio=AS_PHOTO, side=900.0).canvas((600, 400)) == (900, 600)
    assert Fit(ratio=OWN, width=1600.0, height=1200.0).canvas((600, 400)) == (1600, 1200)
    for edit in (Fit(), Fit(ratio=OWN, height=640.0)):
        assert Recipe().put(edit).size((600, 400)) == edit.canvas((600, 400))
        assert edit.warp((600, 400)).size == edit.canvas((600, 400))


def test_the_margin_stays_free_on_every_side():
    left, top, right, bottom = box_of(cooked(cut_out((100, 50, 500, 350)), Fit(side=400.0, fill=100.0, margin=10.0)))
    assert min(left, top, 1 - right, 1 - bottom) == pytest.approx(0.1, abs=0.005)


def test_a_set_stands_on_one_line():
    edit = Fit(ratio="4:5", side=400.0, fill=80.0, align="baseline", baseline=85.0)
    for box in ((10, 20, 60, 390), (100, 300, 500, 390), (250, 10, 350, 110)):
        left, top, right, bottom = box_of(cooked(cut_out(box), edit))
        assert bottom == pytest.approx(0.85, abs=0.005) and top >= 0
        assert (left + right) / 2 == pytest.approx(0.5, abs=0.01)
    bottom = box_of(cooked(cut_out((10, 20, 60, 390)), Fit(side=400.0, margin=20.0, align="baseline")))[3]
    assert bottom == pytest.approx(0.8, abs=0.005)  # the margin counts below as well


def test_specks_do_not_count_and_stay():
    plain, dusty = (cut_out((200, 100, 400, 300), specks=s) for s in ((), ((2, 2), (590, 390))))
    whole = Engine({}).facts(dusty, Recipe().put(Fit()), Fit(), Job())
    assert whole.box == Engine({}).facts(plain, Recipe().put(Fit()), Fit(), Job()).box
    assert whole.box == pytest.approx((200 / 600, 100 / 400, 200 / 600, 200 / 400), abs=0.003) and not whole.note


@pytest.mark.parametrize("alpha", [None, 0])
def test_without_a_product_all_of_the_picture_is_fitted_and_it_says_so(alpha):
    plane = None if alpha is None else np.full((400, 600), alpha, np.uint8)
    photo = Photo("a.png", np.full((400, 600, 3), 99, np.uint8), plane)
    edit = Fit(side=300.0)
    facts = Engine({}).facts(photo, Recipe().put(edit), edit, Job())
    assert facts.box is None and facts.note == "No product was found; all of the picture is fitted."
    out = cooked(photo, edit)
    if alpha is None:
        assert box_of(out) == pytest.approx((0, 1 / 6, 1, 5 / 6), abs=0.004)
    else:
        assert not out.alpha.any()


def test_a_product_that_is_only_moved_keeps_its_pixels():
    rng = np.random.default_rng(1)
    alpha = np.zeros((60, 100), np.uint8)
    alpha[10:50, 20:80] = 255
    photo = Photo("n.png", rng.integers(0, 65536, (60, 100, 3), np.uint16), alpha.astype(np.uint16) * 257)
    out = cooked(photo, Fit(ratio=OWN, width=80.0, height=60.0, fill=75.0))  # 60 pixels of 80
    inside = np.round(out.rgb[10:50, 10:70] * 65535).astype(int)
    assert np.abs(inside - photo.samples[10:50, 20:80]).max() <= 1
    assert (out.alpha[10:50, 10:70] == 1).all() and out.alpha.sum() == pytest.approx(2400, abs=0.1)


def test_fine_cloth_makes_no_moire_when_shrunk():
    y, x = np.mgrid[0:1600, 0:1600]
    cloth = np.where((x + y) % 3 < 1, 255, 0).astype(np.uint8)[..., None].repeat(3, 2)
    alpha = np.zeros((1600, 1600), np.uint8)
    alpha[100:1500, 100:1500] = 255
    inside = cooked(Photo("c.png", cloth, alpha), Fit(side=271.0)).rgb[60:-60, 60:-60]
    assert inside.std() < 0.01 and inside.mean() == pytest.approx(1 / 3, abs=0.01)


@pytest.mark.parametrize("box", [(100, 50, 560, 350), (290, 190, 310, 210)])
@pytest.mark.parametrize("colour", [(20, 20, 20), (250, 250, 250)])
def test_the_edge_neither_rings_nor_changes_colour(box, colour):
    out = cooked(cut_out(box, colour=colour), Fit(side=333.0, fill=70.0))
    there = out.alpha > 0.002
    assert np.abs(out.rgb[there] - np.float32(colour[0] / 255)).max() < 2e-3
    wide = 2 + 3 * max(1, 0.7 * 333 / max(box[2] - box[0], box[3] - box[1]))  # pixels that the edge may take
    left, top, right, bottom = (v * 333 for v in box_of(out))
    beside = np.ones_like(there)
    beside[round(top - wide) : round(bottom + wide), round(left - wide) : round(right + wide)] = False
    assert not out.alpha[beside].any() and (out.on_white()[beside] == 1).all()


def test_parts_of_a_large_photo_are_parts_of_the_whole():
    rng = np.random.default_rng(2)
    photo = Photo(
        "l.png", rng.integers(0, 256, (900, 1300, 3), np.uint8), rng.integers(0, 2, (900, 1300), np.uint8) * 255
    )
    for edit in (Fit(side=420.0, margin=3.0), Fit(side=1500.0, fill=100.0)):
        for scale in (1.0, 0.37):
            whole = cooked(photo, edit, View(scale))
            for corner in ((0, 0), (31, 57), (101, 77)):
                region = Region(*corner, 64, 50).clip(whole.region)
                part = cooked(photo, edit, View(scale, region))
                assert np.abs(part.rgb - whole.crop(region).rgb).max() < 1e-4
                assert np.abs(part.alpha - whole.crop(region).alpha).max() < 1e-4


def test_what_is_enlarged_is_as_sharp_in_the_preview():
    rng = np.random.default_rng(3)
    coarse = np.kron(rng.integers(0, 2, (30, 40, 1)), np.ones((8, 8, 3))).astype(np.uint8) * 255
    photo = Photo("s.png", coarse, np.full((240, 320), 255, np.uint8))
    edit = Fit(side=1280.0, fill=100.0)
    file, preview = cooked(photo, edit).rgb, cooked(photo, edit, View(0.25)).rgb
    small = file.reshape(320, 4, 320, 4, 3).mean((1, 3))
    assert np.abs(preview - small).mean() < 0.02


def test_planes_come_along():
    photo = cut_out((100, 100, 200, 300)).with_matte(np.full((400, 600), 255, np.uint8))
    out = cooked(photo, Fit(side=300.0))
    assert out.matte is not None and out.matte.shape == (300, 300)
    assert out.matte[150, 150] == 1 and out.matte[5, 150] == 0 and out.alpha[150, 40] == 0  # fitted by the matte


def test_on_the_command_line(tmp_path):
    source, target = tmp_path / "in.png", tmp_path / "out.png"
    photo = cut_out((40, 250, 340, 350))
    Pillow.fromarray(np.dstack([photo.samples, photo.alpha])).save(source)
    assert cli.run(["apply", str(source), "-o", str(target), "--edit", "fit:ratio=1:1,fill=85,side=400"]) == 0
    with Pillow.open(target) as file:
        assert file.size == (400, 400) and file.mode == "RGBA"
        left, top, right, bottom = file.getchannel("A").point(lambda v: 255 * (v > 127)).getbbox()
    assert (left, right) == (30, 370) and (top + bottom) / 2 == pytest.approx(200, abs=1)


def test_who_gives_a_width_or_a_baseline_has_it():
    assert Fit().with_value("width", 900.0).canvas((600, 400)) == (900, 2000)
    assert Fit().with_value("baseline", 80.0).align == "baseline" and Fit().with_value("fill", 50.0) == Fit(fill=50.0)


def test_a_picture_without_a_product_is_no_product_on_its_canvas(models):
    from editor.edits.shadow import NOTHING, Shadow

    photo = Photo("grey.tif", np.full((60, 80, 3), 0.5, np.float32))
    recipe = Recipe().put(Fit(side=100)).put(Shadow(kind="reflection"))
    engine = Engine(models)
    out = engine.render(photo, recipe, View(), Job())
    assert out.matte.max() == 0 and engine.facts(photo, recipe, recipe.edits[1], Job()).note == NOTHING
    assert np.array_equal(out.alpha > 0, engine.render(photo, recipe.without("shadow"), View(), Job()).alpha > 0)
