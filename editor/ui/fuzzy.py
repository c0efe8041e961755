"""Fuzzy: how well some typed letters fit the name of a command, in English and in Chinese."""

from __future__ import annotations

import unicodedata
from bisect import bisect_right

# GB 2312 has its 3755 most common characters in the order of their pinyin: the first of each initial, as its code
_FIRST = {
    "a": 0xB0A1, "b": 0xB0C5, "c": 0xB2C1, "d": 0xB4EE, "e": 0xB6EA, "f": 0xB7A2, "g": 0xB8C1, "h": 0xB9FE,
    "j": 0xBBF7, "k": 0xBFA6, "l": 0xC0AC, "m": 0xC2E8, "n": 0xC4C3, "o": 0xC5B6, "p": 0xC5BE, "q": 0xC6DA,
    "r": 0xC8BB, "s": 0xC8F6, "t": 0xCBFA, "w": 0xCDDA, "x": 0xCEF4, "y": 0xD1B9, "z": 0xD4D1,
}  # fmt: skip
_LETTERS, _CODES = tuple(_FIRST), tuple(_FIRST.values())
_LAST = 0xD7F9


def initials(text: str) -> str:
    """The text with the first letter of its pinyin for each common Chinese character: "导出照片" is "dczp"."""
    return "".join(_initial(c) for c in text)


def _initial(character: str) -> str:
    try:
        code = int.from_bytes(character.encode("gb2312"))
    except UnicodeEncodeError:
        return character
    return _LETTERS[bisect_right(_CODES, code) - 1] if _CODES[0] <= code <= _LAST else character


def score(typed: str, name: str) -> float | None:
    """How well the letters of `typed` fit a name, more is better; None if they do not stand in it in that order.

    Letters at the beginnings of words and letters that follow each other count most; of names that fit alike the
    shorter is better. Spaces, case and accents are of no account. The best of all ways to find the letters is taken.
    """
    wanted = "".join(_plain(typed).split())
    text = _plain(name)
    if not wanted:
        return 0.0
    # best[i]: of the ways to find the letters up to now, the best that has the last one at i
    best: dict[int, float] = {i: _begins(text, i) + 1 for i, c in enumerate(text) if c == wanted[0]}
    for letter in wanted[1:]:
        found: dict[int, float] = {}
        for i in (i for i, c in enumerate(text) if c == letter):
            ways = [value + (3 if j == i - 1 else _begins(text, i)) for j, value in best.items() if j < i]
            if ways:
                found[i] = max(ways) + 1
        best = found
    return max(best.values()) - len(text) / 1000 if best else None


def _begins(text: str, i: int) -> float:
    if i == 0:
        return 4
    return 2.5 if not text[i - 1].isalnum() else 0


def _plain(text: str) -> str:
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in apart if not unicodedata.combining(c))
