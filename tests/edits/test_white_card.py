"""White card: the paper even and white, the product in its true colours, under light that is known."""

import numpy as np
import pytest

from editor.core.cms import encode
from editor.core.drawn import Points
from editor.core.edit import Edit
from editor.core.engine import Engine, View
from editor.core.job import Job
from editor.core.photo import Photo
from editor.core.recipe import Recipe
from editor.edits.crop import Crop
from editor.edits.cutout import Cutout
from editor.edits.white_card import NO_PAPER, WhiteCard
from tests.edits.lights import PAPER, RED, apart, drawn, lamp, linear_of, taken
from tests.edits.scenes import cooked, found

LIGHTS = {
    "from one side": lamp(),
    "a kitchen lamp, too dark": lamp(colour=(1, 0.75, 0.45), stops=-0.8),
    "a greenish tube": lamp(colour=(0.8, 1, 0.95), stops=-1),
    "steep": lamp(tilt=1.2, falloff=1.0, stops=-0.5),
}


@pytest.mark.parametrize("light", LIGHTS.values(), ids=LIGHTS.keys())
def test_paper_is_even_and_neutral_and_the_product_has_its_own_colours(light):
    reflected, product = drawn()
    out = cooked(taken(reflected * light), WhiteCard()).rgb
    truth = encode((reflected / PAPER[0]).astype(np.float32) * linear_of(0.97))
    paper = linear_of(out)[~product]
    assert np.abs(np.median(paper.reshape(-1, 3), 0) / linear_of(0.97) - 1).max() < 0.005
    blocks = linear_of(out)[:16].reshape(2, 8, 15, 16, 3).mean((1, 3))  # along the upper side, without the grain
    assert np.abs(blocks / linear_of(0.97) - 1).max() < 0.01
    assert apart(out, truth)[product].mean() < 1.5


def test_shadows_stay_shadows():
    reflected, product = drawn()
    x, y = np.meshgrid(np.linspace(-1, 1, 240), np.linspace(-1, 1, 180))
    shadow = 1 - 0.6 * np.exp(-(((x + 0.2) / 0.3) ** 2) - ((y - 0.6) / 0.12) ** 2)
    out = linear_of(
        cooked(taken(reflected * lamp(stops=-0.5) * shadow[..., None], noise=0), WhiteCard()).rgb
    ) / linear_of(0.97)
    deep = (shadow < 0.5) & ~product
    assert np.abs(out[deep].mean() / shadow[deep].mean() - 1) < 0.06
    assert np.abs(out[(shadow > 0.999) & ~product] - 1).max() < 0.02


@pytest.mark.parametrize("matte", [False, True])
def test_a_product_that_fills_most_of_the_frame_does_not_pass_for_paper(matte):
    reflected, _ = drawn()
    big = np.zeros(reflected.shape[:2], bool)
    big[20:170, 12:225] = True
    reflected[:] = PAPER
    reflected[big] = (0.2, 0.22, 0.5)
    photo = taken(reflected * lamp(stops=-0.5), matte=big if matte else None)
    out = cooked(photo, WhiteCard()).rgb
    truth = encode((reflected / PAPER[0]).astype(np.float32) * linear_of(0.97))
    assert apart(out, truth)[big].mean() < 3 and apart(out, truth)[~big].mean() < 2


COLOURED = {"red": (0.6, 0.1, 0.1), "blue": (0.2, 0.3, 0.7), "green": (0.3, 0.6, 0.3), "yellow": (0.8, 0.65, 0.05),
            "black": (0.02, 0.02, 0.02)}  # fmt: skip


@pytest.mark.parametrize("paper", COLOURED.values(), ids=COLOURED.keys())
def test_coloured_paper_is_left_alone(paper):
    reflected, _ = drawn(products=((0.8, 0.8, 0.8), (0.3, 0.3, 0.3)), paper=paper)
    photo = taken(reflected * lamp())
    assert found(photo, WhiteCard()).note == NO_PAPER
    assert np.array_equal(cooked(photo, WhiteCard()).rgb, photo.at().rgb)


