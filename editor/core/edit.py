"""Edit: one adjustment of a photo, as a value."""

from __future__ import annotations

import unicodedata
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from enum import IntEnum, auto
from typing import Any, ClassVar, dataclass_transform

from editor.core.curve import curve
from editor.core.drawn import Points, Rectangle, Strokes, points, rectangle, strokes
from editor.core.geometry import Region
from editor.core.image import Image, Pixels
from editor.core.job import Job
from editor.core.look import Look as Look
from editor.core.model import Models
from editor.core.origin import COMPOSITE as COMPOSITE
from editor.core.origin import ENHANCED as ENHANCED
from editor.core.origin import SOURCES as SOURCES
from editor.core.params import File, Param, angle, automatic, choice, colour, file, network, picture, slider, toggle
from editor.core.reading import Reading as Reading
from editor.core.warp import Warp

LONGEST_NAME = 100  # characters
_UNPRINTABLE = ("Cc", "Cs", "Zl", "Zp")  # Unicode's control characters, lone surrogates, separators of lines


class Stage(IntEnum):
    """Where in a recipe an edit belongs; recipes keep their edits in this order."""

    FRAME = auto()
    RESTORE = auto()
    CUTOUT = auto()
    TONE = auto()
    DESIGN = auto()
    DETAIL = auto()
    SCENE = auto()


class Facts:
    """Base of what `Edit.study` finds out. A frozen value."""

    note: str = ""  # what a person should know before trusting the picture, in a sentence; empty: nothing

    @property
    def nbytes(self) -> int:
        """What it takes to remember."""
        return 0


@dataclass(frozen=True)
class Framing(Facts):
    """What `apply` of an edit that frames a picture anew is told: where pixels come from, and what is wanted."""

    warp: Warp
    region: Region  # of the framed picture, in pixels at `scale`
    studied: Facts | None = None  # what the edit has found out, if it asked
    scale: float | None = None  # of the framed picture; None: that of the picture that is given


@dataclass(frozen=True)
class Explored:
    """What of a kind of edit somebody varies who explores what could be: `axes`, the sliders that are in standard
    deviations; `partner`, another picture that is blended in, by the slider `share`; empty where there is none."""

    axes: tuple[str, ...]
    partner: str = ""
    share: str = ""


