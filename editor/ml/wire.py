"""Wire: reads the graph of an ONNX file out of its bytes, without onnx, and without believing anything it says."""

from __future__ import annotations

import mmap
from collections.abc import Iterator
from math import prod
from pathlib import Path

from editor.ml.graph import External, Graph, Node, Value, size_of

DEEPEST = 40  # graphs inside of graphs
MOST_PARTS = 3_000_000  # fields that are looked at; large networks have a hundredth
MOST_DIMENSIONS = 64
LONGEST_NAME = 1000  # bytes of a name that is kept
_VARINT, _FIXED64, _BYTES, _FIXED32 = 0, 1, 2, 5
_EXTERNAL = 1  # TensorProto.DataLocation


class NotOnnx(ValueError):
    """Bytes that are no ONNX file; the message says where that shows."""


def read(path: Path) -> Graph:
    """The network in an ONNX file. Raises NotOnnx, or OSError."""
    with path.open("rb") as file:
        if path.stat().st_size == 0:
            raise NotOnnx("it is empty")
        with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as mapped, memoryview(mapped) as data:
            return parse(data)


def parse(data: memoryview) -> Graph:
    """The network in the bytes of an ONNX file (onnx.proto, a ModelProto). Raises NotOnnx.

    Weights are not looked at. What a message says twice counts twice, so that nothing hides behind a repetition.
    """
    reader = _Reader()
    try:
        reader.model(data)
    except (IndexError, OverflowError, RecursionError):
        raise NotOnnx("it ends in the middle") from None
    finally:
        reader.release()
    graph = reader.graph
    if not reader.version or not graph.nodes or not graph.outputs:
        raise NotOnnx("there is no network in it")
    graph.inputs = [v for v in graph.inputs if v.name not in reader.weights]
    return graph


