"""Training: it learns, it survives being killed, and it goes on from what is published."""

from __future__ import annotations

import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest
import torch
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

from export.nets.level import LevelConfig
from export.nets.unet import UNetConfig
from export.onnx_file import weights_of
from export.task import Config
from export.tasks.denoise import Denoise
from export.tasks.noise import Noise
from export.train import load, recall, schedule, train

SMALL = UNetConfig((8, 8, 8), (1, 1, 1))
QUICK = Config("denoise", (), steps=250, batch=4, patch=32, lr=5e-3, ema=0.9)


def test_a_few_seconds_lower_the_loss_and_leave_a_record(large: Path, tmp_path: Path) -> None:
    task, config = Denoise(UNetConfig((16, 32, 32), (1, 1, 1))), replace(QUICK, data=(str(large),))
    kept = recall(train(task, config, tmp_path / "run"))
    assert kept["step"] == 250 and kept["spent"] > 0 and kept["machine"]
    assert kept["config"]["seed"] == 0 and tuple(kept["config"]["data"]) == (str(large),)
    net = task.net()
    load(net, kept["mean"], "it")
    with torch.no_grad():
        reached = task.validate(net, [large], torch.device("cpu"))
        untrained = task.validate(task.net(), [large], torch.device("cpu"))
    assert untrained["PSNR at sigma 25"] == pytest.approx(20.17, abs=0.05)  # it changes nothing
    assert all(reached[name] > untrained[name] + 0.5 for name in reached)
    events = EventAccumulator(str(tmp_path / "run")).Reload()
    assert events.Tags()["images"] == ["held out"]
    first, *_, last = (event.value for event in events.Scalars("loss"))
    assert last < first
    assert events.Scalars("PSNR at sigma 25")[-1].value == pytest.approx(reached["PSNR at sigma 25"], abs=0.1)


def test_a_killed_run_goes_on_from_its_checkpoint(photos: Path, tmp_path: Path) -> None:
    folder = tmp_path / "run"
    config = replace(QUICK, data=(str(photos),), steps=100_000)
    code = (
        "import torch\nfrom pathlib import Path\n"
        "from export.nets.unet import UNetConfig\nfrom export.task import Config\n"
        "from export.tasks.denoise import Denoise\nfrom export.train import train\n"
        f"torch.set_num_threads(1)\ntrain(Denoise({SMALL!r}), {config!r}, Path({str(folder)!r}), every=0.2)\n"
    )
    run = subprocess.Popen([sys.executable, "-c", code], stderr=subprocess.DEVNULL, cwd=Path(__file__).parents[2])
    try:
        end = time.monotonic() + 90
        while not (folder / "checkpoint.pt").exists():
            assert run.poll() is None and time.monotonic() < end, "the run made no checkpoint"
            time.sleep(0.05)
    finally:
        run.kill()
        run.wait()
    before = recall(folder / "checkpoint.pt")  # whole, whatever the moment of the kill
    assert before["step"] > 0
    task, goal = Denoise(SMALL), before["step"] + 3
    after = recall(train(task, replace(config, steps=goal), folder, resume=True))
    assert after["step"] == goal
    assert after["spent"] > before["spent"]
    for name, weight in before["net"].items():  # three small steps away, where a new beginning would be far off
        assert float((after["net"][name] - weight).norm()) < 0.1 * float(weight.norm()) + 0.02, name


def test_it_starts_from_a_published_model(made, photos: Path, tmp_path: Path) -> None:
    task, path, weights = made
    config = replace(QUICK, data=(str(photos),), steps=1, lr=1e-9)
    kept = recall(train(task, config, tmp_path / "run", start=weights_of(path)))
    for name, weight in weights.items():
        assert torch.allclose(kept["mean"][name], weight.half().float(), atol=1e-6), name
    with pytest.raises(ValueError, match="does not fit the network"):
        train(Noise(), replace(config, task="noise"), tmp_path / "other", start=weights_of(path))


def test_the_schedule_rises_falls_and_is_entered_softly() -> None:
    config = Config("denoise", (), lr=1.0)
    assert schedule(0, config) == pytest.approx(0.01)
    assert schedule(0.01, config) == pytest.approx(1)
    assert schedule(0.505, config) == pytest.approx(0.5)
    assert schedule(1, config) == schedule(1.5, config) == pytest.approx(1e-3)
    assert schedule(0.5, config, entered=0.5) == pytest.approx(0.01 * schedule(0.5, config))
    assert schedule(0.6, config, entered=0.5) == schedule(0.6, config)


def test_the_noise_net_learns_to_tell_weak_from_strong(large: Path, tmp_path: Path) -> None:
    task = Noise(LevelConfig((16, 24, 24)))
    config = Config("noise", (str(large),), steps=400, batch=8, patch=32, lr=2e-3, ema=0.9)
    net = task.net()
    load(net, recall(train(task, config, tmp_path / "run"))["mean"], "it")
    chance = torch.Generator().manual_seed(0)
    said = []
    with torch.no_grad():
        for sigma in (0, 10, 50):
            picture = 0.5 + torch.randn(1, 3, 64, 64, generator=chance) * sigma / 255
            said.append(255 * float(net(picture).mean()))
        assert net(picture).shape == (1, 1, 8, 8)
    assert 0 <= said[0] < said[1] < said[2]
    assert said[0] < 5 and said[2] > 25


def test_the_noise_net_is_told_the_true_level(photos: Path) -> None:
    config = Config("noise", (str(photos),), patch=32)
    task = Noise()
    batch = task.batch(task.load(config, torch.device("cpu")), config, torch.Generator().manual_seed(0))
    assert batch.image.shape == (16, 3, 32, 32) and batch.level.shape == (16, 1, 4, 4)
    level = batch.level
    assert torch.equal(level[:9], level[:9, :, :1, :1].expand(-1, 1, 4, 4))  # white noise is alike everywhere
    assert 0 < float(level[:6].max()) <= 75 / 255 and float(level[6:9].max()) <= 20 / 255
    assert torch.count_nonzero(level[9:11]) == 0  # clean
    assert len(torch.unique(level[11:])) > 20  # a camera's is not
