"""Frames: the photos of a film strip as a list: all there are, and those that pass the filter."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from editor.core.folder import Entry
from editor.core.marks import UNMARKED, Marks
from editor.core.recipe import Recipe
from editor.core.sheet import Sheet
from editor.core.shot import Shot
from editor.ui.naming import described, shot_name
from editor.ui.thumbnails import Thumbnails

Index = QModelIndex | QPersistentModelIndex
Passes = Callable[[Entry, Marks], bool]

ENTRY = Qt.ItemDataRole.UserRole
MARKS = Qt.ItemDataRole.UserRole + 1


class PhotoListModel(QAbstractListModel):
    """Photos and virtual copies in order. ENTRY gives each as it is, MARKS its marks, DecorationRole its thumbnail, if
    there is one yet.

    `passes` is the filter. `held` stands in the list even if it does not pass, in its place.
    """

    def __init__(self, thumbnails: Thumbnails, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thumbnails = thumbnails
        self.all: tuple[Entry, ...] = ()
        self.looked = False  # whether the photos' own files have been asked for marks; until then only sidecars count
        self.passes: Passes | None = None  # None: all do
        self.held: Shot | None = None
        self._photos: tuple[Entry, ...] = ()
        self.shots: tuple[Shot, ...] = ()  # of those that are shown
        self._rows: dict[Shot, int] = {}
        self._known: dict[Shot, int] = {}
        thumbnails.made.connect(self._made)

    @property
    def photos(self) -> tuple[Entry, ...]:
        """Those that are shown."""
        return self._photos

    def lists(self, shot: Shot) -> bool:
        """Whether it is among all that there are, shown or not."""
        return shot in self._known

    def entry(self, shot: Shot) -> Entry | None:
        return self.all[self._known[shot]] if shot in self._known else None

    def show(self, photos: Sequence[Entry], *, looked: bool) -> None:
        """Other photos, another order, or the same with other edits and marks. `sift` decides what is shown of them."""
        self.all, self.looked = tuple(photos), looked
        self._known = {entry.shot: place for place, entry in enumerate(self.all)}

    def change(self, shots: Collection[Shot], give: Callable[[Entry], Entry]) -> None:
        """Some of them are other than they were."""
        given = list(self.all)
        for shot in shots:
            if shot in self._known:
                given[self._known[shot]] = give(given[self._known[shot]])
        self.all = tuple(given)

    def sifted(self) -> list[Entry]:
        """What is to be shown: all that passes, and what is held."""
        if self.passes is None:
            return list(self.all)
        return [e for e in self.all if e.shot == self.held or self.passes(e, self.marks(e))]

    def sift(self) -> bool:
        """Show what is to be shown. Returns whether the rows are others now; a selection must then be made anew."""
        photos = self.sifted()
        shots = tuple(entry.shot for entry in photos)
        same = shots == self.shots
        if not same:
            self.beginResetModel()
        self._photos = tuple(photos)
        if not same:
            self.shots = shots
            self._rows = {shot: row for row, shot in enumerate(shots)}
            self.endResetModel()
        elif photos:
            self.dataChanged.emit(self.index(0), self.index(len(photos) - 1))
        return not same

    @property
    def passing(self) -> int:
        """How many there are that pass, with or without one that is held."""
        held = None if self.held is None else self.entry(self.held)
        extra = self.passes is not None and held is not None and not self.passes(held, self.marks(held))
        return len(self._photos) - extra

    def marks(self, entry: Entry) -> Marks:
        """Rating and label, as far as they are known without reading files."""
        return entry.marks if self.looked else Sheet(Recipe(), *entry.given).marks(UNMARKED)

    def row(self, shot: Shot | None) -> int:
        """Where a photo stands; -1 if it is not shown."""
        return -1 if shot is None else self._rows.get(shot, -1)

    def neighbour(self, shot: Shot, without: Collection[Shot]) -> Shot | None:
        """The one nearest to `shot`, before it rather than after it, that is not among those; None: there is none."""
        here = self.row(shot)
        others = [(row, other) for row, other in enumerate(self.shots) if other not in without]
        return min(others, key=lambda each: (abs(each[0] - here), each[0] - here), default=(0, None))[1]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802
        return 0 if parent.isValid() else len(self._photos)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        entry, roles = self._photos[index.row()], Qt.ItemDataRole
        if role == ENTRY:
            return entry
        if role == MARKS:
            return self.marks(entry)
        if role == roles.DisplayRole:
            return shot_name(entry.shot, entry.given[2])
        if role == roles.DecorationRole:
            return self._thumbnails.find(entry)
        if role not in (roles.ToolTipRole, roles.AccessibleTextRole):
            return None
        thumbnail = self._thumbnails.find(entry)
        if isinstance(thumbnail, str):
            return thumbnail
        return described(entry.shot, self.marks(entry), edited=entry.edited)

    def _made(self, shot: Shot) -> None:
        if (row := self.row(shot)) >= 0:
            self.dataChanged.emit(self.index(row), self.index(row))


def marked(entry: Entry, marks: Marks) -> Entry:
    """The entry with these marks, as its sidecar will have them."""
    return replace(entry, given=(marks.rating, marks.label, marks.name, marks.concept))
