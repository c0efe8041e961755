"""Copying: edits from one photo onto others, through the clipboard, and those of the photo that was open before."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace

from PySide6.QtCore import QByteArray, QCoreApplication, QMimeData, QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu, QWidget

from editor.core.document import Document
from editor.core.edit import Edit
from editor.core.recipe import Recipe
from editor.ui.dialogs import choose_edits
from editor.ui.editgroup import EditGroup
from editor.ui.icons import icon
from editor.ui.settings import Settings

EDITS = "application/x-packshot-edits"  # JSON in UTF-8, as `Recipe.to_json` writes it; also there as plain text
LONGEST = 50_000_000  # characters of a text, or bytes of edits, that are looked at

Give = Callable[[Recipe], Recipe]
Key = tuple[str, str]


class Copying(QObject):
    """Copies and pastes edits. `said` is a word for the status bar, `troubled` a sentence for the banner."""

    said = Signal(str)
    troubled = Signal(str)

    def __init__(self, settings: Settings, hand_out: Callable[[Give, str], None], parent: QWidget) -> None:
        """`hand_out` changes the edits of the photos that are meant as one step, named by its second argument."""
        super().__init__(parent)
        self._settings, self._hand_out, self._window = settings, hand_out, parent
        self._document: Document | None = None
        self._before: Recipe | None = None  # the edits of the photo that was open before this one

    def does(self) -> dict[str, Callable[[], object]]:
        """What the commands do, by name."""
        return {
            "copy_edits": self.copy_chosen,
            "copy_all_edits": self.copy_all,
            "paste_edits": self.paste,
            "previous_edits": self.as_before,
            "reset_edits": self.reset,
        }

    def follow(self, document: Document | None) -> None:
        """Another photo is open, or none."""
        if self._document and (document is None or document.shot != self._document.shot):
            self._before = self._document.recipe
        self._document = document

    def ask_edits(self, recipe: Recipe, ticked: Collection[Key]) -> choose_edits.Choice | None:
        """The edits that are meant, or None. Small, so that a test can answer."""
        return choose_edits.ask(recipe, ticked, self._window, drawn=self._settings.shown(choose_edits.DRAWN))

    # All edits, or chosen ones

    def copy_chosen(self) -> None:
        """Ask which; what is ticked is ticked again the next time."""
        if (recipe := self._there()) is None:
            return
        plain = {e.key: recipe.is_on(*e.key) and not e.tied() for e in recipe.edits}
        ticked = [e.key for e in recipe.edits if self._settings.shown(_memory(e), plain[e.key])]
        if (choice := self.ask_edits(recipe, ticked)) is not None:
            for edit in recipe.edits:
                self._settings.show(_memory(edit), edit.key in choice.keys)
            self._settings.show(choose_edits.DRAWN, choice.drawn)
            self._copy(recipe.only(choice.keys))

    def copy_all(self) -> None:
        if (recipe := self._there()) is not None:
            self._copy(recipe)

    def _meant(self, recipe: Recipe) -> Recipe:
        """What of the edits another photo is to have: what was drawn on this one only if that was ticked last."""
        return recipe if self._settings.shown(choose_edits.DRAWN) else recipe.without_drawn()

    def paste(self) -> None:
        """Lay the edits on the clipboard over those of the photos that are meant; edits of other kinds stay."""
        try:
            pasted = on_clipboard()
        except ValueError as error:
            self.troubled.emit(str(error))
        else:
            self._hand_out(lambda recipe: recipe.overlaid(pasted), "paste")

    def as_before(self) -> None:
        """The edits of the photo that was open before."""
        before = self._before and self._meant(self._before)
        if before is None or not before.edits:
            self.said.emit(self.tr("The photo before has no edits"))
        else:
            self._hand_out(lambda recipe: before, "paste")

    def reset(self) -> None:
        """No edits at all, as the photo was when it came."""
        self._hand_out(lambda recipe: Recipe(), "reset")

    def _there(self) -> Recipe | None:
        """The edits of the open photo; says so if there are none."""
        recipe = self._document.recipe if self._document else Recipe()
        if not recipe.edits:
            self.said.emit(self.tr("This photo has no edits to copy"))
        return recipe if recipe.edits else None

    def _copy(self, recipe: Recipe) -> None:
        copied = self._meant(recipe)
        to_clipboard(copied)
        whole = self.tr("Copied: {}")
        said = whole if copied == recipe else self.tr("Copied without what was drawn on the picture: {}")
        self.said.emit(said.format(", ".join(map(choose_edits.title_of, recipe.edits))))

    # One edit, from its menu

    def fill(self, group: EditGroup, menu: QMenu) -> None:
        """Put into the menu of an edit what can be done here."""
        menu.addAction(icon("copy"), self.tr("Copy This Edit"), lambda: self._copy_one(group))
        act = menu.addAction(icon("paste"), self.tr("Paste onto This Edit"), lambda: self._paste_one(group))
        act.setEnabled(_one_for(group) is not None)

    def _copy_one(self, group: EditGroup) -> None:
        recipe = group.document.recipe if group.document else Recipe()
        self._copy(recipe.only([group.key]) if group.there else Recipe().put(group.edit))

    def _paste_one(self, group: EditGroup) -> None:
        edit = _one_for(group)
        if edit and group.document:
            recipe = group.document.recipe.put(edit).switch(*edit.key, on=True)
            group.document.replace(recipe, act="paste" if group.there else "")


def to_clipboard(recipe: Recipe) -> None:
    """Put edits on the clipboard, for this window and others, and for people as text."""
    text = recipe.to_json()
    data = QMimeData()
    data.setData(EDITS, QByteArray(text.encode()))
    data.setText(text)
    QGuiApplication.clipboard().setMimeData(data)


def on_clipboard() -> Recipe:
    """The edits on the clipboard. Raises ValueError, with a sentence for a person, where there are none."""
    data = QGuiApplication.clipboard().mimeData()
    ours = data is not None and data.hasFormat(EDITS)
    text, large = "", False
    if data is not None and ours:
        held = data.data(EDITS)
        large = held.size() > LONGEST
        text = "" if large else bytes(held.data()).decode("utf-8", "replace")
    elif data is not None:
        text = data.text()
        large = len(text) > LONGEST
    if large or not (ours or text.lstrip().startswith("{")):
        raise ValueError(QCoreApplication.translate("Copying", "There are no edits on the clipboard"))
    try:
        recipe = Recipe.from_json(text)
    except ValueError as error:
        said = QCoreApplication.translate("Copying", "What is on the clipboard cannot be pasted as edits: {}")
        raise ValueError(said.format(error)) from None
    if not recipe.edits:
        raise ValueError(QCoreApplication.translate("Copying", "There are no edits on the clipboard"))
    return recipe


def _one_for(group: EditGroup) -> Edit | None:
    """What of the clipboard fits an edit: one of its kind, of its name if there is."""
    try:
        fitting = [edit for edit in on_clipboard().edits if edit.id == group.kind.id]
    except ValueError:
        return None
    best = next((edit for edit in fitting if edit.name == group.name), fitting[0] if fitting else None)
    return replace(best, name=group.name) if best else None


def _memory(edit: Edit) -> str:
    """What the settings call the tick of an edit of its kind and name."""
    return "/".join(filter(None, ("copied", edit.id, edit.name)))
