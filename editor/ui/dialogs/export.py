"""Export: how a finished picture is to be written, as far as the kind of file leaves a choice."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QCoreApplication, Qt, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QSlider,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from editor.core.formats import Format
from editor.core.output import Output
from editor.core.photo import Photo
from editor.ui.buttons import Tick
from editor.ui.theme import named

LARGEST = 100_000  # KB that a file may be told to stay below


def _tr(text: str) -> str:
    return QCoreApplication.translate("ExportDialog", text)


class ExportDialog(QDialog):
    """Asks for an Output. It begins with `output`; what this kind of file cannot do is not offered."""

    def __init__(self, kind: Format, photo: Photo, output: Output, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kind, self._given = kind, output
        self.setWindowTitle(_tr("Export as {}").format(kind.name))
        self._form = QFormLayout()
        self._form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self._form.setHorizontalSpacing(16)
        self._form.setVerticalSpacing(10)
        if kind.lossy:
            self._build_quality(output)
        self.depths = self._choice(_tr("&Depth"), _depths(kind, photo), output.depth)
        self._form.setRowVisible(self.depths, len(kind.depths) > 1)
        self.profiles = self._choice(_tr("&Colours"), _profiles(photo), output.profile if kind.profile else "photo")
        self._form.setRowVisible(self.profiles, kind.profile)
        if not kind.profile:
            self._form.addRow(_tr("Colours"), named(QLabel(_tr("sRGB, always")), "muted"))
        self.gps = Tick(_tr("&Remove GPS position"))
        self.gps.setToolTip(_tr("The file does not say where the photo was taken"))
        self.gps.setChecked("gps" in output.strip)
        self._form.addRow(_tr("Privacy"), self.gps)
        buttons = QDialogButtonBox()
        self.write = named(buttons.addButton(_tr("Export"), QDialogButtonBox.ButtonRole.AcceptRole), "primary")
        buttons.addButton(QDialogButtonBox.StandardButton.Cancel)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self.write.setDefault(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 16)
        column.setSpacing(18)
        column.addLayout(self._form)
        column.addWidget(buttons)
        self.setMinimumWidth(420)
        self._follow()

    def _build_quality(self, output: Output) -> None:
        self.lossless = Tick(_tr("&Lossless"))
        self.lossless.setChecked(output.lossless)
        self.lossless.toggled.connect(self._follow)
        self.slider, self.quality = QSlider(Qt.Orientation.Horizontal), QSpinBox()
        for each in (self.slider, self.quality):
            each.setRange(1, 100)
            each.setValue(output.quality)
            each.setAccessibleName(_tr("Quality"))
        self.slider.valueChanged.connect(self.quality.setValue)
        self.quality.valueChanged.connect(self.slider.setValue)
        row = QHBoxLayout()
        row.addWidget(self.slider, 1)
        row.addWidget(self.quality)
        label = QLabel(_tr("&Quality"))
        label.setBuddy(self.quality)
        self._form.addRow(label, row)
        self._form.addRow("", self.lossless)
        self._form.setRowVisible(self.lossless, self._kind.lossless)
        samplings = {"4:4:4": _tr("4:4:4, sharp edges between colours"), "4:2:0": _tr("4:2:0, a smaller file")}
        self.chroma = self._choice(_tr("C&hroma"), samplings, output.subsampling)
        self._form.setRowVisible(self.chroma, self._kind.subsampling)
        self.progressive = Tick(_tr("&Progressive: shown coarse at first while it loads"))
        self.progressive.setChecked(output.progressive)
        self._form.addRow("", self.progressive)
        self._form.setRowVisible(self.progressive, self._kind.progressive)
        self.limited = Tick(_tr("No larger &than"))
        self.limited.setChecked(output.max_bytes is not None)
        self.limited.toggled.connect(self._follow)
        self.most = QSpinBox()
        self.most.setRange(1, LARGEST)
        self.most.setGroupSeparatorShown(True)
        self.most.setSuffix(_tr(" KB"))
        self.most.setValue((output.max_bytes or 500_000) // 1000)
        self.most.setAccessibleName(_tr("Largest size of the file"))
        limit = QHBoxLayout()
        limit.addWidget(self.limited)
        limit.addWidget(self.most)
        limit.addStretch(1)
        self._form.addRow(_tr("File size"), limit)
        self.hint = named(QLabel(_tr("The quality is lowered as far as that takes.")), "muted")
        self._form.addRow("", self.hint)

    def _choice(self, title: str, offered: dict[str | None, str] | dict[str, str], chosen: str | None) -> QComboBox:
        box = QComboBox()
        for value, text in offered.items():
            box.addItem(text, value)
        box.setCurrentIndex(max(0, box.findData(chosen)))
        box.setAccessibleName(title.replace("&", ""))
        self._form.addRow(title, box)
        return box

    @Slot()
    def _follow(self) -> None:
        """What does not go together is greyed."""
        if not self._kind.lossy:
            return
        lossy = not (self.lossless.isChecked() and self._kind.lossless)
        for each in (self.slider, self.quality, self.chroma, self.limited):
            each.setEnabled(lossy)
        self.most.setEnabled(lossy and self.limited.isChecked())
        self._form.setRowVisible(self.hint, lossy and self.limited.isChecked())

    @property
    def output(self) -> Output:
        """What the controls say; what is not offered stays as it was given."""
        chosen = replace(self._given, strip=frozenset({"gps"} if self.gps.isChecked() else ()))
        if len(self._kind.depths) > 1:
            chosen = replace(chosen, depth=self.depths.currentData())
        if self._kind.profile:
            chosen = replace(chosen, profile=self.profiles.currentData())
        if not self._kind.lossy:
            return chosen
        lossless = self._kind.lossless and self.lossless.isChecked()
        limited = self.limited.isChecked() and not lossless
        return replace(
            chosen,
            quality=self.quality.value(),
            lossless=lossless,
            subsampling=self.chroma.currentData() if self._kind.subsampling else chosen.subsampling,
            progressive=self._kind.progressive and self.progressive.isChecked(),
            max_bytes=1000 * self.most.value() if limited else None,
        )


def _depths(kind: Format, photo: Photo) -> dict[str | None, str]:
    names = {"8": _tr("8 bit"), "10": _tr("10 bit"), "12": _tr("12 bit"), "16": _tr("16 bit")}
    names["float"] = _tr("32 bit float")
    own = next((d for d in (str(photo.bits), photo.depth) if d in kind.depths), None)
    near = _tr("As near to the photo as can be ({})").format(names[Output().depth_in(kind, photo)])
    as_photo = _tr("As the photo ({})").format(names[own]) if own else near
    return {None: as_photo} | {depth: names[depth] for depth in kind.depths}


def _profiles(photo: Photo) -> dict[str, str]:
    own = _tr("As the photo ({})").format(photo.space.name)
    return {"photo": own, "srgb": "sRGB", "p3": "Display P3", "adobergb": "Adobe RGB (1998)"}


def ask(kind: Format, photo: Photo, output: Output, parent: QWidget) -> Output | None:
    """How to write it, or None if the person would rather not."""
    dialog = ExportDialog(kind, photo, output, parent)
    try:
        return dialog.output if dialog.exec() else None
    finally:
        dialog.deleteLater()
