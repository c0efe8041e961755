"""Brought: the networks that a person has brought along, each in a folder of its own with its card beside it."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import mkdtemp

from editor.core.model import ModelError, named
from editor.core.params import NETWORK_NAME
from editor.ml.card import CARD_SUFFIX, Card, seal_of

PLACE = "PACKSHOT_OWN_MODELS"  # names another folder for them


class Unfit(ModelError):
    """A network that cannot be brought along, or taken out; told in one line on the command line."""


class Brought:
    """A folder of networks: `u2netp/u2netp.onnx`, `u2netp/u2netp.card.json`, and weights in other files beside them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, name: str) -> Path:
        """Where the network called `name` lies, or would."""
        return self.folder / name / f"{name}.onnx"

    def names(self) -> list[str]:
        """All there are, by name."""
        try:
            found = [p.name for p in self.folder.iterdir() if NETWORK_NAME.fullmatch(p.name)]
        except OSError:  # none were brought yet
            return []
        return sorted(name for name in found if self.path(name).is_file())

    def card(self, name: str) -> Card:
        """What is said of a network. Raises Unfit."""
        path = self.path(name).with_name(name + CARD_SUFFIX)
        try:
            return Card.from_json(path.read_text("utf-8"))
        except OSError as error:
            raise Unfit(f"{path}: cannot be read ({error.strerror})") from None
        except ValueError as error:
            raise Unfit(f"{path}: {error}") from None

    def keys(self) -> list[str]:
        """What they are called among all models; those without a card that can be read are left out."""
        keys = []
        for name in self.names():
            try:
                keys.append(named(self.card(name).task, name))
            except Unfit:
                continue
        return keys

    def check(self, name: str) -> None:
        """Raises Unfit where no other network can be called so."""
        if not NETWORK_NAME.fullmatch(name):
            raise Unfit(f"{name!r} cannot be the name of a network; --name gives it another one, such as u2netp")
        if name in self.names() or os.path.lexists(self.folder / name):
            raise Unfit(f"there is a network called {name!r} already; --name gives this one another name")

    def keep(self, name: str, file: Path, beside: Sequence[str], card: Card) -> Path:
        """Copies the network in `file`, with what lies `beside` it, under a name, and writes its card.

        All of it is there at once or not at all. Returns where it lies. Raises Unfit.
        """
        self.check(name)
        if {f"{name}.onnx", name + CARD_SUFFIX} & {os.path.normpath(each) for each in beside}:
            raise Unfit(f"its weights are called as it would be; --name gives it another name than {name!r}")
        part = None
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            part = Path(mkdtemp(prefix=".coming-", dir=self.folder))
            part.chmod(0o755)
            for each in beside:
                (part / each).parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(file.parent / each, part / each)
            model = part / f"{name}.onnx"
            shutil.copyfile(file, model)
            sealed = replace(card, seal=seal_of(model.read_bytes()))
            model.with_name(name + CARD_SUFFIX).write_text(sealed.to_json() + "\n", "utf-8")
            part.rename(self.folder / name)
        except OSError as error:
            if part:
                shutil.rmtree(part, ignore_errors=True)
            raise Unfit(f"{self.folder}: cannot be written ({error.strerror})") from None
        return self.path(name)

    def remove(self, name: str) -> None:
        """Takes a network out. Raises Unfit."""
        if name not in self.names():
            raise Unfit(f"there is no network called {name!r} in {self.folder}")
        try:
            shutil.rmtree(self.folder / name)
        except OSError as error:
            raise Unfit(f"{self.folder / name}: cannot be removed ({error.strerror})") from None


def own_folder() -> Path:
    """Where a person's own networks lie: as the system has it for data, or as PACKSHOT_OWN_MODELS says."""
    if told := os.environ.get(PLACE):
        return Path(told).expanduser()
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData/Local")
    elif sys.platform == "darwin":
        base = Path.home() / "Library/Application Support"
    else:
        data = Path(os.environ.get("XDG_DATA_HOME") or "")
        base = data if data.is_absolute() else Path.home() / ".local/share"
    return base / "packshot" / "models"


def keys(folder: Path, own: Brought | None) -> list[str]:
    """What the models in `folder` and a person's own are called; no network is opened."""
    return sorted(p.stem for p in folder.glob("*.onnx")) + (own.keys() if own else [])


def model_folder() -> Path:
    """Where the models lie: inside an installed Packshot, or beside `editor/` in its source tree."""
    package = Path(__file__).resolve().parents[1]
    inside = package / "models"
    return inside if inside.is_dir() else package.parent / "models"
