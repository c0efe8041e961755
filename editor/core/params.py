"""Params: the kinds of parameter an edit can have. The UI and the command line know these kinds, never the edits."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from editor.core.colourtext import kept
from editor.core.colourtext import rgb_of as rgb_of

LONGEST_PATH = 4096  # characters
OWN = "own"  # what Packshot's own network is called where a name has to be written
NETWORK_NAME = re.compile(r"(?!(?i:own)$)\w(?:[\w .+-]{0,62}[\w+-])?")


@dataclass(frozen=True)
class Kind:
    """Base of all kinds. `check` gives a value as it is kept, `parse` and `format` are its text on the command line."""

    title: str
    unit: str = field(default="", kw_only=True)

    def check(self, value: object) -> Any:
        """The value as it is kept. Raises ValueError with a sentence that says what is allowed."""
        raise NotImplementedError

    def parse(self, text: str) -> Any:
        """The value that `text` means on the command line. Raises ValueError."""
        raise NotImplementedError

    def format(self, value: object) -> str:
        """The text that `parse` takes."""
        return str(value)

    def brief(self, value: object) -> str:
        """The value in a few words or digits, for a person."""
        return self.format(value)

    @property
    def range(self) -> str:
        """What is allowed, in words."""
        raise NotImplementedError


@dataclass(frozen=True)
class Slider(Kind):
    """A number from `low` to `high` in `unit`; the control offers `soft_low` to `soft_high` and typing the rest.

    With `automatic` the edit may find the value itself: None, written "auto". A `renamable` one has a title that says
    little by itself, "Direction 1", and may be called something else by a person; the command line keeps its name.
    """

    low: float
    high: float
    soft_low: float | None = None
    soft_high: float | None = None
    digits: int = 2
    automatic: bool = False
    renamable: bool = False

    def check(self, value: object) -> float | None:
        if value is None and self.automatic:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float) or value != value:
            raise ValueError(f"{value!r} is not a number{' or auto' if self.automatic else ''}")
        if not self.low <= value <= self.high:
            shown = f"{value:g}" if isinstance(value, float) or abs(value) < 1e9 else "a huge number"
            raise ValueError(f"{shown} is not between {self.low:g} and {self.high:g}")
        return float(value)

    def parse(self, text: str) -> float | None:
        if self.automatic and text.strip().lower() == "auto":
            return None
        try:
            return self.check(float(text))
        except ValueError as error:
            raise ValueError(f"{text!r} is not a number" if "convert" in str(error) else str(error)) from None

    def format(self, value: object) -> str:
        return "auto" if value is None else f"{value:g}"

    @property
    def range(self) -> str:
        return f"{self.low:g} to {self.high:g}" + (" or auto" if self.automatic else "")


@dataclass(frozen=True)
class Angle(Slider):
    """Degrees. On the picture it may be set by a line that is to become level or upright."""


@dataclass(frozen=True)
class Toggle(Kind):
    """On or off."""

    def check(self, value: object) -> bool:
        if not isinstance(value, bool):
            raise ValueError(f"{value!r} is neither true nor false")
        return value

    def parse(self, text: str) -> bool:
        words = {
            "1": True,
            "true": True,
            "yes": True,
            "on": True,
            "0": False,
            "false": False,
            "no": False,
            "off": False,
        }
        if text.strip().lower() not in words:
            raise ValueError(f"{text!r} is neither on nor off")
        return words[text.strip().lower()]

    def format(self, value: object) -> str:
        return "on" if value else "off"

    @property
    def range(self) -> str:
        return "on or off"


@dataclass(frozen=True)
class Choice(Kind):
    """One of several words."""

    options: tuple[str, ...]

    def check(self, value: object) -> str:
        if value not in self.options:
            raise ValueError(f"{value!r} is none of {', '.join(self.options)}")
        return str(value)

    def parse(self, text: str) -> str:
        return self.check(text.strip())

    def format(self, value: object) -> str:
        return str(value)

    @property
    def range(self) -> str:
        return " | ".join(self.options)


@dataclass(frozen=True)
class Colour(Kind):
    """A colour in sRGB, "#rrggbb"; None where it is `optional` and none was chosen, written "none".

    A `wide` one may lie outside sRGB as well. It is taken in every notation that `rgb_of` takes, and kept as "#rrggbb"
    where it is one, else as "lab(L a b)" (`colourtext.kept`).
    """

    optional: bool = False
    wide: bool = False

    def check(self, value: object) -> str | None:
        if value is None and self.optional:
            return None
        if self.wide and isinstance(value, str):
            return kept(value)
        if not isinstance(value, str) or not re.fullmatch(r"#[0-9a-fA-F]{6}", value):
            raise ValueError(f"{value!r} is not a colour such as #d8c8b0{' or none' if self.optional else ''}")
        return value.lower()

    def parse(self, text: str) -> str | None:
        return self.check(None if self.optional and text.strip().lower() in ("none", "") else text.strip())

    def format(self, value: object) -> str:
        return "none" if value is None else str(value)

    @property
    def range(self) -> str:
        taken = ["#rrggbb", *(["rgb(R G B)", "lab(L a b)", "lch(L C h)", "oklch(L C h)"] if self.wide else [])]
        return " or ".join([*taken, "none"] if self.optional else taken)


@dataclass(frozen=True)
class File(Kind):
    """Another file, by its path; "" for none. Only its text is looked at here.

    `what` is what such files are called, "Looks", and `suffixes` are those that their names end in.
    """

    what: str = ""
    suffixes: tuple[str, ...] = ()

    def check(self, value: object) -> str:
        if not isinstance(value, str) or len(value) > LONGEST_PATH or any(ord(sign) < 32 for sign in value):
            raise ValueError(f"{value!r:.80} is not the path of a file")
        return value

    def parse(self, text: str) -> str:
        return self.check("" if text.strip().lower() == "none" else text)

    def format(self, value: object) -> str:
        return str(value) or "none"

    def brief(self, value: object) -> str:
        """The file's name."""
        return re.split(r"[/\\]", str(value))[-1] or "none"

    def takes(self, path: str) -> bool:
        """Whether it is a file of this kind, by its name."""
        return path.lower().endswith(self.suffixes)

    @property
    def range(self) -> str:
        return f"the path of a {' or '.join(self.suffixes)} file, or none"


