"""Questions: what the window has to ask a person: which file, and whether something may be lost."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QFileDialog, QMessageBox, QPushButton, QWidget

from editor.core.cube_file import SUFFIX as CUBE
from editor.core.formats import FORMATS, READABLE
from editor.core.lattice import FINE, POINTS
from editor.core.photo import Photo
from editor.core.sidecar import copies

translate = QCoreApplication.translate

Answer = Literal["save", "discard", "cancel"]
Parting = Literal["finish", "drop", "cancel"]


def proposal(photo: Photo, kind: str = "", copy: int = 0, *, transparent: bool = False) -> Path:
    """A new name beside the original: NAME-edited.EXT, or NAME-edited-2.EXT where that is taken.

    That of a virtual copy is NAME-copy-1-edited.EXT. It is of the `kind` of file that is wished for ("JPEG", ...), or
    as the photo where that can be written, with what is `transparent` in it.
    """
    suffix = photo.path.suffix
    if kind or not any(suffix.lower() in f.suffixes and (f.alpha or not transparent) for f in FORMATS):
        suffix = next((known.suffixes[0] for known in FORMATS if known.name == kind), ".png")
    stem = f"{photo.path.stem}-copy-{copy}" if copy else photo.path.stem
    free = photo.path.with_name(f"{stem}-edited{suffix}")
    number = 2
    while os.path.exists(free):  # unlike Path.exists it takes names of any length
        free = photo.path.with_name(f"{stem}-edited-{number}{suffix}")
        number += 1
    return free


def which_photo(parent: QWidget, folder: Path | None) -> Path | None:
    """The photo to open, or None."""
    return _which(parent, folder, translate("Questions", "Open a photo"), translate("Questions", "Photos"))


def which_matte(parent: QWidget, folder: Path | None) -> Path | None:
    """The picture that says where the product is, or None."""
    title = translate("Questions", "Open a matte: white, or opaque, where the product is")
    return _which(parent, folder, title, translate("Questions", "Pictures"))


def which_picture(parent: QWidget, folder: Path | None, what: str) -> Path | None:
    """A picture that an edit needs, for `what`, or None."""
    return _which(parent, folder, what, translate("Questions", "Pictures"))


def which_file(parent: QWidget, folder: Path | None, what: str, kind: str, suffixes: Sequence[str]) -> Path | None:
    """A file that an edit needs, for `what`, one of those that are called `kind`; or None."""
    return _which(parent, folder, what, kind, suffixes)


def _which(
    parent: QWidget, folder: Path | None, title: str, kind: str, suffixes: Sequence[str] = READABLE
) -> Path | None:
    names = " ".join(f"*{s} *{s.upper()}" for s in suffixes)
    others = translate("Questions", "All files")
    filters = f"{kind} ({names});;{others} (*)"
    name, _ = QFileDialog.getOpenFileName(parent, title, str(folder or Path.home()), filters)
    return Path(name) if name else None


def which_folder(parent: QWidget, folder: Path | None) -> Path | None:
    """The folder to open, or None."""
    name = QFileDialog.getExistingDirectory(
        parent, translate("Questions", "Open a folder of photos"), str(folder or Path.home())
    )
    return Path(name) if name else None


def where_to_save_matte(parent: QWidget, proposed: Path) -> tuple[Path, str] | None:
    """The file to write a matte to, and its depth, "8" or "16"; or None."""
    shallow, deep = translate("Questions", "PNG, greys of 8 bits"), translate("Questions", "PNG, greys of 16 bits")
    filters = {f"{shallow} (*.png)": "8", f"{deep} (*.png)": "16"}
    dialog = _saver(parent, translate("Questions", "Save the matte"), proposed)
    dialog.setNameFilters(list(filters))
    dialog.setDefaultSuffix("png")
    try:
        chosen = dialog.exec() and dialog.selectedFiles()
        return (Path(dialog.selectedFiles()[0]), filters[dialog.selectedNameFilter()]) if chosen else None
    finally:
        dialog.deleteLater()


def where_to_save_look(parent: QWidget, proposed: Path) -> tuple[Path, int] | None:
    """The .cube to write, and how many points a side it is to have; or None."""
    title = translate("Questions", "Save the look for other programs")
    text = translate("Questions", "Look, {} points a side")
    filters = {f"{text.format(points)} (*{CUBE})": points for points in (POINTS, FINE)}
    dialog = _saver(parent, title, proposed)
    dialog.setNameFilters(list(filters))
    dialog.setDefaultSuffix(CUBE)
    try:
        chosen = dialog.exec() and dialog.selectedFiles()
        return (Path(dialog.selectedFiles()[0]), filters[dialog.selectedNameFilter()]) if chosen else None
    finally:
        dialog.deleteLater()


def _saver(parent: QWidget, title: str, proposed: Path) -> QFileDialog:
    """A dialog for the name of a new file. It asks itself before another file is replaced."""
    dialog = QFileDialog(parent, title, str(proposed.parent))
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setFileMode(QFileDialog.FileMode.AnyFile)
    dialog.selectFile(proposed.name)
    return dialog


def where_to_save(parent: QWidget, proposed: Path) -> Path | None:
    """The file to write, or None."""
    filters = {f"{kind.name} ({' '.join('*' + s for s in kind.suffixes)})": kind for kind in FORMATS}
    dialog = _saver(parent, translate("Questions", "Export"), proposed)
    dialog.setNameFilters(list(filters))
    dialog.filterSelected.connect(lambda name: dialog.setDefaultSuffix(filters[name].suffixes[0]))
    for name, kind in filters.items():
        if proposed.suffix.lower() in kind.suffixes:
            dialog.selectNameFilter(name)
    dialog.setDefaultSuffix(proposed.suffix)
    dialog.selectFile(proposed.name)
    try:
        return Path(dialog.selectedFiles()[0]) if dialog.exec() and dialog.selectedFiles() else None
    finally:
        dialog.deleteLater()


def about(parent: QWidget) -> None:
    """Says what this program is."""
    text = translate("Questions", "Packshot edits product photos and never touches the original.\nGPL-3.0-or-later")
    QMessageBox.about(parent, translate("Questions", "About Packshot"), text)


def may_overwrite(parent: QWidget, photo: Photo) -> bool:
    """Whether the original may be replaced; no is the answer of whoever just presses Enter."""
    box = QMessageBox(parent)
    box.setIcon(QMessageBox.Icon.Warning)
    box.setWindowTitle(translate("Questions", "Replace the original?"))
    box.setText(translate("Questions", "{} is the original photo.").format(photo.path.name))
    said = [translate("Questions", "Replacing it cannot be undone: the unedited photo would be gone.")]
    if number := _copies_of(photo):
        text = translate("Questions", "Virtual copies of it that would lose their edits as well: {}.")
        said.append(text.format(number))
    box.setInformativeText("\n\n".join(said))
    yes = box.addButton(translate("Questions", "Replace the original"), QMessageBox.ButtonRole.DestructiveRole)
    no = box.addButton(QMessageBox.StandardButton.Cancel)
    box.setDefaultButton(no)
    box.exec()
    box.deleteLater()
    return box.clickedButton() is yes


def _copies_of(photo: Photo) -> int:
    """How many virtual copies a photo has. They are beside the file itself, also where a link leads to it."""
    try:
        return len(copies(Path(os.path.realpath(photo.path))))
    except OSError:
        return 0


def keep_edits(parent: QWidget, photo: Photo) -> Answer:
    """What to do with edits that are in no file yet."""
    buttons = QMessageBox.StandardButton
    box = QMessageBox(parent)
    box.setIcon(QMessageBox.Icon.Question)
    box.setWindowTitle(translate("Questions", "Save the edits?"))
    box.setText(translate("Questions", "The edits of {} have not been saved.").format(photo.path.name))
    box.setInformativeText(translate("Questions", "Save writes a new file; the original stays as it is."))
    box.setStandardButtons(buttons.Save | buttons.Discard | buttons.Cancel)
    box.setDefaultButton(buttons.Save)
    chosen = box.exec()
    box.deleteLater()
    return "save" if chosen == buttons.Save else "discard" if chosen == buttons.Discard else "cancel"


def how_to_part(parent: QWidget, photo: Photo | None, running: Sequence[str]) -> Parting:
    """What to do with edits that are in no file yet, and with what is still running, when the window is closed."""
    roles, said = QMessageBox.ButtonRole, []
    if photo is not None:
        text = translate("Questions", "The edits of {} have not been saved.")
        said.append(text.format(photo.path.name))
    if running:
        said.append(translate("Questions", "This is still running:"))
        said += [f"    {name}" for name in running]
    if photo is not None and running:
        finish = translate("Questions", "Save, Finish and Close")
        drop = translate("Questions", "Discard, Stop and Close")
    elif photo is not None:
        finish = translate("Questions", "Save and Close")
        drop = translate("Questions", "Discard and Close")
    else:
        finish = translate("Questions", "Finish and Close")
        drop = translate("Questions", "Stop and Close")
    box = QMessageBox(parent)
    box.setIcon(QMessageBox.Icon.Question)
    box.setWindowTitle(translate("Questions", "Close Packshot?"))
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText("\n".join(said))
    if photo is not None:
        text = translate("Questions", "Save writes a new file; the original stays as it is.")
        box.setInformativeText(text)
    buttons: dict[Parting, QPushButton] = {
        "finish": box.addButton(finish, roles.AcceptRole),
        "drop": box.addButton(drop, roles.DestructiveRole),
        "cancel": box.addButton(QMessageBox.StandardButton.Cancel),
    }
    box.setDefaultButton(buttons["finish"])
    box.exec()
    box.deleteLater()
    return next((answer for answer, button in buttons.items() if button is box.clickedButton()), "cancel")
