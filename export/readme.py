"""Readme: the page that lists the models, written from their cards."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import numpy as np

from export import tasks
from export.onnx_file import card_of, weights_of

HEAD = """# Models

This page is written by `python -m export readme` from the cards inside the files; change it there.
Each file is one network that this project trained and exported itself. `export/README.md` tells how.
"""


def readme(models: Path) -> str:
    """The page for the .onnx files in `models`, Markdown. Raises ValueError for a file without a readable card."""
    files = sorted(models.glob("*.onnx"))
    if not files:
        raise ValueError(f"{models}: there are no models in it")
    return "\n".join([HEAD, *(_section(file) for file in files)])


def _section(file: Path) -> str:
    card, contents = card_of(file), file.read_bytes()
    weights = sum(int(np.prod(tuple(w.shape))) for w in weights_of(file).values())
    whole = "whole pictures" if not card.tile else f"tiles of {card.tile} pixels that share {card.overlap}"
    facts = {
        "File": f"`{file.name}`, {len(contents) / 1e6:.2f} MB",
        "Version": str(card.version),
        "Weights": f"{weights:,}",
        "Cost": f"{card.cost:.1f} thousand multiply-adds per pixel",
        "Run in": whole,
        "Licence": card.licence or "not stated",
        "Trained on": "; ".join(card.data) or "not stated",
        "Trained for": card.trained_on or "not stated",
        "Seed, commit": f"{card.seed}, {card.commit or 'unknown'}",
        "SHA-256": f"`{sha256(contents).hexdigest()}`",
    }
    rows = "\n".join(f"| {name} | {fact} |" for name, fact in facts.items())
    known = card.task.partition("-")[0] in tasks.names()
    report = tasks.task(card.task).report(card.measured) if known and card.measured else "Not measured yet."
    return f"## {card.title or card.task}\n\n| | |\n|---|---|\n{rows}\n\n{report}\n"
