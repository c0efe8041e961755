"""Reasons: what the core says of a file or a network, in the person's language; the core itself speaks English."""

from __future__ import annotations

import re
from functools import cache

from PySide6.QtCore import QCoreApplication

from editor.ui.actions import QT_TRANSLATE_NOOP

REASONS = (  # {} is what is put in: a number, a name, or another reason
    QT_TRANSLATE_NOOP("Reasons", "is a folder, not a photo"),
    QT_TRANSLATE_NOOP("Reasons", "is a folder"),
    QT_TRANSLATE_NOOP("Reasons", "is not a file"),
    QT_TRANSLATE_NOOP("Reasons", "is empty"),
    QT_TRANSLATE_NOOP("Reasons", "there is no such file"),
    QT_TRANSLATE_NOOP("Reasons", "may not be read (permission denied)"),
    QT_TRANSLATE_NOOP("Reasons", "does not fit into memory"),
    QT_TRANSLATE_NOOP("Reasons", "cannot be read ({})"),
    QT_TRANSLATE_NOOP("Reasons", "is not a picture that Packshot reads ({})"),
    QT_TRANSLATE_NOOP("Reasons", "is damaged or cut short ({})"),
    QT_TRANSLATE_NOOP("Reasons", "is larger than two gigabytes, which only TIFF, PSD and RAW files may be"),
    QT_TRANSLATE_NOOP("Reasons", "says it is {} x {} pixels; more than {} are refused"),
    QT_TRANSLATE_NOOP(
        "Reasons",
        "says it is {} x {} pixels, far more than its {} bytes can hold: it is damaged or a decompression bomb",
    ),
    QT_TRANSLATE_NOOP("Reasons", "needs {}: pip install {}"),
    QT_TRANSLATE_NOOP("Reasons", "is a JPEG of {} channels; read are grey, RGB and CMYK"),
    QT_TRANSLATE_NOOP("Reasons", "has more than {} scans, as no camera's JPEG has"),
    QT_TRANSLATE_NOOP("Reasons", "is a CMYK JPEG XL picture, which is not read; save it as TIFF or JPEG"),
    QT_TRANSLATE_NOOP("Reasons", "holds samples of {} bits; read are 1 to 16 bits and float"),
    QT_TRANSLATE_NOOP("Reasons", "holds {} samples; read are 8 and 16 bits and float"),
    QT_TRANSLATE_NOOP("Reasons", "holds {} samples; read are 1 to 16 bits and float"),
    QT_TRANSLATE_NOOP("Reasons", "holds pixels that are not numbers (NaN or infinite)"),
    QT_TRANSLATE_NOOP("Reasons", "is a PSD file of mode {}, which is not read"),
    QT_TRANSLATE_NOOP("Reasons", "was saved without its composite; save it again with 'Maximize compatibility'"),
    QT_TRANSLATE_NOOP("Reasons", "is damaged, or of a camera that this version of LibRaw does not know"),
    QT_TRANSLATE_NOOP("Reasons", "is a stack of pictures, not a photo"),
    QT_TRANSLATE_NOOP("Reasons", "is a TIFF of kind {}, which is not read"),
    QT_TRANSLATE_NOOP("Reasons", "it says it is {} x {} pixels"),
    QT_TRANSLATE_NOOP("Reasons", "its header makes no sense"),
    QT_TRANSLATE_NOOP("Reasons", "its header is cut"),
    QT_TRANSLATE_NOOP("Reasons", "its frame header is cut"),
    QT_TRANSLATE_NOOP("Reasons", "it holds no picture"),
    QT_TRANSLATE_NOOP("Reasons", "it ends before its picture"),
    QT_TRANSLATE_NOOP("Reasons", "it ends before its picture does"),
    QT_TRANSLATE_NOOP("Reasons", "the picture ends too early"),
    QT_TRANSLATE_NOOP("Reasons", "the picture reaches beyond the file's end"),
    QT_TRANSLATE_NOOP("Reasons", "it holds {} channels, not {}"),
    QT_TRANSLATE_NOOP("Reasons", "its layers reach beyond the file's end"),
    QT_TRANSLATE_NOOP("Reasons", "rows of the picture are missing"),
    QT_TRANSLATE_NOOP("Reasons", "channels are missing"),
    QT_TRANSLATE_NOOP("Reasons", "strips of the picture are missing"),
    QT_TRANSLATE_NOOP("Reasons", "it has no palette"),
    QT_TRANSLATE_NOOP("Reasons", "it names colours that its palette does not have"),
    QT_TRANSLATE_NOOP("Reasons", "it says that its samples have {} bits"),
    QT_TRANSLATE_NOOP("Reasons", "its tiles are larger than a photo"),
    QT_TRANSLATE_NOOP("Reasons", "its tiles have no size"),
    QT_TRANSLATE_NOOP("Reasons", "is a picture in printing inks, which is no matte; save it in grey"),
    QT_TRANSLATE_NOOP("Reasons", "is no name for a matte, which is written as .png"),
    QT_TRANSLATE_NOOP("Reasons", "has no matte: nothing says where the product is"),
    QT_TRANSLATE_NOOP("Reasons", "is no name for a look, which is written as .cube"),
    QT_TRANSLATE_NOOP("Reasons", "is not written: there is no edit of the photo that a look can hold"),
    QT_TRANSLATE_NOOP("Reasons", "is not written: {}"),
    QT_TRANSLATE_NOOP("Reasons", "is a file that an edit of the photo reads, which is not written over"),
    QT_TRANSLATE_NOOP("Reasons", "is longer than 64 MiB"),
    QT_TRANSLATE_NOOP("Reasons", "is longer than 8 MiB, as no swatch file is"),
    QT_TRANSLATE_NOOP("Reasons", "is no swatch file; read are .ase, .gpl and .csv"),
    QT_TRANSLATE_NOOP("Reasons", "has more than {} swatches"),
    QT_TRANSLATE_NOOP("Reasons", "has no swatches in it"),
    QT_TRANSLATE_NOOP("Reasons", "has swatches in printing inks (CMYK) only; save them as RGB or Lab"),
    QT_TRANSLATE_NOOP("Reasons", "Left out: {} in printing inks (CMYK). Save them as RGB or Lab."),
    QT_TRANSLATE_NOOP(
        "Reasons",
        "has a table that nobody can read: its first line has to say name,hex or name,r,g,b or name,L,a,b",
    ),
    QT_TRANSLATE_NOOP("Reasons", "in line {}, {} is not a colour"),
    QT_TRANSLATE_NOOP("Reasons", "it ends before its last swatch"),
    QT_TRANSLATE_NOOP("Reasons", "a swatch is not whole"),
    QT_TRANSLATE_NOOP("Reasons", "there are values in it that are no colours"),
    QT_TRANSLATE_NOOP("Reasons", "is written, but what it was drawn from is not ({})"),
    QT_TRANSLATE_NOOP("Reasons", "is not of one training with {}; they know other words"),
    QT_TRANSLATE_NOOP("Reasons", "tells of pictures and makes none"),
    QT_TRANSLATE_NOOP("Reasons", "makes pictures and tells nothing of them"),
    QT_TRANSLATE_NOOP("Reasons", "a matte of {} x {} pixels does not fit {} x {}"),
    QT_TRANSLATE_NOOP("Reasons", "a matte of {} x {} pixels is too small for a photo"),
    QT_TRANSLATE_NOOP("Reasons", "The matte beside it is left out: {}"),
    QT_TRANSLATE_NOOP("Reasons", "is the original, which is not overwritten unless asked"),
    QT_TRANSLATE_NOOP("Reasons", "cannot be written (there is no such folder)"),
    QT_TRANSLATE_NOOP("Reasons", "cannot be written ({})"),
    QT_TRANSLATE_NOOP("Reasons", "cannot be written as {} ({})"),
    QT_TRANSLATE_NOOP("Reasons", "cannot write {}; use .jpg, .png, .tif, .webp, .avif or .jxl"),
    QT_TRANSLATE_NOOP("Reasons", "{} does not hold a depth of {}; it holds {}"),
    QT_TRANSLATE_NOOP("Reasons", "{} holds at most {} pixels a side; this is {} x {}"),
    QT_TRANSLATE_NOOP("Reasons", "is written, but edits of the picture before it are still beside it ({})"),
    QT_TRANSLATE_NOOP("Reasons", "{} cannot be read ({})"),
    QT_TRANSLATE_NOOP("Reasons", "{} cannot be read ({}); once there are new edits it is kept as {}."),
    QT_TRANSLATE_NOOP("Reasons", "a preset needs at least one edit"),
    QT_TRANSLATE_NOOP("Reasons", "a preset needs a name"),
    QT_TRANSLATE_NOOP("Reasons", "too large for a preset"),
    QT_TRANSLATE_NOOP("Reasons", "not a text in UTF-8"),
    QT_TRANSLATE_NOOP("Reasons", "there are no edits in it"),
    QT_TRANSLATE_NOOP("Reasons", "It holds several frames, of which this is the first."),
    QT_TRANSLATE_NOOP("Reasons", "It holds several pages, of which this is the first."),
    QT_TRANSLATE_NOOP("Reasons", "It has a channel beside its colours that is not its transparency; that is left out."),
    QT_TRANSLATE_NOOP("Reasons", "It is an HDR picture ({}): its lights go beyond white."),
    QT_TRANSLATE_NOOP("Reasons", "It was CIELab, and comes in as ProPhoto RGB."),
    QT_TRANSLATE_NOOP(
        "Reasons", "Its colours are stored without their own profile, and what lies outside sRGB is lost in reading it."
    ),
    QT_TRANSLATE_NOOP("Reasons", "its colour profile is for {}, not for {}; it is left out"),
    QT_TRANSLATE_NOOP("Reasons", "its colour profile is damaged and left out"),
    QT_TRANSLATE_NOOP("Reasons", "it has no usable CMYK profile, so its colours are approximate"),
    QT_TRANSLATE_NOOP("Reasons", "Its colours are of a kind that is not known; they are taken for sRGB."),
    QT_TRANSLATE_NOOP("Reasons", "it is damaged or a decompression bomb"),
    QT_TRANSLATE_NOOP("Reasons", "has no Packshot card, so nobody knows how to run it"),
    QT_TRANSLATE_NOOP("Reasons", "its checksum is not the one in its card; the file was changed or damaged"),
    QT_TRANSLATE_NOOP("Reasons", "its inputs {} are not those of its card"),
    QT_TRANSLATE_NOOP("Reasons", "takes the inputs {}, not {}"),
    QT_TRANSLATE_NOOP("Reasons", "was changed while it was in use"),
    QT_TRANSLATE_NOOP("Reasons", "there is not enough memory to run it"),
    QT_TRANSLATE_NOOP("Reasons", "a network that makes {} pixels of one is not run in tiles"),
    QT_TRANSLATE_NOOP("Reasons", "takes {}, and not floats"),
    QT_TRANSLATE_NOOP("Reasons", "has no output {}, which its card names"),
    QT_TRANSLATE_NOOP("Reasons", "there is no such network for {}; `packshot models add` brings one along"),
    QT_TRANSLATE_NOOP("Reasons", "is not an ONNX model that can be run ({})"),
    QT_TRANSLATE_NOOP("Reasons", "there is no such model; it does the task {}"),
    QT_TRANSLATE_NOOP("Reasons", "its card says it is for {}, not {}"),
    QT_TRANSLATE_NOOP("Reasons", "no NVIDIA driver was found ({})"),
    QT_TRANSLATE_NOOP("Reasons", "no NVIDIA driver was found"),
    QT_TRANSLATE_NOOP("Reasons", "this ONNX Runtime was built without it"),
    QT_TRANSLATE_NOOP("Reasons", "No space left on device"),
    QT_TRANSLATE_NOOP("Reasons", "Permission denied"),
    QT_TRANSLATE_NOOP("Reasons", "Read-only file system"),
    QT_TRANSLATE_NOOP("Reasons", "Input/output error"),
    QT_TRANSLATE_NOOP("Reasons", "No such file or directory"),
    QT_TRANSLATE_NOOP("Reasons", "Disk quota exceeded"),
    QT_TRANSLATE_NOOP("Reasons", "File name too long"),
    QT_TRANSLATE_NOOP("Reasons", "Is a directory"),
    QT_TRANSLATE_NOOP("Reasons", "Not a directory"),
    QT_TRANSLATE_NOOP("Reasons", "Operation not permitted"),
)


