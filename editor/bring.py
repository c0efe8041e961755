"""Bring: networks of one's own: `packshot models add` and `packshot models remove`."""

from __future__ import annotations

import argparse
import math
import re
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from editor.commandline import complain
from editor.core.computer import installed_memory
from editor.core.model import ModelError

if TYPE_CHECKING:
    from editor.ml.adding import Missing, Told
    from editor.ml.card import Card

TASKS = ("cutout", "denoise", "upscale")
UNKNOWN_MEMORY = 4 << 30  # bytes; what a computer is taken to have that does not tell
_ABOUT = """\
Takes an ONNX file as one of Packshot's networks. It is copied to a folder of your own (PACKSHOT_OWN_MODELS names
another one), a card that says how it is run is written beside it, and the panel offers it.

cutout   a picture in, a matte out. U2-Net, U2-Netp, Silueta, IS-Net and BiRefNet, as rembg has them, are known;
         of others --size, --mean, --std and --output are asked for where the graph does not tell.
denoise  a picture in, one of the same size out; besides, it may take the noise as an input called "level".
upscale  a picture in, one out that is 2, 3, 4, ... times as wide and high.

Pictures are float32 or float16 (1, 3, height, width), red, green and blue, 0..1 before mean and std.
Refused are files that ask for weights outside of their own folder, for operators that do not come with ONNX Runtime,
or for more than --memory: their weights and the largest known picture between their layers are added up first; then
the file is run, in a process of its own that is given no more."""


def arguments(models: argparse.ArgumentParser) -> None:
    """The commands under `packshot models`."""
    commands = models.add_subparsers(metavar="COMMAND", title="networks of your own")
    add = commands.add_parser(
        "add", help="take an ONNX file as a network", description=_ABOUT, allow_abbrev=False,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )  # fmt: skip
    add.add_argument("file", type=Path, metavar="FILE.onnx")
    add.add_argument("--as", dest="task", required=True, choices=TASKS, help="what it is for")
    add.add_argument("--name", help="what it is called in the panel; else as the file")
    add.add_argument("--size", type=size, metavar="WxH", help="pixels that every picture is brought to")
    add.add_argument("--mean", type=colours, metavar="R,G,B", help="taken off the colours, 0..1")
    add.add_argument("--std", type=deviations, metavar="R,G,B", help="what the colours are divided by after that")
    add.add_argument("--output", default="", metavar="NAME", help="the output that is the answer")
    add.add_argument("--licence", default="", metavar="TEXT", help="kept in its card")
    add.add_argument("--memory", type=memory, metavar="N[M|G]", help="what it may take (half of what there is)")
    add.set_defaults(act=_add)
    remove = commands.add_parser("remove", help="take a network out again", allow_abbrev=False)
    remove.add_argument("name", metavar="NAME")
    remove.set_defaults(act=_remove)


def size(text: str) -> tuple[int, int]:
    """Width and height: 320x320, or 320 for a square."""
    found = re.fullmatch(r"(\d{1,5})(?:[x×,](\d{1,5}))?", text.strip().lower())
    if not found or not int(found[1]) or not int(found[2] or found[1]):
        raise argparse.ArgumentTypeError(f"{text!r} is not a size such as 320x320")
    return int(found[1]), int(found[2] or found[1])


def colours(text: str) -> tuple[float, ...]:
    """Three numbers, for red, green and blue; one number for all three."""
    try:
        told = tuple(float(part) for part in text.split(","))
    except ValueError:
        told = ()
    if len(told) not in (1, 3) or not all(map(math.isfinite, told)):
        raise argparse.ArgumentTypeError(f"{text!r} is not three numbers such as 0.485,0.456,0.406")
    return told * 3 if len(told) == 1 else told


def deviations(text: str) -> tuple[float, ...]:
    """`colours`, all above 0."""
    told = colours(text)
    if min(told) <= 0:
        raise argparse.ArgumentTypeError(f"{text!r}: all of them are above 0")
    return told


def memory(text: str) -> int:
    """Bytes, of 500M or 4G."""
    found = re.fullmatch(r"(\d{1,9})\s*([MG])B?", text.strip().upper())
    if not found:
        raise argparse.ArgumentTypeError(f"{text!r} is no memory such as 500M or 4G")
    return int(found[1]) * {"M": 10**6, "G": 10**9}[found[2]]


_TAKES: dict[str, tuple[str, Callable[[str], object]]] = {
    "--size": ("size", size), "--mean": ("mean", colours), "--std": ("std", deviations), "--output": ("output", str),
}  # fmt: skip  # what each option that may be missing is a field of, and how its text is read


def _add(told: argparse.Namespace) -> int:
    from editor.ml.adding import Missing, Told, card_for
    from editor.ml.brought import Brought, own_folder

    allowed = told.memory or (installed_memory() or UNKNOWN_MEMORY) // 2
    name = told.name if told.name is not None else re.sub(r"[^\w+-]+", "-", told.file.stem).strip("-")
    known = Told(told.size, told.mean, told.std, told.output, told.licence)
    own = Brought(own_folder())
    try:
        own.check(name)
        while True:
            try:
                graph, card = card_for(told.file, told.task, known, allowed)
                break
            except Missing as missing:
                known = _asked(missing, known)
        place = own.keep(name, told.file, [each.location for each in graph.externals], card)
    except ModelError as error:
        return complain(error)
    print(f"{name}: {_said(card)}")
    print(f"    {place}")
    return 0


def _asked(missing: Missing, known: Told) -> Told:
    """What is known, and what the person at the terminal answers. Raises the error itself where there is nobody."""
    option = missing.option.split()[0]
    field, read = _TAKES[option]
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise missing
    print(f"packshot: {missing.wanted}.", file=sys.stderr)
    while True:
        print(f"{missing.option}: ", end="", file=sys.stderr, flush=True)
        answer = sys.stdin.readline()
        if not answer.strip():
            raise missing
        try:
            given = read(answer.strip())
        except argparse.ArgumentTypeError as error:
            print(f"packshot: {error}", file=sys.stderr)
            continue
        changes: dict[str, object] = {field: given}
        return replace(known, **changes)  # type: ignore[arg-type]


def _said(card: Card) -> str:
    """A card in a line."""
    words = [f"{card.title}, {card.task}" if card.title else card.task]
    if card.size:
        words.append("{} x {} pixels".format(*card.size))
    if card.scale != 1:
        words.append(f"{card.scale:g} times as large")
    if card.tile and not card.size:
        words.append(f"tiles of {card.tile} pixels")
    words += [f"{what} {_numbers(of)}" for what, of in (("mean", card.mean), ("std", card.std)) if of]
    if card.output:
        words.append(f"output {card.output}")
    return "; ".join(words)


def _numbers(of: tuple[float, ...]) -> str:
    return ", ".join(f"{number:g}" for number in of)


def _remove(told: argparse.Namespace) -> int:
    from editor.ml.brought import Brought, own_folder

    try:
        Brought(own_folder()).remove(told.name)
    except ModelError as error:
        return complain(error)
    print(f"{told.name}: removed")
    return 0
