"""Curve painting: how the graph of curves looks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from editor.core.curve import STRAIGHT, Knots, line
from editor.ui.theme import tokens

if TYPE_CHECKING:
    from editor.ui.curvegraph import CurveGraph

ROUND = 4.0
POINT = 4.5  # radius in pixels


def colour_of(channel: str) -> QColor:
    """The one that a channel's curve is drawn in."""
    worn = tokens()
    return QColor({"red": worn.red, "green": worn.green, "blue": worn.blue}.get(channel, worn.text))


def paint(graph: CurveGraph) -> None:
    worn, live = tokens(), graph.isEnabled()
    painter = QPainter(graph)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    box = graph.box
    focused = graph.hasFocus()
    painter.setPen(QPen(QColor(worn.accent if focused else worn.line), 2 if focused else 1))
    painter.setBrush(QColor(worn.field))
    painter.drawRoundedRect(box.adjusted(-2.5, -2.5, 2.5, 2.5), ROUND, ROUND)
    painter.setPen(QPen(QColor(worn.line), 1))
    for part in (0.25, 0.5, 0.75):
        painter.drawLine(graph.place(part, 0), graph.place(part, 1))
        painter.drawLine(graph.place(0, part), graph.place(1, part))
    painter.setPen(QPen(QColor(worn.faint), 1, Qt.PenStyle.DotLine))
    painter.drawLine(graph.place(0, 0), graph.place(1, 1))
    for number, knots in enumerate(graph.curves):
        if number != graph.at and knots != STRAIGHT:
            colour = colour_of(graph.channels[number])
            colour.setAlphaF(0.6 if live else 0.3)
            _draw(painter, box, knots, QPen(colour, 1))
    colour = colour_of(graph.channels[graph.at]) if live else QColor(worn.faint)
    _draw(painter, box, graph.knots, QPen(colour, 1.8))
    if live:
        for number, knot in enumerate(graph.knots):
            chosen = number == graph.chosen
            painter.setPen(QPen(QColor(worn.accent if chosen else worn.field), 2.5 if chosen else 1.5))
            painter.setBrush(QColor(worn.text) if chosen else colour)
            painter.drawEllipse(graph.place(*knot), POINT, POINT)
    painter.end()


def _draw(painter: QPainter, box: QRectF, knots: Knots, pen: QPen) -> None:
    """A curve as it is applied; what it takes below black or above white runs along the edge, as it is seen."""
    tones = np.linspace(0, 1, max(2, round(box.width())))
    made = line(knots)(tones).clip(0, 1)
    across, down = box.left() + tones * box.width(), box.bottom() - made * box.height()
    painter.setPen(pen)
    painter.drawPolyline(QPolygonF([QPointF(x, y) for x, y in zip(across.tolist(), down.tolist(), strict=True)]))
