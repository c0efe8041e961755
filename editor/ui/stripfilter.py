"""Strip filter: which photos of a folder the film strip shows: by stars, labels, edits, and name."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import Literal

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QActionGroup, QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu, QSlider, QToolButton, QWidget

from editor.core.folder import Entry
from editor.core.marks import LABELS, MOST_STARS, Marks
from editor.ui.framepainting import STAR, label_colour, paint_stars
from editor.ui.icons import icon
from editor.ui.language import retold
from editor.ui.naming import label_name, shot_name, stars_name
from editor.ui.theme import named, tokens

Match = Literal["≥", "=", "≤"]
MATCHES: tuple[Match, ...] = ("≥", "=", "≤")
_HEIGHT = 24
_UNLIT = 9.0  # across: a star that could be lit


@dataclass(frozen=True)
class Filter:
    """What a photo must be like to be shown."""

    match: Match = "≥"
    rating: int = 0
    labels: frozenset[str] = frozenset()  # any of these; "" is a photo without one. None at all: it does not matter
    edited: bool | None = None  # None: it does not matter
    text: str = ""  # in its name

    @property
    def idle(self) -> bool:
        """Whether everything passes."""
        return self == Filter()

    def passes(self, entry: Entry, marks: Marks) -> bool:
        rated = {"≥": marks.rating >= self.rating, "=": marks.rating == self.rating, "≤": marks.rating <= self.rating}
        return (
            rated[self.match]
            and (not self.labels or marks.label in self.labels)
            and (self.edited is None or entry.edited == self.edited)
            and (not self.text or self.text.casefold() in shot_name(entry.shot, marks.name).casefold())
        )


class Stars(QSlider):
    """Five stars to click on; clicking on the last that is lit puts all out."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setRange(0, MOST_STARS)
        self.setPageStep(1)
        self.setFixedSize(self.sizeHint())

    def sizeHint(self) -> QSize:
        return QSize(round(MOST_STARS * STAR) + 8, _HEIGHT)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        number = min(max(1 + int((event.position().x() - 4) / STAR), 1), MOST_STARS)
        self.setValue(0 if number == self.value() else number)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(4, 0, MOST_STARS * STAR, self.height() - 1).adjusted(0, 4, 0, -4)
        paint_stars(painter, box, self.value(), QColor(tokens().text), _UNLIT)
        if self.hasFocus():
            _paint_focus(painter, self)
        painter.end()


