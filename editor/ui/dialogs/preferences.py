"""Preferences: a dialog for what a person sets once: language, looks, what the work runs on, how files are written."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QSpinBox,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from editor.core.computer import installed_memory
from editor.core.formats import FORMATS
from editor.core.output import Output
from editor.ui.dialogs.choosing import choice
from editor.ui.dialogs.output import OutputFields
from editor.ui.language import LANGUAGES, retold
from editor.ui.settings import LEAST_MEMORY, MOST_MEMORY, Preferences
from editor.ui.theme import named

SHARE, LEAST_GOOD = 4, 512  # of the computer's memory a part of SHARE does well, and LEAST_GOOD MB at least
MB = 1 << 20
_LABEL = QFormLayout.ItemRole.LabelRole


class PreferencesDialog(QDialog):
    """Begins with `given` and how each kind of file was last written.

    `tried` comes with what can be seen at once, language and theme, while it is being chosen; whoever shows the dialog
    takes it back when it is rejected.
    """

    tried = Signal(object)  # Preferences

    def __init__(
        self,
        given: Preferences,
        outputs: Mapping[str, Output],
        commanded: Collection[str] = (),
        parent: QWidget | None = None,
    ) -> None:
        """`commanded` names what the command line has said for this time: "device", "memory"."""
        super().__init__(parent)
        self._given, self._commanded = given, commanded
        self._forms: list[QFormLayout] = []
        retold(self, lambda: self.setWindowTitle(self.tr("Preferences")))
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(20, 16, 20, 16)
        self._column.setSpacing(8)
        self._build_looks(given)
        self._build_work(given)
        self._build_files(given, outputs)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self._column.addSpacing(10)
        self._column.addStretch(1)
        self._column.addWidget(self.buttons)
        retold(self, self._align)
        self.setMinimumWidth(560)

    @property
    def preferences(self) -> Preferences:
        """What the dialog says now."""
        return Preferences(
            language=self.language.currentData(),
            theme=self.theme.currentData(),
            device=self.device.currentData(),
            memory=self.memory.value(),
            output_kind=self.kind.currentData(),
        )

    @property
    def outputs(self) -> dict[str, Output]:
        """How each kind of file is to be written; what is taken out is taken out of all."""
        strip = self._fields.output.strip
        return {name: replace(fields.output, strip=strip) for name, fields in self.fields.items()}

    def _build_looks(self, given: Preferences) -> None:
        form = self._section(lambda: self.tr("Looks"))
        self.language = choice(
            self,
            form,
            lambda: self.tr("&Language"),
            lambda: {"": self.tr("As the system")} | LANGUAGES,
            given.language,
        )
        self.theme = choice(
            self,
            form,
            lambda: self.tr("&Theme"),
            lambda: {"": self.tr("As the system"), "dark": self.tr("Dark"), "light": self.tr("Light")},
            given.theme,
        )
        for box in (self.language, self.theme):
            box.currentIndexChanged.connect(self._try)

    def _build_work(self, given: Preferences) -> None:
        form = self._section(lambda: self.tr("Work"))
        self.device = choice(
            self,
            form,
            lambda: self.tr("&Networks run on"),
            lambda: {"auto": self.tr("CUDA, or the CPU where there is none"), "cuda": "CUDA", "cpu": "CPU"},
            given.device,
        )
        self._hint(form, lambda: self._holds("device") or self.tr("From the next picture on that is rendered."))
        self.memory = QSpinBox()
        installed = installed_memory()
        most = min(MOST_MEMORY, installed // MB) if installed else MOST_MEMORY
        self.memory.setRange(LEAST_MEMORY, max(most, LEAST_MEMORY))
        self.memory.setSingleStep(256)
        self.memory.setGroupSeparatorShown(True)
        self.memory.setValue(given.memory)
        label = QLabel()
        label.setBuddy(self.memory)
        form.addRow(label, self.memory)
        retold(self, lambda: label.setText(self.tr("&Memory for pictures")))
        retold(self, lambda: self.memory.setSuffix(self.tr(" MB")))
        retold(self, lambda: self.memory.setAccessibleName(self.tr("Memory for pictures, in megabytes")))
        self._hint(form, lambda: self._measure(installed))

    def _holds(self, what: str) -> str:
        """That it does not hold yet, where the command line has said something else."""
        return self.tr("From the next start on: this time the command line says it.") if what in self._commanded else ""

    def _measure(self, installed: int | None) -> str:
        """What is sensible for this computer."""
        holds = self._holds("memory") or self.tr("At once.")
        if not installed:
            return holds
        good = max(LEAST_GOOD, installed // MB // SHARE // 256 * 256)
        text = self.tr("This computer has {} GB; up to {} MB is sensible.")
        return f"{holds}\n{text.format(f'{installed / (1 << 30):.0f}', f'{good:,}')}"

    def _build_files(self, given: Preferences, outputs: Mapping[str, Output]) -> None:
        form = self._section(lambda: self.tr("Export"))
        self.kind = choice(
            self,
            form,
            lambda: self.tr("&File type proposed"),
            lambda: {"": self.tr("As the photo")} | {kind.name: kind.name for kind in FORMATS},
            given.output_kind,
        )
        self.of = choice(
            self,
            form,
            lambda: self.tr("&Settings of"),
            lambda: {kind.name: kind.name for kind in FORMATS},
            given.output_kind or FORMATS[0].name,
        )
        self.fields = {kind.name: OutputFields(kind, None, outputs[kind.name]) for kind in FORMATS}
        self._pages = QStackedWidget()
        for fields in self.fields.values():
            self._pages.addWidget(fields)
        self._fields = self.fields[self.of.currentData()]
        self._pages.setCurrentWidget(self._fields)
        self._column.addWidget(self._pages)
        self.kind.currentIndexChanged.connect(self._follow_kind)
        self.of.currentIndexChanged.connect(self._turn)

    def _follow_kind(self) -> None:
        if self.kind.currentData():
            self.of.setCurrentIndex(self.of.findData(self.kind.currentData()))

    def _turn(self) -> None:
        """To the fields of another kind; what is taken out is the same for all."""
        before, self._fields = self._fields, self.fields[self.of.currentData()]
        self._fields.gps.setChecked(before.gps.isChecked())
        self._pages.setCurrentWidget(self._fields)

    def _try(self) -> None:
        self.tried.emit(replace(self._given, language=self.language.currentData(), theme=self.theme.currentData()))

    def _section(self, title: Callable[[], str]) -> QFormLayout:
        heading = named(QLabel(), "group")
        retold(self, lambda: heading.setText(title()))
        heading.setContentsMargins(0, 8, 0, 2)
        self._column.addWidget(heading)
        form = QFormLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(8)
        self._column.addLayout(form)
        self._forms.append(form)
        return form

    def _align(self) -> None:
        """All fields begin in one line."""
        forms = [*self._forms, *(fields.form for fields in self.fields.values())]
        parts = [form.itemAt(row, _LABEL) for form in forms for row in range(form.rowCount())]
        labels = [label for part in parts if part and (label := part.widget())]
        widest = max(label.sizeHint().width() for label in labels)
        for label in labels:
            label.setMinimumWidth(widest)

    def _hint(self, form: QFormLayout, tell: Callable[[], str]) -> None:
        hint = named(QLabel(), "muted")
        form.addRow("", hint)
        retold(self, lambda: hint.setText(tell()))
