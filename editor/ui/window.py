"""Window: the photo in the middle, its edits on the right, what is going on at the foot."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QMimeData, Qt, QTimer, Slot
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QDockWidget, QMainWindow, QMessageBox, QStackedWidget, QVBoxLayout, QWidget

from editor.core.document import Document
from editor.core.engine import Engine
from editor.core.formats import PhotoError, format_of
from editor.core.model import Models
from editor.core.output import Output, same_file
from editor.core.photo import Photo
from editor.core.recipe import Recipe
from editor.ui import actions, questions
from editor.ui.canvas import Canvas
from editor.ui.files import Files
from editor.ui.notices import Banner, Welcome
from editor.ui.panel import Panel
from editor.ui.preview import Preview
from editor.ui.status import StatusBar
from editor.ui.tasks import Task
from editor.ui.theme import named

Device = Callable[[], tuple[str, str]]  # what networks run on, and why not on what was wished for; slow at first
FIRST_THE_WINDOW = 50  # ms until ONNX Runtime is imported, which would hold up the first picture of the window


class MainWindow(QMainWindow):
    """The window. It starts empty; `open_path` shows a photo. Whoever drops it without `close` calls `shut_down`."""

    def __init__(self, models: Models, device: Device, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.document: Document | None = None
        self._device, self._device_known = device, False
        self._given_up: Recipe | None = None  # unsaved edits that the person has agreed to lose
        self._being_saved: tuple[Document, Recipe] | None = None
        self._after_save: Callable[[], object] | None = None
        self.files = Files(models, self)
        self._build(Engine(models))
        self._connect()
        self._show(None)
        self._asking = Task("device", lambda job: device())
        self._asking.done.connect(self._device_found)
        self._asking.failed.connect(self._device_failed)
        self._later = QTimer(self, singleShot=True, interval=FIRST_THE_WINDOW)
        self._later.timeout.connect(self._asking.start)
        self._later.start()

    def _build(self, engine: Engine) -> None:
        self.setAcceptDrops(True)
        self.resize(1280, 820)
        self.banner, self.canvas, self.welcome = Banner(), Canvas(), Welcome()
        self._stack = QStackedWidget()
        self._stack.addWidget(self.welcome)
        self._stack.addWidget(self.canvas)
        middle = QWidget()
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.banner)
        column.addWidget(self._stack, 1)
        self.setCentralWidget(middle)
        self.panel = Panel()
        dock = named(QDockWidget(self.tr("Edits"), self), "edits")
        dock.setFeatures(QDockWidget.DockWidgetFeature.NoDockWidgetFeatures)
        dock.setTitleBarWidget(QWidget())
        dock.setWidget(self.panel)
        self.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, dock)
        self.status = StatusBar()
        self.setStatusBar(self.status)
        self.preview = Preview(engine, self.canvas, self.status.cooking, self)
        self.actions_by_name = actions.build(
            self,
            {
                "open": self.open, "save_as": self.save_as, "close_photo": self.close_photo, "quit": self.close,
                "undo": self._undo, "redo": self._redo, "stop": self.stop, "render": self.preview.refresh,
                "fit": self.canvas.fit, "real_pixels": self.canvas.real_pixels,
                "zoom_in": partial(self.canvas.step, 1), "zoom_out": partial(self.canvas.step, -1),
                "before": self._before, "about": self._about,
            },
        )  # fmt: skip

    def _connect(self) -> None:
        self.welcome.asked.connect(self.open)
        self.canvas.moved.connect(self._moved)
        self.preview.found.connect(self.panel.show_found)
        self.preview.rendered.connect(self._rendered)
        self.preview.failed.connect(self._render_failed)
        self.files.opened.connect(self._opened)
        self.files.saved.connect(self._saved)
        self.files.failed.connect(self._file_failed)
        self.files.changed.connect(self._files_changed)
        self.files.saving_progressed.connect(self.status.saving.progress)
        self.status.opening.cancelled.connect(self.files.stop_opening)
        self.status.saving.cancelled.connect(self.files.stop_saving)

    # What a person is asked. Small, so that a test can answer.

    def ask_photo(self) -> Path | None:
        return questions.which_photo(self, self.document.photo.path.parent if self.document else None)

    def ask_save_path(self, proposed: Path) -> Path | None:
        return questions.where_to_save(self, proposed)

    def ask_overwrite(self, photo: Photo) -> bool:
        return questions.may_overwrite(self, photo)

    def ask_keep_edits(self, photo: Photo) -> questions.Answer:
        return questions.keep_edits(self, photo)

    # Opening

    def open(self) -> None:
        if path := self.ask_photo():
            self.open_path(path)

    def open_path(self, path: Path) -> None:
        """Open a photo; the one that is open stays until it has been read."""
        self.open_with(partial(Photo.open, path), path.name)

    def open_with(self, read: Callable[[], Photo], name: str) -> None:
        """Open the photo that `read` brings, in a thread of its own; it may raise PhotoError."""
        if self._may_leave(partial(self.open_with, read, name)):
            self.files.open(read)
            self.status.opening.begin(self.tr("Opening {}").format(name))

    def close_photo(self) -> None:
        if self._may_leave(self.close_photo):
            self._show(None)

    @Slot(object)
    def _opened(self, photo: Photo) -> None:
        self.banner.outdate("file")
        if self._may_leave(partial(self._show, photo)):  # edited meanwhile?
            self._show(photo)

    def _show(self, photo: Photo | None) -> None:
        self.document = Document(photo) if photo else None
        self._given_up = None
        if self.document:
            self.document.on_change(partial(self._changed, self.document))
        self.actions_by_name["before"].setChecked(False)
        self._stack.setCurrentWidget(self.canvas if photo else self.welcome)
        self.panel.follow(self.document)
        self.preview.follow(self.document)
        if photo:
            width, height = photo.size
            depth = self.tr("float") if photo.depth == "float" else self.tr("{} bit").format(photo.depth)
            self.status.photo.setText(f"{width} × {height}  {depth}")
            self.canvas.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.status.photo.clear()
        self._refresh()
        self._moved()

    def _may_leave(self, then: Callable[[], object]) -> bool:
        """Whether the photo may be closed now. If its edits are to be saved first, `then` is called afterwards."""
        document = self.document
        if document is None or not document.unsaved or document.recipe == self._given_up:
            return True
        if self._being_saved == (document, document.recipe):
            self._after_save = then
            return False
        answer = self.ask_keep_edits(document.photo)
        if answer == "save":
            self.save_as(then)
        elif answer == "discard":
            self._given_up = document.recipe
        return answer == "discard"

    # Saving

    def save_as(self, then: Callable[[], object] | None = None) -> None:
        """Write a new file; `then` is called once it is there."""
        document = self.document
        if document is None or self.files.saving:
            return
        photo = document.photo
        path = self.ask_save_path(questions.proposal(photo))
        if path is None:
            return
        try:
            format_of(path)
        except PhotoError as error:
            self.banner.say(str(error), "file")
            return
        original = same_file(path, photo.path)
        if original and path.exists() and not self.ask_overwrite(photo):
            return
        self.banner.outdate("file")
        self._being_saved, self._after_save = (document, document.recipe), then
        self.files.save(document, path, Output(), overwrite=original)
        self.status.saving.begin(self.tr("Saving {}").format(path.name))

    @Slot(object, object, object)
    def _saved(self, document: Document, recipe: Recipe, path: Path) -> None:
        self.status.showMessage(self.tr("Saved {}").format(path), 8000)
        then, self._after_save = self._after_save, None
        document.mark_saved(recipe)
        if then:
            then()

    @Slot(str)
    def _file_failed(self, reason: str) -> None:
        self._given_up = None
        self.banner.say(reason, "file")

    @Slot()
    def _files_changed(self) -> None:
        if not self.files.opening:
            self.status.opening.end()
        if not self.files.saving:
            self.status.saving.end()
            self._being_saved = None
        self._refresh()

    # Showing

    @Slot()
    def _moved(self) -> None:
        port = self.canvas.port
        self.status.show_zoom(port.zoom if self.document else None, fits=port.fits)

    @Slot()
    def _rendered(self) -> None:
        self.banner.outdate("render")
        if self._device_known:  # a network that ran out of the GPU's memory has gone over to the CPU
            self.status.show_device(*self._device())

    @Slot(str)
    def _render_failed(self, reason: str) -> None:
        self.banner.say(reason, "render")

    def stop(self) -> None:
        """Stop whatever is running."""
        self.preview.stop()
        self.files.stop_opening()
        self.files.stop_saving()

    @Slot(object)
    def _device_found(self, device: tuple[str, str]) -> None:
        self._device_known = True
        self.status.show_device(*device)

    @Slot(str)
    def _device_failed(self, reason: str) -> None:
        self.status.show_device("CPU", reason)

    # The document

    def _changed(self, document: Document) -> None:
        if document is self.document:
            self.panel.refresh()
            self._refresh()
            self.preview.refresh()

    def _before(self) -> None:
        self.preview.show_before(self.actions_by_name["before"].isChecked())

    def _undo(self) -> None:
        if self.document:
            self.document.undo()

    def _redo(self) -> None:
        if self.document:
            self.document.redo()

    def _refresh(self) -> None:
        """Title and actions as the document has them."""
        document = self.document
        self.setWindowTitle(f"{document.photo.path.name}[*] – Packshot" if document else "Packshot")
        self.setWindowModified(document is not None and document.unsaved)
        for command in actions.COMMANDS:
            if command.needs_photo:
                self.actions_by_name[command.name].setEnabled(document is not None)
        self.actions_by_name["undo"].setEnabled(document is not None and document.can_undo)
        self.actions_by_name["redo"].setEnabled(document is not None and document.can_redo)
        self.actions_by_name["save_as"].setEnabled(document is not None and not self.files.saving)

    def _about(self) -> None:
        text = self.tr("Packshot edits product photos and never touches the original.\nGPL-3.0-or-later")
        QMessageBox.about(self, self.tr("About Packshot"), text)

    # Dropping files, and the end

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802
        if _files(event.mimeData()):
            self.welcome.heat(True)
            event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:  # noqa: N802
        self.welcome.heat(False)

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802
        self.welcome.heat(False)
        paths = _files(event.mimeData())
        event.acceptProposedAction()
        if len(paths) > 1:
            self.banner.say(self.tr("One photo at a time: opening {}").format(paths[0].name), "file")
        QTimer.singleShot(0, self, partial(self.open_path, paths[0]))  # a question would hold up whoever drags

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802
        if not self._may_leave(self.close):
            event.ignore()
        elif self.files.saving:
            self._after_save = self.close
            self.status.showMessage(self.tr("Closing once the file is written"))
            event.ignore()
        else:
            self.shut_down()
            event.accept()

    def shut_down(self) -> None:
        """Stop all that runs, without asking; returns when the threads have ended."""
        self.preview.close()
        self.files.close()
        self._later.stop()
        self._asking.join()


def _files(data: QMimeData) -> list[Path]:
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
