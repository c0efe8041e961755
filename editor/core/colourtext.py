"""Colour text: a colour as it is written, "#1f4e79", "rgb(31 78 121)", "lab(32 -3 -29)", and what it is in sRGB."""

from __future__ import annotations

import math
import re
import unicodedata

from editor.core.lab import Triple, lab, oklab, rgb_from_lab, rgb_from_oklab

NOTATIONS = ("hex", "rgb", "lab", "lch")  # that `written` takes
WIDEST = 200.0  # of a* and b*: no colour that eyes see lies beyond
LONGEST = 100  # signs

_HEX = re.compile(r"#([0-9a-f]{6}|[0-9a-f]{3})")
_PLAIN = re.compile(r"#[0-9a-fA-F]{6}")
_CALL = re.compile(r"(rgba?|lab|lch|oklab|oklch)\(\s*([^()/]*?)\s*(?:/\s*(?:1|1\.0+|100\s*%)\s*)?\)")
_NUMBER = re.compile(r"([+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d{1,3})?)(%|deg|grad|rad|turn)?", re.ASCII)
_TURN = {"": 1.0, "deg": 1.0, "grad": 0.9, "rad": 180 / math.pi, "turn": 360.0}
# For each function of CSS Color 4 what 100 % of its three parts are; None is an angle
_WHOLE: dict[str, tuple[float, float, float | None]] = {
    "rgb": (255, 255, 255), "lab": (100, 125, 125), "lch": (100, 150, None), "oklab": (1, 0.4, 0.4),
    "oklch": (1, 0.4, None),
}  # fmt: skip
_SAME = 0.02  # in L*, a* and b*: what is nearer is the same colour, written with two digits of chroma and hue
_SLACK = 1e-4  # of sRGB's range


def rgb_of(colour: str) -> Triple:
    """Red, green and blue, sRGB-encoded, of a colour in any of these notations. Raises ValueError for another text.

    Beyond 0..1 (mirrored below zero) where it lies outside sRGB. The notations are those of CSS Color 4: "#rrggbb",
    "#rgb", "rgb(R G B)" with 0..255, "lab(L a b)" and "lch(L C h)" (CIE under D50, L from 0 to 100), "oklab(L a b)" and
    "oklch(L C h)" (L from 0 to 1); each part may be a percentage, an angle may have a unit, commas may stand between.
    """
    text = colour.strip().lower() if len(colour) <= LONGEST else ""
    if found := _HEX.fullmatch(text):
        digits = found[1] if len(found[1]) == 6 else "".join(2 * digit for digit in found[1])
        red, green, blue = (int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4))
        return red, green, blue
    if not (call := _CALL.fullmatch(text)):
        raise ValueError(f"{colour!r:.80} is not a colour such as #d8c8b0, rgb(216 200 176) or lab(81 1 14)")
    name = call[1].removesuffix("a")
    try:
        return _meant(name, _parts(name, call[2]))
    except ValueError as error:
        raise ValueError(f"{colour!r:.80} is not a colour: {error}") from None


def kept(colour: str) -> str:
    """A colour in the one notation that it is kept in. Raises ValueError.

    "#rrggbb" where it is one, as far as it can be told; else "lab(L a b)" with at most two digits.
    """
    if _PLAIN.fullmatch(colour):
        return colour.lower()
    digits = _digits(rgb_of(colour))
    levels = [round(255 * v) for v in rgb_from_lab(*digits)]
    if all(0 <= v <= 255 for v in levels):
        whole = "#" + "".join(f"{v:02x}" for v in levels)
        if all(abs(v - w) < _SAME for v, w in zip(digits, lab(*rgb_of(whole)), strict=True)):
            return whole
    return _call("lab", digits, 2)


def text_of(red: float, green: float, blue: float) -> str:
    """The same of a colour by its sRGB-encoded values, of any size."""
    return kept(_call("lab", _digits((red, green, blue)), 2))


def written(colour: str, notation: str) -> str:
    """A colour in one of NOTATIONS; `rgb_of` takes it. One that has no "hex" or "rgb" is "lab(L a b)" there."""
    colour = kept(colour)
    if notation == "hex" or (notation == "rgb" and not within_srgb(colour)):
        return colour
    rgb = rgb_of(colour)
    if notation == "rgb":
        return _call("rgb", [min(max(255 * v, 0.0), 255.0) for v in rgb], 2)
    parts = lab(*rgb)
    return _call(notation, _polar(parts) if notation == "lch" else parts, 2)


