"""Presets: the menu of edits that are kept under a name, tried on the photo as the pointer goes along it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QAction, QDesktopServices
from PySide6.QtWidgets import QMenu, QWidget

from editor.core.document import Document
from editor.core.edit import Edit
from editor.core.presets import Preset, Presets, Shelf
from editor.core.recipe import Recipe
from editor.ui.dialogs.choose_edits import DRAWN
from editor.ui.dialogs.presets import ManagePresets, SavePreset, content
from editor.ui.editgroup import EditGroup
from editor.ui.icons import icon
from editor.ui.reasons import in_words
from editor.ui.settings import Settings

Give = Callable[[Recipe], Recipe]


class PresetMenu(QObject):
    """Saves and uses presets. `said` is a word for the status bar, `troubled` a sentence for the banner.

    `tried` is a recipe to be shown in place of the photo's own for as long as the pointer is on a preset; None: no
    more.
    """

    said = Signal(str)
    troubled = Signal(str)
    tried = Signal(object)

    def __init__(
        self, presets: Presets, settings: Settings, hand_out: Callable[[Give, str], None], parent: QWidget
    ) -> None:
        """`hand_out` changes the edits of the photos that are meant as one step, named by its second argument."""
        super().__init__(parent)
        self._presets, self._settings = presets, settings
        self._hand_out, self._window = hand_out, parent
        self._document: Document | None = None
        self._known_broken: tuple[tuple[Path, str], ...] = ()

    def does(self) -> dict[str, Callable[[], object]]:
        """What the commands do, by name."""
        return {"save_preset": self.save, "manage_presets": self.manage}

    def follow(self, document: Document | None) -> None:
        """Another photo is open, or none."""
        self._document = document

    def serve(self, menu: QMenu) -> None:
        """Fill the menu of all presets each time it is opened."""
        menu.setToolTipsVisible(True)
        menu.aboutToShow.connect(partial(self._fill, menu))
        self._watch(menu)

    def ask_preset(self, dialog: SavePreset) -> bool:
        """Whether the person wants it saved. Small, so that a test can answer."""
        return bool(dialog.exec())

    def ask_manage(self, dialog: ManagePresets) -> None:
        """Let the person go through the presets. Small, so that a test can do it."""
        dialog.exec()

    # The menu of all

    def _fill(self, menu: QMenu) -> None:
        shelf = self._presets.shelf()
        menu.clear()
        self._tell_broken(shelf)
        for preset in shelf.presets:
            give = partial(_laid, preset.recipe)
            self._add(menu, preset, give, partial(self._hand_out, give, f"preset:{preset.name}"))
        if not shelf.presets:
            menu.addAction(self.tr("No presets yet")).setEnabled(False)
        menu.addSeparator()
        saving = menu.addAction(icon("plus"), self.tr("Save Edits as Preset…"), self.save)
        saving.setEnabled(bool(self._document and self._document.recipe.edits))
        managing = menu.addAction(icon("rename"), self.tr("Rename and Delete…"), self.manage)
        managing.setEnabled(bool(shelf.presets or shelf.broken))
        menu.addAction(icon("folder_open"), self.tr("Open Folder of Presets"), self.open_folder)

    def _add(self, menu: QMenu, preset: Preset, give: Give, use: Callable[[], object]) -> None:
        action = menu.addAction(preset.name.replace("&", "&&"), use)
        action.setToolTip(content(preset.recipe))
        action.setData(give)
        action.setEnabled(self._document is not None)

    def _tell_broken(self, shelf: Shelf) -> None:
        if shelf.broken and shelf.broken != self._known_broken:
            named = "; ".join(f"{path.name}: {reason}" for path, reason in shelf.broken)
            self.troubled.emit(self.tr("Some presets cannot be read. {}").format(named))
        self._known_broken = shelf.broken  # told once

    def _watch(self, menu: QMenu) -> None:
        menu.hovered.connect(self._hover)
        menu.aboutToHide.connect(partial(self.tried.emit, None))

    def _hover(self, action: QAction) -> None:
        give = action.data()
        self.tried.emit(give(self._document.recipe) if callable(give) and self._document else None)

    # The presets of one edit

    def fill(self, group: EditGroup, menu: QMenu) -> None:
        """Put the presets of an edit into its menu."""
        under = menu.addMenu(icon("presets"), self.tr("Presets"))
        under.setToolTipsVisible(True)
        self._watch(under)
        for preset in self._presets.shelf().of(group.kind.id):
            give = partial(_one_laid, preset.recipe.edits[0], group.name)
            self._add(under, preset, give, partial(self._use_one, group, give, f"preset:{preset.name}"))
        under.addSeparator()
        under.addAction(icon("plus"), self.tr("Save This Edit as Preset…"), partial(self._save_one, group))

    def _use_one(self, group: EditGroup, give: Give, act: str) -> None:
        if group.document:
            group.document.replace(give(group.document.recipe), act)

    def _save_one(self, group: EditGroup) -> None:
        self._save(Recipe().put(replace(group.edit, name="")), [(group.kind.id, "")])

    # Saving, and the rest

    def save(self) -> None:
        """Keep the photo's edits, or some of them, as a preset."""
        recipe = self._document.recipe if self._document else Recipe()
        if not recipe.edits:
            self.said.emit(self.tr("This photo has no edits to keep as a preset"))
        else:
            self._save(recipe, [e.key for e in recipe.edits if recipe.is_on(*e.key) and not e.tied()])

    def _save(self, recipe: Recipe, ticked: list[tuple[str, str]]) -> None:
        drawn = self._settings.shown(DRAWN)
        dialog = SavePreset(recipe, ticked, self._presets.shelf(), drawn=drawn, parent=self._window)
        try:
            if self.ask_preset(dialog):
                self._settings.show(DRAWN, dialog.edits.with_drawn)
                saved = self._presets.save(dialog.name.text(), dialog.edits.taken, replace=True)
                self.said.emit(self.tr("Saved the preset “{}”").format(saved.name))
        except (OSError, ValueError) as error:
            said = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
            self.troubled.emit(self.tr("The preset cannot be saved: {}").format(in_words(said)))
        finally:
            dialog.deleteLater()

    def manage(self) -> None:
        """Rename and delete presets."""
        dialog = ManagePresets(self._presets, self._window)
        dialog.folder_wanted.connect(self.open_folder)
        try:
            self.ask_manage(dialog)
        finally:
            dialog.deleteLater()

    def open_folder(self) -> None:
        """Show the files, in the program that the system has for that."""
        folder = self._presets.folder
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            self.troubled.emit(f"{folder}: {error.strerror or error}")
            return
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))


def _laid(above: Recipe, below: Recipe) -> Recipe:
    return below.overlaid(above)


def _one_laid(edit: Edit, name: str, below: Recipe) -> Recipe:
    """The recipe with this edit under another name, switched on."""
    put = below.put(replace(edit, name=name))
    return put.switch(edit.id, name, on=True)
