"""Film strip: the photos of a folder in one row under the canvas; the one on the canvas is framed."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPoint, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAction, QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QListView, QVBoxLayout, QWidget

from editor.core.folder import Entry, Order
from editor.core.marks import Marks
from editor.core.proof import Screen
from editor.core.shot import Shot
from editor.ui.framerow import FrameRow
from editor.ui.frames import PhotoListModel, marked
from editor.ui.language import retold
from editor.ui.listing import Listing, Source
from editor.ui.settings import Settings
from editor.ui.sight import Sight
from editor.ui.striphead import StripHead
from editor.ui.thumbnails import Thumbnails

_FLAGS = QItemSelectionModel.SelectionFlag


class FilmStrip(QWidget):
    """Lists photos beside the window. `chosen` is one that a person wants to see, `failed` why a folder cannot be.

    `current` is the photo that is framed: the one on the canvas, or on its way there. `selected` are those that a
    command is for. `changed` says that either, or what is listed, may be another; `rated` that a star was clicked.
    """

    chosen = Signal(object)  # Shot
    failed = Signal(str)
    left = Signal()  # by Enter: back to the photo
    changed = Signal()
    rated = Signal(object, int)  # tuple[Shot, ...], stars
    asked = Signal(QPoint, int)  # for the menu of a row, at a place of the screen

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self.current: Shot | None = None
        self.framed = True  # if not, something else is on the canvas, and `current` is where to go on from
        self.picked: Shot | None = None  # the last that a person chose here
        self.ahead = False  # it shows marks that are not written yet: what is listed meanwhile is out of date
        self._silent = False  # what is framed now is no person's choice
        self._first = False  # open the first photo once they are listed
        self._placed = False  # the strip has been scrolled to where it is
        self._coming: frozenset[Shot] = frozenset()  # to be selected once they are listed
        self.listing = Listing(self)
        self.thumbnails = Thumbnails(self)
        self.model = PhotoListModel(self.thumbnails, self)
        self._later = QTimer(self, singleShot=True, interval=0)
        self._build()
        self._connect()
        retold(self, self._tell)

    def _build(self) -> None:
        self.setObjectName("strip")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.view = FrameRow()
        self.view.setModel(self.model)
        self.sight = Sight(self.view, self.model, self.thumbnails)
        self.head = StripHead()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 2, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(self.view)

    def _connect(self) -> None:
        self.listing.listed.connect(self._listed)
        self.listing.failed.connect(self._unlisted)
        self._later.timeout.connect(self._catch_up)
        self.view.entered.connect(self.left)
        self.view.asked.connect(self.asked)
        self.view.rated.connect(self._star)
        self.view.selectionModel().currentChanged.connect(self._moved)
        self.view.selectionModel().selectionChanged.connect(lambda new, old: self._later.start())
        self.head.filtered.connect(self._sift)
        self.head.done.connect(self.view.setFocus)

    def serve(self, actions: Mapping[str, QAction]) -> None:
        """Have the actions that sort and filter (`sort_name` ..., `filter`) in the strip's head."""
        self.head.serve(actions, self._settings.order)

    # What is listed

    def open_folder(self, folder: Path) -> None:
        """List a folder, and choose the photo that was open last in it, or its first."""
        self._take(folder, first=True)

    def open_these(self, paths: Sequence[Path]) -> None:
        """List just these, and choose the first."""
        self._take(tuple(paths), first=True)

    def follow(self, shot: Shot | None) -> None:
        """Frame the photo that is on the canvas. If it is not listed, its folder is; None leaves all as it is."""
        self.current, self.framed = shot or self.current, True
        if shot and not self.model.lists(shot) and shot.path.exists():
            if self.listing.source == shot.path.parent or self.model.lists(Shot(shot.path)):
                self.listing.read()  # a copy that has just been made
            else:
                self._take(shot.path.parent, first=False)
        self._frame()

    def unframe(self) -> None:
        """What is on the canvas now is no file."""
        self.framed = False
        self._frame()

    def frame(self, shot: Shot) -> None:
        """Frame a photo that is on its way to the canvas, if it is listed."""
        if self.model.lists(shot):
            self.current, self.framed = shot, True
            self._frame()

    def show_on(self, screen: Screen) -> None:
        """Show the thumbnails in the colours of another screen."""
        self.sight.show_on(screen)

    def step(self, by: int) -> None:
        """Choose the photo after the current one, or before it (-1)."""
        here = self.model.row(self.current)
        if 0 <= here + by < len(self.model.photos) and here >= 0:
            self.view.open_row(here + by)
        elif not self.framed and here >= 0:  # at the end, and back to it
            self.view.open_row(here)

    def sort(self, order: Order) -> None:
        self._settings.order = order
        self.head.show_order(order)
        self.listing.sort(order)

    def refresh(self) -> None:
        """Look again, soon: a photo has got edits, or a file was written."""
        self.listing.soon()

    def close_down(self) -> None:
        """Returns when the threads have ended."""
        self._later.stop()
        self.sight.close()
        self.listing.close()
        self.thumbnails.close()

    def _take(self, source: Source, *, first: bool) -> None:
        if source != self.listing.source:
            self._placed = False
            self.head.reset_filter()  # another folder is not to look empty for what was looked for in this one
        self._first = first
        self.listing.take(source, self._settings.order)

    def _listed(self, photos: tuple[Entry, ...], looked: bool) -> None:
        if self.ahead:
            return
        self.model.show(photos, looked=looked)
        self._sift(keep_place=self._placed)
        self._placed, first, self._first = True, self._first, False
        if first and not photos:
            self.failed.emit(self.tr("{}: there are no photos in this folder").format(self.listing.source))
        elif first and self.model.row(self.current) < 0:
            last = self._settings.last_in(self.listing.source)
            self.view.open_row(max(0, self.model.row(Shot(last) if last else None)))
        elif self._coming:
            rows = sorted(row for shot in self._coming if (row := self.model.row(shot)) >= 0)
            self._coming = frozenset()
            self.view.select_rows(rows)
            self._frame(select=False)
        elif self.view.currentIndex().row() != (self.model.row(self.current) if self.framed else -1):
            self._frame()

    def _unlisted(self, reason: str) -> None:
        self.model.show((), looked=True)
        self._sift()
        self.failed.emit(reason)

    # What has been done to photos

    def edited(self, shot: Shot, edited: bool) -> None:
        """The photo on the canvas is edited otherwise than before; its sidecar follows later."""
        entry = self.model.entry(shot)
        if entry is None:
            return
        self.sight.edited(shot)
        if entry.edited != edited:
            self.model.change([shot], lambda e: replace(e, edited=edited))
            self._sift(keep_place=True)

    def handed(self, shots: Sequence[Shot]) -> None:
        """Many have got other edits or marks, which are beside them already."""
        for shot in shots:
            self.thumbnails.edited(shot)
        self.listing.read()

    def mark(self, shots: Collection[Shot], give: Callable[[Marks], Marks]) -> None:
        """Show other marks on photos at once; their sidecars follow."""
        self.model.change(shots, lambda entry: marked(entry, give(self.model.marks(entry))))
        self._sift(keep_place=True)

    def marks(self, shot: Shot) -> Marks:
        """Those that are shown on a photo."""
        entry = self.model.entry(shot)
        return self.model.marks(entry) if entry else Marks()

    # What is selected

    @property
    def selected(self) -> tuple[Shot, ...]:
        """In the order of the strip; the one on the canvas alone if no others are."""
        rows = self.view.selected_rows
        if rows and not self.isHidden():  # what is not seen is not meant
            return tuple(self.model.shots[row] for row in rows)
        return (self.current,) if self.current and self.framed and self.model.lists(self.current) else ()

    def select_when_listed(self, shots: Collection[Shot]) -> None:
        """Select these, which are not there yet, as soon as they are."""
        self._coming = frozenset(shots)

    def _star(self, row: int, number: int) -> None:
        """On one of those selected for all of them; the star that is lit already takes the rating off."""
        entry = self.model.photos[row]
        shots = self.selected if entry.shot in self.selected else (entry.shot,)
        self.rated.emit(shots, 0 if self.model.marks(entry).rating == number else number)

    # The filter

    def _sift(self, *, keep_place: bool = False) -> None:
        """Show what passes the filter; what is selected of it stays so."""
        chosen = self.head.filter
        self.model.passes = None if chosen.idle else chosen.passes
        self.model.held = self.current if self.framed else None
        bar, selected = self.view.horizontalScrollBar(), self.selected
        place = bar.value()
        if self._quietly(self.model.sift):
            rows = sorted(row for shot in selected if (row := self.model.row(shot)) >= 0)
            self._quietly(lambda: self.view.select_rows(rows))
            self._frame(select=self.current not in selected, scroll=not keep_place)
            if keep_place:
                self.view.doItemsLayout()
                bar.setValue(place)
        self._later.start()
        self.sight.look()

    # What is framed, and in sight

    def _frame(self, *, select: bool = True, scroll: bool = True) -> None:
        if self.framed and self.model.row(self.current) < 0 and self.current and self.model.lists(self.current):
            self._sift()  # which frames it
            return
        row = self.model.row(self.current) if self.framed else -1
        index = self.model.index(row) if row >= 0 else QModelIndex()
        if index != self.view.currentIndex():
            selected = self.view.selectionModel().isSelected(index) if index.isValid() else False
            how = _FLAGS.ClearAndSelect if select and not selected else _FLAGS.NoUpdate
            self._quietly(lambda: self.view.selectionModel().setCurrentIndex(index, how))
        if index.isValid() and scroll:
            self.view.scrollTo(index, QListView.ScrollHint.PositionAtCenter)
        self._later.start()

    def _quietly(self, act: Callable[[], object]) -> object:
        """Without taking it for a person's choice."""
        blocked = self._silent
        self._silent = True
        try:
            return act()
        finally:
            self._silent = blocked

    @Slot(QModelIndex, QModelIndex)
    def _moved(self, index: QModelIndex, before: QModelIndex) -> None:
        if index.isValid() and not self._silent:
            self.current = self.picked = self.model.shots[index.row()]
            self.framed = True
            self.view.scrollTo(index, QListView.ScrollHint.PositionAtCenter)
            self.chosen.emit(self.current)
            self._later.start()

    def _catch_up(self) -> None:
        """After what is on the canvas or selected has become another."""
        if self.model.passes and self.model.held != self.current:
            self._sift()  # what does not pass goes once it is left
        self._tell()
        self.changed.emit()

    def _tell(self) -> None:
        """Say in the head where we are, in the language of now."""
        source, there = self.listing.source, len(self.model.all)
        row, selected = self.model.row(self.current) if self.framed else -1, len(self.view.selected_rows)
        where = (source.name or str(source)) if isinstance(source, Path) else ""
        if self.model.passes:
            count = self.tr("{} of {} photos").format(self.model.passing, there)
        else:
            count = self.tr("{} photos").format(there) if there else ""
        position = f"{row + 1} / {len(self.model.photos)}" if row >= 0 else ""
        several = self.tr("{} selected").format(selected) if selected > 1 else ""
        name = str(self.model.index(row).data()) if row >= 0 else ""
        self.head.tell(where, count if self.model.passes or not position else "", position, several, name)
        self.head.title.setToolTip(str(source) if isinstance(source, Path) else "")
        self.view.setAccessibleName(self.tr("Photos in the folder"))
        self.view.empty_text = self.tr("No photo passes the filter") if self.model.passes else ""

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._frame()
        self.sight.look()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.sight.look()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.sight.look()
