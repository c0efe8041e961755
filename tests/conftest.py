"""Fixtures: small photos that the tests draw themselves, and models that need no file."""

from __future__ import annotations

import os
import signal
import sys

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("OMP_WAIT_POLICY", "passive")  # several test processes share the cores

from pathlib import Path

import numpy as np
import pytest
from PIL import Image as Pillow

from editor import cli, edits
from editor.core.image import Image
from editor.core.photo import Photo
from editor.core.sample import draw, grain
from tests.coding import Decoder, Encoder, Prior
from tests.dyeing import Splitter, dye

edits.discover()


def pytest_sessionfinish(session, exitstatus):
    session.config.ended = int(exitstatus)


@pytest.hookimpl(trylast=True)
def pytest_unconfigure(config):
    """All is said: the process ends here. Left to itself, PySide takes its last objects down after Python has been
    dismantled, and now and then crashes on that (PYSIDE-2254); what tests found would be lost with it."""
    if "PySide6.QtCore" in sys.modules and hasattr(config, "ended"):
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(config.ended)


class Smoother:
    """A denoiser of three taps each way: it takes noise out, and it looks one pixel around."""

    def __init__(self) -> None:
        self.runs: list[tuple[tuple[int, ...], float]] = []

    def run(self, pixels, job, *, level):
        job.progress(0)
        self.runs.append((pixels.shape, level))
        padded = np.pad(pixels, ((1, 1), (1, 1), (0, 0)), mode="edge")
        rows = padded[:-2] + padded[1:-1] + padded[2:]
        job.progress(1)
        return ((rows[:, :-2] + rows[:, 1:-1] + rows[:, 2:]) / 9).astype(np.float32)


class Estimator:
    """Says the noise is what neighbouring pixels differ by."""

    def run(self, pixels, job):
        job.progress(0)
        step = np.diff(pixels.mean(2), axis=1).std() * np.sqrt(3 / 2)
        return np.full((max(1, pixels.shape[0] // 8), max(1, pixels.shape[1] // 8), 1), step, np.float32)


class Finder:
    """Takes for the product what has another colour than the rim of the picture."""

    def __init__(self) -> None:
        self.runs: list[tuple[int, ...]] = []

    def run(self, pixels, job):
        job.progress(0)
        self.runs.append(pixels.shape)
        rim = np.concatenate([pixels[0], pixels[-1], pixels[:, 0], pixels[:, -1]])
        apart = np.abs(pixels - np.median(rim, axis=0)).max(2)
        soft = np.pad(apart, 2, mode="edge")
        height, width = apart.shape
        mean = sum(soft[y : y + height, x : x + width] for y in range(5) for x in range(5)) / 25
        job.progress(1)
        return ((mean - 0.12) / 0.12).clip(0, 1)[..., None].astype(np.float32)


class Grader:
    """Makes photos lighter by what they lack to a middle grey, and a little warmer; the left more than the right."""

    def tell(self, pixels, job):
        job.progress(0)
        stops = float(np.log2(0.5 / max(pixels.mean(), 0.05)))
        steps = np.linspace(0, 1, 33, dtype=np.float32)
        colours = np.stack(np.meshgrid(steps, steps, steps, indexing="ij"))  # blue, green, red
        table = 0.1 * np.stack([colours[2] * (1 - colours[2]), 0 * colours[1], -colours[0] * (1 - colours[0])])
        job.progress(1)
        return {
            "field": np.linspace(0.4, -0.2, 8, dtype=np.float32) * np.ones((1, 1, 6, 1), np.float32),
            "detail": np.full((1, 1), 0.3, np.float32),
            "gains": np.array([[stops + 0.1, stops, stops - 0.1]], np.float32),
            "curves": np.stack([steps, steps**1.1, steps * (1.5 - 0.5 * steps)])[None].astype(np.float32),
            "table": table[None].astype(np.float32),
        }


class Dyer:
    """Takes what is like the colour for the part, what is bright for mirrored light, and paints by lightness alone."""

    def __init__(self) -> None:
        self.told: list[tuple[int, ...]] = []

    def tell(self, pixels, job, *, matte, like):
        job.progress(0)
        self.told.append(pixels.shape)
        cover = (like * 2.5 - 0.4).clip(0, 1) * matte
        shine = ((pixels.min(2) - 0.7) / 3).clip(0, 1)
        job.progress(1)
        nothing = {"aim": (9, 4), "enter": (8, 4), "think": (9, 4), "leave": (4, 3), "ratio": (1,)}
        maps = {"cover": cover[None, None, ::2, ::2], "shine": shine[None, None, ::2, ::2]}
        return {**maps, **{name: np.zeros((1, *shape), np.float32) for name, shape in nothing.items()}}


@pytest.fixture
def models():
    return {
        "denoise": Smoother(), "noise": Estimator(), "cutout": Finder(), "enhance": Grader(), "recolor": Dyer(),
        "dye": Splitter(), "latent-encoder": Encoder(), "latent-decoder": Decoder(), "latent-prior": Prior(),
    }  # fmt: skip


@pytest.fixture
def packshot(monkeypatch, models):
    """Runs the command line in this process, with models that need no file."""
    monkeypatch.setattr("editor.ml.store.Store", lambda folder, wish="auto", own=None: models)
    before = signal.getsignal(signal.SIGTERM)
    yield lambda *arguments: cli.run([str(a) for a in arguments])
    signal.signal(signal.SIGTERM, before)


@pytest.fixture
def dyed():
    """The kind of an edit with a target colour, which is there while the test runs."""
    with dye() as kind:
        yield kind


@pytest.fixture(scope="session")
def noisy():
    """A noisy product picture, float32 (150, 200, 3), swinging past 0..1 here and there."""
    return grain(draw(size=(200, 150)))


@pytest.fixture
def image(noisy):
    return Image(noisy.copy())


@pytest.fixture
def photo_file(tmp_path, noisy) -> Path:
    path = tmp_path / "bottle.png"
    Pillow.fromarray((noisy.clip(0, 1) * 255 + 0.5).astype(np.uint8)).save(path)
    return path


@pytest.fixture
def photo(photo_file) -> Photo:
    return Photo.open(photo_file)
