"""History: every step that the edits of a photo have gone through, and at which of them it stands."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from editor.core.recipe import Recipe

LIMIT = 1000  # steps that are remembered of a photo


@dataclass(frozen=True)
class Step:
    """A recipe and how it came about."""

    recipe: Recipe = field(default_factory=Recipe)
    act: str = ""  # what cannot be told from the recipes before and after: "paste", "preset:Warm", "open" ...
    when: float = 0.0  # seconds since 1970 at which it was begun; 0: before anybody looked. No two steps share one


@dataclass(frozen=True)
class History:
    """Steps from the oldest to the newest, with those that redo would bring back after `position`. Never empty."""

    steps: tuple[Step, ...] = (Step(),)
    position: int = 0

    def __post_init__(self) -> None:
        if not 0 <= self.position < len(self.steps):
            raise IndexError(f"there is no step {self.position} among {len(self.steps)}")

    @property
    def step(self) -> Step:
        """The one it stands at."""
        return self.steps[self.position]

    def then(self, step: Step) -> History:
        """A step further; what could have been redone is gone, and so is the oldest step of more than LIMIT."""
        steps = (*self.steps[: self.position + 1], step)[-LIMIT:]
        return History(steps, len(steps) - 1)

    def amended(self, recipe: Recipe) -> History:
        """The step it stands at has another outcome, as while a slider is dragged."""
        return History((*self.steps[: self.position], replace(self.step, recipe=recipe)), self.position)

    def at(self, position: int) -> History:
        """Standing at another step. Raises IndexError."""
        return replace(self, position=position)

    def retracted(self, tail: tuple[Step, ...] = ()) -> History:
        """As if the step it stands at had never been made; `tail` is what redo would have brought back before it."""
        if not self.position:
            return self
        return History((*self.steps[: self.position], *tail), self.position - 1)

    def settled(self) -> History:
        """Without the step it stands at, if that is the newest and leaves all as it was before."""
        last = self.position == len(self.steps) - 1
        if last and self.position and self.step.recipe == self.steps[self.position - 1].recipe:
            return History(self.steps[:-1], self.position - 1)
        return self

    def caught_up(self, step: Step, among: int = 0) -> History:
        """With `step` as the one it stands at, as a journal tells it: known already, amended, or new.

        `among` is how many steps there were then; 0: not told.
        """
        if step in self.steps:
            now = self.at(self.steps.index(step))
        elif step.when and step.when == self.step.when:
            now = self.amended(step.recipe)
        else:
            now = self.then(step)
        return History(now.steps[: max(among, now.position + 1)], now.position) if among else now
