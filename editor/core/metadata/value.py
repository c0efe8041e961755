"""Metadata value: EXIF, XMP and IPTC as they stood in the photo's file."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Metadata:
    """Everything but pixels and profile, as bytes; None is not there."""

    exif: bytes | None = None  # a TIFF structure (II*\0 or MM\0*), offsets from its start, bytes as in the file
    xmp: bytes | None = None  # the packet, UTF-8, extended XMP merged in
    iptc: bytes | None = None  # IIM datasets: Photoshop resource 0x0404, TIFF tag 33723
    photoshop: bytes | None = None  # the other 8BIM resources worth keeping, clipping paths for one
    dpi: tuple[float, float] | None = None  # pixels per inch, across and down
    orientation: int = 1  # EXIF's 1 to 8, as the file says; the reader turns the pixels
