"""Keeper: keeps what is done to the open photo beside it, as it is done."""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Condition, Thread

from editor.core.chronicle import history_path, write_history
from editor.core.files import sweep
from editor.core.history import LIMIT, History, Step
from editor.core.journal import Journal, content, journal_path
from editor.core.ledger import Ledger, Record
from editor.core.marks import Marks, own_marks
from editor.core.recipe import Recipe
from editor.core.sheet import Sheet
from editor.core.shot import Shot
from editor.core.sidecar import Kept, aside, reason_of, sidecar_path, write_sheet

log = logging.getLogger("packshot.keep")
PAUSE = 0.3  # seconds that changes are gathered before the sidecar is written
QUIET = 2.0  # seconds without a change after which the history is written, which may be long
LATEST = 10.0  # seconds that it is put off while changes go on; the journal has them
GRACE = 0.1  # seconds that leaving a photo waits for the history
PATIENCE = 5.0  # seconds that leaving a photo waits for a slow disk


class Keeper:
    """Keeps edits and marks of an open photo. Used from one thread; another one, its own, writes the sidecar.

    `failed` is called from that thread: with the reason, in a few words, when the sidecar cannot be written, and with
    "" when it can be again. Whoever has a keeper must `close` it.
    """

    def __init__(
        self,
        photo: Path,
        kept: Kept,
        failed: Callable[[str], object] = lambda reason: None,
        copy: int = 0,
        met: Callable[[str], object] = lambda name: None,
    ) -> None:
        """`kept` is what `load` has found beside `photo`; what was found in a journal is written into the sidecar.

        `met` is called once, from the thread too, where another window or program has written the sidecar meanwhile:
        with the name under which that is kept.
        """
        self._shot, self._path, self._failed = Shot(photo, copy), sidecar_path(photo, copy), failed
        self._unread, self._was_there = kept.unread, os.path.lexists(self._path)
        self._own, self._marks, self._history = own_marks(photo), kept.marks, kept.history
        past = kept.past
        self._met, self._known = met, self._content()  # what the sidecar was when it was last read or written
        self._start = past.start if past and past.start else self._record()  # what the history has
        self._pending = list(past.records) if past else []  # what it does not have yet, a record for each step
        self._in_hand = 0  # how many of these are on their way into it
        self._asked = self._tried = self._done = 0  # the number of the newest change, the last tried, the last written
        self._whole = 0  # the last of which the history is written, too
        self._since = 0.0  # when the sidecar began to be ahead of it
        self._reason, self._hurry, self._closed, self._tidied = "", False, False, False
        self._journal: Journal | None = None
        self._journal_ledger, self._history_ledger = Ledger(), Ledger()
        self._thread: Thread | None = None
        self._wake = Condition()
        if kept.recovered:
            with self._wake:
                self._ask()

    @property
    def reason(self) -> str:
        """Why the sidecar could not be written when that was last tried; "" where it could."""
        return self._reason

    @property
    def marks(self) -> Marks:
        """Those of the photo now."""
        return self._marks

    def keep(self, recipe: Recipe, history: History | None = None) -> None:
        """Makes `recipe` the one that a reopening finds, even if the process ends as soon as this returns.

        `history` is how it came about and stands at it; without one it is a further step. Takes as long as writing a
        line. The sidecar has it PAUSE and one writing later.
        """
        if history is None:
            same = recipe == self._history.step.recipe
            history = self._history if same else self._history.then(Step(recipe, when=time.time()))
        if history is not self._history or self._closed:
            self._change(history, self._marks)

    def mark(self, marks: Marks) -> None:
        """The same for rating and label."""
        if marks != self._marks or self._closed:
            self._change(self._history, marks)

    def flush(self, patience: float = PATIENCE) -> bool:
        """Whether the sidecar has the newest edits, after writing it if need be, for `patience` seconds at most.

        A long history is only begun; until it is written the journal has the steps.
        """
        with self._wake:
            if self._done < self._asked or self._owed:
                self._tried, self._hurry = self._done, True
                self._wake.notify_all()
                self._wake.wait_for(lambda: self._tried == self._asked, patience)
                self._wake.wait_for(lambda: not self._owed, GRACE)
                self._hurry = False
            return self._done == self._asked

    def close(self, *, wait: bool = True) -> bool:
        """Writes what is still to be written and ends the thread; tells, as `flush` does, whether all is kept.

        Without `wait` a long history is written afterwards; nobody else may write beside the photo before `wait`.
        """
        kept = self._done == self._asked if self._closed else self.flush()
        with self._wake:
            self._closed = True
            self._wake.notify_all()
        self.wait(PATIENCE if wait else GRACE)
        return kept

    def wait(self, patience: float = PATIENCE) -> bool:
        """Whether the thread of a keeper that has been closed has ended, after `patience` seconds at most."""
        if self._thread:
            self._thread.join(patience)
            if self._thread.is_alive():
                return False
        self._tidy()
        return True

    @property
    def _owed(self) -> bool:
        """Whether the history is to be written: the sidecar has all, and the history has not."""
        return self._whole < self._done == self._asked

    def _tidy(self) -> None:
        """At the end: nothing is left open, and no file that says nothing."""
        with self._wake:
            tidied, self._tidied = self._tidied, True
        if tidied:
            return
        if self._journal:
            self._journal.close()  # not removed: it has what the sidecar could not take
        if self._done == self._asked and not self._was_there and not self._shot.copy and self._record().sheet.empty:
            with suppress(OSError, ValueError):
                if content(self._path) in (None, Sheet().to_json().encode("utf-8")):
                    self._path.unlink(missing_ok=True)
                    history_path(*self._shot).unlink(missing_ok=True)

    def _content(self) -> bytes | None:
        with suppress(OSError, ValueError):
            return content(self._path)
        return None

    def _record(self) -> Record:
        """What there is to be kept now."""
        step = self._history.step
        sheet = Sheet.of(step.recipe, self._marks, self._own)
        return Record(sheet, step.act, step.when, len(self._history.steps))

    def _change(self, history: History, marks: Marks) -> None:
        with self._wake:
            if self._closed:
                raise RuntimeError("the keeper has been closed")
            before, self._history, self._marks = self._history, history, marks
            record = self._record()
            if len(self._pending) > self._in_hand and self._pending[-1].when == record.when:
                self._pending.pop()  # the same step, as while a slider is dragged
            self._pending.append(record)
            back = self._brought_back(before)
            self._pending += back
            if (over := len(self._pending) - self._in_hand - LIMIT) > 0:
                del self._pending[self._in_hand : self._in_hand + over]
            try:
                if self._journal is None or back:  # those at once or not at all
                    self._begin_journal()
                else:
                    self._journal.append(record)
            except (OSError, ValueError):
                self._end_journal()  # the sidecar may still go well; if not, that is told
            self._ask()

    def _brought_back(self, before: History) -> list[Record]:
        """Where steps that had been dropped can be redone again: they, and then the one at present."""
        steps, place = self._history.steps, self._history.position
        if place == len(steps) - 1 or any(step is steps[-1] for step in before.steps):
            return []
        made = [
            Record(Sheet.of(step.recipe, self._marks, self._own), step.act, step.when, number + 1)
            for number, step in enumerate(steps)
        ]
        return [*made[place + 1 :], self._record()]

    def _ask(self) -> None:
        self._asked += 1
        if self._thread is None:
            self._thread = Thread(target=self._work, name="keep", daemon=True)
            self._thread.start()
        self._wake.notify_all()

    def _begin_journal(self) -> None:
        """With all that is pending: also with what is in hand, for it must belong to the sidecar before and after."""
        self._end_journal()
        self._put_unread_aside()
        sidecar, changes = content(self._path), self._pending
        self._journal = Journal(journal_path(*self._shot), sidecar, self._journal_ledger, self._start, changes)

    def _end_journal(self) -> None:
        if self._journal:
            self._journal.close()
            self._journal = None

    def _put_unread_aside(self) -> None:
        for path, _ in self._unread:
            if os.path.lexists(path):
                path.rename(aside(path))
        self._unread = ()

    def _work(self) -> None:
        swept = False
        while True:
            with self._wake:
                pause = QUIET if self._owed else None
                self._wake.wait_for(
                    lambda: self._tried < self._asked or self._closed or (self._hurry and self._owed), pause
                )
                if self._tried < self._asked:
                    self._wake.wait_for(lambda: self._hurry or self._closed, PAUSE)
                elif not self._owed:
                    break  # it has been closed
                number, record, history = self._asked, self._record(), self._history
                new, self._in_hand = self._tried < number, len(self._pending)
            if new:
                self._keep_sheet(number, record)
            with self._wake:
                late = time.monotonic() - self._since > LATEST or self._hurry or self._closed
                due = self._done == number and (late or not new)
            if due:
                self._write_history(history)
            with self._wake:
                if due:
                    self._whole, self._start = number, record
                    del self._pending[: self._in_hand]
                self._in_hand = 0
                if due or self._reason:
                    self._fold_journal()
                self._wake.notify_all()
            if not swept:
                swept = True
                sweep(self._shot.path.parent)
        self._tidy()

    def _keep_sheet(self, number: int, record: Record) -> None:
        """Writes the sidecar, and tells where that goes wrong, or goes well again."""
        reason = self._write(record)
        with self._wake:
            news, self._reason = reason != self._reason, reason
            if not reason:
                if self._whole == self._done:
                    self._since = time.monotonic()
                self._done = number
            self._tried = number
            self._wake.notify_all()
        if news:
            self._failed(reason)

    def _write(self, record: Record) -> str:
        """Writes the sidecar. Returns why it could not be written, or ""."""
        try:
            with self._wake:
                self._put_unread_aside()
            there = content(self._path)
            if there is not None and there not in (self._known, record.sheet.to_json().encode("utf-8")):
                bak = aside(self._path)
                bak.write_bytes(there)
                met, self._met = self._met, lambda name: None
                met(bak.name)
            self._known = there
            write_sheet(self._shot, record.sheet)
            self._known = self._content()
        except Exception as error:  # whatever it is, it is to be told, and not to end the thread
            return reason_of(error)
        return ""

    def _write_history(self, history: History) -> None:
        try:
            if len(history.steps) > 1:
                write_history(self._shot, history, self._history_ledger)
            else:
                history_path(*self._shot).unlink(missing_ok=True)
        except OSError as error:
            log.info("%s: the history cannot be kept: %s", self._shot.path.name, error)

    def _fold_journal(self) -> None:
        """Ends the journal where the sidecar has all of it; else begins it anew, so that it does not grow."""
        with suppress(OSError, ValueError):
            if self._whole == self._asked:
                self._end_journal()
                journal_path(*self._shot).unlink(missing_ok=True)
            elif self._journal:
                self._begin_journal()
