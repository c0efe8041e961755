"""Marks: what a photographer thinks of a photo: stars and a colour label; what a virtual copy of it is called; and
whether it is a photo at all."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from editor.core.concept import Concept
from editor.core.metadata import Metadata, read_metadata
from editor.core.metadata.directory import header, number, read_directory
from editor.core.metadata.packet import Packet, Unreadable
from editor.core.metadata.source import Source

LABELS = ("", "red", "yellow", "green", "blue", "purple")  # Lightroom's; "" is none
MOST_STARS = 5
LONGEST_NAME = 100  # signs
_EXIF_RATING = 0x4746
# xmp:Label holds the label's name in the language of whoever set it; Bridge has names of its own for the same colours
_NAMES = {name: name for name in LABELS[1:]} | {
    "select": "red", "second": "yellow", "approved": "green", "review": "blue", "to do": "purple",
    "红色": "red", "黄色": "yellow", "绿色": "green", "蓝色": "blue", "紫色": "purple",
}  # fmt: skip


@dataclass(frozen=True)
class Marks:
    """Raises ValueError for a rating that is not 0..5, a label that is none of LABELS, a name that cannot be shown."""

    rating: int = 0
    label: str = ""
    name: str = ""  # of a virtual copy: "Navy"; empty where it just has its number
    concept: Concept | None = None  # where a network drew it; None: it is a photo

    def __post_init__(self) -> None:
        if isinstance(self.rating, bool) or not isinstance(self.rating, int) or not 0 <= self.rating <= MOST_STARS:
            raise ValueError(f"rating {self.rating!r} is not a whole number from 0 to {MOST_STARS}")
        if self.label not in LABELS:
            raise ValueError(f"label {self.label!r} is none of {', '.join(LABELS[1:])}")
        if not isinstance(self.name, str) or len(self.name) > LONGEST_NAME or not self.name.isprintable():
            raise ValueError(f"name {self.name!a:.80} is not a text of at most {LONGEST_NAME} signs that can be shown")


UNMARKED = Marks()


def own_marks(photo: Path) -> Marks:
    """What a photo's file says itself (XMP xmp:Rating, xmp:Label and IPTC's digital source type, EXIF 0x4746),
    remembered until it is changed.

    Only the file's metadata are read. One that is not there, or says nothing that is known, is unmarked.
    """
    try:
        told = photo.stat()
    except OSError:
        return UNMARKED
    return marks_in(photo, told.st_mtime_ns, told.st_size)


@lru_cache(20_000)
def marks_in(photo: Path, modified: int, nbytes: int) -> Marks:
    """`own_marks` of the file as it was `modified` (ns) with `nbytes`, as whoever lists a folder knows already."""
    found = read_metadata(photo)
    rating, label = _in_xmp(found)
    if rating is None:
        rating = _in_exif(found)
    stars = min(max(int(rating or 0), 0), MOST_STARS)  # -1 is "rejected"
    return Marks(stars, _NAMES.get(label.strip().lower(), ""), concept=Concept.in_xmp(found.xmp))


def _in_xmp(found: Metadata) -> tuple[float | None, str]:
    if not found.xmp or (b"Rating" not in found.xmp and b"Label" not in found.xmp):  # parsing takes long
        return None, ""
    try:
        packet = Packet.parse(found.xmp)
    except Unreadable:
        return None, ""
    try:
        rating = float(packet.text("xmp:Rating") or "nan")
    except ValueError:
        rating = float("nan")
    return (rating if abs(rating) < 100 else None), packet.text("xmp:Label") or ""


def _in_exif(found: Metadata) -> float | None:
    source = Source(found.exif or b"")
    try:
        start = header(source)
        first = read_directory(source, start[0], start[2], start[1]) if start else None
        return number(source, first, _EXIF_RATING)
    except (struct.error, ValueError):
        return None
