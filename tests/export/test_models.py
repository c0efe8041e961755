"""The models that ship say what their PyTorch nets say, and the page about them is up to date."""

from __future__ import annotations

from pathlib import Path

import pytest

from export import tasks
from export.check import check
from export.codes import Coded, check_part
from export.convert import LARGEST
from export.onnx_file import card_of
from export.readme import readme

MODELS = Path(__file__).parents[2] / "models"
FILES = sorted(MODELS.glob("*.onnx"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_app_runs_what_was_trained(path: Path) -> None:
    assert path.stat().st_size <= LARGEST
    card = card_of(path)
    assert card.task == path.stem and card.licence and card.data and card.trained_on
    assert card.cost <= 100
    task = tasks.task(path.stem)
    findings = check_part(task, path) if isinstance(task, Coded) else check(task, path)
    assert findings and all(finding.fine for finding in findings)


@pytest.mark.skipif(not FILES, reason="no model has been published yet")
def test_the_page_about_the_models_is_the_generated_one() -> None:
    assert (MODELS / "README.md").read_text(encoding="utf-8") == readme(MODELS)
