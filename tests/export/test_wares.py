"""Products are taken out of folders of photos, with what tables say of them, once."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest
import torch

from editor.core.job import Job
from export.data.photos import held_out
from export.data.wares import WORDS, attributes, count, over_white, ware, wares

HELD = next(n for n in range(30, 999) if held_out(Path(str(n))))


class Middle:
    """A network that finds what is red."""

    def __init__(self) -> None:
        self.asked = 0

    def run(self, pixels: np.ndarray, job: Job) -> np.ndarray:
        self.asked += 1
        return (pixels[..., :1] > pixels[..., 1:2] + 0.2).astype(np.float32)


def save(path: Path, box: tuple[int, int, int, int], behind: tuple[int, int, int] = (255, 255, 255)) -> None:
    """A red box in a photo of 100 x 80 px."""
    left, top, right, bottom = box
    picture = np.full((80, 100, 3), behind, np.uint8)
    picture[top:bottom, left:right] = (200, 20, 20)
    cv2.imwrite(str(path), picture[..., ::-1])


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    images = tmp_path / "shop" / "images"
    images.mkdir(parents=True)
    for number in range(30):
        save(images / f"{number}.png", (20, 10, 60 + number % 9, 70))
    save(images / f"{HELD}.png", (20, 10, 60, 70))
    save(images / "none.png", (0, 0, 0, 0))
    rows = [f"{n}.png,Men,{'Tshirts' if n % 2 else 'Flip Flops'},{'Navy Blue' if n % 3 else 'Plaid'},Casual"
            for n in range(0, 30, 2)] + ["1.png,,Tshirts,Rust,"]  # fmt: skip
    table = "\n".join(["file,gender,articleType,baseColour,usage", *rows])
    (images.parent / "attributes.csv").write_text(table, encoding="utf-8")
    return images


def test_products_come_with_what_is_said_of_them(shop: Path) -> None:
    made = wares([shop], 32, Middle(), keep=None)
    assert made.pictures.shape == (31, 4, 32, 32) and made.pictures.dtype == np.uint8, "none.png holds nothing"
    assert sorted(made.names, key=int) == [str(n) for n in (*range(30), HELD)]
    assert made.held.tolist() == [held_out(Path(name)) for name in made.names] and made.held.any()
    said = {kind: dict(zip(made.names, made.labels[kind].tolist(), strict=True)) for kind in WORDS}
    assert WORDS["category"][said["category"]["2"]] == "sandals" and said["category"]["3"] == -1
    assert WORDS["colour"][said["colour"]["2"]] == "navy" and said["colour"]["0"] == -1
    assert WORDS["category"][said["category"]["1"]] == "t-shirt" and WORDS["colour"][said["colour"]["1"]] == "brown"
    assert said["gender"]["1"] == -1 and WORDS["gender"][said["gender"]["2"]] == "men"
    middle = made.pictures[0][:, 16, 16]
    assert abs(int(middle[0]) - 200) <= 2 and middle[3] == 255 and made.pictures[0][:, 0, 0].tolist() == [255] * 3 + [0]


def test_what_was_made_once_is_kept(shop: Path, tmp_path: Path) -> None:
    model = Middle()
    first = wares([shop], 32, model, tmp_path / "kept")
    asked = model.asked
    again = wares([shop], 32, model, tmp_path / "kept")
    assert model.asked == asked and np.array_equal(first.pictures, again.pictures) and first.names == again.names
    assert all(np.array_equal(first.labels[kind], again.labels[kind]) for kind in WORDS)
    save(shop / "more.png", (20, 10, 60, 70))
    assert "more" in wares([shop], 32, model, tmp_path / "kept").names, "another photo, other wares"


def test_a_network_cuts_out_what_is_not_on_white(tmp_path: Path) -> None:
    model = Middle()
    save(tmp_path / "floor.png", (30, 20, 70, 60), behind=(90, 110, 60))
    found = ware(tmp_path / "floor.png", 32, model)  # type: ignore[arg-type]
    assert model.asked == 1 and found is not None and found[3, 16, 16] == 255 and found[3, 0, 0] == 0
    for box in ((0, 0, 4, 4), (0, 0, 100, 80)):  # nearly nothing, and all of it
        save(tmp_path / "floor.png", box, behind=(90, 110, 60))
        assert ware(tmp_path / "floor.png", 32, model) is None  # type: ignore[arg-type]


def test_where_there_is_no_product_it_says_so(tmp_path: Path) -> None:
    save(tmp_path / "white.png", (0, 0, 0, 0))
    with pytest.raises(ValueError, match="no product"):
        wares([tmp_path], 32, Middle(), keep=None)


def test_over_white_paper(shop: Path) -> None:
    straight = np.zeros((1, 4, 2, 2), np.uint8)
    straight[0, 3] = [[0, 51], [255, 102]]
    seen = over_white(straight)
    assert torch.allclose(seen[0, 0], torch.tensor([[1.0, 0.8], [0.0, 0.6]])) and seen.shape == (1, 4, 2, 2)


def test_words_are_counted_and_each_word_is_said_once() -> None:
    assert count([0, 2, 2, -1], ("a", "b", "c")) == {"a": 1, "b": 0, "c": 2}
    assert all(len(set(words)) == len(words) for words in WORDS.values())
    assert attributes(Path("nowhere/at/all")) == {}