def test_without_paper_nothing_changes_and_it_says_so(photo):
    rough = np.random.default_rng(3).random((90, 120, 3)).astype(np.float32)
    for each in (taken(rough), Photo("t.png", np.full((90, 120, 3), 255, np.uint8), np.zeros((90, 120), np.uint8))):
        assert found(each, WhiteCard()).note == NO_PAPER
        assert np.array_equal(cooked(each, WhiteCard()).rgb, each.at().rgb)


def test_a_click_says_that_it_is_paper_whatever_its_colour():
    reflected, product = drawn(paper=COLOURED["yellow"])
    photo = taken(reflected * lamp(stops=-0.5))
    out = cooked(photo, WhiteCard(paper=((0.9, 0.1),))).rgb
    assert np.abs(out[~product].mean(0) - 0.97).max() < 0.02
    framed = (Crop(rectangle=(0.5, 0.0, 0.5, 0.5)), WhiteCard(paper=((0.9, 0.1),)))
    assert found(photo, framed[1], framed[0]).note == "" and cooked(photo, *framed).rgb[4, -4].min() > 0.9
    beside = WhiteCard(paper=((0.1, 0.9),))
    assert found(photo, beside, framed[0]).note == NO_PAPER  # what was clicked has been cropped away
    assert isinstance(WhiteCard.params()["paper"], Points)


def test_nothing_is_clipped_that_was_not_and_nothing_lost_beyond():
    reflected, _ = drawn()
    linear = reflected * lamp(stops=-1.0)
    ramp = np.linspace(0, 1.2, 240)
    picture = encode(linear.astype(np.float32))
    picture[60:70] = ramp[None, :, None]  # a glint, brighter than the paper, to beyond white
    out = cooked(Photo("g.tif", picture), WhiteCard()).rgb
    row, was = out[65], picture[65]
    assert (row[was < 0.999] < 1).all() and (np.diff(row, axis=0) > 0).all()
    assert (row[was > 1.01] > 1).all()


def test_strength_level_and_order():
    photo = taken(drawn()[0] * lamp(stops=-1.0))
    none, half, whole = (cooked(photo, WhiteCard(strength=s)).rgb for s in (0.0, 50.0, 100.0))
    assert np.array_equal(none, photo.at().rgb)
    assert np.abs(half - (none + whole) / 2).max() < 1e-5
    assert cooked(photo, WhiteCard(level=92.0)).rgb[:20].mean() == pytest.approx(0.92, abs=0.005)
    before = [kind.id for kind in sorted(Edit.kinds.values(), key=lambda k: (k.stage, k.order))]
    assert before.index("white_card") < before.index("match") < before.index("exposure")


@pytest.mark.parametrize("share", [(0.55, 0.45, 0.37), (0.6, 0.6, 0.6)], ids=["beige", "grey"])
def test_a_pale_product_is_not_taken_for_the_paper(models, share):
    """It fills most of the frame, and is as smooth as the paper beside it."""
    big = np.zeros((180, 240), bool)
    big[10:180, 50:190] = True
    reflected = np.where(big[..., None], share, PAPER)
    photo, edit = taken(reflected * lamp(tilt=0.2, falloff=0.1, stops=-0.5)), WhiteCard()
    out = Engine(models).render(photo, Recipe().put(edit), View(), Job()).rgb
    truth = encode((reflected / PAPER[0]).astype(np.float32) * linear_of(0.97))
    assert models["cutout"].runs, "without a matte nobody but the network knows the product"
    assert apart(out, truth)[big].mean() < 2.5 and apart(out, truth)[~big].mean() < 2.5


def test_what_a_product_outshines_is_no_white_paper():
    reflected, product = drawn(((0.9, 0.88, 0.85),) * 2, (0.4, 0.4, 0.4))
    assert found(taken(reflected, matte=product), WhiteCard()).note == NO_PAPER
    reflected, product = drawn(((0.4, 0.4, 0.4),) * 2, (0.9, 0.88, 0.85))
    assert found(taken(reflected * 0.9, matte=product), WhiteCard()).note == ""


