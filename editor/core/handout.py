"""Handout: the same thing done to the edits or marks of many photos, as one step that can be taken back.

The photos are not opened: what is kept beside each is read and written anew, and its history gets the step as well.
A photo that is open in the window has its own writer (`Turns`); the window does the same with it itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from functools import partial
from threading import Lock

from editor.core.chronicle import history_path, read_history, write_history
from editor.core.history import History, Step
from editor.core.job import Cancelled, Job
from editor.core.journal import content, journal_path
from editor.core.ledger import Ledger
from editor.core.marks import Marks, own_marks
from editor.core.recipe import Recipe
from editor.core.sheet import Sheet
from editor.core.shot import Shot
from editor.core.sidecar import Kept, load, reason_of, sidecar_path, write_sheet

Give = Callable[[Recipe], Recipe]
Mark = Callable[[Marks], Marks]
Undo = Callable[[], object]
CHANGED, GONE = "has been edited since", "is not there any more"  # reasons why a photo is left as it is


class Turns:
    """Sees to it that never two write beside one photo: a window that has it open, and handouts, in other threads."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._held: set[Shot] = set()
        self._ending: dict[Shot, Callable[[], object]] = {}

    def hold(self, shot: Shot) -> None:
        """It is being opened: from when this returns until `let_go`, handouts leave it alone."""
        self._wait(shot)
        with self._lock:
            self._held.add(shot)

    def let_go(self, shot: Shot, end: Callable[[], object] | None = None) -> None:
        """`end` returns when the window has written the last beside it: the next one's turn comes only then."""
        with self._lock:
            self._held.discard(shot)
            if end:
                self._ending[shot] = end

    def wait(self) -> None:
        """Returns when nobody who has let go of a photo writes beside it any more."""
        for shot in tuple(self._ending):
            self._wait(shot)

    def _wait(self, shot: Shot) -> None:
        if end := self._ending.pop(shot, None):
            end()

    @contextmanager
    def of(self, shot: Shot) -> Iterator[bool]:
        """Whether it may be written beside now; it stays so inside."""
        self._wait(shot)
        with self._lock:
            yield shot not in self._held


@dataclass(frozen=True)
class Given:
    """What has been done to one photo; None where nothing was kept beside it."""

    shot: Shot
    before: Sheet | None
    after: Sheet | None
    tail: tuple[Step, ...] = field(default=(), compare=False)  # what redo would have brought back before


@dataclass(frozen=True)
class Left:
    """Photos that were left as they are: with the reason, in a few words, or because a window has them open."""

    failed: tuple[tuple[Shot, str], ...] = ()
    held: tuple[Shot, ...] = ()


class Stopped(Cancelled):
    """What was done has been undone again, but for `left`; `given` is what was done to those of it that are held."""

    def __init__(self, left: Left, given: tuple[Given, ...] = ()) -> None:
        super().__init__()
        self.left, self.given = left, given


@dataclass(frozen=True)
class Handout:
    """One step over many photos. In their histories it is the one with its `when`."""

    act: str
    when: float
    given: tuple[Given, ...] = ()
    left: Left = Left()

    @property
    def shots(self) -> frozenset[Shot]:
        return frozenset(given.shot for given in self.given)

    def and_also(self, *given: Given) -> Handout:
        """With photos to which the window has done the same."""
        return replace(self, given=(*self.given, *given))

    def take_back(self, job: Job, turns: Turns | None = None, *, forget: bool = False) -> Left:
        """Restores what was kept beside the photos. One that has been edited since is left as it is, and told.

        With `forget` it cannot be redone there. Raises Stopped, and then nothing has changed but what that tells.
        """
        go = partial(self._go, back=True, forget=forget)
        return _each({given.shot: partial(go, given) for given in reversed(self.given)}, job, turns or Turns())

    def again(self, job: Job, turns: Turns | None = None) -> Left:
        """Takes that back."""
        return _each({g.shot: partial(self._go, g, back=False) for g in self.given}, job, turns or Turns())

    def _go(self, given: Given, *, back: bool, forget: bool = False) -> Undo | None:
        """One photo there or back. Raises ValueError where something else stands beside it."""
        here, there = (given.after, given.before) if back else (given.before, given.after)
        stands = _sheet(given.shot) or Sheet()
        if stands == (there or Sheet()):
            return None
        if stands != (here or Sheet()):
            raise ValueError(CHANGED)
        self._move(given, back=back, forget=forget)
        return partial(self._go, given, back=not back)

    def _move(self, given: Given, *, back: bool, forget: bool) -> None:
        here, there = (given.after, given.before) if back else (given.before, given.after)
        shot, history = given.shot, read_history(given.shot)
        _put(shot, there)
        if there is None:
            history_path(*shot).unlink(missing_ok=True)
            return
        history = history or History((Step(here.recipe if here else Recipe()),))
        place = history.position + (-1 if back else 1)
        ours = history.steps[history.position if back else min(place, len(history.steps) - 1)].when == self.when
        if ours and forget and back and place >= 0:
            _write(shot, history.retracted(given.tail))
        elif ours and 0 <= place < len(history.steps):
            _write(shot, history.at(place))
        elif not back and history.step.recipe != there.recipe:
            _write(shot, history.then(Step(there.recipe, self.act, self.when)))


