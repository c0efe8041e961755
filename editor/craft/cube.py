"""Cube: a colour look as other programs keep it: .cube files with curves (1D), a cube of colours (3D), or both."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

import numpy as np

from editor.core.image import Pixels

MOST_POINTS = 129  # a side of a 3D table; OpenColorIO goes no further either
MOST_STEPS = 65_536  # of a 1D table
MOST_BYTES = 64 << 20
BRIGHTEST = 1000.0  # what lies beyond is no colour
ROWS = 1 << 16  # pixels that are taken at a time: they fit into the processor's cache

_KEYWORDS = "LUT_[13]D_SIZE|LUT_[13]D_INPUT_RANGE|DOMAIN_M(?:IN|AX)"
_NUMBER = r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:E[+-]?\d+)?"
_ROW = rf"{_NUMBER}[ \t]+{_NUMBER}[ \t]+{_NUMBER}[ \t]*"
_COMMENT = re.compile(r"#.*|^[ \t]*(?:;|//).*", re.MULTILINE)
_ODD = re.compile(rf"^(?![ \t]*(?:{_KEYWORDS})\b)(?![ \t]*(?:{_ROW})?$).", re.IGNORECASE | re.MULTILINE)
_UNKNOWN = re.compile(rf"^[ \t]*(?!(?:{_KEYWORDS})\b)[A-Z](?![A-Z_]*VIDEO_RANGE).*$", re.IGNORECASE | re.MULTILINE)
_HEADER = re.compile(rf"^[ \t]*({_KEYWORDS})\b(.*)$", re.IGNORECASE | re.MULTILINE)
_UNCLEAR = "This is no .cube file that can be understood."
_CONFIG = """\
ocio_profile_version: 2
roles: {default: raw}
displays: {none: [!<View> {name: none, colorspace: raw}]}
colorspaces: [!<ColorSpace> {name: raw, isdata: true}]
"""


class CubeError(ValueError):
    """What is wrong with a .cube file, in a sentence that names no file."""


@dataclass(frozen=True, eq=False)
class Cube:
    """A look that was read. `low` and `high` (3,) are the ends of its domain: the colours that it knows of."""

    low: Pixels
    high: Pixels
    nbytes: int
    _processor: Any = field(repr=False)

    def applied(self, rgb: Pixels, strength: float = 1.0) -> Pixels:
        """Colours (h, w, 3) as the look has them, by tetrahedral interpolation; 0 < `strength` <= 1 of the way there.

        Colours outside of its domain are taken to where its edge goes, and keep what they are beyond it.
        """
        import PyOpenColorIO as OCIO  # noqa: N814  # here and below: a window opens before it is loaded

        low, high = (end[0] if (end == end[0]).all() else end for end in (self.low, self.high))  # numbers are quicker
        flat = rgb.reshape(-1, 3)
        made = np.empty((len(flat), 3), np.float32)
        for start in range(0, len(flat), ROWS):
            before, after = flat[start : start + ROWS], made[start : start + ROWS]
            np.clip(before, low, high, out=after)
            beyond = before - after
            self._processor.apply(OCIO.PackedImageDesc(after, len(after), 1, 3))
            after += beyond
            if strength != 1:
                after -= before
                after *= np.float32(strength)
                after += before
        return made.reshape(rgb.shape)


def read_cube(data: bytes) -> Cube:
    """The look in the bytes of a .cube file, of Adobe's (once Iridas') or Resolve's kind. Raises CubeError.

    It is read by OpenColorIO, which is given nothing to open by itself, and nothing but keywords and plain numbers: it
    would take "0,5" for 0, and other kinds of look for what they are. Titles, comments and lines with keywords that no
    specification knows are passed over, as most readers do; not those that speak of video levels, which would change
    the colours.
    """
    import PyOpenColorIO as OCIO  # noqa: N814

    if len(data) > MOST_BYTES:
        raise CubeError("A look of more than 64 MiB is not read.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("latin-1")  # in a title or a comment
    text = re.sub(r"\r\n?", "\n", text).encode("ascii", "replace").decode("ascii")
    text = _UNKNOWN.sub("", _COMMENT.sub("", text))
    if _ODD.search(text):
        raise CubeError(_UNCLEAR)
    low, high = _domain(text)
    try:
        transform = _processor(text.encode("ascii"))
        tables = [np.asarray(step.getData()) for step in transform.createGroupTransform() if hasattr(step, "getData")]
        ready = transform.getOptimizedCPUProcessor(OCIO.OPTIMIZATION_DEFAULT)
    except (OCIO.Exception, UnicodeError, MemoryError):
        raise CubeError(_UNCLEAR) from None
    finally:
        OCIO.ClearAllCaches()  # it would keep every file for good
    if not all(np.isfinite(table).all() and np.abs(table).max() <= BRIGHTEST for table in tables):
        raise CubeError("There are values in this .cube file that are no colours.")
    return Cube(low, high, sum(table.nbytes for table in tables), ready)


def _domain(text: str) -> tuple[Pixels, Pixels]:
    """The lowest and the highest colour that a file has values for, (3,) each. Raises CubeError; also where its tables
    are larger than any that is used."""
    found = {key.upper(): rest.split() for key, rest in _HEADER.findall(text)}
    for key, rest in _HEADER.findall(text):
        if key.upper().endswith("_SIZE"):
            most = MOST_STEPS if "1D" in key.upper() else MOST_POINTS
            if not rest.strip().isdecimal() or not 2 <= int(rest.strip()[:9]) <= most:
                raise CubeError(f"A look has 2 to {MOST_POINTS} points a side, and curves 2 to {MOST_STEPS} steps.")
    first = "LUT_1D_INPUT_RANGE" if "LUT_1D_SIZE" in found else "LUT_3D_INPUT_RANGE"
    ends = found.get(first, ["0", "1"])
    try:
        low = np.array([float(v) for v in found.get("DOMAIN_MIN", ends[:1] * 3)], np.float32)
        high = np.array([float(v) for v in found.get("DOMAIN_MAX", ends[1:] * 3)], np.float32)
    except ValueError:
        low = high = np.zeros(3, np.float32)
    if low.shape != (3,) or high.shape != (3,) or not (low < high).all() or not np.isfinite(high - low).all():
        raise CubeError("This .cube file says no range of colours that makes sense.")
    return low, high


def _processor(data: bytes) -> Any:
    """OpenColorIO's, which is Python's own only by its type: it has no stubs."""
    import PyOpenColorIO as OCIO  # noqa: N814

    class Served(OCIO.PyConfigIOProxy):  # type: ignore[misc]
        """Answers for the disk: a configuration without colour spaces of its own, and the one file."""

        def getConfigData(self) -> str:  # noqa: N802
            return _CONFIG

        def getLutData(self, path: str) -> bytearray:  # noqa: N802
            return bytearray(data)

        def getFastLutFileHash(self, path: str) -> str:  # noqa: N802
            return sha256(data).hexdigest()

    served = Served()  # which must live for as long as it may be asked
    config = OCIO.Config.CreateFromConfigIOProxy(served)
    wanted = OCIO.FileTransform(f"{sha256(data).hexdigest()}.cube", interpolation=OCIO.INTERP_BEST)
    return config.getProcessor(wanted)
