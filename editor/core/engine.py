"""Engine: cooks a recipe, just the part of the photo and the size that somebody asked for."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Lock
from typing import Any
from weakref import WeakSet

from editor.core.edit import Edit, Facts, Framing, Look, Stage
from editor.core.formats import PhotoError
from editor.core.geometry import Region, scaled
from editor.core.image import Image
from editor.core.job import Cancelled, Job
from editor.core.memory import Memory, Sized
from editor.core.model import Models
from editor.core.photo import Photo
from editor.core.recall import Recall
from editor.core.recipe import Recipe
from editor.core.sidecar import kept_sheet, sidecar_path
from editor.core.warp import Warp

GRID = 32  # regions start on multiples of this: a network with strides sees the photo in one phase, however it is cut
FACTS_KEPT = 256
FACTS_BYTES = 96 << 20
PICTURES_BYTES = 128 << 20  # of other pictures that values of edits name
FILES_BYTES = 64 << 20  # of what was made of other files
LONGEST_FILE = 64 << 20  # bytes; longer ones are not read
BESIDE = 2048  # pixels on the long side that another picture is read at
Stamp = tuple[int, ...]
LEAST = 64  # pixels on the long side that a picture which is shrunk is read with
_TAPS = 4  # pixels around a point that an edit which frames a picture anew may look at; shrunk, as many of its own


@dataclass(frozen=True)
class View:
    """What is asked for: `scale` (0 < scale <= 1) and a region of the framed picture in pixels at that scale; None is
    all of it."""

    scale: float = 1.0
    region: Region | None = None


class Engine:
    """Renders recipes and remembers its steps, so that a changed edit costs only what follows it.

    `memory` is how many bytes it may keep, half for steps and half for what networks made. It may be called from
    several threads.
    """

    def __init__(self, models: Models, memory: int = 512 << 20) -> None:
        self.memory = memory
        self.models = Recall(models, memory // 2) if memory else models
        self._steps: Memory[Image] = Memory(memory - memory // 2)
        self._facts: OrderedDict[tuple[object, ...], Facts | None] = OrderedDict()
        self._pictures: Memory[Image] = Memory(PICTURES_BYTES)
        self._files: Memory[Sized] = Memory(FILES_BYTES)
        self._seen: dict[str, Stamp] = {}  # as those pictures and files were when last asked for
        self._gone: WeakSet[Photo] = WeakSet()  # closed, though work on them may still be under way
        self._lock = Lock()

    def render(self, photo: Photo, recipe: Recipe, view: View, job: Job) -> Image:
        """The part of the cooked photo that `view` names. Raises Cancelled, or what an edit raises."""
        self._begin(photo, recipe.active, job)
        return self._cook(photo, recipe.active, view, job)

    def facts(self, photo: Photo, recipe: Recipe, edit: Edit, job: Job) -> Facts | None:
        """What `edit`, a part of `recipe`, found out about the picture; None if it studies nothing."""
        active = recipe.active
        self._begin(photo, active, job)
        return self._study(photo, active[: active.index(edit)], edit, job)

    def allow(self, memory: int) -> None:
        """Keep at most `memory` bytes from now on."""
        self.memory = memory
        self._steps.resize(memory - memory // 2)
        if isinstance(self.models, Recall):
            self.models.results.resize(memory // 2)

    def forget(self, photo: Photo) -> None:
        """Drop all that is remembered of a photo that was closed; what is under way adds nothing to it any more."""
        with self._lock:
            self._gone.add(photo)
            self._steps.drop(lambda key: key[0] is photo)
            for key in [k for k in self._facts if k[0] is photo]:
                del self._facts[key]

    def _begin(self, photo: Photo, edits: tuple[Edit, ...], job: Job) -> None:
        """Somebody asks for a photo, so it is open, again perhaps. Raises Cancelled.

        Where another file that an edit names has changed, all is made anew.
        """
        with self._lock:
            if job.cancelled:
                raise Cancelled
            self._gone.discard(photo)
            for path in {path for edit in edits for path in edit.files}:
                now = (*stamp(path), *stamp(sidecar_path(Path(path))))
                if self._seen.setdefault(path, now) != now:
                    self._seen[path] = now
                    self._steps.drop(lambda key: True)
                    self._facts.clear()

    def _keep(self, photo: Photo, rest: tuple[object, ...], image: Image, job: Job) -> None:
        """Remember a step. Raises Cancelled."""
        with self._lock:
            if job.cancelled:
                raise Cancelled
            if photo not in self._gone:
                self._steps.keep((photo, *rest), image)

    def _cook(self, photo: Photo, edits: tuple[Edit, ...], view: View, job: Job) -> Image:
        warps = [Warp.none(photo.size)]  # warps[k] is of the picture once the first k edits are cooked
        steps = []
        for index, edit in enumerate(edits):
            step = edit.warp(warps[-1].size)
            if step and edit.question() is not None:
                step = edit.placed(step.source, self._study(photo, edits[:index], edit, job.quiet()))
            steps.append(step)
            warps.append(warps[-1].then(step) if step else warps[-1])
        scales = [view.scale]  # of the picture once the first k edits are cooked: what is shrunk later needs less
        for step in reversed(steps):
            least = min(scales[0], LEAST / max(step.source)) if step else 0.0
            scales.insert(0, min(1.0, max(scales[0] * step.fineness, least)) if step else scales[0])
        wholes = [Region(0, 0, *scaled(warp.size, scale)) for warp, scale in zip(warps, scales, strict=True)]
        wanted = wholes[-1] if view.region is None else view.region.clip(wholes[-1])
        if wanted.empty:
            raise ValueError(f"{view} shows nothing of a picture of {warps[-1].size}")
        areas = [wanted]  # areas[k] is what must be there once the first k edits are cooked
        for k in reversed(range(len(edits))):
            reach = edits[k].reach(scales[k])
            if step := steps[k]:
                around = areas[0].grow(_TAPS) if step.is_affine else areas[0]  # shrunk, a kernel covers more pixels
                areas.insert(0, step.needs(around, scales[k + 1], reach + _TAPS, scales[k]))
            else:
                areas.insert(0, areas[0].grow(reach).align(GRID).clip(wholes[k]) if reach else areas[0])
        done = len(edits)
        while (image := self._steps.find((photo, scales[done], areas[done], edits[:done]))) is None and done:
            done -= 1
        if image is None:
            image = replace(photo.at(scales[0], areas[0]), warp=warps[0])
            if edits:  # reading and shrinking it again takes longer than many an edit
                self._keep(photo, (scales[0], areas[0], ()), image, job)
        for i in range(done, len(edits)):
            part = job.part(i - done, len(edits) - done)
            part.progress(0)
            facts = self._study(photo, edits[:i], edits[i], part.quiet())
            if framed := steps[i]:
                image = edits[i].apply(image, Framing(framed, areas[i + 1], facts, scales[i + 1]), self.models, part)
                image = replace(image, warp=warps[i + 1])
            else:
                image = edits[i].apply(image, facts, self.models, part)
            image = image.crop(areas[i + 1])
            self._keep(photo, (scales[i + 1], areas[i + 1], edits[: i + 1]), image, job)
        job.progress(1)
        return image

    def _study(self, photo: Photo, before: tuple[Edit, ...], edit: Edit, job: Job) -> Facts | None:
        question = edit.question()
        if question is None:
            return None
        key = (photo, before, edit.key, question)
        with self._lock:
            if key in self._facts:
                self._facts.move_to_end(key)
                return self._facts[key]
        facts = edit.study(self._look(photo, before, job), self.models, job)
        with self._lock:
            if photo not in self._gone:
                self._facts[key] = facts
            while len(self._facts) > FACTS_KEPT or (len(self._facts) > 1 and self._heavy()):
                self._facts.popitem(last=False)
        return facts

    def _heavy(self) -> bool:
        return sum(facts.nbytes for facts in self._facts.values() if facts) > FACTS_BYTES

    def _look(self, photo: Photo, before: tuple[Edit, ...], job: Job) -> Look:
        size = Recipe(before).size(photo.size)

        def small() -> Image:
            return self._cook(photo, before, View(min(1.0, Look.SMALL / max(size))), job)

        def patches() -> tuple[Image, ...]:
            spots = spread(size, Look.PATCH)
            return tuple(self._cook(photo, before, View(1.0, spot), job) for spot in spots)

        return Look(small, patches, size, self._picture, self._file, lambda path: self._example(path, job))

    def _picture(self, path: str) -> Image:
        """`beside`, read once for all the changes of edits before the one that asks. Raises PhotoError."""
        key = (path, *stamp(path))
        if (kept := self._pictures.find(key)) is None:
            kept = beside(path)
            self._pictures.keep(key, kept)
        return kept

    def _example(self, path: str, job: Job) -> Image:
        """`beside`, with the edits that lie beside it up to its tone; those that name files of their own left out.

        Raises PhotoError, and what its edits raise.
        """
        place = Path(path).expanduser()
        edits = tuple(e for e in kept_sheet(place).recipe.active if e.stage <= Stage.TONE and not e.files)
        key = (path, *stamp(path), edits)
        if (kept := self._pictures.find(key)) is None:
            photo = Photo.open(place)
            size = Recipe(edits).size(photo.size)
            kept = self._cook(photo, edits, View(min(1.0, BESIDE / max(size))), job)
            self.forget(photo)
            self._pictures.keep(key, kept)
        return kept

    def _file(self, path: str, read: Callable[[bytes], Any]) -> Any:
        """What `read` makes of a file, made once. Raises PhotoError, and what `read` raises."""
        key = (path, *stamp(path), read)
        if (kept := self._files.find(key)) is None:
            kept = read(contents(path))
            self._files.keep(key, kept)
        return kept


def stamp(path: str | Path) -> Stamp:
    """When a file was last changed, and how long it is; nothing of one that is not there."""
    with suppress(OSError):
        status = Path(path).expanduser().stat()
        return status.st_mtime_ns, status.st_size
    return ()


def beside(path: str) -> Image:
    """A picture that an edit's value names, its long side at most BESIDE pixels. Raises PhotoError."""
    photo = Photo.open(Path(path).expanduser())
    return photo.at(min(1.0, BESIDE / max(photo.size)))


def contents(path: str) -> bytes:
    """The bytes of a file that an edit's value names, at most LONGEST_FILE. Raises PhotoError."""
    try:
        with Path(path).expanduser().open("rb") as file:
            data = file.read(LONGEST_FILE + 1)
    except (OSError, ValueError, RuntimeError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else error
        raise PhotoError(path, f"cannot be read ({reason})") from None
    if len(data) > LONGEST_FILE:
        raise PhotoError(path, "is longer than 64 MiB")
    return data


def spread(size: tuple[int, int], side: int, most: int = 4) -> list[Region]:
    """At most `most` x `most` squares of `side` pixels, evenly spread over a photo of `size`, none overlapping."""
    columns, rows = (min(most, max(1, length // side)) for length in size)

    def starts(length: int, count: int) -> list[int]:
        free = max(0, length - side)
        return [free // 2] if count == 1 else [free * i // (count - 1) for i in range(count)]

    whole = Region(0, 0, *size)
    return [Region(x, y, side, side).clip(whole) for y in starts(size[1], rows) for x in starts(size[0], columns)]
