"""Where the product is goes with the picture, whatever becomes of its alpha and its frame."""

from dataclasses import dataclass

import numpy as np
import pytest

from editor.core.edit import Edit, Facts, Stage
from editor.core.engine import FACTS_BYTES, Engine, View
from editor.core.geometry import Region
from editor.core.image import Image
from editor.core.job import Job
from editor.core.params import slider
from editor.core.photo import Photo
from editor.core.recipe import Recipe
from editor.core.warp import Warp

RGB = np.random.default_rng(0).random((60, 80, 3)).astype(np.float32)
MATTE = np.zeros((60, 80), np.uint8)
MATTE[20:40, 30:60] = 255


def test_the_matte_in_force_is_that_of_a_cut_out_before_the_alpha():
    alpha, matte = np.full((60, 80), 0.5, np.float32), np.ones((60, 80), np.float32)
    assert Image(RGB.copy()).product is None
    assert Image(RGB.copy(), alpha).product is alpha
    assert Image(RGB.copy(), alpha, matte=matte).product is matte


def test_planes_are_cropped_along():
    plane = np.arange(4800, dtype=np.float32).reshape(60, 80)
    part = Image(RGB.copy(), plane, matte=plane / 2, shade=plane / 4).crop(Region(3, 5, 10, 7))
    assert part.alpha[0, 0] == 5 * 80 + 3 and part.matte[0, 0] == part.alpha[0, 0] / 2
    assert part.shade.shape == (7, 10) and not part.shade.flags.writeable
    assert part.nbytes == 70 * 4 * 6


def test_a_photos_matte_comes_with_every_part_and_size_of_it():
    photo = Photo("a.tif", RGB.copy()).with_matte(MATTE)
    assert np.array_equal(photo.at().matte, MATTE / np.float32(255))
    assert photo.at(0.25).matte.shape == (15, 20) and photo.at(0.25).matte[7, 11] == pytest.approx(1, abs=0.01)
    region = Region(25, 15, 20, 20)
    assert np.array_equal(photo.at(1.0, region).matte, photo.at().crop(region).matte)
    assert photo.at().alpha is None and Photo("a.tif", RGB.copy()).at().matte is None


