"""Renewing metadata: what goes into a file that is written now, out of what stood in the photo's file."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from editor.core.metadata import exif, xmp
from editor.core.metadata.iptc import without_places
from editor.core.metadata.value import Metadata

STRIPS = frozenset({"gps"})


def renew(
    meta: Metadata, *, size: tuple[int, int], thumbnail: bytes | None, software: str, edits: str, when: datetime,
    srgb: bool, digital_source_type: str | None = None, strip: frozenset[str] = frozenset(),
    dpi: tuple[float, float] | None = None, reframed: bool = False,
) -> Metadata:  # fmt: skip
    """The metadata of a photo for the picture made of it, which stands upright.

    `size` is the picture's width and height, `thumbnail` a JPEG of at most 160 x 120 px or None, `edits` a readable
    line for the history, `digital_source_type` a URI of IPTC's vocabulary or None for what the photo says, `strip` what
    is to leave ("gps"), `dpi` a new resolution or None for the photo's. `reframed` drops paths and guides, which lie on
    the picture as it was. Raises ValueError for anything unknown in `strip`.
    """
    if unknown := strip - STRIPS:
        raise ValueError(f"cannot strip {', '.join(sorted(unknown))}; known is {', '.join(sorted(STRIPS))}")
    gps = "gps" not in strip
    block = exif.renewed(
        meta.exif, size=size, thumbnail=thumbnail, software=software, when=when, srgb=srgb, gps=gps,
        dpi=dpi or (None if exif.tells_resolution(meta.exif) else meta.dpi),
    )  # fmt: skip
    packet = xmp.renewed(
        meta.xmp, size=size, software=software, edits=edits, when=when, srgb=srgb, gps=gps, dpi=dpi,
        digital_source_type=digital_source_type,
    )  # fmt: skip
    moved = reframed or meta.orientation != 1
    photoshop = without_places(meta.photoshop) if moved else meta.photoshop
    return replace(meta, exif=block, xmp=packet, photoshop=photoshop, dpi=dpi or meta.dpi, orientation=1)
