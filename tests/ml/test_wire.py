"""Wire: what an ONNX file holds is read without running it, and garbage ends in one sentence."""

import numpy as np
import onnx
import pytest
from onnx import helper, numpy_helper

from editor.ml.graph import External, outside
from editor.ml.recognise import family
from editor.ml.store import model_folder
from editor.ml.wire import MOST_PARTS, NotOnnx, parse, read
from tests.ml import foreign


def graph_of(model):
    return parse(memoryview(model.SerializeToString()))


def test_a_graph_is_what_onnx_says_it_is():
    model = foreign.u2net()
    graph = graph_of(model)
    assert [v.name for v in graph.inputs] == ["input.1"] and graph.inputs[0].shape == (1, 3, 320, 320)
    assert [v.name for v in graph.outputs] == [v.name for v in model.graph.output]
    assert [n.operator for n in graph.nodes] == [n.op_type for n in model.graph.node]
    assert graph.parameters == sum(np.prod(w.dims, dtype=int) for w in model.graph.initializer)
    assert graph.weight_bytes == 4 * graph.parameters
    assert graph.last_operator("1959", frozenset()) == "Sigmoid"


@pytest.mark.parametrize("path", sorted(model_folder().glob("*.onnx")), ids=lambda p: p.stem)
def test_published_models_are_read(path):
    graph, model = read(path), onnx.load(path)
    weights = {w.name for w in model.graph.initializer}
    assert [v.name for v in graph.inputs] == [v.name for v in model.graph.input if v.name not in weights]
    constants = [n.attribute[0].t for n in model.graph.node if n.op_type == "Constant"]  # they count as well
    weighed = sum(np.prod(w.dims, dtype=int) for w in (*model.graph.initializer, *constants))
    assert abs(graph.parameters - weighed) < 100  # sizes and axes, a few numbers each, are left out of some
    assert graph.metadata == {p.key: p.value for p in model.metadata_props}
    assert graph.foreign == [] and graph.externals == [] and family(graph) is None


def test_open_lengths_and_half_precision():
    model = foreign.model(
        [helper.make_node("Identity", ["a"], ["b"])], [("a", ["n", 3, 64, "w"])], [("b", None)], kind=10
    )
    graph = graph_of(model)
    assert graph.inputs[0].shape == (0, 3, 64, 0) and graph.inputs[0].kind == 10
    assert graph.outputs[0].shape is None and graph.least_bytes == 0


def test_what_goes_through_counts():
    model = foreign.denoiser([1, 3, 1000, 1000])
    model.graph.value_info.append(helper.make_tensor_value_info("x", 1, [1, 64, 1000, 1000]))
    assert graph_of(model).least_bytes == 4 * 64 * 1000 * 1000 + 81 * 4


def test_operators_are_found_however_deep():
    assert graph_of(foreign.custom()).foreign == ["com.example.Magic"]
    assert graph_of(foreign.hidden()).foreign == ["com.example.Magic"]
    magic = helper.make_function(
        "com.example", "Magic", ["x"], ["y"], [helper.make_node("Relu", ["x"], ["y"])], [helper.make_opsetid("", 18)]
    )
    defined = foreign.custom()
    defined.functions.append(magic)
    assert graph_of(defined).foreign == []  # the file itself says what it is
    inner = helper.make_function(
        "com.example", "Magic", ["x"], ["y"], [helper.make_node("Black", ["x"], ["y"], domain="evil")], []
    )
    defined.functions[0].CopyFrom(inner)
    assert graph_of(defined).foreign == ["evil.Black"]


def test_other_files_are_found_in_weights_and_attributes():
    model = foreign.with_external("w.bin", offset=4, length=324)
    constant = numpy_helper.from_array(np.zeros(3, np.float32), "c")
    constant.ClearField("raw_data")
    constant.data_location = onnx.TensorProto.EXTERNAL
    constant.external_data.add(key="location", value="/etc/passwd")
    model.graph.node.append(helper.make_node("Constant", [], ["c"], value=constant))
    assert set(graph_of(model).externals) == {External("w.bin", 4, 324), External("/etc/passwd")}


