"""Decoded: a picture file taken apart."""

from __future__ import annotations

from dataclasses import dataclass

from editor.core.formats import Samples
from editor.core.metadata import Metadata


@dataclass(frozen=True, eq=False)
class Decoded:
    """Upright pixels as they stood in the file, in its own colour space, and what came with them."""

    samples: Samples  # (h, w, n) uint8, uint16 or float32; n = 1 grey, 3 RGB, 4 CMYK (0 is no ink)
    alpha: Samples | None  # (h, w), of the same type, straight
    profile: bytes | None  # ICC of the samples
    metadata: Metadata
    bits: int  # 8, 10, 12, 14, 16 or 32 (float) that the file holds; 10 to 14 bits are scaled up to fill uint16
    notes: tuple[str, ...] = ()  # what a person should know, a sentence each
    raw: bool = False  # developed from a camera's RAW file
