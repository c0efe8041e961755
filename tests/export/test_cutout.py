"""Cut-out: it learns, becomes a file that the app runs, is measured beside GrabCut, and published only if good."""

from __future__ import annotations

from dataclasses import asdict, replace
from pathlib import Path

import cv2
import numpy as np
import pytest
import torch

from editor.ml.network import Network
from export import sheet as sheets
from export.check import check
from export.convert import convert, refuse_fixed, run_at_sizes
from export.data.photos import find, held_out, read
from export.matting import boundary_f, by_grabcut, gradient_error, iou, mae, opened, sad, with_masks
from export.nets.matte import MatteConfig
from export.onnx_file import card_of, relabel, weights_of
from export.onnx_file import opened as model_of
from export.publish import publish
from export.readme import readme
from export.task import Config
from export.tasks.cutout import Cutout, found_by, ious
from export.train import load, recall, train
from tests.export.conftest import drawn

TINY = MatteConfig((8, 8, 8, 8, 8), (1, 1, 1, 1), 1, 2)
GOOD = {"composites IoU": 0.93, "composites IoU of GrabCut": 0.6, "composites MAE": 0.02, "GMAC": 2.6}


def products(folder: Path, count: int = 24) -> Path:
    """Drawn products on white, of which some are held out and half of all are worn by somebody, and two more photos."""
    (folder / "images").mkdir(parents=True)
    names = [f"product{n}.png" for n in range(1000)]
    chosen = [n for n in names if held_out(Path(n))][:count] + [n for n in names if not held_out(Path(n))][:count]
    rows = ["file,subCategory"]
    for number, name in enumerate(chosen):
        chance = np.random.default_rng(number)
        picture = np.full((96, 96, 3), 255, np.uint8)
        colour = chance.integers(0, 160, 3).tolist()
        axes = (int(chance.integers(14, 30)), int(chance.integers(14, 30)))
        cv2.ellipse(picture, (48, 48), axes, int(chance.integers(180)), 0, 360, colour, -1, cv2.LINE_AA)
        cv2.imwrite(str(folder / "images" / name), picture)
        rows.append(f"{name},{'Topwear' if number % 2 else 'Shoes'}")
    (folder / "attributes.csv").write_text("\n".join(rows))
    (folder / "rooms").mkdir()
    for seed, name in enumerate([next(n for n in names if held_out(Path(n))), "room.png"]):
        cv2.imwrite(str(folder / "rooms" / name), cv2.resize(drawn(seed), (480, 480)))
    return folder


def with_hand_made_masks(folder: Path) -> Path:
    for part in ("images", "masks"):
        (folder / part).mkdir(parents=True)
    mask = np.zeros((80, 96), np.uint8)
    cv2.circle(mask, (48, 40), 24, 255, -1, cv2.LINE_AA)
    picture = np.where(mask[..., None] > 127, np.uint8((20, 20, 200)), np.uint8((150, 160, 90)))
    noisy = (picture + np.random.default_rng(0).integers(0, 20, picture.shape)).astype(np.uint8)
    cv2.imwrite(str(folder / "images" / "a.png"), noisy)
    cv2.imwrite(str(folder / "masks" / "a.png"), mask)
    return folder


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory) -> tuple[Cutout, Path, Path]:
    """A tiny net after a few steps, converted: its task, its ONNX file (not to be changed) and the folder it saw."""
    room = tmp_path_factory.mktemp("cutout")
    data = products(room / "data")
    task = Cutout(TINY, measured=4)
    config = Config("cutout", (str(data),), steps=150, batch=8, patch=64, lr=5e-3, ema=0.9)
    train(task, config, room / "run")
    convert(task, room / "run" / "checkpoint.pt", room / "cutout.onnx", half=True, commit="0123abc")
    return task, room / "cutout.onnx", data


def test_a_few_steps_teach_it_something(ready, tmp_path: Path) -> None:
    task, path, data = ready
    kept = recall(path.parent / "run" / "checkpoint.pt")
    assert kept["step"] == 150 and kept["config"]["patch"] == 64
    learned, fresh = task.net().eval(), task.net().eval()
    load(learned, kept["mean"], "it")
    batch = task.batch(task.load(Config("cutout", (str(data),)), torch.device("cpu")),
                       replace(Config(**kept["config"]), batch=32), torch.Generator().manual_seed(9))  # fmt: skip
    with torch.no_grad():
        assert float(task.loss(learned, batch)) < float(task.loss(fresh, batch))
        numbers = task.validate(learned, [data], torch.device("cpu"))
        sheet = task.picture(learned, [data], torch.device("cpu"))
    assert set(numbers) == {"IoU", "MAE"} and 0 <= numbers["IoU"] <= 1
    assert sheet is not None and sheet.shape == (3, 8 * 256, 3 * 256)


