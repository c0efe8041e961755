"""Readout: position and colour of the pixel under the pointer, in numbers."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QLabel, QWidget

from editor.core.lab import lab
from editor.ui.canvas import Canvas
from editor.ui.language import retold


class Readout(QLabel):
    """Follows the pointer over a canvas: RGB as 0..255 of the working space, sRGB, and CIE L*a*b* under D50."""

    def __init__(self, canvas: Canvas, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._canvas = canvas
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        retold(self, self._tell)
        canvas.pointed.connect(self._read)
        canvas.showed.connect(self._read)

    @Slot()
    def _read(self) -> None:
        """The pointer has moved, or what is under it."""
        point, (width, height) = self._canvas.point, self._canvas.port.photo
        text = ""
        if point and 0 <= point[0] < width and 0 <= point[1] < height:
            text = f"{int(point[0]):5d} {int(point[1]):5d}"
            if colour := self._canvas.colour_at(point):
                red, green, blue = colour
                light, a, b = lab(red / 255, green / 255, blue / 255)
                text += f"   RGB {red:3d} {green:3d} {blue:3d}   Lab {light:5.1f} {a + 0.0:6.1f} {b + 0.0:6.1f}"
        if text != self.text():
            self.setText(text)

    def _tell(self) -> None:
        self.setAccessibleName(self.tr("Pixel under the pointer"))
        self.setToolTip(self.tr("Column and row of the pixel under the pointer, its colour in sRGB, and in Lab (D50)"))
