"""What every edit promises. A new edit is tested here by being there."""

import json
from dataclasses import replace
from itertools import product
from pathlib import Path

import numpy as np
import pytest
from PIL import Image as Pillow

from editor.core.color import Space
from editor.core.curve import STRAIGHT, Curve
from editor.core.drawn import Points, Rectangle, Stroke, Strokes
from editor.core.edit import SOURCES, Edit, Stage
from editor.core.engine import GRID, Engine, View
from editor.core.geometry import Region
from editor.core.job import Cancelled, Job
from editor.core.params import Choice, Colour, File, Network, Picture, Slider, Toggle
from editor.core.photo import Photo
from editor.core.recipe import Recipe
from editor.edits import discover

discover()

PICTURE = Path(__file__).parents[1] / "golden" / "format-1.png"
WARM = Path(__file__).with_name("warm.cube")


def variants(kind):
    """The edit as it comes, and with each parameter at its ends; on a small canvas, where it has one of its own."""
    plain = kind(**{name: 240.0 for name in ("side", "width", "height") if name in kind.params()})
    yield plain
    for name, param in kind.params().items():
        match param:
            case Slider() if hasattr(plain, "canvas") and param.unit == "px":
                values = (param.low, 333.0, *([None] if param.automatic else []))
            case Slider():
                values = (param.low, (param.low + param.high) / 2, param.high)
            case Toggle():
                values = (False, True)
            case Choice():
                values = param.options
            case Colour():
                values = ("#d8c8b0", "#000000", *([None] if param.optional else []))
                values += ("lab(50 110 65)",) if param.wide else ()
            case Network():
                values = ("",)
            case Picture():
                values = ("", str(PICTURE))
            case File():
                values = ("", str(WARM))
            case Curve():
                bent = ((0.0, 0.05), (0.25, 0.2), (0.6, 0.75), (1.0, 1.0))
                values = (STRAIGHT, bent, ((0.1, 0.0), (0.9, 0.95)))
            case Rectangle():
                values = ((0.0, 0.0, 1.0, 1.0), (0.125, 0.25, 0.5, 0.625), (0.3, 0.1, 0.05, 0.77))
            case Points():
                values = (getattr(plain, name), ((0.1, 0.05), (0.9, 0.0), (1.0, 1.0), (0.0, 0.9))[: param.most])
            case Strokes():
                first, last = (param.marks or ("",))[0], (param.marks or ("",))[-1]
                across = Stroke(((0.2, 0.3), (0.7, 0.5), (0.7, 0.9)), 0.2, 0.3, mark=first)
                beside = Stroke(((1.2, 0.1),), 0.5, 0.0, mark=last)
                values = ((), (across, Stroke(((0.4, 0.4),), 0.1, 1.0, erase=True), beside))
            case _:
                pytest.fail(f"no values to try for {param}")
        for value in values:
            yield replace(plain, **{name: value})


every = pytest.mark.parametrize("edit", [e for k in Edit.kinds.values() for e in variants(k)], ids=str)
toning = pytest.mark.parametrize(
    "edit",
    [e for k in Edit.kinds.values() if k.stage in (Stage.TONE, Stage.DETAIL) for e in variants(k)],
    ids=str,
)
every_kind = pytest.mark.parametrize("kind", Edit.kinds.values(), ids=list(Edit.kinds))


def cook(photo, edit, models, view=None):
    if edit.stage == Stage.SCENE and photo.alpha is None:  # which is made for what was cut out
        photo = cut_out(photo)
    return Engine(models).render(photo, Recipe().put(edit), view or View(), Job())


def cut_out(photo):
    """The photo with an oval left of it."""
    width, height = photo.size
    y, x = np.mgrid[0:height, 0:width]
    far = np.hypot((x - 0.45 * width) / (0.3 * width), (y - 0.55 * height) / (0.35 * height))
    alpha = ((1 - far) * 0.3 * height + 0.5).clip(0, 1)
    kind = photo.samples.dtype
    return Photo(photo.path, photo.samples, (alpha * np.iinfo(kind).max).astype(kind), photo.space)


@every
def test_result_is_a_finite_picture_of_the_same_place(edit, photo, models):
    out = cook(photo, edit, models)
    assert out.rgb.dtype == np.float32 and np.isfinite(out.rgb).all()
    assert (out.size, out.origin, out.scale) == (Recipe().put(edit).size(photo.size), (0, 0), 1.0)
    assert not out.rgb.flags.writeable


@every
def test_alpha_sixteen_bits_and_wide_colours_survive(edit, image, models):
    alpha = np.linspace(0, 1, image.rgb[..., 0].size, dtype=np.float32).reshape(image.rgb.shape[:2])
    wide = image.with_rgb(image.rgb * 1.5 - 0.2).with_alpha(alpha)
    photo = Photo("wide.tif", np.array(wide.rgb), np.array(alpha))
    out = cook(photo, edit, models)
    shown = out.rgb
    if not edit.transparent(True):
        assert out.alpha is None
    elif warp := edit.warp(photo.size):
        assert out.alpha is not None and out.alpha.shape == (warp.size[1], warp.size[0])
        shown = out.rgb if edit.stage != Stage.SCENE else out.rgb[out.alpha > 0.01]  # where there is nothing is black
    elif edit.stage == Stage.SCENE:
        assert (out.alpha >= alpha - 1e-6).all()
    elif edit.stage == Stage.CUTOUT and edit != type(edit)():  # told to find another matte than the photo's own
        assert out.alpha.shape == alpha.shape and out.alpha.dtype == np.float32
    elif edit.explored and edit != type(edit)():  # told to give the product another shape
        assert out.alpha.shape == alpha.shape and 0 <= out.alpha.min() <= out.alpha.max() <= 1
    else:
        assert np.array_equal(out.alpha, alpha)
    assert (shown == 0).mean() < 0.01 and (shown == 1).mean() < 0.01, "clipped to sRGB"


