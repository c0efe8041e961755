"""Grading: what others do to a photo's light and colours with one click, and how far two photos are apart."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import cv2
import numpy as np
from PIL import Image as Pillow
from PIL import ImageOps

from editor.core.image import Image, Pixels
from editor.core.job import Job
from editor.core.model import Model
from editor.craft.difference import ciede2000, lab_of
from editor.craft.grade import grade_of, graded
from export.data.photos import pictures, read
from export.measure import psnr

LARGEST = 1024  # pixels on the longer side that pairs are measured at
CUT = 0.5  # percent of the pixels that auto-levels give away at each end
AFTER = "after"  # the folder of photos as they should be; those beside it hold the same as they came out

Way = Callable[[Pixels], Pixels]  # (h, w, 3) in 0..1 to the same


def by_network(model: Model) -> Way:
    """As the app does it, at 100 %."""

    def way(rgb: Pixels) -> Pixels:
        image = Image(rgb)
        grade = grade_of(model.tell(_small(rgb), Job()), _small(rgb), image.size)
        return graded(rgb, image, grade, 1.0)

    return way


def _small(rgb: Pixels) -> Pixels:
    """All of a photo as edits study it."""
    by = min(1.0, LARGEST / max(rgb.shape[:2]))
    size = max(1, round(rgb.shape[1] * by)), max(1, round(rgb.shape[0] * by))
    return np.asarray(cv2.resize(rgb, size, interpolation=cv2.INTER_AREA), np.float32)


def by_clahe(rgb: Pixels) -> Pixels:
    """OpenCV's contrast-limited adaptive histogram equalization on L*, limit 2, 8 x 8 fields."""
    lab = cv2.cvtColor(_bytes(rgb), cv2.COLOR_RGB2LAB)
    lab[..., 0] = cv2.createCLAHE(2.0, (8, 8)).apply(lab[..., 0])
    return _floats(cv2.cvtColor(lab, cv2.COLOR_LAB2RGB))


def by_grey_world(rgb: Pixels) -> Pixels:
    """Channels brought to one mean (grey world), then auto-levels: darkest and brightest go to black and white."""
    means = rgb.mean((0, 1))
    balanced = rgb * (means.mean() / np.maximum(means, 1e-3))
    low, high = np.percentile(balanced, (CUT, 100 - CUT))
    return np.asarray(((balanced - low) / max(high - low, 1e-3)).clip(0, 1), np.float32)


def by_autocontrast(rgb: Pixels) -> Pixels:
    """Pillow's, on each channel, as auto-levels of many editors do it."""
    return _floats(np.asarray(ImageOps.autocontrast(Pillow.fromarray(_bytes(rgb)), cutoff=CUT)))


RIVALS: dict[str, Way] = {
    "nothing": lambda rgb: rgb,
    "OpenCV CLAHE": by_clahe,
    "grey world, auto-levels": by_grey_world,
    "Pillow autocontrast": by_autocontrast,
}


def apart(made: Pixels, good: Pixels) -> tuple[float, float]:
    """PSNR in dB and mean CIEDE2000 of two photos (h, w, 3), after rounding to 8 bits."""
    made, good = (_floats(_bytes(rgb)) for rgb in (made, good))
    return psnr(made, good), float(ciede2000(lab_of(made), lab_of(good)).mean())


def with_after(folder: Path) -> bool:
    """Whether a folder holds photos as they should be, `after/`, and the same as they came out in others beside it."""
    return (folder / AFTER).is_dir()


def pairs(folder: Path) -> Iterator[tuple[str, list[tuple[Path, Path]]]]:
    """The sets in such a folder: name, and (as it came out, as it should be) by the files' names without suffix; where
    several came of one, what follows the last "_" or "-" may differ (a series of exposures).

    Raises ValueError where nothing fits.
    """
    after = {file.stem: file for file in pictures([folder / AFTER])}
    found = False
    for place in sorted(p for p in folder.iterdir() if p.is_dir() and p.name != AFTER):
        files = [(file, good) for file in pictures([place]) if (good := after.get(file.stem) or after.get(_stem(file)))]
        if files:
            found = True
            yield f"{folder.resolve().name} {place.name}", files
    if not found:
        raise ValueError(f"{folder}: no photo in it has the name of one in {AFTER}/")


def _stem(file: Path) -> str:
    return file.stem[: max(file.stem.rfind("_"), file.stem.rfind("-"), 0)]


def opened(before: Path, after: Path) -> tuple[Pixels, Pixels]:
    """A pair of photos as float32 (h, w, 3), LARGEST at most. Raises ValueError where they have different shapes."""
    came, good = (_floats(read(path)) for path in (before, after))
    if abs(came.shape[1] / came.shape[0] - good.shape[1] / good.shape[0]) > 0.02:
        raise ValueError(f"{before}: has another shape than {after}")
    by = min(1.0, LARGEST / max(good.shape[:2]))
    size = max(1, round(good.shape[1] * by)), max(1, round(good.shape[0] * by))
    fitted = (cv2.resize(rgb, size, interpolation=cv2.INTER_AREA) for rgb in (came, good))
    first, second = (np.asarray(rgb, np.float32) for rgb in fitted)
    return first, second


def _bytes(rgb: Pixels) -> np.ndarray:
    return (rgb.clip(0, 1) * 255 + 0.5).astype(np.uint8)


def _floats(rgb: np.ndarray) -> Pixels:
    return np.asarray(rgb, np.float32) / np.float32(255)
