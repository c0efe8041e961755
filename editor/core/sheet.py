"""Sheet: what a sidecar says: the edits of a photo and its marks, as a text that a person can read."""

from __future__ import annotations

import json
from dataclasses import dataclass, field

from editor.core.concept import Concept
from editor.core.marks import UNMARKED, Marks
from editor.core.recipe import Recipe


@dataclass(frozen=True)
class Sheet:
    """A recipe, and the marks where they differ from those in the photo's own file. Raises ValueError as Marks does."""

    recipe: Recipe = field(default_factory=Recipe)
    rating: int | None = None  # None: as the photo's file says
    label: str | None = None
    name: str = ""  # what a virtual copy is called
    concept: Concept | None = None  # as far as the photo's file may say it too, so that the mark outlives its metadata

    def __post_init__(self) -> None:
        self.marks(UNMARKED)  # raises

    @staticmethod
    def of(recipe: Recipe, marks: Marks, own: Marks) -> Sheet:
        """`own` is what the photo's file says itself."""
        rating = None if marks.rating == own.rating else marks.rating
        label = None if marks.label == own.label else marks.label
        return Sheet(recipe, rating, label, marks.name, marks.concept)

    @property
    def empty(self) -> bool:
        """Whether there is nothing that a sidecar would be needed for."""
        return self == Sheet()

    def marks(self, own: Marks) -> Marks:
        """The photo's marks, where its file says `own`."""
        return Marks(
            own.rating if self.rating is None else self.rating, own.label if self.label is None else self.label,
            self.name, self.concept or own.concept,
        )  # fmt: skip

    def to_json(self) -> str:
        """The recipe's own text, with `rating`, `label`, `name` and `concept` in front of it where they are set."""
        said = (f"\n  {json.dumps(k)}: {json.dumps(v, ensure_ascii=False)}," for k, v in self.said)
        return "{" + "".join(said) + self.recipe.to_json()[1:]

    @property
    def said(self) -> tuple[tuple[str, object], ...]:
        """The marks that are set, by name."""
        concept = self.concept.to_dict() if self.concept else None
        marks = {"rating": self.rating, "label": self.label, "name": self.name or None, "concept": concept}
        return tuple((name, value) for name, value in marks.items() if value is not None)

    @staticmethod
    def from_json(text: str) -> Sheet:
        """The sheet that `to_json` wrote, or any recipe. Raises ValueError with one clear sentence for all else."""
        recipe = Recipe.from_json(text)
        data = json.loads(text)
        concept = Concept.from_dict(data.get("concept"))
        return Sheet(recipe, data.get("rating"), data.get("label"), data.get("name", ""), concept)