def test_it_becomes_a_file_with_open_sides_that_the_app_runs(ready) -> None:
    task, path, _ = ready
    refuse_fixed(model_of(path))
    run_at_sizes(model_of(path), task.card)
    assert all(finding.fine for finding in check(task, path))
    network = Network(path)
    assert network.card.side == 320 and network.card.cost > 0 and network.card.multiple_of == 32
    for size in ((50, 333), (700, 400)):
        matte = found_by(network, np.random.default_rng(0).random((*size, 3), np.float32))
        assert matte.shape == size and matte.dtype == np.float32 and 0 <= matte.min() <= matte.max() <= 1


def test_its_weights_come_back_with_what_normalizations_have_seen(ready, tmp_path: Path) -> None:
    task, path, data = ready
    kept, back = recall(path.parent / "run" / "checkpoint.pt")["mean"], weights_of(path)
    missing = {name for name in kept if name not in back}
    assert all(name.startswith("hints.") or name.endswith("num_batches_tracked") for name in missing)
    for name, weight in back.items():
        exact = weight.shape == kept[name].shape and torch.equal(weight, kept[name])
        assert exact or torch.equal(weight, kept[name].half().float()), name
        assert exact or "running" not in name, name
    config = Config("cutout", (str(data),), steps=1, batch=4, patch=64, lr=1e-9)
    again = recall(train(task, config, tmp_path / "run", start=back))["net"]
    assert all(torch.allclose(again[name], back[name], atol=1e-6) for name in back if "running" not in name)
    with pytest.raises(ValueError, match="does not fit the network"):
        load(task.net(), {name: w for name, w in back.items() if "running_var" not in name}, path)


def test_it_is_measured_beside_grabcut(ready, tmp_path: Path) -> None:
    task, path, data = ready
    real = with_hand_made_masks(tmp_path / "by hand")
    score = task.measure(Network(path), [data, real], tmp_path)
    numbers = score.numbers
    parts = [numbers[f"composites, {part} IoU"] for part in ("worn by people", "products")]
    assert numbers["composites IoU"] == pytest.approx(sum(parts) / 2)
    assert numbers["composites SAD of GrabCut"] > 0 and numbers["composites seconds a photo"] > 0
    assert numbers["by hand IoU of GrabCut"] > 0.95 and "by hand SAD" not in numbers
    assert numbers["GMAC"] == pytest.approx(card_of(path).cost * 320**2 / 1e6)
    assert "by hand: OpenCV GrabCut" in score.table and "is not reached" in score.table
    again = task.measure(Network(path), [data], tmp_path).numbers
    assert all(again[name] == value for name, value in numbers.items() if "composites" in name and "sec" not in name)
    with pytest.raises(ValueError, match="no such folder"):
        task.measure(Network(path), [tmp_path / "gone"], tmp_path)
    with pytest.raises(ValueError, match="products on white or with alpha"):
        task.measure(Network(path), [data / "rooms"], tmp_path)


def test_only_one_that_beats_grabcut_is_published(ready, tmp_path: Path) -> None:
    task, path, _ = ready
    model, models = tmp_path / "cutout.onnx", tmp_path / "models"
    model.write_bytes(path.read_bytes())
    with pytest.raises(ValueError, match="has not been measured"):
        publish(task, model, models)
    for worse, why in (({"composites IoU of GrabCut": 0.95}, "GrabCut"), ({"composites IoU": 0.8}, "0.85")):
        relabel(model, replace(card_of(model), measured=GOOD | worse))
        with pytest.raises(ValueError, match=why):
            publish(task, model, models)
    relabel(model, replace(card_of(model), measured=GOOD))
    assert publish(task, model, models).version == 1
    page = readme(models)
    assert "seen at 320" in page and "MAE 0.03, is reached" in page and "0.930" in page
    with pytest.raises(ValueError, match="no better than the published one"):
        publish(task, model, models)


