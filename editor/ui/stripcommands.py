"""Strip commands: what menu and keys do with the film strip and with the photos that are selected in it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QPoint, QProcess, QUrl, Signal
from PySide6.QtGui import QAction, QDesktopServices
from PySide6.QtWidgets import QMenu, QWidget

from editor.ui.actions import Need, menu_of
from editor.ui.filmstrip import FilmStrip
from editor.ui.keeping import Keeping
from editor.ui.marking import Marking
from editor.ui.undoing import Undoing
from editor.ui.virtualcopies import VirtualCopies

# The frame's own menu: names of commands, lists of them for a submenu of the window; None is a line. Those that
# there are not are left out.
_MENU = (
    None, ("rate_0",), ("label_none",), None, "virtual_copy", "delete_copy", None, "copy_edits",
    "copy_all_edits", "paste_edits", "match_selection", "reset_edits", None, "select_all", "select_none",
    ("sort_name",), None, "show_file",
)  # fmt: skip


class StripCommands(QObject):
    """The strip's share of the commands. `wanted` is a Shot to be opened, `said` a word for the status bar,
    `troubled` a sentence for the banner; `changed` tells that `there` may be otherwise."""

    wanted = Signal(object)
    said = Signal(str)
    troubled = Signal(str)
    changed = Signal()

    def __init__(self, strip: FilmStrip, keeping: Keeping, undoing: Undoing, parent: QWidget) -> None:
        super().__init__(parent)
        self._strip, self._window = strip, parent
        self._actions: dict[str, QAction] = {}
        self.marking = Marking(strip, keeping, undoing, self)
        self.copies = VirtualCopies(strip, keeping, parent)
        self.marking.said.connect(self.said)
        self.copies.wanted.connect(self.wanted)
        self.copies.troubled.connect(self.troubled)
        strip.changed.connect(self.changed)
        strip.asked.connect(self._show_menu)

    def does(self) -> dict[str, Callable[[], object]]:
        """What the commands of the menu do, by name."""
        strip = self._strip
        return {
            "next_photo": partial(strip.step, 1), "previous_photo": partial(strip.step, -1),
            "sort_name": partial(strip.sort, "name"), "sort_taken": partial(strip.sort, "taken"),
            "sort_modified": partial(strip.sort, "modified"),
            "select_all": strip.view.select_everything, "select_none": strip.view.select_current,
            "filter": self._filter, "find_name": self._find, "show_file": self._show_file,
            **self.marking.does(), **self.copies.does(),
        }  # fmt: skip

    def serve(self, actions: Mapping[str, QAction]) -> None:
        """Keep the actions up to date, and use them in the strip."""
        self._actions = dict(actions)
        self._strip.serve(actions)

    def there(self) -> dict[Need, bool]:
        """What commands may need of the strip."""
        return {
            "folder": bool(self._strip.model.photos),
            "selection": bool(self._strip.selected),
            "copy": bool(self.copies.deletable),
        }

    def show_file(self, path: Path) -> None:
        """Open the file manager where the photo lies. Small, so that a test can look."""
        show_in_file_manager(path)

    def close(self) -> None:
        """Returns when the threads have ended."""
        self.copies.close()

    def menu(self, row: int) -> QMenu:
        """The menu of a frame, for the photos that are selected."""
        menu = QMenu(self._strip)
        menu.addAction(self.tr("Open"), partial(self._open, row))
        for item in _MENU:
            if item is None:
                menu.addSeparator()
            elif isinstance(item, tuple):
                menu.addMenu(menu_of(self._actions[item[0]]))
            elif item in self._actions:
                menu.addAction(self._actions[item])
        return menu

    def _show_menu(self, place: QPoint, row: int) -> None:
        menu = self.menu(row)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(place)

    def _open(self, row: int) -> None:
        self._strip.view.show_row(row)
        self._strip.left.emit()

    def _filter(self) -> None:
        self._strip.head.use_filter(self._actions["filter"].isChecked())

    def _find(self) -> None:
        if self._strip.isHidden():
            self._actions["strip"].trigger()
        self._strip.head.find_name()

    def _show_file(self) -> None:
        if shots := self._strip.selected:
            self.show_file(shots[0].path)


def show_in_file_manager(path: Path) -> None:
    """Selected there where the system can do that; else just its folder."""
    if sys.platform == "win32":
        QProcess.startDetached("explorer", ["/select,", str(path)])
    elif sys.platform == "darwin":
        QProcess.startDetached("open", ["-R", str(path)])
    else:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent)))
