"""Compose: lays pictures on the pixels of the canvas, the sharpest there is of every part."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPoint, QPointF, QRect, QRectF
from PySide6.QtGui import QBrush, QColor, QImage, QPainter, QRegion, QTransform

from editor.core.geometry import Region
from editor.core.warp import Warp
from editor.ui.layers import Layer, rectangles, whole
from editor.ui.renderer import Picture
from editor.ui.viewport import Box, Viewport

SQUARE_FROM = 2  # times as large as they are, pixels are shown as squares


@dataclass(frozen=True)
class Sketch:
    """A small picture of a whole photo of `size`, shown until there is a better one."""

    size: tuple[int, int]
    pixels: QImage


@dataclass(frozen=True)
class _Step:
    layer: Layer
    scale: float
    where: QRegion


def compose(
    painter: QPainter, port: Viewport, layers: Sequence[Layer], clip: QRect, *, sketch: Sketch | None, backdrop: QBrush,
    empty: QColor, warp: Warp,
) -> list[Picture]:  # fmt: skip
    """Paints what `port` sees of the layers, the first of which counts most, within `clip`.

    The painter measures in pixels of the screen. Where there is nothing, older pictures of another framing are brought
    to this one (`warp` leads from it to the photo), else the sketch is shown, else it is `empty`.
    Returns the pictures that it used.
    """
    frame = QRegion(rounded(port.frame).intersected(clip))
    left, steps = QRegion(frame), []
    for layer in (each for each in layers if each.warp == warp):
        for scale in layer.scales(port):
            if left.isEmpty():
                break
            if not (mine := left & _on_screen(layer.area(scale), port, scale)).isEmpty():
                steps.append(_Step(layer, scale, mine))
                left -= mine
    older = next((each for each in layers if each.warp != warp and len(each)), None) if not left.isEmpty() else None
    used = [p for step in steps for p in step.layer.parts(step.scale)]
    if any(p.alpha for p in used) or (sketch and sketch.pixels.hasAlphaChannel()) or older:
        _fill(painter, frame, backdrop)
    if not left.isEmpty():
        painter.setClipRegion(left)
        if older:
            used += _lay_warped(painter, older, port, warp)
        elif sketch:
            _lay_sketch(painter, sketch, port, warp, left.boundingRect())
        else:
            painter.fillRect(left.boundingRect(), empty)
    for step in reversed(steps):
        painter.setClipRegion(step.where)
        _lay(painter, step, port)
    painter.setClipping(False)
    return used


def rounded(box: Box) -> QRect:
    """The pixels of the screen whose middle lies in a box."""
    x, y = round(box[0]), round(box[1])
    return QRect(x, y, round(box[0] + box[2]) - x, round(box[1] + box[3]) - y)


def _on_screen(area: QRegion, port: Viewport, scale: float) -> QRegion:
    placed = QRegion()
    for each in rectangles(area):
        placed += rounded(port.place(each, scale))
    return placed


def _fill(painter: QPainter, region: QRegion, brush: QBrush) -> None:
    for each in rectangles(region):
        painter.fillRect(QRect(*each), brush)


def _lay(painter: QPainter, step: _Step, port: Viewport) -> None:
    """One layer at one scale, where it is the best there is."""
    parts, scale = step.layer.parts(step.scale), step.scale
    pixel = port.place(Region(0, 0, 1, 1), scale)
    if pixel[2] == pixel[3] == 1:
        for part in parts:
            x, y, _, _ = port.place(part.region, scale)
            painter.drawImage(QPoint(round(x), round(y)), part.pixels)
        return
    smooth = pixel[2] < SQUARE_FROM or scale < 1  # real pixels stay square
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, smooth)
    bounds = _source(step.where.boundingRect(), port, scale).clip(whole(port, scale))
    near = [p for p in parts if not p.region.clip(bounds).empty]
    for image, region in _joined(near, bounds) if pixel[2] > 1 else [(p.pixels, p.region) for p in near]:
        seen = region.clip(bounds)
        source = QRectF(seen.x - region.x, seen.y - region.y, seen.width, seen.height)
        painter.drawImage(QRectF(*port.place(seen, scale)), image, source)


def _source(place: QRect, port: Viewport, scale: float) -> Region:
    """The pixels at `scale` that a part of the screen is made from, and two around them."""
    x, y, across, down = port.place(Region(0, 0, 1, 1), scale)
    left, top = int((place.x() - x) // across), int((place.y() - y) // down)
    right, bottom = int((place.x() + place.width() - x) // across), int((place.y() + place.height() - y) // down)
    return Region(left, top, right - left + 1, bottom - top + 1).grow(2)


def _joined(parts: Sequence[Picture], bounds: Region) -> list[tuple[QImage, Region]]:
    """One image that holds `bounds`, and its region: enlarged one by one, parts would show seams."""
    for part in reversed(parts):
        if part.region.holds(bounds):
            return [(part.pixels, part.region)]
    formats = QImage.Format
    alpha = any(p.alpha for p in parts)
    joined = QImage(bounds.width, bounds.height, formats.Format_ARGB32_Premultiplied if alpha else formats.Format_RGB32)
    joined.fill(0)
    painter = QPainter(joined)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Source)
    for part in parts:
        painter.drawImage(QPoint(part.region.x - bounds.x, part.region.y - bounds.y), part.pixels)
    painter.end()
    return [(joined, bounds)]


def _lay_sketch(painter: QPainter, sketch: Sketch, port: Viewport, warp: Warp, clip: QRect) -> None:
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    width, height = sketch.pixels.width(), sketch.pixels.height()
    if warp.is_none:
        x, y, across, down = port.frame
        across, down = across / width, down / height
        near = QRectF(clip).translated(-x, -y)
        source = QRectF(near.x() / across, near.y() / down, near.width() / across, near.height() / down)
        source = source.adjusted(-1, -1, 1, 1).intersected(QRectF(0, 0, width, height))
        place = QRectF(x + source.x() * across, y + source.y() * down, source.width() * across, source.height() * down)
        painter.drawImage(place, sketch.pixels, source)
        return
    moved = _transform(Warp.none(sketch.size), warp, port)
    painter.save()
    painter.setTransform(moved, True)
    painter.drawImage(QRectF(0, 0, *sketch.size), sketch.pixels)
    painter.restore()


def _lay_warped(painter: QPainter, layer: Layer, port: Viewport, warp: Warp) -> list[Picture]:
    """What was cooked for another framing of the same photo, where it comes to lie in this one."""
    size = layer.warp.size
    moved = _transform(layer.warp, warp, port)
    old = port.reframed(size)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.setTransform(moved, True)
    used = []
    for scale in reversed(layer.scales(old)):
        all_of_it = whole(old, scale)
        across, down = size[0] / all_of_it.width, size[1] / all_of_it.height
        for part in layer.parts(scale):
            x, y, width, height = part.region
            painter.drawImage(QRectF(x * across, y * down, width * across, height * down), part.pixels)
            used.append(part)
    painter.restore()
    return used


def _transform(old: Warp, new: Warp, port: Viewport) -> QTransform:
    """From pixels of a picture framed in one way, at full size, to the screen, where it is framed in another."""
    ends = np.array([(0, 0), (1, 0), (1, 1), (0, 1)], float) * old.size
    there = new.after(old.before(ends))
    x, y, _, _ = port.frame
    corners = [QPointF(x + px * port.zoom, y + py * port.zoom) for px, py in there]
    made = QTransform.quadToQuad([QPointF(*map(float, p)) for p in ends], corners)
    return made if isinstance(made, QTransform) else QTransform()
