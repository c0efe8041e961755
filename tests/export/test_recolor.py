"""Recolor: pairs are found, a net learns how light lies on another colour, and the app does what it was trained to."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest
import torch

from editor.core.job import Job
from editor.core.model import ModelError
from editor.ml.card import Card
from editor.ml.network import Network
from export.check import check
from export.convert import convert
from export.data import dyed, recoloured
from export.data.drawn import Drawn, patches
from export.data.parts import joined, picked, taken
from export.data.scene import scenes
from export.nets.recolor import RecolorConfig, RecolorNet, Told
from export.onnx_file import weights_of
from export.publish import publish
from export.recoloring import KINDS, RIVALS, Case, by_network, judged, of_pairs, of_scenes
from export.sheet import sheet
from export.swatches import photos
from export.task import Config
from export.tasks.recolor import Recolor, made_of
from export.train import load, train
from tests.export.shirts import shirt

TINY = RecolorConfig((8, 8, 8, 16), (1, 1, 1, 1), code=16, painter=16)


def numbers_of(wanted: bool, count: int) -> list[str]:
    names = (f"p{n}" for n in range(1000))
    return [name for name in names if recoloured.held_out(name) == wanted][:count]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A list of pairs, and photos of products of one colour, some of both held out."""
    place = tmp_path_factory.mktemp("photos")
    room = place / "pairs"
    (room / "studio").mkdir(parents=True)
    (place / "plain").mkdir()
    rows = ["sku,view,color_a,color_b,file_a,file_b"]
    chance = np.random.default_rng(0)
    for sku in (*numbers_of(False, 6), *numbers_of(True, 2)):
        for name, colour in (("one", tuple(chance.uniform(0.1, 0.2, 3))), ("two", tuple(chance.uniform(0.2, 0.9, 3)))):
            cv2.imwrite(str(room / "studio" / f"{sku}-{name}.png"), shirt(colour)[..., ::-1])
        rows.append(f"{sku},main,one,two,studio/{sku}-one.png,studio/{sku}-two.png")
    (room / recoloured.LIST).write_text("\n".join(rows), encoding="utf-8")
    for number in range(60):
        colour = tuple(chance.uniform(0.1, 0.9, 3))
        cv2.imwrite(str(place / "plain" / f"plain{number}.png"), shirt(colour, print_=False)[..., ::-1])
    return place


@pytest.fixture(scope="module")
def ready(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Recolor, Path, list[Path]]:
    """A tiny net after some steps, converted: its task, its ONNX file (not to be changed) and the folders it saw."""
    room = tmp_path_factory.mktemp("recolor")
    data = [folder / "pairs" / "studio", folder / "plain"]
    task = Recolor(TINY, measured=8)
    task.kept = 8
    config = Config("recolor", tuple(map(str, data)), steps=130, batch=8, patch=64, lr=4e-3, ema=0.9)
    train(task, config, room / "run")
    convert(task, room / "run" / "checkpoint.pt", room / "recolor.onnx", half=False, commit="0123abc")
    return task, room / "recolor.onnx", data


# -- what it learns from


def test_a_pair_knows_what_changed(folder: Path) -> None:
    pair = recoloured.pairs([folder / "pairs" / "studio"])[0]
    part = pair.part > 127
    assert pair.one.shape == pair.other.shape == (*part.shape, 3)
    apart = np.abs(pair.one.astype(int) - pair.other).max(2)
    assert (apart[part] > 4).mean() > 0.98, "hardly any print is part of it"
    assert 0.3 < part.mean() < 0.9
    assert (pair.matte > 127)[part].all()


def test_pairs_are_held_out_by_product(folder: Path) -> None:
    mine, theirs, all_ = (recoloured.pairs([folder / "pairs" / "studio"], measuring=how) for how in (False, True, None))
    assert (len(mine), len(theirs), len(all_)) == (6, 2, 8)
    assert not {p.sku for p in mine} & {p.sku for p in theirs}


def test_photos_that_are_no_pair_are_left_out() -> None:
    one = shirt((0.5, 0.2, 0.2))
    assert recoloured.paired("a", ("x", "y"), one, one) is None
    assert recoloured.paired("a", ("x", "y"), one, one[:100]) is None


