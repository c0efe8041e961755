"""Status: the line at the foot of the window: what is running and how to stop it, the zoom, the device in use."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QStatusBar, QWidget

from editor.core.photo import Photo
from editor.ui.theme import named

HUSH = 150  # ms; what is done sooner is not worth a flicker


class Activity(QWidget):
    """Something that runs: its name, how far it is, and Cancel. Stopped, it may offer to go on."""

    cancelled = Signal()
    resumed = Signal()

    def __init__(self, parent: QWidget | None = None, *, hush: int = 0) -> None:
        super().__init__(parent)
        self._running = False
        self._label = QLabel()
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setRange(0, 100)
        self.bar.setFixedWidth(120)
        self.button = named(QPushButton(), "small")
        self.button.clicked.connect(self._pressed)
        row = QHBoxLayout(self)
        row.setContentsMargins(4, 2, 4, 2)
        for widget in (self._label, self.bar, self.button):
            row.addWidget(widget)
        self._appear = QTimer(self, singleShot=True, interval=hush)
        self._appear.timeout.connect(self.show)
        self.hide()

    @property
    def text(self) -> str:
        return "" if self.isHidden() else self._label.text()

    def begin(self, text: str) -> None:
        self._running = True
        self._label.setText(text)
        self.bar.setAccessibleName(text)
        self.bar.setRange(0, 0)  # how far is not known yet
        self.bar.show()
        self._name(self.tr("Cancel"))
        if self._appear.interval():
            self._appear.start()
        else:
            self.show()

    @Slot(float)
    def progress(self, done: float) -> None:
        self.bar.setRange(0, 100)
        self.bar.setValue(round(100 * done))

    def end(self) -> None:
        self._running = False
        self._appear.stop()
        self.hide()

    def offer(self, text: str, button: str) -> None:
        """It stopped before its end; the button makes it go on."""
        self._running = False
        self._appear.stop()
        self._label.setText(text)
        self.bar.hide()
        self._name(button)
        self.show()

    def _name(self, text: str) -> None:
        self.button.setText(text)
        self.button.setAccessibleName(f"{text}: {self._label.text()}")

    @Slot()
    def _pressed(self) -> None:
        (self.cancelled if self._running else self.resumed).emit()


class StatusBar(QStatusBar):
    """From left to right: messages, files at work, the picture at work, the zoom, the device."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizeGripEnabled(False)
        self.photo = QLabel()
        self.opening, self.cooking = Activity(hush=HUSH), Activity(hush=HUSH)
        self.saving, self.copying, self.handing = Activity(), Activity(), Activity(hush=HUSH)
        self.zoom, self.device = QLabel(), QLabel()
        self.zoom.setAccessibleName(self.tr("Zoom"))
        self.device.setTextFormat(Qt.TextFormat.PlainText)
        self.addWidget(self.photo)
        for widget in (self.opening, self.saving, self.copying, self.handing, self.cooking, self.zoom, self.device):
            self.addPermanentWidget(widget)

    def show_photo(self, photo: Photo | None) -> None:
        """Its size and depth, and what its reader has to say of it."""
        self.photo.clear()
        if photo:
            width, height = photo.size
            depth = self.tr("float") if photo.depth == "float" else self.tr("{} bit").format(photo.bits)
            self.photo.setText(f"{width} × {height}  {depth}  {photo.space.name}")
        self.photo.setToolTip("; ".join(photo.notes) if photo else "")

    def show_zoom(self, zoom: float | None, *, fits: bool = False) -> None:
        percent = "" if zoom is None else f"{100 * zoom:.0f} %"
        self.zoom.setText(self.tr("Fit  {}").format(percent) if fits and percent else percent)

    def show_device(self, title: str, reason: str) -> None:
        """What networks run on, and why it is not what was wished for, if so."""
        if reason:
            known = self.device.fontMetrics().elidedText(reason, Qt.TextElideMode.ElideRight, 320)
            self.device.setText(self.tr("{} – no CUDA: {}").format(title, known))
            self.device.setToolTip(self.tr("Networks run on the {}. CUDA is not used: {}").format(title, reason))
        else:
            self.device.setText(title)
            self.device.setToolTip(self.tr("Networks run on this device."))
        self.device.setAccessibleName(self.device.toolTip())