@pytest.mark.parametrize("size", [(30, 40), (120, 160), (59, 79)])
def test_a_matte_of_another_size_is_brought_to_the_photos(size):
    small = np.zeros(size, np.uint8)
    small[size[0] // 3 : size[0] * 2 // 3, size[1] * 3 // 8 : size[1] * 3 // 4] = 255
    matte = Photo("a.tif", RGB.copy()).with_matte(small).at().matte
    assert matte.shape == (60, 80) and np.abs(matte - MATTE / 255).mean() < 0.06


def test_a_matte_of_other_proportions_is_refused():
    with pytest.raises(ValueError, match="40 x 40 pixels does not fit 80 x 60"):
        Photo("a.tif", RGB.copy()).with_matte(np.zeros((40, 40), np.uint8))


@pytest.mark.parametrize(("wide", "high"), [(1, 1), (2, 2), (12, 16), (20, 15)])
def test_a_matte_that_is_next_to_nothing_is_refused(wide, high):
    with pytest.raises(ValueError, match=f"{wide} x {high} pixels is too small"):
        Photo("a.tif", RGB.copy()).with_matte(np.zeros((high, wide), np.uint8))


@pytest.mark.parametrize(("photo", "matte"), [((1, 1), (1, 1)), ((80, 10), (80, 10)), ((80, 10), (160, 20))])
def test_a_photo_that_is_as_small_has_a_matte_of_its_own_size(photo, matte):
    told = Photo("a.tif", np.zeros((photo[1], photo[0], 3), np.float32)).with_matte(np.full(matte[::-1], 255, np.uint8))
    assert told.at().matte.shape == photo[::-1] and told.at().matte.min() == 1


@pytest.mark.parametrize(
    ("photo", "matte", "fits"),
    [
        ((400, 301), (21, 16), True),
        ((400, 301), (21, 18), False),
        ((100, 67), (600, 400), True),  # the photo's own size was rounded
        ((100, 67), (600, 420), False),
    ],
)
def test_the_proportions_may_differ_by_what_rounding_does(photo, matte, fits):
    rgb, there = np.zeros((photo[1], photo[0], 3), np.float32), np.zeros(matte[::-1], np.uint8)
    if fits:
        assert Photo("a.tif", rgb).with_matte(there).at().matte.shape == photo[::-1]
    else:
        with pytest.raises(ValueError, match="does not fit"):
            Photo("a.tif", rgb).with_matte(there)


@dataclass(frozen=True)
class Found(Facts):
    at: int
    weight: int = 0

    @property
    def nbytes(self) -> int:
        return self.weight


@pytest.fixture
def placing():
    class Placing(Edit):
        """Moves what is brightest to the left edge of a canvas of 20 x 20."""

        id = "test_placing"
        title = "Placing"
        stage = Stage.SCENE
        order = -1
        heavy: float = slider(0, "Weight", 0, 1000)

        def transparent(self, before):
            return True

        def question(self):
            return self.heavy

        def study(self, look, models, job):
            Placing.studied.append(look.size)
            column = int(look.small.rgb.sum((0, 2)).argmax()) + 0.0
            return Found(round(column / look.small.size[0] * look.size[0]), int(self.heavy * 2**20))

        def warp(self, size):
            return Warp((20, 20), size)

        def placed(self, size, facts):
            return Warp.of((20, 20), size, np.array([[1, 0, facts.at], [0, 1, 0], [0, 0, 1.0]]))

        def apply(self, image, facts, models, job):
            left, top = (round(v) for v in facts.warp.matrix[2:6:3])
            there = Region(left + facts.region.x, top + facts.region.y, *facts.region[2:])
            out = image.crop(there)
            return Image(out.rgb.copy(), scale=image.scale, origin=facts.region[:2])

    Placing.studied = []
    yield Placing
    del Edit.kinds["test_placing"]


def test_an_edit_frames_the_picture_by_what_it_has_found(placing):
    rgb = np.zeros((60, 80, 3), np.float32)
    rgb[:, 47] = 1
    engine, photo, recipe = Engine({}), Photo("a.tif", rgb), Recipe().put(placing())
    out = engine.render(photo, recipe, View(), Job())
    assert out.size == (20, 20) == recipe.size(photo.size) and out.rgb[:, 0].min() == 1 and out.rgb[:, 1:].max() == 0
    part = engine.render(photo, recipe, View(1.0, Region(0, 5, 3, 4)), Job())
    assert np.array_equal(part.rgb, out.crop(Region(0, 5, 3, 4)).rgb)
    assert tuple(out.warp.before(np.array([(0.5, 0.5)]))[0]) == (47.5, 0.5)
    assert placing.studied == [(80, 60)], "it is studied once"


def test_what_was_found_out_is_kept_up_to_a_number_of_bytes(placing):
    engine, photo = Engine({}), Photo("a.tif", RGB.copy())
    for weight in (60, 61, 62, 60):
        engine.facts(photo, Recipe().put(placing(heavy=weight)), placing(heavy=weight), Job())
    assert FACTS_BYTES < 3 * 60 << 20
    assert len(placing.studied) == 4, "the first was dropped for the others"


def test_scene_edits_are_cooked_in_their_order():
    from editor.edits.background import Background
    from editor.edits.fit import Fit
    from editor.edits.shadow import Shadow

    recipe = Recipe().put(Background()).put(Shadow()).put(Fit())
    assert [e.id for e in recipe.edits] == ["fit", "shadow", "background"]
    assert Recipe.from_json(recipe.to_json()) == recipe


def test_a_recipe_knows_whether_its_picture_may_be_transparent():
    from editor.edits.background import Background
    from editor.edits.cutout import Cutout

    cut = Recipe().put(Cutout())
    assert not Recipe().transparent(False) and Recipe().transparent(True)
    assert cut.transparent(False) and not cut.put(Background()).transparent(False)
