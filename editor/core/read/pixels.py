"""Pixels: what a codec returns, brought into the one shape that the editor knows."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from editor.core.formats import Samples
from editor.core.read.source import Source

_KINDS = ("uint8", "uint16", "float32")
_STRIP = 256  # rows converted at a time, which bounds the memory that takes


def upright(samples: Samples, orientation: int) -> Samples:
    """Turned and mirrored as EXIF's Orientation 1 to 8 asks."""
    if orientation in (5, 6, 7, 8):
        samples = samples.swapaxes(0, 1)
    if orientation in (2, 3, 6, 7):
        samples = samples[:, ::-1]
    if orientation in (3, 4, 7, 8):
        samples = samples[::-1]
    return np.ascontiguousarray(samples)


def upright_size(size: tuple[int, int], orientation: int) -> tuple[int, int]:
    return (size[1], size[0]) if orientation in (5, 6, 7, 8) else size


def split(source: Source, samples: Samples, colours: int | None = None) -> tuple[Samples, Samples | None]:
    """(h, w) or (h, w, n) to (h, w, `colours`) and alpha, the channel after them; others are dropped.

    Without `colours`, two channels are grey with alpha, four RGB with alpha. Raises PhotoError for what is no photo.
    """
    if samples.ndim == 2:
        samples = samples[..., None]
    if samples.dtype.byteorder not in "=|":
        samples = samples.astype(samples.dtype.newbyteorder("="))
    if samples.dtype.name in ("float16", "float64"):
        with np.errstate(over="ignore"):
            samples = samples.astype(np.float32)
    if samples.dtype.name not in _KINDS:
        raise source.refused(f"holds {samples.dtype.name} samples; read are 8 and 16 bits and float")
    if samples.ndim != 3 or not samples.size:
        raise source.broken("it holds no picture")
    channels = samples.shape[2]
    colours = colours or (1 if channels < 3 else 3)
    if channels < colours:
        raise source.broken(f"it holds {channels} channels, not {colours}")
    alpha = np.ascontiguousarray(samples[..., colours]) if channels > colours else None
    samples = np.ascontiguousarray(samples[..., :colours])
    for part in (samples, alpha):
        if part is not None and part.dtype == np.float32:
            _finite(source, part)
    return samples, alpha


def _finite(source: Source, samples: Samples) -> None:
    for top in range(0, len(samples), _STRIP):
        if not np.isfinite(samples[top : top + _STRIP]).all():
            raise source.refused("holds pixels that are not numbers (NaN or infinite)")


def filled(samples: Samples, bits: int) -> Samples:
    """Samples of `bits` bits, one to sixteen, scaled so that the largest is all of uint8 or uint16."""
    if bits in (8, 16):
        return samples
    whole: Any = np.uint8 if bits < 8 else np.uint16
    top = (1 << bits) - 1
    table = np.round(np.arange(top + 1) * (np.iinfo(whole).max / top)).astype(whole)
    return mapped(np.minimum(samples, top), table)


def mapped(samples: Samples, table: NDArray[Any]) -> Samples:
    """Every integer sample looked up in a table, some rows at a time."""
    out = np.empty(samples.shape, table.dtype)
    for top in range(0, len(samples), _STRIP):
        table.take(samples[top : top + _STRIP], out=out[top : top + _STRIP])
    return out


def unmultiplied(colours: Samples, alpha: Samples) -> Samples:
    """Premultiplied colours made straight; where nothing is to be seen, black."""
    out = np.empty_like(colours)
    full = 1.0 if colours.dtype == np.float32 else float(np.iinfo(colours.dtype).max)
    for top in range(0, len(colours), _STRIP):
        rows = slice(top, top + _STRIP)
        seen = alpha[rows].astype(np.float64)
        part = colours[rows] * np.divide(full, seen, out=np.zeros_like(seen), where=seen > 0)[..., None]
        out[rows] = part if colours.dtype == np.float32 else part.clip(0, full).round()
    return out
