"""Output: the fields that say how a kind of file is written, as far as it leaves a choice."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QLabel, QSlider, QSpinBox, QWidget

from editor.core.formats import Format
from editor.core.output import Output
from editor.core.photo import Photo
from editor.ui.buttons import Tick
from editor.ui.dialogs.choosing import choice
from editor.ui.language import retold
from editor.ui.theme import named

LARGEST = 100_000  # KB that a file may be told to stay below


class OutputFields(QWidget):
    """Begins with `output`; what this kind of file cannot do is not offered. `photo` is the one to be written, if any.

    Which fields there are depends on the kind: `quality`, `slider`, `lossless`, `chroma`, `progressive`, `limited`,
    `most` and `hint` only where it is lossy.
    """

    def __init__(self, kind: Format, photo: Photo | None, output: Output, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kind, self._photo, self._given = kind, photo, output
        self.form = QFormLayout(self)
        self.form.setContentsMargins(0, 0, 0, 0)
        self.form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self.form.setHorizontalSpacing(16)
        self.form.setVerticalSpacing(10)
        if kind.lossy:
            self._build_quality(output)
        self.depths = choice(self, self.form, lambda: self.tr("&Depth"), self._depths, output.depth)
        self.form.setRowVisible(self.depths, len(kind.depths) > 1)
        self.profiles = choice(
            self, self.form, lambda: self.tr("&Colours"), self._profiles, output.profile if kind.profile else "photo"
        )
        self.form.setRowVisible(self.profiles, kind.profile)
        if not kind.profile:
            always = named(QLabel(), "muted")
            self._row(lambda: self.tr("Colours"), always, lambda: always.setText(self.tr("sRGB, always")))
        self.gps = Tick()
        self.gps.setChecked("gps" in output.strip)
        self._row(lambda: self.tr("Privacy"), self.gps, lambda: self.gps.setText(self.tr("&Remove GPS position")))
        retold(self, lambda: self.gps.setToolTip(self.tr("The file does not say where the photo was taken")))
        self.photos_only = Tick()
        self.photos_only.setChecked(output.photos_only)
        self._row(
            lambda: self.tr("Photos only"),
            self.photos_only,
            lambda: self.photos_only.setText(self.tr("&Warn of what is no photo")),
        )
        retold(self, lambda: self.photos_only.setToolTip(self.tr("For places that take no concepts and renders")))
        self._follow()

    def _build_quality(self, output: Output) -> None:
        self.slider, self.quality = QSlider(Qt.Orientation.Horizontal), QSpinBox()
        for each in (self.slider, self.quality):
            each.setRange(1, 100)
            each.setValue(output.quality)
            retold(self, lambda each=each: each.setAccessibleName(self.tr("Quality")))  # type: ignore[misc]
        self.slider.valueChanged.connect(self.quality.setValue)
        self.quality.valueChanged.connect(self.slider.setValue)
        row = QHBoxLayout()
        row.addWidget(self.slider, 1)
        row.addWidget(self.quality)
        label = QLabel()
        label.setBuddy(self.quality)
        retold(self, lambda: label.setText(self.tr("&Quality")))
        self.form.addRow(label, row)
        self.lossless, self.progressive, self.limited = Tick(), Tick(), Tick()
        self.lossless.setChecked(output.lossless)
        self.lossless.toggled.connect(self._follow)
        self._row(None, self.lossless, lambda: self.lossless.setText(self.tr("&Lossless")))
        self.form.setRowVisible(self.lossless, self._kind.lossless)
        self.chroma = choice(
            self,
            self.form,
            lambda: self.tr("C&hroma"),
            lambda: {
                "4:4:4": self.tr("4:4:4, sharp edges between colours"),
                "4:2:0": self.tr("4:2:0, a smaller file"),
            },
            output.subsampling,
        )
        self.form.setRowVisible(self.chroma, self._kind.subsampling)
        self.progressive.setChecked(output.progressive)
        self._row(
            None,
            self.progressive,
            lambda: self.progressive.setText(self.tr("&Progressive: shown coarse at first while it loads")),
        )
        self.form.setRowVisible(self.progressive, self._kind.progressive)
        self._build_limit(output)

    def _build_limit(self, output: Output) -> None:
        self.limited.setChecked(output.max_bytes is not None)
        self.limited.toggled.connect(self._follow)
        retold(self, lambda: self.limited.setText(self.tr("No larger &than")))
        self.most = QSpinBox()
        self.most.setRange(1, LARGEST)
        self.most.setGroupSeparatorShown(True)
        self.most.setValue((output.max_bytes or 500_000) // 1000)
        retold(self, lambda: self.most.setSuffix(self.tr(" KB")))
        retold(self, lambda: self.most.setAccessibleName(self.tr("Largest size of the file")))
        limit, label = QHBoxLayout(), QLabel()
        limit.addWidget(self.limited)
        limit.addWidget(self.most)
        limit.addStretch(1)
        retold(self, lambda: label.setText(self.tr("File size")))
        self.form.addRow(label, limit)
        self.hint = named(QLabel(), "muted")
        self._row(None, self.hint, lambda: self.hint.setText(self.tr("The quality is lowered as far as that takes.")))

    def _row(self, title: Callable[[], str] | None, field: QWidget, tell: Callable[[], object]) -> None:
        label = QLabel()
        self.form.addRow(label, field)
        if title:
            retold(self, lambda: label.setText(title()))
        retold(self, tell)

    def _depths(self) -> dict[str | None, str]:
        kind, photo = self._kind, self._photo
        names = {
            "8": self.tr("8 bit"),
            "10": self.tr("10 bit"),
            "12": self.tr("12 bit"),
            "16": self.tr("16 bit"),
            "float": self.tr("32 bit float"),
        }
        if photo is None:
            as_photo = self.tr("As the photo")
        elif own := next((d for d in (str(photo.bits), photo.depth) if d in kind.depths), None):
            as_photo = self.tr("As the photo ({})").format(names[own])
        else:
            near = names[Output().depth_in(kind, photo)]
            as_photo = self.tr("As near to the photo as can be ({})").format(near)
        return {None: as_photo} | {depth: names[depth] for depth in kind.depths}

    def _profiles(self) -> dict[str | None, str]:
        photo = self._photo
        own = self.tr("As the photo ({})").format(photo.space.name) if photo else self.tr("As the photo")
        return {"photo": own, "srgb": "sRGB", "p3": "Display P3", "adobergb": "Adobe RGB (1998)"}

    @Slot()
    def _follow(self) -> None:
        """What does not go together is greyed."""
        if not self._kind.lossy:
            return
        lossy = not (self.lossless.isChecked() and self._kind.lossless)
        for each in (self.slider, self.quality, self.chroma, self.limited):
            each.setEnabled(lossy)
        self.most.setEnabled(lossy and self.limited.isChecked())
        self.form.setRowVisible(self.hint, lossy and self.limited.isChecked())

    @property
    def output(self) -> Output:
        """What the fields say; what is not offered stays as it was given."""
        strip = frozenset({"gps"} if self.gps.isChecked() else ())
        chosen = replace(self._given, strip=strip, photos_only=self.photos_only.isChecked())
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
