"""Recolouring from the command line: what is written, what is said of it, and several parts by name."""

import numpy as np
import pytest
from PIL import Image as Pillow

from editor.core.matte_file import keep_matte
from editor.core.photo import Photo
from tests.edits.wares import BLUE, apart, lit, rgb_of, shirt


@pytest.fixture
def shirts(tmp_path):
    """Two photos of a shirt, with mattes."""
    ware = shirt((150, 120))
    paths = [tmp_path / f"{name}.png" for name in ("one", "two")]
    for path in paths:
        Pillow.fromarray((ware.coloured(BLUE).clip(0, 1) * 255 + 0.5).astype(np.uint8)).save(path)
        keep_matte(path, (ware.matte * 255 + 0.5).astype(np.uint8))
    return paths


def test_a_target_is_hit_and_its_distance_is_printed(packshot, shirts, tmp_path, capsys):
    out = tmp_path / "out.png"
    assert packshot("apply", shirts[0], "-o", out, "--edit", "recolor:target=#b01c2e") == 0
    said = capsys.readouterr().err
    line = next(line for line in said.splitlines() if "ΔE2000" in line)
    assert line.strip().startswith("recolor: ΔE2000 to target: ") and float(line.split()[-1]) < 2
    inside = lit(shirt((150, 120)))
    made = Photo.open(out).at(1.0).rgb
    assert np.median(apart(made, np.broadcast_to(rgb_of("#b01c2e"), made.shape))[inside]) < 6


def test_a_target_outside_srgb_is_written_and_warned_of(packshot, shirts, tmp_path, capsys):
    edit = "recolor:target=lab(60 -95 50)"
    assert packshot("apply", *shirts, "-o", tmp_path / "out", "--edit", edit) == 0
    said = capsys.readouterr().err
    assert said.count("recolor: The target lies outside sRGB") == 2 and "2 of 2 with a note" in said
    assert packshot("apply", *shirts, "-o", tmp_path / "in", "--edit", "recolor:target=#1f4e79") == 0
    said = capsys.readouterr().err
    assert said.count("ΔE2000") == 2 and "with a note" not in said
