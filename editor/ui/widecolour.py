"""Wide colour control: a colour that may lie outside sRGB, written as a person likes, or taken from a swatch file."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Slot
from PySide6.QtWidgets import QColorDialog, QHBoxLayout, QLabel, QWidget

from editor.core.colourtext import NOTATIONS, shown_as, within_srgb
from editor.core.params import Colour
from editor.ui.choicecontrol import QuietComboBox
from editor.ui.colourcontrol import ColourControl
from editor.ui.colourfield import WideField
from editor.ui.control import told
from editor.ui.drawncontrols import say, tool_button
from editor.ui.language import retold
from editor.ui.swatchbook import SwatchBook
from editor.ui.swatchpicker import SwatchPicker
from editor.ui.theme import named, tokens


class WideColourControl(ColourControl):
    """Below the chip there are the colour as it is written, and a choice of how that is; `lend` says which swatch files
    there are, and how colours are written."""

    field: WideField

    def __init__(self, param: Colour, default: object, parent: QWidget | None = None) -> None:
        self.book: SwatchBook | None = None
        self.picker: SwatchPicker | None = None
        super().__init__(param, default, parent)

    def _furnish(self) -> None:
        self.field, self.notation = WideField(), QuietComboBox()
        self.swatches = tool_button("colour", checkable=False)
        self.outside = named(QLabel(), "muted")
        self.outside.setWordWrap(True)
        self.outside.hide()
        self.notation.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        for notation in NOTATIONS:
            self.notation.addItem("", notation)
        self.row.insertWidget(3, self.swatches)
        below = QHBoxLayout()
        below.setSpacing(4)
        below.addWidget(self.field, 1)
        below.addWidget(self.notation)
        self.column.addLayout(below)
        self.column.addWidget(self.outside)
        self.swatches.clicked.connect(self.browse)
        self.field.refused.connect(self._refuse)
        self.notation.activated.connect(self._rewrite)
        self._order(self.swatch, self.swatches, self.tool, self.none, self.field, self.notation)
        retold(self, self._name_more)

    def _name_more(self) -> None:
        title = told(self._param.title)
        say(self.swatches, self.tr("Swatches for {}").format(title))
        self.notation.setAccessibleName(self.tr("How {} is written").format(title))
        texts = (self.tr("Hex"), self.tr("RGB"), self.tr("Lab"), self.tr("LCh"))
        for index, text in enumerate(texts):
            self.notation.setItemText(index, text)
        self.outside.setText(self.tr("Outside sRGB: shown as near as can be."))

    def _name(self) -> None:
        super()._name()
        self.field.setAccessibleName(self.tr("{} as it is written").format(told(self._param.title)))

    def lend(self, book: SwatchBook) -> None:
        """Have these swatch files, and write colours as it says there."""
        self.book = book
        book.rewritten.connect(self._write)
        self._write()

    def _write(self) -> None:
        notation = self.book.notation if self.book else NOTATIONS[0]
        self.notation.setCurrentIndex(self.notation.findData(notation))
        self.field.show_colour(self.colour, notation)

    def _tell(self) -> None:
        super()._tell()
        self.outside.setHidden(self.colour is None or within_srgb(self.colour))
        if self.picker and self.picker.isVisible():
            self.picker.mark(self.colour)

    @Slot(int)
    def _rewrite(self, index: int) -> None:
        if self.book:
            self.book.notation = self.notation.itemData(index)
        self._write()

    @Slot(str)
    def _refuse(self, text: str) -> None:
        said = self.tr("{} is not a colour. Write #1f4e79, rgb(31 78 121), lab(32 -4 -30) or lch(32 30 262).")
        self.troubled.emit(said.format(text))

    # Swatches

    @Slot()
    def browse(self) -> None:
        """Open the list of swatches beside this."""
        if self.book is None:
            return
        if self.picker is None:
            self.picker = SwatchPicker(self.book, self)
            self.picker.chosen.connect(self.put)
        corner = self.swatches.mapToGlobal(QPoint(self.swatches.width(), self.swatches.height() + 4))
        self.picker.open_at(corner, self.colour)

    # The dialog, which knows sRGB only

    def _offered(self) -> str:
        return shown_as(self.colour) if self.colour else tokens().shade

    def _explain(self, dialog: QColorDialog) -> None:
        column = dialog.layout()
        if self.colour is None or within_srgb(self.colour) or column is None:
            return
        said = self.tr("{} lies outside sRGB, which this dialog cannot show. It begins with the nearest colour inside.")
        note = QLabel(said.format(self.colour))
        note.setObjectName("muted")
        note.setWordWrap(True)
        column.addWidget(note)