def in_words(said: str) -> str:
    """A sentence of the core ("shoe.jpg: is empty") as the person is told it. What is not known stays as it is."""
    if QCoreApplication.translate("Reasons", REASONS[0]) == REASONS[0]:
        return said  # in English there is nothing to be done
    return _told(said) or _after_a_name(said) or said


def _after_a_name(said: str) -> str:
    """The same where a name, which may have any signs in it, and a colon go before."""
    for colon in re.finditer(": ", said):
        if told := _told(said[colon.end() :]):
            return said[: colon.end()] + told
    return ""


def _told(said: str) -> str:
    for reason, pattern in _patterns():
        if found := pattern.fullmatch(said):
            parts = [_told(part) or _noted(part) for part in found.groups()]
            return QCoreApplication.translate("Reasons", reason).format(*parts)
    return ""


def _noted(part: str) -> str:
    """A sentence that an edit says of what it has found out; anything else stays as it is."""
    return QCoreApplication.translate("Edits", part) if part.endswith(".") else part


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The one with most words of its own first: the others might take it for what is put into them."""
    ordered = sorted(REASONS, key=lambda reason: -len(reason.replace("{}", "")))
    return tuple((reason, re.compile("(.+)".join(map(re.escape, reason.split("{}"))))) for reason in ordered)
