"""Foreign: networks as others make them, drawn with onnx: small, but with the graphs of the well-known ones."""

from __future__ import annotations

import numpy as np
from onnx import TensorProto, helper, numpy_helper

IMAGENET = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)
SHARES = (0.5, 0.1, 0.1, 0.1, 0.1, 0.1)  # of the six mattes in the seventh


def model(nodes, inputs, outputs, weights=(), *, domains=(), functions=(), kind=TensorProto.FLOAT):
    """A ModelProto; inputs and outputs are (name, shape)."""
    io = [[helper.make_tensor_value_info(n, kind, s) for n, s in each] for each in (inputs, outputs)]
    graph = helper.make_graph(nodes, "g", *io, [numpy_helper.from_array(np.asarray(w), n) for n, w in weights])
    opsets = [helper.make_opsetid("", 18), *(helper.make_opsetid(d, 1) for d in domains)]
    return helper.make_model(graph, opset_imports=opsets, ir_version=9, functions=list(functions))


def _one_by_one(weights):
    """A 1 x 1 convolution of three colours to one channel."""
    return np.float32(weights).reshape(1, 3, 1, 1)


def reddish(shape, answers, name="input.1", bias=-1.0):
    """Sigmoids of how red each pixel is, each with a gain of its own, one after the other as outputs."""
    nodes, weights = [], []
    for index, answer in enumerate(answers):
        weights += [(f"w{index}", _one_by_one((2 + index, -1, -1))), (f"b{index}", np.float32([bias]))]
        nodes.append(helper.make_node("Conv", [name, f"w{index}", f"b{index}"], [f"z{index}"]))
        nodes.append(helper.make_node("Sigmoid", [f"z{index}"], [answer]))
    matte = [shape[0], 1, *shape[2:]]
    return model(nodes, [(name, shape)], [(answer, matte) for answer in answers], weights)


def u2net(side=320):
    """Seven mattes of 320 pixels a side, the first made of the six others, named by numbers as torch names them."""
    names = [str(number) for number in range(1959, 1966)]
    nodes, weights = [], [("fuse", np.float32(SHARES).reshape(1, 6, 1, 1))]
    for index, answer in enumerate(names[1:]):
        weights.append((f"w{index}", _one_by_one((2 + index, -1, -1))))
        nodes += [
            helper.make_node("Conv", ["input.1", f"w{index}"], [f"d{index}"]),
            helper.make_node("Sigmoid", [f"d{index}"], [answer]),
        ]
    nodes += [
        helper.make_node("Concat", [f"d{i}" for i in range(6)], ["all"], axis=1),
        helper.make_node("Conv", ["all", "fuse"], ["d"]),
        helper.make_node("Sigmoid", ["d"], [names[0]]),
    ]
    return model(nodes, [("input.1", [1, 3, side, side])], [(n, [1, 1, side, side]) for n in names], weights)


def u2net_of(picture):
    """The first output of `u2net` for a picture of its size, float32 (320, 320, 3), as rembg puts it in."""
    mean, std = map(np.float32, IMAGENET)
    seen = (picture / max(picture.max(), 1e-6) - mean) / std
    fused = sum(s * ((2 + i) * seen[..., 0] - seen[..., 1] - seen[..., 2]) for i, s in enumerate(SHARES))
    found = 1 / (1 + np.exp(-fused.astype(np.float64)))
    return (found - found.min()) / (found.max() - found.min())


def isnet():
    return reddish([1, 3, 1024, 1024], ["output", "side1", "side2"])


def anime():
    return reddish([1, 3, 1024, 1024], ["mask"], "img")