@dataclass_transform(
    frozen_default=True,
    kw_only_default=True,
    field_specifiers=(
        slider, automatic, angle, toggle, choice, colour, picture, file, network, curve, rectangle, points, strokes,
    ),
)  # fmt: skip
@dataclass(frozen=True, kw_only=True)
class Edit:
    """Base of all edits. A subclass is its own documentation: its fields are its parameters.

    Edits are frozen and hashable: a changed edit is a new edit, and equal edits render alike. Making one with a
    value out of range raises ValueError with a sentence that names edit, parameter and range.
    """

    id: ClassVar[str]
    title: ClassVar[str]
    stage: ClassVar[Stage]
    order: ClassVar[int] = 0  # among the edits of its stage; those alike go by name
    version: ClassVar[int] = 1
    notes: ClassVar[tuple[str, ...]] = ()  # the sentences that `Facts.note` of its studies may be
    readings: ClassVar[tuple[str, ...]] = ()  # the texts that what `reading` gives may have
    everyday: ClassVar[bool] = False  # nearly every photo gets it: its controls are shown before it is switched on
    brings_colour: ClassVar[bool] = True  # whether a grey photo may have colours after it
    digital_source: ClassVar[str] = ""  # one of SOURCES: what a picture becomes by this edit; empty: a photo as before
    explored: ClassVar[Explored | None] = None  # what an explorer of variations may change; None: nothing
    kinds: ClassVar[dict[str, type[Edit]]] = {}

    name: str = ""  # several of a kind: recolor "sole", recolor "laces"

    def __init_subclass__(cls) -> None:
        dataclass(frozen=True, kw_only=True)(cls)
        if Edit.kinds.setdefault(cls.id, cls).__qualname__ != cls.__qualname__:
            raise TypeError(f"two edits are called {cls.id!r}")

    def __post_init__(self) -> None:
        if not isinstance(self.name, str):
            raise ValueError(f"{self.id}: name {self.name!r} is not a text")
        if len(self.name) > LONGEST_NAME:
            raise ValueError(f"{self.id}: a name of {len(self.name)} characters is longer than {LONGEST_NAME}")
        if any(map(_unprintable, self.name)):
            raise ValueError(f"{self.id}: name {self.name!a} has characters in it that cannot be printed")
        for name, param in self.params().items():
            try:
                object.__setattr__(self, name, param.check(getattr(self, name)))
            except ValueError as error:
                raise ValueError(f"{self.id}: {name} {error}") from None

    @property
    def key(self) -> tuple[str, str]:
        """What there is one of in a recipe: the kind and the name."""
        return self.id, self.name

    @property
    def place(self) -> tuple[Stage, int, str, str]:
        """Where it stands among the edits of a recipe: they are cooked in this order."""
        return self.stage, self.order, self.id, self.name

    @classmethod
    def params(cls) -> dict[str, Param]:
        """The parameters by name, in the order they are declared."""
        return {f.name: f.metadata["param"] for f in fields(cls) if "param" in f.metadata}

    @classmethod
    def tied(cls) -> bool:
        """Whether it is all about places on one picture, so that on another photo it would mostly be wrong: it frames
        the picture by what is drawn there, or acts only where a brush without marks has been."""
        drawn = [cls.params()[name] for name in cls._drawn()]
        return bool(drawn) if cls.stage is Stage.FRAME else any(isinstance(p, Strokes) and not p.marks for p in drawn)

    @classmethod
    def _drawn(cls) -> tuple[str, ...]:
        """The parameters that are set on the picture itself."""
        return tuple(name for name, p in cls.params().items() if isinstance(p, Rectangle | Points | Strokes))

    def without_drawn(self) -> Edit:
        """This edit with its settings alone, as another photo can have it: what was drawn on the picture (a box, pins,
        strokes) is as it comes. One that is `tied` would be nothing without: itself."""
        if self.tied() or not self._drawn():
            return self
        plain = type(self)()
        changes: dict[str, Any] = {name: getattr(plain, name) for name in self._drawn()}
        return replace(self, **changes)

    @property
    def files(self) -> tuple[str, ...]:
        """The paths of other files, pictures and looks, that its values name."""
        kinds = self.params().items()
        return tuple(path for name, kind in kinds if isinstance(kind, File) and (path := getattr(self, name)))

    @classmethod
    def upgrade(cls, values: dict[str, Any], version: int) -> dict[str, Any]:
        """Bring the values an older `version` wrote up to today's."""
        return values

    def reach(self, scale: float) -> int:
        """How many pixels around a region `apply` must see at `scale`."""
        return 0

    def warp(self, size: tuple[int, int]) -> Warp | None:
        """How this edit frames a picture of `size` (pixels at full size) anew; None: it leaves the frame as it is.

        Where it is not None, `apply` is given a `Framing` and returns its region. Where the edit studies the picture as
        well, this has the right size, while `placed` says where on it things come to lie.
        """
        return None

    def placed(self, size: tuple[int, int], facts: Facts | None) -> Warp | None:
        """`warp`, with what the edit has found out; of the same size."""
        return self.warp(size)

    def transparent(self, before: bool) -> bool:
        """Whether the picture may have alpha after this edit, where it has some (`before`) or not."""
        return before

    def staged(self, param: str) -> Edit:
        """This edit as it is to be shown while `param` is being set on the picture."""
        return self

    def before(self) -> Edit | None:
        """What of this edit the picture "before" has as well, so that the two lie upon each other; None: nothing."""
        return self if self.stage == Stage.FRAME else None

    def idle(self) -> frozenset[str]:
        """The names of parameters that change nothing, whatever their value, as long as the others stand as they do.

        It goes by what a person chooses between, not by amounts: a control that comes and goes under a slider that is
        being dragged is worse than one that does nothing.
        """
        return frozenset()

    def overlaid(self) -> Edit:
        """This edit so that it marks the product on the photo, if it is one that finds it."""
        return self

    def settled(self, size: tuple[int, int]) -> Edit:
        """This edit with its values as they take effect on a picture of `size`."""
        return self

    def with_value(self, name: str, value: object) -> Edit:
        """This edit as it is once a person has given parameter `name` another value; what hangs on it may follow.

        Raises ValueError where it does not take the value.
        """
        changes: dict[str, Any] = {name: value}
        return replace(self, **changes)

    def turned(self, quarters: int) -> Edit:
        """This edit so that the picture it frames comes out turned by quarters, clockwise; itself where it cannot."""
        return self

    def mirrored(self, *, down: bool) -> Edit:
        """So that it comes out mirrored, left for right or upside `down`; itself where it cannot."""
        return self

    def question(self) -> Hashable | None:
        """What of this edit's values its study depends on; None if it has nothing to study."""
        return None

    def study(self, look: Look, models: Models, job: Job) -> Facts | None:
        """Find out, once for a photo and the edits before this one, what `apply` needs to know of the whole picture."""
        return None

    def changes_nothing(self, facts: Facts | None) -> bool:
        """Whether `apply`, told these facts, leaves every picture as it is. Colours show by themselves whether they do:
        `colours` gives back the very array then."""
        return False

    def origin(self) -> str:
        """What a picture becomes by it with the values it has, one of SOURCES; "" where they ask for nothing."""
        asks = self.question() is not None or not self.changes_nothing(None)
        return self.digital_source if asks else ""

    def reading(self, facts: Facts | None) -> tuple[Reading, ...]:
        """What has come of it with the values it has now, told these facts, a line each; quick enough to be shown while
        a value is dragged."""
        return ()

    def colours(self, rgb: Pixels, facts: Facts | None) -> Pixels | None:
        """What it makes of colours, float32 (h, w, 3), wherever in the picture they are; None where that hangs on the
        place as well, or on what is around. An edit that does nothing else needs no `apply`, and can be kept as a
        look-up table. One that does this and more gives the part that holds everywhere."""
        return None

    def apply(self, image: Image, facts: Facts | None, models: Models, job: Job) -> Image:
        """Return the edited image, of the same region. Must not look at anything but its arguments."""
        job.progress(0)
        rgb = self.colours(image.rgb, facts)
        if rgb is None:
            raise NotImplementedError(f"{self.id} neither applies nor gives colours")
        job.progress(1)
        return image if rgb is image.rgb else image.with_rgb(rgb)

    def to_dict(self) -> dict[str, Any]:
        values = {name: _plain(getattr(self, name)) for name in self.params()}
        named = {"name": self.name} if self.name else {}
        return {"edit": self.id, "version": self.version, **named, **values}

    @staticmethod
    def from_dict(data: object) -> Edit:
        """The edit that `to_dict` wrote. Raises ValueError with a sentence for anything else."""
        if not isinstance(data, Mapping) or "edit" not in data:
            raise ValueError("an edit is an object with the key 'edit'")
        values = dict(data)
        kind = kind_of(values.pop("edit"))
        version = values.pop("version", kind.version)
        if type(version) is not int or version < 1:
            raise ValueError(f"{kind.id}: version {version!r} is not a number from 1 on")
        if version > kind.version:
            raise ValueError(f"{kind.id}: written by a newer Packshot (version {version}, known is {kind.version})")
        values = kind.upgrade(values, version)
        unknown = sorted(set(values) - set(kind.params()) - {"name"})
        if unknown:
            raise ValueError(f"{kind.id} has no {', '.join(map(repr, unknown))}; it has {', '.join(kind.params())}")
        return kind(**values)