class _Reader:
    """Goes through the messages of onnx.proto; each method takes one message and knows the numbers of its fields."""

    def __init__(self) -> None:
        self.graph, self.weights, self.version = Graph(), set[str](), 0
        self._left = MOST_PARTS
        self._views: list[memoryview] = []

    def release(self) -> None:
        """Let go of the bytes, which are of a file that is to be closed."""
        for view in reversed(self._views):
            view.release()

    def model(self, data: memoryview) -> None:
        for number, part in self._parts(data):
            if number == 1 and isinstance(part, int):
                self.version = part
            elif isinstance(part, int):
                continue
            elif number == 7:
                self._graph(part, outermost=True)
            elif number == 14:
                key, value = self._entry(part)
                self.graph.metadata[key] = value
            elif number == 20:  # training
                for inner, graph in self._messages(part):
                    if inner in (1, 2):
                        self._graph(graph, depth=1)
            elif number == 25:
                self._function(part)

    def _graph(self, data: memoryview, depth: int = 0, *, outermost: bool = False) -> None:
        if depth > DEEPEST:
            raise NotOnnx("its graphs are too deep inside of each other")
        for number, part in self._messages(data):
            if number == 1:
                self._node(part, depth, outermost=outermost)
            elif number == 5:
                self._tensor(part, named=outermost)
            elif number == 15:
                self._sparse(part)
            elif number in (11, 12, 13) and outermost:
                lists = {11: self.graph.inputs, 12: self.graph.outputs, 13: self.graph.between}
                lists[number].append(self._value(part))

    def _function(self, data: memoryview) -> None:
        name = domain = ""
        for number, part in self._messages(data):
            if number == 1:
                name = _text(part)
            elif number == 10:
                domain = _text(part)
            elif number == 7:
                self._node(part, 1)
            elif number == 11:
                self._attribute(part, 1)
        self.graph.functions.add((domain, name))

    def _node(self, data: memoryview, depth: int, *, outermost: bool = False) -> None:
        inputs: list[str] = []
        outputs: list[str] = []
        operator = domain = ""
        for number, part in self._messages(data):
            if number == 1:
                inputs.append(_text(part))
            elif number == 2:
                outputs.append(_text(part))
            elif number == 4:
                operator = _text(part)
            elif number == 5:
                self._attribute(part, depth)
            elif number == 7:
                domain = _text(part)
        self.graph.operators.add((domain, operator))
        if outermost:
            self.graph.nodes.append(Node(operator, tuple(inputs), tuple(outputs)))

    def _attribute(self, data: memoryview, depth: int) -> None:
        for number, part in self._messages(data):
            if number in (5, 10):
                self._tensor(part)
            elif number in (6, 11):
                self._graph(part, depth + 1)
            elif number in (22, 23):
                self._sparse(part)

    def _sparse(self, data: memoryview) -> None:
        for number, part in self._messages(data):
            if number in (1, 2):
                self._tensor(part)

    def _tensor(self, data: memoryview, *, named: bool = False) -> None:
        dims: list[int] = []
        kind = place = 0
        entries: list[tuple[str, str]] = []
        for number, part in self._parts(data):
            if number == 1:
                dims += [part] if isinstance(part, int) else _packed(part)
                if len(dims) > MOST_DIMENSIONS:
                    raise NotOnnx("a tensor has too many dimensions")
            elif isinstance(part, int):
                kind, place = part if number == 2 else kind, max(place, part) if number == 14 else place
            elif number == 8 and named:
                self.weights.add(_text(part))
            elif number == 13:
                entries.append(self._entry(part))
        count = prod(dims)
        self.graph.parameters += count
        self.graph.weight_bytes += size_of(count, kind)
        if entries or place == _EXTERNAL:
            self._external(entries)

    def _external(self, entries: list[tuple[str, str]]) -> None:
        told = {key: _number(value) for key, value in entries if key in ("offset", "length")}
        places = [value for key, value in entries if key == "location"] or [""]
        offset, length = told.get("offset", 0), told.get("length", 0)
        self.graph.externals += [External(place, offset, length) for place in places]

    def _value(self, data: memoryview) -> Value:
        name, kind, shape = "", 0, None
        for number, part in self._messages(data):
            if number == 1:
                name = _text(part)
            elif number == 2:
                for form, tensor in self._messages(part):
                    if form == 1:  # what is a sequence or a map has no shape
                        kind, shape = self._tensor_type(tensor)
        return Value(name, kind, shape)

    def _tensor_type(self, data: memoryview) -> tuple[int, tuple[int, ...] | None]:
        kind, shape = 0, None
        for number, part in self._parts(data):
            if number == 1 and isinstance(part, int):
                kind = part
            elif number == 2 and not isinstance(part, int):
                lengths = []
                for inner, dim in self._messages(part):
                    if inner == 1:
                        said = [v for n, v in self._parts(dim) if n == 1 and isinstance(v, int)]
                        lengths.append(said[-1] if said and 0 < said[-1] < 1 << 62 else 0)
                shape = tuple(lengths)
        return kind, shape

    def _entry(self, data: memoryview) -> tuple[str, str]:
        key = value = ""
        for number, part in self._messages(data):
            if number == 1:
                key = _text(part)
            elif number == 2:
                value = bytes(part).decode("utf-8", "replace")
        return key, value

    def _messages(self, data: memoryview) -> Iterator[tuple[int, memoryview]]:
        """The fields with bytes in them, by number."""
        for number, part in self._parts(data):
            if not isinstance(part, int):
                yield number, part

    def _parts(self, data: memoryview) -> Iterator[tuple[int, int | memoryview]]:
        """The fields of a message in Protocol Buffers' wire format: number, and a whole number or bytes."""
        at, end = 0, len(data)
        while at < end:
            self._left -= 1
            if self._left < 0:
                raise NotOnnx("it has too many parts")
            tag, at = _varint(data, at)
            number, form = tag >> 3, tag & 7
            if form == _VARINT:
                value, at = _varint(data, at)
                yield number, value
            elif form == _BYTES:
                length, at = _varint(data, at)
                if at + length > end:
                    raise NotOnnx("it ends in the middle")
                self._views.append(data[at : at + length])
                yield number, self._views[-1]
                at += length
            elif form in (_FIXED32, _FIXED64):
                at += 4 if form == _FIXED32 else 8
                if at > end:
                    raise NotOnnx("it ends in the middle")
            else:
                raise NotOnnx("it is no message of Protocol Buffers")
            if number == 0:
                raise NotOnnx("it is no message of Protocol Buffers")


def _varint(data: memoryview, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = data[at]
        value |= (byte & 127) << shift
        at, shift = at + 1, shift + 7
        if byte < 128:
            return value & (1 << 64) - 1, at
        if shift > 63:
            raise NotOnnx("it is no message of Protocol Buffers")


def _packed(data: memoryview) -> list[int]:
    at, values = 0, []
    while at < len(data):
        value, at = _varint(data, at)
        values.append(value)
        if len(values) > MOST_DIMENSIONS:
            break
    return values


def _text(data: memoryview) -> str:
    return bytes(data[:LONGEST_NAME]).decode("utf-8", "replace")


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 20 else 1 << 64
