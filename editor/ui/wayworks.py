"""Way works: what is made of colourways beside the window: pictures, virtual copies, and the sheet as one picture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, sqrt
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF, Qt
from PySide6.QtGui import QColor, QColorSpace, QFont, QFontMetricsF, QImage, QPainter, QPen

from editor.core.colourtext import shown_as
from editor.core.colourways import copy_names
from editor.core.copies import copies, new_copy
from editor.core.engine import Engine, View
from editor.core.files import replacing
from editor.core.formats import PhotoError
from editor.core.job import Job
from editor.core.model import ModelError
from editor.core.output import Output
from editor.core.photo import Photo
from editor.core.recipe import Recipe
from editor.core.shot import Shot
from editor.core.sidecar import load, reason_of
from editor.core.swatches import Swatch
from editor.ui.renderer import for_screen
from editor.ui.tasks import sentence
from editor.ui.theme import LIGHT

SIDE, MOST_PIXELS = 640, 40_000_000  # of one picture on a sheet that is saved, and of the sheet
_QUALITY = 92  # of its JPEG

Ways = Sequence[tuple[Swatch, Recipe]]


@dataclass(frozen=True)
class Outcome:
    """What was made, and what went wrong, a sentence each."""

    made: tuple[Path | Shot, ...]
    wrong: tuple[str, ...] = ()


def write_ways(engine: Engine, photo: Photo, files: Sequence[tuple[Path, Recipe]], output: Output, job: Job) -> Outcome:
    """Writes them one after the other; one that fails does not stop the others. Raises Cancelled, OSError."""
    made, wrong = [], []
    if files:
        files[0][0].parent.mkdir(parents=True, exist_ok=True)
    for number, (path, recipe) in enumerate(files):
        part = job.part(number, len(files))
        part.progress(0)
        try:
            output.write(engine, photo, recipe, path, part)
        except (PhotoError, ModelError, ValueError, OSError, MemoryError) as error:
            wrong.append(sentence(error))
        else:
            made.append(path)
    return Outcome(tuple(made), tuple(wrong))


def copy_ways(shot: Shot, ways: Sequence[tuple[str, Recipe]], job: Job) -> Outcome:
    """A virtual copy, called so, of a photo or of a copy of it, for each. Raises Cancelled; those made by then stay."""
    made, wrong = [], []
    there = [load(shot.path, copy).marks.name for copy in copies(shot.path)]
    names = copy_names([wish for wish, _ in ways], there)
    for number, ((_, recipe), name) in enumerate(zip(ways, names, strict=True)):
        job.progress(number / len(ways))
        try:
            made.append(new_copy(shot, recipe, name))
        except (OSError, ValueError) as error:
            wrong.append(f"{name}: {reason_of(error)}.")
    return Outcome(tuple(made), tuple(wrong))


@dataclass(frozen=True)
class Tile:
    """One picture on a sheet."""

    name: str
    recipe: Recipe
    below: str  # what stands under the name
    colour: str = ""  # of a chip before the name; empty: none


def save_sheet(
    engine: Engine, photo: Photo, tiles: Sequence[Tile], title: str, path: Path, font: QFont, job: Job
) -> None:
    """Writes a contact sheet of all tiles, in sRGB, as PNG or JPEG by the name of `path`.

    Raises Cancelled, PhotoError, or what an edit raises.
    """
    side = SIDE
    width, height = tiles[0].recipe.size(photo.size)
    share = min(1.0, sqrt(MOST_PIXELS / (len(tiles) * side * side)), max(width, height) / side)
    view = View(min(1.0, side * share / max(width, height)))
    pictures = [
        for_screen(engine.render(photo, tile.recipe, view, job.part(number, len(tiles) + 1)))
        for number, tile in enumerate(tiles)
    ]
    sheet = sheet_of(pictures, tiles, title, font)
    sheet.setColorSpace(QColorSpace(QColorSpace.NamedColorSpace.SRgb))
    kept = QByteArray()
    buffer = QBuffer(kept)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    jpeg = path.suffix.lower() in (".jpg", ".jpeg")
    kind, quality = ("JPEG", _QUALITY) if jpeg else ("PNG", -1)
    if not sheet.save(buffer, kind, quality):  # type: ignore[call-overload]  # the stubs want bytes, Qt itself text
        raise PhotoError(path, "cannot be written as a picture")
    job.progress(0.98)
    try:
        with replacing(path) as file:
            file.write(kept.data())
    except OSError as error:
        raise PhotoError(path, f"cannot be written ({error.strerror or error})") from None
    job.progress(1)


def sheet_of(pictures: Sequence[QImage], tiles: Sequence[Tile], title: str, font: QFont) -> QImage:
    """They in rows on white paper, each with its name and its colour; about as wide as a page that lies."""
    wide, high = max(p.width() for p in pictures), max(p.height() for p in pictures)
    unit = max(wide, high) / 40  # of the page's type and margins
    letters = QFont(font)
    letters.setPixelSize(max(9, round(1.6 * unit)))
    line = QFontMetricsF(letters).height()
    cell_width, cell_height = wide + 2 * unit, high + 2.4 * line + 2 * unit
    columns = min(len(tiles), max(1, round(sqrt(1.4 * len(tiles) * cell_height / cell_width))))
    rows, head = ceil(len(tiles) / columns), 3.2 * line
    columns = ceil(len(tiles) / rows)  # rows that are alike
    paper = QImage(
        ceil(columns * cell_width + 2 * unit), ceil(rows * cell_height + head + unit), QImage.Format.Format_RGB32
    )
    paper.fill(QColor(LIGHT.chalk))
    painter = QPainter(paper)
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
    large = QFont(letters)
    large.setPixelSize(round(2.2 * unit) if 2.2 * unit > 11 else 11)
    painter.setFont(large)
    painter.setPen(QColor(LIGHT.text))
    middle = Qt.AlignmentFlag.AlignVCenter
    painter.drawText(QRectF(2 * unit, 0, paper.width() - 4 * unit, head), middle, title)
    painter.setFont(letters)
    for number, (picture, tile) in enumerate(zip(pictures, tiles, strict=True)):
        x, y = unit + number % columns * cell_width + unit, head + number // columns * cell_height
        place = QRectF(x + (wide - picture.width()) / 2, y + (high - picture.height()) / 2, *picture.size().toTuple())
        painter.drawImage(place, picture)
        painter.setPen(QPen(QColor(LIGHT.line), 1))  # white photos lie on white paper
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(place)
        _paint_words(painter, QRectF(x, y + high + 0.2 * line, wide, 2 * line), tile, line)
    painter.end()
    return paper


def _paint_words(painter: QPainter, place: QRectF, tile: Tile, line: float) -> None:
    chip, shift = 0.72 * line, 0.0
    if tile.colour:
        painter.setPen(QPen(QColor(LIGHT.faint), 1))
        painter.setBrush(QColor(shown_as(tile.colour)))
        painter.drawRoundedRect(QRectF(place.x() + 0.5, place.y() + (line - chip) / 2, chip, chip), 2, 2)
        shift = chip + 0.4 * line
    metrics = QFontMetricsF(painter.font())
    for text, row, ink in ((tile.name, 0, LIGHT.text), (tile.below, 1, LIGHT.muted)):
        room = QRectF(place.x() + shift, place.y() + row * line, place.width() - shift, line)
        painter.setPen(QColor(ink))
        fitted = metrics.elidedText(text, Qt.TextElideMode.ElideMiddle, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, fitted)
