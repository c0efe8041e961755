"""Geometry: rectangles of whole pixels, and how the size of a photo shrinks with its scale."""

from __future__ import annotations

from typing import NamedTuple


class Region(NamedTuple):
    """A rectangle of whole pixels: the left and top edge, width and height."""

    x: int
    y: int
    width: int
    height: int

    @property
    def right(self) -> int:
        return self.x + self.width

    @property
    def bottom(self) -> int:
        return self.y + self.height

    @property
    def empty(self) -> bool:
        return self.width <= 0 or self.height <= 0

    def grow(self, margin: int) -> Region:
        """This region with `margin` pixels more on every side."""
        return Region(self.x - margin, self.y - margin, self.width + 2 * margin, self.height + 2 * margin)

    def clip(self, other: Region) -> Region:
        """What this region shares with `other`; empty where they do not touch."""
        x, y = max(self.x, other.x), max(self.y, other.y)
        return Region(x, y, min(self.right, other.right) - x, min(self.bottom, other.bottom) - y)

    def align(self, grid: int) -> Region:
        """The smallest region around this one whose edges lie on multiples of `grid`."""
        x, y = self.x // grid * grid, self.y // grid * grid
        return Region(x, y, -(-self.right // grid) * grid - x, -(-self.bottom // grid) * grid - y)

    def holds(self, other: Region) -> bool:
        """Whether `other` lies wholly inside."""
        return self.x <= other.x and self.y <= other.y and other.right <= self.right and other.bottom <= self.bottom

    def tiles(self, side: int) -> list[Region]:
        """This region cut into squares of `side` pixels, row by row; the last ones are smaller."""
        return [
            Region(x, y, side, side).clip(self)
            for y in range(self.y, self.bottom, side)
            for x in range(self.x, self.right, side)
        ]


def scaled(size: tuple[int, int], scale: float) -> tuple[int, int]:
    """Width and height of a photo of `size` at `scale`; never less than one pixel."""
    return max(1, round(size[0] * scale)), max(1, round(size[1] * scale))
