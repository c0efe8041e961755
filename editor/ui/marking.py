"""Marking: stars and colour labels on the photos that are selected in the film strip, by keys, clicks and menu."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, Signal

from editor.core.marks import LABELS, MOST_STARS, Marks
from editor.core.shot import Shot
from editor.ui.filmstrip import FilmStrip
from editor.ui.keeping import Keeping
from editor.ui.naming import label_name, shot_name, stars_name
from editor.ui.undoing import Undoing


class Marking(QObject):
    """The strip shows new marks at once; beside the photos they are written by `undoing`, as one step. `said` is a word
    on what has been done."""

    said = Signal(str)

    def __init__(self, strip: FilmStrip, keeping: Keeping, undoing: Undoing, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._strip, self._undoing = strip, undoing
        strip.rated.connect(self.rate)
        keeping.marked.connect(lambda shot, marks: strip.mark([shot], lambda before: marks))
        undoing.handed.connect(strip.handed)
        undoing.changed.connect(self._settle)

    def does(self) -> dict[str, Callable[[], object]]:
        """What the commands of the menu do, by name."""
        rates = {f"rate_{n}": partial(self._rate_selected, n) for n in range(MOST_STARS + 1)}
        labels = {f"label_{label or 'none'}": partial(self._label_selected, label) for label in LABELS}
        return {**rates, **labels}

    def rate(self, shots: Sequence[Shot], rating: int) -> None:
        """Give all of these so many stars."""
        self._mark(shots, lambda marks: replace(marks, rating=rating), stars_name(rating))

    def label(self, shots: Sequence[Shot], label: str) -> None:
        """Give all of these a label, or take it off where all of them have it."""
        if all(self._strip.marks(shot).label == label for shot in shots):
            label = ""
        self._mark(shots, lambda marks: replace(marks, label=label), label_name(label))

    def _rate_selected(self, rating: int) -> None:
        self.rate(self._strip.selected, rating)

    def _label_selected(self, label: str) -> None:
        self.label(self._strip.selected, label)

    def _mark(self, shots: Sequence[Shot], give: Callable[[Marks], Marks], told: str) -> None:
        if not shots:
            return
        self._strip.ahead = True
        self._strip.mark(shots, give)
        self._undoing.mark(shots, give, self.tr("Marking {} photos").format(len(shots)))
        which = shot_name(shots[0]) if len(shots) == 1 else self.tr("{} photos").format(len(shots))
        self.said.emit(self.tr("{}: {}").format(which, told))

    def _settle(self) -> None:
        """What has been written counts, if that was stopped or did not go well."""
        if self._strip.ahead and not self._undoing.busy:
            self._strip.ahead = False
            self._strip.listing.read()
