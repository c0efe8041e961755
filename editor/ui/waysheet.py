"""Way sheet: the page of colourways in the place of the photo: what varies, the swatches, and what is made of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QMimeData, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from editor.core.colourtext import typed
from editor.core.swatches import LONGEST_NAME, SUFFIXES, Swatch
from editor.ui.dropping import local_files
from editor.ui.icons import icon_button
from editor.ui.language import retold
from editor.ui.theme import named
from editor.ui.waycells import WayListModel
from editor.ui.wayview import WayView

Key = tuple[str, str]


class WaySheet(QWidget):
    """Shows what the controller has in `model`, and says what a person wants done with it."""

    asked_file = Signal()
    wanted = Signal(object)  # the Path of a swatch file
    added = Signal(object)  # a Swatch
    removed = Signal()  # those selected
    chosen = Signal(object)  # the key of the edit whose colour is to vary
    asked_copies = Signal()
    asked_export = Signal()
    asked_sheet = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = WayListModel(self)
        self.view = WayView(self.model)
        self.edits = QComboBox()
        self.title, self.note, self.count = named(QLabel(), "group"), QLabel(), named(QLabel(), "muted")
        self.swatch_name, self.colour = QLineEdit(), QLineEdit()
        self.file, self.add, self.remove = icon_button("folder_open"), icon_button("plus"), icon_button("trash")
        self.close_button = icon_button("x")
        self.copies, self.export, self.sheet = QPushButton(), named(QPushButton(), "primary"), QPushButton()
        self._told: Callable[[], str] = lambda: ""
        self.files: tuple[Path, ...] = ()  # with swatches, that were opened before
        self.setAcceptDrops(True)
        self._build()
        self._connect()
        retold(self, self._tell)
        self._follow()

    def _build(self) -> None:
        named(self, "sheet").setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.note.setWordWrap(True)
        self.note.setTextFormat(Qt.TextFormat.PlainText)
        for field, width in ((self.swatch_name, 130), (self.colour, 170)):
            field.setFixedWidth(width)
        head, foot = QHBoxLayout(), QHBoxLayout()
        bar = named(QWidget(), "bar")
        bar.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        bar.setLayout(head)
        head.setContentsMargins(12, 6, 8, 6)
        head.setSpacing(8)
        head.addWidget(self.title)
        head.addWidget(self.edits)
        head.addStretch(1)
        for widget in (self.file, self.swatch_name, self.colour, self.add, self.remove, self.close_button):
            head.addWidget(widget)
        foot.setContentsMargins(12, 8, 12, 8)
        foot.setSpacing(8)
        foot.addWidget(self.count)
        foot.addStretch(1)
        for button in (self.sheet, self.copies, self.export):
            foot.addWidget(button)
        self.note.setContentsMargins(12, 6, 12, 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(bar)
        column.addWidget(self.note)
        column.addWidget(self.view, 1)
        column.addLayout(foot)

    def _connect(self) -> None:
        self.file.clicked.connect(self._choose_file)
        self.add.clicked.connect(self._add)
        for field in (self.swatch_name, self.colour):
            field.returnPressed.connect(self._add)
        self.remove.clicked.connect(self.removed)
        self.view.dropped.connect(self.removed)
        self.close_button.clicked.connect(self.left)
        self.view.left.connect(self.left)
        self.edits.activated.connect(lambda row: self.chosen.emit(self.edits.itemData(row)))
        self.copies.clicked.connect(self.asked_copies)
        self.export.clicked.connect(self.asked_export)
        self.sheet.clicked.connect(self.asked_sheet)
        self.view.picked.connect(self._follow)
        self.model.modelReset.connect(self._follow)

    def _tell(self) -> None:
        self.setAccessibleName(self.tr("Colourways"))
        self.title.setText(self.tr("Colourways"))
        self.edits.setAccessibleName(self.tr("The edit whose colour varies"))
        self.edits.setToolTip(self.edits.accessibleName())
        self.view.setAccessibleName(self.tr("The photo in each colour"))
        self.view.empty_text = self.tr("Open a swatch file, or add colours one by one: #1f4e79, lab(32 -3 -29), …")
        self.swatch_name.setPlaceholderText(self.tr("Name"))
        self.swatch_name.setAccessibleName(self.tr("Name of the colour to be added"))
        self.colour.setPlaceholderText(self.tr("Colour, as #1f4e79"))
        self.colour.setAccessibleName(self.tr("Colour to be added"))
        self.colour.setToolTip(self.tr("As #1f4e79, rgb(31 78 121), lab(32 -3 -29) or lch(32 29 265)"))
        for button, text in (
            (self.file, self.tr("Open swatches (.ase, .gpl, .csv)")),
            (self.add, self.tr("Add this colour")),
            (self.remove, self.tr("Take the selected colours off the sheet; all, if none is selected")),
            (self.close_button, self.tr("Back to the photo")),
        ):
            button.setToolTip(text)
            button.setAccessibleName(text)
        self.copies.setText(self.tr("Make Virtual &Copies"))
        self.export.setText(self.tr("E&xport…"))
        self.sheet.setText(self.tr("&Save Sheet…"))
        self._follow()
        self.note.setText(self._told())

    def offer(self, edits: Sequence[tuple[str, Key]], chosen: Key) -> None:
        """The edits whose colour may vary, each by what it is called; of one there is no choice."""
        if [(self.edits.itemText(i), self.edits.itemData(i)) for i in range(self.edits.count())] != list(edits):
            self.edits.clear()
            for text, key in edits:
                self.edits.addItem(text, key)
        self.edits.setCurrentIndex([key for _, key in edits].index(chosen))
        self.edits.setVisible(len(edits) > 1)

    def say(self, told: Callable[[], str]) -> None:
        """A sentence above the sheet, in the language of whenever it is told; empty: none."""
        self._told = told
        self.note.setText(told())
        self.note.setVisible(bool(self.note.text()))

    @Slot()
    def _choose_file(self) -> None:
        """One of those that were opened before, or another; where there are none, another at once."""
        if not self.files:
            self.asked_file.emit()
            return
        menu = QMenu(self)
        for path in self.files:
            menu.addAction(path.name.replace("&", "&&"), partial(self.wanted.emit, path)).setToolTip(str(path))
        menu.addSeparator()
        menu.addAction(self.tr("Open a Swatch File…"), self.asked_file.emit)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.file.mapToGlobal(QPoint(0, self.file.height())))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _swatch_file(event.mimeData()):
            event.acceptProposedAction()
        else:
            event.ignore()  # the window may have a use for it

    def dropEvent(self, event: QDropEvent) -> None:
        if path := _swatch_file(event.mimeData()):
            event.acceptProposedAction()
            self.wanted.emit(path)

    @property
    def meant(self) -> list[int]:
        """The rows that a button is for: those selected, or all if none is."""
        return self.view.selected_rows or list(range(self.model.rowCount()))

    @Slot()
    def _follow(self) -> None:
        there, selected = self.model.rowCount(), len(self.view.selected_rows)
        for button in (self.copies, self.export, self.sheet, self.remove):
            button.setEnabled(bool(there))
        many = self.tr("{} colours").format(there) if there != 1 else self.tr("1 colour")
        few = self.tr("{} of {} colours selected").format(selected, there)
        self.count.setText((few if selected else many) if there else "")

    @Slot()
    def _add(self) -> None:
        text = self.colour.text().strip()
        if not text:
            self.colour.setFocus()
            return
        try:
            colour = typed(text)
        except ValueError:
            self.say(
                lambda: self.tr("{} is no colour; write it as #1f4e79, rgb(31 78 121) or lab(32 -3 -29).").format(text)
            )
            self.colour.selectAll()
            return
        name = "".join(sign if sign.isprintable() else " " for sign in self.swatch_name.text())
        self.added.emit(Swatch(" ".join(name.split())[:LONGEST_NAME] or colour, colour))
        self.colour.clear()
        self.swatch_name.clear()
        self.swatch_name.setFocus()


def _swatch_file(data: QMimeData) -> Path | None:
    """The first swatch file in what is dragged."""
    return next((path for path in local_files(data) if path.name.lower().endswith(SUFFIXES)), None)
