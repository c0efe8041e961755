"""White balance: take the colour of the light out of a photo, by a grey point or by hand."""

from __future__ import annotations

import numpy as np

from editor.core.edit import Edit, Facts, Stage
from editor.core.image import Pixels
from editor.core.params import colour, rgb_of, slider
from editor.core.white import adapted, white_at, white_of
from editor.craft.transform import in_linear_light


class WhiteBalance(Edit):
    """In linear light, by Bradford's chromatic adaptation from the light that a photo was taken in to D65."""

    id = "white_balance"
    title = "White Balance"
    stage = Stage.TONE
    everyday = True

    neutral: str | None = colour(None, "Should be grey", optional=True)
    temperature: float = slider(0.0, "Temperature", -100, 100, digits=0)
    tint: float = slider(0.0, "Tint", -100, 100, digits=0)

    def colours(self, rgb: Pixels, facts: Facts | None) -> Pixels:
        white = white_at(self.temperature / 100, self.tint / 100)
        matrix = adapted(white)
        if self.neutral is not None:
            matrix = matrix @ adapted(white_of(rgb_of(self.neutral)))
        if np.allclose(matrix, np.eye(3), atol=1e-9):
            return rgb
        return in_linear_light(rgb, matrix)
