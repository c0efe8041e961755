"""Undoing: one way back for all: steps of the open photo, and what was done to many photos at once."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from functools import partial

from PySide6.QtCore import QCoreApplication, QObject, Signal, Slot

from editor.core.document import Document
from editor.core.handout import CHANGED, GONE, Give, Handout, Mark
from editor.core.job import Job
from editor.core.shot import Shot
from editor.ui.actions import QT_TRANSLATE_NOOP
from editor.ui.activity import Activity
from editor.ui.deeds import Deed, Giving, Going
from editor.ui.keeping import Keeping
from editor.ui.naming import shot_name
from editor.ui.reasons import in_words
from editor.ui.tasks import Task
from editor.ui.wording import briefly, deed

MOST_HANDOUTS = 100  # that can be taken back
MOST_NAMED = 3  # photos in one message
_REASONS = {  # those of the core, in the person's language
    CHANGED: QT_TRANSLATE_NOOP("Undoing", "has been edited since"),
    GONE: QT_TRANSLATE_NOOP("Undoing", "is not there any more"),
}


class Undoing(QObject):
    """Changes many photos beside the window, one handout after the other, and knows what Ctrl+Z takes back.

    That is whatever was done last, by time: a handout, or a step of the open photo. A step that is part of a handout
    takes back all of it.
    """

    changed = Signal()  # `can_undo`, `can_redo` or `busy` may have become another
    handed = Signal(object)  # the tuple of Shots that have other edits or marks now
    troubled = Signal(str)

    def __init__(self, keeping: Keeping, activity: Activity, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._keeping, self._activity = keeping, activity
        self._done: deque[Handout] = deque(maxlen=MOST_HANDOUTS)
        self._undone: list[tuple[Handout, float]] = []  # and when they were taken back
        self._waiting: deque[Callable[[], None]] = deque()
        self._task: Task | None = None
        self._deed: Deed | None = None
        self._begun: Deed | None = None  # the one that was asked for; `_deed` may be undoing it
        self._first = False  # whether that is in its first round
        self._failed: list[tuple[Shot, str]] = []
        self._seen: tuple[Document | None, int] = (None, 0)
        self._edited = False  # whether the open photo was edited since the deed began
        self._stepped_back = False  # whether a step of the open photo was taken back since it was opened
        activity.cancelled.connect(self._cancel)

    @property
    def busy(self) -> bool:
        """Whether photos are being changed beside the window; `changed` tells when that has ended."""
        return self._task is not None or bool(self._waiting)

    @property
    def can_undo(self) -> bool:
        document = self._keeping.document
        return self.busy or bool(self._done) or (document is not None and document.can_undo)

    @property
    def can_redo(self) -> bool:
        document = self._keeping.document
        return bool(self._undone) or (document is not None and document.can_redo)

    @property
    def undoes(self) -> str:
        """What `undo` takes back, to stand after the word: "Exposure", "Paste onto 199 Photos"; empty if unknown."""
        document, last = self._keeping.document, self._done[-1] if self._done else None
        if self._task:
            return ""
        if self._own_is_last(document, last):
            assert document is not None
            return briefly(document.steps[document.position], document.steps[document.position - 1])
        return deed(last.act, len(self._of(last, ahead=0))) if last else ""

    @property
    def redoes(self) -> str:
        """What `redo` does again."""
        document, last = self._keeping.document, self._undone[-1][0] if self._undone else None
        if self._task:
            return ""
        if last and self._handout_is_next(document, last):
            return deed(last.act, len(self._of(last, ahead=1)))
        if document and document.can_redo:
            return briefly(document.steps[document.position + 1], document.steps[document.position])
        return ""

    def _own_is_last(self, document: Document | None, last: Handout | None) -> bool:
        """Whether a step of the open photo was done after the last handout."""
        if document is None or not document.can_undo:
            return False
        return last is None or document.steps[document.position].when > last.when

    def _handout_is_next(self, document: Document | None, last: Handout) -> bool:
        following = document.steps[document.position + 1] if document and document.can_redo else None
        return following is None or not self._stepped_back or last.when <= following.when

    def _of(self, out: Handout, *, ahead: int) -> frozenset[Shot]:
        """The photos of a handout; with the open one if the step it stands at, or the one so many ahead, is of it."""
        document = self._keeping.document
        steps = document.steps[document.position + ahead : document.position + ahead + 1] if document else ()
        return out.shots | {document.shot for step in steps if document and step.when == out.when}

    def follow(self, document: Document | None) -> None:
        """Another photo is open, or none."""
        self._seen, self._stepped_back = (document, document.position if document else 0), False
        if document:
            document.on_change(partial(self._step, document))
        self.changed.emit()

    def hand_out(self, shots: Iterable[Shot], give: Give, act: str = "", text: str = "") -> None:
        """Change the edits of all these photos by `give`, as one step; of the open one at once.

        `give` may be called in another thread, and raise ValueError for a photo that is to be left as it is. `act` is
        as `Step` has it, `text` says what is going on while it takes a while.
        """
        self._line_up(partial(self._give, tuple(dict.fromkeys(shots)), give, None, act, text))

    def mark(self, shots: Iterable[Shot], give: Mark, text: str = "") -> None:
        """The same for rating and label."""
        self._line_up(partial(self._give, tuple(dict.fromkeys(shots)), None, give, "mark", text))

    @Slot()
    def undo(self) -> None:
        """Take back what was done last; a handout that is under way is stopped, which takes it back as well."""
        if self._task:
            if isinstance(self._deed, Giving):
                self._cancel()
            else:
                self._line_up(self.undo)
            return
        document, last = self._keeping.document, self._done[-1] if self._done else None
        if document and self._own_is_last(document, last):
            document.undo()
        elif last:
            shots = self._of(last, ahead=0)
            text = self.tr("Taking back what was done to {} photos").format(len(shots))
            self._begin(Going(last, back=True), tuple(shots), text)

    @Slot()
    def redo(self) -> None:
        """Do again what was taken back last."""
        if self._task:
            if not isinstance(self._deed, Giving):
                self._line_up(self.redo)
            return
        document, last = self._keeping.document, self._undone[-1][0] if self._undone else None
        if last and self._handout_is_next(document, last):
            shots = self._of(last, ahead=1)
            text = self.tr("Doing it to {} photos again").format(len(shots))
            self._begin(Going(last, back=False), tuple(shots), text)
        elif document:
            document.redo()

    def close(self) -> None:
        """Stop what is under way, which is undone; returns when the thread has ended."""
        self._waiting.clear()
        task, deed, document = self._task, self._deed, self._keeping.document
        self._task = self._deed = None
        if task is None or deed is None:
            return
        task.join()
        if deed.left:  # it had come to its end already
            if document and document.shot in deed.left.held:
                deed.here(self._keeping)
        elif self._first:
            rest = deed.rest()
            rest.here(self._keeping)
            rest.elsewhere([s for s in rest.out.shots if document is None or s != document.shot], self._keeping)(Job())

    # One after the other

    def _line_up(self, act: Callable[[], None]) -> None:
        if self._task:
            self._waiting.append(act)
        else:
            act()

    def _give(self, shots: tuple[Shot, ...], give: Give | None, mark: Mark | None, act: str, text: str) -> None:
        text = text or self.tr("Changing {} photos").format(len(shots))
        self._begin(Giving(give, mark, act, self._now()), shots, text)

    def _begin(self, deed: Deed, shots: Sequence[Shot], text: str) -> None:
        self._deed = self._begun = deed
        self._failed, self._edited = [], False
        self._round(deed, shots, text, first=True)

    def _round(self, deed: Deed, shots: Sequence[Shot], text: str, *, first: bool) -> None:
        """The open photo now, the others beside the window."""
        self._first = first
        document, edited = self._keeping.document, self._edited
        elsewhere = [shot for shot in shots if document is None or shot != document.shot]
        if document and len(elsewhere) < len(shots) and (reason := deed.here(self._keeping)):
            self._failed.append((document.shot, reason))
        self._edited = edited  # by a person, that is
        if not elsewhere:
            self._end(deed)
            return
        task = self._task = Task("handout", deed.elsewhere(elsewhere, self._keeping))
        task.progressed.connect(self._activity.progress)
        task.done.connect(partial(self._rounded, deed, text))
        task.failed.connect(partial(self._broken, deed, text))
        task.stopped.connect(partial(self._broken, deed, text, ""))
        if first:
            self._activity.begin(text)
        task.start()
        self.changed.emit()

    def _rounded(self, deed: Deed, text: str, result: object) -> None:
        left = deed.done(result)
        self._failed += left.failed
        if left.held:  # opened meanwhile: the one that still is has its turn here, others again elsewhere
            self._round(deed, left.held, text, first=False)
        else:
            self._end(deed)

    def _broken(self, deed: Deed, text: str, reason: str) -> None:
        """It was stopped, or broke off: in this round nothing has changed but photos that were opened meanwhile."""
        if self._first:
            rest = self._deed = deed.rest()
            self._failed = list(rest.before.failed)
            shots = rest.out.shots
            if document := self._keeping.document:
                shots |= {document.shot}  # its step may be all that there is
            self._round(rest, tuple(shots), text, first=False)
        else:
            self._end(deed)
        if reason:
            self.troubled.emit(reason)

    def _end(self, deed: Deed) -> None:
        try:
            self._note(deed)
        finally:
            self._rest()

    def _note(self, deed: Deed) -> None:
        """It is done: what can be undone and redone now."""
        out = deed.out
        document = self._keeping.document
        alone = document is not None and out.shots <= {document.shot} and out.act != "mark"  # just a step of its own
        if isinstance(deed, Going):
            done = any(each is out for each in self._done)
            undone = [each for each, _ in self._undone if each is out]
            self._undone = [each for each in self._undone if each[0] is not out and not self._edited]
            if deed.back and done:
                self._done = deque((each for each in self._done if each is not out), MOST_HANDOUTS)
                self._undone.append((out, self._now()))
            elif not deed.back and undone:
                self._done.append(out)
        elif out.given:
            self._undone.clear()
            if not alone:
                self._done.append(out)
        self._tell_failed(stopped=deed is not self._begun)
        if out.given:
            self.handed.emit(tuple(given.shot for given in out.given))

    def _rest(self) -> None:
        if self._task:
            self._activity.end()
        self._task = self._deed = self._begun = None
        while self._waiting and not self._task:
            self._waiting.popleft()()
        self.changed.emit()

    @Slot()
    def _cancel(self) -> None:
        if self._task and self._deed is self._begun:
            self._task.cancel()

    def _tell_failed(self, *, stopped: bool) -> None:
        if not self._failed:
            return
        said = [f"{shot_name(shot)} ({self._word(reason)})" for shot, reason in self._failed[:MOST_NAMED]]
        if more := len(self._failed) - len(said):
            said.append(self.tr("and {} more").format(more))
        text = self.tr("Stopped, but not taken back: {}") if stopped else self.tr("Left as they were: {}")
        self.troubled.emit(text.format(", ".join(said)))

    def _word(self, reason: str) -> str:
        return QCoreApplication.translate("Undoing", _REASONS[reason]) if reason in _REASONS else in_words(reason)

    # By time

    def _step(self, document: Document) -> None:
        """The open photo has changed."""
        before, place = self._seen
        if document is not before:
            return
        self._seen = document, document.position
        if document.position < place:
            self._stepped_back = True
        elif self._undone and document.steps[document.position].when > self._undone[-1][1]:
            if self._deed:
                self._edited = True
            else:
                self._undone.clear()  # what comes after it is something new
        self.changed.emit()

    def _now(self) -> float:
        """The time, later than that of all that can be undone: a clock may be coarse, or be set back."""
        document = self._keeping.document
        known = [out.when for out in self._done] + [when for _, when in self._undone]
        known += [step.when for step in document.steps] if document else []
        return max([time.time(), *(when + 1e-6 for when in known)])
