"""History: every step of the photo's edits by name, the newest on top; a click goes back to it, or forth."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QDateTime,
    QLocale,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QAction, QColor, QPainter, QPen
from PySide6.QtWidgets import (
    QDockWidget,
    QLabel,
    QListView,
    QMainWindow,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from editor.core.document import Document, Step
from editor.ui.language import retold
from editor.ui.settings import Settings
from editor.ui.theme import named, tokens
from editor.ui.titles import Titles
from editor.ui.wording import own_title, told

ROW, LEAST = 26, 4  # pixels; rows that are always to be seen
UNDONE = Qt.ItemDataRole.UserRole  # whether redo would bring it back
PRESENT = Qt.ItemDataRole.UserRole + 1
Index = QModelIndex | QPersistentModelIndex


class StepListModel(QAbstractListModel):
    """The steps of a document; row 0 is the newest. They are put into words when they come into sight.

    `looked` tells of the rows, first and last, that look different; `dataChanged` would have the view lay out all.
    """

    looked = Signal(int, int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.steps: tuple[Step, ...] = ()
        self.position = 0
        self.titles: Titles | None = None

    def show(self, steps: tuple[Step, ...], position: int) -> None:
        """Show these, with as little ado as there is between them and those before."""
        before, stood = self.steps, self.position
        self.position = position
        if steps is before:
            pass
        elif before and steps[:-1] == before:
            self.beginInsertRows(QModelIndex(), 0, 0)
            self.steps = steps
            self.endInsertRows()
        elif len(steps) == len(before) and steps[:-1] == before[:-1]:
            self.steps = steps  # the newest has another outcome, as while a slider is dragged
        else:
            self.beginResetModel()
            self.steps = steps
            self.endResetModel()
            return
        different = {stood, position} if steps is before else {stood, position, len(steps) - 1}
        self.looked.emit(self.step_at(max(different)), self.step_at(min(different)))

    def step_at(self, row: int) -> int:
        """The number of the step in a row, and the row of a step."""
        return len(self.steps) - 1 - row

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802
        return 0 if parent.isValid() else len(self.steps)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not 0 <= index.row() < len(self.steps):
            return None
        number = self.step_at(index.row())
        if role == Qt.ItemDataRole.DisplayRole:
            called = self.titles.of if self.titles else own_title
            return told(self.steps[number], self.steps[number - 1] if number else None, called)
        if role == UNDONE:
            return number > self.position
        if role == PRESENT:
            return number == self.position
        if role == Qt.ItemDataRole.AccessibleTextRole:
            name = self.data(index)
            if number == self.position:
                return self.tr("{}, the present step").format(name)
            return self.tr("{}, undone").format(name) if number > self.position else name
        if role == Qt.ItemDataRole.ToolTipRole:  # the name as well, which may be cut
            if not self.steps[number].when:
                return self.data(index)
            when = QDateTime.fromMSecsSinceEpoch(round(1000 * self.steps[number].when))
            return f"{self.data(index)}\n{QLocale().toString(when, QLocale.FormatType.ShortFormat)}"
        return None


class StepRow(QStyledItemDelegate):
    """The name of a step; a bar before the present one, dimmed if it was undone."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(0, ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        states, worn = QStyle.StateFlag, tokens()
        present, undone = index.data(PRESENT), index.data(UNDONE)
        box = QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if present or option.state & states.State_MouseOver:
            painter.fillRect(box, QColor(worn.raised))
        if present:
            painter.fillRect(QRectF(box.left(), box.top(), 3, box.height()), QColor(worn.accent))
        if option.state & states.State_HasFocus:
            painter.setPen(QPen(QColor(worn.accent), 1))
            painter.drawRect(box.adjusted(0.5, 0.5, -0.5, -0.5))
        inside = box.adjusted(14, 0, -8, 0)
        name = option.fontMetrics.elidedText(index.data(), Qt.TextElideMode.ElideRight, int(inside.width()))
        painter.setPen(QColor(worn.faint if undone else worn.text))
        painter.drawText(inside, Qt.AlignmentFlag.AlignVCenter, name)
        painter.restore()


class History(QDockWidget):
    """The dock. It follows a document; whether it is shown is remembered."""

    def __init__(self, settings: Settings, window: QMainWindow, beside: QDockWidget) -> None:
        super().__init__(window)
        self.setObjectName("history")
        self._settings, self._window, self._beside, self._action = settings, window, beside, QAction(self)
        self._document: Document | None = None
        self.model, self.view = StepListModel(self), named(QListView(), "frames")
        self.view.setModel(self.model)
        self.view.setItemDelegate(StepRow(self.view))
        self.view.setUniformItemSizes(True)
        self.view.setMouseTracking(True)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setMinimumHeight(LEAST * ROW)
        self.model.looked.connect(self._paint)
        self.view.clicked.connect(self._go)
        self.view.activated.connect(self._go)
        self._title = named(QLabel(), "group")
        inside = named(QWidget(), "groups")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        self._title.setContentsMargins(14, 10, 14, 0)
        column.addWidget(self._title)
        column.addWidget(self.view, 1)
        self.setFeatures(QDockWidget.DockWidgetFeature.NoDockWidgetFeatures)
        self.setTitleBarWidget(QWidget())
        self.setWidget(inside)
        window.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, self)
        window.splitDockWidget(beside, self, Qt.Orientation.Vertical)
        self.setVisible(settings.shown("history"))
        retold(self, self._name)

    def call(self, titles: Titles) -> None:
        """Name sliders as a person calls them."""
        self.model.titles = titles
        titles.changed.connect(self.view.viewport().update)

    def does(self) -> dict[str, Callable[[], object]]:
        """What the commands of the menu do, by name."""
        return {"history": self.toggle}

    def serve(self, actions: Mapping[str, QAction]) -> None:
        """Keep the mark in the menu right."""
        self._action = actions["history"]
        self._action.setChecked(not self.isHidden())

    def toggle(self) -> None:
        self.setVisible(self.isHidden())
        if self.isVisible() and self.height() <= self.minimumSizeHint().height():
            self._window.resizeDocks([self._beside, self], [2, 1], Qt.Orientation.Vertical)
        self._action.setChecked(not self.isHidden())
        self._settings.show("history", not self.isHidden())
        self.refresh()

    def follow(self, document: Document | None) -> None:
        """Show the steps of another document, or of none."""
        self._document = document
        if document:
            document.on_change(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """As the document has them now. Nothing is done while nobody looks."""
        if self.isHidden():
            return
        document = self._document
        self.model.show(document.steps if document else (), document.position if document else 0)
        if document:
            index = self.model.index(self.model.step_at(document.position))
            if index != self.view.currentIndex():
                self.view.setCurrentIndex(index)
                self.view.scrollTo(index)

    @Slot(int, int)
    def _paint(self, first: int, last: int) -> None:
        if first == last:  # as while a slider is dragged
            self.view.update(self.model.index(first))
        else:
            self.view.viewport().update()

    def _go(self, index: QModelIndex) -> None:
        if self._document and index.isValid():
            self._document.go(self.model.step_at(index.row()))

    def _name(self) -> None:
        self.setWindowTitle(self.tr("History"))
        self._title.setText(self.tr("History"))
        self.view.setAccessibleName(self.tr("Steps, the newest first"))
        self.view.viewport().update()
