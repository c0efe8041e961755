"""Explorer sheet: the page in the place of the photo: the path, the grid of variations, and what that is drawn by."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, QPoint, QSignalBlocker, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QPushButton, QSpinBox, QVBoxLayout, QWidget

from editor.core.params import Slider
from editor.core.variations import MOST_COLUMNS, MOST_ROWS, MOST_SEED, MOST_SPREAD, Exploration
from editor.ui.actions import QT_TRANSLATE_NOOP
from editor.ui.controls import SliderControl
from editor.ui.explorcells import DEEDS, Cell, Deed, VariationListModel
from editor.ui.explorview import PathView, VariationView
from editor.ui.icons import icon_button
from editor.ui.language import retold
from editor.ui.theme import named

SPREAD = Slider(QT_TRANSLATE_NOOP("Edits", "Spread"), 0.1, MOST_SPREAD, 0.1, 2.0, 1, unit="σ")
SHARE = Slider(QT_TRANSLATE_NOOP("Edits", "Blend"), 0, 100, digits=0, unit="%")


class ExplorerSheet(QWidget):
    """Shows what the controller has in `model` and `path`, and says what a person wants done with it."""

    drawn = Signal()  # another grid is wanted: as many rows, columns, that spread and seed
    asked_next = Signal()
    asked_partner = Signal()
    parted = Signal()  # no partner any more
    shared = Signal(object)  # how much of the partner, while it changes
    settled = Signal()  # and when that is over
    asked_forget = Signal()
    asked_sheet = Signal()
    asked_copies = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model, self.path = VariationListModel(self), VariationListModel(self)
        self.view, self.steps = VariationView(self.model), PathView(self.path)
        self.title, self.note = named(QLabel(), "group"), QLabel()
        self.size_label, self.times, self.seed_label, self.of_taste = (named(QLabel(), "muted") for _ in range(4))
        self.rows, self.columns, self.seed = QSpinBox(), QSpinBox(), QSpinBox()
        self.spread, self.share = SliderControl(SPREAD, 1.0), SliderControl(SHARE, 0.0)
        self.next = named(QPushButton(), "primary")
        self.partner, self.sheet, self.copies = QPushButton(), QPushButton(), QPushButton()
        self.forget, self.part, self.close_button = icon_button("reset"), icon_button("x"), icon_button("x")
        self._told: Callable[[], str] = lambda: ""
        self._partner = ""
        self._counts, self._seed = (0, 0), 0
        self._build()
        self._connect()
        retold(self, self._tell)

    def _build(self) -> None:
        named(self, "sheet").setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.note.setWordWrap(True)
        self.note.setTextFormat(Qt.TextFormat.PlainText)
        self.note.setContentsMargins(12, 6, 12, 6)
        for box, most in ((self.rows, MOST_ROWS), (self.columns, MOST_COLUMNS)):
            box.setRange(1, most)
            box.setFixedWidth(52)
        self.seed.setRange(0, MOST_SEED)
        self.seed.setFixedWidth(74)
        for box in (self.rows, self.columns, self.seed):
            box.setKeyboardTracking(False)
        self.spread.setFixedWidth(150)
        self.share.setFixedWidth(190)
        bar, head = _bar(self.title, None, self.spread, 10, self.size_label, self.rows, self.times, self.columns, 10,
                         self.seed_label, self.seed, self.next, self.close_button)  # fmt: skip
        head.setContentsMargins(12, 6, 8, 6)
        line, along = _bar(self.steps, self.of_taste, self.forget)
        along.setContentsMargins(4, 0, 8, 1)
        along.setStretch(0, 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(12, 8, 12, 8)
        foot.setSpacing(8)
        for each in (self.partner, self.share, self.part):
            foot.addWidget(each)
        foot.addStretch(1)
        for button in (self.sheet, self.copies):
            foot.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget in (bar, line, self.note):
            column.addWidget(widget)
        column.addWidget(self.view, 1)
        column.addLayout(foot)
        for former, latter in zip(self._by_tab, self._by_tab[1:], strict=False):
            self.setTabOrder(former, latter)

    @property
    def _by_tab(self) -> list[QWidget]:
        """In the order in which one reads."""
        return [self.spread.box, self.spread.slider, self.rows, self.columns, self.seed, self.next, self.close_button,
                self.steps, self.forget, self.view, self.partner, self.share.box, self.share.slider, self.part,
                self.sheet, self.copies]  # fmt: skip

    def _connect(self) -> None:
        for box in (self.rows, self.columns, self.seed):
            box.valueChanged.connect(lambda value: self.drawn.emit())
        self.spread.changed.connect(self._spread)
        self.share.changed.connect(self.shared)
        self.share.settled.connect(self.settled)
        self.next.clicked.connect(self.asked_next)
        self.partner.clicked.connect(self.asked_partner)
        self.part.clicked.connect(self.parted)
        self.forget.clicked.connect(self.asked_forget)
        self.sheet.clicked.connect(self.asked_sheet)
        self.copies.clicked.connect(self.asked_copies)
        self.close_button.clicked.connect(self.left)
        self.view.left.connect(self.left)
        self.steps.left.connect(self.left)
        self.view.asked_menu.connect(self._offer)
        self.view.picked.connect(self._follow)
        self.view.selectionModel().currentChanged.connect(lambda new, old: self._follow())
        self.model.modelReset.connect(self._follow)

    def _tell(self) -> None:
        self.setAccessibleName(self.tr("Explorer"))
        self.title.setText(self.tr("Explorer"))
        self.size_label.setText(self.tr("Grid"))
        self.times.setText("×")
        self.seed_label.setText(self.tr("Seed"))
        self.rows.setAccessibleName(self.tr("Rows of the grid"))
        self.columns.setAccessibleName(self.tr("Columns of the grid"))
        self.seed.setAccessibleName(self.tr("Seed: the same number gives the same variations"))
        for box in (self.rows, self.columns, self.seed):
            box.setToolTip(box.accessibleName())
        self.view.setAccessibleName(self.tr("What the product could look like"))
        self.steps.setAccessibleName(self.tr("The way to here"))
        self.next.setText(self.tr("&New Grid"))
        self.next.setToolTip(self.tr("Other variations, by what you liked and disliked"))
        self.sheet.setText(self.tr("&Save Sheet…"))
        self.copies.setText(self.tr("Make Virtual &Copy"))
        self.copies.setToolTip(self.tr("Of the variations that are selected, or of the one the frame is around"))
        for button, text in (
            (self.forget, self.tr("Forget what you liked and disliked")),
            (self.part, self.tr("No product to blend with")),
            (self.close_button, self.tr("Back to the photo")),
        ):
            button.setToolTip(text)
            button.setAccessibleName(text)
        self._name_partner()
        self._count()
        self.note.setText(self._told())
        self.note.setVisible(bool(self.note.text()))

    # What is shown

    def show_state(self, exploration: Exploration) -> None:
        """What the grid is drawn by."""
        for box, value in ((self.rows, exploration.rows), (self.columns, exploration.columns)):
            with QSignalBlocker(box):
                box.setValue(value)
        with QSignalBlocker(self.seed):
            self.seed.setValue(exploration.seed)
        if not self.spread.slider.isSliderDown():
            self.spread.show_value(exploration.spread)
        liked = sum(each.liked for each in exploration.judged)
        self._counts, self._seed = (liked, len(exploration.judged) - liked), exploration.seed
        self._count()
        self.view.lines, self.view.across = exploration.rows, exploration.columns

    def called(self, row: int) -> str:
        """The name of a variation: by the seed it can be found again."""
        return self.tr("Variation {}-{}").format(self._seed, row + 1)

    def _count(self) -> None:
        liked, disliked = self._counts
        self.of_taste.setText(self.tr("{} liked, {} disliked").format(liked, disliked) if liked + disliked else "")
        self.forget.setVisible(bool(liked + disliked))

    def show_partner(self, name: str | None, share: float) -> None:
        """The file of the product that is blended in, empty for none, and how much of it, in %; None: there is no such
        thing with this edit."""
        self._partner = name or ""
        self.partner.setVisible(name is not None)
        for widget in (self.share, self.part):
            widget.setVisible(bool(name))
        if not self.share.slider.isSliderDown():
            self.share.show_value(share)
        self._name_partner()

    def _name_partner(self) -> None:
        text = self.tr("Blend with {}").format(self._partner) if self._partner else self.tr("&Blend With…")
        self.partner.setText(self.fontMetrics().elidedText(text, Qt.TextElideMode.ElideMiddle, 190))
        self.partner.setToolTip(self.tr("Choose a photo of another product: every cell is then something between both"))

    def say(self, told: Callable[[], str]) -> None:
        """A sentence above the grid, in the language of whenever it is told; empty: none."""
        self._told = told
        self.note.setText(told())
        self.note.setVisible(bool(self.note.text()))

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
    def wish(self) -> tuple[int, int, float, int]:
        """Rows, columns, spread and seed as they stand."""
        return self.rows.value(), self.columns.value(), round(self.spread.box.value(), 2), self.seed.value()

    @property
    def meant(self) -> list[int]:
        """The rows that are selected, or else the one that the keys are at."""
        here = self.view.currentIndex().row()
        return self.view.selected_rows or ([here] if 0 <= here < self.model.rowCount() else [])

    # What is done

    @Slot(object)
    def _spread(self, value: object) -> None:
        if self.spread.slider.isSliderDown() or value is not None:
            self.drawn.emit()

    @Slot()
    def _follow(self) -> None:
        self.sheet.setEnabled(bool(self.model.rowCount()))
        self.copies.setEnabled(bool(self.meant))
        several, one = self.tr("Make {} Virtual &Copies"), self.tr("Make Virtual &Copy")
        many = len(self.view.selected_rows)
        self.copies.setText(several.format(many) if many > 1 else one)

    @Slot(int, QPoint)
    def _offer(self, row: int, spot: QPoint) -> None:
        """All that can be done with a variation, at a place on the screen."""
        cell, menu = self.model.cells[row], QMenu(self)
        menu.addAction(self.tr("Move Here"), partial(self.view.taken.emit, row)).setEnabled(not cell.here)
        menu.addAction(self.tr("Move Here and Back to the Photo"), partial(self.view.done.emit, row))
        menu.addSeparator()
        for deed in DEEDS:
            action = menu.addAction(self._deed(deed, cell), partial(self.view.said.emit, row, deed))
            action.setCheckable(True)
            action.setChecked(cell.does(deed))
        menu.addSeparator()
        menu.addAction(self.tr("Make Virtual Copy"), self._copy_current)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(spot)

    def _deed(self, deed: Deed, cell: Cell) -> str:
        said = {"like": self.tr("Like\tL"), "dislike": self.tr("Dislike\tD"), "pin": self.tr("Pin\tP")}
        return said[deed]

    @Slot()
    def _copy_current(self) -> None:
        self.view.clearSelection()
        self.asked_copies.emit()


def _bar(*parts: QWidget | int | None) -> tuple[QWidget, QHBoxLayout]:
    """Widgets beside each other; a number leaves room, None all there is."""
    bar, row = named(QWidget(), "bar"), QHBoxLayout()
    bar.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    row.setSpacing(8)
    for part in parts:
        if part is None:
            row.addStretch(1)
        elif isinstance(part, int):
            row.addSpacing(part)
        else:
            row.addWidget(part)
    bar.setLayout(row)
    return bar, row