def test_a_small_grey_wall_is_not_lifted_to_white():
    big = np.zeros((180, 240), bool)
    big[:, 40:225] = True
    for wall, note in ((0.15, NO_PAPER), (0.6, "")):
        reflected = np.where(big[..., None], RED if wall > 0.2 else (0.05, 0.02, 0.02), (wall,) * 3)
        assert found(taken(reflected, matte=big), WhiteCard()).note == note


@pytest.mark.parametrize("known", [True, False])
def test_beside_a_grey_table_that_was_clicked_a_pink_product_stays_pink_and_keeps_its_detail(known):
    reflected, product = drawn(((0.84, 0.7, 0.71),) * 2, (0.45, 0.47, 0.45))
    reflected[80:84, 60:140] *= 0.9  # a seam, brighter than the table
    photo = taken(reflected * lamp(tilt=0.2, falloff=0.1), noise=0, matte=product if known else None)
    out = cooked(photo, WhiteCard(paper=((0.05, 0.95), (0.95, 0.95), (0.05, 0.5)))).rgb
    inner = out[product]
    assert np.abs(np.median(out[~product], 0) - 0.97).max() < 0.02
    assert (inner.max(1) < 1).all() and (inner.min(1) < 254.5 / 255).all()
    assert (inner[:, 0] > inner[:, 1] + 0.03).mean() > 0.95
    assert out[74:78, 80:120].mean() > out[81:83, 80:120].mean() + 0.002


def test_where_the_photo_is_transparent_nobody_can_click_paper():
    reflected, product = drawn(((0.4, 0.4, 0.4),) * 2, (0.6, 0.6, 0.6))
    samples = (encode(reflected.astype(np.float32)) * 255).astype(np.uint8)
    photo = Photo("c.png", samples, product.astype(np.uint8) * 255)
    for clicked in ((), ((0.05, 0.05),)):
        assert found(photo, WhiteCard(paper=clicked)).note == NO_PAPER
    out = cooked(photo, WhiteCard(paper=((0.05, 0.05), (0.4, 0.5)))).rgb
    assert np.abs(out[product] - 0.97).max() < 0.02  # grey, but someone has said that it is paper


@pytest.mark.parametrize("grain", [0.0, 0.06])
def test_paper_is_as_white_with_its_grain_as_where_that_has_averaged_out(grain):
    photo = taken(drawn(paper=(0.5, 0.5, 0.5))[0], noise=grain)
    edit = WhiteCard(paper=((0.05, 0.1), (0.9, 0.9)))
    file = cooked(photo, edit).rgb[:16].mean()
    assert abs(cooked(photo, edit, view=View(0.25)).rgb[:4].mean() - file) < 0.03 and file > 0.93


def test_dragging_its_sliders_studies_nothing_again():
    first = WhiteCard()
    assert first.question() == WhiteCard(strength=3.0, level=99.0).question()
    assert first.question() != WhiteCard(paper=((0.5, 0.5),)).question()


def test_after_a_cut_out_the_matte_is_kept(photo, models):
    recipe = Recipe().put(Cutout()).put(WhiteCard())
    out = Engine(models).render(photo, recipe, View(), Job())
    alone = Engine(models).render(photo, Recipe().put(Cutout()), View(), Job())
    assert np.array_equal(out.matte, alone.matte) and np.array_equal(out.alpha, alone.alpha)


def test_paper_is_lifted_by_five_and_a_half_stops_and_no_further():
    for linear, wanted in ((0.03, linear_of(0.97)), (0.005, 0.005 * 47.6)):
        dark = encode(np.full((90, 120, 3), linear, np.float32))
        out = cooked(Photo("d.tif", dark), WhiteCard(paper=((0.5, 0.5),))).rgb
        assert linear_of(out).mean() == pytest.approx(wanted, rel=0.05)
