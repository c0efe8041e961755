"""Task area: everything that takes a while, at the foot of the window: how far, how to stop it, as a list if many."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QPoint, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from editor.ui.activity import Activity, time_left
from editor.ui.icons import icon
from editor.ui.language import retold
from editor.ui.theme import named

WIDEST = 260  # pixels that a name may take
EVERY = 1000  # ms; as often it is said anew how long it will take


class TaskArea(QWidget):
    """`add` brings an Activity. One that is shown has its place here; of several there is a sum, and a list to open."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.activities: list[Activity] = []
        self.list = TaskList(self)
        self.summary = named(QToolButton(), "quiet")
        self.summary.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.summary.setIcon(icon("tasks"))
        self.summary.setIconSize(QSize(16, 16))
        self.summary.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.summary.clicked.connect(self._open)
        self.bar, self.left, self.button = _bar(100), QLabel(), named(QPushButton(), "small")
        self.button.clicked.connect(self._press)
        row = QHBoxLayout(self)
        row.setContentsMargins(4, 1, 4, 1)
        row.setSpacing(4)
        for widget in (self.summary, self.bar, self.left, self.button):
            row.addWidget(widget)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self._tick = QTimer(self, interval=EVERY)
        self._tick.timeout.connect(self._refresh)
        retold(self, self._refresh)

    @property
    def shown(self) -> list[Activity]:
        """Those that a person sees."""
        return [activity for activity in self.activities if activity.shown]

    @property
    def _foremost(self) -> list[Activity]:
        """Those that run; where none does, those that may go on."""
        return [activity for activity in self.shown if activity.running] or self.shown

    def add(self, *, keeps: bool = False) -> Activity:
        """An activity of its own for each kind of work. `keeps`: closing the window would lose something."""
        activity = Activity(self, keeps=keeps)
        self.activities.append(activity)
        self.list.add(activity)
        activity.changed.connect(self._refresh)
        activity.changed.connect(self.changed)
        return activity

    @Slot()
    def _refresh(self) -> None:
        shown = self.shown
        if self._tick.isActive() != bool(shown):
            (self._tick.start if shown else self._tick.stop)()
        self.list.follow()
        self.setVisible(bool(shown))
        if not shown:
            return
        shown = self._foremost
        one = shown[0] if len(shown) == 1 else None
        text = one.name if one else self.tr("{} tasks").format(len(shown))
        known = [activity.done for activity in shown if activity.done is not None]
        done = sum(known) / len(shown) if known else None
        percent = f" · {100 * done:.0f} %" if done is not None else ""
        fitting = self.summary.fontMetrics().elidedText(text, Qt.TextElideMode.ElideMiddle, WIDEST)
        self.summary.setText(fitting.replace("&", "&&") + percent)
        self.summary.setToolTip(self.tr("{}: open the list of what is running").format(text))
        self.summary.setAccessibleName(f"{text}{percent}")
        _follow(self.bar, done, text)
        self.bar.setVisible(any(activity.running for activity in shown))
        rest = [activity.left for activity in shown]
        longest = None if None in rest else max(seconds for seconds in rest if seconds is not None)
        self.left.setText(time_left(longest))
        self.left.setVisible(bool(self.left.text()))
        self.button.setVisible(one is not None)
        if one:
            _label(self.button, one)

    @Slot()
    def _press(self) -> None:
        if len(self._foremost) == 1:
            self._foremost[0].press()

    @Slot()
    def _open(self) -> None:
        self.list.open_over(self.summary)


class TaskList(QFrame):
    """The list: a row for each activity that is shown. It closes by itself when there is none left."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        named(self, "tasks")
        self.rows: dict[Activity, TaskRow] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(12, 8, 12, 8)
        self._column.setSpacing(6)
        self._below: QWidget | None = None
        retold(self, lambda: self.setAccessibleName(self.tr("What is running")))

    def add(self, activity: Activity) -> None:
        row = self.rows[activity] = TaskRow(activity)
        self._column.addWidget(row)

    def open_over(self, below: QWidget) -> None:
        """Above this widget, its right edges in one line."""
        self._below = below
        self.follow()
        self.show()
        self._place()
        if first := next((row for row in self.rows.values() if not row.isHidden()), None):
            first.button.setFocus(Qt.FocusReason.PopupFocusReason)

    def follow(self) -> None:
        for row in self.rows.values():
            row.follow()
        if self.isVisible():
            if all(row.isHidden() for row in self.rows.values()):
                self.close()
            else:
                self._place()

    def _place(self) -> None:
        self.adjustSize()
        if self._below:
            corner = self._below.mapToGlobal(QPoint(self._below.width(), 0))
            self.move(corner - QPoint(self.width(), self.height() + 4))


class TaskRow(QWidget):
    """One activity."""

    def __init__(self, activity: Activity, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._activity = activity
        self.label, self.bar = QLabel(), _bar(140)
        self.left, self.button = named(QLabel(), "muted"), named(QPushButton(), "small")
        self.label.setTextFormat(Qt.TextFormat.PlainText)
        self.left.setMinimumWidth(110)
        self.button.clicked.connect(activity.press)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(self.label, 1)
        for widget in (self.bar, self.left, self.button):
            row.addWidget(widget)
        self.hide()

    def follow(self) -> None:
        activity = self._activity
        self.setVisible(activity.shown)
        if activity.shown:
            self.label.setText(self.fontMetrics().elidedText(activity.name, Qt.TextElideMode.ElideMiddle, WIDEST))
            self.label.setToolTip(activity.name)
            _follow(self.bar, activity.done, activity.name)
            self.bar.setVisible(activity.running)
            self.left.setText(time_left(activity.left))
            _label(self.button, activity)


def _bar(width: int) -> QProgressBar:
    bar = QProgressBar()
    bar.setTextVisible(False)
    bar.setFixedWidth(width)
    return bar


def _follow(bar: QProgressBar, done: float | None, name: str) -> None:
    bar.setAccessibleName(name)
    if done is None:
        bar.setRange(0, 0)  # how far is not known yet
    else:
        bar.setRange(0, 100)
        bar.setValue(round(100 * done))


def _label(button: QPushButton, activity: Activity) -> None:
    text = activity.offered or QCoreApplication.translate("TaskArea", "Cancel")
    button.setText(text)
    button.setAccessibleName(f"{text}: {activity.name}")
