"""Swatch picker: the colours of a brand's swatch files in a list beside a colour, to be searched and taken."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, QRectF, QSignalBlocker, QSize, Qt, Signal, Slot
from PySide6.QtGui import QAccessible, QAccessibleEvent, QColor, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QListView, QPushButton, QVBoxLayout, QWidget

from editor.core.swatches import SUFFIXES, SwatchError
from editor.ui import questions
from editor.ui.choicecontrol import QuietComboBox
from editor.ui.drawncontrols import say, tool_button
from editor.ui.language import retold
from editor.ui.reasons import in_words
from editor.ui.swatchbook import SwatchBook
from editor.ui.swatchlist import ROW, SwatchListModel, SwatchRow
from editor.ui.theme import named, tokens

WIDTH, ROWS = 330, 10  # pixels; the rows that are to be seen at once


class SwatchPicker(QFrame):
    """Stays open until a person clicks elsewhere, so that one colour after the other can be tried.

    `chosen` is the colour of the swatch that was taken.
    """

    chosen = Signal(str)

    def __init__(self, book: SwatchBook, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self._book, self._beside = book, parent
        self._at, self._note = QPoint(), ""  # the corner that it hangs from; what there is to be said
        self.files, self.field, self.list = QuietComboBox(), QLineEdit(), named(QListView(), "frames")
        self.open_file, self.forget = tool_button("folder_open", checkable=False), tool_button("x", checkable=False)
        self.first = QPushButton()
        self.first.setAutoDefault(True)  # the return key is meant for it as well
        self.model = SwatchListModel(self)
        self.note = named(QLabel(), "muted")
        self.note.setWordWrap(True)
        self.note.setTextFormat(Qt.TextFormat.PlainText)
        self.files.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.field.setClearButtonEnabled(True)
        self.list.setModel(self.model)
        self.list.setItemDelegate(SwatchRow(self.list))
        self.list.setUniformItemSizes(True)
        self.list.setMouseTracking(True)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the field keeps it; the arrow keys go through to the list
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        head = QHBoxLayout()
        head.setSpacing(4)
        head.addWidget(self.files, 1)
        head.addWidget(self.open_file)
        head.addWidget(self.forget)
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(6)
        column.addLayout(head)
        for widget in (self.field, self.list, self.note, self.first):
            column.addWidget(widget)
        self.files.activated.connect(self._use)
        self.open_file.clicked.connect(self._ask)
        self.first.clicked.connect(self._ask)
        self.forget.clicked.connect(self._forget)
        self.field.textChanged.connect(self._find)
        self.list.clicked.connect(self._take)
        self.list.selectionModel().currentChanged.connect(self._tell)
        self.field.installEventFilter(self)
        book.changed.connect(self._changed)
        retold(self, self._name)

    def _name(self) -> None:
        self.setAccessibleName(self.tr("Swatches"))
        self.files.setAccessibleName(self.tr("Swatch file"))
        say(self.open_file, self.tr("Open a swatch file"))
        say(self.forget, self.tr("Take this swatch file off the list"))
        self.field.setPlaceholderText(self.tr("Search"))
        self.field.setAccessibleName(self.tr("Search for a swatch"))
        self.list.setAccessibleName(self.tr("Swatches"))
        self.first.setText(self.tr("Open a Swatch File…"))

    # Opening

    def open_at(self, corner: QPoint, colour: str | None) -> None:
        """Show it with its top right at `corner` of the screen, or above; `colour` is the one that is chosen now."""
        self._at = corner
        self.model.notation = self._book.notation
        self.field.clear()
        self._fill()
        self.mark(colour)
        self.show()
        self._begin()

    def _begin(self) -> None:
        (self.first if self.field.isHidden() else self.field).setFocus(Qt.FocusReason.PopupFocusReason)

    def mark(self, colour: str | None) -> None:
        """Another colour is chosen now."""
        row = self.model.mark(colour)
        self.list.setCurrentIndex(self.model.index(max(row, 0)))

    @property
    def path(self) -> Path | None:
        """The file whose swatches are shown."""
        found = self.files.currentData()
        return Path(found) if found else None

    def _changed(self) -> None:
        if self.isVisible():
            here = self.files.hasFocus()
            self._fill()
            if not here:
                self._begin()

    def _fill(self) -> None:
        """List the files by name, and the swatches of the one used last."""
        with QSignalBlocker(self.files):
            self.files.clear()
            for path in sorted(self._book.files, key=lambda path: (path.name.casefold(), path)):
                self.files.addItem(path.name, str(path))
                self.files.setItemData(self.files.count() - 1, str(path), Qt.ItemDataRole.ToolTipRole)
            self.files.setCurrentIndex(self.files.findData(str(next(iter(self._book.files), ""))))
        some = self.path is not None
        for widget in (self.files, self.open_file, self.forget, self.field):
            widget.setVisible(some)
        self.first.setHidden(some)
        trouble = "" if some else self.tr("Files of Adobe programs (.ase), of GIMP (.gpl) and tables (.csv).")
        try:
            palette = self._book.palette(self.path) if self.path else None
        except SwatchError as error:
            palette, trouble = None, in_words(str(error))
        self.model.show(palette.swatches if palette else ())
        self._note = in_words(palette.note) if palette else trouble
        self._find()

    def _find(self) -> None:
        self.model.find(self.field.text())
        self.mark(self.model.current)
        found = bool(self.model.shown) or not self.model.all
        self._say(self._note if found else self.tr("No swatch is called like that."))

    def _say(self, note: str) -> None:
        self.note.setText(note)
        self.note.setVisible(bool(note))
        self._settle()

    def _settle(self) -> None:
        """Its size, and its place: all of it on the screen."""
        self.list.setVisible(bool(self.model.all))
        self.list.setFixedHeight(min(len(self.model.all), ROWS) * ROW + 2)
        self.note.setFixedHeight(max(0, self.note.heightForWidth(WIDTH - 16)))  # -1 without a text
        self._column.activate()
        size = QSize(WIDTH, self._column.minimumSize().height())
        room = self.screen().availableGeometry()
        x = min(max(self._at.x() - size.width(), room.left()), room.right() - size.width())
        y = self._at.y() if self._at.y() + size.height() <= room.bottom() else room.bottom() - size.height()
        self.setGeometry(x, max(y, room.top()), size.width(), size.height())

    # Acting

    @Slot(QModelIndex)
    def _take(self, index: QModelIndex) -> None:
        if swatch := index.data(Qt.ItemDataRole.UserRole):
            self.chosen.emit(swatch.colour)
        self.field.setFocus()

    @Slot(int)
    def _use(self, index: int) -> None:
        """Another of the files. One that cannot be read is shown with the reason."""
        path = Path(self.files.itemData(index))
        try:
            self._book.add(path)
        except SwatchError as error:
            self.model.show(())
            self._say(in_words(str(error)))

    @Slot()
    def _ask(self) -> None:
        """Let a person choose a file; meanwhile this is out of the way."""
        folder, at, colour = self.path.parent if self.path else None, self._at, self.model.current
        self.hide()  # it would have all the clicks
        title, kind = self.tr("Open a swatch file"), self.tr("Swatches")
        path = questions.which_file(self._beside, folder, title, kind, SUFFIXES)
        self.open_at(at, colour)
        if path:
            try:
                self._book.add(path)
            except SwatchError as error:
                self._say(in_words(str(error)))

    @Slot()
    def _forget(self) -> None:
        if self.path:
            self._book.forget(self.path)

    def _tell(self, current: QModelIndex) -> None:
        self.field.setAccessibleDescription(current.data(Qt.ItemDataRole.AccessibleTextRole) or self.note.text())
        QAccessible.updateAccessibility(QAccessibleEvent(self.field, QAccessible.Event.DescriptionChanged))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if watched is self.field and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._key(event)
        return super().eventFilter(watched, event)

    def _key(self, event: QKeyEvent) -> bool:
        keys, row, last = Qt.Key, self.list.currentIndex().row(), self.model.rowCount() - 1
        there = {
            keys.Key_Down: min(last, row + 1), keys.Key_Up: max(0, row - 1),
            keys.Key_PageDown: min(last, row + ROWS), keys.Key_PageUp: max(0, row - ROWS),
        }  # fmt: skip
        if event.key() in there:
            self.list.setCurrentIndex(self.model.index(there[Qt.Key(event.key())]))
        elif event.key() in (keys.Key_Return, keys.Key_Enter):
            if last >= 0:
                self._take(self.list.currentIndex())
            self.hide()
        elif event.key() == keys.Key_Escape and self.field.text():
            self.field.clear()
        else:
            return False
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(tokens().panel))
        painter.setPen(QPen(QColor(tokens().line), 1))
        painter.drawRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))
        painter.end()
