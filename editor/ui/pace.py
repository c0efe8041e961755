"""Pace: how long pictures take here and now, and so how coarse the first one of a new recipe should be."""

from __future__ import annotations

from collections import OrderedDict

from editor.core.edit import Edit
from editor.core.engine import View

QUICK = 0.03  # seconds in which a picture comes so soon that no coarser one needs to come first
SOON = 0.3  # and in which a coarse one should come where even that takes long
SMALL = 250_000  # pixels that are cooked at once, whatever it takes
COARSER = (1, 2, 4, 8)  # times smaller than the screen
_UNKNOWN = 1e-6  # seconds for a pixel of what was never cooked: a network, perhaps
_START = 0.004  # seconds that even the smallest picture takes
_MOST_RATES = 256
_LATEST = 4  # pictures that count; the slowest of them, since it depends on what else the machine does
_MOST_VIEWS = 8

Kinds = tuple[str, ...]


class Pace:
    """Learns from what was cooked how many seconds a pixel takes, by the edits that had to be cooked anew."""

    def __init__(self) -> None:
        self._rates: OrderedDict[Kinds, tuple[float, ...]] = OrderedDict()
        self._last: OrderedDict[View, tuple[Edit, ...]] = OrderedDict()

    def learn(self, edits: tuple[Edit, ...], view: View, pixels: int, seconds: float) -> None:
        """So many pixels of a picture with these edits took so long."""
        self._note(self._anew(edits, view), pixels, seconds)
        self._last[view] = edits
        self._last.move_to_end(view)
        for kept, most in ((self._rates, _MOST_RATES), (self._last, _MOST_VIEWS)):
            while len(kept) > most:
                kept.popitem(last=False)

    def overran(self, edits: tuple[Edit, ...], view: View, pixels: int, seconds: float) -> None:
        """It was stopped after so long, and would have taken longer."""
        self._note(self._anew(edits, view), pixels, seconds)

    def seconds(self, edits: tuple[Edit, ...], view: View, pixels: int) -> float:
        """How long a picture will probably take."""
        return _START + max(self._rates.get(self._anew(edits, view), (_UNKNOWN,))) * pixels

    def coarser(self, edits: tuple[Edit, ...], view: View, pixels: int) -> int:
        """How many times smaller the first picture should be; 1: cook it as it is to be."""
        if pixels <= SMALL or not edits:  # a photo without edits is but shrunken
            return 1
        took = {times: self.seconds(edits, view, pixels // times**2) for times in COARSER}
        *fair, soonest = COARSER  # the last is too coarse to be worth being quick
        return next((n for limit in (QUICK, SOON) for n in fair if took[n] <= limit), soonest)

    def _note(self, kinds: Kinds, pixels: int, seconds: float) -> None:
        rate = max(0.0, seconds - _START) / max(1, pixels)
        self._rates[kinds] = (*self._rates.get(kinds, ()), rate)[-_LATEST:]
        self._rates.move_to_end(kinds)

    def _anew(self, edits: tuple[Edit, ...], view: View) -> Kinds:
        """The kinds of edit from the first on that the last picture of this view did not have like this."""
        last = self._last.get(view, ())
        same = 0
        while same < min(len(last), len(edits)) and last[same] == edits[same]:
            same += 1
        return tuple(e.id for e in edits[same:])
