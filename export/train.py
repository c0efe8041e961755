"""Train: the one loop that trains every network, fitted to the minutes it is given."""

from __future__ import annotations

import math
import os
import platform
import sys
import time
from collections.abc import Mapping
from contextlib import nullcontext
from copy import deepcopy
from dataclasses import asdict
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn
from torch.utils.tensorboard import SummaryWriter

from export.optim import Both
from export.task import Config, Task

CHECKPOINT_SECONDS = 120.0


def schedule(done: float, config: Config, entered: float = 0.0) -> float:
    """The learning rate after `done` (0..1) of the run: half a cosine down to a thousandth.

    It begins with a short rise, also where a run was `entered` in the middle: a run that goes on with more minutes
    than it was first told joins the curve it would have had, and its net is not shaken on the way there.
    """
    rise = min(1.0, max((done - entered) / config.warm_up, 0.01))
    turn = max(0.0, (done - config.warm_up) / (1 - config.warm_up))
    return config.lr * rise * max(0.5 + 0.5 * math.cos(math.pi * min(turn, 1.0)), 1e-3)


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

    @property
    def machine(self) -> str:
        """What the crew works on, for the card."""
        if self.device.type == "cuda":
            return f"{self.size} x {torch.cuda.get_device_name(self.device)}"
        return f"{os.cpu_count()} CPU cores ({platform.machine()})"

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

    def disband(self) -> None:
        if self.size > 1:
            torch.distributed.destroy_process_group()


def recall(path: Path, device: torch.device | str = "cpu") -> dict[str, Any]:
    """The checkpoint at `path`: config, net, mean, optimizer, spent (s), step. Raises ValueError if it is none."""
    try:
        kept: dict[str, Any] = torch.load(path, map_location=device, weights_only=True)
        missing = {"config", "net", "mean", "optimizer", "spent", "step"} - set(kept)
    except FileNotFoundError:
        raise ValueError(f"{path}: there is no checkpoint; `train` makes one") from None
    except Exception as error:  # torch.load has no error of its own
        raise ValueError(f"{path}: is no checkpoint ({' '.join(str(error).split())[:80]})") from None
    if missing:
        raise ValueError(f"{path}: is no checkpoint of this toolchain ({', '.join(sorted(missing))} missing)")
    return kept


def load(net: nn.Module, weights: Mapping[str, Tensor], source: Path | str) -> None:
    """Puts `weights` into `net`. Raises ValueError, naming `source`, where they are those of another network.

    What only training asks for (the net's `training_only` parts, and how many batches a normalization has seen) may be
    missing: an ONNX file has none of it.
    """
    spare = tuple(getattr(net, "training_only", ()))
    own = {name: value for name, value in net.state_dict().items()
           if name.startswith(spare) or name.endswith("num_batches_tracked")}  # fmt: skip
    try:
        net.load_state_dict(own | dict(weights))
    except RuntimeError as error:
        raise ValueError(f"{source}: does not fit the network ({' '.join(str(error).split())[:160]})") from None


