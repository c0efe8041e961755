"""Middle: what stands between the menu and the foot of the window, left of the panel: message, photo, film strip."""

from __future__ import annotations

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from editor.core.model import Models
from editor.ui.canvas import Canvas
from editor.ui.filmstrip import FilmStrip
from editor.ui.notices import Banner, Welcome
from editor.ui.settings import Settings

SKETCHED = 0.7  # of the longer side there is: the first picture of a photo is to come soon rather than sharp


class Middle(QWidget):
    """The canvas, or how to begin where there is no photo; a banner over it, the strip below."""

    def __init__(self, settings: Settings, models: Models, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.banner, self.canvas, self.welcome = Banner(), Canvas(), Welcome()
        self.strip = FilmStrip(settings)
        self.strip.thumbnails.models = models
        self._stack = QStackedWidget()
        self._stack.addWidget(self.welcome)
        self._stack.addWidget(self.canvas)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.banner)
        column.addWidget(self._stack, 1)
        column.addWidget(self.strip)
        self.strip.left.connect(self.canvas.setFocus)
        self.canvas.leafed.connect(self.strip.step)

    def show_canvas(self, shown: bool) -> None:
        self._stack.setCurrentWidget(self.canvas if shown else self.welcome)

    def show_sheet(self, sheet: QWidget | None) -> None:
        """Show something else in the place of the photo; None: the photo again."""
        if sheet and self._stack.indexOf(sheet) < 0:
            self._stack.addWidget(sheet)
        self._stack.setCurrentWidget(sheet or self.canvas)

    def shows(self, page: QWidget) -> bool:
        """Whether this stands there now."""
        return self._stack.currentWidget() is page

    @property
    def sketch_side(self) -> int:
        """Pixels of the screen that the longer side of a sketch should have."""
        return round(max(self._stack.width(), self._stack.height()) * self.devicePixelRatioF() * SKETCHED)
