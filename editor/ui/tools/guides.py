"""Guides: lines over a crop that help to compose: thirds, the golden ratio, a grid, diagonals."""

from __future__ import annotations

from math import sqrt

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF

from editor.ui.theme import tokens

THIRDS, GOLDEN, GRID, DIAGONAL, NONE = "thirds", "golden", "grid", "diagonal", "none"
GUIDES = (THIRDS, GOLDEN, GRID, DIAGONAL, NONE)
_PARTS = {THIRDS: (1 / 3, 2 / 3), GOLDEN: (2 / (3 + sqrt(5)), 2 / (1 + sqrt(5)))}
_CELL = 48.0  # of the fine grid, in pixels of Qt


def chalk(alpha: float = 1.0) -> QColor:
    """The colour of a line upon a photo."""
    return _faded(tokens().chalk, alpha)


def ink(alpha: float = 1.0) -> QColor:
    """What edges such a line, and lies over what does not count."""
    return _faded(tokens().ink, alpha)


def _faded(name: str, alpha: float) -> QColor:
    colour = QColor(name)
    colour.setAlphaF(alpha)
    return colour


def stroke_lines(painter: QPainter, lines: list[QLineF], ratio: float, strength: float = 1.0) -> None:
    """Lines that are seen on light and dark alike; `ratio` is pixels of the screen to one of Qt's."""
    for colour, width in ((ink(min(1.0, 0.35 * strength)), 3), (chalk(min(1.0, 0.8 * strength)), 1)):
        painter.setPen(QPen(colour, width * ratio))
        painter.drawLines(lines)


def paint_guide(painter: QPainter, box: QRectF, name: str, ratio: float) -> None:
    """One of `GUIDES` over `box`, in pixels of the screen."""
    if name == DIAGONAL:
        stroke_lines(painter, _diagonals(box), ratio, 0.6)
        return
    if name == GRID:
        longer = max(box.width(), box.height())
        lines = _squares(box, longer / max(2, round(longer / _CELL / ratio)))
    else:
        parts = _PARTS.get(name, ())
        lines = [_upright(box, part) for part in parts] + [_level(box, part) for part in parts]
    stroke_lines(painter, lines, ratio, 0.6)


def _squares(box: QRectF, side: float) -> list[QLineF]:
    """Counted from the middle, where they meet."""
    across, down = int(box.width() / 2 / side), int(box.height() / 2 / side)
    lines = [_upright(box, 0.5 + i * side / box.width()) for i in range(-across, across + 1)]
    return lines + [_level(box, 0.5 + i * side / box.height()) for i in range(-down, down + 1)]


def _upright(box: QRectF, part: float) -> QLineF:
    x = box.left() + part * box.width()
    return QLineF(x, box.top(), x, box.bottom())


def _level(box: QRectF, part: float) -> QLineF:
    y = box.top() + part * box.height()
    return QLineF(box.left(), y, box.right(), y)


def _diagonals(box: QRectF) -> list[QLineF]:
    """From each corner at 45 degrees, until the box ends."""
    side = min(box.width(), box.height())
    ways = ((box.topLeft(), 1, 1), (box.topRight(), -1, 1), (box.bottomLeft(), 1, -1), (box.bottomRight(), -1, -1))
    return [QLineF(corner, corner + QPointF(x * side, y * side)) for corner, x, y in ways]


def paint_beside(painter: QPainter, whole: list[QPointF], photo: list[QPointF]) -> None:
    """Cover what a turned picture shows beside the photo; both are four corners, clockwise, in pixels of the screen."""
    sides = [b - a for a, b in zip(photo, [*photo[1:], photo[0]], strict=True)]
    turns = [a.x() * b.y() - a.y() * b.x() for a, b in zip(sides, [*sides[1:], sides[0]], strict=True)]
    if min(turns) <= 0 <= max(turns):  # seen at such an angle that a corner lies behind the camera
        return
    outer, inner = QPainterPath(), QPainterPath()
    outer.addPolygon(QPolygonF(whole))
    inner.addPolygon(QPolygonF(photo))
    painter.fillPath(outer.subtracted(inner), QColor(tokens().canvas))


def paint_label(painter: QPainter, text: str, at: QPointF, room: QRectF, ratio: float) -> None:
    """A few words on a dark plate at a point, inside `room`; the font is made as large as on the rest of the screen."""
    font = painter.font()
    font.setPixelSize(round(12 * ratio))
    painter.setFont(font)
    size = painter.fontMetrics().size(0, text)
    box = QRectF(0, 0, size.width() + 14 * ratio, size.height() + 6 * ratio)
    box.moveCenter(at)
    box.moveLeft(min(max(box.left(), room.left()), room.right() - box.width()))
    box.moveTop(min(max(box.top(), room.top()), room.bottom() - box.height()))
    painter.setPen(QPen(ink(0), 0))
    painter.setBrush(ink(0.65))
    painter.drawRoundedRect(box, 4 * ratio, 4 * ratio)
    painter.setPen(chalk())
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
