"""Whereabouts: who is asked where the product is, and what of the picture is shown."""

import numpy as np
import pytest

from editor.core.image import Image
from editor.core.job import Job
from editor.craft.whereabouts import product_in, smaller

OVAL = np.hypot(*np.meshgrid(np.linspace(-2, 2, 60), np.linspace(-2, 2, 40))) < 1


def photo(**planes):
    return Image(np.where(OVAL[..., None], 0.2, 0.9).astype(np.float32).repeat(3, 2), **planes)


def test_a_matte_and_a_cut_out_photo_say_it_themselves(models):
    matte = OVAL.astype(np.float32)
    assert product_in(photo(matte=matte), models, Job()) is matte
    assert product_in(photo(alpha=matte), models, Job()) is matte
    assert not models["cutout"].runs


@pytest.mark.parametrize("alpha", [None, 1.0, 0.7])
def test_else_the_network_is_asked_and_without_one_nobody_knows(models, alpha):
    plane = None if alpha is None else np.full(OVAL.shape, alpha, np.float32)
    found = product_in(photo(alpha=plane), models, Job())
    assert len(models["cutout"].runs) == 1 and ((found > 0.5) == OVAL).mean() > 0.95
    assert product_in(photo(alpha=plane), {}, Job()) is None


def test_what_is_hidden_is_not_shown(models):
    alpha = np.where(OVAL, np.float32(1), np.float32(0.6))
    first = photo(alpha=alpha)
    asked = []
    models["cutout"].run = lambda pixels, job: asked.append(pixels) or np.ones((*OVAL.shape, 1), np.float32)
    assert product_in(first, models, Job()) is None, "all of the picture is no product"
    assert np.array_equal(asked[0], first.on_white())


def test_a_large_picture_is_made_smaller_and_a_small_one_left():
    large = np.zeros((30, 90, 3), np.float32)
    assert smaller(large, 45).shape == (15, 45, 3) and smaller(large, 90).shape == large.shape
