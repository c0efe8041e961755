"""Measuring, publishing and the page about the models."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from editor.ml.network import Network
from export.measure import blind_level, name_of, psnr, scenes, table, with_noise
from export.onnx_file import card_of, relabel
from export.publish import publish
from export.readme import readme
from export.tasks.denoise import TASK as DENOISE
from export.tasks.noise import TASK as NOISE

GOOD = {"CBSD68 sigma 15": 33.0, "CBSD68 NLM sigma 15": 30.0, "CBSD68 mean PSNR": 30.5, "CBSD68 MP/s": 1.0}


def test_psnr_is_that_of_8_bit_files() -> None:
    clean = np.full((20, 20, 3), 100 / 255, np.float32)
    assert psnr(clean + 2 / 255, clean) == pytest.approx(10 * np.log10(255**2 / 4), abs=1e-3)
    assert psnr(clean + 0.3 / 255, clean) > 90  # rounds to the same file
    assert psnr(clean * 0 - 1, clean * 0) > 90  # clipped


def test_noise_comes_from_a_seed_and_is_not_clipped() -> None:
    clean = np.zeros((64, 64, 3), np.float32)
    noisy = with_noise(clean, 25, 7)
    assert noisy.dtype == np.float32 and np.array_equal(noisy, with_noise(clean, 25, 7))
    assert not np.array_equal(noisy, with_noise(clean, 25, 8))
    assert noisy.std() * 255 == pytest.approx(25, rel=0.03) and noisy.min() < -0.1


class Estimator:
    """Says that the noise is half of how bright the picture is, as a map of cells of 8 pixels."""

    def run(self, pixels: np.ndarray, job: object) -> np.ndarray:
        rows, columns = (round(side / 8) for side in pixels.shape[:2])
        return pixels[4::8, 4::8, :1][:rows, :columns] / 2


def test_the_level_is_the_median_of_the_patches() -> None:
    picture = np.full((300, 800, 3), 0.1, np.float32)
    picture[:, :270] = 0.9  # the first of three patches
    assert blind_level(Estimator(), picture) == pytest.approx(0.05, rel=1e-5)
    picture[:140, 270:] = 0.3  # less than half of the others
    assert blind_level(Estimator(), picture) == pytest.approx(0.05, rel=1e-5)
    picture[:200, 270:] = 0.3  # and more
    assert blind_level(Estimator(), picture) == pytest.approx(0.15, rel=1e-5)


def test_white_paper_does_not_count_where_there_is_something_else() -> None:
    picture = np.ones((256, 256, 3), np.float32)
    assert blind_level(Estimator(), picture) == pytest.approx(0.5)
    picture[64:128, 64:128] = 0.2
    assert blind_level(Estimator(), picture) == pytest.approx(0.1)
    assert blind_level(Estimator(), picture[:2, :2]) == 0


def test_the_denoiser_is_measured_beside_opencv(made, photos: Path) -> None:
    task, path, _ = made
    score = task.measure(Network(path), [photos], path.parent)
    assert score.numbers["photos NLM sigma 25"] > 20 and score.numbers["photos MP/s"] > 0
    sigmas = [score.numbers[f"photos sigma {s}"] for s in (15, 25, 50)]
    assert score.numbers["photos mean PSNR"] == pytest.approx(sum(sigmas) / 3)
    assert "OpenCV" in score.table and "FFDNet" not in score.table  # whose row is of other pictures
    assert "no better than OpenCV's" in task.shortfall(score.numbers)  # its weights are noise
    assert "FFDNet" in task.report(GOOD) and "33.87" in task.report(GOOD)


def test_sets_are_named_and_found(tmp_path: Path) -> None:
    assert name_of(tmp_path / "cbsd68" / "images", 68) == "CBSD68"
    assert name_of(tmp_path / "cbsd68", 67) == "cbsd68"
    with pytest.raises(ValueError, match="no such folder"):
        scenes(tmp_path / "gone")
    with pytest.raises(ValueError, match="no pictures"):
        scenes(tmp_path)


def test_a_table_has_a_dash_for_what_is_missing() -> None:
    assert table(["a", "b"], [("x", {"b": 1.234})]).splitlines()[-1].split() == ["|", "x", "|", "–", "|", "1.23", "|"]


def test_only_a_measured_and_better_model_is_published(made, tmp_path: Path) -> None:
    task, path, _ = made
    ready, models = tmp_path / "denoise.onnx", tmp_path / "models"
    ready.write_bytes(path.read_bytes())
    with pytest.raises(ValueError, match="has not been measured"):
        publish(task, ready, models)
    relabel(ready, replace(card_of(ready), measured=GOOD | {"CBSD68 sigma 15": 29.0}))
    with pytest.raises(ValueError, match="no better than OpenCV's"):
        publish(task, ready, models)
    with pytest.raises(ValueError, match="is for 'denoise'"):
        publish(NOISE, ready, models)
    assert not models.exists()
    relabel(ready, replace(card_of(ready), measured=GOOD))
    assert publish(task, ready, models).version == 1
    assert Network(models / "denoise.onnx").card.measured == GOOD  # sealed again
    with pytest.raises(ValueError, match="no better than the published one"):
        publish(task, ready, models)
    relabel(ready, replace(card_of(ready), measured=GOOD | {"CBSD68 mean PSNR": 30.6}))
    assert publish(task, ready, models).version == 2
    relabel(ready, replace(card_of(ready), measured={"other mean PSNR": 40.0}))
    with pytest.raises(ValueError, match="was measured by other mean PSNR"):
        publish(task, ready, models)


def test_the_page_is_written_from_the_cards(made, tmp_path: Path) -> None:
    (tmp_path / "denoise.onnx").write_bytes(made[1].read_bytes())
    page = readme(tmp_path)
    assert "Not measured yet" in page and Network(tmp_path / "denoise.onnx").sha256 in page
    relabel(tmp_path / "denoise.onnx", replace(card_of(made[1]), measured=GOOD))
    page = readme(tmp_path)
    assert "| 33.00" in page and "DRUNet" in page and "0123abc" in page and "GPL-3.0-or-later" in page
    with pytest.raises(ValueError, match="no models"):
        readme(tmp_path / "none")


def test_the_noise_net_is_judged_by_octaves() -> None:
    numbers = {"CBSD68 off by log2, white 5": 0.2, "CBSD68 sigma said of clean photos": 1.0}
    assert NOISE.shortfall(numbers) == ""
    assert "octaves" in NOISE.shortfall(numbers | {"CBSD68 off by log2, white 5": 0.7})
    assert "clean photos" in NOISE.shortfall(numbers | {"CBSD68 sigma said of clean photos": 5.0})
    assert DENOISE.rank in "CBSD68 mean PSNR" and DENOISE.higher_is_better and not NOISE.higher_is_better
