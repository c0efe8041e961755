"""Train: the one loop that trains every network, fitted to the minutes it is given."""

from __future__ import annotations

import math
import os
import sys
import time
from contextlib import nullcontext
from copy import deepcopy
from dataclasses import asdict
from pathlib import Path
from typing import Any

import torch
from torch import nn
from torch.utils.tensorboard import SummaryWriter

from export.optim import Both
from export.task import Config, Task

CHECKPOINT_SECONDS = 120.0


def schedule(done: float, config: Config) -> float:
    """The learning rate after `done` (0..1) of the run: a short rise, then half a cosine down to a thousandth."""
    if done < config.warm_up:
        return config.lr * max(done / config.warm_up, 0.01)
    turn = (done - config.warm_up) / (1 - config.warm_up)
    return config.lr * max(0.5 + 0.5 * math.cos(math.pi * min(turn, 1.0)), 1e-3)


class Crew:
    """The processes that train together: one, or as many as `torchrun` started, a GPU each."""

    def __init__(self) -> None:
        self.rank, self.size = int(os.environ.get("RANK", "0")), int(os.environ.get("WORLD_SIZE", "1"))
        cuda = torch.cuda.is_available()
        self.device = torch.device("cuda", int(os.environ.get("LOCAL_RANK", "0"))) if cuda else torch.device("cpu")
        if cuda:
            torch.cuda.set_device(self.device)
        if self.size > 1 and not torch.distributed.is_initialized():
            torch.distributed.init_process_group("nccl" if cuda else "gloo")

    @property
    def leads(self) -> bool:
        return self.rank == 0

    def agree(self, value: float) -> float:
        """The first process's value, in all of them."""
        if self.size == 1:
            return value
        shared = torch.tensor([value], dtype=torch.float64, device=self.device)
        torch.distributed.broadcast(shared, 0)
        return float(shared)

    def mean_gradients(self, net: nn.Module) -> None:
        if self.size > 1:
            for weight in net.parameters():
                if weight.grad is not None:
                    torch.distributed.all_reduce(weight.grad)
                    weight.grad /= self.size

    def half(self) -> Any:
        """Mixed precision in bfloat16, on CUDA and on CPUs that reckon in it."""
        fast = self.device.type == "cuda" or torch.backends.cpu.get_cpu_capability() == "AVX512"
        return torch.autocast(self.device.type, torch.bfloat16) if fast else nullcontext()


def train(task: Task[Any], config: Config, folder: Path, *, resume: bool = False,
          start: dict[str, torch.Tensor] | None = None) -> Path:  # fmt: skip
    """Trains `task` for `config.minutes` and returns the checkpoint, `folder`/checkpoint.pt.

    `resume` goes on from that checkpoint with the time it has left; `start` holds weights to begin with.
    The checkpoint is replaced as a whole every two minutes, so a kill loses at most those.
    """
    crew, path = Crew(), folder / "checkpoint.pt"
    torch.manual_seed(config.seed)
    net = task.net().to(crew.device, memory_format=torch.channels_last)
    if start:
        net.load_state_dict(start)
    mean, optimizer = deepcopy(net).requires_grad_(False), Both(net, config.lr)
    spent, step = 0.0, 0
    if resume and path.exists():
        kept = torch.load(path, map_location=crew.device, weights_only=True)
        net.load_state_dict(kept["net"])
        mean.load_state_dict(kept["mean"])
        optimizer.load_state_dict(kept["optimizer"])
        spent, step = kept["spent"], kept["step"]
    folder.mkdir(parents=True, exist_ok=True)
    chance = torch.Generator().manual_seed(config.seed + 1000 * crew.rank + step)
    data = [Path(d) for d in config.data]
    material = task.load(config, crew.device)
    writer = SummaryWriter(str(folder)) if crew.leads else None
    sums, seen, began, saved = 0.0, 0, time.monotonic() - spent, time.monotonic()
    total = config.minutes * 60
    while (done := crew.agree((time.monotonic() - began) / total)) < 1:
        with crew.half():
            loss = task.loss(net, task.batch(material, config, chance))
        loss.backward()  # type: ignore[no-untyped-call]
        crew.mean_gradients(net)
        rate = schedule(done, config)
        optimizer.step(rate)
        step += 1
        with torch.no_grad():
            pace = min(config.ema, (1 + step) / (10 + step))
            for slow, fast in zip(mean.parameters(), net.parameters(), strict=True):
                slow.lerp_(fast, 1 - pace)
        sums, seen = sums + float(loss.detach()), seen + 1
        if not crew.leads:
            continue
        if step % 25 == 0:
            _bar(done, step, sums / seen, rate, total)
        if writer and step % 100 == 0:
            writer.add_scalar("loss", sums / seen, step)  # type: ignore[no-untyped-call]
            writer.add_scalar("learning rate", rate, step)  # type: ignore[no-untyped-call]
            sums, seen = 0.0, 0
        if time.monotonic() - saved > CHECKPOINT_SECONDS:
            _save(path, config, net, mean, optimizer, time.monotonic() - began, step)
            if writer:
                _report(task, mean, data, crew, writer, step)
            saved = time.monotonic()
    if crew.leads:
        _save(path, config, net, mean, optimizer, time.monotonic() - began, step)
        if writer:
            _report(task, mean, data, crew, writer, step)
            writer.close()  # type: ignore[no-untyped-call]
    return path


def _save(
    path: Path, config: Config, net: nn.Module, mean: nn.Module, optimizer: Both, spent: float, step: int
) -> None:
    states = {"net": net.state_dict(), "mean": mean.state_dict(), "optimizer": optimizer.state_dict()}
    torch.save({"config": asdict(config), **states, "spent": spent, "step": step}, path.with_suffix(".part"))
    path.with_suffix(".part").replace(path)


def _report(task: Task[Any], net: nn.Module, data: list[Path], crew: Crew, writer: SummaryWriter, step: int) -> None:
    with torch.no_grad(), crew.half():
        numbers, sheet = task.validate(net, data, crew.device), task.picture(net, data, crew.device)
    for name, value in numbers.items():
        writer.add_scalar(name, value, step)  # type: ignore[no-untyped-call]
    if sheet is not None:
        writer.add_image("held out", sheet, step)  # type: ignore[no-untyped-call]
    line = ", ".join(f"{name} {value:.3f}" for name, value in numbers.items())
    print(f"\n{time.strftime('%H:%M:%S')} step {step}: {line}", file=sys.stderr, flush=True)


def _bar(done: float, step: int, loss: float, rate: float, total: float) -> None:
    filled = round(30 * min(done, 1))
    left = max(0.0, total * (1 - done))
    text = f"[{'#' * filled}{'.' * (30 - filled)}] step {step} loss {loss:.4f} lr {rate:.1e} {left / 60:.1f} min left"
    print(f"\r{text}", end="", file=sys.stderr, flush=True)
