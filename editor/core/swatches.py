"""Swatches: named colours from a brand's files, as Adobe (.ase), GIMP (.gpl) and spreadsheets (.csv) keep them.

Red, green and blue are taken for sRGB, as none of these files says what they are in. Lab is under D50, as Adobe has it.
Swatches in printing inks are left out, and it is said: without the profile of the press they are no certain colour.
"""

from __future__ import annotations

import csv
import io
import re
import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from editor.core.colourtext import kept

SUFFIXES = (".ase", ".gpl", ".csv")
MOST = 10_000  # swatches
MOST_BYTES = 8 << 20
LONGEST_NAME = 100  # signs
INKS = "Left out: {} in printing inks (CMYK). Save them as RGB or Lab."

_ASE, _GPL = b"ASEF", b"GIMP Palette"
_GROUP, _GROUP_END, _COLOUR = 0xC001, 0xC002, 0x0001  # kinds of block in an .ase
_CHANNELS = {b"RGB ": 3, b"CMYK": 4, b"LAB ": 3, b"GRAY": 1}
# What the columns of a table are called, without what is no letter
_NAMES = ("name", "colourname", "colorname", "swatchname", "swatch", "title", "名称", "名字", "色名", "颜色名称")
_COLOURS = ("hex", "hexcode", "html", "css", "rgb", "lab", "lch", "色值", "code", "target", "colour", "color", "颜色")
_RGB = ({"r": "r", "red": "r", "g": "g", "green": "g", "b": "b", "blue": "b"}, ("r", "g", "b"), "rgb")
_LAB = ({"l": "l", "lightness": "l", "a": "a", "b": "b"}, ("l", "a", "b"), "lab")


class SwatchError(ValueError):
    """A file that no swatches can be read from; the message names it and gives the reason in one line."""

    def __init__(self, path: str | Path, reason: str) -> None:
        name = "".join(sign if sign.isprintable() else "?" for sign in str(path))
        super().__init__(f"{name}: {' '.join(reason.split())}")


@dataclass(frozen=True)
class Swatch:
    """A named colour, written as `params.Colour` keeps a wide one; `group` is what it stands under in its file."""

    name: str
    colour: str
    group: str = ""


@dataclass(frozen=True)
class Palette:
    """The swatches of a file. `note` is a sentence on what of it is left out, empty where nothing is."""

    name: str
    swatches: tuple[Swatch, ...]
    note: str = ""


def read_palette(path: Path) -> Palette:
    """The swatches in a file. Raises SwatchError, also where it cannot be read."""
    try:
        with path.open("rb") as file:
            return palette(file.read(MOST_BYTES + 1), str(path))
    except IsADirectoryError:
        raise SwatchError(path, "is a folder") from None
    except (OSError, ValueError) as error:
        if isinstance(error, SwatchError):
            raise
        raise SwatchError(path, f"cannot be read ({getattr(error, 'strerror', None) or error})") from None


def swatches(data: bytes, path: str) -> tuple[Swatch, ...]:
    """The swatches in the bytes of a file; `path` is what it is called. Raises SwatchError."""
    return palette(data, path).swatches


def palette(data: bytes, path: str) -> Palette:
    """The same with what the palette is called and what is left out. Raises SwatchError.

    Adobe has published nothing on .ase; it is read as Carl Camera describes it ("ASE File Specification", carl.camera).
    .gpl: developer.gimp.org/core/standards/gpl. .csv as spreadsheets write it: with commas, semicolons or tabs, in
    UTF-8, in UTF-16, or as older Excels of the West and of China do.
    """
    name, skipped = re.split(r"[/\\]", path)[-1].rpartition(".")[0], [0]
    found: list[Swatch] = []
    try:
        if len(data) > MOST_BYTES:
            raise refused("is longer than 8 MiB, as no swatch file is")
        if not data.strip():
            raise refused("is empty")
        if data.startswith(_ASE):
            each = _ase(data, skipped)
        elif data.removeprefix(b"\xef\xbb\xbf").startswith(_GPL):
            text = _text(data)
            name = next(iter(re.findall(r"(?m)^Name:[ \t]*(\S.*?)\s*$", text)), name)
            each = _gpl(text)
        elif path.lower().endswith(".csv"):
            each = _csv(_text(data))
        else:
            raise refused("is no swatch file; read are .ase, .gpl and .csv")
        for swatch in each:
            if len(found) == MOST:
                raise refused(f"has more than {MOST:,} swatches")
            found.append(swatch)
        if not found and skipped[0]:
            raise refused("has swatches in printing inks (CMYK) only; save them as RGB or Lab")
        if not found:
            raise refused("has no swatches in it")
    except ValueError as error:
        raise SwatchError(path, str(error)) from None
    except csv.Error as error:
        raise SwatchError(path, str(broken(str(error)))) from None
    return Palette(_plain(name), tuple(found), INKS.format(skipped[0]) if skipped[0] else "")


