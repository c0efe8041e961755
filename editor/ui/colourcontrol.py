"""Colour control: a swatch that opens a dialog, the colour as it is written, an eyedropper, and none."""

from __future__ import annotations

import re
from itertools import pairwise

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QKeyEvent, QKeySequence, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QColorDialog, QLineEdit, QWidget

from editor.core.params import Colour
from editor.ui.control import told
from editor.ui.drawncontrols import DrawnControl, say, tool_button
from editor.ui.language import retold
from editor.ui.theme import tokens

ROUND = 4.0


class Swatch(QAbstractButton):
    """A colour; crossed out where there is none."""

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
        painter.setPen(QPen(QColor(worn.accent if self.hasFocus() else worn.faint), 2 if self.hasFocus() else 1))
        live = self.isEnabled()
        painter.setBrush(QColor(self.colour if self.colour and live else worn.field))
        painter.drawRoundedRect(box, ROUND, ROUND)
        if self.colour is None:
            painter.setPen(QPen(QColor(worn.muted if live else worn.faint), 1.5))
            inner = box.adjusted(6, 4, -6, -4)
            painter.drawLine(inner.bottomLeft(), inner.topRight())
        painter.end()


class HexField(QLineEdit):
    """A colour as it is written: d8c8b0, #d8c8b0 or #dcb. Undo stays the window's."""

    given = Signal(object)  # "#rrggbb"; None for an empty field

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown = ""
        self.setMaxLength(9)
        self.setAcceptDrops(False)
        self.setFixedWidth(self.fontMetrics().horizontalAdvance("#dddddd") + 14)
        self.editingFinished.connect(self._finish)

    def show_colour(self, colour: str | None) -> None:
        self._shown = colour or ""
        self.setText(self._shown)

    def _finish(self) -> None:
        text = self.text().strip().lstrip("#").lower()
        if re.fullmatch("[0-9a-f]{3}", text):
            text = "".join(2 * digit for digit in text)
        given = f"#{text}" if text else ""
        if given != self._shown and (not text or re.fullmatch("[0-9a-f]{6}", text)):
            self.given.emit(given or None)
        self.setText(self._shown)  # as it is kept

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            keys = QKeySequence.StandardKey
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


class ColourControl(DrawnControl):
    """The colour of the document; while the dialog is open the photo follows what is chosen there."""

    def __init__(self, param: Colour, default: object, parent: QWidget | None = None) -> None:
        super().__init__(param, default, "eyedropper", parent)
        self.swatch, self.field = Swatch(), HexField()
        self.none = tool_button("x", checkable=False)
        self.none.setVisible(param.optional)
        self.none.clicked.connect(lambda: self.put(None))
        self.swatch.clicked.connect(self._ask)
        self.field.given.connect(self._type)
        self._optional = param.optional
        self.value.hide()
        self.row.setStretchFactor(self.label, 1)
        self.row.setSpacing(4)
        for index, widget in enumerate((self.field, self.swatch), 2):
            self.row.insertWidget(index, widget)
        self.row.addWidget(self.none)
        order = (self.field, self.swatch, self.tool, self.none)
        for before, after in pairwise(order):
            self.setTabOrder(before, after)
        retold(self, self._name)
        self.show_value(default)

    def _name(self) -> None:
        title = told(self._param.title)
        self.label.setText(title)
        self.swatch.setAccessibleName(title)
        self.swatch.setToolTip(self.tr("Choose a colour"))
        self.field.setAccessibleName(self.tr("{} in hexadecimal").format(title))
        self.field.setPlaceholderText(self.tr("none") if self._optional else "")
        say(self.tool, self.tr("Take {} from the photo").format(title))
        say(self.none, self.tr("No colour"))

    def _tell(self) -> None:
        colour = self._value if isinstance(self._value, str) else None
        self.swatch.show_colour(colour)
        self.field.show_colour(colour)
        self.none.setEnabled(colour is not None)

    @Slot(object)
    def _type(self, colour: str | None) -> None:
        if colour or self._optional:
            self.put(colour)

    @Slot()
    def _ask(self) -> None:
        """Cancel in the dialog brings back what was."""
        was = self._value
        dialog = QColorDialog(QColor(was if isinstance(was, str) else tokens().shade), self)
        options = QColorDialog.ColorDialogOption
        dialog.setOptions(options.DontUseNativeDialog | options.NoEyeDropperButton)  # the photo has its own
        dialog.setWindowTitle(told(self._param.title))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.currentColorChanged.connect(lambda colour: self.changed.emit(colour.name()))
        dialog.accepted.connect(lambda: self.put(dialog.currentColor().name()))
        dialog.rejected.connect(lambda: self.put(was))
        dialog.open()
