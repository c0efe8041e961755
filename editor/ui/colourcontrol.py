"""Colour control: a swatch that opens a dialog, the colour as it is written, an eyedropper, and none."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QColorDialog, QWidget

from editor.core.params import Colour
from editor.ui.colourfield import ColourField, HexField, Swatch
from editor.ui.control import told
from editor.ui.drawncontrols import DrawnControl, say, tool_button
from editor.ui.language import retold
from editor.ui.theme import tokens


class ColourControl(DrawnControl):
    """The colour of the document; while the dialog is open the photo follows what is chosen there."""

    field: ColourField

    def __init__(self, param: Colour, default: object, parent: QWidget | None = None) -> None:
        super().__init__(param, default, "eyedropper", parent)
        self.swatch = Swatch()
        self.none = tool_button("x", checkable=False)
        self.none.clicked.connect(lambda: self.put(None))
        self.swatch.clicked.connect(self._ask)
        self._optional = param.optional
        self.value.hide()
        self.row.setStretchFactor(self.label, 1)
        self.row.setSpacing(4)
        self.row.insertWidget(2, self.swatch)
        self.row.addWidget(self.none)
        self.none.setVisible(param.optional)  # only now: without a place it would be a window of its own
        self._furnish()
        self.field.given.connect(self._type)
        retold(self, self._name)
        self.show_value(default)

    def _furnish(self) -> None:
        """Put in the field, and what else there is."""
        self.field = HexField()
        self.row.insertWidget(2, self.field)
        self._order(self.field, self.swatch, self.tool, self.none)

    def _order(self, *widgets: QWidget) -> None:
        for before, after in pairwise(widgets):
            self.setTabOrder(before, after)

    def _name(self) -> None:
        title = told(self._param.title)
        self.label.setText(title)
        self.swatch.setAccessibleName(title)
        self.swatch.setToolTip(self.tr("Choose a colour"))
        self.field.setAccessibleName(self.tr("{} in hexadecimal").format(title))
        self.field.setPlaceholderText(self.tr("none") if self._optional else "")
        say(self.tool, self.tr("Take {} from the photo").format(title))
        say(self.none, self.tr("No colour"))

    @property
    def colour(self) -> str | None:
        """What the document says."""
        return self._value if isinstance(self._value, str) else None

    def _tell(self) -> None:
        self.swatch.show_colour(self.colour)
        self._write()
        self.none.setEnabled(self.colour is not None)

    def _write(self) -> None:
        if isinstance(self.field, HexField):
            self.field.show_colour(self.colour)

    @Slot(object)
    def _type(self, colour: str | None) -> None:
        if colour or self._optional:
            self.put(colour)

    @Slot()
    def _ask(self) -> None:
        """Cancel in the dialog brings back what was."""
        was = self._value
        dialog = QColorDialog(QColor(self._offered()), self)
        options = QColorDialog.ColorDialogOption
        dialog.setOptions(options.DontUseNativeDialog | options.NoEyeDropperButton)  # the photo has its own
        dialog.setWindowTitle(told(self._param.title))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        offered = dialog.currentColor().name()

        def accept() -> None:
            now = dialog.currentColor().name()
            # it has 8 bits of sRGB: what was not touched there stays as it was
            self.put(was if was is not None and now == offered else now)

        dialog.currentColorChanged.connect(lambda colour: self.changed.emit(colour.name()))
        dialog.accepted.connect(accept)
        dialog.rejected.connect(lambda: self.put(was))
        self._explain(dialog)
        dialog.open()

    def _offered(self) -> str:
        """The colour that the dialog begins with."""
        return self.colour or tokens().shade

    def _explain(self, dialog: QColorDialog) -> None:
        """Say in the dialog what it cannot do."""