def _ase(data: bytes, skipped: list[int]) -> Iterator[Swatch]:
    """Blocks of a kind and a length; counts those in inks."""
    group, at = "", 12
    if len(data) < at:
        raise broken("its header is cut")
    for _ in range(struct.unpack_from(">I", data, 8)[0]):
        if at + 6 > len(data):
            raise broken("it ends before its last swatch")
        kind, length = struct.unpack_from(">HI", data, at)
        block, at = data[at + 6 : at + 6 + length], at + 6 + length
        if at > len(data):
            raise broken("it ends before its last swatch")
        if kind == _GROUP:
            group = _ase_name(block)[0]
        elif kind == _GROUP_END:
            group = ""
        elif kind == _COLOUR:
            name, rest = _ase_name(block)
            model = rest[:4].upper()
            count = _CHANNELS.get(model, 0)
            if not count or len(rest) < 4 + 4 * count:
                raise broken("a swatch is not whole")
            if model == b"CMYK":
                skipped[0] += 1
            else:
                yield _swatch(name, _ase_colour(model, struct.unpack_from(f">{count}f", rest, 4)), group)


def _ase_name(block: bytes) -> tuple[str, bytes]:
    """A name, counted in pairs of bytes with the zero at its end, and what comes after it."""
    count = struct.unpack_from(">H", block)[0] if len(block) >= 2 else 0
    if len(block) < 2 + 2 * count:
        raise broken("a swatch is not whole")
    return _plain(block[2 : 2 + 2 * count].decode("utf-16-be", "replace")), block[2 + 2 * count :]


def _ase_colour(model: bytes, values: Sequence[float]) -> str:
    """Of 0..1 each, but for a* and b*; Gray is taken for sRGB's, as one value of all three."""
    if model == b"LAB ":
        light, a, b = (round(v, 4) for v in (100 * values[0], *values[1:]))
        text = f"lab({light} {a} {b})"
    else:
        red, green, blue = (round(255 * v, 3) for v in (values if len(values) == 3 else 3 * tuple(values)))
        text = f"rgb({red} {green} {blue})"
    try:
        return kept(text)
    except ValueError:
        raise broken("there are values in it that are no colours") from None


def _gpl(text: str) -> Iterator[Swatch]:
    """Lines of red, green and blue, 0..255, and a name; Aseprite's with "Channels: RGBA" have alpha as well."""
    alpha = bool(re.search(r"(?mi)^Channels:\s*RGBA\s*$", text))
    line_of = re.compile(r"\s*(\d{1,3})\s+(\d{1,3})\s+(\d{1,3})" + (r"\s+\d{1,3}" if alpha else "") + r"(?:\s+(.*))?")
    for number, line in enumerate(text.split("\n"), 1):
        if number == 1 or not line.strip() or line.lstrip().startswith("#") or re.match(r"\w+:", line):
            continue
        found = line_of.fullmatch(line)
        if not found:
            raise _no_colour(number, line)
        name = _plain(found[4] or "")
        yield _swatch("" if name == "Untitled" else name, _line_colour(number, f"rgb({' '.join(found.groups()[:3])})"))


def _csv(text: str) -> Iterator[Swatch]:
    """A name and a colour in each row: written in one column, or in three that the first row names."""
    columns: _Columns | None = None
    of_one = False
    for number, cells in _rows(text):
        if columns is None:
            columns = _columns(cells)
            of_one = columns.function == "rgb" and _of_one(text, columns)
            if columns.header:
                continue
        name = cells[columns.name] if 0 <= columns.name < len(cells) else ""
        parts = columns.parts(cells)
        if columns.function:
            parts = [f"{100 * float(part):.6f}%" for part in parts] if of_one else parts
            yield _swatch(name, _line_colour(number, f"{columns.function}({' '.join(parts)})"))
        else:
            written = f"#{parts[0]}" if re.fullmatch(r"[0-9a-fA-F]{6}", parts[0]) else parts[0]
            yield _swatch(name, _line_colour(number, written))


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """The rows of a table that are not empty, with the line of the file that each ends in."""
    first = text.lstrip().split("\n", 1)[0]
    between = next((sign for sign in ";\t" if sign in first), ",")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=between)
    for row in reader:
        cells = [cell.strip() for cell in row]
        if any(cells):
            yield reader.line_num, cells


