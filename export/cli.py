"""Command line: from a folder of photographs to a published model, one command for each step."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import torch

from editor.core.model import ModelError
from editor.ml.network import Network
from export import tasks
from export.check import check
from export.codes import Coded, check_part, convert_parts, noted, publish_parts
from export.convert import convert
from export.data.photos import find
from export.data.render import render
from export.label import label
from export.measure import measure
from export.onnx_file import card_of, relabel, weights_of
from export.publish import publish
from export.readme import readme
from export.scenes import draw
from export.sheet import SHOWN, save, sheet
from export.task import Config, Task
from export.train import recall, train

FEWEST = 8  # photos to train on
MODELS = Path("models")
TRAINED = Path(".train")


def main(words: Sequence[str] | None = None) -> int:
    """Runs the command in `words` (without the program's name); the exit code."""
    options = _parser().parse_args(words)
    if options.threads:
        torch.set_num_threads(options.threads)
    try:
        code: int = options.do(options)
        return code
    except (ValueError, ModelError, OSError) as error:
        print(f"export: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("\nstopped; `train --resume` goes on from the last checkpoint", file=sys.stderr)
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m export", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="command")

    def command(name: str, do: Any, text: str, *, task: bool = True) -> argparse.ArgumentParser:
        made = commands.add_parser(name, help=text, description=text)
        made.set_defaults(do=do)
        made.add_argument("--threads", type=_positive, metavar="N", help="CPU threads to use")
        if task:
            made.add_argument("task", choices=tasks.names())
        return made

    made = command("train", _train, "Train a network.")
    made.add_argument("--data", nargs="+", type=Path, metavar="DIR", help="folders of photographs")
    made.add_argument("--minutes", type=float, metavar="N", help="how long, all runs of it together")
    made.add_argument("--steps", type=_positive, metavar="N", help="so many steps instead, to repeat a run exactly")
    made.add_argument("--resume", action="store_true", help="go on from the checkpoint in --out")
    made.add_argument("--from", dest="start", type=Path, metavar="ONNX", help="begin with a published model's weights")
    made.add_argument("--out", type=Path, metavar="DIR", help="where the checkpoint goes (.train/TASK)")
    made.add_argument("--seed", type=int)
    made.add_argument("--batch", type=_positive, help="patches in a step, for each process")
    made.add_argument("--patch", type=_positive, help="pixels on the side of a patch, a multiple of 8, 16 or 32")
    made.add_argument("--lr", type=float, help="the highest learning rate")

    made.add_argument("--arch", help="the kind of net, where a task has several")
    made.add_argument("--code", type=_positive, metavar="N", help="numbers of a code, where a task has codes")
    made.add_argument("--features", metavar="FILE", help="a checkpoint, to compare what its net sees, where a task can")

    made = command("convert", _convert, "Turn a checkpoint into an ONNX file with its card.")
    made.add_argument("--checkpoint", type=Path, metavar="FILE", help="(.train/TASK/checkpoint.pt)")
    made.add_argument("--out", type=Path, metavar="ONNX", help="(TASK.onnx beside the checkpoint)")
    made.add_argument("--half", action=argparse.BooleanOptionalAction,
                      help="weights in half precision; left out: where the answer stays the same")  # fmt: skip
    made.add_argument("--commit", default="", help="for the card (that of this clone)")
    made.add_argument("--note", default="", help="for the card, added to how it was trained")

    made = command("check", _check, "Compare PyTorch with the network as the app runs it.")
    made.add_argument("--model", type=Path, metavar="ONNX", help="(models/TASK.onnx)")

    made = command("measure", _measure, "Measure a model on a folder of pictures, beside what others reach.")
    made.add_argument("--model", type=Path, metavar="ONNX", help="(models/TASK.onnx)")
    made.add_argument("--data", nargs="+", type=Path, required=True, metavar="DIR", help="pictures to measure on")
    made.add_argument("--models", type=Path, default=MODELS, metavar="DIR", help="where the other models lie (models)")
    made.add_argument("--write", action="store_true", help="note the numbers in the model's card")

    made = command("sheet", _sheet, "Show held-out photos as they are and what a model makes of them.")
    made.add_argument("--model", type=Path, metavar="ONNX", help="(models/TASK.onnx)")
    made.add_argument("--data", nargs="+", type=Path, required=True, metavar="DIR", help="folders of photographs")
    made.add_argument("--count", type=_positive, default=24, metavar="N", help="how many photos (24)")
    made.add_argument("-o", "--out", type=Path, default=Path("sheet.jpg"), metavar="FILE", help="(sheet.jpg)")

    made = command("label", _label, "Label photos by a cut-out network, where their colours agree, to train on them.",
                   task=False)  # fmt: skip
    made.add_argument("--model", type=Path, metavar="ONNX", help="(models/cutout.onnx)")
    made.add_argument("--data", type=Path, required=True, metavar="DIR", help="a folder of photographs")
    made.add_argument("--to", type=Path, required=True, metavar="DIR", help="where they go, the mattes as alpha")
    made.add_argument("--most", type=_positive, default=0, metavar="N", help="how many photos (all)")

    made = command("render", _render, "Render furniture models as cut-outs with exact alpha.", task=False)
    made.add_argument("--models", type=Path, required=True, metavar="DIR", help="folders of OBJ, or .sh3f files")
    made.add_argument("--to", type=Path, required=True, metavar="DIR", help="where the pictures go")
    made.add_argument("--views", type=_positive, default=2, metavar="N", help="pictures of each model (2)")
    made.add_argument("--size", type=_positive, default=256, metavar="N", help="pixels on a side (256)")
    made.add_argument("--most", type=_positive, default=0, metavar="N", help="how many models (all)")

    made = command("scenes", _scenes, "Draw products in two colours each, with the truth about them.", task=False)
    made.add_argument("--to", type=Path, required=True, metavar="DIR", help="where the pictures go")
    made.add_argument("--count", type=_positive, default=12, metavar="N", help="how many things (12)")
    made.add_argument("--size", type=_positive, default=256, metavar="N", help="pixels on a side (256)")
    made.add_argument("--seed", type=int, default=0)

    made = command("publish", _publish, "Put a converted and measured model among the models, if it is better.")
    made.add_argument("--model", type=Path, metavar="ONNX", help="(.train/TASK/TASK.onnx)")
    made.add_argument("--models", type=Path, default=MODELS, metavar="DIR", help="where to (models)")

    made = command("readme", _readme, "Write the table of the models from their cards.", task=False)
    made.add_argument("--models", type=Path, default=MODELS, metavar="DIR", help="where they lie (models)")
    return parser


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise ValueError
    return number


def _train(options: argparse.Namespace) -> int:
    task = tasks.task(options.task)
    folder = options.out or TRAINED / (f"{task.name}-{options.arch}" if options.arch else task.name)
    path = folder / "checkpoint.pt"
    config = task.defaults
    leads = os.environ.get("RANK", "0") == "0"
    if path.exists() and not options.resume:
        raise ValueError(f"{path}: is there already; --resume goes on with it, --out names another folder")
    if options.start:  # what has been learned is to be kept, not shaken off
        told = card_of(options.start)
        config = replace(config, lr=config.lr / 6, start=f"{told.task} {told.version}, {told.trained_on}")
    if path.exists():
        config = _kept(path, task)
    elif options.resume and leads:
        print(f"{path}: is not there yet, so this run begins anew", file=sys.stderr)
    if options.data:
        config = replace(config, data=tuple(map(str, options.data)))
    names = ("minutes", "steps", "seed", "batch", "patch", "lr", "arch", "code", "features")
    given = {name: getattr(options, name) for name in names}
    config = replace(config, **{name: value for name, value in given.items() if value is not None})
    if options.minutes and not options.steps:
        config = replace(config, steps=0)
    if config.arch and config.arch not in task.archs:
        raise ValueError(f"--arch {config.arch}: {task.name} has {', '.join(task.archs) or 'one kind of net'}")
    _refuse(config, max(8, task.card.multiple_of))
    if path.exists():
        kept = recall(path)
        if config.steps and kept["step"] >= config.steps:
            raise ValueError(f"{path}: has been trained for {kept['step']} steps already; --steps takes more")
        if not config.steps and kept["spent"] >= config.minutes * 60:
            raise ValueError(
                f"{path}: has been trained for {kept['spent'] / 60:.1f} minutes already; --minutes takes more"
            )
    start = weights_of(options.start) if options.start else None
    train(task, config, folder, resume=options.resume, start=start)
    if leads:
        print(f"\n{path} is trained. Next: python -m export convert {task.name} --checkpoint {path}")
    return 0


def _kept(path: Path, task: Task[Any]) -> Config:
    """What the run in the checkpoint was told."""
    told = recall(path)["config"]
    config = Config(**{f.name: told[f.name] for f in fields(Config) if f.name in told})
    if config.task != task.name:
        raise ValueError(f"{path}: is a checkpoint of {config.task!r}, not of {task.name!r}")
    return replace(config, data=tuple(config.data))


def _refuse(config: Config, step: int) -> None:
    """Raises ValueError, with a sentence, where `config` cannot be trained; patches are multiples of `step`."""
    if not config.data:
        raise ValueError("--data must name at least one folder of photographs")
    for folder in config.data:
        if not Path(folder).is_dir():
            raise ValueError(f"{folder}: there is no such folder")
    if config.minutes <= 0 or config.lr <= 0:
        raise ValueError("--minutes and --lr must be more than 0")
    if config.patch % step or config.patch < 32:
        raise ValueError(f"--patch must be a multiple of {step}, 32 or more, not {config.patch}")
    if config.batch < 4:
        raise ValueError(f"--batch must be 4 or more, not {config.batch}")
    photos = find(map(Path, config.data))
    if len(photos) < FEWEST:
        raise ValueError(f"{', '.join(config.data)}: {len(photos)} photos to train on; {FEWEST} are the least")


def _convert(options: argparse.Namespace) -> int:
    task = tasks.task(options.task)
    checkpoint = options.checkpoint or TRAINED / task.name / "checkpoint.pt"
    out = options.out or checkpoint.with_name(f"{task.name}.onnx")
    if isinstance(task, Coded):
        made = convert_parts(task, checkpoint, out.parent, options.half, options.commit, options.note)
        for path, card in made.items():
            print(f"{path}: {path.stat().st_size / 1e6:.2f} MB, {card.cost:.1f} kMAC per pixel; {card.trained_on}")
            print(f"Next: python -m export check {task.name} --model {path}")
        return 0
    card = convert(task, checkpoint, out, options.half, options.commit, options.note)
    size = out.stat().st_size / 1e6
    print(f"{out}: {size:.2f} MB, {card.cost:.1f} kMAC per pixel; {card.trained_on}")
    print(f"Next: python -m export check {task.name} --model {out}")
    return 0


def _check(options: argparse.Namespace) -> int:
    task = tasks.task(options.task)
    path = options.model or MODELS / f"{task.name}.onnx"
    findings = check_part(task, path, print) if isinstance(task, Coded) else check(task, path, print)
    fine = all(finding.fine for finding in findings)
    print(f"{path}: {'the app runs what was trained' if fine else 'the app does NOT run what was trained'}")
    return 0 if fine else 1


def _measure(options: argparse.Namespace) -> int:
    task = tasks.task(options.task)
    path = options.model or MODELS / f"{task.name}.onnx"
    score = measure(task, path, options.data, options.models)
    print(score.table)
    if options.write and isinstance(task, Coded):
        files = ", ".join(map(str, noted(task, path, score.numbers, score.codes)))
        print(f"\n{files}: their cards now hold these numbers")
    elif options.write:
        card = card_of(path)
        relabel(path, replace(card, measured=card.measured | score.numbers))
        print(f"\n{path}: its card now holds these numbers")
    return 0


def _sheet(options: argparse.Namespace) -> int:
    network = Network(options.model or MODELS / f"{options.task}.onnx")
    if (told := network.card.task) != options.task or options.task not in SHOWN:
        raise ValueError(f"{network.path}: is for {told!r}; sheets are made with models for {', '.join(SHOWN)}")
    save(sheet(network, options.task, options.data, options.count), options.out)
    print(f"{options.out}: written")
    return 0


def _label(options: argparse.Namespace) -> int:
    network = Network(options.model or MODELS / "cutout.onnx")
    if network.card.task != "cutout":
        raise ValueError(f"{network.path}: is for {network.card.task!r}; labels are made by a model for 'cutout'")
    made = label(network, options.data, options.to, print, options.most)
    print(f"{options.to}: {made} photos with their mattes; --data takes them")
    return 0


def _render(options: argparse.Namespace) -> int:
    made = render(options.models, options.to, options.views, options.size, print, options.most)
    print(f"{options.to}: {made} new pictures")
    return 0


def _publish(options: argparse.Namespace) -> int:
    task = tasks.task(options.task)
    path = options.model or TRAINED / task.name / f"{task.name}.onnx"
    if isinstance(task, Coded):
        for card in publish_parts(task, path, options.models):
            print(f"{options.models / card.task}.onnx: version {card.version}. Next: python -m export readme")
        return 0
    card = publish(task, path, options.models)
    print(f"{options.models / path.name}: version {card.version}. Next: python -m export readme")
    return 0


def _scenes(options: argparse.Namespace) -> int:
    count = sum(1 for _ in draw(options.count, options.size, options.seed, options.to))
    print(f"{options.to}: {count} things drawn, in two colours each")
    return 0


def _readme(options: argparse.Namespace) -> int:
    page = options.models / "README.md"
    text = readme(options.models)
    page.write_text(text, encoding="utf-8")
    print(f"{page}: written")
    return 0
