"""Command line: the same engine without a window. Makes the objects and hands them on."""

from __future__ import annotations

import argparse
import json
import logging
import os
import signal
import sys
from collections.abc import Sequence
from dataclasses import asdict
from functools import partial
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from editor import bring, edits, generate, looks, outputs
from editor.commandline import complain, shared_arguments
from editor.core.curve import Curve
from editor.core.edit import Edit, kind_of
from editor.core.folder import entries, in_order
from editor.core.formats import FORMATS
from editor.core.job import Job
from editor.core.params import Colour, File
from editor.core.recipe import Recipe
from editor.core.shot import Shot

if TYPE_CHECKING:
    from editor.core.model import Models
    from editor.ml.brought import Brought

INTERRUPTED = 130
SUFFIXES = tuple(kind.suffixes[0].removeprefix(".") for kind in FORMATS)


def run(arguments: Sequence[str]) -> int:
    """Does what `arguments` say. Returns the exit code: 0 done, 2 bad input or not all written, 130 interrupted."""
    edits.discover()
    logging.getLogger("tifffile").setLevel(logging.CRITICAL)  # what is wrong with a file comes as an exception
    told = _parser(arguments).parse_args(arguments)
    try:
        signal.signal(signal.SIGTERM, _terminated)
        return int(told.act(told))
    except KeyboardInterrupt:
        print("packshot: interrupted", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:  # the reader of our output went away; nor shall Python's own flush complain
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return INTERRUPTED
    except OSError as error:
        return complain(f"standard output cannot be written ({error.strerror})")


def _terminated(*_: object) -> NoReturn:
    raise KeyboardInterrupt


def _version() -> str:
    try:
        return version("packshot")
    except PackageNotFoundError:
        return "not installed"


def _parser(arguments: Sequence[str] = ()) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="packshot",
        description="Product-photo editor. Without a command it opens the window: packshot [PHOTO|FOLDER] [--sample]",
    )
    parser.add_argument("--version", action="version", version=f"Packshot {_version()}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    apply = commands.add_parser("apply", help="cook photos and write new files", allow_abbrev=False)
    apply.add_argument("photos", nargs="*", type=Path, metavar="IN", help="photos and folders of photos")
    apply.add_argument("--sample", action="store_true", help="the sample photo, as a further IN")
    apply.add_argument("-o", "--out", metavar="OUT", help="a file, a folder, or - for standard output")
    recipe_arguments(apply)
    apply.add_argument(
        "--colourways", metavar="[NAME=]FILE",
        help="every swatch of a .gpl, .ase or .csv file in turn for the target of the edit (called NAME, if several "
        "have one): STEM-SWATCH.jpg in the folder OUT, or beside each photo",
    )  # fmt: skip
    apply.add_argument("--format", choices=SUFFIXES, help="kind of file, where OUT is a folder or -")
    outputs.arguments(apply)
    apply.add_argument(
        "--overwrite", action="store_true",
        help="an original may be replaced; with --colourways never that, but any other file",
    )  # fmt: skip
    apply.add_argument(
        "--matte", type=Path, metavar="FILE|DIR",
        help="where the product is, white on black, as a picture; or a folder with one for each photo, of its name",
    )  # fmt: skip
    apply.add_argument("--save-matte", action="store_true", help="where the product is, as NAME-matte.png beside each")
    shared_arguments(apply)
    apply.set_defaults(act=_apply)
    cube = commands.add_parser("cube", help="save the tone of a photo's edits as a look (.cube)", allow_abbrev=False)
    looks.arguments(cube)
    recipe_arguments(cube)
    shared_arguments(cube)
    cube.set_defaults(act=_cube)
    concepts = commands.add_parser(generate.NAME, help="draw new products from words", allow_abbrev=False)
    generate.arguments(concepts, list(arguments), _networks)
    concepts.set_defaults(act=generate.run)
    listing = commands.add_parser("edits", help="every edit and its parameters")
    listing.add_argument("--json", action="store_true")
    listing.set_defaults(act=_edits)
    models = commands.add_parser("models", help="every network, its card, whether it loads; and networks of your own")
    models.add_argument("--json", action="store_true")
    shared_arguments(models)
    models.set_defaults(act=_models)
    bring.arguments(models)
    doctor = commands.add_parser("doctor", help="what this computer has, what is missing, and a self-test")
    shared_arguments(doctor)
    doctor.set_defaults(act=_doctor)
    return parser


def recipe_arguments(parser: argparse.ArgumentParser) -> None:
    """What is to be done with photos."""
    parser.add_argument(
        "--edit", action="append", default=[], metavar="KIND[:NAME=VALUE,...]",
        help="an edit, such as denoise:strength=0.8,noise=25; may be given several times; see `packshot edits`",
    )  # fmt: skip
    parser.add_argument("--recipe", type=Path, metavar="FILE.json", help="a recipe; --edit changes or adds to it")
    parser.add_argument(
        "--sidecar", action=argparse.BooleanOptionalAction,
        help="the edits that the window has kept beside each photo; --edit changes or adds to them. "
        "So it is where neither --edit nor --recipe is given",
    )  # fmt: skip


def _folder(told: argparse.Namespace) -> Path:
    from editor.ml.store import model_folder

    return told.models or model_folder()


def _networks(told: argparse.Namespace) -> Models:
    from editor.ml.store import Store

    return Store(_folder(told), told.device, _own())


def _own() -> Brought:
    from editor.ml.brought import Brought, own_folder

    return Brought(own_folder())


def parse_edit(text: str, recipe: Recipe) -> Recipe:
    """`recipe` with the edit in `text`, KIND[:NAME=VALUE,...], on top of its values there. Raises ValueError."""
    kind_name, _, rest = text.partition(":")
    kind = kind_of(kind_name.strip())
    values: dict[str, object] = {}
    for pair in filter(None, (p.strip() for p in _pairs(rest, kind))):
        name, equals, value = (s.strip() for s in pair.partition("="))
        if not equals:
            raise ValueError(f"{kind.id}: {pair!r} is not NAME=VALUE")
        if name == "name":
            values[name] = value
        elif name in kind.params():
            try:
                values[name] = kind.params()[name].parse(value)
            except ValueError as error:
                raise ValueError(f"{kind.id}: {name} {error}") from None
        else:
            raise ValueError(f"{kind.id} has no {name!r}; it has {', '.join(kind.params())}")
    there = recipe.get(kind.id, str(values.get("name", "")))
    kept = {name: getattr(there, name) for name in kind.params()} if there else {}
    edit = kind(**(kept | values))
    return recipe.put(edit).switch(*edit.key, on=True)


def _pairs(text: str, kind: type[Edit]) -> list[str]:
    """NAME=VALUE,... taken apart at its commas, but for those in the name of a file, in a curve, or in "rgb(1,2,3)"."""
    pairs: list[str] = []
    for part in text.split(","):
        last = kind.params().get(pairs[-1].partition("=")[0].strip()) if pairs else None
        whole = isinstance(last, File | Curve) and "=" not in part
        if whole or (isinstance(last, Colour) and pairs[-1].count("(") > pairs[-1].count(")")):
            pairs[-1] += f",{part}"
        else:
            pairs.append(part)
    return pairs


def _edited(edits: Sequence[str], recipe: Recipe, *, cutout: bool = False) -> Recipe:
    """`recipe` with one `--edit` after the other, and with a cut-out if one is needed. Raises ValueError."""
    for text in edits:
        try:
            recipe = parse_edit(text, recipe)
        except ValueError as error:
            raise ValueError(f"--edit {text}: {error}") from None
    return parse_edit("cutout", recipe) if cutout and recipe.get("cutout") is None else recipe


def _told_recipe(told: argparse.Namespace, *, cutout: bool = False) -> tuple[Recipe, bool]:
    """The recipe that `recipe_arguments` ask for, and whether the edits beside photos count. Raises ValueError."""
    recipe = Recipe()
    if told.recipe and told.sidecar:
        raise ValueError("--recipe and --sidecar exclude each other")
    if told.recipe:
        try:
            recipe = Recipe.from_json(told.recipe.read_text("utf-8-sig"))
        except (OSError, ValueError) as error:
            reason = error.strerror if isinstance(error, OSError) else error
            raise ValueError(f"{told.recipe}: {reason}") from None
    kept = told.sidecar if told.sidecar is not None else not (told.edit or told.recipe)
    return _edited(told.edit, recipe, cutout=cutout), kept


def _shots(path: Path, *, copies: bool) -> Sequence[Shot]:
    """The photo, or those of a folder by name, with their virtual copies or without. Raises OSError."""
    if not os.path.isdir(path):
        return [Shot(path)]
    found = in_order(entries(path, Job()), "name", Job())
    return [entry.shot for entry in found if copies or not entry.copy]


def _apply(told: argparse.Namespace) -> int:
    from editor import colourways
    from editor.apply import Batch
    from editor.ml.store import Store

    if told.out is None and told.colourways is None:
        return complain("apply: -o OUT says where the pictures go")
    try:
        recipe, kept = _told_recipe(told, cutout=told.matte is not None)
    except ValueError as error:
        return complain(error)
    try:
        shots = [shot for path in told.photos for shot in _shots(path, copies=kept)]
    except OSError as error:
        return complain(f"{error.filename}: cannot be read ({error.strerror})")
    if not shots and not told.sample:
        return complain("apply: no photo given")
    if told.matte and not told.matte.exists():
        return complain(f"{told.matte}: there is no such file or folder")
    if told.save_matte and told.out == "-":
        return complain("--save-matte writes a file beside OUT, which is standard output")
    try:
        output = outputs.told(told)
    except ValueError as error:
        return complain(error)
    models = Store(_folder(told), told.device, _own())
    beside = partial(_edited, told.edit, cutout=told.matte is not None) if kept else None
    if told.colourways is not None:
        return colourways.apply(told, models, recipe, output, shots, beside)
    batch = Batch(
        models, recipe, output, told.out, told.format, overwrite=told.overwrite, beside=beside,
        save_matte=told.save_matte, matte=told.matte,
    )  # fmt: skip
    return batch.run(shots, sample=told.sample)


def _cube(told: argparse.Namespace) -> int:
    from editor.ml.store import Store

    try:
        recipe, kept = _told_recipe(told)
    except ValueError as error:
        return complain(error)
    models = Store(_folder(told), told.device, _own())
    return looks.save(models, told, recipe, partial(_edited, told.edit) if kept else None)


def _edits(told: argparse.Namespace) -> int:
    kinds = sorted(Edit.kinds.values(), key=lambda k: (k.stage, k.order, k.id))
    if told.json:
        print(json.dumps([describe(kind) for kind in kinds], indent=2, ensure_ascii=False))
        return 0
    for kind in kinds:
        print(f"{kind.id}  {kind.title}, stage {kind.stage.name.lower()}, version {kind.version}")
        for name, param in kind.params().items():
            default = param.format(getattr(kind(), name))
            unit = f" {param.unit}" if param.unit else ""
            print(f"    {name} = {default}{unit}  ({param.title}; {param.range}{unit})")
    return 0


def describe(kind: type[Edit]) -> dict[str, object]:
    """An edit and its parameters as they are declared, for JSON."""
    params = {
        name: {"kind": type(param).__name__.lower(), "default": getattr(kind(), name), **asdict(param)}
        for name, param in kind.params().items()
    }
    return {"edit": kind.id, "title": kind.title, "stage": kind.stage.name, "version": kind.version, "params": params}


def _models(told: argparse.Namespace) -> int:
    from editor.doctor import models

    return models(_folder(told), told.device, _own(), as_json=told.json)


def _doctor(told: argparse.Namespace) -> int:
    from editor.doctor import doctor

    return doctor(_folder(told), told.device, _own())
