"""Sheet: photos as they are and what a network makes of them, side by side, for eyes to judge what numbers do not."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import cv2
import numpy as np

from editor.core.image import Pixels
from editor.core.job import Job
from editor.core.model import Model
from editor.core.params import rgb_of
from export.data.mattes import Bytes, from_white
from export.data.photos import find, read
from export.grading import by_autocontrast, by_network
from export.matting import shrunk
from export.recoloring import by_network as by_recolor
from export.swatches import SWATCHES

CELL = 256  # pixels on the side of a picture
GAP = 4
LINE = 18  # pixels for a name
ACROSS = 9  # pictures in a row, some of each photo
DYED = ("black", "white", "navy", "red", "yellow")
GREY, WHITE, MAGENTA = (0.5, 0.5, 0.5), (1.0, 1.0, 1.0), (1.0, 0.0, 1.0)


def on_colours(model: Model, photo: Pixels) -> list[Pixels]:
    """A photo as it is, on white and on magenta; the matte is laid over plainly: the old background's colour stays."""
    matte = model.run(photo, Job())[..., :1].clip(0, 1)
    return [photo, *(photo * matte + np.array(colour, np.float32) * (1 - matte) for colour in (WHITE, MAGENTA))]


def beside_rivals(model: Model, photo: Pixels) -> list[Pixels]:
    """A photo as it is, enhanced, and with Pillow's autocontrast, which is the best of what measuring compares with."""
    return [photo, by_network(model)(photo), by_autocontrast(photo)]


def in_colours(model: Model, photo: Pixels) -> list[Pixels]:
    """A product on white as it is and in five other colours; six times as it is, where it is not on white."""
    found = from_white((photo * 255 + 0.5).astype(np.uint8))
    if found is None:
        return [photo] * (1 + len(DYED))
    way, matte = by_recolor(model), found[1] > 127
    return [photo, *(way(photo, matte, np.array(rgb_of(SWATCHES[name]), np.float32)) for name in DYED)]


SHOWN = {"cutout": on_colours, "enhance": beside_rivals, "recolor": in_colours}  # by the network's task


def sheet(model: Model, task: str, folders: Sequence[Path], count: int) -> Bytes:
    """`count` held-out photos below `folders`, spread evenly over them: each as it is and as others of SHOWN, with
    its number and name, uint8 (h, w, 3).

    Raises ValueError where there is no held-out photo.
    """
    files = find(folders, measuring=True)
    if not files:
        raise ValueError(f"{', '.join(map(str, folders))}: there are no held-out photos")
    chosen = [files[i * len(files) // count] for i in range(count)] if count < len(files) else files
    strips = [strip(model, task, file, f"{number} {file.stem}") for number, file in enumerate(chosen, 1)]
    beside = max(1, ACROSS * (CELL + GAP) // strips[0].shape[1])
    strips += [np.full_like(strips[0], 255)] * (-len(strips) % beside)
    rows = [np.concatenate(strips[i : i + beside], 1) for i in range(0, len(strips), beside)]
    return np.concatenate(rows, 0)


def strip(model: Model, task: str, file: Path, name: str) -> Bytes:
    """One photo several times, with its name below."""
    photo = shrunk(read(file).astype(np.float32) / np.float32(255))
    cells = [_cell(picture) for picture in SHOWN[task](model, photo)]
    bar = np.full((LINE, len(cells) * (CELL + GAP), 3), 255, np.uint8)
    cv2.putText(bar, name[:60], (2, LINE - 5), cv2.FONT_HERSHEY_SIMPLEX, 0.4, (40, 40, 40), 1, cv2.LINE_AA)
    return np.concatenate([np.concatenate(cells, 1), bar], 0)


def _cell(picture: Pixels) -> Bytes:
    """A picture in the middle of a grey square with a white rim at its right and below."""
    by = CELL / max(picture.shape[:2])
    width, height = (max(1, round(side * by)) for side in (picture.shape[1], picture.shape[0]))
    small = cv2.resize(picture, (width, height), interpolation=cv2.INTER_AREA if by < 1 else cv2.INTER_LINEAR)
    square = np.broadcast_to(np.array(GREY, np.float32), (CELL, CELL, 3)).copy()
    y, x = (CELL - height) // 2, (CELL - width) // 2
    square[y : y + height, x : x + width] = small
    padded = np.pad(square, ((0, GAP), (0, GAP), (0, 0)), constant_values=1)
    return (padded.clip(0, 1) * 255 + 0.5).astype(np.uint8)


def save(picture: Bytes, path: Path) -> None:
    """Writes uint8 RGB in the format of the file's suffix. Raises ValueError for a suffix that OpenCV cannot write."""
    try:
        _, coded = cv2.imencode(path.suffix or ".jpg", np.ascontiguousarray(picture[..., ::-1]))
    except cv2.error:
        raise ValueError(f"{path}: pictures are not written as {path.suffix!r}") from None
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(coded.tobytes())
