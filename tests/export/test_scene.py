"""Scene: drawn products are the same for a seed, change where they have the colour, and are as bright as photos are."""

from __future__ import annotations

from csv import DictReader
from pathlib import Path

import cv2
import numpy as np
import pytest
import torch

from export.cli import main
from export.colours import decode
from export.data.recoloured import pairs
from export.data.scene import Scenes, albedos, scenes

WHITE, BLACK = 0.85, 0.02


def generator(seed: int = 0) -> torch.Generator:
    return torch.Generator().manual_seed(seed)


@pytest.fixture(scope="module")
def drawn() -> Scenes:
    return scenes(24, 96, generator())


def test_a_seed_gives_the_same_scenes(drawn: Scenes) -> None:
    again, other = scenes(24, 96, generator()), scenes(24, 96, generator(1))
    for name, layer in vars(drawn).items():
        assert torch.equal(layer, getattr(again, name)), name
    assert not torch.equal(drawn.light, other.light)


def test_they_are_drawn_on_whichever_device_is_asked_for() -> None:
    for seed in range(6):  # clothes and solids; where tensors of two devices met, it would be refused
        elsewhere = scenes(4, 64, generator(seed), "meta")
        assert all(layer.device.type == "meta" for layer in vars(elsewhere).values())
        assert elsewhere.coloured(albedos(4, generator())).device.type == "meta"


def test_layers_are_in_range(drawn: Scenes) -> None:
    for name, layer in vars(drawn).items():
        assert layer.isfinite().all(), name
        assert layer.shape[0] == 24, name
    assert 0 <= float(drawn.matte.min()) <= float(drawn.matte.max()) <= 1
    assert bool((drawn.cover <= drawn.matte + 1e-6).all()) and float(drawn.cover.min()) >= 0
    assert float(drawn.shine.min()) >= 0 and float(drawn.light.min()) >= 0
    assert float((drawn.glow * (drawn.matte > 0.999)).abs().max()) < 1e-3


def test_there_is_a_product_in_each_and_most_of_it_has_the_colour(drawn: Scenes) -> None:
    product = drawn.matte.mean((1, 2, 3))
    assert bool((product > 0.04).all()) and bool((product < 0.95).all())
    assert float((drawn.cover.mean((1, 2, 3)) / product).mean()) > 0.7


def test_another_colour_changes_nothing_where_there_is_none(drawn: Scenes) -> None:
    one, other = (drawn.coloured(albedos(24, generator(seed))) for seed in (2, 3))
    apart = (one - other).abs().amax(1, keepdim=True)
    elsewhere = (drawn.cover == 0) & (drawn.glow == 0)
    assert float(apart[elsewhere].max()) == 0
    assert float(apart[drawn.cover > 0.9].mean()) > 0.05


def test_light_is_linear_in_the_colour() -> None:
    plain = scenes(4, 64, generator(7))
    plain = Scenes(**{**vars(plain), "contrast": torch.zeros(4, 1, 1, 1)})

    low, middle, high = (decode(plain.coloured(torch.full((4, 3), level))) for level in (0.1, 0.2, 0.3))
    fits = (high < 0.98).all(1, keepdim=True).expand_as(high)
    assert float((middle - (low + high) / 2).abs()[fits].max()) < 1e-4


def test_black_is_dark_and_white_is_bright(drawn: Scenes) -> None:
    black, white = (drawn.coloured(torch.full((24, 3), level)) for level in (BLACK, WHITE))
    inside = (drawn.cover > 0.95).expand_as(black)
    assert float(black[inside].median()) < 0.25
    assert float(white[inside].median()) > 0.7
    assert float(black[inside].quantile(0.999)) > 0.3, "highlights stay, whatever the colour"


def test_colours_are_of_all_kinds() -> None:
    many = albedos(4000, generator())
    assert many.shape == (4000, 3)
    assert float(many.min()) > 0 and float(many.max()) < 0.93
    assert float((many.amax(1) < 0.03).float().mean()) > 0.03, "blacks"
    assert float((many.amin(1) > 0.7).float().mean()) > 0.03, "whites"
    assert float((many.amin(1) < 0.2 * many.amax(1)).float().mean()) > 0.2, "saturated ones"
    leading = torch.bincount(many.argmax(1), minlength=3) / 4000
    assert float(leading.min()) > 0.15, "of all hues"


def test_they_are_written_as_pairs(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["scenes", "--to", str(tmp_path / "a"), "--count", "5", "--size", "128", "--seed", "3"]) == 0
    assert "5 things" in capsys.readouterr().out
    assert main(["scenes", "--to", str(tmp_path / "b"), "--count", "5", "--size", "128", "--seed", "3"]) == 0
    first, second = (sorted((tmp_path / name).glob("*.png")) for name in "ab")
    assert len(first) == 5 * 6
    assert [f.read_bytes() for f in first] == [f.read_bytes() for f in second]
    with (tmp_path / "a" / "recolor_pairs.csv").open(encoding="utf-8") as text:
        rows = list(DictReader(text))
    assert len(rows) == 5 and all(row["color_a"].startswith("#") for row in rows)
    cover = cv2.imread(str(tmp_path / "a" / rows[0]["file_a"].replace("-a", "-cover")), cv2.IMREAD_GRAYSCALE)
    matte = cv2.imread(str(tmp_path / "a" / rows[0]["file_a"].replace("-a", "-matte")), cv2.IMREAD_GRAYSCALE)
    assert (cover.astype(int) <= matte.astype(int) + 1).all() and np.max(matte) == 255
    assert len(pairs([tmp_path / "a"], measuring=None)) >= 4