def typed(text: str, notation: str = "hex") -> str:
    """A colour as a person types it, in the form that it is kept in. Raises ValueError.

    Beside all that `rgb_of` takes: "1f4e79", "lab 32 -4 -30", an open parenthesis, full-width signs, and three numbers
    alone, which mean what `notation`, one of NOTATIONS, has them for; "hex" as "rgb".
    """
    plain = unicodedata.normalize("NFKC", text[:LONGEST]).replace("\u2212", "-").strip().lower()
    if re.fullmatch("#?(?:[0-9a-f]{6}|[0-9a-f]{3})", plain):
        return kept(f"#{plain.removeprefix('#')}")
    name = re.match("[a-z]*", plain)
    function = (name[0] if name else "") or ("rgb" if notation == "hex" else notation)
    inside = plain[name.end() if name else 0 :].strip()
    return kept(f"{function}({inside.removeprefix('(').removesuffix(')').strip(' ,;')})")


def within_srgb(colour: str) -> bool:
    """Whether sRGB holds a colour."""
    return kept(colour).startswith("#") or all(-_SLACK <= v <= 1 + _SLACK for v in rgb_of(colour))


def shown_as(colour: str) -> str:
    """The "#rrggbb" that stands for a colour where only sRGB can be shown: of its hue and lightness in OKLab, and with
    as much of its chroma as sRGB has room for (as in CSS Color 4, 13.2, by halving)."""
    rgb = rgb_of(colour)
    if not within_srgb(colour):
        light, a, b = oklab(*rgb)
        light = min(max(light, 0.0), 1.0)
        low, high = 0.0, 1.0
        for _ in range(12):
            middle = (low + high) / 2
            tried = rgb_from_oklab(light, a * middle, b * middle)
            low, high = (middle, high) if all(-1e-3 <= v <= 1.001 for v in tried) else (low, middle)
        rgb = rgb_from_oklab(light, a * low, b * low)
    return "#" + "".join(f"{round(255 * min(max(v, 0.0), 1.0)):02x}" for v in rgb)


def _parts(name: str, text: str) -> Triple:
    words = [word.strip() for word in text.split(",")] if "," in text else text.split()
    wholes = _WHOLE[name]
    if len(words) != 3:
        raise ValueError(f"{name}() has three numbers")
    first, second, third = (_part(word, whole) for word, whole in zip(words, wholes, strict=True))
    return first, second, third


def _part(word: str, whole: float | None) -> float:
    if word == "none":
        return 0.0
    found = _NUMBER.fullmatch(word)
    unit = (found[2] or "") if found else ""
    if not found or (whole is None and unit == "%") or (whole is not None and unit not in ("", "%")):
        raise ValueError(f"{word!r} is not a number here")
    value = float(found[1]) * (_TURN[unit] if whole is None else whole / 100 if unit else 1.0)
    if not math.isfinite(value):
        raise ValueError("its numbers are too large")
    return value


def _meant(name: str, parts: Triple) -> Triple:
    """What a function and its three numbers mean, in sRGB."""
    first, second, third = parts
    top = _WHOLE[name][0]
    for part in parts if name == "rgb" else (first,):
        if not 0 <= part <= top:
            raise ValueError(f"{part:g} is not between 0 and {top:g}")
    if name == "rgb":
        return first / 255, second / 255, third / 255
    if name.endswith("lch"):
        if second < 0:
            raise ValueError("its chroma is below zero")
        turn = math.radians(third % 360)
        second, third = second * math.cos(turn), second * math.sin(turn)
    if max(abs(second), abs(third)) > (WIDEST + 0.1 if name in ("lab", "lch") else 1):
        raise ValueError("it has more chroma than eyes see")
    rgb = rgb_from_oklab(first, second, third) if name.startswith("ok") else rgb_from_lab(first, second, third)
    light, a, b = lab(*rgb)
    if not (-0.01 <= light <= 100.01 and max(abs(a), abs(b)) <= WIDEST + 0.1):
        raise ValueError("it has more chroma than eyes see")
    return rgb


def _digits(rgb: Triple) -> Triple:
    """L*, a* and b* with two digits."""
    light, a, b = (round(v, 2) + 0.0 for v in lab(*rgb))
    return min(max(light, 0.0), 100.0), min(max(a, -WIDEST), WIDEST), min(max(b, -WIDEST), WIDEST)


def _polar(parts: Triple) -> Triple:
    """Lightness, chroma and hue in degrees; a grey has hue 0."""
    light, a, b = parts
    chroma = math.hypot(a, b)
    return light, chroma, math.degrees(math.atan2(b, a)) % 360 if round(chroma, 2) else 0.0


def _call(name: str, parts: Triple | list[float], digits: int) -> str:
    return f"{name}({' '.join(_plain(v, digits) for v in parts)})"


def _plain(value: float, digits: int) -> str:
    text = f"{value:.{digits}f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text
