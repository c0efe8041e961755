"""Store: the folders of models as a mapping; a network is loaded when an edit first asks for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from threading import Lock

from editor.core.model import ModelError
from editor.core.params import NETWORK_NAME
from editor.ml.brought import Brought, keys, model_folder
from editor.ml.devices import Device, choose
from editor.ml.network import Network

__all__ = ["Store", "model_folder"]


class Store(Mapping[str, Network]):
    """Networks by task, one .onnx file each, and those of a person's `own` by task and name; run on the device for
    `wish`."""

    def __init__(self, folder: Path, wish: str = "auto", own: Brought | None = None) -> None:
        self.folder, self.own, self._wish = folder, own, wish
        self._loaded: dict[str, Network] = {}
        self._device: Device | None = None
        self._lock = Lock()

    @property
    def device(self) -> Device:
        """The device, found out on first asking."""
        if self._device is None:
            self._device = choose(self._wish)
        return self._device

    def __getitem__(self, key: str) -> Network:
        """The network for a task, or `named` so. Raises ModelError if it is not there or cannot be used."""
        with self._lock:
            if key not in self._loaded:
                task, _, name = key.partition(":")
                path = self._brought(task, name) if name else self.folder / f"{task}.onnx"
                if not path.is_file():
                    raise ModelError(f"{path}: there is no such model; it does the task {task!r}")
                network = Network(path, self.device)
                if network.card.task != task:
                    raise ModelError(f"{path}: its card says it is for {network.card.task!r}, not {task!r}")
                self._loaded[key] = network
            return self._loaded[key]

    def _brought(self, task: str, name: str) -> Path:
        """Where a person's own network lies. Raises ModelError."""
        if self.own is None or not NETWORK_NAME.fullmatch(name) or name not in self.own.names():
            raise ModelError(f"{name}: there is no such network for {task}; `packshot models add` brings one along")
        return self.own.path(name)

    def __iter__(self) -> Iterator[str]:
        return iter(keys(self.folder, self.own))

    def __len__(self) -> int:
        return sum(1 for _ in self)
