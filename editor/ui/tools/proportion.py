"""Proportion: the ratio that a rectangle on the picture is held to."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from editor.core.drawn import WHOLE, Rectangle
from editor.core.edit import Edit, Stage
from editor.core.photo import Photo
from editor.core.recipe import Recipe
from editor.core.warp import Size
from editor.ui.tools.boxes import Box, on_pixels, shaped
from editor.ui.tools.ground import Ground

FREE, AS_PHOTO = "free", "photo"
RATIOS: dict[str, float | None] = {FREE: None, "1:1": 1.0, "4:5": 5 / 4, "3:4": 4 / 3, "16:9": 16 / 9, AS_PHOTO: None}


class Proportion(QObject):
    """One of `RATIOS`, lying or upright. A rectangle's own, as long as nobody has chosen another for it."""

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
        self.upright = not self.upright
        self.changed.emit()

    def ratio(self, size: Size, photo: Size) -> float | None:
        """Width to height, in a picture of `size` made from a `photo`; None where it is free."""
        return _ratio(self.name, self.upright, size, photo)

    def suit(self, ground: Ground) -> None:
        """Become what a rectangle has, so that it is not bent when it is taken into the hand."""
        before = self.name, self.upright
        self.name, self.upright = found(ground, self.name)
        if before != (self.name, self.upright):
            self.changed.emit()


def found(ground: Ground, first: str = FREE) -> tuple[str, bool]:
    """Which of `RATIOS` a rectangle has, give or take a pixel, and whether upright; `first` where it has several."""
    if ground.value == WHOLE:
        return FREE, False
    width, height = (v * side for v, side in zip(ground.value[2:], ground.size, strict=True))
    for name in (first, *RATIOS):
        for upright in (False, True):
            ratio = _ratio(name, upright, ground.size, ground.photo.size)
            if ratio and (abs(width - height * ratio) <= 1 or abs(height - width / ratio) <= 1):
                return name, upright
    return FREE, False


def keeping(photo: Photo, before: Recipe, edit: Edit) -> Edit:
    """`edit` so that a rectangle which had one of `RATIOS` in the recipe `before` has it still.

    It has lost it where the picture that it lies on is of another shape now. It stays as large as it was.
    """
    for name, param in type(edit).params().items():
        framing = edit.stage is Stage.FRAME and isinstance(param, Rectangle)
        if not framing or before.get(*edit.key) is None:
            continue
        was = Ground.within(photo, before, edit.key, name)
        now = Ground.within(photo, before.put(edit), edit.key, name)
        had = found(was)
        if had[0] == FREE or now.value == WHOLE or found(now, had[0])[0] == had[0]:
            continue
        ratio = _ratio(*had, now.size, photo.size)
        if ratio and was.value == now.value:
            (x, y, width, height), (across, down) = now.value, now.size
            box = shaped(Box(x * across, y * down, width * across, height * down), ratio, now.size)
            x, y, width, height = on_pixels(box, now.size, ratio)
            held = now.with_value((x / across, y / down, width / across, height / down))
            edit = held or edit
    return edit


def _ratio(name: str, upright: bool, size: Size, photo: Size) -> float | None:
    if name == FREE:
        return None
    if name == AS_PHOTO:
        wide = max(photo) / min(photo)
        lying = (size[0] >= size[1]) != upright
        return wide if lying else 1 / wide
    wide = RATIOS[name] or 1.0
    return 1 / wide if upright else wide
