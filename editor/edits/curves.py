"""Curves: what becomes of dark, middle and light tones, by points; of all light, and of each colour by itself."""

from __future__ import annotations

from itertools import pairwise

from editor.core.curve import STRAIGHT, Knots, curve, line
from editor.core.edit import Edit, Facts, Stage
from editor.core.image import Pixels
from editor.craft.curve import Table, table
from editor.craft.strips import in_strips
from editor.craft.tone import toned


class Curves(Edit):
    """Luminance first, in which colours keep their hue, then red, green and blue. Beyond 0..1 they go on straight."""

    id = "curves"
    title = "Curves"
    stage = Stage.TONE
    order = 30

    luma: Knots = curve("Luminance")
    red: Knots = curve("Red", "red")
    green: Knots = curve("Green", "green")
    blue: Knots = curve("Blue", "blue")

    def colours(self, rgb: Pixels, facts: Facts | None) -> Pixels:
        if (luma := _table(self.luma)) is not None:
            falls = any(after < before for (_, before), (_, after) in pairwise(self.luma))
            rgb = toned(rgb, luma.of, luma.travel().of if falls else None)
        channels = tuple(map(_table, (self.red, self.green, self.blue)))
        if not any(channels):
            return rgb

        def bent(strip: Pixels) -> Pixels:
            out = strip.copy()
            for number, each in enumerate(channels):
                if each is not None:
                    out[..., number] = each.of(strip[..., number])
            return out

        return in_strips(bent, rgb)


def _table(knots: Knots) -> Table | None:
    """What is looked up; None for a curve that changes nothing."""
    return None if knots == STRAIGHT else table(line(knots))