def fitting_name(text: str) -> str:
    """What of a text can be an edit's name."""
    return "".join(sign for sign in text if not _unprintable(sign))[:LONGEST_NAME]


def _unprintable(sign: str) -> bool:
    return unicodedata.category(sign) in _UNPRINTABLE


def kind_of(name: object) -> type[Edit]:
    """The kind of edit called `name`. Raises ValueError, naming the ones there are."""
    if not isinstance(name, str) or name not in Edit.kinds:
        raise ValueError(f"unknown edit {name!r}; there are {', '.join(sorted(Edit.kinds)) or 'none'}")
    return Edit.kinds[name]


def taker_of(path: str) -> tuple[type[Edit], str] | None:
    """The kind of edit, and its parameter, that takes files of such a name; None where none does. Pictures are photos
    first of all, and no edit's."""
    for kind in Edit.kinds.values():
        for name, param in kind.params().items():
            if isinstance(param, File) and param.takes(path):
                return kind, name
    return None


def _plain(value: Any) -> Any:
    """A value as JSON has it: strokes as objects. Their points are not copied, for there are many."""
    if isinstance(value, tuple) and value and is_dataclass(value[0]):
        return [{f.name: v for f in fields(item) if (v := getattr(item, f.name)) != ""} for item in value]
    return value
