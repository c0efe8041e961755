"""Publish: lets a model in among those that ship, if it is right and better than the one that is there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from editor.ml.card import Card
from export.check import check
from export.onnx_file import card_of, opened, with_card, write
from export.task import Task


def publish(task: Task[Any], path: Path, models: Path) -> Card:
    """Copies the model at `path` to `models`/TASK.onnx, as the next version, and returns its card.

    Raises ValueError with the reason where it may not: not of this task, not measured, wrong by `check`, not good
    enough by the task's own bar, or no better than the one that lies there.
    """
    card, place = card_of(path), models / f"{task.name}.onnx"
    if card.task != task.name:
        raise ValueError(f"{path}: is for {card.task!r}, not {task.name!r}")
    if not _ranks(task, card.measured):
        raise ValueError(f"{path}: has not been measured; `measure {task.name} --model {path} --write` does that")
    if reason := task.shortfall(card.measured):
        raise ValueError(f"{path}: is not good enough ({reason})")
    version = 1
    if place.exists():
        there = card_of(place)
        if reason := no_better(task, card.measured, there.measured):
            raise ValueError(f"{path}: {reason}")
        version = there.version + 1
    wrong = [finding for finding in check(task, path) if not finding.fine]
    if wrong:
        raise ValueError(f"{path}: is not what was trained ({wrong[0]})")
    card = replace(card, version=version)
    write(place, with_card(opened(path), card))
    return card


def _ranks(task: Task[Any], measured: Mapping[str, float]) -> dict[str, float]:
    return {name: value for name, value in measured.items() if name.endswith(task.rank)}


def no_better(task: Task[Any], new: Mapping[str, float], old: Mapping[str, float]) -> str:
    """Why the new model does not beat the old one; empty if it does."""
    mine, theirs = _ranks(task, new), _ranks(task, old)
    if not theirs:
        return ""  # the one that is there was never measured
    shared = sorted(mine.keys() & theirs)
    if not shared:
        return f"was measured by {', '.join(mine)}, the published one by {', '.join(theirs)}"
    for name in shared:
        if (mine[name] <= theirs[name]) if task.higher_is_better else (mine[name] >= theirs[name]):
            return f"is no better than the published one ({name}: {mine[name]:.3f}, there {theirs[name]:.3f})"
    return ""
