"""Buttons: the switch and the tick box, drawn by hand so that on, off and focus are told apart at a glance."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QStyle, QStyleOptionButton, QWidget

from editor.ui.theme import tokens


class Tick(QCheckBox):
    """A box to tick."""

    def paintEvent(self, event: QPaintEvent) -> None:
        option = QStyleOptionButton()
        self.initStyleOption(option)
        parts, live = QStyle.SubElement, self.isEnabled()
        box = QRectF(self.style().subElementRect(parts.SE_CheckBoxIndicator, option, self)).adjusted(
            0.5, 0.5, -0.5, -0.5
        )
        text = self.style().subElementRect(parts.SE_CheckBoxContents, option, self)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ticked = self.isChecked()
        painter.setBrush(QColor((tokens().accent if live else tokens().hover) if ticked else tokens().field))
        painter.setPen(
            QPen(QColor(tokens().accent if self.hasFocus() else tokens().faint), 1.5 if self.hasFocus() else 1)
        )
        painter.drawRoundedRect(box, 3, 3)
        if ticked:
            painter.setPen(QPen(QColor(tokens().on_accent), 1.8))
            x, y, side = box.x(), box.y(), box.width()
            corners = [(0.22, 0.52), (0.42, 0.72), (0.78, 0.28)]
            painter.drawPolyline([QPointF(x + a * side, y + b * side) for a, b in corners])
        painter.setPen(QColor(tokens().text if live else tokens().faint))
        painter.drawText(text, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextShowMnemonic, self.text())
        painter.end()


class Switch(QAbstractButton):
    """An on/off switch, as on a telephone."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFixedSize(self.sizeHint())

    def sizeHint(self) -> QSize:
        return QSize(36, 22)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        on, live = self.isChecked(), self.isEnabled()
        track = QRectF(self.rect()).adjusted(3, 3, -3, -3)
        round_by = track.height() / 2
        worn = tokens()
        painter.setPen(QPen(QColor(worn.accent if on and live else worn.faint), 1))
        painter.setBrush(QColor((worn.accent if live else worn.hover) if on else worn.field))
        painter.drawRoundedRect(track.adjusted(0.5, 0.5, -0.5, -0.5), round_by, round_by)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(worn.faint if not live else worn.on_accent if on else worn.muted))
        x = track.right() - round_by if on else track.left() + round_by
        painter.drawEllipse(QPointF(x, track.center().y()), round_by - 2.5, round_by - 2.5)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(worn.accent), 1.5))
            ring = QRectF(self.rect()).adjusted(1, 1, -1, -1)
            painter.drawRoundedRect(ring, ring.height() / 2, ring.height() / 2)
        painter.end()