def test_every_kind_of_material_says_what_is_due(folder: Path) -> None:
    chance = torch.Generator().manual_seed(3)
    pool = dyed.plain(sorted((folder / "plain").iterdir()), most=12)
    assert len(pool) == 12
    kinds = {
        "pairs": recoloured.patches(recoloured.pairs([folder / "pairs" / "studio"]), 3, 64, chance),
        "dyed": dyed.patches(pool, 3, 64, chance),
        "drawn": patches(Drawn(64, chance, kept=8).take(3), chance),
    }
    for name, parts in kinds.items():
        assert parts.image.shape == (3, 3, 64, 64), name
        for plane in (parts.matte, parts.like, parts.cover, parts.known):
            assert plane.shape == (3, 1, 64, 64) and 0 <= float(plane.min()) <= float(plane.max()) <= 1, name
        assert parts.came.shape == parts.due.shape, name
        assert float((taken(parts.image, parts.at) - parts.came).abs().mean()) < 0.1, f"{name}: colours at their places"
        assert float((parts.came - parts.due).abs().mean()) > 0.02, name
    assert len(joined(list(kinds.values())).image) == 9


@pytest.mark.parametrize("batch", [4, 20])
def test_batches_are_as_large_as_they_should_be(folder: Path, batch: int) -> None:
    task = Recolor(TINY)
    task.kept = 8
    config = Config("recolor", (str(folder / "pairs" / "studio"), str(folder / "plain")), batch=batch, patch=32)
    material = task.load(config, torch.device("cpu"))
    assert len(material.pairs) == 6 and len(material.plain) > 30
    parts = task.batch(material, config, torch.Generator().manual_seed(0))
    assert len(parts.image) == len(parts.at) == batch


def test_places_are_picked_where_the_part_is() -> None:
    cover = torch.zeros(2, 1, 8, 8)
    cover[0, 0, 2, 5] = 1
    at = picked(cover, 10, torch.Generator().manual_seed(0))
    assert (at[0] == 2 * 8 + 5).all()
    assert len(set(at[1].tolist())) > 1, "anywhere, where there is no part"


# -- colours


# -- the network


def test_what_a_part_looks_like_decides_how_it_is_painted(ready: tuple[Recolor, Path, list[Path]]) -> None:
    network = Network(ready[1])
    pale, dark = (shirt(c).astype(np.float32) / 255 for c in ((0.9, 0.9, 0.9), (0.1, 0.1, 0.1)))
    ones = np.ones(pale.shape[:2], np.float32)
    one, other = (network.tell(rgb, Job(), matte=ones, like=ones) for rgb in (pale, dark))
    assert one["cover"].shape == one["shine"].shape == (1, 1, 256, 256)
    assert np.abs(one["enter"] - other["enter"]).max() > 1e-3
    assert 0 <= one["cover"].min() <= one["cover"].max() <= 1
    assert one["shine"].min() >= 0


def test_the_network_asks_for_all_its_inputs(ready: tuple[Recolor, Path, list[Path]]) -> None:
    network = Network(ready[1])
    with pytest.raises(ModelError, match="takes the inputs"):
        network.tell(np.zeros((32, 32, 3), np.float32), Job())
    assert network.card.contract == "rgb01-nchw-4"
    with pytest.raises(ValueError, match="contradicts"):
        Card.from_json(Card("x", contract="rgb01-nchw-3", answers=("a",), inputs=("b",)).to_json())


def test_what_ships_is_what_was_trained(ready: tuple[Recolor, Path, list[Path]]) -> None:
    task, path, _ = ready
    assert all(finding.fine for finding in check(task, path))


def test_training_brings_colours_nearer(ready: tuple[Recolor, Path, list[Path]]) -> None:
    task, path, data = ready
    parts = recoloured.patches(recoloured.pairs(data, measuring=True), 4, 64, torch.Generator().manual_seed(5), False)
    torch.manual_seed(0)
    before, after = task.net().eval(), task.net().eval()
    load(after, weights_of(path), path)
    with torch.no_grad():
        untaught, taught = (float(task.loss(net, parts)) for net in (before, after))
    assert taught < 0.8 * untaught, (taught, untaught)


class Says(torch.nn.Module):
    """Tells the same of whatever it is shown."""

    def __init__(self, told: Told) -> None:
        super().__init__()
        self.told, self.weight = told, torch.nn.Parameter(torch.zeros(1))

    def forward(self, *_: torch.Tensor) -> Told:
        return self.told


