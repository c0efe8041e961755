"""ICC: profiles of RGB spaces that are said in numbers: primaries, white and a tone curve.

Layout after the ICC specification, version 4.4 (ICC.1:2022); adaptation to its D50 after Bradford, its annex E.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Point = tuple[float, float]  # CIE 1931 x, y

D65: Point = (0.3127, 0.3290)
D50: Point = (0.3457, 0.3585)
SRGB_CURVE = (2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045)  # IEC 61966-2-1
BT709: tuple[Point, Point, Point] = ((0.64, 0.33), (0.30, 0.60), (0.15, 0.06))

_PCS = np.array([0.9642, 1.0, 0.8249])  # the profile connection space's white, D50
_BRADFORD = np.array([[0.8951, 0.2664, -0.1614], [-0.7502, 1.7135, 0.0367], [0.0389, -0.0685, 1.0296]])
_FUNCTION = {1: 0, 3: 1, 4: 2, 5: 3, 7: 4}  # parameters of a parametric curve -> its function type


def matrix_profile(
    name: str, primaries: tuple[Point, Point, Point], white: Point = D65, curve: Sequence[float] = SRGB_CURVE
) -> bytes:
    """An ICC profile for a display-like RGB space.

    `primaries` are red, green and blue, `white` the white point, all CIE x, y; `curve` the parameters of ICC's
    parametric curve from encoded to linear: (g,) or (g, a, b, c, d) for (a x + b)^g from d on and c x below. Raises
    ValueError for numbers that span no colour space.
    """
    if len(curve) not in _FUNCTION:
        raise ValueError(f"a parametric curve has 1, 3, 4, 5 or 7 parameters, not {len(curve)}")
    adaptation = _adaptation(_xyz(white))
    columns = np.stack([_xyz(p) for p in primaries], axis=1)
    if abs(np.linalg.det(columns)) < 1e-6:
        raise ValueError("these primaries span no colour space")
    to_pcs = adaptation @ columns * np.linalg.solve(columns, _xyz(white))
    if not np.isfinite(to_pcs).all() or np.abs(to_pcs).max() > 16:
        raise ValueError("these primaries and this white span no colour space")
    to_pcs += (_PCS - to_pcs.sum(1))[:, None] / 3  # white to the last digit
    colours = [b"XYZ \0\0\0\0" + _fixed(column) for column in to_pcs.T]
    shape = b"para\0\0\0\0" + struct.pack(">HH", _FUNCTION[len(curve)], 0) + _fixed(curve)
    tags = [
        (b"desc", _text(name)),
        (b"cprt", _text("No copyright, use freely")),
        (b"wtpt", b"XYZ \0\0\0\0" + _fixed(_PCS)),
    ]
    tags += [(b"chad", b"sf32\0\0\0\0" + _fixed(adaptation.ravel()))]
    tags += list(zip((b"rXYZ", b"gXYZ", b"bXYZ"), colours, strict=True))
    tags += [(b"rTRC", shape), (b"gTRC", shape), (b"bTRC", shape)]
    return _assemble(tags)


def _assemble(tags: list[tuple[bytes, bytes]]) -> bytes:
    places: dict[bytes, int] = {}
    table, body, start = b"", b"", 128 + 4 + 12 * len(tags)
    for signature, data in tags:
        if data not in places:
            places[data] = start + len(body)
            body += data + b"\0" * (-len(data) % 4)
        table += signature + struct.pack(">II", places[data], len(data))
    size = start + len(body)
    header = struct.pack(">I4sI4s4s4s", size, b"\0\0\0\0", 0x04400000, b"mntr", b"RGB ", b"XYZ ")
    header += struct.pack(">6H", 2026, 1, 1, 0, 0, 0) + b"acsp" + b"\0" * 24 + struct.pack(">I", 1) + _fixed(_PCS)
    return header.ljust(128, b"\0") + struct.pack(">I", len(tags)) + table + body


def _xyz(point: Point) -> NDArray[np.float64]:
    x, y = point
    if not y > 0:
        raise ValueError(f"{point} is no chromaticity")
    return np.array([x / y, 1.0, (1 - x - y) / y])


def _adaptation(white: NDArray[np.float64]) -> NDArray[np.float64]:
    ratio = (_BRADFORD @ _PCS) / (_BRADFORD @ white)
    return np.asarray(np.linalg.inv(_BRADFORD) @ (ratio[:, None] * _BRADFORD))


def _fixed(numbers: Sequence[float] | NDArray[np.float64]) -> bytes:
    """s15Fixed16 numbers."""
    return struct.pack(f">{len(numbers)}i", *(round(float(n) * 65536) for n in numbers))


def _text(text: str) -> bytes:
    encoded = text.encode("utf-16-be")
    return b"mluc\0\0\0\0" + struct.pack(">II2s2sII", 1, 12, b"en", b"US", len(encoded), 28) + encoded


def colour_model(profile: bytes) -> str:
    """What a profile describes: "RGB", "GRAY", "CMYK", "Lab" ...; empty where it is no profile."""
    whole = len(profile) >= 132 and profile[36:40] == b"acsp"
    return profile[16:20].decode("ascii", "replace").strip() if whole else ""


def profile_name(profile: bytes) -> str:
    """The description in a profile; empty where there is none that can be read."""
    count = min(int.from_bytes(profile[128:132], "big"), 100) if len(profile) >= 132 else 0
    for entry in range(132, 132 + 12 * count, 12):
        if profile[entry : entry + 4] != b"desc":
            continue
        start, size = struct.unpack(">II", profile[entry + 4 : entry + 12].ljust(8, b"\0"))
        data = profile[start : start + size]
        if data[:4] == b"desc":
            length = int.from_bytes(data[8:12], "big")
            return data[12 : 12 + length].split(b"\0")[0].decode("latin-1").strip()
        if data[:4] == b"mluc" and len(data) >= 28:
            length, place = struct.unpack(">II", data[20:28])
            return data[place : place + length].decode("utf-16-be", "replace").strip("\0 ")
    return ""
