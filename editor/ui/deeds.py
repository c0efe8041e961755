"""Deeds: what can be done to many photos at once, to the open one and to those that only have a sidecar."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Protocol

from editor.core.handout import CHANGED, Give, Given, Handout, Left, Mark, Stopped, hand_out, mark
from editor.core.job import Job
from editor.core.marks import own_marks
from editor.core.recipe import Recipe
from editor.core.sheet import Sheet
from editor.core.shot import Shot
from editor.core.sidecar import sidecar_path
from editor.ui.keeping import Keeping


class Deed(Protocol):
    """Something done to photos. `out` is what it comes to; `left` what it did not reach, once that is known."""

    out: Handout
    left: Left | None

    def here(self, keeping: Keeping) -> str:
        """Do it to the open photo. Returns why not, or ""."""

    def rest(self) -> Going:
        """What is still to be undone after it was stopped: photos that a window has, or has had, open."""

    def elsewhere(self, shots: Sequence[Shot], keeping: Keeping) -> Callable[[Job], object]:
        """Does it to photos that are not open, in another thread."""

    def done(self, result: object) -> Left:
        """Take note of what that has returned."""


class Giving:
    """Changing edits or marks for the first time."""

    def __init__(self, change: Give | None, marking: Mark | None, act: str, when: float) -> None:
        self.out, self._stopped = Handout(act, when), Stopped(Left())
        self.left: Left | None = None
        self._change, self._mark = change, marking

    def here(self, keeping: Keeping) -> str:
        document = keeping.document
        if document is None:
            return ""
        before, tail = _sheet(keeping), document.steps[document.position + 1 :]
        try:
            if self._change:
                document.replace(self._change(document.recipe), self.out.act, self.out.when)
            if self._mark:
                keeping.mark(self._mark(keeping.marks))
        except ValueError as error:
            return str(error)
        if (after := _sheet(keeping)) != (before or Sheet()):
            self.out = self.out.and_also(Given(document.shot, before, after or Sheet(), tail))
        return ""

    def rest(self) -> Going:
        return Going(self.out.and_also(*self._stopped.given), back=True, forget=True, left=self._stopped.left)

    def elsewhere(self, shots: Sequence[Shot], keeping: Keeping) -> Callable[[Job], Handout]:
        act, when, turns = self.out.act, self.out.when, keeping.turns

        def work(job: Job) -> Handout:
            try:
                if self._change:
                    out = hand_out(shots, self._change, job, act, when, turns)
                else:
                    out = mark(shots, self._mark or (lambda marks: marks), job, act, when, turns)
            except Stopped as stopped:
                self._stopped = stopped
                raise
            self.left = out.left
            return out

        return work

    def done(self, result: object) -> Left:
        assert isinstance(result, Handout)
        self.out = self.out.and_also(*result.given)
        return result.left


class Going:
    """Taking a handout back, or doing it again. With `forget` it cannot be done again then, for it was stopped."""

    def __init__(self, out: Handout, *, back: bool, forget: bool = False, left: Left = Left()) -> None:  # noqa: B008
        self.out, self.back, self.forget, self.before = out, back, forget, left
        self.left: Left | None = None
        self._was_here: frozenset[Shot] = frozenset()
        self._stopped = Stopped(Left())

    def here(self, keeping: Keeping) -> str:
        document = keeping.document
        if document is None:
            return ""
        given = next((given for given in self.out.given if given.shot == document.shot), None)
        place = document.position - (1 if self.back else 0)
        if self.back and self.forget and document.can_undo and document.steps[place + 1].when == self.out.when:
            document.retract(given.tail if given else ())
            return ""
        if 0 <= place < len(document.steps) - 1 and document.steps[place + 1].when == self.out.when:
            document.go(place if self.back else place + 1)
            self._was_here = frozenset((document.shot,))
            return ""
        if given is None:
            return ""
        here, there = (given.after, given.before) if self.back else (given.before, given.after)
        here, there, own = here or Sheet(), there or Sheet(), own_marks(document.photo.path)
        if there.recipe == document.recipe and there.marks(own) == keeping.marks:
            return ""
        if here.recipe != document.recipe or here.marks(own) != keeping.marks:
            return CHANGED
        document.replace(there.recipe, self.out.act, None if self.back else self.out.when)
        keeping.mark(there.marks(own))
        self._was_here = frozenset((document.shot,))
        return ""

    def rest(self) -> Going:
        shots = self._was_here | frozenset(self._stopped.left.held)
        part = replace(self.out, given=tuple(given for given in self.out.given if given.shot in shots))
        return Going(part, back=not self.back, left=self._stopped.left)

    def elsewhere(self, shots: Sequence[Shot], keeping: Keeping) -> Callable[[Job], Left]:
        meant = frozenset(shots)
        part = replace(self.out, given=tuple(given for given in self.out.given if given.shot in meant))
        turns = keeping.turns

        def work(job: Job) -> Left:
            try:
                self.left = part.take_back(job, turns, forget=self.forget) if self.back else part.again(job, turns)
            except Stopped as stopped:
                self._stopped = stopped
                raise
            return self.left

        return work

    def done(self, result: object) -> Left:
        assert isinstance(result, Left)
        return result


def _sheet(keeping: Keeping) -> Sheet | None:
    """What is kept beside the open photo, or will be in a moment; None if nothing is."""
    document = keeping.document
    if document is None:
        return None
    sheet = Sheet.of(document.recipe, keeping.marks, own_marks(document.photo.path))
    return None if sheet == Sheet(Recipe()) and not sidecar_path(*document.shot).exists() else sheet