def _of_one(text: str, columns: _Columns) -> bool:
    """Whether red, green and blue are told as parts of 1, not of 255: none is above 1, and not all are black."""
    most = 0.0
    for _, cells in islice(_rows(text), int(columns.header), None):
        try:
            told = [float(part) for part in columns.parts(cells)]
        except ValueError:
            return False  # the line is refused when its turn comes
        if not all(0 <= value <= 1 for value in told):
            return False
        most = max(most, *told)
    return most > 0


@dataclass(frozen=True)
class _Columns:
    """Which column of a table is the name (-1: none), which are the colour, and what function they are the parts of."""

    name: int
    colour: tuple[int, ...]
    function: str = ""
    header: bool = True

    def parts(self, cells: Sequence[str]) -> list[str]:
        """What a row says of the colour; numbers of a function with a point, as spreadsheets may write a comma."""
        found = [cells[i] if i < len(cells) else "" for i in self.colour]
        return [part.replace(",", ".") for part in found] if self.function else found


def _columns(first: Sequence[str]) -> _Columns:
    """What the first row says of the columns. Raises ValueError."""
    titles = [re.sub(r"[\W_]", "", cell.lower()) for cell in first]
    name = next((titles.index(title) for title in _NAMES if title in titles), -1)
    for known, parts, function in (_RGB, _LAB):
        if places := _places([known.get(title, "") for title in titles], parts):
            return _Columns(_other(first, name, *places), places, function)
    for title in _COLOURS:
        if title in titles and titles.index(title) != name:
            at = titles.index(title)
            return _Columns(_other(first, name, at), (at,))
    for written in (r"#[0-9a-fA-F]{6}|#[0-9a-fA-F]{3}|(?:rgb|lab|lch|ok)\w*\(.*\)", r"[0-9a-fA-F]{6}"):
        for i in range(len(first) - 1, -1, -1):  # no titles: a colour already, and last, as "facade" is a name
            if re.fullmatch(written, first[i]):
                return _Columns(_other(first, -1, i), (i,), header=False)
    if len(first) == 4 and all(re.fullmatch(r"[0-9]{1,3}", cell) and int(cell) < 256 for cell in first[1:]):
        return _Columns(0, (1, 2, 3), "rgb", header=False)
    raise refused("has a table that nobody can read: its first line has to say name,hex or name,r,g,b or name,L,a,b")


def _places(titles: Sequence[str], parts: Sequence[str]) -> tuple[int, ...]:
    """Where three columns of these titles are, side by side if anywhere, as both RGB and Lab have a "b"; else empty."""
    size = len(parts)
    for i in range(len(titles) - size + 1):
        if list(titles[i : i + size]) == list(parts):
            return tuple(range(i, i + size))
    return tuple(map(titles.index, parts)) if all(titles.count(part) == 1 for part in parts) else ()


def _other(row: Sequence[str], name: int, *taken: int) -> int:
    """The column of the names where none says so: the first that is no part of the colour; -1 if all are."""
    return name if name >= 0 else next((i for i in range(len(row)) if i not in taken), -1)


def _swatch(name: str, colour: str, group: str = "") -> Swatch:
    return Swatch(_plain(name) or colour, colour, group)


def _line_colour(number: int, text: str) -> str:
    try:
        return kept(text)
    except ValueError:
        raise _no_colour(number, text) from None


def _no_colour(number: int, text: str) -> ValueError:
    shown = repr(_plain(text)[:40])
    return refused(f"in line {number:,}, {shown} is not a colour")


def refused(why: str) -> ValueError:
    """Trouble with a file that has yet to be named."""
    return ValueError(why)


def broken(how: str) -> ValueError:
    """The same with one that is not whole."""
    return refused(f"is damaged or cut short ({how})")


def _text(data: bytes) -> str:
    """A text of whatever program, with plain line ends. Bytes beyond ASCII that are no UTF-8 are Chinese (GB 18030)
    where they stand in pairs, else of the West."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = data.decode("utf-16", "replace")
    else:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            pairs = all(len(run) % 2 == 0 for run in re.findall(rb"[\x80-\xff]+", data))
            text = data.decode("gb18030" if pairs else "cp1252", "replace")
    return re.sub(r"\r\n?", "\n", text)


def _plain(name: str) -> str:
    """A name without line ends and signs that cannot be seen, of a sensible length."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in name).split())[:LONGEST_NAME]
