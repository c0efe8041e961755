"""Origin: whether a picture was taken, changed by a network or drawn by one, in the words of IPTC's news codes.

The words are those of https://cv.iptc.org/newscodes/digitalsourcetype; a file says one of them as
Iptc4xmpExt:DigitalSourceType.
"""

from __future__ import annotations

from editor.core.metadata.packet import Packet, Unreadable

_TYPES = "http://cv.iptc.org/newscodes/digitalsourcetype/"
ENHANCED = _TYPES + "algorithmicallyEnhanced"  # corrected by a network that adds nothing
COMPOSITE = _TYPES + "compositeWithTrainedAlgorithmicMedia"  # a network made or reshaped a part of it
GENERATED = _TYPES + "trainedAlgorithmicMedia"  # a network drew it
SOURCES = ("", ENHANCED, COMPOSITE, GENERATED)  # weakest first; "" is a photo
RENDERED = (COMPOSITE, GENERATED)  # what shows something that nobody has seen
_WORDS = {each.rpartition("/")[2]: place for place, each in enumerate(SOURCES) if each}
_WORDS |= {"compositeSynthetic": SOURCES.index(COMPOSITE)}  # another word for as much


def strongest(*types: str) -> str:
    """Of several types what a picture is that all of them hold for: what was drawn stays drawn. One that is not known
    counts as a photo; of such the first that says anything."""
    return max((each for each in types if each), key=strength, default="")


def strength(type_: str) -> int:
    """The place of a type among SOURCES, however its address is written; 0 for those that are not known."""
    return _WORDS.get(type_.strip().rstrip("/").rpartition("/")[2], 0)


def told_by(xmp: bytes | None) -> str:
    """The type that a packet tells; empty: none."""
    if not xmp or b"DigitalSourceType" not in xmp:  # parsing takes long
        return ""
    try:
        return (Packet.parse(xmp).uri("Iptc4xmpExt:DigitalSourceType") or "").strip()
    except Unreadable:
        return ""
