"""Colour field: a chip that shows a colour, and fields in which a colour is written."""

from __future__ import annotations

import re

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QKeySequence, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QWidget

from editor.core.colourtext import LONGEST, shown_as, typed, within_srgb, written
from editor.ui.theme import tokens

ROUND = 4.0
EAR = 8.0  # pixels of the corner that says that a colour lies outside sRGB


class Swatch(QAbstractButton):
    """A colour; crossed out where there is none, with a marked corner where it is more than can be shown."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.colour: str | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFixedSize(self.sizeHint())

    def show_colour(self, colour: str | None) -> None:
        self.colour = colour
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(28, 24)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, worn = QPainter(self), tokens()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5)
        edge = QPen(QColor(worn.accent if self.hasFocus() else worn.faint), 2 if self.hasFocus() else 1)
        live = self.isEnabled()
        paint_chip(painter, box, self.colour if live else None, edge)
        if self.colour is None:
            painter.setPen(QPen(QColor(worn.muted if live else worn.faint), 1.5))
            inner = box.adjusted(6, 4, -6, -4)
            painter.drawLine(inner.bottomLeft(), inner.topRight())
        painter.end()


def paint_chip(painter: QPainter, box: QRectF, colour: str | None, edge: QPen) -> None:
    """A colour in a box with round corners; what lies outside sRGB as near as can be, with a marked corner."""
    worn = tokens()
    painter.setPen(edge)
    painter.setBrush(QColor(shown_as(colour) if colour else worn.field))
    painter.drawRoundedRect(box, ROUND, ROUND)
    if colour and not within_srgb(colour):
        corner = box.topRight() + QPointF(-1, 1)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(worn.ink))
        painter.drawPolygon(QPolygonF([corner, corner + QPointF(-EAR - 2, 0), corner + QPointF(0, EAR + 2)]))
        painter.setBrush(QColor(worn.unsure))
        painter.drawPolygon(QPolygonF([corner, corner + QPointF(-EAR, 0), corner + QPointF(0, EAR)]))


class ColourField(QLineEdit):
    """A colour as it is written. Escape leaves all as it was; undo stays the window's."""

    given = Signal(object)  # the colour as it is kept; None for an empty field

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown = ""
        self.setAcceptDrops(False)
        self.editingFinished.connect(self._finish)

    def _show(self, text: str) -> None:
        self._shown = text
        self.setText(text)
        self.setCursorPosition(0)

    def _finish(self) -> None:
        raise NotImplementedError

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            keys = QKeySequence.StandardKey
            if event.key() == Qt.Key.Key_Escape:
                event.accept()
                return True
            if event.matches(keys.Undo) or event.matches(keys.Redo):
                event.ignore()
                return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.setText(self._shown)
            self.clearFocus()
        else:
            super().keyPressEvent(event)


class HexField(ColourField):
    """A colour in sRGB: d8c8b0, #d8c8b0 or #dcb."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMaxLength(9)
        self.setFixedWidth(self.fontMetrics().horizontalAdvance("#dddddd") + 14)

    def show_colour(self, colour: str | None) -> None:
        self._show(colour or "")

    def _finish(self) -> None:
        text = self.text().strip().lstrip("#").lower()
        if re.fullmatch("[0-9a-f]{3}", text):
            text = "".join(2 * digit for digit in text)
        given = f"#{text}" if text else ""
        if given != self._shown and (not text or re.fullmatch("[0-9a-f]{6}", text)):
            self.given.emit(given or None)
        self.setText(self._shown)  # as it is kept


class WideField(ColourField):
    """Any colour, in one notation or another. What is none is `refused`, and stays there until the field is left."""

    refused = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._colour: str | None = None
        self._notation = "hex"
        self.setMaxLength(LONGEST)

    def show_colour(self, colour: str | None, notation: str = "") -> None:
        """Another colour, or the same written in another way."""
        self._colour, self._notation = colour, notation or self._notation
        self._show(written(colour, self._notation) if colour else "")

    def _finish(self) -> None:
        text = self.text().strip()
        try:
            colour = typed(text, self._notation) if text else None
        except ValueError:
            if self.hasFocus():
                self.refused.emit(text)
                self.selectAll()
                return
        else:
            if text != self._shown and colour != self._colour:
                self.given.emit(colour)
        self._show(self._shown)