def test_a_graph_that_comes_twice_counts_twice():
    """Protocol Buffers merge them, so what the second adds is there as well."""
    both = memoryview(foreign.denoiser().SerializeToString() + foreign.custom().SerializeToString())
    assert parse(both).foreign == ["com.example.Magic"]


@pytest.mark.parametrize(
    "name", ["/etc/passwd", "../w.bin", "a/../../w.bin", "C:\\w.bin", "\\\\host\\w.bin", "..\\w.bin", "", "w\0.bin"]
)
def test_weights_outside_are_refused(tmp_path, name):
    home = tmp_path / "home"
    home.mkdir()
    (tmp_path / "w.bin").write_bytes(b"0" * 400)
    assert "outside of its folder" in outside(home, External(name))


def test_weights_beside_are_taken_if_they_are_whole(tmp_path):
    (tmp_path / "w.bin").write_bytes(b"0" * 400)
    assert outside(tmp_path, External("w.bin", 76, 324)) == ""
    assert "cut off" in outside(tmp_path, External("w.bin", 77, 324))
    assert "not beside it" in outside(tmp_path, External("v.bin"))
    assert "no file" in outside(tmp_path, External("."))
    assert "not beside it" in outside(tmp_path, External("*/_ORT_MEM_ADDR_/*", 0, 8))


def test_a_link_that_leads_out_is_refused(tmp_path):
    home = tmp_path / "home"
    home.mkdir()
    (tmp_path / "w.bin").write_bytes(b"0" * 400)
    (home / "w.bin").symlink_to(tmp_path / "w.bin")
    (home / "loop").symlink_to("loop")
    assert "leads out" in outside(home, External("w.bin"))
    assert "not beside it" in outside(home, External("loop"))


@pytest.mark.parametrize(
    "data",
    [
        b"\x00",
        b"version https://git-lfs.github.com/spec/v1\n",
        b"\x89PNG\r\n\x1a\n" + b"\0" * 50,
        b"\xff" * 50,
        b"\x08\x09",
    ],
)
def test_what_is_no_onnx_file_is_said_to_be_none(data):
    with pytest.raises(NotOnnx):
        parse(memoryview(data))


def test_an_empty_file(tmp_path):
    (tmp_path / "x.onnx").touch()
    with pytest.raises(NotOnnx, match="empty"):
        read(tmp_path / "x.onnx")


def test_damaged_files_end_in_a_sentence_or_a_graph():
    chance = np.random.default_rng(5)
    whole = [m.SerializeToString() for m in (foreign.u2net(), foreign.hidden(), foreign.with_external("w.bin"))]
    refused = 0
    for turn in range(600):
        data = bytearray(whole[turn % 3])
        for _ in range(chance.integers(1, 6)):
            data[chance.integers(len(data))] = chance.integers(256)
        if turn % 4 == 0:
            del data[chance.integers(len(data)) :]
        try:
            parse(memoryview(bytes(data)))
        except NotOnnx:
            refused += 1
    assert refused > 100


def test_graphs_inside_of_graphs_and_endless_parts_are_bounded():
    deep = b""
    for _ in range(200):  # a graph of a node with an attribute that is a graph ...
        deep = _field(1, _field(5, _field(6, deep)))
    with pytest.raises(NotOnnx, match="too deep"):
        parse(memoryview(b"\x08\x09" + _field(7, deep)))
    many = b"\x08\x09" + _field(7, b"\x50\x00" * (MOST_PARTS + 1))
    with pytest.raises(NotOnnx, match="too many parts"):
        parse(memoryview(many))


def _field(number, data):
    """A field with bytes in it, in wire format."""
    length, size = len(data), b""
    while length > 127:
        size, length = size + bytes([length & 127 | 128]), length >> 7
    return bytes([number << 3 | 2]) + size + bytes([length]) + data
