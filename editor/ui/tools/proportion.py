"""Proportion: the ratio that a rectangle on the picture is held to."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from editor.core.warp import Size

FREE, AS_PHOTO = "free", "photo"
RATIOS: dict[str, float | None] = {FREE: None, "1:1": 1.0, "4:5": 5 / 4, "3:4": 4 / 3, "16:9": 16 / 9, AS_PHOTO: None}
_ALIKE = 0.004  # ratios that differ by no more, which whole pixels bring about


class Proportion(QObject):
    """One of `RATIOS`, lying or upright. It is the person's, not the document's."""

    changed = Signal()
    chosen = Signal()  # by the person: the rectangle is to take it on

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.name, self.upright = FREE, False

    def choose(self, name: str, *, upright: bool | None = None) -> None:
        """Hold to `name` from now on; 4:5 and 3:4 are upright unless the opposite is asked for."""
        self.name = name
        self.upright = name in ("4:5", "3:4") if upright is None else upright
        self.changed.emit()
        self.chosen.emit()

    def turn(self) -> None:
        """From lying to upright, and back."""
        self.choose(self.name, upright=not self.upright)

    def ratio(self, size: Size, photo: Size) -> float | None:
        """Width to height, in a picture of `size` made from a `photo`; None where it is free."""
        if self.name == FREE:
            return None
        if self.name == AS_PHOTO:
            wide = max(photo) / min(photo)
            lying = (size[0] >= size[1]) != self.upright
            return wide if lying else 1 / wide
        wide = RATIOS[self.name] or 1.0
        return 1 / wide if self.upright else wide

    def suit(self, width: float, height: float, size: Size, photo: Size) -> None:
        """Become what a box already has, so that it is not bent when it is taken into the hand."""
        if (held := self.ratio(size, photo)) is None or abs(width / height / held - 1) < _ALIKE:
            return
        self.name, self.upright = FREE, False
        for name in (n for n in RATIOS if n != FREE):
            for upright in (False, True):
                self.name, self.upright = name, upright
                if (found := self.ratio(size, photo)) and abs(width / height / found - 1) < _ALIKE:
                    self.changed.emit()
                    return
        self.name, self.upright = FREE, False
        self.changed.emit()
