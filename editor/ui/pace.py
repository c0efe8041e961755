"""Pace: how long pictures take here and now, and so how coarse the first one of a new recipe should be."""

from __future__ import annotations

from collections import OrderedDict, deque
from time import monotonic
from typing import NamedTuple

from editor.core.edit import Edit
from editor.core.engine import View

QUICK = 0.03  # seconds in which a picture comes so soon that no coarser one needs to come first
SOON = 0.3  # and in which a coarse one should come where even that takes long
SMALL = 250_000  # pixels that are cooked at once, whatever it takes
COARSER = (1, 2, 4, 8)  # times smaller than the screen
REMEMBERED = 10.0  # seconds for which the slowest picture counts, since it depends on what else the machine does
_LATEST = 8  # pictures that count, and one in any case
_UNKNOWN = 1e-6  # seconds for a pixel of what was never cooked: a network, perhaps
_START = 0.004  # seconds that even the smallest picture takes
_ALIKE = 6  # so many times larger, a picture takes as long for each of its pixels,
_LARGE = 600_000  # up to so many pixels: beyond, it no longer fits near the processor
_FAR = 3  # else, so many times longer
_MOST_KINDS = 256
_MOST_VIEWS = 8

Kinds = tuple[str, ...]


class Taken(NamedTuple):
    """So many pixels took so many seconds, at some time."""

    pixels: int
    seconds: float
    when: float

    def tells(self, pixels: int) -> bool:
        """Whether much can be said from it of a picture of so many."""
        return pixels <= _ALIKE * self.pixels and not self.pixels <= _LARGE < pixels

    def foretold(self, pixels: int) -> float:
        """How long another picture takes, going by this one."""
        if not self.tells(pixels):
            return self.seconds / self.pixels * pixels * _FAR
        return _START + max(0.0, self.seconds - _START) / self.pixels * pixels


class Pace:
    """Learns from what was cooked how long pictures take, by the edits that had to be cooked anew."""

    def __init__(self) -> None:
        self._taken: OrderedDict[Kinds, deque[Taken]] = OrderedDict()
        self._last: OrderedDict[View, tuple[Edit, ...]] = OrderedDict()

    def learn(self, edits: tuple[Edit, ...], view: View, pixels: int, seconds: float) -> None:
        """So many pixels of a picture with these edits took so long."""
        self.overran(edits, view, pixels, seconds)
        self._last[view] = edits
        self._last.move_to_end(view)
        while len(self._last) > _MOST_VIEWS:
            self._last.popitem(last=False)

    def overran(self, edits: tuple[Edit, ...], view: View, pixels: int, seconds: float) -> None:
        """It was stopped after so long, and would have taken longer."""
        kinds = self._anew(edits, view)
        self._taken.setdefault(kinds, deque(maxlen=_LATEST)).append(Taken(max(1, pixels), seconds, monotonic()))
        self._taken.move_to_end(kinds)
        while len(self._taken) > _MOST_KINDS:
            self._taken.popitem(last=False)

    def seconds(self, edits: tuple[Edit, ...], view: View, pixels: int) -> float:
        """How long a picture will probably take; the slowest of those that tell counts."""
        taken = self._taken.get(self._anew(edits, view))
        if not taken:
            return _UNKNOWN * pixels
        since = monotonic() - REMEMBERED
        recent = [each for each in taken if each.when > since] or [taken[-1]]
        near = [each for each in recent if each.tells(pixels)]
        return max(each.foretold(pixels) for each in near or recent)

    def coarser(self, edits: tuple[Edit, ...], view: View, pixels: int) -> int:
        """How many times smaller the first picture should be; 1: cook it as it is to be."""
        if pixels <= SMALL or not edits:  # a photo without edits is but shrunken
            return 1
        took = {times: self.seconds(edits, view, pixels // times**2) for times in COARSER}
        *fair, soonest = COARSER  # the last is too coarse to be worth being quick
        return next((n for limit in (QUICK, SOON) for n in fair if took[n] <= limit), soonest)

    def _anew(self, edits: tuple[Edit, ...], view: View) -> Kinds:
        """The kinds of edit from the first on that the last picture of this view did not have like this."""
        last = self._last.get(view, ())
        same = 0
        while same < min(len(last), len(edits)) and last[same] == edits[same]:
            same += 1
        return tuple(e.id for e in edits[same:])
