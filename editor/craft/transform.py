"""Transform: colours through OpenColorIO, pixel by pixel, in float32 and as fast as the processor goes.

It is loaded when it is first asked for: the window opens before that.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from editor.core.image import Pixels
from editor.craft.strips import each_strip

if TYPE_CHECKING:
    import PyOpenColorIO as OCIO  # noqa: N814 - as its own documentation calls it

SRGB = (2.4, 0.055)  # its curve is a power with a straight beginning (IEC 61966-2-1)


def processor(steps: list[OCIO.Transform], *, exact: bool = False) -> OCIO.CPUProcessor:
    """What does these steps one after the other; powers by a fast formula that is right to five digits, or `exact`."""
    import PyOpenColorIO as OCIO  # noqa: N814

    how = OCIO.OPTIMIZATION_LOSSLESS if exact else OCIO.OPTIMIZATION_DEFAULT
    return OCIO.Config.CreateRaw().getProcessor(OCIO.GroupTransform(steps)).getOptimizedCPUProcessor(how)


def applied(run: OCIO.CPUProcessor, pixels: Pixels) -> Pixels:
    """What a processor makes of (h, w, 3), float32, as a new array."""
    import PyOpenColorIO as OCIO  # noqa: N814

    out = np.array(pixels, np.float32, order="C")

    def work(rows: slice) -> None:
        part = out[rows]
        run.apply(OCIO.PackedImageDesc(part, part.shape[1], part.shape[0], 3))

    each_strip(work, (out.shape[1], out.shape[0]))
    return out


def power(gamma: float, offset: float, *, back: bool = False) -> OCIO.Transform:
    """((x + offset) / (1 + offset)) ^ gamma above a straight beginning that joins it smoothly, mirrored below zero."""
    import PyOpenColorIO as OCIO  # noqa: N814

    way = OCIO.TRANSFORM_DIR_INVERSE if back else OCIO.TRANSFORM_DIR_FORWARD
    numbers = {"gamma": [gamma] * 3 + [1], "offset": [offset] * 3 + [0]}
    return OCIO.ExponentWithLinearTransform(**numbers, negativeStyle=OCIO.NEGATIVE_MIRROR, direction=way)


def matrix(rows: NDArray[np.float64]) -> OCIO.Transform:
    """Rows (3, 3) that colours are multiplied by."""
    import PyOpenColorIO as OCIO  # noqa: N814

    four = np.eye(4)
    four[:3, :3] = rows
    return OCIO.MatrixTransform(matrix=four.ravel().tolist())


def in_linear_light(rgb: Pixels, rows: NDArray[np.float64]) -> Pixels:
    """sRGB-encoded (h, w, 3), mirrored below zero, with its linear light multiplied by `rows` (3, 3); float32."""
    return applied(_linear(np.ascontiguousarray(rows, np.float64).tobytes()), rgb)


@lru_cache(16)
def _linear(rows: bytes) -> OCIO.CPUProcessor:
    return processor([power(*SRGB), matrix(np.frombuffer(rows).reshape(3, 3)), power(*SRGB, back=True)])
