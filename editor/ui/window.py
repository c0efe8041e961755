"""Window: the photo in the middle, its edits on the right, what is going on at the foot."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QCloseEvent, QImage
from PySide6.QtWidgets import QWidget

from editor.core.shot import Shot
from editor.ui import arrangement
from editor.ui.asked import AskingWindow

if TYPE_CHECKING:
    from editor.core.document import Document
    from editor.core.model import Models
    from editor.core.photo import Photo
    from editor.core.sketch import Sketch
    from editor.ui import actions
    from editor.ui.asking import Device
    from editor.ui.settings import Settings


class MainWindow(AskingWindow):
    """The window. It starts empty; `open_path` shows a photo. Whoever drops it without `close` calls `shut_down`."""

    def __init__(
        self, models: Models | None = None, device: Device | None = None, settings: Settings | None = None,
        parent: QWidget | None = None, commanded: Mapping[str, str] | None = None, presets: Path | None = None,
    ) -> None:  # fmt: skip
        """Without `models` and `device` there is nothing in it, and little is loaded, until `furnish`."""
        super().__init__(parent)
        self.document: Document | None = None
        self._coming, self._coming_copy = "", 0  # the name of the photo that is being opened, and which copy of it
        self._furnished = False
        self._for_a_while: TemporaryDirectory[str] | None = None  # what presets are kept in that are not to last
        self.setWindowTitle("Packshot")
        if models is not None and device is not None:
            arrangement.place(self, settings.place if settings else b"")
            self.furnish(models, device, settings, commanded=commanded, presets=presets)

    def furnish(
        self, models: Models, device: Device, settings: Settings | None = None, *,
        commanded: Mapping[str, str] | None = None, presets: Path | None = None,
    ) -> None:  # fmt: skip
        """Puts in all there is in it.

        `commanded` is what the command line says of "device" and "memory" (MB), against the settings. `presets` is the
        folder that they are kept in; None: one of this window's own, that goes with it.
        """
        from editor.ui import parts

        self.settings = settings or parts.Settings()
        if presets is None:
            self._for_a_while = TemporaryDirectory(prefix="packshot-presets-")
            presets = Path(self._for_a_while.name)
        self._build(models, commanded or {}, presets)
        self._connect()
        self._show(None)
        self._device = parts.DeviceAsking(device, self.status, self)
        self.desk.preferring.attend(self.engine, self._device)
        self._furnished = True

    def _build(self, models: Models, commanded: Mapping[str, str], presets: Path) -> None:
        from editor.ui import parts

        middle = self._middle = parts.Middle(self.settings, models)
        self.banner, self.canvas, self.welcome, self.strip = middle.banner, middle.canvas, middle.welcome, middle.strip
        self.setCentralWidget(self._middle)
        self.intake = parts.Intake(self, self.strip, self.welcome, self.settings)
        self.panel = parts.Panel(self.settings, partial(parts.added, models))
        panel = self.panel.docked(self)
        self.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, panel)
        self.desk = parts.Desk(self.settings, commanded, self, panel, self.strip)
        self.status = parts.StatusBar()
        self.setStatusBar(self.status)
        self.files = parts.Files(models, self.status.opening, self.status.saving, self)
        self.clipboard = parts.Clipboard(models, self.status.copying, self)
        self.engine = parts.Engine(models)
        self.preview = parts.Preview(self.engine, self.canvas, self.status.cooking, self)
        self.proofing = parts.Proofing(self.settings, self)
        self.viewing = parts.Viewing(self.canvas, self.preview, self.settings, self)
        self.viewing.furnish(panel, self.status)
        self.tools = parts.ToolBox(self.canvas, self.preview, self)
        self.panel.equip(self.tools)
        commands = parts.ToolCommands(self.tools, self)
        self.keeping = parts.Keeping(self.banner, self)
        self.saving = parts.Saving(self, self.files, self.keeping, self)
        self.closing = parts.Closing(self, self.saving, self.files, self.status.tasks, self)
        self.undoing = parts.Undoing(self.keeping, self.status.handing, self)
        self.of_strip = parts.StripCommands(self.strip, self.keeping, self.undoing, self)
        self.editing = parts.Editing(
            self.panel, self.preview, self.strip, self.undoing, self.settings, parts.Presets(presets), self
        )
        self.colourways = parts.Colourways(middle, self.engine, self.files, self.status.tasks, self.panel.book, self)
        self.concepts = parts.Concepts(middle, models, self.settings, self.status.tasks, self.open_path, self)
        self.explorer = parts.Explorer(middle, self.engine, self.files, self.status.tasks, self.panel, self)
        self._pages = self.colourways, self.concepts, self.explorer
        self.actions_by_name = parts.actions.build(
            self,
            {
                "open": self.open, **self.saving.does(), "close_photo": self.close_photo, "quit": self.close,
                "undo": self.undoing.undo, "redo": self.undoing.redo, **self.explorer.does(),
                "stop": self.stop, "render": self.preview.refresh, "about": partial(parts.questions.about, self),
                "open_folder": self.open_folder, "clear_recent": self.intake.forget_recent,
                "copy": self._copy, "paste": lambda: self.intake.paste(self.folder), "strip": self.intake.toggle_strip,
                **self.of_strip.does(), **self.proofing.does(), **self.viewing.does(), **self.concepts.does(),
                **self.desk.does(), **commands.does(), **self.editing.does(), **self.colourways.does(),
            },
        )  # fmt: skip
        for each in (self.of_strip, self.proofing, self.viewing, commands, self.editing):
            each.serve(self.actions_by_name)
        self.desk.serve(self.actions_by_name, self.banner)
        self.intake.serve(self.actions_by_name["strip"], self.actions_by_name["clear_recent"])

    def _connect(self) -> None:
        self.welcome.asked.connect(self.open)
        self.welcome.asked_folder.connect(self.open_folder)
        self.intake.wanted.connect(self.open_path)
        self.intake.pasted.connect(self.open_with)
        self.intake.given.connect(self.editing.give)
        self.strip.chosen.connect(self.open_shot, Qt.ConnectionType.QueuedConnection)
        self.of_strip.wanted.connect(self.open_shot)
        self.of_strip.said.connect(lambda text: self.status.showMessage(text, 5000))
        self.preview.renderer.busy_changed.connect(self._share)
        troubles = (each.troubled for each in (self.proofing, self.intake, self.saving, *self._pages))
        for trouble in (*troubles, self.strip.failed, self.clipboard.failed):
            trouble.connect(partial(self.banner.say, topic="file"))
        for shower in (self.preview, self.files, self.strip, self.tools, *self._pages):
            shower.show_on(self.proofing.screen)
            self.proofing.changed.connect(shower.show_on)
        self.canvas.moved.connect(self._moved)
        self.tools.active_changed.connect(self._refresh)
        self.preview.found.connect(self.panel.show_found)
        self.preview.rendered.connect(partial(self.banner.outdate, "render"))
        self.preview.rendered.connect(lambda: self._device.again())
        self.preview.failed.connect(partial(self.banner.say, topic="render"))
        for changing in (self.of_strip, self.keeping, self.undoing):
            changing.changed.connect(self._refresh)
        for each, topic in ((self.of_strip, "strip"), (self.undoing, "handout"), (self.editing, "editing")):
            each.troubled.connect(partial(self.banner.say, topic=topic))
        for said in (each.said for each in (self.editing, self.saving, *self._pages)):
            said.connect(lambda text: self.status.showMessage(text, 8000))
        self.files.opened.connect(self._opened)
        self.files.sketched.connect(self._sketched)
        self.saving.began.connect(partial(self.banner.outdate, "file"))
        self.saving.replaced.connect(self._open_file)  # the photo is another one now
        self.files.unreadable.connect(self._unreadable)
        self.files.changed.connect(self._files_changed)
        self.clipboard.copied.connect(lambda: self.status.showMessage(self.tr("Copied"), 5000))
        self.closing.waits.connect(lambda: self.status.showMessage(self.tr("Closing once that is done")))

    # Opening

    @property
    def folder(self) -> Path | None:
        """Where to begin looking for a photo."""
        there = self.document.photo.path.parent if self.document else None
        return there if there and there.is_dir() else self.settings.folder

    def open_path(self, path: Path) -> None:
        """Open a photo, or the first of a folder; the one that is open stays until it has been read."""
        if not self.intake.takes(path):
            self._open_file(Shot(path))

    @Slot(object)
    def open_shot(self, shot: Shot) -> None:
        """Open a photo or a virtual copy of it; if its file is open already, it is not read again."""
        document = self.document
        if document is None or document.photo.path != shot.path or not self.keeping.fresh:
            self._open_file(shot)
        elif shot == document.shot or self.saving.may_leave(partial(self.open_shot, shot)):
            self.files.stop_opening()
            if shot != document.shot:
                self._show(document.photo, shot.copy)
            self.strip.follow(shot)
        else:
            self.strip.follow(document.shot)

    def _open_file(self, shot: Shot) -> None:
        from editor.core.photo import Photo
        from editor.core.sketch import sketch
        from editor.ui.naming import shot_name

        path = shot.path
        sketched = partial(sketch, path, self._middle.sketch_side)
        self.open_with(partial(Photo.open, path), shot_name(shot, self.strip.marks(shot).name), sketched, shot.copy)
        if self.files.opening:
            self.strip.frame(shot)

    def open_with(
        self, read: Callable[[], Photo], name: str, sketch: Callable[[], Sketch | None] = lambda: None, copy: int = 0
    ) -> None:
        """Open the photo that `read` brings, or virtual copy `copy` of it, after its `sketch`, in a thread of its own;
        it may raise PhotoError."""
        if self.saving.may_leave(partial(self.open_with, read, name, sketch, copy)):
            self._coming, self._coming_copy = name, copy
            self.files.open(read, name, sketch)
        elif self.document:
            self.strip.follow(self.document.shot)

    def close_photo(self) -> None:
        if self.saving.may_leave(self.close_photo):
            self._show(None)

    @Slot(object, object)
    def _sketched(self, seen: Sketch, pixels: QImage) -> None:
        """Something to look at until the photo is open. The document stays what it is, out of reach."""
        self._middle.show_canvas(True)
        self.preview.sketch(seen.size, pixels)
        self.panel.setEnabled(False)
        self._refresh()
        self._moved()

    def _unsketch(self) -> None:
        """The photo that was sketched will not be opened: back to the one that is."""
        self.preview.unsketch()
        self._middle.show_canvas(self.document is not None)
        self.panel.setEnabled(True)
        self._moved()

    @Slot(object)
    def _opened(self, photo: Photo) -> None:
        self.banner.outdate("file")
        if self.saving.may_leave(partial(self._show, photo, self._coming_copy)):  # edited meanwhile?
            self._show(photo, self._coming_copy)

    @Slot(str)
    def _unreadable(self, reason: str) -> None:
        """The photo that was framed in the strip is not to be seen; nor is another one to stand in its place."""
        if self.document and self.strip.current != self.document.shot and self.strip.framed:
            if self.saving.may_leave(partial(self._show, None)):
                self._show(None)
                self._middle.show_canvas(True)  # empty; the keys lead on from there
            else:
                self.strip.follow(self.document.shot)

    def _show(self, photo: Photo | None, copy: int = 0) -> None:
        self.tools.let_go()  # a drag is given up as long as its photo is the one that is kept
        self.document = self.keeping.open(photo, copy)
        self.saving.follow(self.document)
        self.viewing.photo_came()
        if self.document:
            self.document.on_change(partial(self._changed, self.document))
        self._middle.show_canvas(photo is not None)
        self.panel.setEnabled(True)
        here = self.undoing, self.editing, self.panel, self.desk, self.preview, self.tools, self.status
        for each in (*here, *self._pages):
            each.follow(self.document)
        if self.document:
            if not self.strip.view.hasFocus():  # whoever goes along it by keys stays there
                self.canvas.setFocus(Qt.FocusReason.OtherFocusReason)
            self.intake.arrived(self.document)
        self._refresh()
        self._moved()

    @Slot()
    def _files_changed(self) -> None:
        if not self.files.opening and self.preview.sketching:
            self._unsketch()
        self._share()
        self._refresh()

    # Showing

    @Slot()
    def _share(self) -> None:
        """What a person waits for goes before thumbnails."""
        self.strip.thumbnails.yield_to(self.files.opening or self.preview.renderer.busy)

    @Slot()
    def _moved(self) -> None:
        port = self.canvas.port
        self.status.show_zoom(port.zoom if self.document or self.preview.sketching else None, fits=port.fits)

    def stop(self) -> None:
        """Stop whatever is running; a tool is asked first."""
        if self.canvas.escape():
            return
        self.preview.stop()
        self.files.stop_opening()
        if self.document and self.document.photo.path.exists():
            self.strip.follow(self.document.shot)
        self.files.stop_saving()
        self.clipboard.stop()

    # The document

    def _changed(self, document: Document) -> None:
        if document is self.document:
            self.panel.refresh()
            self._refresh()
            self.viewing.edited()
            self.preview.refresh()
            self.strip.edited(document.shot, bool(document.recipe.active))

    def _copy(self) -> None:
        if self.document:
            self.clipboard.copy(self.document.photo, self.document.recipe)

    def _refresh(self) -> None:
        """Title and actions as the document has them."""
        from editor.ui import actions, naming

        document = None if self.preview.sketching else self.document
        there = f"{naming.shot_name(document.shot, self.keeping.marks.name)}[*]" if document else ""
        name = self._coming if self.preview.sketching else there
        self.setWindowTitle(f"{name} – Packshot" if name else "Packshot")
        self.setWindowModified(document is not None and document.unsaved and not self.keeping.safe)
        actions.enable(self.actions_by_name, self._there(document))

    def _there(self, document: Document | None) -> set[actions.Need]:
        """What commands may need that there is just now."""
        there: dict[actions.Need, bool] = {
            **self.viewing.there(document),
            **self.saving.there(document),
            "undo": self.undoing.can_undo and not self.preview.sketching,
            "redo": self.undoing.can_redo and not self.preview.sketching,
            **self.of_strip.there(),
        }
        return {need for need, met in there.items() if met}

    # The end

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self._furnished:
            event.accept()
        elif self.closing.may():
            arrangement.keep_place(self, self.settings)
            self.shut_down()
            event.accept()
        else:
            event.ignore()

    def shut_down(self) -> None:
        """Stop all that runs, without asking; returns when the threads have ended."""
        if not self._furnished:
            return
        self.strip.close_down()
        work = self.preview, self.files, self.keeping, self.clipboard, self._device
        for each in (self.of_strip, self.undoing, *self._pages, *work):
            each.close()
        if self._for_a_while:
            self._for_a_while.cleanup()
