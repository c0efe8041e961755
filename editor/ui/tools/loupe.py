"""Loupe: a round magnifier beside the pointer, with the photo's own pixels."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QTransform

from editor.core.colourtext import text_of
from editor.core.proof import Screen
from editor.ui.renderer import for_screen
from editor.ui.tools.ground import Ground
from editor.ui.tools.guides import chalk, ink, paint_label
from editor.ui.viewport import Point, Viewport

REACH = 7  # pixels of the photo to each side of the one in the middle
CELL = 9.0  # pixels of Qt that each is shown as
_SLACK = 0.002  # beyond sRGB: half a step of 8 bits
AWAY = 96.0  # from the pointer to the middle of the loupe


def mean_colour(ground: Ground, point: Point, reach: int = 2, *, wide: bool = False) -> str | None:
    """The mean of the photo's pixels around a point of it, within `reach`, as "#rrggbb"; None beside the photo.

    Of 5 x 5 pixels, as noise would lead a single one astray. Colours outside sRGB are brought to its edge, or
    where a `wide` one is wanted told as "lab(L a b)".
    """
    region = ground.around(point, reach)
    if region.empty:
        return None
    image = ground.photo.at(1.0, region)
    weight = np.ones(image.rgb.shape[:2], np.float32) if image.alpha is None else image.alpha
    if not weight.any():
        return None
    mean = np.average(image.rgb.reshape(-1, 3), axis=0, weights=weight.ravel())
    if wide and (mean.min() < -_SLACK or mean.max() > 1 + _SLACK):
        return text_of(*map(float, mean))
    return "#" + "".join(f"{round(float(v) * 255):02x}" for v in mean.clip(0, 1))


def paint_loupe(
    painter: QPainter, ground: Ground, point: Point, at: QPointF, port: Viewport, ratio: float, screen: Screen,
    text: str = "", colour: str | None = None,
) -> None:  # fmt: skip
    """The photo around `point` of it, magnified beside `at` on the canvas; words below, a ring in `colour`."""
    region = ground.around(point, REACH)
    if region.empty:
        return
    pixels = for_screen(ground.photo.at(1.0, region), screen)
    cell = CELL * ratio
    radius = (REACH + 0.5) * cell
    middle = _beside(at, port, radius + 12 * ratio, AWAY * ratio)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    around = QPainterPath()
    around.addEllipse(middle, radius, radius)
    painter.fillPath(around, ink())
    painter.setClipPath(around, Qt.ClipOperation.IntersectClip)
    fine = QPointF(point[0] - np.floor(point[0]) - 0.5, point[1] - np.floor(point[1]) - 0.5) * cell
    left = middle.x() - fine.x() + (region.x - np.floor(point[0]) - 0.5) * cell
    top = middle.y() - fine.y() + (region.y - np.floor(point[1]) - 0.5) * cell
    painter.translate(middle)
    painter.setTransform(_upright(ground, point), combine=True)
    painter.translate(-middle)
    painter.drawImage(QRectF(left, top, region.width * cell, region.height * cell), pixels)
    painter.restore()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for shade, width in (
        (ink(0.5), 8 if colour else 4),
        (QColor(colour) if colour else chalk(0.9), 6 if colour else 2),
    ):
        painter.setPen(QPen(shade, width * ratio))
        painter.drawEllipse(middle, radius, radius)
    _paint_cross(painter, middle, ratio)
    if text:
        canvas = QRectF(0, 0, *port.size)
        paint_label(painter, text, middle + QPointF(0, radius + 18 * ratio), canvas, ratio)
    painter.restore()


def _upright(ground: Ground, point: Point) -> QTransform:
    """The quarter turn and mirror by which the photo's pixels come to lie as the picture around them is shown."""
    middle, right, down = ground.there.after(np.array([point]) + np.array([(0, 0), (1, 0), (0, 1)]))
    (a, b), (c, d) = np.sign(right - middle), np.sign(down - middle)
    if np.abs(right - middle).argmax():
        return QTransform(0, b, c, 0, 0, 0)
    return QTransform(a, 0, 0, d, 0, 0)


def _paint_cross(painter: QPainter, middle: QPointF, ratio: float) -> None:
    reach, gap = 12 * ratio, 4 * ratio
    for shade, width in ((ink(0.6), 3), (chalk(), 1)):
        painter.setPen(QPen(shade, width * ratio))
        for x, y in ((1, 0), (-1, 0), (0, 1), (0, -1)):
            painter.drawLine(middle + QPointF(x, y) * gap, middle + QPointF(x, y) * reach)


def _beside(at: QPointF, port: Viewport, half: float, away: float) -> QPointF:
    """Up and to the right of the pointer, or where else there is room on the canvas."""
    x = at.x() + away if at.x() + away + half <= port.size[0] else at.x() - away
    y = at.y() - away if at.y() - away - half >= 0 else at.y() + away
    return QPointF(x, y)
