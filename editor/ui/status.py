"""Status: the line at the foot of the window: the photo, what is running and how to stop it, the zoom, the device."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QStatusBar, QWidget

from editor.core.document import Document
from editor.ui.conceptwords import words_told
from editor.ui.language import retold
from editor.ui.reasons import in_words
from editor.ui.taskarea import TaskArea


class StatusBar(QStatusBar):
    """From left to right: the photo or a message, what takes a while, the zoom, the device."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizeGripEnabled(False)
        self._document: Document | None = None
        self._zoom: tuple[float | None, bool] = (None, False)
        self._device: tuple[str, str] | None = None
        self.tasks = TaskArea()
        self.opening, self.cooking = self.tasks.add(), self.tasks.add()
        self.saving, self.copying, self.handing = (self.tasks.add(keeps=True) for _ in range(3))
        self.photo, self.zoom, self.device = QLabel(), QLabel(), QLabel()
        self.addWidget(self.photo)
        for widget in (self.tasks, self.zoom, self.device):
            self.addPermanentWidget(widget)
        for label in (self.photo, self.zoom, self.device):
            label.setTextFormat(Qt.TextFormat.PlainText)
        for tell in (self._tell_photo, self._tell_zoom, self._tell_device):
            retold(self, tell)

    def follow(self, document: Document | None) -> None:
        """Show the size and depth of its photo, the size of the finished picture, and what the reader had to say."""
        self._document = document
        if document:
            document.on_change(lambda: self._changed(document))
        self._tell_photo()

    def _changed(self, document: Document) -> None:
        if document is self._document:
            self._tell_photo()

    def show_zoom(self, zoom: float | None, *, fits: bool = False) -> None:
        self._zoom = zoom, fits
        self._tell_zoom()

    def show_device(self, title: str, reason: str) -> None:
        """What networks run on, and why it is not what was wished for, if so."""
        self._device = title, reason
        self._tell_device()

    def _tell_photo(self) -> None:
        photo, told = self._document.photo if self._document else None, ""
        if photo and self._document:
            size, finished = photo.size, self._document.recipe.size(photo.size)
            sizes = " → ".join(f"{width} × {height}" for width, height in dict.fromkeys((size, finished)))
            depth = self.tr("float") if photo.depth == "float" else self.tr("{} bit").format(photo.bits)
            told = f"{sizes}  {depth}  {photo.space.name}"
        notes = list(map(in_words, photo.notes)) if photo else []
        if photo and photo.concept:
            told += "  " + self.tr("Concept")
            words = words_told(photo.concept) or self.tr("nobody says from what")
            notes.append(self.tr("A network drew it: {}").format(words))
        self.photo.setText(told)
        self.photo.setToolTip("; ".join(notes))
        self.photo.setAccessibleName(self.tr("Photo: {}").format(told))

    def _tell_zoom(self) -> None:
        zoom, fits = self._zoom
        percent = "" if zoom is None else f"{100 * zoom:.0f} %"
        self.zoom.setText(self.tr("Fit  {}").format(percent) if fits and percent else percent)
        self.zoom.setToolTip(self.tr("Zoom"))
        self.zoom.setAccessibleName(self.tr("Zoom: {}").format(self.zoom.text()))

    def _tell_device(self) -> None:
        if self._device is None:
            return
        title, reason = self._device
        self.device.setText(title)
        text = self.tr("Networks run on the {}. CUDA is not used: {}") if reason else self.tr("Networks run on {}.")
        self.device.setToolTip(text.format(title, in_words(reason)))
        self.device.setAccessibleName(self.device.toolTip())
