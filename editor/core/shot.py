"""Shot: one frame of the film strip: a photo's file with its own edits, or a virtual copy of it with others."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple


class Shot(NamedTuple):
    """A photo file and the number of its virtual copy; 0 is the photo itself."""

    path: Path
    copy: int = 0

    @property
    def name(self) -> str:
        """What it is called in lists: "shoe.jpg", a copy "shoe.jpg (2)"."""
        return f"{self.path.name} ({self.copy})" if self.copy else self.path.name
