"""Strip head: the line over the film strip: which folder, where in it, what is selected, the filter, the order."""

from __future__ import annotations

from collections.abc import Mapping
from typing import get_args

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QSizePolicy, QToolButton, QWidget

from editor.core.folder import Order
from editor.ui.actions import plain
from editor.ui.icons import icon
from editor.ui.language import retold
from editor.ui.stripfilter import Filter, FilterBar
from editor.ui.theme import named, tokens

_GAP = "   "


class Told(QLabel):
    """A line of text that gives way: what does not fit is left out at its end."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        return QSize(0, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(QColor(tokens().muted))
        text = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
        painter.end()


class StripHead(QWidget):
    """`filtered` says that another filter is in force, `done` that the person goes on from it to the photos.

    The filter's `bar` is there while it is switched on; what it is set to stays when it is switched off.
    """

    filtered = Signal()
    done = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._orders: dict[Order, QAction] = {}
        self._filtering: QAction | None = None
        self.title = named(Told(), "muted")
        self.bar = FilterBar()
        self.bar.hide()
        self.bar.changed.connect(lambda chosen: self.filtered.emit())
        self.bar.done.connect(self.done)
        self.filtering, self.sorting = named(QToolButton(), "quiet"), named(QToolButton(), "quiet")
        self.sorting.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.sorting.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.sorting.setMenu(QMenu(self.sorting))
        self.sorting.setIcon(icon("sort"))
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 2, 8, 0)
        row.setSpacing(4)
        row.addWidget(self.title, 1)
        for widget in (self.bar, self.filtering, self.sorting):
            row.addWidget(widget)
        for button in (self.filtering, self.sorting):
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def serve(self, actions: Mapping[str, QAction], order: Order) -> None:
        """Have the actions that sort (`sort_name` ...) and the one that switches the filter on (`filter`) here."""
        self._orders = {name: actions[f"sort_{name}"] for name in get_args(Order)}
        self.sorting.menu().addActions(list(self._orders.values()))
        self._filtering = actions["filter"]
        self._filtering.setIcon(icon("filter"))
        self._filtering.setIconVisibleInMenu(False)
        self.filtering.setDefaultAction(self._filtering)
        self.filtering.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        retold(self.filtering, lambda: self.filtering.setAccessibleName(self.tr("Filter")))
        self._order = order
        retold(self, lambda: self.show_order(self._order))

    @property
    def filter(self) -> Filter:
        """The one that is in force."""
        return Filter() if self.bar.isHidden() else self.bar.filter

    def use_filter(self, on: bool) -> None:
        """Switch it on or off."""
        if self._filtering:
            self._filtering.setChecked(on)
        self.bar.setVisible(on)
        self.filtered.emit()

    def find_name(self) -> None:
        """Begin to type a name."""
        self.use_filter(True)
        self.bar.name.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.bar.name.selectAll()

    def reset_filter(self) -> None:
        """Let everything pass, and put the bar away."""
        self.bar.show_filter(Filter())
        self.use_filter(False)

    def show_order(self, order: Order) -> None:
        self._order = order
        for name, action in self._orders.items():
            action.setChecked(name == order)
        told = plain(self._orders[order].text())
        self.sorting.setText(told)
        self.sorting.setToolTip(self.tr("Sorted by: {}").format(told))
        self.sorting.setAccessibleName(self.sorting.toolTip())

    def tell(self, *parts: str) -> None:
        """What stands there, from left to right; what is empty is left out."""
        told = _GAP.join(filter(None, parts))
        self.title.setText(told)
        self.title.setAccessibleName(told)
