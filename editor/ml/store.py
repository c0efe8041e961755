"""Store: the model folder as a mapping; a network is loaded when an edit first asks for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from threading import Lock

from editor.core.model import ModelError
from editor.ml.devices import Device, choose
from editor.ml.network import Network


class Store(Mapping[str, Network]):
    """Networks by task, one .onnx file each, run on the device for `wish`."""

    def __init__(self, folder: Path, wish: str = "auto") -> None:
        self.folder, self._wish = folder, wish
        self._loaded: dict[str, Network] = {}
        self._device: Device | None = None
        self._lock = Lock()

    @property
    def device(self) -> Device:
        """The device, found out on first asking."""
        if self._device is None:
            self._device = choose(self._wish)
        return self._device

    def __getitem__(self, task: str) -> Network:
        """The network for `task`. Raises ModelError if it is not there or cannot be used."""
        with self._lock:
            if task not in self._loaded:
                path = self.folder / f"{task}.onnx"
                if not path.is_file():
                    raise ModelError(f"{path}: there is no such model; it does the task {task!r}")
                network = Network(path, self.device)
                if network.card.task != task:
                    raise ModelError(f"{path}: its card says it is for {network.card.task!r}, not {task!r}")
                self._loaded[task] = network
            return self._loaded[task]

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(p.stem for p in self.folder.glob("*.onnx")))

    def __len__(self) -> int:
        return sum(1 for _ in self)


def model_folder() -> Path:
    """Where the models lie: inside an installed Packshot, or beside `editor/` in its source tree."""
    package = Path(__file__).resolve().parents[1]
    inside = package / "models"
    return inside if inside.is_dir() else package.parent / "models"
