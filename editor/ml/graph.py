"""Graph: what an ONNX file is made of, as far as has to be known before it is run, and the other files it asks for."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import prod
from pathlib import Path, PureWindowsPath

FLOAT, HALF = 1, 10  # of TensorProto.DataType
_BITS = {
    1: 32, 2: 8, 3: 8, 4: 16, 5: 16, 6: 32, 7: 64, 8: 128, 9: 8, 10: 16, 11: 64, 12: 32, 13: 64, 14: 64, 15: 128,
    16: 16, 17: 8, 18: 8, 19: 8, 20: 8, 21: 4, 22: 4, 23: 4, 24: 8,
}  # fmt: skip


def size_of(count: int, kind: int) -> int:
    """Bytes of `count` values of a TensorProto.DataType."""
    return count * _BITS.get(kind, 64) // 8


@dataclass(frozen=True)
class Value:
    """Something that goes through a network."""

    name: str
    kind: int = 0  # TensorProto.DataType; FLOAT, HALF, ...
    shape: tuple[int, ...] | None = None  # 0 where a length is left open; None: nothing is said

    @property
    def bytes(self) -> int:
        """What it takes where all its lengths are said, else 0."""
        return size_of(prod(self.shape), self.kind) if self.shape else 0


@dataclass(frozen=True)
class Node:
    """One operator at work in the outermost graph."""

    operator: str
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]


@dataclass(frozen=True)
class External:
    """Weights that lie in another file; `length` 0: to its end."""

    location: str
    offset: int = 0
    length: int = 0


@dataclass
class Graph:
    """A network, as far as has to be known before it is run."""

    inputs: list[Value] = field(default_factory=list)  # without those that are weights
    outputs: list[Value] = field(default_factory=list)
    between: list[Value] = field(default_factory=list)
    nodes: list[Node] = field(default_factory=list)
    operators: set[tuple[str, str]] = field(default_factory=set)  # domain and name, of inner graphs and functions too
    functions: set[tuple[str, str]] = field(default_factory=set)  # that the file itself defines
    externals: list[External] = field(default_factory=list)
    metadata: dict[str, str] = field(default_factory=dict)
    parameters: int = 0
    weight_bytes: int = 0

    @property
    def foreign(self) -> list[str]:
        """Operators that ONNX Runtime does not come with, as DOMAIN.NAME."""
        known = ("", "ai.onnx", "ai.onnx.ml", "com.microsoft")
        return sorted(f"{d}.{n}" for d, n in self.operators - self.functions if d not in known)

    @property
    def least_bytes(self) -> int:
        """The least that it takes to run: its weights, and the largest of what goes through."""
        return self.weight_bytes + max((v.bytes for v in (*self.inputs, *self.outputs, *self.between)), default=0)

    def last_operator(self, output: str, passing: frozenset[str]) -> str:
        """The operator that an output comes from; those in `passing` only hand on what they are given."""
        makers = {name: node for node in self.nodes for name in node.outputs}
        for _ in range(len(self.nodes)):
            node = makers.get(output)
            if node is None or node.operator not in passing or not node.inputs:
                return node.operator if node else ""
            output = node.inputs[0]
        return ""


def outside(folder: Path, external: External) -> str:
    """What is wrong with weights in another file, which has to lie in `folder`; empty: nothing."""
    name = external.location
    windows = PureWindowsPath(name)
    if not name or "\0" in name or windows.drive or windows.root or name.startswith("/") or ".." in windows.parts:
        return f"it asks for weights outside of its folder ({name!r})"
    home, place = folder.resolve(), folder / name
    try:
        if not place.resolve(strict=True).is_relative_to(home):
            return f"it asks for weights outside of its folder ({name!r} leads out of it)"
        if not place.is_file():
            return f"its weights {name!r} are no file"
        if external.offset + external.length > place.stat().st_size:
            return f"its weights {name!r} are cut off"
    except (OSError, RuntimeError, ValueError):
        return f"its weights {name!r} are not beside it"
    return ""
