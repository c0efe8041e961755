"""Enhance: photos are damaged as bad light does, a net learns the way back, and the app does what it was trained to."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest
import torch

from editor.core.image import Image
from editor.core.job import Job
from editor.core.model import ModelError
from editor.craft import grade as app
from editor.ml.network import Network
from export import sheet as sheets
from export.check import check
from export.colours import decode, encode
from export.convert import convert, refuse_fixed, run_at_sizes
from export.data.light import damaged, luminance
from export.data.lit import Pool, folders, well_lit
from export.data.photos import find, held_out
from export.grading import RIVALS, apart, by_autocontrast, by_grey_world, opened, pairs
from export.nets.grade import NODES, STEPS, Grade, GradeConfig, GradeNet, graded, kept_within, rising, shouldered
from export.onnx_file import card_of, relabel, weights_of
from export.onnx_file import opened as model_of
from export.publish import publish
from export.task import Config
from export.tasks.enhance import Enhance, oklab, rough, spoiled
from export.train import load, train

TINY = GradeConfig((8, 8, 8, 8, 16), (1, 1, 1, 1), tables=3, hidden=16)
GOOD = {
    "damaged PSNR": 23.0,
    "damaged photos": 9.0,
    "MP/s": 20.0,
    **{f"damaged PSNR of {name}": 18.0 for name in RIVALS},
}


def scene(seed: int, side: int = 128) -> np.ndarray:
    """A well-lit picture of things on white paper, uint8 (side, side, 3)."""
    chance = np.random.default_rng(seed)
    picture = np.full((side, side, 3), 246, np.uint8)
    for _ in range(9):
        centre, radius = chance.integers(0, side, 2).tolist(), int(chance.integers(side // 12, side // 5))
        cv2.circle(picture, centre, radius, chance.integers(10, 240, 3).tolist(), -1, cv2.LINE_AA)
    cv2.circle(picture, (side // 2, side // 2), side // 6, (18, 18, 18), -1, cv2.LINE_AA)
    return picture


def fill(folder: Path, count: int = 16) -> Path:
    folder.mkdir(parents=True)
    names = [f"scene{n}.png" for n in range(1000)]
    chosen = [n for n in names if not held_out(Path(n))][:count] + [n for n in names if held_out(Path(n))][:5]
    for seed, name in enumerate(chosen):
        cv2.imwrite(str(folder / name), scene(seed))
    return folder


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory) -> tuple[Enhance, Path, Path]:
    """A tiny net after some steps, converted: its task, its ONNX file (not to be changed) and the folder it saw."""
    room = tmp_path_factory.mktemp("enhance")
    data = fill(room / "data")
    task = Enhance(TINY, measured=5)
    config = Config("enhance", (str(data),), steps=150, batch=8, patch=64, lr=4e-3, ema=0.9)
    train(task, config, room / "run")
    convert(task, room / "run" / "checkpoint.pt", room / "enhance.onnx", half=True, commit="0123abc")
    return task, room / "enhance.onnx", data


def good(count: int = 4, side: int = 64) -> torch.Tensor:
    pictures = np.stack([scene(seed, side) for seed in range(count)])
    return torch.from_numpy(pictures).permute(0, 3, 1, 2).float() / 255


# -- what bad light does


def test_the_transfer_curve_is_srgbs() -> None:
    x = torch.linspace(0, 1, 1001)
    assert float((encode(decode(x)) - x).abs().max()) < 1e-5
    assert float(decode(torch.tensor(0.5))) == pytest.approx(0.21404, abs=1e-4)


def test_damage_is_the_same_for_a_seed_and_an_8_bit_picture() -> None:
    photos = good()
    first, again, other = (damaged(photos, torch.Generator().manual_seed(seed)) for seed in (1, 1, 2))
    assert torch.equal(first, again)
    assert not torch.equal(first, other)
    assert first.min() >= 0
    assert first.max() <= 1
    assert float((first * 255 - (first * 255).round()).abs().max()) < 1e-4


def test_damage_is_as_strong_and_as_various_as_bad_photos_are() -> None:
    photos = good(1).expand(400, -1, -1, -1)
    bad = damaged(photos, torch.Generator().manual_seed(3), kept=0)
    decibels = -10 * (bad - photos).square().mean((1, 2, 3)).log10()
    assert 12 < float(decibels.mean()) < 20
    light = luminance(bad).mean((1, 2, 3)) - luminance(photos).mean((1, 2, 3))
    assert float((light < -0.1).float().mean()) > 0.3  # mostly too dark
    assert float((light > 0.02).float().mean()) > 0.05
    warm = (bad[:, 0] - bad[:, 2]).mean((1, 2)) - (photos[:, 0] - photos[:, 2]).mean((1, 2))
    assert float((warm > 0.05).float().mean()) > 0.15
    assert float((warm < -0.02).float().mean()) > 0.1
    corners = bad[..., :8, :8].mean((1, 2, 3)) / bad.mean((1, 2, 3))
    assert float(corners.std()) > 0.1


def test_some_are_left_as_they_are() -> None:
    photos = good(1).expand(64, -1, -1, -1)
    bad = damaged(photos, torch.Generator().manual_seed(4), kept=0.5)
    same = (bad - photos).abs().amax((1, 2, 3)) < 1e-3
    assert 16 < int(same.sum()) < 48


def test_well_lit_photos_are_told_from_others() -> None:
    fine = scene(1)
    assert well_lit(fine)
    assert not well_lit((fine * 0.35).astype(np.uint8))
    assert not well_lit((fine * np.array([1, 0.85, 0.6])).astype(np.uint8))
    assert not well_lit((200 + fine * 0.2).astype(np.uint8))


def test_folders_count_by_the_logarithm_and_give_squares(tmp_path: Path) -> None:
    fill(tmp_path / "few", 5)
    fill(tmp_path / "many", 90)
    pool = Pool(folders(find([tmp_path])))
    assert {one.name: len(one.photos) for one in pool.folders} == {"few": 5, "many": 90}
    drawn = pool.draw(6, 48, torch.Generator().manual_seed(1))
    assert drawn.shape == (6, 3, 48, 48)
    assert 0.3 < float(drawn.mean()) < 1
    (tmp_path / "none").mkdir()
    with pytest.raises(ValueError, match="no folder of at least"):
        folders(find([tmp_path / "none"]))


# -- the network, and what it says


def test_curves_rise_from_0_to_1_whatever_is_told() -> None:
    curves = rising(3 * torch.randn(5, 3, STEPS))
    assert float(curves.diff(dim=2).min()) > 0
    assert torch.equal(curves[..., 0], torch.zeros(5, 3))
    assert torch.allclose(curves[..., -1], torch.ones(5, 3), atol=1e-5)


def test_tables_keep_within_and_leave_white_and_black() -> None:
    table = kept_within(torch.randn(2, 3, NODES, NODES, NODES))
    steps = torch.linspace(0, 1, NODES)
    red = table[:, 0] + steps
    assert red.min() >= 0
    assert red.max() <= 1
    for corner in (0, -1):
        assert float(table[..., corner, corner, corner].abs().max()) < 1e-6


def test_a_gain_and_its_inverse_undo_each_other() -> None:
    x = torch.linspace(0, 1, 501)[None]
    for gain in (0.5, 0.9, 1.4, 3.0):
        assert float((shouldered(shouldered(x, torch.tensor(gain)), torch.tensor(1 / gain)) - x).abs().max()) < 1e-4


def test_the_app_does_what_was_trained(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(app, "CAST", 1.0)
    torch.manual_seed(5)
    net = GradeNet(TINY)
    for name, weight in net.named_parameters():
        torch.nn.init.normal_(weight, std=0.3 / weight[0].numel() ** 0.5 if name != "tables" else 0.002)
    photo = damaged(good(1, 256), torch.Generator().manual_seed(7), kept=0)
    with torch.no_grad():
        told = net(photo)
        expected = graded(photo, told)[0].permute(1, 2, 0).numpy()
    rgb = np.ascontiguousarray(photo[0].permute(1, 2, 0).numpy())
    heard = {name: value.numpy() for name, value in told._asdict().items()}
    made = app.graded(rgb, Image(rgb), app.grade_of(heard, rgb, (256, 256)), 1.0)
    assert np.abs(expected - rgb).mean() > 0.01
    assert np.abs(made - expected).mean() < 2e-3  # curves are smooth in the app, tables read in tetrahedra
    assert np.abs(made - expected).max() < 0.02


def test_what_is_rough_costs() -> None:
    steps = torch.linspace(0, 1, STEPS + 1).expand(1, 3, -1)
    still = Grade(torch.zeros(1, 1, 6, 6), torch.zeros(1, 1), torch.zeros(1, 3), steps, torch.zeros(1, 3, 9, 9, 9))
    assert float(rough(still)) < 1e-6
    assert float(rough(still._replace(table=0.1 * torch.randn(1, 3, 9, 9, 9)))) > 0.1
    assert float(rough(still._replace(curves=rising(torch.randn(1, 3, STEPS))))) > 1e-3
    assert float(rough(still._replace(field=torch.randn(1, 1, 6, 6)))) > 1e-3


def test_oklab_has_no_colour_in_grey() -> None:
    grey = torch.full((1, 3, 2, 2), 0.5)
    assert float(oklab(grey)[:, 1:].abs().max()) < 1e-4
    assert float(oklab(torch.ones(1, 3, 1, 1))[0, 0, 0, 0]) == pytest.approx(1, abs=1e-3)


# -- from a few steps to a published file


def test_a_few_steps_teach_it_something(ready: tuple[Enhance, Path, Path]) -> None:
    task, path, data = ready
    seen = spoiled(Pool(folders(find([data]))), 48, 96, torch.Generator().manual_seed(9), kept=0)
    torch.manual_seed(0)
    fresh, learned = task.net().eval(), task.net().eval()
    load(learned, weights_of(path), path)
    with torch.no_grad():
        before, after = (float(task.loss(net, seen)) for net in (fresh, learned))
    assert after < 0.85 * before


def test_it_becomes_a_file_with_open_sides_that_the_app_runs(ready: tuple[Enhance, Path, Path]) -> None:
    task, path, _ = ready
    model = model_of(path)
    refuse_fixed(model)
    run_at_sizes(model, card_of(path))
    assert card_of(path).answers == ("field", "detail", "gains", "curves", "table")
    assert all(finding.fine for finding in check(task, path))


def test_it_tells_the_same_of_a_photo_of_any_size(ready: tuple[Enhance, Path, Path]) -> None:
    network = Network(ready[1])
    small = scene(3, 256).astype(np.float32) / 255
    large = cv2.resize(small, (770, 770), interpolation=cv2.INTER_CUBIC).clip(0, 1)
    first, second = (network.tell(rgb, Job()) for rgb in (small, large))
    assert first["curves"].shape == (1, 3, STEPS + 1)
    assert first["table"].shape == (1, 3, NODES, NODES, NODES)
    for name in ("gains", "curves", "table"):
        assert np.abs(first[name] - second[name]).max() < 0.05
    wide = network.tell(small[:100], Job())
    assert wide["field"].shape[2] < wide["field"].shape[3] == first["field"].shape[3]
    with pytest.raises(ModelError, match="tells of pictures"):
        network.run(small, Job())


def test_it_is_measured_beside_others_on_damaged_photos_and_on_real_pairs(ready: tuple[Enhance, Path, Path]) -> None:
    task, path, data = ready
    room = data.parent / "expert"
    for part in ("dark", "after"):
        (room / part).mkdir(parents=True)
    for seed in (1, 2):
        cv2.imwrite(str(room / "after" / f"one{seed}.png"), scene(seed))
        cv2.imwrite(str(room / "dark" / f"one{seed}_N1.png"), (scene(seed) * 0.5).astype(np.uint8))
    score = task.measure(Network(path), [data, room], data.parent)
    numbers = score.numbers
    assert numbers["damaged photos"] == 5
    assert numbers["expert dark photos"] == 2
    dark = opened(room / "dark" / "one1_N1.png", room / "after" / "one1.png")
    other = opened(room / "dark" / "one2_N1.png", room / "after" / "one2.png")
    expected = np.mean([apart(*dark), apart(*other)], axis=0)
    assert numbers["expert dark PSNR of nothing"] == pytest.approx(expected[0])
    assert numbers["expert dark CIEDE2000 of nothing"] == pytest.approx(expected[1])
    assert numbers["MP/s"] > 0
    assert "Pillow autocontrast" in score.table
    assert "expert dark (2 photos)" in score.table


def test_pairs_without_a_partner_are_refused(tmp_path: Path) -> None:
    for part in ("before", "after"):
        (tmp_path / part).mkdir()
    cv2.imwrite(str(tmp_path / "after" / "a.png"), scene(1))
    cv2.imwrite(str(tmp_path / "before" / "b.png"), scene(1))
    with pytest.raises(ValueError, match="has the name of one in after"):
        list(pairs(tmp_path))
    cv2.imwrite(str(tmp_path / "before" / "a.png"), scene(1)[:60])
    with pytest.raises(ValueError, match="another shape"):
        opened(tmp_path / "before" / "a.png", tmp_path / "after" / "a.png")


def test_only_one_that_is_well_ahead_is_published(ready: tuple[Enhance, Path, Path], tmp_path: Path) -> None:
    task, source, _ = ready
    path = tmp_path / "enhance.onnx"
    path.write_bytes(source.read_bytes())
    for measured, reason in (
        ({}, "has not been measured"),
        (GOOD | {"damaged PSNR of Pillow autocontrast": 21.5}, "1.50 dB ahead of Pillow autocontrast"),
    ):
        relabel(path, card_of(path).__class__(**{**vars(card_of(path)), "measured": measured}))
        with pytest.raises(ValueError, match=reason):
            publish(task, path, tmp_path / "models")
    relabel(path, card_of(path).__class__(**{**vars(card_of(path)), "measured": GOOD}))
    assert publish(task, path, tmp_path / "models").version == 1


# -- what others do


def test_rivals_do_what_they_are_known_for() -> None:
    photo = scene(4).astype(np.float32) / 255
    yellow = photo * np.array([1, 0.95, 0.7], np.float32)
    balanced = by_grey_world(yellow)
    assert np.ptp(balanced.mean((0, 1))) < np.ptp(yellow.mean((0, 1)))
    stretched = by_autocontrast(0.2 + 0.5 * photo)
    assert stretched.min() < 0.02
    assert stretched.max() > 0.98
    clahe = RIVALS["OpenCV CLAHE"](0.4 + 0.2 * photo)
    assert clahe.std() > (0.2 * photo).std()


def test_a_photo_is_not_apart_from_itself() -> None:
    photo = scene(5).astype(np.float32) / 255
    decibels, difference = apart(photo, photo)
    assert decibels > 90
    assert difference == 0


def test_a_sheet_shows_what_it_makes_of_held_out_photos(ready: tuple[Enhance, Path, Path]) -> None:
    _, path, data = ready
    picture = sheets.sheet(Network(path), "enhance", [data], 3)
    assert picture.shape == (sheets.CELL + sheets.GAP + sheets.LINE, 9 * (sheets.CELL + sheets.GAP), 3)
    first, second = (picture[: sheets.CELL, n * (sheets.CELL + sheets.GAP) :][:, : sheets.CELL] for n in (0, 1))
    assert np.abs(first.astype(int) - second).max() > 3
