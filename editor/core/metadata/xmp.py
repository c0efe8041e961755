"""XMP renewed: history, times, document numbers and digital source type of a packet, for a picture to be written."""

from __future__ import annotations

import logging
import re
import uuid
from datetime import datetime
from xml.etree import ElementTree as Tree

from editor.core.metadata.iptc import iptc_to_xmp
from editor.core.metadata.packet import Packet, Unreadable, name

log = logging.getLogger("packshot.metadata")
MOST_PARAMETERS, MOST_HISTORY = 8_000, 500  # characters of a save's edits, and saves that are remembered
_GPS = re.compile(r"\}(gps\w*|(absolute|relative|gps)?altitude|lat(itude)?|long?(gitude)?|longtitude)$", re.IGNORECASE)


def renewed(
    packet: bytes | None, *, size: tuple[int, int], software: str, edits: str, when: datetime, srgb: bool,
    digital_source_type: str | None = None, gps: bool = True, dpi: tuple[float, float] | None = None,
) -> bytes:  # fmt: skip
    """The packet for a picture of `size` (width, height) that `software` writes now, or a new one from nothing.

    A packet that cannot be read makes way for a new one, with a warning: the history and the digital source type have
    to be told, and nobody else could read the old one either. `when` without a time zone is local time.
    """
    try:
        work = Packet.parse(packet) if packet else Packet()
    except Unreadable as error:
        log.warning("the photo's XMP data cannot be read and are left out: %s", error)
        work = Packet()
    for called in ("xmp:Thumbnails", "xmpNote:HasExtendedXMP", "dc:format"):
        work.drop(called)
    width, height = size
    known = {
        "tiff:Orientation": 1, "tiff:ImageWidth": width, "tiff:ImageLength": height, "exif:PixelXDimension": width,
        "exif:PixelYDimension": height, "exif:ColorSpace": 1 if srgb else 65_535, "tiff:Software": software,
    }  # fmt: skip
    if dpi:
        across, down = (f"{int(one * 10_000 + 0.5)}/10000" for one in dpi)
        known |= {"tiff:XResolution": across, "tiff:YResolution": down, "tiff:ResolutionUnit": 2}
    stamp = (when if when.tzinfo else when.astimezone()).isoformat(timespec="seconds")
    known |= {"tiff:DateTime": stamp}
    for called, text in known.items():
        if work.find(called) is not None:
            work.put(called, str(text))
    if ("sRGB" in (work.text("photoshop:ICCProfile") or "")) != srgb:
        work.drop("photoshop:ICCProfile")
    if not gps:
        _without_gps(work)
    instance = f"xmp.iid:{uuid.uuid4()}"
    document = work.text("xmpMM:DocumentID") or f"xmp.did:{uuid.uuid4()}"
    for called, text in {
        "xmp:CreatorTool": software, "xmp:ModifyDate": stamp, "xmp:MetadataDate": stamp,
        "xmpMM:InstanceID": instance, "xmpMM:DocumentID": document,
        "xmpMM:OriginalDocumentID": work.text("xmpMM:OriginalDocumentID") or document,
    }.items():  # fmt: skip
        work.put(called, text)
    if digital_source_type is not None:
        work.put("Iptc4xmpExt:DigitalSourceType", digital_source_type)
    history = work.add("xmpMM:History")
    while len(history) >= MOST_HISTORY:
        history.remove(history[0])
    told = _tidy(edits)
    told = told if len(told) <= MOST_PARAMETERS else told[: MOST_PARAMETERS - 1] + "…"
    event = {"action": "saved", "instanceID": instance, "when": stamp, "softwareAgent": software, "parameters": told,
             "changed": "/"}  # fmt: skip
    # of elements: an attribute that ends in a slash, as `changed` does, is more than ImageMagick 6 can read
    item = Tree.SubElement(history, name("rdf:li"), {name("rdf:parseType"): "Resource"})
    for key, text in event.items():
        if text:
            Tree.SubElement(item, name(f"stEvt:{key}")).text = text
    return work.packed()


def with_iptc(packet: bytes | None, iptc: bytes) -> bytes | None:
    """The packet with what only the IPTC data sets say, for files that cannot hold those."""
    properties = iptc_to_xmp(iptc)
    try:
        work = Packet.parse(packet) if packet else Packet()
    except Unreadable:
        return packet
    missing = [one for one in properties if work.find(f"{one[0]}:{one[1]}") is None]
    for prefix, called, kind, texts in missing:
        if kind == "text":
            work.put(f"{prefix}:{called}", texts[0])
        else:
            work.put_list(f"{prefix}:{called}", kind, texts)
    return work.packed() if missing else packet


def without_gps(packet: bytes) -> bytes | None:
    """The packet without coordinates in any name space; None where it cannot be read."""
    try:
        work = Packet.parse(packet)
    except Unreadable:
        return None
    _without_gps(work)
    return work.packed()


def _without_gps(work: Packet) -> None:
    for one in list(work.root.iter()):
        for key in [key for key in one.attrib if _GPS.search(key)]:
            del one.attrib[key]
        one[:] = [child for child in one if not _GPS.search(child.tag)]


def _tidy(text: str) -> str:
    """A text with nothing in it that XML cannot hold."""
    return "".join(letter for letter in text if letter in "\n\t" or (letter >= " " and letter not in "\ufffe\uffff"))
