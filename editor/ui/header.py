"""Header: the line over a group of controls, that folds it, with a field to give it another name."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QFont, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QSizePolicy, QWidget

from editor.core.edit import fitting_name
from editor.ui.theme import tokens

EDGE, SIGN = 7, 14  # pixels before the sign for folded and unfolded, and those that it takes


class FoldButton(QAbstractButton):
    """A title with a sign before it. Checked is unfolded. Space turns, Left folds, Right unfolds."""

    alone = Signal()  # unfolded with Alt: the others are to be folded
    renaming = Signal()  # F2 or a double click: another name is wanted
    menu_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.bright = False  # whether what is under it is in use
        bold = QFont(self.font())
        bold.setWeight(QFont.Weight.DemiBold)
        self.setFont(bold)

    def show_bright(self, bright: bool) -> None:
        if bright != self.bright:
            self.bright = bright
            self.update()

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance(self.text()) + EDGE + SIGN + 8, metrics.height() + 18)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        return QSize(EDGE + SIGN + 6 * self.fontMetrics().averageCharWidth(), self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.setChecked(key == Qt.Key.Key_Right)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif key == Qt.Key.Key_F2:
            self.renaming.emit()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.AltModifier and self.hitButton(event.position().toPoint()):
            self.setDown(False)
            self.setChecked(True)
            self.alone.emit()
        else:
            super().mouseReleaseEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        worn, live = tokens(), self.isEnabled()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.hasFocus():
            painter.setPen(QPen(QColor(worn.accent), 1))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(3.5, 3.5, -1.5, -3.5), 4, 4)
        hot = self.underMouse() and live
        painter.setPen(QPen(QColor(worn.text if hot else worn.muted if live else worn.faint), 1.5))
        painter.save()
        painter.translate(EDGE + SIGN / 2, self.height() / 2)
        painter.rotate(90 if self.isChecked() else 0)
        painter.drawPolyline([QPointF(-2, -4), QPointF(2, 0), QPointF(-2, 4)])
        painter.restore()
        painter.setPen(QColor(worn.faint if not live else worn.text if self.bright or hot else worn.muted))
        room = self.rect().adjusted(EDGE + SIGN + 3, 0, -3, 0)
        text = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)
        painter.end()


class NameField(QLineEdit):
    """A field for a name: `given` when it is finished, by Enter or by leaving; Escape leaves all as it was."""

    given = Signal(str)
    ended = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMaxLength(60)
        self.hide()

    def ask(self, name: str) -> None:
        self.setText(name)
        self.selectAll()
        self.show()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._end(self.text())
        elif key == Qt.Key.Key_Escape:
            self._end(None)
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason):
            self._end(self.text())

    def _end(self, name: str | None) -> None:
        if self.isHidden():
            return
        self.hide()
        self.ended.emit()
        if name is not None:
            self.given.emit(fitting_name(" ".join(name.split())))
