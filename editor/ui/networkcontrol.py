"""Network control: which network does a task: Packshot's own, or one that was brought along."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from editor.core.params import Network
from editor.ui.choicecontrol import QuietComboBox
from editor.ui.control import Control, Networks, told
from editor.ui.label import Label
from editor.ui.language import retold


class FreshList(QuietComboBox):
    """A list that says when it is about to be looked at."""

    opening = Signal()

    def showPopup(self) -> None:
        self.opening.emit()
        super().showPopup()


class NetworkControl(Control):
    """A list of names. As long as there is nothing to choose from it is not to be seen."""

    def __init__(self, param: Network, default: object, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._param, self._default, self._value = param, default, str(default)
        self._networks: Networks = lambda task: ()
        self._names: list[str] = []
        self.label, self.list = Label(), FreshList()
        self.label.setBuddy(self.list)
        self.label.reset.connect(self._reset)
        self.list.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.list.setSizeAdjustPolicy(FreshList.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.list.setMinimumContentsLength(12)
        self.list.opening.connect(self._fill)
        self.list.currentIndexChanged.connect(self._chosen)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.label)
        row.addWidget(self.list, 1)
        self._fill()
        retold(self, self._name)

    def offer(self, networks: Networks) -> None:
        self._networks = networks
        self._fill()

    def show_value(self, value: object) -> None:
        self._value = str(value)
        self._fill()

    @Slot()
    def _fill(self) -> None:
        """Have all there are now to choose from, and what the recipe asks for as well."""
        there = list(self._networks(self._param.task))
        lost = [self._value] if self._value and self._value not in there else []
        names = ["", *there, *lost]
        with QSignalBlocker(self.list):
            if names != self._names:
                self._names = names
                self.list.clear()
                for name in names:
                    self.list.addItem(name, name)
            self._word(lost)
            self.list.setCurrentIndex(names.index(self._value))
        if self.parentWidget():  # else it would be a window
            self.setVisible(len(names) > 1)

    def _word(self, lost: list[str]) -> None:
        for index, name in enumerate(self._names):
            words = self.tr("{} (missing)").format(name) if name in lost else name or told(self._param.brief(name))
            self.list.setItemText(index, words)
        hint = self.tr("This network is not on this computer: packshot models add brings it.") if lost else ""
        self.list.setToolTip(hint)
        self.list.setAccessibleDescription(hint)

    def _name(self) -> None:
        title = told(self._param.title)
        self.label.setText(title)
        self.list.setAccessibleName(title)
        self._fill()

    @Slot(int)
    def _chosen(self, index: int) -> None:
        self._value = self._names[index]
        self.changed.emit(self._value)
        self.settled.emit()

    @Slot()
    def _reset(self) -> None:
        if self.isEnabled():
            self.changed.emit(self._default)
            self.settled.emit()
