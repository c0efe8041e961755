"""ONNX file: a published model opened, its card replaced, and its weights read back for PyTorch."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from torch import Tensor

from editor.ml.card import KEY, UNSEALED, Card, sealed

FLOATS = (onnx.TensorProto.FLOAT, onnx.TensorProto.FLOAT16)


def opened(path: Path) -> onnx.ModelProto:
    """The model in an ONNX file. Raises ValueError, naming it, where there is none."""
    try:
        model = onnx.load_model_from_string(path.read_bytes())
        onnx.checker.check_model(model)
    except OSError as error:
        raise ValueError(f"{path}: cannot be read ({error.strerror})") from None
    except Exception as error:  # protobuf's own error class is none of onnx's
        raise ValueError(f"{path}: is no ONNX model ({' '.join(str(error).split())[:80]})") from None
    return model


def weights_of(path: Path) -> dict[str, Tensor]:
    """The initializers of an ONNX file as float32, by the names they had when they were trained.

    Raises ValueError for a file that is no ONNX model.
    """
    floats = [i for i in opened(path).graph.initializer if i.data_type in FLOATS]
    return {i.name: torch.from_numpy(np.array(numpy_helper.to_array(i), np.float32)) for i in floats}


def card_of(path: Path) -> Card:
    """The card in an ONNX file. Raises ValueError, naming it, where it has none."""
    for entry in opened(path).metadata_props:
        if entry.key == KEY:
            try:
                return Card.from_json(entry.value)
            except ValueError as error:
                raise ValueError(f"{path}: {error}") from None
    raise ValueError(f"{path}: has no Packshot card")


def with_card(model: onnx.ModelProto, card: Card) -> bytes:
    """The bytes of a model file that carries `card`, sealed."""
    labelled = onnx.ModelProto()
    labelled.CopyFrom(model)
    del labelled.metadata_props[:]
    onnx.helper.set_model_props(labelled, {KEY: replace(card, seal=UNSEALED).to_json()})
    return sealed(labelled.SerializeToString(deterministic=True))


def relabel(path: Path, card: Card) -> None:
    """Gives the model at `path` another card, in place."""
    write(path, with_card(opened(path), card))


def write(path: Path, model: bytes) -> None:
    """Puts a model file in its place as a whole."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    part.write_bytes(model)
    part.replace(path)


def halved(model: onnx.ModelProto) -> onnx.ModelProto:
    """The same network with its weights kept as float16 and reckoned with as float32: half the size of the file.

    Each weight keeps its name, so that it can be found again; a Cast gives the graph its float32. What normalizations
    hold is little, and variances span more than half precision does: it stays as it is.
    """
    small = onnx.ModelProto()
    small.CopyFrom(model)
    casts = []
    exact = {name for node in small.graph.node if node.op_type == "BatchNormalization" for name in node.input[1:]}
    for weight in small.graph.initializer:
        if weight.data_type != onnx.TensorProto.FLOAT or weight.name in exact:
            continue
        values, name = numpy_helper.to_array(weight), weight.name
        if not np.isfinite(values.astype(np.float16)).all():
            raise ValueError(f"the weights {name} are too large for half precision")
        weight.CopyFrom(numpy_helper.from_array(values.astype(np.float16), name))
        casts.append(
            onnx.helper.make_node("Cast", [name], [f"{name}.float"], f"cast {name}", to=onnx.TensorProto.FLOAT)
        )
        for node in small.graph.node:
            for index, source in enumerate(node.input):
                if source == name:
                    node.input[index] = f"{name}.float"
    nodes = [*casts, *small.graph.node]
    del small.graph.node[:]
    small.graph.node.extend(nodes)
    return small
