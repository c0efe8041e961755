"""Asked: what the window has to ask a person, each in a method of its own, so that a test can answer."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMainWindow

from editor.late import late
from editor.ui import taborder

if TYPE_CHECKING:
    from editor.core.document import Document
    from editor.core.formats import Format
    from editor.core.output import Output
    from editor.core.photo import Photo
    from editor.ui import questions
    from editor.ui.dialogs import export
else:
    questions, export = late("editor.ui.questions"), late("editor.ui.dialogs.export")


class AskingWindow(QMainWindow):
    """A window that asks. The Tab key goes through it as it is read."""

    document: Document | None

    def focusNextPrevChild(self, following: bool) -> bool:  # noqa: N802
        return taborder.step(self, forward=following)

    @property
    def folder(self) -> Path | None:
        """Where to begin looking for a photo."""
        raise NotImplementedError

    def open_path(self, path: Path) -> None:
        """Open a photo, or the first of a folder."""
        raise NotImplementedError

    def open(self) -> None:
        if path := self.ask_photo():
            self.open_path(path)

    def open_folder(self) -> None:
        if path := self.ask_folder():
            self.open_path(path)

    def ask_photo(self) -> Path | None:
        return questions.which_photo(self, self.folder)

    def ask_folder(self) -> Path | None:
        return questions.which_folder(self, self.folder)

    def ask_save_path(self, proposed: Path) -> Path | None:
        return questions.where_to_save(self, proposed)

    def ask_matte(self) -> Path | None:
        return questions.which_matte(self, self.folder)

    def ask_matte_path(self, proposed: Path) -> tuple[Path, str] | None:
        return questions.where_to_save_matte(self, proposed)

    def ask_look_path(self, proposed: Path) -> tuple[Path, int] | None:
        return questions.where_to_save_look(self, proposed)

    def ask_output(self, kind: Format, photo: Photo, output: Output) -> Output | None:
        from editor.core.output import source_of

        source = source_of(photo, self.document.recipe) if self.document else ""
        return export.ask(kind, photo, output, self, source)

    def ask_overwrite(self, photo: Photo) -> bool:
        return questions.may_overwrite(self, photo)

    def ask_keep_edits(self, photo: Photo) -> questions.Answer:
        return questions.keep_edits(self, photo)

    def ask_parting(self, photo: Photo | None, running: Sequence[str]) -> questions.Parting:
        return questions.how_to_part(self, photo, running)