@toning
def test_colours_that_a_photo_came_without_change_nothing_that_is_seen(edit, photo, models):
    alpha = np.asarray(cut_out(photo).alpha)
    shown = []
    for hidden in (0, 255):
        samples = np.where(alpha[..., None] > 0, photo.samples, np.uint8(hidden))
        out = cook(Photo(photo.path, samples, alpha.copy(), photo.space), edit, models)
        shown.append(out.rgb[alpha > 0])
    assert 0.2 < (alpha > 0).mean() < 0.8 and np.allclose(*shown, atol=1e-6)


@toning
def test_what_says_that_it_changes_nothing_does_and_nothing_else(edit, photo, models):
    engine, recipe = Engine(models), Recipe().put(edit)
    facts = engine.facts(photo, recipe, edit, Job())
    before = engine.render(photo, Recipe(), View(), Job()).rgb
    colours = edit.colours(before, facts)
    nothing = edit.changes_nothing(facts) or colours is before
    assert np.array_equal(engine.render(photo, recipe, View(), Job()).rgb, before) == nothing
    assert not edit.changes_nothing(facts) or colours is None or colours is before


@every_kind
def test_what_it_says_of_pictures_it_was_at(kind, photo, models):
    assert kind.digital_source in SOURCES
    if not kind.brings_colour:  # a grey photo is then written in grey
        grey = Photo("g.png", np.asarray(photo.samples)[..., :1].copy(), space=Space("GRAY"))
        assert np.ptp(cook(grey, kind(), models).rgb.mean((0, 1))) < 0.01


@every
def test_same_in_same_out(edit, photo, models):
    assert np.array_equal(cook(photo, edit, models).rgb, cook(photo, edit, models).rgb)


@every
def test_a_region_is_a_crop_of_the_whole(edit, photo, models):
    for scale in (1.0, 0.5):
        whole = cook(photo, edit, models, View(scale))
        region = Region(21, 13, 50, 40).clip(whole.region)
        if region.empty:  # cropped to a sliver
            region = Region(1, 2, 4, 30).clip(whole.region)
        part = cook(photo, edit, models, View(scale, region))
        assert part.region == region
        assert np.abs(part.rgb - whole.crop(region).rgb).max() < 1e-4


@every
def test_the_preview_is_the_file_scaled_down(edit, photo, models):
    file, preview = cook(photo, edit, models), cook(photo, edit, models, View(0.25))
    file, preview = (i.on_white() if edit.stage == Stage.SCENE else i.rgb for i in (file, preview))
    size = preview.shape[1::-1]
    small = np.stack(
        [np.asarray(Pillow.fromarray(file[..., c]).resize(size, Pillow.Resampling.BOX)) for c in range(3)], 2
    )
    rim = min(2, (min(size) - 1) // 2)
    inside = np.s_[rim : size[1] - rim, rim : size[0] - rim]
    assert np.abs(preview[inside] - small[inside]).mean() < 0.03 * max(1, file.max())


@every
def test_survives_json(edit):
    assert Edit.from_dict(json.loads(json.dumps(edit.to_dict()))) == edit
    assert Recipe.from_json(Recipe().put(edit).to_json()).edits == (edit,)


@every
def test_survives_the_command_line(edit):
    for name, param in edit.params().items():
        value = getattr(edit, name)
        assert param.parse(param.format(value)) == value


@every_kind
def test_refuses_values_out_of_range(kind):
    for name, param in kind.params().items():
        if isinstance(param, Slider):  # and angles
            for value in (param.high + 1, param.low - 1):
                with pytest.raises(ValueError, match=f"{kind.id}: {name} .* not between"):
                    kind(**{name: value})
            for value in ("high", float("nan"), True):
                with pytest.raises(ValueError, match="not a number"):
                    kind(**{name: value})
        else:
            with pytest.raises(ValueError, match=kind.id):
                kind(**{name: 17})


@every_kind
def test_reach_is_not_negative_and_does_not_grow_as_the_picture_shrinks(kind):
    assert 0 <= kind().reach(0.25) <= kind().reach(1.0) < 16 * GRID


@every_kind
def test_no_parameter_takes_the_place_of_what_every_edit_can_do(kind):
    assert not {name for name in kind.params() if hasattr(Edit, name)}


@every_kind
def test_has_what_the_window_shows(kind):
    assert kind.title and kind.version >= 1
    assert all(param.title for param in kind.params().values())


@every
def test_a_stopped_job_stops(edit, photo, models):
    job = Job()
    job.cancel()
    with pytest.raises(Cancelled):
        Engine(models).render(photo, Recipe().put(edit), View(), job)


def standing(kind):
    """The edit with each combination of words that a person chooses between."""
    words = {name: param.options for name, param in kind.params().items() if isinstance(param, Choice)}
    small = {name: 240.0 for name in ("side", "width", "height") if name in kind.params()}
    return [kind(**small, **dict(zip(words, chosen, strict=True))) for chosen in product(*words.values())]


@every_kind
def test_what_is_idle_changes_nothing(kind, photo, models):
    for edit in standing(kind):
        idle = edit.idle()
        assert idle <= set(kind.params())
        ways = {n for n, p in kind.params().items() if isinstance(p, Choice) and n not in edit.idle()}
        assert ways or not idle, "there is no way back"
        if not idle:
            continue
        plain = cook(photo, edit, models)
        for other in variants(kind):
            changed = replace(edit, **{name: getattr(other, name) for name in idle})
            if changed != edit:
                out = cook(photo, changed, models)
                assert out.size == plain.size and np.array_equal(out.rgb, plain.rgb), changed
