"""Which photos are trained on, which are held out, and the patches cut from them."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest
import torch

from export.data.photos import Patches, find, held_out, pictures, read, samples


def test_one_photo_in_twenty_is_held_out_by_its_name() -> None:
    names = [f"photo{i}" for i in range(400)]
    kept = [name for name in names if held_out(Path(f"somewhere/{name}.jpg"))]
    assert kept == [name for name in names if int(sha256(name.encode()).hexdigest(), 16) % 20 == 0]
    assert 10 <= len(kept) <= 30
    assert all(held_out(Path(f"elsewhere/{name}.png")) for name in kept)


def test_folders_are_split_without_overlap(photos: Path) -> None:
    (photos / "notes.txt").write_text("no picture")
    trained, measured = find([photos]), find([photos], measuring=True)
    assert sorted(trained + measured) == sorted(pictures([photos]))
    assert len(trained) == 12 and len(measured) == 1


def test_patches_are_cut_from_the_photos(photos: Path) -> None:
    pool = Patches(find([photos]), 32, torch.device("cpu"))
    patches = pool.draw(6, 32, torch.Generator().manual_seed(0))
    assert patches.shape == (6, 3, 32, 32) and patches.dtype == torch.float32
    assert float(patches.min()) >= 0 and float(patches.max()) <= 1
    assert torch.equal(patches, pool.draw(6, 32, torch.Generator().manual_seed(0)))
    assert len(torch.unique(patches.flatten(1), dim=0)) == 6


def test_what_cannot_be_used_is_named(photos: Path, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no photo of at least 500 x 500"):
        Patches(find([photos]), 500, torch.device("cpu"))
    (tmp_path / "bad.png").write_bytes(b"no picture")
    with pytest.raises(ValueError, match=r"bad\.png"):
        read(tmp_path / "bad.png")


def test_samples_are_the_middles_of_held_out_photos(photos: Path) -> None:
    (first,) = pictures([photos])[:1]
    held = next(f"x{i}" for i in range(1000) if held_out(Path(f"x{i}")))
    first.rename(photos / f"{held}.png")
    found = samples([photos], size=64)
    assert [sample.shape for sample in found][:1] == [(1, 3, 64, 64)]
    assert len(found) == len(find([photos], measuring=True))
