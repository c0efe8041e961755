"""OKLab: the published numbers, there and back, also outside sRGB."""

import numpy as np
import pytest

from editor.core.lab import oklab
from editor.craft.oklab import encoded, light_from, light_of, oklab_of, oklab_of_light, rgb_from


def test_the_numbers_of_its_paper():
    """XYZ and OKLab of Ottosson's table, through linear sRGB."""
    xyz = np.array([[0.950, 1.0, 1.089], [1.0, 0, 0], [0, 1.0, 0], [0, 0, 1.0]])
    to_rgb = np.linalg.inv([[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750],
                            [0.0193339, 0.1191920, 0.9503041]])  # fmt: skip
    wanted = [[1.0, 0.0, 0.0], [0.450, 1.236, -0.019], [0.922, -0.671, 0.263], [0.153, -1.415, -0.449]]
    assert np.allclose(oklab_of_light((xyz @ to_rgb.T).astype(np.float32)), wanted, atol=2e-3)


@pytest.mark.parametrize("shape", [(3,), (40, 3), (9, 11, 3), (2, 3, 4, 3)])
def test_there_and_back(shape):
    rgb = np.random.default_rng(1).uniform(-0.2, 1.5, shape).astype(np.float32)
    assert oklab_of(rgb).shape == shape and oklab_of(rgb).dtype == np.float32
    assert np.allclose(rgb_from(oklab_of(rgb)), rgb, atol=5e-3)
    assert np.allclose(encoded(light_of(rgb)), rgb, atol=1e-4)
    assert np.allclose(light_from(oklab_of_light(rgb)), rgb, atol=1e-3)


def test_a_picture_has_what_one_colour_has():
    rgb = np.random.default_rng(2).uniform(-0.1, 1.2, (20, 3)).astype(np.float32)
    assert np.allclose(oklab_of(rgb), [oklab(*(float(v) for v in one)) for one in rgb], atol=1e-4)
