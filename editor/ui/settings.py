"""Settings: what the window remembers from one day to the next: recent files, the last folder, how it was arranged."""

from __future__ import annotations

import json
from dataclasses import fields
from pathlib import Path
from typing import Any, cast, get_args

from PySide6.QtCore import QSettings

from editor.core.folder import Order
from editor.core.output import Output

RECENT = 10  # files that are remembered


class Settings:
    """Reads and writes through `store`, or for as long as it lives where there is none."""

    def __init__(self, store: QSettings | None = None) -> None:
        self._store = store
        self._own: dict[str, str] = {}

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
        told = self._get("order")
        return cast(Order, told) if told in get_args(Order) else "name"

    @order.setter
    def order(self, order: Order) -> None:
        self._set("order", order)

    @property
    def strip(self) -> bool:
        """Whether the film strip is shown with a photo that was opened by itself."""
        return self._get("strip") == "yes"

    @strip.setter
    def strip(self, shown: bool) -> None:
        self._set("strip", "yes" if shown else "no")

    @property
    def monitor(self) -> Path | None:
        """A profile that the person has chosen for the monitor; None: as the system says."""
        return Path(self._get("monitor")) if self._get("monitor") else None

    @monitor.setter
    def monitor(self, path: Path | None) -> None:
        self._set("monitor", str(path) if path else "")

    def output(self, kind: str) -> Output:
        """How a file of this kind ("JPEG", ...) was last written; what is to be taken out holds for all kinds."""
        try:
            told: dict[str, Any] = json.loads(self._get(f"output/{kind}") or "{}")
            known = {f.name for f in fields(Output)}
            return Output(**{n: v for n, v in told.items() if n in known}, strip=frozenset(self._list("leave_out")))
        except (ValueError, TypeError, AttributeError):  # written by hand, or by another version
            return Output()

    def keep_output(self, kind: str, output: Output) -> None:
        told = {f.name: getattr(output, f.name) for f in fields(output) if f.name != "strip"}
        self._set(f"output/{kind}", json.dumps(told))
        self._set("leave_out", json.dumps(sorted(output.strip)))

    def _list(self, key: str) -> list[str]:
        try:
            told = json.loads(self._get(key) or "[]")
        except ValueError:
            return []
        return [p for p in told if isinstance(p, str)] if isinstance(told, list) else []

    def _get(self, key: str) -> str:
        return self._own.get(key, "") if self._store is None else str(self._store.value(key, ""))

    def _set(self, key: str, value: str) -> None:
        if self._store is None:
            self._own[key] = value
        else:
            self._store.setValue(key, value)