def test_the_loss_is_least_where_all_is_right() -> None:
    chance = torch.Generator().manual_seed(0)
    parts = patches(scenes(2, 48, chance), chance)
    parts = replace(parts, due=parts.came)
    with torch.no_grad():
        told = RecolorNet(TINY).eval()(parts.image, parts.matte, parts.like)
    right = told._replace(cover=parts.cover, shine=parts.shine * parts.lit, ratio=torch.zeros(2, 1))
    leave = torch.randn(right.leave.shape, generator=chance)

    def loss(said: Told) -> float:
        torch.manual_seed(0)
        with torch.no_grad():
            return float(Recolor(TINY).loss(Says(said), parts))

    for wrong in (
        right._replace(cover=1 - right.cover),
        right._replace(shine=right.shine + 0.3),
        right._replace(leave=leave),
    ):
        assert loss(right) < 0.95 * loss(wrong)
    _, bare, lab, *_ = made_of(parts, right._replace(shine=torch.zeros_like(right.shine)))
    assert float((bare[..., 0] - lab[..., 0]).abs().max()) < 1e-5, "an untaught painter leaves lightness as it was"


# -- measuring


def test_cases_know_their_kind_and_are_the_same_every_time() -> None:
    cases = list(of_scenes(8, seed=3))
    again = list(of_scenes(8, seed=3))
    assert len(cases) == 8
    assert all(np.array_equal(a.after, b.after) for a, b in zip(cases, again, strict=True))
    assert [case.kind for case in cases[:3]] == list(KINDS)


def test_a_perfect_way_is_told_from_a_bad_one(folder: Path) -> None:
    cases = list(of_pairs(recoloured.pairs([folder / "pairs" / "studio"], measuring=True)))
    answers = {case.before.tobytes(): case.after for case in cases}
    numbers = judged(
        "pairs", cases, {"": lambda rgb, part, target: answers[rgb.tobytes()], " of none": lambda rgb, p, t: rgb}
    )
    assert numbers["pairs CIEDE2000"] == 0
    assert numbers["pairs CIEDE2000 of none"] > 10
    assert numbers["pairs cases"] == 4


def test_measure_has_everything_in_it(ready: tuple[Recolor, Path, list[Path]]) -> None:
    task, path, data = ready
    score = task.measure(Network(path), data, path.parent)
    assert score.numbers["renders cases"] == 8
    assert score.numbers["pairs cases"] == 4
    assert score.numbers["photos"] >= 1
    assert "HSV shift" in score.table and "dark to light" in score.table
    with pytest.raises(ValueError, match="no such folder"):
        task.measure(Network(path), [data[0] / "nothing"], path.parent)


def test_the_app_changes_the_part_and_nothing_else(ready: tuple[Recolor, Path, list[Path]]) -> None:
    rgb = shirt((0.6, 0.2, 0.2)).astype(np.float32) / 255
    part = np.zeros(rgb.shape[:2], bool)
    part[30:130, 50:110] = True
    made = by_network(Network(ready[1]))(rgb, part, np.float32([0.1, 0.3, 0.6]))
    assert np.array_equal(made[~part], rgb[~part])
    assert np.abs(made[part] - rgb[part]).mean() > 0.05


def test_publishing_wants_it_better_than_the_others(ready: tuple[Recolor, Path, list[Path]]) -> None:
    task = ready[0]
    good = {"photos that meet it with mirrored light": 0.97}
    for name in ("renders", "pairs"):
        good |= {f"{name} CIEDE2000": 2.0, **{f"{name} CIEDE2000 of {rival}": 4.0 for rival in RIVALS}}
    assert task.shortfall(good) == ""
    assert "best other" in task.shortfall(good | {"pairs CIEDE2000 of HSV shift": 2.1})
    assert "of the targets" in task.shortfall(good | {"photos that meet it with mirrored light": 0.8})
    assert "not measured" in task.shortfall({})
    with pytest.raises(ValueError, match="measured"):
        publish(task, ready[1], ready[1].parent / "models")


def test_the_sheet_shows_products_in_colours(ready: tuple[Recolor, Path, list[Path]]) -> None:
    shown = sheet(Network(ready[1]), "recolor", [ready[2][1]], 2)
    assert shown.dtype == np.uint8 and shown.shape[1] >= 6 * 256
    assert len(list(photos([ready[2][1]], 2))) >= 1


def test_a_case_knows_its_target_and_its_kind() -> None:
    case = Case(np.zeros((4, 4, 3), np.float32), np.ones((4, 4, 3), np.float32), np.ones((4, 4), bool))
    assert case.kind == "dark to light"
    assert np.allclose(case.target, 1, atol=1e-3)