def birefnet(side=512):
    """Attention over a few patches, normalised layers, and log-odds for an answer."""
    weights = [("w", _one_by_one((9, -4, -4))), ("scale", np.ones(16, np.float32)), ("tokens", np.array([1, 1, 16]))]
    weights += [("whole", np.array([1, 1, 1, 1])), ("mean", np.array([0, 1, 2, 3]))]
    nodes = [
        helper.make_node("Conv", ["input_image", "w"], ["z"]),
        helper.make_node("AveragePool", ["z"], ["p"], kernel_shape=[side // 4] * 2, strides=[side // 4] * 2),
        helper.make_node("Reshape", ["p", "tokens"], ["t"]),
        helper.make_node("LayerNormalization", ["t", "scale"], ["n"]),
        helper.make_node("Transpose", ["n"], ["k"], perm=[0, 2, 1]),
        helper.make_node("MatMul", ["n", "k"], ["a"]),
        helper.make_node("Softmax", ["a"], ["s"]),
        helper.make_node("Reshape", ["s", "whole"], ["one"]),
        helper.make_node("Mul", ["z", "one"], ["output_image"]),
    ]
    shape = [1, 3, side, side]
    return model(nodes, [("input_image", shape)], [("output_image", [1, 1, side, side])], weights)


ANY = [1, 3, "h", "w"]


def denoiser(shape=ANY, *, level=False, step=1):
    """A mean over 3 x 3 pixels. With `level` mixed in as far as that says; with `step` only of multiples of it."""
    weight = np.zeros((3, 3, 3, 3), np.float32)
    weight[[0, 1, 2], [0, 1, 2]] = 1 / 9
    out = "blurred" if level or step > 1 else "clean"
    nodes, weights = [helper.make_node("Conv", ["noisy", "w"], [out], pads=[1] * 4)], [("w", weight)]
    if step > 1:  # to and fro, which needs whole cells
        last = "cells" if level else "clean"
        nodes += [
            helper.make_node("SpaceToDepth", ["blurred"], ["deep"], blocksize=step),
            helper.make_node("DepthToSpace", ["deep"], [last], blocksize=step),
        ]
        out = last
    if level:
        nodes += [
            helper.make_node("Sub", [out, "noisy"], ["change"]),
            helper.make_node("Mul", ["change", "level"], ["part"]),
            helper.make_node("Add", ["noisy", "part"], ["clean"]),
        ]
    further = [("level", [1, 1, *shape[2:]])] if level else []
    return model(nodes, [("noisy", shape), *further], [("clean", shape)], weights)


def upscaler(by=2):
    """Each pixel `by` x `by` times."""
    weight = np.zeros((3 * by * by, 3, 1, 1), np.float32)
    for channel in range(3):
        weight[channel::3, channel] = 1
    nodes = [
        helper.make_node("Conv", ["lq", "w"], ["deep"]),
        helper.make_node("DepthToSpace", ["deep"], ["hq"], blocksize=by, mode="DCR"),
    ]
    return model(nodes, [("lq", ANY)], [("hq", [1, 3, "H", "W"])], [("w", weight)])


def greedy(gigabytes=8):
    """Says nothing of it, but makes a tensor of that size as it runs."""
    size = np.array([gigabytes << 28], np.int64)
    nodes = [
        helper.make_node("ConstantOfShape", ["size"], ["much"]),
        helper.make_node("ReduceMax", ["much"], ["most"], keepdims=0),
        helper.make_node("Add", ["lq", "most"], ["hq"]),
    ]
    return model(nodes, [("lq", ANY)], [("hq", ANY)], [("size", size)])


def custom(domain="com.example"):
    node = helper.make_node("Magic", ["lq"], ["hq"], domain=domain)
    return model([node], [("lq", ANY)], [("hq", ANY)], domains=[domain])


def hidden():
    """The custom operator is inside the branches of an If."""
    inner = helper.make_node("Magic", ["lq"], ["y"], domain="com.example")
    made = helper.make_tensor_value_info("y", TensorProto.FLOAT, None)
    branch = helper.make_graph([inner], "branch", [], [made])
    nodes = [helper.make_node("If", ["yes"], ["hq"], then_branch=branch, else_branch=branch)]
    return model(nodes, [("lq", ANY)], [("hq", ANY)], [("yes", np.array(True))], domains=["com.example"])


def with_external(location, **entries):
    """The denoiser, whose weights lie in another file."""
    made = denoiser()
    (weight,) = made.graph.initializer
    weight.ClearField("raw_data")
    weight.data_location = TensorProto.EXTERNAL
    for key, value in {"location": location, **entries}.items():
        weight.external_data.add(key=key, value=str(value))
    return made


def weights_of_denoiser():
    return denoiser().graph.initializer[0].raw_data