def test_masks_are_found_by_name_and_must_fit(tmp_path: Path) -> None:
    folder = with_hand_made_masks(tmp_path / "set")
    ((photo, mask),) = with_masks(folder)
    rgb, true = opened(photo, mask)
    assert rgb.shape == (80, 96, 3) and true.shape == (80, 96) and float(true.max()) == 1
    cv2.imwrite(str(mask), np.zeros((5, 5), np.uint8))
    with pytest.raises(ValueError, match="another size"):
        opened(photo, mask)
    mask.unlink()
    with pytest.raises(ValueError, match="has no mask"):
        with_masks(folder)
    photo.unlink()
    with pytest.raises(ValueError, match="no pictures"):
        with_masks(folder)


def disc(x: int, radius: int = 40) -> np.ndarray:
    matte = np.zeros((200, 300), np.float32)
    cv2.circle(matte, (x, 100), radius, 1.0, -1)
    return matte


def test_the_judges_judge() -> None:
    true, empty = disc(150), np.zeros((200, 300), np.float32)
    assert (iou(true, true), mae(true, true), sad(true, true), boundary_f(true, true)) == (1, 0, 0, 1)
    assert gradient_error(true, true) == 0 and gradient_error(true, empty) > 0
    assert iou(empty, empty) == 1 == boundary_f(empty, empty) and iou(true, empty) == 0 == boundary_f(true, empty)
    half = true.copy()
    half[:, :150] = 0
    assert iou(half, true) == pytest.approx(0.5, abs=0.02)
    assert sad(half, true) == pytest.approx(np.pi * 40**2 / 2000, rel=0.03)
    assert mae(half, true) == pytest.approx(1000 * sad(half, true) / true.size, rel=1e-4)
    assert boundary_f(disc(152), true) == 1 > boundary_f(disc(156), true) > boundary_f(disc(170), true)
    step = np.zeros((40, 200), np.float32)
    step[:, 100:] = 1
    soft = cv2.GaussianBlur(step, (0, 0), 4)
    assert gradient_error(soft, step) > gradient_error(cv2.GaussianBlur(step, (0, 0), 1), step) > 0
    both = torch.from_numpy(np.stack([half, empty]))[:, None], torch.from_numpy(np.stack([true, empty]))[:, None]
    assert ious(*both).tolist() == pytest.approx([iou(half, true), 1])


def test_grabcut_finds_what_stands_out(tmp_path: Path) -> None:
    ((photo, mask),) = with_masks(with_hand_made_masks(tmp_path / "set"))
    rgb, true = opened(photo, mask)
    found = by_grabcut(np.kron(rgb, np.ones((6, 6, 1), np.float32)))
    assert found.shape == (480, 576) and iou(found, np.kron(true, np.ones((6, 6), np.float32))) > 0.95


def test_a_sheet_shows_held_out_photos_on_white_and_magenta(ready, tmp_path: Path) -> None:
    _, path, data = ready
    picture = sheets.sheet(Network(path), "cutout", [data / "images"], 4)
    assert picture.shape == (2 * (sheets.CELL + sheets.GAP + sheets.LINE), 9 * (sheets.CELL + sheets.GAP), 3)

    class All:
        """Says that nothing is product."""

        def run(self, rgb: np.ndarray, job: object) -> np.ndarray:
            return np.zeros((*rgb.shape[:2], 1), np.float32)

    cells = sheets.strip(All(), "cutout", find([data / "images"], measuring=True)[0], "a name")
    step = sheets.CELL + sheets.GAP
    centres = [tuple(cells[sheets.CELL // 2, step * n + sheets.CELL // 2].tolist()) for n in range(3)]
    assert centres[1:] == [(255, 255, 255), (255, 0, 255)] and centres[0] not in centres[1:]
    sheets.save(picture, tmp_path / "sheet.png")
    assert np.array_equal(read(tmp_path / "sheet.png"), picture)
    with pytest.raises(ValueError, match="not written as"):
        sheets.save(picture, tmp_path / "sheet.text")
    with pytest.raises(ValueError, match="no held-out photos"):
        sheets.sheet(Network(path), "cutout", [tmp_path], 4)


def test_the_card_of_the_run_names_what_it_is(ready) -> None:
    task, path, _ = ready
    card = card_of(path)
    assert card.task == "cutout" and card.data[0].endswith("photos") and asdict(card)["licence"]
    assert task.rank == "composites IoU" and task.shortfall({}) != ""
