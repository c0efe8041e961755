"""Small networks made on the spot."""

import numpy as np
import pytest
from onnx import TensorProto, helper, numpy_helper

from editor.ml.card import KEY, Card, sealed


def model_bytes(nodes, card, *, weights=(), inputs=("image",), outputs=("out",), seal=True):
    """An ONNX file of `nodes`, with a sealed card where one is given."""
    shape = [1, None, None, None]
    io = [[helper.make_tensor_value_info(n, TensorProto.FLOAT, shape) for n in names] for names in (inputs, outputs)]
    graph = helper.make_graph(nodes, "g", *io, [numpy_helper.from_array(w, n) for n, w in weights])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=9)
    if card:
        helper.set_model_props(model, {KEY: card.to_json() if isinstance(card, Card) else card})
    data = model.SerializeToString()
    return sealed(data) if card and seal else data


@pytest.fixture
def save(tmp_path):
    """save(name, nodes, card, ...) writes a model and returns its path."""

    def write(name, *args, **settings):
        path = tmp_path / name
        path.write_bytes(model_bytes(*args, **settings))
        return path

    return write


@pytest.fixture
def identity(save):
    def write(card, name="denoise.onnx", **settings):
        return save(name, [helper.make_node("Identity", ["image"], ["out"])], card, **settings)

    return write


@pytest.fixture
def blur(save):
    """A network that looks `layers` pixels around: 3 x 3 means, so that tiles cut without overlap would show."""

    def write(card, layers=6):
        weight = np.zeros((3, 3, 3, 3), np.float32)
        weight[[0, 1, 2], [0, 1, 2]] = 1 / 9
        nodes = [
            helper.make_node(
                "Conv", [f"x{i}" if i else "image", "w"], [f"x{i + 1}" if i + 1 < layers else "out"], pads=[1] * 4
            )
            for i in range(layers)
        ]
        return save("denoise.onnx", nodes, card, weights=[("w", weight)])

    return write


@pytest.fixture
def slow(save):
    """A network of many dear layers, in which stopping has to be felt."""
    weight = np.full((3, 3, 31, 31), 1e-3, np.float32)
    nodes = [
        helper.make_node("Conv", [f"x{i}" if i else "image", "w"], [f"x{i + 1}" if i < 39 else "out"], pads=[15] * 4)
        for i in range(40)
    ]
    return save("slow.onnx", nodes, Card("slow"), weights=[("w", weight)])