def hand_out(
    shots: Iterable[Shot], give: Give, job: Job, act: str = "", when: float = 0.0, turns: Turns | None = None
) -> Handout:
    """Changes the edits of all these photos by `give`; `act` and `when` are as `Step` has them.

    A photo beside which cannot be read or written is told in `left` and stays as it is; so does one for which `give`
    raises ValueError. Raises Stopped, and then nothing has changed but what that tells.
    """

    def change(kept: Kept) -> tuple[Recipe, Marks]:
        return give(kept.recipe or Recipe()), kept.marks

    return _hand_out(shots, change, job, Handout(act, when), turns or Turns())


def mark(
    shots: Iterable[Shot], give: Mark, job: Job, act: str = "", when: float = 0.0, turns: Turns | None = None
) -> Handout:
    """Changes the marks of all these photos by `give`; the rest as in `hand_out`."""

    def change(kept: Kept) -> tuple[Recipe, Marks]:
        return kept.recipe or Recipe(), give(kept.marks)

    return _hand_out(shots, change, job, Handout(act, when), turns or Turns())


def _hand_out(
    shots: Iterable[Shot], change: Callable[[Kept], tuple[Recipe, Marks]], job: Job, out: Handout, turns: Turns
) -> Handout:
    given: list[Given] = []

    def do(shot: Shot) -> Undo | None:
        if not shot.path.exists():
            raise ValueError(GONE)
        kept = load(*shot)
        for path, reason in kept.unread:
            raise ValueError(f"{path.name} cannot be read ({reason})")
        if kept.past:
            _settle(shot, kept)
        recipe, marks = change(kept)
        tail = kept.steps[kept.position + 1 :]
        one = Given(shot, _sheet(shot), Sheet.of(recipe, marks, own_marks(shot.path)), tail)
        if one.after == (one.before or Sheet()):
            return None
        _put(shot, one.after)
        if recipe != kept.history.step.recipe:
            _write(shot, kept.history.then(Step(recipe, out.act, out.when)))
        given.append(one)
        return partial(out._go, one, back=True, forget=True)

    try:
        left = _each({shot: partial(do, shot) for shot in shots}, job, turns)
    except Stopped as stopped:
        raise Stopped(stopped.left, tuple(one for one in given if one.shot in stopped.left.held)) from None
    return replace(out, given=tuple(given), left=left)


def _each(deeds: Mapping[Shot, Callable[[], Undo | None]], job: Job, turns: Turns) -> Left:
    """Does it to each photo, which tells how that is undone; undoes all if the job is cancelled or breaks off.

    What has been edited since is not undone.
    """
    undo: list[tuple[Shot, Undo]] = []
    failed, held = [], []
    try:
        for done, (shot, deed) in enumerate(deeds.items()):
            job.progress(done / len(deeds))
            with turns.of(shot) as free:
                if not free:
                    held.append(shot)
                    continue
                try:
                    if back := deed():
                        undo.append((shot, back))
                except (OSError, ValueError) as error:
                    failed.append((shot, reason_of(error)))
        job.progress(1)
    except BaseException as error:
        left = _undone(undo, turns)
        if isinstance(error, Cancelled):
            raise Stopped(left) from None
        raise
    return Left(tuple(failed), tuple(held))


def _undone(undo: list[tuple[Shot, Undo]], turns: Turns) -> Left:
    """Undoes it for each photo, the last first."""
    failed, held = [], []
    for shot, back in reversed(undo):
        with turns.of(shot) as free:
            if not free:
                held.append(shot)
                continue
            try:
                back()
            except (OSError, ValueError) as error:
                failed.append((shot, reason_of(error)))
    return Left(tuple(failed), tuple(held))


def _sheet(shot: Shot) -> Sheet | None:
    """What the sidecar says, if nothing newer is on its way into it. Raises OSError, ValueError."""
    if journal_path(*shot).exists() and load(*shot).past:
        raise ValueError(CHANGED)
    data = content(sidecar_path(*shot))
    return None if data is None else Sheet.from_json(data.decode("utf-8-sig"))


def _settle(shot: Shot, kept: Kept) -> None:
    """What a process that was killed has left in the journal goes into the sidecar first."""
    write_sheet(shot, Sheet.of(kept.recipe or Recipe(), kept.marks, own_marks(shot.path)))
    _write(shot, kept.history)
    journal_path(*shot).unlink(missing_ok=True)


def _put(shot: Shot, sheet: Sheet | None) -> None:
    if sheet is None:
        sidecar_path(*shot).unlink(missing_ok=True)
    else:
        write_sheet(shot, sheet)


def _write(shot: Shot, history: History) -> None:
    with suppress(OSError):  # it may be lost without harm
        write_history(shot, history, Ledger())
