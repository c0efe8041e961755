"""Shadow: under the product and nowhere else, where light would not come to."""

from dataclasses import replace

import numpy as np
import pytest

from editor.core.engine import View
from editor.core.geometry import Region
from editor.core.image import Image
from editor.core.job import Job
from editor.core.photo import Photo
from editor.edits.fit import Fit
from editor.edits.shadow import CAST, CONTACT, OWN, REFLECTION, Ground, Shadow
from tests.edits.scenes import cooked, found, mug

FOOT = 160  # the row that the mug stands on


def thrown(edit, photo=None):
    """How dark the shadow is, beside the product."""
    photo = photo or mug()
    return cooked(photo, edit).alpha - photo.at().alpha


@pytest.mark.parametrize("kind", [CONTACT, CAST, REFLECTION])
def test_it_lies_under_the_product_which_stays_as_it_is(kind):
    photo = mug()
    out, before = cooked(photo, Shadow(kind=kind)), photo.at()
    solid = before.alpha == 1
    assert np.abs(out.rgb[solid] - before.rgb[solid]).max() < 1e-6 and (out.alpha[solid] == 1).all()
    assert (out.alpha >= before.alpha - 1e-6).all() and out.alpha[FOOT + 1, 105] > 0.2
    assert np.array_equal(out.matte, before.alpha)  # the product is where it was
    assert (out.alpha[:20] == before.alpha[:20]).all() and not out.alpha[-3:, :3].any()  # and its shadow ends


def test_a_contact_shadow_is_darkest_where_it_touches_and_stays_near():
    dark = thrown(Shadow(strength=100.0))
    under = dark[FOOT:, 70:140].mean(1)
    assert under[0] > 0.5 and under[:4].min() > 3 * under[12] and (np.diff(under[1:]) < 1e-3).all()
    assert not dark[:100].any()
    assert dark[FOOT + 1, 178] < 0.3 * dark[FOOT + 1, 105]  # under the handle, which is in the air


def test_strength_and_softness():
    weak, strong = (thrown(Shadow(strength=s)) for s in (25.0, 75.0))
    assert np.abs(3 * weak - strong).max() < 1e-3
    assert not thrown(Shadow(strength=0.0)).any()
    hard, soft = (thrown(Shadow(softness=s)) for s in (0.0, 100.0))
    assert (soft > 0).sum() > 1.5 * (hard > 0).sum() and soft[FOOT - 1, 105] < hard[FOOT - 1, 105]


def test_a_cast_shadow_falls_where_it_is_sent():
    right, left, near = (
        thrown(Shadow(kind=CAST, angle=a, length=far, softness=10.0))
        for a, far in ((20.0, 60.0), (160.0, 60.0), (-90.0, 25.0))
    )
    assert right[130:158, 190:].max() > 0.3 and not right[130:158, :40].any()
    assert left[130:158, :40].max() > 0.3 and left[:, 200:].max() < 0.05
    assert near[FOOT + 12, 80:130].min() > 0.3 and right[FOOT + 12, 80:130].max() < 0.1
    higher = thrown(Shadow(kind=CAST, angle=90.0, length=130.0, softness=0.0))
    assert higher[30:45, 80:130].min() > 0.2 and not right[30:45].any()  # it looks out above the mug


def test_a_reflection_is_upside_down_and_fades():
    y = np.mgrid[0:200, 0:240][0]
    bands = np.where((y > 140)[..., None], (200, 30, 30), (30, 30, 200)).astype(np.uint8)
    photo = Photo("b.png", bands, mug().alpha)
    out = cooked(photo, Shadow(kind=REFLECTION, strength=80.0, softness=5.0, length=60.0))
    near, far = out.rgb[FOOT + 8, 105], out.rgb[FOOT + 33, 105]
    assert near[0] > 2 * near[2] and far[2] > 2 * far[0]
    seen = out.alpha[FOOT + 1 :, 105]
    assert seen[0] > 0.6 and (np.diff(seen) < 1e-3).all() and seen[-1] < 0.15 and out.alpha[FOOT + 2, 30] == 0


def test_held_above_the_ground_there_is_a_gap():
    for kind in (CONTACT, REFLECTION):
        on, above = (thrown(Shadow(kind=kind, distance=d, softness=0.0))[:, 105] for d in (0.0, 20.0))
        assert on[FOOT] > 0.3 and above[FOOT + 5] < 0.02 and above[FOOT + 20 : FOOT + 26].max() > 0.2


def test_the_photos_own_shadow():
    photo, shade = mug(), np.zeros((200, 240), np.float32)
    shade[150:180, 40:200] = 0.5
    image = replace(photo.at(), shade=shade)
    out = Shadow(kind=OWN, strength=60.0).apply(image, Ground(), {}, Job())
    assert out.alpha[170, 50] == pytest.approx(0.3) and (out.rgb[170, 50] == 0).all() and out.alpha[190, 50] == 0
    assert out.alpha[155, 100] == 1 and np.array_equal(out.rgb[155, 100], image.rgb[155, 100])
    assert found(photo, Shadow(kind=OWN)).note == "The photo's own shadow is not known; cut the product out first."
    assert np.array_equal(cooked(photo, Shadow(kind=OWN)).alpha, photo.at().alpha)


@pytest.mark.parametrize("alpha", [None, 0])
@pytest.mark.parametrize("kind", [OWN, CONTACT, CAST, REFLECTION])
def test_without_a_cut_out_there_is_none_and_it_says_so(kind, alpha):
    plane = None if alpha is None else np.full((60, 80), alpha, np.uint8)
    photo = Photo("p.png", np.full((60, 80, 3), 90, np.uint8), plane)
    out = cooked(photo, Shadow(kind=kind))
    assert np.array_equal(out.rgb, photo.at().rgb) and (out.alpha is None if alpha is None else not out.alpha.any())
    assert found(photo, Shadow(kind=kind)).note == "There is no cut-out that could throw a shadow."


@pytest.mark.parametrize("kind", [CONTACT, CAST, REFLECTION])
def test_on_a_canvas_parts_and_previews_are_of_the_whole(kind):
    photo, edits = mug(), (Fit(side=1500.0, fill=60.0), Shadow(kind=kind))
    whole = cooked(photo, *edits)
    for region in (Region(300, 1000, 200, 180), Region(0, 1100, 333, 77)):
        part = cooked(photo, *edits, view=View(1.0, region))
        assert np.abs(part.alpha - whole.crop(region).alpha).max() < 1e-4
        assert np.abs(part.on_white() - whole.crop(region).on_white()).max() < 1e-4
    preview = cooked(photo, *edits, view=View(0.2)).on_white()
    assert np.abs(preview - whole.on_white().reshape(300, 5, 300, 5, 3).mean((1, 3))).mean() < 0.005


def test_it_needs_to_look_again_only_for_what_changes_its_shape():
    one = Shadow(kind=CONTACT)
    assert one.question() == replace(one, strength=10.0, angle=90.0, length=80.0).question()
    assert one.question() != replace(one, softness=90.0).question()
    assert replace(one, kind=CAST).question() != replace(one, kind=CAST, angle=90.0).question()


def test_facts_are_counted_in_bytes():
    facts = found(mug(), Shadow())
    assert isinstance(facts, Ground) and facts.nbytes == facts.drawn.nbytes == 2 * 200 * 240
    assert isinstance(cooked(mug(), Shadow()), Image)
