"""Adding: makes the card of a network that a person brings along: from its graph, a trial run, what is told."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import isfinite
from pathlib import Path

from editor.ml.brought import Unfit
from editor.ml.card import KEY, Card, seal_of
from editor.ml.graph import FLOAT, HALF, Graph, Value, outside
from editor.ml.recognise import BOUNDED, HANDING_ON, Family, family
from editor.ml.trial import TOO_LARGE, Ran, attempt
from editor.ml.wire import NotOnnx, read

TASKS = ("cutout", "denoise", "upscale")
LEVEL = "level"  # a further input that a denoiser may have: the noise, as a share of the whole range
STEPS = (1, 2, 4, 8, 16, 32, 64)
TILES = (256, 128)  # pixels on a side
OVERLAP = 32
_TRIED = ((64, 128), (128, 192))  # height and width; sizes that all known networks take


@dataclass(frozen=True)
class Told:
    """What a person says about a network; None and empty: nothing."""

    size: tuple[int, int] | None = None  # width and height
    mean: tuple[float, ...] | None = None
    std: tuple[float, ...] | None = None
    output: str = ""
    licence: str = ""


class Missing(Unfit):
    """Something that the graph does not tell and the person has not said. `option` is how to say it."""

    def __init__(self, path: Path, option: str, wanted: str) -> None:
        super().__init__(f"{path}: {wanted}; say it with {option}")
        self.option, self.wanted = option, wanted


def examine(path: Path, memory: int) -> Graph:
    """The graph of an ONNX file that may be run here. Raises Unfit with one line where it may not.

    Before anything is run: it is an ONNX file, of operators that ONNX Runtime comes with, its weights lie beside it,
    and they and the largest of the pictures with a known size between its layers take no more than `memory` bytes.
    """
    try:
        graph = read(path)
    except NotOnnx as error:
        raise Unfit(f"{path}: is no ONNX file ({error})") from None
    except OSError as error:
        raise Unfit(f"{path}: cannot be read ({error.strerror})") from None
    if graph.foreign:
        more = f" and {len(graph.foreign) - 1} more" if len(graph.foreign) > 1 else ""
        raise Unfit(f"{path}: asks for an operator that ONNX Runtime does not have ({graph.foreign[0]}{more})")
    for external in graph.externals:
        if wrong := outside(path.parent, external):
            raise Unfit(f"{path}: {wrong}")
    if graph.least_bytes > memory:
        needed, allowed = _megabytes(graph.least_bytes), _megabytes(memory)
        raise Unfit(f"{path}: needs {needed} and may take {allowed}; see --memory")
    return graph


def card_for(path: Path, task: str, told: Told, memory: int) -> tuple[Graph, Card]:
    """The card of the network in `path` for a task, one of TASKS. Raises Unfit; Missing where a person is asked.

    It is run a few times, on the CPU, in a process that may take no more than `memory` bytes (see `trial.attempt`).
    """
    graph = examine(path, memory)
    if KEY in graph.metadata:
        return graph, _with_card(path, graph, task, memory)
    picture = _picture(path, graph, task)
    if task == "cutout":
        return graph, _cutout(path, graph, picture, told, memory)
    return graph, _pictures(path, graph, picture, task, told, memory)


def _with_card(path: Path, graph: Graph, task: str, memory: int) -> Card:
    """A model that Packshot's own toolchain has made."""
    try:
        card = Card.from_json(graph.metadata[KEY])
    except ValueError as error:
        raise Unfit(f"{path}: {error}") from None
    if card.task != task:
        raise Unfit(f"{path}: its card says it is for {card.task}, not {task}")
    if card.seal != seal_of(path.read_bytes()):
        raise Unfit(f"{path}: its checksum is not the one in its card; the file was changed or damaged")
    side = -(-(card.side or min(card.tile or TILES[0], TILES[0])) // card.multiple_of) * card.multiple_of
    width, height = card.size or (side, side)
    _ran(path, [(height, width)], memory)
    return card


def _picture(path: Path, graph: Graph, task: str) -> Value:
    """The input that takes the picture."""
    others = [value.name for value in graph.inputs if value.name != LEVEL]
    allowed = task == "denoise" and len(graph.inputs) == 2 and len(others) == 1
    if len(graph.inputs) != 1 and not allowed:
        has = ", ".join(value.name for value in graph.inputs) or "none"
        raise Unfit(f"{path}: has the inputs {has}; it is given one picture, and a denoiser {LEVEL!r} as well")
    picture = next(value for value in graph.inputs if not allowed or value.name != LEVEL)
    if picture.kind not in (FLOAT, HALF):
        raise Unfit(f"{path}: its input {picture.name!r} takes no floats")
    shape = picture.shape or (0, 0, 0, 0)
    if len(shape) != 4:
        raise Unfit(f"{path}: its input has {len(shape)} dimensions, not 4 (one, colours, height, width)")
    if shape[3] == 3 and shape[1] != 3:
        raise Unfit(f"{path}: its colours come last, and have to come first (one, colours, height, width)")
    if shape[1] not in (0, 3):
        raise Unfit(f"{path}: takes {shape[1]} channels, not the 3 of red, green and blue")
    if shape[0] not in (0, 1):
        raise Unfit(f"{path}: takes {shape[0]} pictures at once, not one")
    return replace(picture, shape=shape)


def _size(path: Path, picture: Value, told: Told) -> tuple[int, int] | None:
    """Width and height that it takes, where that is fixed or a person says so."""
    assert picture.shape is not None
    height, width = picture.shape[2:]
    wanted = told.size or (width, height)
    if (width and width != wanted[0]) or (height and height != wanted[1]):
        fixed = f"{width or 'any'}x{height or 'any'}"
        raise Unfit(f"{path}: takes pictures of {fixed} pixels, not {wanted[0]}x{wanted[1]}")
    if bool(wanted[0]) != bool(wanted[1]):
        raise Missing(path, "--size WxH", "only one side of the pictures that it takes is known")
    return wanted if wanted[0] else None


def _output(path: Path, graph: Graph, told: Told, known: Family | None) -> str:
    names = [value.name for value in graph.outputs]
    if told.output and told.output not in names:
        raise Unfit(f"{path}: has no output {told.output!r}; it has {_listed(names)}")
    if told.output or known or len(names) == 1:
        return told.output or (known.output if known else names[0])
    raise Missing(path, "--output NAME", f"which of its outputs is the answer is not known; it has {_listed(names)}")


def _cutout(path: Path, graph: Graph, picture: Value, told: Told, memory: int) -> Card:
    known = family(graph)
    output = _output(path, graph, told, known)
    size = _size(path, picture, told) or ((known.side, known.side) if known and known.side else None)
    if size is None:
        raise Missing(path, "--size WxH", "the size of the pictures that it wants is not known")
    mean = told.mean if told.mean is not None or known is None else known.mean
    std = told.std if told.std is not None or known is None else known.std
    if mean is None:
        raise Missing(path, "--mean R,G,B", "the mean colour that it was trained with is not known")
    if std is None:
        raise Missing(path, "--std R,G,B", "the deviation of colours that it was trained with is not known")
    width, height = size
    (ran,) = _ran(path, [(height, width)], memory)
    shape = ran.shapes.get(output, [])
    if shape not in ([1, 1, height, width], [1, height, width]):
        raise Unfit(f"{path}: answers with {_across(shape)}; a matte is wanted, 1 x 1 x {height} x {width}")
    bounded = graph.last_operator(output, HANDING_ON) in BOUNDED
    logits = known.logits if known else not bounded and not 0 <= ran.least[output] <= ran.most[output] <= 1
    return Card(
        "cutout", known.title if known else "", size=size, peak=known is not None and known.peak, mean=mean, std=std,
        output=output, logits=logits, stretched=True, licence=told.licence,
    )  # fmt: skip


def _pictures(path: Path, graph: Graph, picture: Value, task: str, told: Told, memory: int) -> Card:
    """Of a network that makes a picture of a picture."""
    output, size = _output(path, graph, told, None), _size(path, picture, told)
    if size and size[0] != size[1]:
        raise Unfit(f"{path}: takes pictures of {size[0]}x{size[1]} pixels; as tiles only squares will do")
    if size:
        ran, step, tile = _ran(path, [(size[1], size[0])], memory), 1, size[0]
        (scale,) = {_scale(path, each, output) for each in ran}
    else:
        scale, step, tile = _at_any_size(path, output, memory)
    if task == "denoise" and scale != 1:
        raise Unfit(f"{path}: makes {scale} pixels of each along a side; it is to be added --as upscale")
    if task == "upscale" and scale == 1:
        raise Unfit(f"{path}: leaves a picture as large as it was; it is to be added --as denoise")
    overlap = min(max(OVERLAP, step), tile // 4 // step * step)
    further = tuple(value.name for value in graph.inputs if value.name != picture.name)
    return Card(
        task, inputs=further, scale=scale, multiple_of=step, tile=tile, overlap=overlap, size=size or (),
        mean=told.mean or (), std=told.std or (), output=output, licence=told.licence,
    )  # fmt: skip


def _at_any_size(path: Path, output: str, memory: int) -> tuple[int, int, int]:
    """What it makes of a pixel along a side, what sizes have to be multiples of, and the tile there is memory for."""
    high, wide = _TRIED[0]
    odd = [(high + step, wide + step) for step in STEPS]
    ran = attempt(path, [*_TRIED, *odd, *((side, side) for side in reversed(TILES))], memory)
    for each in ran[:2]:
        _fine(path, each)
    scales = {_scale(path, each, output) for each in ran[:2]}
    if len(scales) != 1:
        raise Unfit(f"{path}: makes pictures {' or '.join(map(str, sorted(scales)))} times as large; one will do")
    (scale,) = scales
    steps = zip(STEPS, ran[2 : 2 + len(STEPS)], strict=True)
    step = next((step for step, each in steps if _enlarged(each, output, scale)), 0)
    fitting = [each.width for each in ran[-len(TILES) :] if each.memory <= memory and _enlarged(each, output, scale)]
    tile = max(fitting, default=0)
    if not step or not tile:
        _fine(path, ran[-1])
        raise Unfit(f"{path}: does not take pictures of any size")
    return scale, step, tile


def _ran(path: Path, sizes: list[tuple[int, int]], memory: int) -> list[Ran]:
    """What came of running it. Raises Unfit where nothing did."""
    ran = attempt(path, sizes, memory)
    for each in ran:
        _fine(path, each)
        if each.memory > memory:
            raise Unfit(f"{path}: takes {_megabytes(each.memory)} and may take {_megabytes(memory)}; see --memory")
    return ran


def _fine(path: Path, ran: Ran) -> None:
    if ran.trouble == TOO_LARGE:
        raise Unfit(f"{path}: needs more memory than it may take; see --memory")
    if ran.trouble:
        raise Unfit(f"{path}: cannot be run on {ran.width} x {ran.height} pixels ({ran.trouble})")
    if not all(map(isfinite, (*ran.least.values(), *ran.most.values()))):
        raise Unfit(f"{path}: answers with what are no numbers")


def _scale(path: Path, ran: Ran, output: str) -> int:
    shape = ran.shapes.get(output, [])
    scale = shape[3] // ran.width if len(shape) == 4 else 0
    if len(shape) == 4 and shape[1] != 3:
        raise Unfit(f"{path}: answers with {shape[1]} channels, not the 3 of red, green and blue")
    if not scale or not _enlarged(ran, output, scale):
        made = _across(shape)
        raise Unfit(f"{path}: makes {made} of {ran.height} x {ran.width} pixels, which is no picture of them")
    return scale


def _enlarged(ran: Ran, output: str, scale: int) -> bool:
    return ran.shapes.get(output) == [1, 3, ran.height * scale, ran.width * scale]


def _across(shape: list[int]) -> str:
    return " x ".join(map(str, shape)) or "nothing"


def _listed(names: list[str]) -> str:
    return ", ".join(names[:12]) + (", ..." if len(names) > 12 else "")


def _megabytes(count: int) -> str:
    return f"{count / 1e6:,.0f} MB" if count < 1e15 else "more than any computer has"