@dataclass(frozen=True)
class Picture(File):
    """Another picture, by the path of its file; "" for none. An `example` is one that a photo is to become like."""

    example: bool = False

    @property
    def range(self) -> str:
        return "the path of a picture file, or none"


@dataclass(frozen=True)
class Network(Kind):
    """A network for a `task`, by the name it was added under; "" for Packshot's own."""

    task: str

    def check(self, value: object) -> str:
        if not isinstance(value, str) or not (value == "" or NETWORK_NAME.fullmatch(value)):
            raise ValueError(f"{value!r:.80} is not the name of a network")
        return value

    def parse(self, text: str) -> str:
        return self.check("" if text.strip().lower() in (OWN, "") else text.strip())

    def format(self, value: object) -> str:
        return str(value) or OWN

    def brief(self, value: object) -> str:
        return str(value) or "Packshot's own"

    @property
    def range(self) -> str:
        return f"own, or the name of a network for {self.task} that was added"


Param = Kind
Soft = tuple[float, float] | None


def slider(
    default: float, title: str, low: float, high: float, unit: str = "", *, soft: Soft = None, digits: int = 2,
    renamable: bool = False,
) -> Any:  # fmt: skip
    """Declares a number: an edit's field, its range and its default at once."""
    soft_low, soft_high = soft or (None, None)
    param = Slider(title, low, high, soft_low, soft_high, digits, renamable=renamable, unit=unit)
    return field(default=default, metadata={"param": param})


def automatic(
    title: str, low: float, high: float, unit: str = "", *, default: float | None = None, soft: Soft = None,
    digits: int = 2,
) -> Any:  # fmt: skip
    """Declares a number that the edit finds itself where it is None, as it is unless there is a `default`."""
    soft_low, soft_high = soft or (None, None)
    param = Slider(title, low, high, soft_low, soft_high, digits, automatic=True, unit=unit)
    return field(default=default, metadata={"param": param})


def toggle(default: bool, title: str) -> Any:
    return field(default=default, metadata={"param": Toggle(title)})


def choice(title: str, default: str, *others: str) -> Any:
    return field(default=default, metadata={"param": Choice(title, (default, *others))})


def angle(default: float, title: str, low: float, high: float, *, digits: int = 2) -> Any:
    return field(default=default, metadata={"param": Angle(title, low, high, digits=digits, unit="°")})


def colour(default: str | None, title: str, *, optional: bool = False, wide: bool = False) -> Any:
    """Declares a colour; a `wide` one may lie outside sRGB."""
    return field(default=default, metadata={"param": Colour(title, optional, wide)})


def network(title: str, task: str) -> Any:
    """Declares which network does a task; at first Packshot's own."""
    return field(default="", metadata={"param": Network(title, task)})


def picture(title: str, *, example: bool = False) -> Any:
    """Declares another picture that the edit needs; at first none."""
    return field(default="", metadata={"param": Picture(title, example=example)})


def file(title: str, what: str, *suffixes: str) -> Any:
    """Declares another file that the edit needs, one of those called `what` ("Looks"); at first none."""
    return field(default="", metadata={"param": File(title, what, suffixes)})
