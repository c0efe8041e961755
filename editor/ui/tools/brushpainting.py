"""Brush painting: how a brush looks on the picture: its circle, and the veil over what it has covered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen

from editor.ui.theme import tokens
from editor.ui.tools.guides import chalk, ink

VEIL = 140  # of 255: how dense what is covered is shown
STRIPE = 5  # pixels of the veil that a stripe of a hatched one is wide


@dataclass(frozen=True)
class Look:
    """How a mark is told from others: the name of its colour in the theme ("": chalk), its sign, whether hatched."""

    colour: str
    sign: str
    hatched: bool = False


PLAIN, ERASES, CLEARS = Look("", "+"), Look("", "-"), Look("", "x")  # the last one erases one mark like the other
_MARKS = (Look("add", "+"), Look("remove", "-"), Look("unsure", "?", hatched=True))


def look_of(number: int) -> Look:
    """The look of the mark that stands at `number` among those of a kind."""
    return _MARKS[number % len(_MARKS)]


def paint_brush(painter: QPainter, middle: QPointF, radius: float, hardness: float, look: Look, ratio: float) -> None:
    """A circle as large as the brush, one inside where it is covered by half, and a sign in the middle.

    All in pixels of the screen, `ratio` of which are one of Qt's.
    """
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    half = radius * (1 + hardness) / 2
    line = _colour(look) if look.colour else chalk(0.95)
    for shade, width in ((ink(0.55), 3), (line, 1.75 if look.colour else 1.25)):
        painter.setPen(QPen(shade, width * ratio))
        painter.drawEllipse(middle, max(radius, 1.5 * ratio), max(radius, 1.5 * ratio))
        _paint_sign(painter, middle, radius, look.sign, ratio)
        if radius - half > 4 * ratio:
            faint = QColor(shade)
            faint.setAlphaF(shade.alphaF() * 0.45)
            painter.setPen(QPen(faint, width * ratio, Qt.PenStyle.DashLine))
            painter.drawEllipse(middle, half, half)


def _paint_sign(painter: QPainter, middle: QPointF, radius: float, sign: str, ratio: float) -> None:
    arm = min(5 * ratio, max(2.5 * ratio, radius * 0.5))
    if sign == "?":  # three dots
        for step in (-1.0, 0.0, 1.0):
            dot = middle + QPointF(arm * step, 0)
            painter.drawLine(dot - QPointF(ratio * 0.4, 0), dot + QPointF(ratio * 0.4, 0))
        return
    if sign == "x":
        for side in (-0.7, 0.7):
            painter.drawLine(middle - QPointF(arm * 0.7, arm * side), middle + QPointF(arm * 0.7, arm * side))
        return
    painter.drawLine(middle - QPointF(arm, 0), middle + QPointF(arm, 0))
    if sign == "+":
        painter.drawLine(middle - QPointF(0, arm), middle + QPointF(0, arm))


def _colour(look: Look) -> QColor:
    return QColor(cast(str, getattr(tokens(), look.colour or "mask")))


def veil(cover: NDArray[np.float32], look: Look, origin: tuple[int, int] = (0, 0)) -> QImage:
    """Coverage (h, w), 0..1, as the colour of a look, as dense as it covers. Stripes stay where they are on the
    picture: `origin` is where on it the veil begins."""
    height, width = cover.shape
    levels = np.zeros((height, -(-width // 4) * 4), np.uint8)  # Qt's rows begin on multiples of four bytes
    dense = np.full((1, 1), VEIL, np.float32)
    if look.hatched:
        along = np.arange(origin[0], origin[0] + width) + np.arange(origin[1], origin[1] + height)[:, None]
        dense = np.where(along // STRIPE % 2, dense, dense / 4)
    levels[:, :width] = cover * dense + np.float32(0.5)
    seen = QImage(levels.data, width, height, levels.shape[1], QImage.Format.Format_Indexed8)
    red, green, blue, _ = cast("tuple[int, int, int, int]", _colour(look).getRgb())
    seen.setColorTable([(alpha << 24) | (red << 16) | (green << 8) | blue for alpha in range(256)])
    return seen.convertToFormat(QImage.Format.Format_ARGB32_Premultiplied)
