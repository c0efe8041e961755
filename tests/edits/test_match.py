"""Match: one set, one look; the same scene in other light comes back, other products keep their colours."""

import numpy as np
import pytest
import tifffile

from editor import cli
from editor.core.cms import encode
from editor.core.contact import contact
from editor.core.engine import Engine, View
from editor.core.job import Job
from editor.core.photo import Photo
from editor.core.recipe import Recipe
from editor.core.sheet import Sheet
from editor.core.shot import Shot
from editor.core.sidecar import write_sheet
from editor.craft.difference import lab_of
from editor.edits.exposure import Exposure
from editor.edits.match import BACKGROUND, EVERYTHING, PRODUCT, STRANGE, UNCHOSEN, UNFOUND, UNREAD, Likeness, Match
from editor.edits.vignette import Vignette
from tests.edits.lights import BLUE, RED, apart, drawn, taken, under

LIGHT = 0.8  # so that nothing is clipped
OTHER = {"beige": ((0.6, 0.5, 0.4), (0.5, 0.4, 0.3)), "black": ((0.02, 0.02, 0.02),) * 2, "blue": (BLUE, BLUE),
         "green and yellow": ((0.05, 0.3, 0.1), (0.7, 0.5, 0.1)), "white": ((0.8, 0.8, 0.8),) * 2}  # fmt: skip


@pytest.fixture
def reference(tmp_path):
    """The scene as it should look, written as a photo."""
    path = tmp_path / "hero.tif"
    linear = drawn()[0] * LIGHT
    samples = (encode(linear.astype(np.float32)) * 65535 + 0.5).astype(np.uint16)
    tifffile.imwrite(path, samples, photometric="rgb")
    return path


def matched(photo, models, **values):
    edit = Match(**values)
    engine, recipe = Engine(models), Recipe().put(edit)
    return engine.render(photo, recipe, View(), Job()).rgb, engine.facts(photo, recipe, edit, Job())


@pytest.mark.parametrize("compared", [PRODUCT, BACKGROUND, EVERYTHING])
@pytest.mark.parametrize(("temperature", "tint", "stops"), [(-1, 0.3, -1.2), (0.6, -0.3, -0.4), (-0.5, 0.6, 0.05)])
def test_the_same_scene_in_another_light_comes_back(reference, models, compared, temperature, tint, stops):
    wanted = Photo.open(reference).at().rgb
    photo = taken(under(drawn()[0] * LIGHT, temperature, tint, stops))
    out, facts = matched(photo, models, reference=str(reference), compared=compared)
    assert facts.note == "" and apart(photo.at().rgb, wanted).mean() > 8
    assert apart(out, wanted).mean() < 2


@pytest.mark.parametrize("colours", OTHER.values(), ids=OTHER.keys())
def test_other_products_on_the_same_paper_keep_their_colours(reference, models, colours):
    linear = drawn(products=colours)[0] * LIGHT
    plain = encode(linear.astype(np.float32))
    out, _ = matched(taken(linear), models, reference=str(reference))
    assert apart(out, plain).mean() < 0.8
    out, _ = matched(taken(under(linear, -0.6, 0.3, -1)), models, reference=str(reference))
    assert apart(out, plain).mean() < 2  # and get the set's light


def test_without_paper_a_red_product_does_not_turn_blue(tmp_path, models):
    dark = (0.03, 0.03, 0.03)
    path = tmp_path / "blue.tif"
    tifffile.imwrite(path, encode(drawn((BLUE, BLUE), dark)[0].astype(np.float32)), photometric="rgb")
    photo = taken(drawn((RED, RED), dark)[0])
    out, facts = matched(photo, models, reference=str(path))
    assert facts.note == "" and apart(out, photo.at().rgb).mean() < 0.5  # what it lies on has not changed
    photo = taken(drawn((RED, RED), (0.05, 0.3, 0.1))[0])
    out, facts = matched(photo, models, reference=str(path))
    assert np.array_equal(out, photo.at().rgb) and facts.note == STRANGE


CLOTH = (0.55, 0.1, 0.08)


