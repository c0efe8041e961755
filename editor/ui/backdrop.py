"""Backdrop: what is seen behind a photo where it is transparent."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPixmap

from editor.ui.theme import tokens

SQUARE = 8  # of the checkerboard, in pixels of the screen


class Backdrop(Enum):
    """The word by which it is remembered."""

    CHECKER = "checker"
    BLACK = "black"
    WHITE = "white"
    MAGENTA = "magenta"  # which shows every fringe of a cut-out

    @property
    def brush(self) -> QBrush:
        colours = Qt.GlobalColor
        plain = {Backdrop.BLACK: colours.black, Backdrop.WHITE: colours.white, Backdrop.MAGENTA: colours.magenta}
        return QBrush(plain[self]) if self in plain else _checkerboard()


def _checkerboard() -> QBrush:
    tile = QPixmap(2 * SQUARE, 2 * SQUARE)
    tile.fill(QColor(tokens().light))
    painter = QPainter(tile)
    painter.fillRect(0, 0, SQUARE, SQUARE, QColor(tokens().shade))
    painter.fillRect(SQUARE, SQUARE, SQUARE, SQUARE, QColor(tokens().shade))
    painter.end()
    return QBrush(tile)
