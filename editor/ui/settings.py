"""Settings: what the window remembers from one day to the next: recent files, the last folder, how it was arranged."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any, cast, get_args

from PySide6.QtCore import QSettings

from editor.core.colourtext import NOTATIONS
from editor.core.folder import Order
from editor.core.formats import FORMATS
from editor.core.output import STRIPPED, Output
from editor.ui.language import LANGUAGES
from editor.ui.settingvalues import one_of, output, switch, titles, words

RECENT = 10  # files that are remembered
FOLDERS = 20  # of which is remembered what was open last
SWATCH_FILES = 12  # that are remembered
USED = 8  # commands that the command search offers first
THEMES, DEVICES = ("", "dark", "light"), ("auto", "cuda", "cpu")  # "": as the system
BACKDROPS = ("checker", "black", "white", "magenta")
LEAST_MEMORY, MOST_MEMORY = 64, 1 << 20  # MB


@dataclass(frozen=True)
class Preferences:
    """What a person has chosen in the Preferences. Raises ValueError for what there is not."""

    language: str = ""  # one of LANGUAGES; empty: the system's
    theme: str = ""  # one of THEMES
    device: str = "auto"  # one of DEVICES
    memory: int = 512  # MB that the engine may keep
    output_kind: str = ""  # the kind of file that is proposed ("JPEG", ...); empty: as the photo

    def __post_init__(self) -> None:
        one_of(self.language, ("", *LANGUAGES))
        one_of(self.theme, THEMES)
        one_of(self.device, DEVICES)
        one_of(self.output_kind, ("", *(kind.name for kind in FORMATS)))
        if not LEAST_MEMORY <= self.memory <= MOST_MEMORY:
            raise ValueError(f"{self.memory} MB is not between {LEAST_MEMORY} and {MOST_MEMORY}")


class Settings:
    """Reads and writes through `store`, or for as long as it lives where there is none.

    `trouble` is a sentence about a settings file that was not as it should be, in the language of whoever asks.
    """

    def __init__(self, store: QSettings | None = None, trouble: Callable[[], str] = lambda: "") -> None:
        self._store, self.trouble = store, trouble
        self._own: dict[str, str] = {}

    @property
    def preferences(self) -> Preferences:
        """What was chosen; as it comes where that makes no sense."""
        told = {key: self._sound(key) for key in _PREFERENCES}  # each by itself: one that is wrong costs no other
        chosen: dict[str, Any] = {key: _PREFERENCES[key](text) for key, text in told.items() if text}
        return Preferences(**chosen)

    @preferences.setter
    def preferences(self, chosen: Preferences) -> None:
        for key, value in asdict(chosen).items():
            self._set(key, str(value))

    @property
    def recent(self) -> tuple[Path, ...]:
        """Photos that were opened, the newest first."""
        return tuple(Path(p) for p in self._list("recent"))

    def remember(self, path: Path) -> None:
        """`path` has been opened."""
        others = [p for p in self._list("recent") if p != str(path)]
        self._set("recent", json.dumps([str(path), *others][:RECENT]))

    def forget(self, path: Path | None = None) -> None:
        """Take `path` off the recent ones, or all of them."""
        self._set("recent", json.dumps([p for p in self._list("recent") if path is not None and p != str(path)]))

    def last_in(self, folder: object) -> Path | None:
        """The photo of a folder that was open last, if that is remembered; it may be gone."""
        return next((path for path in map(Path, self._list("last")) if path.parent == folder), None)

    def leave_off(self, path: Path) -> None:
        """`path` is open: to go on from there when its folder is opened again."""
        others = [p for p in self._list("last") if Path(p).parent != path.parent]
        self._set("last", json.dumps([str(path), *others][:FOLDERS]))

    @property
    def swatch_files(self) -> tuple[Path, ...]:
        """Files with swatches that were opened, the one used last first; they may be gone."""
        return tuple(map(Path, self._list("swatch_files")))

    @swatch_files.setter
    def swatch_files(self, paths: Iterable[Path]) -> None:
        self._set("swatch_files", json.dumps([str(path) for path in dict.fromkeys(paths)][:SWATCH_FILES]))

    @property
    def notation(self) -> str:
        """How colours are written, one of NOTATIONS."""
        return self._sound("notation") or NOTATIONS[0]

    @notation.setter
    def notation(self, notation: str) -> None:
        self._set("notation", notation)

    @property
    def used(self) -> tuple[str, ...]:
        """Commands that were found by the command search, the latest first."""
        return tuple(self._list("used"))

    def use(self, command: str) -> None:
        """`command` was found and run."""
        self._set("used", json.dumps([command, *(c for c in self._list("used") if c != command)][:USED]))

    @property
    def folder(self) -> Path | None:
        """Where photos were last opened from, if it is still there."""
        path = Path(self._get("folder"))
        return path if self._get("folder") and path.is_dir() else None

    @folder.setter
    def folder(self, path: Path) -> None:
        self._set("folder", str(path))

    @property
    def order(self) -> Order:
        """How the film strip is sorted."""
        return cast(Order, self._sound("order") or "name")

    @order.setter
    def order(self, order: Order) -> None:
        self._set("order", order)

    @property
    def backdrop(self) -> str:
        """What is seen behind transparent photos, one of BACKDROPS."""
        return self._sound("backdrop") or BACKDROPS[0]

    @backdrop.setter
    def backdrop(self, word: str) -> None:
        self._set("backdrop", word)

    @property
    def strip(self) -> bool:
        """Whether the film strip is shown with a photo that was opened by itself."""
        return self.shown("strip")

    @strip.setter
    def strip(self, shown: bool) -> None:
        self.show("strip", shown)

    def shown(self, part: str, default: bool = False) -> bool:
        """Whether a part of the window ("strip", "history", ...) was shown."""
        return self._get(part) == "yes" if self._get(part) in ("yes", "no") else default

    def show(self, part: str, shown: bool) -> None:
        """A part of the window was shown, or put away."""
        self._set(part, "yes" if shown else "no")

    @property
    def place(self) -> bytes:
        """Where the window stood, as Qt has told it; empty at first."""
        return bytes.fromhex(self._sound("place"))

    @place.setter
    def place(self, place: bytes) -> None:
        self._set("place", place.hex())

    @property
    def monitor(self) -> Path | None:
        """A profile that the person has chosen for the monitor; None: as the system says."""
        return Path(self._get("monitor")) if self._get("monitor") else None

    @monitor.setter
    def monitor(self, path: Path | None) -> None:
        self._set("monitor", str(path) if path else "")

    @property
    def titles(self) -> dict[str, str]:
        """What sliders have been called by a person, by kind and parameter: "latent.direction_1"."""
        return titles(self._sound("titles") or "{}")

    @titles.setter
    def titles(self, titles: dict[str, str]) -> None:
        self._set("titles", json.dumps(titles) if titles else "")

    @property
    def keys(self) -> str:
        """The shortcuts that were changed, as `shortcuts.differences` writes them."""
        return self._get("keys")

    @keys.setter
    def keys(self, text: str) -> None:
        self._set("keys", text)

    def output(self, kind: str) -> Output:
        """How a file of this kind ("JPEG", ...) was last written; what is to be taken out holds for all kinds."""
        try:
            told = output(self._get(f"output/{kind}") or "{}")
            return Output(**told, strip=frozenset(self._list("leave_out")))
        except ValueError:  # written by hand, or by another version
            return Output()

    def keep_output(self, kind: str, output: Output) -> None:
        told = {f.name: getattr(output, f.name) for f in fields(output) if f.name != "strip"}
        self._set(f"output/{kind}", json.dumps(told))
        self._set("leave_out", json.dumps(sorted(output.strip)))

    @property
    def unsound(self) -> list[str]:
        """The keys of what makes no sense."""
        return [key for key in self._keys() if self._get(key) and not self._sound(key)]

    def drop(self, keys: Iterable[str]) -> None:
        """Take settings out, so that they are as they come."""
        for key in keys:
            if self._store is None:
                self._own.pop(key, None)
            else:
                self._store.remove(key)

    def _sound(self, key: str) -> str:
        """What is kept under a key, if it makes sense."""
        text = self._get(key)
        check = output if key.startswith("output/") else _CHECKS.get(key)
        try:
            if check and text:
                check(text)
        except (ValueError, RecursionError):
            return ""
        return text

    def _list(self, key: str) -> list[str]:
        try:
            told = json.loads(self._get(key) or "[]")
        except (ValueError, RecursionError):
            return []
        return [p for p in told if isinstance(p, str)] if isinstance(told, list) else []

    def _keys(self) -> Iterable[str]:
        return list(self._own) if self._store is None else self._store.allKeys()

    def _get(self, key: str) -> str:
        return self._own.get(key, "") if self._store is None else str(self._store.value(key, ""))

    def _set(self, key: str, value: str) -> None:
        if self._store is None:
            self._own[key] = value
        else:
            self._store.setValue(key, value)


# What each setting may be: takes its text, raises ValueError


def _preference(key: str) -> Callable[[str], Any]:
    def check(text: str) -> Any:
        value: Any = int(text) if key == "memory" else text
        Preferences(**{key: value})
        return value

    return check


_PREFERENCES = {f.name: _preference(f.name) for f in fields(Preferences)}
_CHECKS: dict[str, Callable[[str], object]] = {
    **_PREFERENCES,
    "place": bytes.fromhex,
    "recent": words,
    "last": words,
    "used": words,
    "swatch_files": words,
    "notation": lambda text: one_of(text, NOTATIONS),
    "leave_out": lambda text: words(text, STRIPPED),
    "order": lambda text: one_of(text, get_args(Order)),
    "backdrop": lambda text: one_of(text, BACKDROPS),
    "titles": titles,
    "strip": switch,
    "history": switch,
}
