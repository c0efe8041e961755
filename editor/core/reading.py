"""Reading: a line in which an edit says what has come of it, numbers apart from text, so that it can be translated."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Reading:
    """`text` as an edit declares it, with {} where `values` belong. One that `warns` is to be known before the picture
    is trusted."""

    text: str
    values: tuple[float, ...] = ()
    warns: bool = False

    def __str__(self) -> str:
        return self.text.format(*self.values)
