"""Outputs: how the command line is told to write pictures."""

from __future__ import annotations

import argparse
import re

from editor.core.color import OUTPUT_SPACES
from editor.core.output import STRIPPED, Output


def arguments(parser: argparse.ArgumentParser) -> None:
    """How finished pictures are written."""
    add = parser.add_argument_group("the files that are written").add_argument
    add("--depth", choices=("8", "10", "12", "16", "float"), help="bits of each sample; else as the photo has")
    add("--profile", choices=("photo", *OUTPUT_SPACES), default="photo", help="colour profile; else as the photo has")
    add("--quality", type=int, default=95, metavar="1..100", help="of JPEG, WebP, AVIF and JXL (95)")
    add("--max-bytes", type=_bytes, metavar="N[K|M]", help="no longer than this; the quality goes down until it fits")
    add("--subsampling", choices=("4:4:4", "4:2:0"), default="4:4:4", help="of the colours of JPEG and AVIF (4:4:4)")
    add("--progressive", action="store_true", help="JPEGs that appear as a whole at once")
    add("--lossless", action="store_true", help="WebP, AVIF and JXL without any loss")
    add("--photos-only", action="store_true", help="for a place that takes photos only: of others it is said")
    add("--strip", action="append", choices=STRIPPED, default=[], help="leave out the position where a photo was taken")


def told(given: argparse.Namespace) -> Output:
    """The output that arguments ask for. Raises ValueError."""
    return Output(
        given.depth, given.quality, given.subsampling, given.progressive, given.max_bytes, given.lossless,
        given.profile, frozenset(given.strip), given.photos_only,
    )  # fmt: skip


def _bytes(text: str) -> int:
    """A length such as 500000, 500K, 500 kB or 2M (thousands and millions)."""
    found = re.fullmatch(r"([\d.]+)\s*([KM]?)B?", text.strip().upper())
    try:
        return round(float(found[1]) * {"": 1, "K": 1000, "M": 1_000_000}[found[2]]) if found else int(text)
    except (ValueError, OverflowError):
        raise argparse.ArgumentTypeError(f"{text!r} is not a length such as 500K or 2M") from None
