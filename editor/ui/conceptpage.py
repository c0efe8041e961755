"""Concept page: new products from words, in the place of the photo: what is asked for, the pictures, saving them."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QEvent, QItemSelectionModel, QSignalBlocker, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSlider,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from editor.core.generate import MOST_SPREAD, Words
from editor.ui.conceptcells import ConceptListModel, ConceptPainter
from editor.ui.conceptwords import kind_name, word_name
from editor.ui.icons import icon_button
from editor.ui.language import retold
from editor.ui.theme import named
from editor.ui.wayview import WayView

COUNT, MOST_COUNT, MOST_SEED = 12, 48, 999_999
SIDE, SIDES = 512, (256, 512, 1024)  # pixels that pictures are saved with, beside as many as are drawn
WIDTH = 264  # pixels of the column where one asks


class WordBox(QComboBox):
    """Words to choose from, by typing how they begin: letters are then no keys of commands."""

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            held = event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
            if event.text().isprintable() and event.text() and not held:
                event.accept()
                return True
        return super().event(event)


class ConceptPage(QWidget):
    """Shows what the controller has in `model`, and says what a person wants."""

    asked = Signal()  # other pictures: words, seed, spread or number
    asked_save = Signal()
    asked_open = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = ConceptListModel(self)
        self.view = WayView(self.model, None, ConceptPainter())
        self.title, self.hint = named(QLabel(), "group"), named(QLabel(), "muted")
        self.trouble, self.selected = named(QLabel(), "note"), named(QLabel(), "muted")
        self.kinds: dict[str, WordBox] = {}
        self.count, self.seed, self.spread, self.slider = QSpinBox(), QSpinBox(), QSpinBox(), QSlider()
        self.side, self.dice, self.close_button = QComboBox(), icon_button("dice"), icon_button("x")
        self.save, self.open = QPushButton(), named(QPushButton(), "primary")
        self._trouble: Callable[[], str] = lambda: ""
        self._drawn = 0  # pixels on a side; 0: not known yet
        self._build()
        self._connect()
        retold(self, self._tell)
        self._follow()

    def _build(self) -> None:
        named(self, "sheet").setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        for box, most, value in ((self.count, MOST_COUNT, COUNT), (self.seed, MOST_SEED, 1)):
            box.setRange(1, most)
            box.setValue(value)
        self.slider.setOrientation(Qt.Orientation.Horizontal)
        for each in (self.slider, self.spread):
            each.setRange(0, round(100 * MOST_SPREAD))
            each.setValue(100)
        self.spread.setSuffix(" %")
        for label in (self.hint, self.trouble):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        head, body, foot = QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        bar = named(QWidget(), "bar")
        bar.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        bar.setLayout(head)
        head.setContentsMargins(12, 6, 8, 6)
        head.addWidget(self.title)
        head.addStretch(1)
        head.addWidget(self.close_button)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(0)
        body.addWidget(self._fields())
        body.addWidget(self.view, 1)
        foot.setContentsMargins(12, 8, 12, 8)
        foot.setSpacing(8)
        foot.addWidget(self.selected)
        foot.addStretch(1)
        for button in (self.save, self.open):
            foot.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(bar)
        column.addLayout(body, 1)
        column.addLayout(foot)

    def _fields(self) -> QWidget:
        fields = QWidget()
        fields.setFixedWidth(WIDTH)
        self.form = QFormLayout(fields)
        self.form.setContentsMargins(14, 14, 14, 14)
        self.form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self.form.setVerticalSpacing(9)
        self.form.setHorizontalSpacing(12)
        seed = QHBoxLayout()
        seed.addWidget(self.seed, 1)
        seed.addWidget(self.dice)
        spread = QHBoxLayout()
        spread.addWidget(self.slider, 1)
        spread.addWidget(self.spread)
        rows = (
            (self.count, self.count, lambda: self.tr("Pict&ures")), (self.seed, seed, lambda: self.tr("See&d")),
            (self.spread, spread, lambda: self.tr("S&pread")), (self.side, self.side, lambda: self.tr("Si&ze")),
        )  # fmt: skip
        for field, row, title in rows:
            self._row(title, field, row)
        self.form.addRow(self.hint)
        self.form.addRow(self.trouble)
        return fields

    def _row(self, title: Callable[[], str], field: QWidget, row: QWidget | QHBoxLayout) -> None:
        label = QLabel()
        label.setBuddy(field)
        self.form.addRow(label, row)

        def tell() -> None:
            label.setText(title())
            field.setAccessibleName(title().replace("&", ""))

        retold(self, tell)

    def _connect(self) -> None:
        self.slider.valueChanged.connect(self.spread.setValue)
        self.spread.valueChanged.connect(self.slider.setValue)
        for box in (self.count, self.seed, self.spread):
            box.valueChanged.connect(self.asked)
        self.dice.clicked.connect(self._throw)
        self.close_button.clicked.connect(self.left)
        self.view.left.connect(self.left)
        self.view.taken.connect(self._toggle)
        self.view.picked.connect(self._follow)
        self.model.modelReset.connect(self._follow)
        self.save.clicked.connect(self.asked_save)
        self.open.clicked.connect(self.asked_open)

    def _tell(self) -> None:
        self.setAccessibleName(self.tr("New product from words"))
        self.title.setText(self.tr("New product from words"))
        self.slider.setAccessibleName(self.tr("Spread"))
        for each in (self.slider, self.spread):
            each.setToolTip(self.tr("Less is more usual, more is stranger"))
        self.seed.setToolTip(self.tr("The same seed and words give the same pictures"))
        self.view.setAccessibleName(self.tr("New products"))
        for button, text in ((self.dice, self.tr("Another seed")), (self.close_button, self.tr("Back to the photo"))):
            button.setToolTip(text)
            button.setAccessibleName(text)
        self.save.setText(self.tr("&Save…"))
        self.open.setText(self.tr("Save and &Open…"))
        self._tell_words()
        self._tell_hint()
        self._tell_trouble()
        self._follow()

    # Words

    def offer(self, words: Mapping[str, Sequence[str]], drawn: int) -> None:
        """What may be said, by kind, and how many pixels on a side are drawn; what was chosen before stays."""
        self._drawn, chosen = drawn, self.side.currentData() or SIDE
        self.side.clear()
        for pixels in (drawn, *(side for side in SIDES if side > drawn)):
            self.side.addItem(f"{pixels} × {pixels} px", pixels)
        self.side.setCurrentIndex(max(0, self.side.findData(chosen)))
        self._tell_hint()
        for kind, known in words.items():
            if kind not in self.kinds:
                box = self.kinds[kind] = WordBox()
                box.currentIndexChanged.connect(self.asked)
                label = QLabel()
                label.setBuddy(box)
                self.form.insertRow(len(self.kinds) - 1, label, box)
            box, word = self.kinds[kind], self.kinds[kind].currentData()
            with QSignalBlocker(box):
                box.clear()
                for each in ("", *known):
                    box.addItem("", each)
                box.setCurrentIndex(max(0, box.findData(word)))
        self._tell_words()

    def _tell_hint(self) -> None:
        text = self.tr(
            "The network draws {} × {} px; larger pictures are resampled from these. Each is marked as a concept in "
            "its file and beside it: nobody has made or photographed it."
        )
        self.hint.setText(text.format(self._drawn, self._drawn) if self._drawn else "")

    def _tell_words(self) -> None:
        for kind, box in self.kinds.items():
            label = self.form.labelForField(box)
            if isinstance(label, QLabel):
                label.setText(kind_name(kind))
            box.setAccessibleName(kind_name(kind))
            for row in range(box.count()):
                word = box.itemData(row)
                box.setItemText(row, word_name(word) if word else self.tr("any"))

    def event(self, event: QEvent) -> bool:
        """Escape leads back from the fields as well, before it is a command's key."""
        kinds = QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress
        if event.type() in kinds and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            event.accept()
            if event.type() == QEvent.Type.KeyPress:
                self.left.emit()
            return True
        return super().event(event)

    @property
    def words(self) -> Words:
        """What was said, by kind."""
        return {kind: (word,) for kind, box in self.kinds.items() if (word := box.currentData())}

    def say(self, told: Callable[[], str]) -> None:
        """What is wrong, in the language of whenever it is told; empty: nothing."""
        self._trouble = told
        self._tell_trouble()

    def _tell_trouble(self) -> None:
        text = self._trouble()
        self.trouble.setText(text)
        self.trouble.setVisible(bool(text))
        self.view.empty_text = text or self.tr("The pictures will appear here.")
        self.view.viewport().update()

    # Pictures

    @property
    def meant(self) -> list[int]:
        """The rows that a button is for: those selected, or all if none is."""
        return self.view.selected_rows or list(range(self.model.rowCount()))

    @Slot(int)
    def _toggle(self, row: int) -> None:
        self.view.selectionModel().select(self.model.index(row), QItemSelectionModel.SelectionFlag.Toggle)

    @Slot()
    def _throw(self) -> None:
        self.seed.setValue(random.randint(1, MOST_SEED))

    @Slot()
    def _follow(self) -> None:
        there, selected = self.model.rowCount(), len(self.view.selected_rows)
        for button in (self.save, self.open):
            button.setEnabled(bool(there))
        many = self.tr("{} pictures").format(there) if there != 1 else self.tr("1 picture")
        few = self.tr("{} of {} pictures selected").format(selected, there)
        self.selected.setText((few if selected else many) if there else "")
