"""Sight: which thumbnails of the film strip are made: those in sight, then those beside them."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from editor.core.proof import Screen
from editor.core.shot import Shot
from editor.ui.framepainting import CELL, PICTURE
from editor.ui.framerow import FrameRow
from editor.ui.frames import PhotoListModel
from editor.ui.thumbnails import Thumbnails

AHEAD = 40  # thumbnails made on either side of what is in sight
CALM = 300  # ms without another edit, until the thumbnail is made anew


class Sight(QObject):
    """Between the row of frames and its thumbnails. `look` whenever something else may be in sight."""

    def __init__(self, view: FrameRow, model: PhotoListModel, thumbnails: Thumbnails) -> None:
        super().__init__(view)
        self._view, self._model, self._thumbnails = view, model, thumbnails
        self._edited: Shot | None = None
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._calm = QTimer(self, singleShot=True, interval=CALM)
        self._soon.timeout.connect(self._want)
        self._calm.timeout.connect(self._renew)
        view.horizontalScrollBar().valueChanged.connect(self.look)
        model.modelReset.connect(self.look)

    def look(self) -> None:
        """Have made what is wanted now."""
        self._soon.start()

    def show_on(self, screen: Screen) -> None:
        """Show the thumbnails in the colours of another screen."""
        self._thumbnails.show_on(screen)
        self.look()

    def edited(self, shot: Shot) -> None:
        """Have it made anew, once its edits have stood still for a moment."""
        self._edited = shot
        self._calm.start()

    def close(self) -> None:
        self._soon.stop()
        self._calm.stop()

    def _renew(self) -> None:
        if self._edited:
            self._thumbnails.edited(self._edited)
            self.look()

    def _want(self) -> None:
        photos, view = self._model.photos, self._view
        side = round(PICTURE.width() * view.devicePixelRatioF())
        if not view.isVisible() or not photos:
            self._thumbnails.want((), side)
            return
        start = view.horizontalScrollBar().value() // CELL.width()
        end = min(len(photos), start + view.viewport().width() // CELL.width() + 2)
        near = list(photos[start:end])
        for away in range(AHEAD):
            near += photos[end + away : end + away + 1]
            near += photos[start - away - 1 : start - away] if start > away else ()
        self._thumbnails.want(near, side)
