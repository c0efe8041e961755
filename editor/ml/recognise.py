"""Recognise: which well-known network an ONNX graph is, and so what numbers it wants to see a picture as."""

from __future__ import annotations

from dataclasses import dataclass

from editor.ml.card import KEY
from editor.ml.graph import Graph

HANDING_ON = frozenset(("Identity", "Cast", "Reshape", "Squeeze", "Unsqueeze", "Resize", "Upsample", "Slice"))
BOUNDED = ("Sigmoid", "HardSigmoid", "Softmax", "Clip")  # operators that answer with 0..1
_ATTENTION = {"MatMul", "Softmax"}
_NORMS = {"LayerNormalization", "ReduceMean"}  # the second where the first is written out
_IMAGENET = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)
_SMALL, _LARGE = 320, 1024  # pixels on a side
_FEW = 5_000_000  # weights


@dataclass(frozen=True)
class Family:
    """How networks of one kind see a picture, and which of their outputs is the answer."""

    title: str
    mean: tuple[float, ...]
    std: tuple[float, ...]
    output: str
    side: int = 0  # of what they see, where the graph leaves it open
    peak: bool = False
    logits: bool = False


def family(graph: Graph) -> Family | None:
    """What a network that cuts out is, as far as its graph shows it; None: it is not known.

    U2-Net (Qin et al., Pattern Recognition 2020), U2-Netp and Silueta: seven mattes, the first made of the others; the
    picture divided by its largest value, then ImageNet's mean and deviation. IS-Net (Qin et al., ECCV 2022): 1,024
    pixels, mean 0.5; the one for anime (SkyTNT) sees 0..1 as it is. BiRefNet (Zheng et al., CAAI AIR 2024): attention,
    log-odds, ImageNet's mean and deviation.
    """
    if len(graph.inputs) != 1 or not graph.outputs or KEY in graph.metadata:  # ours say it themselves
        return None
    shape = graph.inputs[0].shape or (0, 0, 0, 0)
    side = shape[2] if len(shape) == 4 and shape[2] == shape[3] else -1  # 0: left open
    operators = {name for _, name in graph.operators}
    first = graph.outputs[0].name
    bounded = graph.last_operator(first, HANDING_ON) == "Sigmoid"
    single = all(o.shape is None or len(o.shape) != 4 or o.shape[1] in (0, 1) for o in graph.outputs)
    if operators >= _ATTENTION:
        if len(graph.outputs) == 1 and (side == 0 or side >= 512) and _NORMS & operators:
            return Family("BiRefNet", *_IMAGENET, first, _LARGE, logits=not bounded)
        return None
    if len(graph.outputs) == 7 and bounded and single and side in (0, _SMALL):
        title = "U2-Netp" if graph.parameters < _FEW else "U2-Net"
        return Family(title, *_IMAGENET, first, _SMALL, peak=True)
    if side == _LARGE and bounded:
        if (graph.inputs[0].name, first) == ("img", "mask"):
            return Family("IS-Net (anime)", (), (), first)
        return Family("IS-Net", (0.5, 0.5, 0.5), (1.0, 1.0, 1.0), first)
    return None
