"""Cheat sheet: a dialog that shows the shortcuts as they will be printed."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QLocale, QMarginsF, QRectF, QSaveFile, QSize, Qt
from PySide6.QtGui import QColor, QPagedPaintDevice, QPageLayout, QPageSize, QPainter, QPaintEvent, QPdfWriter
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from editor.ui.cheatsheet import Page, groups, pages, paint, text
from editor.ui.shortcuts import Keys
from editor.ui.theme import named, tokens

GAP = 16  # pixels around a page


class Paper(QWidget):
    """The pages, one under the other, as wide as there is room."""

    def __init__(self, sheet: tuple[Page, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sheet = sheet
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def hasHeightForWidth(self) -> bool:  # noqa: N802
        return True

    def heightForWidth(self, width: int) -> int:  # noqa: N802
        return len(self.sheet) * (self._page(width).height() + GAP) + GAP

    def sizeHint(self) -> QSize:
        return QSize(560, self.heightForWidth(560))

    def _page(self, width: int) -> QSize:
        across = width - 2 * GAP
        size = page_size().size(QPageSize.Unit.Millimeter)
        return QSize(across, round(across * size.height() / size.width()))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), QColor(tokens().canvas))
        size = self._page(self.width())
        for i, page in enumerate(self.sheet):
            paper = QRectF(GAP, GAP + i * (size.height() + GAP), size.width(), size.height())
            paint(painter, page, paper, number(i, self.sheet))
        painter.end()


def number(i: int, sheet: tuple[Page, ...]) -> str:
    return f"{i + 1} / {len(sheet)}" if len(sheet) > 1 else ""


def page_size() -> QPageSize:
    """A4, or Letter where that is used."""
    american = QLocale.system().measurementSystem() == QLocale.MeasurementSystem.ImperialUSSystem
    return QPageSize(QPageSize.PageSizeId.Letter if american else QPageSize.PageSizeId.A4)


def put_on(device: QPagedPaintDevice, sheet: tuple[Page, ...]) -> bool:
    """Paints all pages on a printer or a PDF. Tells whether it could begin."""
    painter = QPainter()
    if not painter.begin(device):
        return False
    for i, page in enumerate(sheet):
        if i:
            device.newPage()
        paint(painter, page, QRectF(0, 0, device.width(), device.height()), number(i, sheet))
    return painter.end()


class CheatSheetDialog(QDialog):
    """Shows `keys` on paper; prints them and saves them as PDF."""

    def __init__(self, keys: Keys, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Keyboard Shortcuts Sheet"))
        told = groups(keys)
        self.sheet = pages(told)
        self.paper = Paper(self.sheet)
        self.paper.setAccessibleName(self.tr("All keyboard shortcuts"))
        self.paper.setAccessibleDescription(text(told))
        area = QScrollArea()
        area.setAccessibleName(self.tr("All keyboard shortcuts"))
        area.setWidget(self.paper)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        self.said = named(QLabel(), "muted")
        self.said.setWordWrap(True)
        self.said.hide()
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        roles = QDialogButtonBox.ButtonRole
        self.print = buttons.addButton(self.tr("Print…"), roles.ActionRole)
        self.save = buttons.addButton(self.tr("Save as PDF…"), roles.ActionRole)
        for button in (self.print, self.save):
            button.setAutoDefault(False)
        self.print.clicked.connect(self._print)
        self.save.clicked.connect(self._save)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 12)
        column.setSpacing(10)
        column.addWidget(area, 1)
        column.addWidget(self.said)
        column.addWidget(buttons)
        for widget in (self.said, buttons):
            widget.setContentsMargins(16, 0, 16, 0)
        self.resize(720, 820)

    def ask_path(self) -> Path | None:
        """The file to write, or None. Small, so that a test can answer."""
        proposed = Path.home() / self.tr("Packshot shortcuts.pdf")
        name, _ = QFileDialog.getSaveFileName(self, self.tr("Save as PDF"), str(proposed), "PDF (*.pdf)")
        return Path(name) if name else None

    def ask_printer(self) -> QPagedPaintDevice | None:
        """A printer that is set up, or None."""
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setPageLayout(_layout())
        printer.setFullPage(True)
        dialog = QPrintDialog(printer, self)
        try:
            return printer if dialog.exec() else None
        finally:
            dialog.deleteLater()

    def _print(self) -> None:
        printer = self.ask_printer()
        if printer is not None:
            done = put_on(printer, self.sheet)
            self._say(self.tr("Sent to the printer.") if done else self.tr("The printer did not take it."))

    def _save(self) -> None:
        path = self.ask_path()
        if path is None:
            return
        file = QSaveFile(str(path))
        if file.open(QSaveFile.OpenModeFlag.WriteOnly):
            pdf = QPdfWriter(file)
            pdf.setTitle(self.windowTitle())
            pdf.setCreator("Packshot")
            pdf.setPageLayout(_layout())
            pdf.setResolution(300)
            put_on(pdf, self.sheet)
            del pdf  # it writes its last lines now
            if file.commit():
                self._say(self.tr("Saved {}.").format(path))
                return
        self._say(self.tr("{} cannot be written ({}).").format(path, file.errorString()))

    def _say(self, sentence: str) -> None:
        self.said.setText(sentence)
        self.said.show()


def _layout() -> QPageLayout:
    return QPageLayout(page_size(), QPageLayout.Orientation.Portrait, QMarginsF())