@pytest.mark.parametrize("colours", [((0.15, 0.16, 0.17),) * 2, (BLUE, BLUE), ((0.8, 0.8, 0.8),) * 2])
@pytest.mark.parametrize(("temperature", "stops"), [(0.0, 0.0), (-0.3, -0.5)])
def test_without_paper_other_products_are_matched_by_the_cloth_that_they_lie_on(
    tmp_path, models, colours, temperature, stops
):
    path = tmp_path / "black.tif"
    tifffile.imwrite(path, encode(drawn(((0.02, 0.02, 0.02),) * 2, CLOTH)[0].astype(np.float32)), photometric="rgb")
    linear, product = drawn(colours, CLOTH)
    out, facts = matched(taken(under(linear, temperature, 0, stops), noise=0.001), models, reference=str(path))
    away = apart(out, encode(linear.astype(np.float32)))
    assert facts.note == "" and away[~product].mean() < 1 and away[product].mean() < 3


def test_without_paper_light_is_told_by_the_product(tmp_path, models):
    felt, products = (0.08, 0.1, 0.09), (RED, (0.5, 0.45, 0.4))
    path = tmp_path / "felt.tif"
    linear = drawn(products, felt)[0]
    tifffile.imwrite(path, encode(linear.astype(np.float32)), photometric="rgb")
    out, _ = matched(taken(under(linear, -0.5, 0.2, -0.8), noise=0.001), models, reference=str(path))
    assert apart(out, encode(linear.astype(np.float32))).mean() < 3


def test_another_tone_curve_is_matched_as_well(reference, models):
    wanted = Photo.open(reference).at().rgb
    flat = wanted + wanted * (1 - wanted) * (0.5 - 0.8 * wanted)
    out, _ = matched(Photo("f.tif", flat.astype(np.float32)), models, reference=str(reference), compared=EVERYTHING)
    before, after = apart(flat, wanted).mean(), apart(out, wanted).mean()
    assert after < 0.6 * before


def test_without_a_network_or_a_product_everything_is_compared(reference, models):
    photo = taken(under(drawn()[0] * LIGHT, 0.3, 0.0, -0.5))
    out, facts = matched(photo, {}, reference=str(reference))
    assert facts.note == UNFOUND and apart(out, Photo.open(reference).at().rgb).mean() < 2
    with_matte = taken(under(drawn()[0] * LIGHT, 0.3, 0.0, -0.5), matte=drawn()[1])
    runs = len(models["cutout"].runs)
    assert matched(with_matte, models, reference=str(reference))[1].note == ""
    assert len(models["cutout"].runs) == runs + 1  # for the reference alone


def test_a_reference_that_cannot_be_read_changes_nothing_and_is_told(tmp_path, models):
    photo = taken(drawn()[0])
    for reference, note in (("", UNCHOSEN), (str(tmp_path / "none.jpg"), UNREAD), (str(tmp_path), UNREAD)):
        out, facts = matched(photo, models, reference=reference)
        assert np.array_equal(out, photo.at().rgb) and facts.note == note


def test_nothing_is_clipped_and_a_ramp_stays_smooth_and_rising(reference, models):
    scene = under(drawn()[0] * LIGHT, -0.4, 0.0, -0.8)
    ramp = np.linspace(0, 1, 65536, dtype=np.float32)
    edit = Match(reference=str(reference))
    facts = matched(taken(scene), models, reference=str(reference))[1]
    out = edit.colours(np.repeat(ramp[None, :, None], 3, 2), facts)[0].astype(np.float64)
    steps = np.diff(out, axis=0)
    assert (steps >= 0).all() and (steps[:32768] > 0).all() and np.abs(out[0]).max() < 1e-6
    assert out[65000].max() < 1 and out[-1] == pytest.approx(1, abs=1e-6)
    assert np.abs(np.diff(steps.reshape(-1, 255, 3).sum(1), axis=0)).max() < 0.006
    beyond = edit.colours(np.array([[[1.2, 1.3, 1.4], [-0.1, -0.2, -0.05]]], np.float32), facts)[0]
    assert (beyond[0] > 1).all() and (beyond[1] < 0).all()