def train(task: Task[Any], config: Config, folder: Path, *, resume: bool = False,
          start: Mapping[str, Tensor] | None = None, every: float = CHECKPOINT_SECONDS) -> Path:  # fmt: skip
    """Trains `task` for `config.minutes` (or `config.steps`) and returns the checkpoint, `folder`/checkpoint.pt.

    `resume` goes on from that checkpoint with the time it has left; `start` holds weights to begin with.
    The checkpoint is replaced as a whole after `every` seconds, so a kill loses at most those.
    Raises ValueError for a checkpoint or weights of another network.
    """
    crew, path, task = Crew(), folder / "checkpoint.pt", task.shaped(config)
    torch.manual_seed(config.seed)
    net = task.net().to(crew.device, memory_format=torch.channels_last)  # type: ignore[call-overload]
    if start:
        load(net, start, "the published model")
    material, spent, step = task.load(config, crew.device), 0.0, 0
    if not start and not (resume and path.exists()):
        task.begin(net, material)
    mean, optimizer = deepcopy(net).requires_grad_(False).eval(), Both(net, config.lr)
    if resume and path.exists():
        kept = recall(path, crew.device)
        load(net, kept["net"], path)
        load(mean, kept["mean"], path)
        optimizer.load_state_dict(kept["optimizer"])
        spent, step = kept["spent"], kept["step"]
    folder.mkdir(parents=True, exist_ok=True)
    chance = torch.Generator().manual_seed(config.seed + 1000 * crew.rank + step)
    data = [Path(d) for d in config.data]
    writer = SummaryWriter(str(folder), purge_step=step + 1) if crew.leads else None
    sums, seen, began, saved = 0.0, 0, time.monotonic() - spent, time.monotonic()

    def part() -> float:
        """How much of the run is done; 1 is the end."""
        return step / config.steps if config.steps else (time.monotonic() - began) / (config.minutes * 60)

    entered = part() if step else 0.0
    while (done := crew.agree(part())) < 1:
        with crew.half():
            loss = task.loss(net, task.batch(material, config, chance))
        loss.backward()  # type: ignore[no-untyped-call]
        crew.mean_gradients(net)
        rate = schedule(done, config, entered)
        optimizer.step(rate)
        step += 1
        with torch.no_grad():
            pace = min(config.ema, (1 + step) / (10 + step))
            for slow, fast in zip(mean.parameters(), net.parameters(), strict=True):
                slow.lerp_(fast, 1 - pace)
            for still, moving in zip(mean.buffers(), net.buffers(), strict=True):
                still.copy_(moving)
        sums, seen = sums + float(loss.detach()), seen + 1
        if not crew.leads:
            continue
        if step % 25 == 0:
            _bar(done, step, sums / seen, rate, time.monotonic() - began)
        if writer and step % 100 == 0:
            writer.add_scalar("loss", sums / seen, step)
            writer.add_scalar("learning rate", rate, step)
            sums, seen = 0.0, 0
        if time.monotonic() - saved > every:
            _save(path, config, net, mean, optimizer, time.monotonic() - began, step, crew.machine)
            if writer:
                _report(task, mean, data, crew, writer, step)
            saved = time.monotonic()
    if crew.leads:
        spent = time.monotonic() - began
        _save(path, config, net, mean, optimizer, spent, step, crew.machine)
        task.finish(mean, material, lambda line: print(f"\n{line}", end="", file=sys.stderr, flush=True))
        _save(path, config, net, mean, optimizer, spent, step, crew.machine)
        if writer:
            _report(task, mean, data, crew, writer, step)
            writer.close()
    crew.disband()
    return path


def _save(path: Path, config: Config, net: nn.Module, mean: nn.Module, optimizer: Both, spent: float, step: int,
          machine: str) -> None:  # fmt: skip
    states = {"net": net.state_dict(), "mean": mean.state_dict(), "optimizer": optimizer.state_dict()}
    record = {"config": asdict(config), **states, "spent": spent, "step": step, "machine": machine}
    torch.save(record, path.with_suffix(".part"))
    path.with_suffix(".part").replace(path)


def _report(task: Task[Any], net: nn.Module, data: list[Path], crew: Crew, writer: SummaryWriter, step: int) -> None:
    with torch.no_grad(), crew.half():
        numbers, sheet = task.validate(net, data, crew.device), task.picture(net, data, crew.device)
    for name, value in numbers.items():
        writer.add_scalar(name, value, step)
    if sheet is not None:
        writer.add_image("held out", sheet, step)
    line = ", ".join(f"{name} {value:.3f}" for name, value in numbers.items())
    print(f"\n{time.strftime('%H:%M:%S')} step {step}: {line}", file=sys.stderr, flush=True)


def _bar(done: float, step: int, loss: float, rate: float, spent: float) -> None:
    filled = round(30 * min(done, 1))
    left = max(0.0, spent / max(done, 1e-6) - spent)
    text = f"[{'#' * filled}{'.' * (30 - filled)}] step {step} loss {loss:.4f} lr {rate:.1e} {left / 60:.1f} min left"
    print(f"\r{text}", end="", file=sys.stderr, flush=True)
