"""RAW: a camera's own file, developed by LibRaw into 16-bit ProPhoto RGB with the camera's white balance."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Any

import numpy as np

from editor.core.color import PROPHOTO
from editor.core.formats import Samples
from editor.core.read import jpeg, tiff
from editor.core.read.decoded import Decoded
from editor.core.read.pixels import split, upright
from editor.core.read.source import Source

_TURNS = {0: 1, 3: 3, 5: 8, 6: 6}  # LibRaw's flip -> EXIF's Orientation
_TIMES = 200  # bytes of samples to a byte of file; cameras press them to a tenth at most
_ALIKE = 0.06  # previews are cut a little differently


def is_raw(start: bytes) -> bool:
    """Whether the first bytes are those of a RAW file that is no plain TIFF structure."""
    cr3 = start[4:12] == b"ftypcrx "
    tiffs = start[:4] in (b"IIRO", b"MMOR", b"IIRS", b"IIU\0") or (start[8:10] == b"CR" and start[:4] == b"II*\0")
    others = start.startswith((b"FUJIFILMCCD-RAW", b"\0MRM", b"FOVb")) or start[6:14] == b"HEAPCCDR"
    return cr3 or tiffs or others or start[8:12] in (b"IIII", b"MMMM")  # the last are Phase One's


def is_known(source: Source) -> bool:
    """Whether LibRaw takes the file for one of its own."""
    try:
        with _opened(source):
            return True
    except Exception:  # whatever it says; there are other readers
        return False


def size_of(source: Source) -> tuple[int, int]:
    with _opened(source) as file:
        return _size(file)


def decode(source: Source) -> Decoded:
    """Develops a RAW file, upright. Raises PhotoError and what rawpy raises."""
    if tiff.cut_dng(source):
        raise source.broken("the picture reaches beyond the file's end")
    return _developed(source, half=False)


def preview(source: Source, longest: int) -> Decoded | None:
    """The JPEG that the camera put beside its data, where that is as long as asked; else developed at half the size."""
    with _opened(source) as file:
        size = _size(file)
        turn = _TURNS.get(file.sizes.flip, 1)
        small = _camera_jpeg(source, file, turn)
    if small is not None:
        across, along = small.shape[1], small.shape[0]
        if max(across, along) >= min(longest, max(size)) and abs(across * size[1] / (along * size[0]) - 1) < _ALIKE:
            return Decoded(small, None, None, source.metadata, 8, raw=True)
    return _developed(source, half=True) if max(size) >= 2 * longest else None


def _opened(source: Source) -> AbstractContextManager[Any]:
    """The file with its header read, nothing unpacked."""
    library = source.library("rawpy", "rawpy")
    file = library.RawPy()
    try:
        file.open_file(str(source.path))
        width, height = file.sizes.raw_width, file.sizes.raw_height
        source.fits(width, height, 2)
        if width * height * 2 > source.length * _TIMES:  # LibRaw may give black for what is missing
            raise source.broken("it ends before its picture does")
        if not file.sizes.iwidth or not file.sizes.iheight:
            raise source.broken("it holds no picture")
    except library.LibRawFileUnsupportedError:
        file.close()
        raise source.refused("is damaged, or of a camera that this version of LibRaw does not know") from None
    except BaseException:
        file.close()
        raise
    opened: AbstractContextManager[Any] = file
    return opened


def _size(file: Any) -> tuple[int, int]:
    sizes = file.sizes
    return (sizes.iheight, sizes.iwidth) if sizes.flip in (5, 6) else (sizes.iwidth, sizes.iheight)


def _developed(source: Source, half: bool) -> Decoded:
    library = source.library("rawpy", "rawpy")
    with _opened(source) as file:
        samples = file.postprocess(
            use_camera_wb=True, no_auto_bright=True, output_bps=16, output_color=library.ColorSpace.ProPhoto,
            gamma=(1.8, 0), half_size=half,
        )  # fmt: skip
    colours, _ = split(source, samples, 3 if samples.ndim == 3 and samples.shape[2] >= 3 else 1)
    return Decoded(colours, None, PROPHOTO.profile, source.metadata, 16, raw=True)


def _camera_jpeg(source: Source, file: Any, turn: int) -> Samples | None:
    try:
        thumb = file.extract_thumb()
    except Exception:  # there is none, or LibRaw cannot take it out
        return None
    if isinstance(thumb.data, bytes):
        try:
            samples = jpeg.pixels(source, thumb.data)
        except Exception:  # damaged; the data itself may be whole
            return None
    else:
        samples = np.asarray(thumb.data)
    if samples.ndim != 3 or samples.shape[2] != 3:
        return None
    return upright(samples, turn)