def test_light_and_colour_by_themselves_and_strength(reference, models):
    photo = taken(under(drawn()[0] * LIGHT, -0.6, 0.0, -1))
    values = {"reference": str(reference)}
    plain, (whole, _) = photo.at().rgb, matched(photo, models, **values)
    half, _ = matched(photo, models, strength=50.0, **values)
    assert np.abs(half - (plain + whole) / 2).max() < 1e-5
    light, colour = (
        matched(photo, models, **{w: False}, **values)[0][:20, :20].mean((0, 1)) for w in ("colour", "light")
    )
    before, after = plain[:20, :20].mean((0, 1)), whole[:20, :20].mean((0, 1))
    assert light[1] == pytest.approx(after[1], abs=0.03) and light[0] > light[2] + 0.05  # still warm
    assert np.ptp(colour) < 0.02 and colour.max() < before.max() < after.min()
    same = matched(photo, models, light=False, colour=False, **values)[0]
    assert np.array_equal(same, plain)
    assert Match(strength=3.0, light=False).question() == Match().question() != Match(compared=EVERYTHING).question()


def test_the_reference_counts_as_its_own_edits_leave_it(reference, models):
    plain = Photo.open(reference).at().rgb
    edited = Recipe().put(Exposure(stops=-0.8)).put(Match(reference=str(reference))).put(Vignette(amount=-80))
    wanted = Engine(models).render(Photo.open(reference), Recipe().put(Exposure(stops=-0.8)), View(), Job()).rgb
    photo = taken(drawn()[0] * LIGHT)
    out, _ = matched(photo, models, reference=str(reference))
    assert apart(out, plain).mean() < 1
    write_sheet(Shot(reference, 0), Sheet(edited))  # what hangs on yet another file, or comes later, is left out
    engine, recipe = Engine(models), Recipe().put(Match(reference=str(reference)))
    assert apart(engine.render(photo, recipe, View(), Job()).rgb, wanted).mean() < 2
    write_sheet(Shot(reference, 0), Sheet(Recipe()))  # and taken back
    assert apart(engine.render(photo, recipe, View(), Job()).rgb, plain).mean() < 1


def test_the_contact_sheet_shows_it(tmp_path, reference, monkeypatch):
    monkeypatch.setattr("editor.core.contact.BUDGET", 60)  # however busy the computer is
    source = tmp_path / "small.tif"
    linear = under(drawn()[0] * LIGHT, -0.6, 0.0, -1)
    tifffile.imwrite(source, (encode(linear.astype(np.float32)) * 65535).astype(np.uint16), photometric="rgb")
    recipe = Recipe().put(Match(reference=str(reference)))
    wanted = contact(reference, Recipe(), 120)
    assert apart(contact(source, Recipe(), 120).rgb, wanted.rgb).mean() > 8
    assert apart(contact(source, recipe, 120).rgb, wanted.rgb).mean() < 2


def test_on_the_command_line(tmp_path, reference):
    source, target = tmp_path / "in.tif", tmp_path / "out.tif"
    linear = under(drawn()[0] * LIGHT, -0.6, 0.0, -1)
    tifffile.imwrite(source, (encode(linear.astype(np.float32)) * 65535).astype(np.uint16), photometric="rgb")
    edit = f"match:reference={reference},compared=everything"
    assert cli.run(["apply", str(source), "-o", str(target), "--edit", edit]) == 0
    assert apart(Photo.open(target).at().rgb, Photo.open(reference).at().rgb).mean() < 2


def test_a_photo_matched_to_itself_stays(reference, models):
    photo = Photo.open(reference)
    out, _ = matched(photo, models, reference=str(reference))
    assert np.abs(lab_of(out.clip(0, 1)) - lab_of(photo.at().rgb)).max() < 0.05


def test_about_the_light_it_has_nothing_near_white_is_torn_apart():
    ramp = np.repeat(np.linspace(0, 1, 256, dtype=np.float32)[None, :, None], 3, 2)
    before = None
    for gain in np.arange(0.85, 1.0501, 0.005):
        out = Match(reference="x").colours(ramp, Likeness(exposure=float(np.log(gain))))
        assert np.diff(out, axis=1).max() * 255 < 1.5, gain  # was 4 levels, from the last below white to white
        assert before is None or np.abs(out - before).max() < 0.004, gain
        before = out


def test_a_cast_that_takes_from_one_channel_alone_tears_nothing_either():
    ramp = np.repeat(np.linspace(0, 1, 256, dtype=np.float32)[None, :, None], 3, 2)
    out = Match(reference="x").colours(ramp, Likeness(cast=(-0.05, 0.0, 0.05)))
    assert np.diff(out, axis=1).max() * 255 < 1.5 and np.diff(out, axis=1).min() > 0