class Dot(QToolButton):
    """A colour label to switch on and off; "" is none."""

    def __init__(self, label: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.label = label
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFixedSize(18, _HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = QRectF(self.rect()).center()
        on = self.isChecked()
        radius = 6.0 if on else 4.5
        if self.label:
            colour = label_colour(self.label)
            painter.setPen(QPen(QColor(tokens().text), 1.5) if on else Qt.PenStyle.NoPen)
            painter.setBrush(colour)
        else:
            painter.setPen(QPen(QColor(tokens().text if on else tokens().faint), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawLine(middle + QPointF(-3, 3), middle + QPointF(3, -3))
        painter.drawEllipse(middle, radius, radius)
        if self.hasFocus():
            _paint_focus(painter, self)
        painter.end()


class NameField(QLineEdit):
    """A part of a name; Esc empties it, Enter and Esc go on to the photos."""

    done = Signal()

    def event(self, event: QEvent) -> bool:
        override = event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent)
        if override and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.clear()
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down):
            self.done.emit()
        else:
            super().keyPressEvent(event)


class FilterBar(QWidget):
    """What the filter is set by. `changed` comes with each new one, `done` when the person goes on to the photos."""

    changed = Signal(object)  # Filter
    done = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._filter = Filter()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        self.match = named(QToolButton(), "quiet")
        self.match.setMenu(self._matches())
        self.stars = Stars()
        self.stars.valueChanged.connect(lambda rating: self._set(replace(self._filter, rating=rating)))
        self.dots = {label: Dot(label) for label in (*LABELS[1:], "")}
        self.state = named(QToolButton(), "quiet")
        self.state.setMenu(self._states())
        self.name = NameField()
        self.name.setFixedHeight(_HEIGHT)
        self.name.setMinimumWidth(70)
        self.name.setMaximumWidth(150)
        self.name.setClearButtonEnabled(True)
        self.name.setAcceptDrops(False)  # a photo dropped here is a photo for the window
        self.name.textChanged.connect(lambda text: self._set(replace(self._filter, text=text.strip())))
        self.name.done.connect(self.done)
        self.clearing = named(QToolButton(), "quiet")
        self.clearing.setIcon(icon("x"))
        self.clearing.clicked.connect(lambda: self.show_filter(Filter()))
        for button in (self.match, self.state):
            button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        for button in (self.match, self.state, self.clearing):
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        for widget in (self.match, self.stars, *self.dots.values(), self.state, self.name, self.clearing):
            row.addWidget(widget)
        for label, dot in self.dots.items():
            dot.toggled.connect(partial(self._label, label))
        retold(self, self._tell)
        self._mark()

    @property
    def filter(self) -> Filter:
        return self._filter

    def show_filter(self, given: Filter) -> None:
        """Set all of it."""
        self._set(given)

    def _matches(self) -> QMenu:
        menu = QMenu(self.match)
        group = QActionGroup(menu)
        for match in MATCHES:
            action = group.addAction(match)
            action.setCheckable(True)
            action.triggered.connect(lambda on=False, match=match: self._set(replace(self._filter, match=match)))
        menu.addActions(group.actions())
        self._match_actions = dict(zip(MATCHES, group.actions(), strict=True))
        return menu

    def _states(self) -> QMenu:
        menu = QMenu(self.state)
        group = QActionGroup(menu)
        self._state_actions = {state: group.addAction("") for state in (None, True, False)}
        for state, action in self._state_actions.items():
            action.setCheckable(True)
            action.triggered.connect(lambda on=False, state=state: self._set(replace(self._filter, edited=state)))
        menu.addActions(group.actions())
        return menu

    def _label(self, label: str, on: bool) -> None:
        labels = self._filter.labels
        self._set(replace(self._filter, labels=labels | {label} if on else labels - {label}))

    def _set(self, given: Filter) -> None:
        if given != self._filter:
            self._filter = given
            self._mark()
            self.changed.emit(given)

    def _mark(self) -> None:
        """Show what is set."""
        given = self._filter
        self.match.setText(given.match)
        self._match_actions[given.match].setChecked(True)
        self.stars.setValue(given.rating)
        for label, dot in self.dots.items():
            dot.setChecked(label in given.labels)
        self._state_actions[given.edited].setChecked(True)
        self.state.setText(self._state_actions[given.edited].text())
        if self.name.text().strip() != given.text:
            self.name.setText(given.text)
        self.clearing.setEnabled(not given.idle)
        self.stars.setToolTip(self.tr("Rating {} {}").format(given.match, stars_name(given.rating)))

    def _tell(self) -> None:
        """Say all there is to say, in the language of now."""
        self._state_actions[None].setText(self.tr("Edited or not"))
        self._state_actions[True].setText(self.tr("Edited"))
        self._state_actions[False].setText(self.tr("Not edited"))
        self.match.setAccessibleName(self.tr("How the rating is compared"))
        self.match.setToolTip(self.tr("At least, just, or at most so many stars"))
        self.stars.setAccessibleName(self.tr("Rating to filter by"))
        for label, dot in self.dots.items():
            dot.setAccessibleName(label_name(label))
            dot.setToolTip(label_name(label))
        self.state.setAccessibleName(self.tr("Edited or not, to filter by"))
        self.name.setPlaceholderText(self.tr("Name"))
        self.name.setAccessibleName(self.tr("Part of the name to filter by"))
        self.clearing.setToolTip(self.tr("Clear the filter"))
        self.clearing.setAccessibleName(self.tr("Clear the filter"))
        self._mark()


def _paint_focus(painter: QPainter, widget: QWidget) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(tokens().accent), 1))
    painter.drawRoundedRect(QRectF(widget.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
