"""Virtual copies: the same photo once more in the film strip, with edits of its own; only its edits take up room."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QCoreApplication, QObject, Signal
from PySide6.QtWidgets import QMessageBox, QWidget

from editor.core.copies import drop_copy, new_copy
from editor.core.handout import Turns
from editor.core.job import Job
from editor.core.shot import Shot
from editor.core.sidecar import reason_of
from editor.ui.filmstrip import FilmStrip
from editor.ui.keeping import Keeping
from editor.ui.naming import shot_name
from editor.ui.tasks import Task

MOST_NAMED = 3  # photos in one message

Outcome = tuple[tuple[Shot, ...], tuple[str, ...]]  # the copies that were made or deleted, and what went wrong


class VirtualCopies(QObject):
    """Makes copies of the selected photos, and deletes those that are selected after a question.

    `wanted` is a Shot that is to be on the canvas now: a new copy, or another one in place of one that is going.
    """

    wanted = Signal(object)
    troubled = Signal(str)

    def __init__(self, strip: FilmStrip, keeping: Keeping, parent: QWidget) -> None:
        super().__init__(parent)
        self._strip, self._keeping, self._window = strip, keeping, parent
        self._task: Task | None = None

    def does(self) -> dict[str, Callable[[], object]]:
        """What the commands of the menu do, by name."""
        return {"virtual_copy": self.make, "delete_copy": self.delete}

    @property
    def deletable(self) -> tuple[Shot, ...]:
        """The copies among the selected photos."""
        return tuple(shot for shot in self._strip.selected if shot.copy)

    def ask_delete(self, shots: Sequence[Shot]) -> bool:
        """Whether these may go. Small, so that a test can answer."""
        box = QMessageBox(self._window)
        box.setIcon(QMessageBox.Icon.Question)
        box.setWindowTitle(self.tr("Delete virtual copies?"))
        if len(shots) == 1:
            name = shot_name(shots[0], self._strip.marks(shots[0]).name)
            box.setText(self.tr("Delete {}, with its edits?").format(name))
        else:
            box.setText(self.tr("Delete {} virtual copies, with their edits?").format(len(shots)))
        box.setInformativeText(self.tr("The photo itself stays, and so do its other copies."))
        yes = box.addButton(self.tr("Delete"), QMessageBox.ButtonRole.DestructiveRole)
        box.setDefaultButton(yes)
        box.setEscapeButton(box.addButton(QMessageBox.StandardButton.Cancel))
        box.exec()
        box.deleteLater()
        return box.clickedButton() is yes

    def make(self) -> None:
        """One more of each selected photo, with the edits it has now."""
        if shots := self._strip.selected:
            self._begin(partial(_made, shots), self._have_made)

    def delete(self) -> None:
        """The selected copies, never a photo itself."""
        going = self.deletable
        if not going or not self.ask_delete(going):
            return
        here = self._keeping.document.shot if self._keeping.document else None
        if here in going:
            near = self._strip.model.neighbour(here, going)
            self.wanted.emit(near if near and near.path == here.path else Shot(here.path))  # that is there at once
            if self._keeping.document and self._keeping.document.shot == here:
                self.troubled.emit(self.tr("{} is open, so it was not deleted.").format(shot_name(here)))
                return
        self._begin(partial(_deleted, going, self._keeping.turns), self._have_deleted)

    def close(self) -> None:
        """Returns when the thread has ended."""
        if self._task:
            self._task.join()
            self._task = None

    def _begin(self, work: Callable[[Job], Outcome], end: Callable[[Outcome], None]) -> None:
        if self._task is None:
            self._task = Task("copies", work)
            self._task.done.connect(end)
            self._task.failed.connect(self._ended)
            self._task.start()

    def _have_made(self, outcome: Outcome) -> None:
        made, trouble = outcome
        self._ended(" ".join(trouble))
        if made:
            self._strip.select_when_listed(made)
            self._strip.listing.read()
            here = self._keeping.document
            self.wanted.emit(next((shot for shot in made if here and shot.path == here.photo.path), made[0]))

    def _have_deleted(self, outcome: Outcome) -> None:
        self._ended(" ".join(outcome[1]))
        self._strip.listing.read()

    def _ended(self, trouble: str) -> None:
        self._task = None
        if trouble:
            self.troubled.emit(trouble)


def _made(shots: Sequence[Shot], job: Job) -> Outcome:
    return _each(shots, new_copy, job)


def _deleted(shots: Sequence[Shot], turns: Turns, job: Job) -> Outcome:
    def drop(shot: Shot) -> Shot:
        with turns.of(shot) as free:
            if not free:
                raise ValueError(QCoreApplication.translate("VirtualCopies", "is open in the window"))
            drop_copy(shot)
        return shot

    return _each(shots, drop, job)


def _each(shots: Sequence[Shot], do: Callable[[Shot], Shot], job: Job) -> Outcome:
    done, wrong = [], []
    for number, shot in enumerate(shots):
        job.progress(number / len(shots))
        try:
            done.append(do(shot))
        except (OSError, ValueError) as error:
            wrong.append(f"{shot_name(shot)}: {reason_of(error)}.")
    return tuple(done), tuple(wrong[:MOST_NAMED])
