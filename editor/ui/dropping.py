"""Dropping: files that a person drags from elsewhere over the window and lets go."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject, QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QWidget


class Dropping(QObject):
    """Watches a widget. `hovered` says whether files are held over it, `dropped` which were let go."""

    hovered = Signal(bool)
    dropped = Signal(object)  # list[Path]

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        widget.setAcceptDrops(True)
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if isinstance(event, QDragEnterEvent) and local_files(event.mimeData()):
            self.hovered.emit(True)
            event.acceptProposedAction()
            return True
        if isinstance(event, QDropEvent) and event.type() == QEvent.Type.Drop:
            self.hovered.emit(False)
            event.acceptProposedAction()
            paths = local_files(event.mimeData())
            QTimer.singleShot(0, self, partial(self.dropped.emit, paths))  # a question would hold up whoever drags
            return True
        if event.type() == QEvent.Type.DragLeave:
            self.hovered.emit(False)
        return False


def local_files(data: QMimeData) -> list[Path]:
    """The files of this computer that are dragged, or lie on the clipboard."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
