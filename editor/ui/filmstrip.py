"""Film strip: the photos of a folder in one row under the canvas; the one on the canvas is framed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, get_args

from PySide6.QtCore import QFileSystemWatcher, QItemSelectionModel, QModelIndex, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAction, QHideEvent, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QListView, QMenu, QToolButton, QVBoxLayout, QWidget

from editor.core.folder import Entry, Order, entries, entries_of, in_order
from editor.core.formats import PhotoError
from editor.core.job import Job
from editor.core.proof import Screen
from editor.ui.frames import CELL, PICTURE, FramePainter, PhotoListModel
from editor.ui.settings import Settings
from editor.ui.tasks import Task
from editor.ui.theme import named
from editor.ui.thumbnails import Thumbnails

AHEAD = 40  # thumbnails made on either side of what is in sight
CALM = 400  # ms without a change in the folder, until it is read again

Source = Path | tuple[Path, ...]  # a folder, or just these photos


class FilmStrip(QWidget):
    """Lists photos beside the window. `chosen` is one that a person wants to see, `failed` why a folder cannot be.

    `current` is the photo that is framed: the one on the canvas, or on its way there.
    """

    chosen = Signal(object)  # Path
    failed = Signal(str)
    left = Signal()  # by Enter: back to the photo

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self.current: Path | None = None
        self.framed = True  # if not, something else is on the canvas, and `current` is where to go on from
        self.picked: Path | None = None  # the last that a person chose here
        self._source: Source | None = None
        self._silent = False  # what is framed now is no person's choice
        self._orders: dict[Order, QAction] = {}
        self._first = False  # open the first photo once they are listed
        self._listing: Task | None = None
        self._tasks: list[Task] = []
        self.thumbnails = Thumbnails(self)
        self.model = PhotoListModel(self.thumbnails, self)
        self._build()
        self._watcher = QFileSystemWatcher(self)
        self._calm = QTimer(self, singleShot=True, interval=CALM)
        self._calm.timeout.connect(self._list)
        self._watcher.directoryChanged.connect(lambda folder: self._calm.start())
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._want)
        self.view.selectionModel().currentChanged.connect(self._moved)
        self.view.horizontalScrollBar().valueChanged.connect(lambda value: self._soon.start())
        self.model.modelReset.connect(self._soon.start)

    def _build(self) -> None:
        self.setObjectName("strip")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.view = _Row()
        self.view.setModel(self.model)
        self.view.setItemDelegate(FramePainter(self.view))
        self.view.setAccessibleName(self.tr("Photos in the folder"))
        self.view.entered_photo.connect(self.left)
        self._title = named(QLabel(), "muted")
        self._title.setTextFormat(Qt.TextFormat.PlainText)
        self.sorting = named(QToolButton(), "quiet")
        self.sorting.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.sorting.setMenu(QMenu(self.sorting))
        head = QHBoxLayout()
        head.setContentsMargins(12, 2, 8, 0)
        head.addWidget(self._title, 1)
        head.addWidget(self.sorting)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 2, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.view)

    def offer_orders(self, actions: Mapping[str, QAction]) -> None:
        """Put the actions that sort (`sort_name` ...) into the strip's own menu, ticked as it is sorted."""
        self._orders = {order: actions[f"sort_{order}"] for order in get_args(Order)}
        self.sorting.menu().addActions(list(self._orders.values()))
        self._name_order()

    # What is listed

    def open_folder(self, folder: Path) -> None:
        """List a folder, and choose its first photo."""
        self._take(folder, first=True)

    def open_these(self, paths: Sequence[Path]) -> None:
        """List just these, and choose the first."""
        self._take(tuple(paths), first=True)

    def follow(self, path: Path | None) -> None:
        """Frame the photo that is on the canvas. If it is not listed, its folder is; None leaves all as it is."""
        self.current, self.framed = path or self.current, True
        if path and self.model.row(path) < 0 and self._source != path.parent and path.exists():
            self._take(path.parent, first=False)
        self._frame()

    def unframe(self) -> None:
        """What is on the canvas now is no file."""
        self.framed = False
        self._frame()

    def frame(self, path: Path) -> None:
        """Frame a photo that is on its way to the canvas, if it is listed."""
        if self.model.row(path) >= 0:
            self.current, self.framed = path, True
            self._frame()

    def show_on(self, screen: Screen) -> None:
        """Show the thumbnails in the colours of another screen."""
        self.thumbnails.show_on(screen)
        self._soon.start()

    def step(self, by: int) -> None:
        """Choose the photo after the current one, or before it (-1)."""
        row = self.model.row(self.current) + by
        if 0 <= row < len(self.model.photos) and self.model.row(self.current) >= 0:
            self.view.setCurrentIndex(self.model.index(row))
        elif not self.framed:  # at the end, and back to it
            self.view.setCurrentIndex(self.model.index(self.model.row(self.current)))

    def sort(self, order: Order) -> None:
        self._settings.order = order
        self._name_order()
        self._list()

    def refresh(self) -> None:
        """Look again, soon: a photo has got edits, or a file was written."""
        if self._source is not None:
            self._calm.start()

    def close_down(self) -> None:
        """Returns when the threads have ended."""
        for timer in (self._calm, self._soon):
            timer.stop()
        for task in self._tasks:
            task.join()
        self._tasks.clear()
        self.thumbnails.close()

    def _take(self, source: Source, *, first: bool) -> None:
        if watched := self._watcher.directories():
            self._watcher.removePaths(watched)
        self._source, self._first = source, first
        if isinstance(source, Path) and source.is_dir():
            self._watcher.addPath(str(source))
        self._list()

    def _list(self) -> None:
        source, order = self._source, self._settings.order
        if source is None:
            return
        if self._listing:
            self._listing.cancel()
        task = Task("folder", partial(_listed, source, order))
        self._listing = task
        self._tasks.append(task)
        ends: tuple[Callable[[Any], None], ...] = (partial(self._listed, task, source), partial(self._unlisted, task))
        task.done.connect(ends[0])
        task.failed.connect(ends[1])
        task.stopped.connect(partial(self._forget, task))
        task.start()

    def _forget(self, task: Task) -> bool:
        """It has ended. Returns whether it is the one that counts."""
        self._tasks.remove(task)
        counts = task is self._listing
        self._listing = None if counts else self._listing
        return counts

    def _listed(self, task: Task, source: Source, photos: tuple[Entry, ...]) -> None:
        if not self._forget(task):
            return
        place = self.view.horizontalScrollBar().value()
        self._quietly(lambda: self.model.show(photos))
        self.view.horizontalScrollBar().setValue(place)
        first, self._first = self._first, False
        if isinstance(source, Path):
            where = source.name or str(source)
            self._title.setText(self.tr("{}   {} photos").format(where, len(photos)))
            self._title.setToolTip(str(source))
        else:
            self._title.setText(self.tr("{} photos").format(len(photos)))
        if first and not photos:
            self.failed.emit(self.tr("{}: there are no photos in this folder").format(source))
        elif first and self.model.row(self.current) < 0:
            self.view.setCurrentIndex(self.model.index(0))
        else:
            self._frame()
        self._soon.start()

    def _unlisted(self, task: Task, reason: str) -> None:
        if self._forget(task):
            self._quietly(lambda: self.model.show(()))
            self._title.clear()
            self.failed.emit(reason)

    # What is framed, and in sight

    def _frame(self) -> None:
        row = self.model.row(self.current) if self.framed else -1
        index = self.model.index(row) if row >= 0 else QModelIndex()
        if index != self.view.currentIndex():
            flags = QItemSelectionModel.SelectionFlag
            self._quietly(lambda: self.view.selectionModel().setCurrentIndex(index, flags.ClearAndSelect))
        if index.isValid():
            self.view.scrollTo(index, QListView.ScrollHint.PositionAtCenter)

    def _quietly(self, act: Callable[[], object]) -> None:
        """Without taking it for a person's choice."""
        blocked = self._silent
        self._silent = True
        try:
            act()
        finally:
            self._silent = blocked

    @Slot(QModelIndex, QModelIndex)
    def _moved(self, index: QModelIndex, before: QModelIndex) -> None:
        if index.isValid() and not self._silent:
            self.current = self.picked = self.model.photos[index.row()].path
            self.framed = True
            self.view.scrollTo(index, QListView.ScrollHint.PositionAtCenter)
            self.chosen.emit(self.current)

    def _want(self) -> None:
        """Have the thumbnails made that are in sight, then those beside them."""
        photos = self.model.photos
        if not self.isVisible() or not photos:
            self.thumbnails.want((), self._side)
            return
        start = self.view.horizontalScrollBar().value() // CELL.width()
        end = min(len(photos), start + self.view.viewport().width() // CELL.width() + 2)
        near = list(photos[start:end])
        for away in range(AHEAD):
            near += photos[end + away : end + away + 1]
            near += photos[start - away - 1 : start - away] if start > away else ()
        self.thumbnails.want(near, self._side)

    @property
    def _side(self) -> int:
        return round(PICTURE.width() * self.devicePixelRatioF())

    def _name_order(self) -> None:
        for order, action in self._orders.items():
            action.setChecked(order == self._settings.order)
        told = self._orders[self._settings.order].text().replace("&", "")
        self.sorting.setText(self.tr("Sorted by: {}").format(told))
        self.sorting.setAccessibleName(self.sorting.text())

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._soon.start()

    def showEvent(self, event: QShowEvent) -> None:
        self._frame()
        self._soon.start()

    def hideEvent(self, event: QHideEvent) -> None:
        self._soon.start()


class _Row(QListView):
    """One row, that scrolls sideways with any wheel."""

    entered_photo = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("frames")
        self.setFlow(QListView.Flow.LeftToRight)  # not IconMode, which keeps a rectangle for each of thousands
        self.setWrapping(False)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)  # for what lies under the pointer
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionMode(QListView.SelectionMode.SingleSelection)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setFixedHeight(CELL.height() + self.horizontalScrollBar().sizeHint().height() + 4)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered_photo.emit()
        else:
            super().keyPressEvent(event)


def _listed(source: Source, order: Order, job: Job) -> tuple[Entry, ...]:
    try:
        photos = entries(source, job) if isinstance(source, Path) else entries_of(source, job)
    except OSError as error:
        assert isinstance(source, Path)
        raise PhotoError(source, f"cannot be read ({error.strerror})") from None
    return in_order(photos, order, job)
