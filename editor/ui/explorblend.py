"""Explorer blend: another product that the one on the photo is blended with: which it is, and how much of it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from editor.core.document import Document
from editor.core.edit import Edit
from editor.core.variations import at, explored, place_in
from editor.ui import questions
from editor.ui.explorsheet import ExplorerSheet
from editor.ui.filecontrol import unusable
from editor.ui.settings import Settings

ACT, GESTURE = "explore", "explore:blend"
HALF = 50.0  # %: how much of a partner is blended in at first


class ExplorerBlend(QObject):
    """Between the page and the document. `troubled` is a sentence for the banner."""

    troubled = Signal(str)

    def __init__(self, settings: Settings, window: QWidget) -> None:
        super().__init__(window)
        self._settings, self._window = settings, window
        self._document: Document | None = None
        self._sheet: ExplorerSheet | None = None

    def ask_partner(self, folder: Path | None) -> Path | None:
        """The photo of another product, or None. Small, so that a test can answer."""
        return questions.which_picture(self._window, folder, self.tr("Choose a photo of the product to blend with"))

    def follow(self, document: Document | None) -> None:
        """Another photo is open, or none."""
        self._document = document

    def serve(self, sheet: ExplorerSheet) -> None:
        """Do what is wanted on the page."""
        self._sheet = sheet
        sheet.asked_partner.connect(self._ask)
        sheet.parted.connect(lambda: self._blend("", 0.0))
        sheet.shared.connect(self._share)
        sheet.settled.connect(lambda: self._document.end_gesture() if self._document else None)

    def show(self, edit: Edit) -> None:
        """On the page, what is blended into the product now."""
        if self._sheet is None:
            return
        if edit.explored and edit.explored.partner:
            path = str(getattr(edit, edit.explored.partner))
            self._sheet.show_partner(Path(path).name, float(getattr(edit, edit.explored.share)))
        else:
            self._sheet.show_partner(None, 0.0)

    def _edit(self) -> Edit | None:
        return explored(self._document.recipe) if self._document else None

    @Slot()
    def _ask(self) -> None:
        if path := self.ask_partner(self._settings.folder):
            edit = self._edit()
            share = getattr(edit, edit.explored.share) if edit and edit.explored else 0.0
            self._blend(str(path.absolute()), share or HALF)

    def _blend(self, path: str, share: float) -> None:
        """Blend so much of another product in, in %; with no path none."""
        document, edit = self._document, self._edit()
        if document is None or edit is None or edit.explored is None:
            return
        try:
            blended = edit.with_value(edit.explored.partner, path).with_value(edit.explored.share, share)
        except ValueError:
            self.troubled.emit(unusable(path))
            return
        document.replace(at(document.recipe, blended, place_in(document.recipe, edit)), ACT)

    @Slot(object)
    def _share(self, share: float) -> None:
        document, edit = self._document, self._edit()
        if document and edit and edit.explored:
            document.put(edit.with_value(edit.explored.share, share), GESTURE)
