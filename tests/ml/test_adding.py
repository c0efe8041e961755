"""Adding: networks of others are recognised, run as their authors run them, or refused in one line."""

import numpy as np
import onnx
import pytest
from onnx import helper

from editor.core.job import Job
from editor.core.sample import draw, grain
from editor.ml.adding import Missing, Told, card_for
from editor.ml.brought import Brought, Unfit
from editor.ml.card import CARD_SUFFIX, Card
from editor.ml.network import Network
from editor.ml.recognise import family
from editor.ml.store import Store
from editor.ml.trial import attempt
from editor.ml.wire import parse
from tests.ml import foreign
from tests.ml.conftest import model_bytes

ROOM = 10**9  # bytes


@pytest.fixture
def put(tmp_path):
    """put(model, name) writes an ONNX file, as it was downloaded."""

    def write(model, name="given.onnx"):
        (tmp_path / "downloads").mkdir(exist_ok=True)
        path = tmp_path / "downloads" / name
        path.write_bytes(model.SerializeToString())
        return path

    return write


@pytest.fixture
def own(tmp_path):
    return Brought(tmp_path / "own")


def known(model):
    return family(parse(memoryview(model.SerializeToString())))


def test_families_are_known_by_their_graphs():
    assert known(foreign.u2net()).title == "U2-Netp" and known(foreign.u2net()).output == "1959"
    assert known(foreign.u2net()).peak and known(foreign.u2net()).mean == (0.485, 0.456, 0.406)
    large = foreign.u2net()
    large.graph.initializer.append(onnx.numpy_helper.from_array(np.zeros(5_000_000, np.float16), "ballast"))
    assert known(large).title == "U2-Net"
    isnet = known(foreign.isnet())
    assert (isnet.title, isnet.mean, isnet.std, isnet.peak) == ("IS-Net", (0.5,) * 3, (1.0,) * 3, False)
    assert known(foreign.anime()).title == "IS-Net (anime)" and known(foreign.anime()).mean == ()
    assert known(foreign.birefnet()).title == "BiRefNet" and known(foreign.birefnet()).logits
    assert known(foreign.birefnet(1024)).std == (0.229, 0.224, 0.225)
    for other in (foreign.u2net(256), foreign.reddish([1, 3, 320, 320], ["a", "b"]), foreign.denoiser()):
        assert known(other) is None


def test_u2net_runs_as_rembg_runs_it(put, own):
    graph, card = card_for(put(foreign.u2net()), "cutout", Told(licence="Apache-2.0"), ROOM)
    own.keep("u2netp", put(foreign.u2net()), [], card)
    network = Store(own.folder, "cpu", own)["cutout:u2netp"]
    assert (network.card.size, network.card.licence, graph.externals) == ((320, 320), "Apache-2.0", [])
    picture = draw(size=(320, 320)) * np.float32(0.8)
    assert np.abs(network.run(picture, Job())[..., 0] - foreign.u2net_of(picture)).max() < 1e-4
    large = draw(size=(800, 500))
    found = network.run(large, Job())
    assert found.shape == (500, 800, 1) and found.min() >= 0 and found.max() > 0.9


def test_log_odds_are_answered_as_a_matte(put, own):
    own.keep("bi", put(foreign.birefnet()), [], card_for(put(foreign.birefnet()), "cutout", Told(), ROOM)[1])
    found = Store(own.folder, "cpu", own)["cutout:bi"].run(draw(size=(300, 200)), Job())
    assert found.shape == (200, 300, 1) and 0 <= found.min() < 0.05 and 0.95 < found.max() <= 1


def test_what_is_not_known_is_asked_for(put):
    path = put(foreign.reddish([1, 3, "h", "w"], ["first", "second"]))
    told = {}
    for option, given in (
        ("--output", {"output": "second"}), ("--size", {"size": (96, 64)}), ("--mean", {"mean": (0.5,) * 3}),
        ("--std", {"std": (0.25,) * 3}),
    ):  # fmt: skip
        with pytest.raises(Missing, match=option) as missing:
            card_for(path, "cutout", Told(**told), ROOM)
        assert missing.value.option.startswith(option) and str(path) in str(missing.value)
        told |= given
    card = card_for(path, "cutout", Told(**told), ROOM)[1]
    assert (card.size, card.mean, card.output, card.logits) == ((96, 64), (0.5,) * 3, "second", False)
    with pytest.raises(Unfit, match="no output 'third'"):
        card_for(path, "cutout", Told(**told | {"output": "third"}), ROOM)


def test_what_a_person_says_goes_before_what_was_recognised(put):
    card = card_for(put(foreign.u2net()), "cutout", Told(mean=(0.0,) * 3, output="1960"), ROOM)[1]
    assert card.mean == (0.0,) * 3 and card.output == "1960" and card.std == (0.229, 0.224, 0.225)
    with pytest.raises(Unfit, match="320x320 pixels, not 512x512"):
        card_for(put(foreign.u2net()), "cutout", Told(size=(512, 512)), ROOM)


@pytest.mark.parametrize(("by", "step"), [(1, 1), (1, 8), (2, 1), (3, 1)])
def test_scale_and_step_are_found_by_running_it(put, own, by, step):
    task = "upscale" if by > 1 else "denoise"
    path = put(foreign.upscaler(by) if by > 1 else foreign.denoiser(step=step))
    card = card_for(path, task, Told(), ROOM)[1]
    assert (card.scale, card.multiple_of, card.tile, card.inputs) == (by, step, 256, ())
    own.keep("n", path, [], card)
    picture = draw(size=(301, 77))
    out = Store(own.folder, "cpu", own)[f"{task}:n"].run(picture, Job())
    assert out.shape == (77 * by, 301 * by, 3)
    if by > 1:
        assert np.allclose(out, picture.repeat(by, 0).repeat(by, 1), atol=1e-5)


def test_a_denoiser_of_one_size_and_with_a_level(put, own):
    path = put(foreign.denoiser([1, 3, 64, 64], level=True))
    card = card_for(path, "denoise", Told(), ROOM)[1]
    assert (card.inputs, card.size, card.tile) == (("level",), (64, 64), 64)
    own.keep("n", path, [], card)
    network = Store(own.folder, "cpu", own)["denoise:n"]
    picture = grain(draw(size=(200, 150)))
    assert np.allclose(network.run(picture, Job(), level=0.0), picture, atol=1e-6)
    clean = network.run(picture, Job(), level=1.0)
    assert clean.shape == picture.shape and np.diff(clean, axis=0).std() < 0.7 * np.diff(picture, axis=0).std()


def test_half_precision_goes_in_and_out(put, own):
    model = foreign.reddish([1, 3, 64, 64], ["m"])
    for weight in model.graph.initializer:
        weight.CopyFrom(
            onnx.numpy_helper.from_array(onnx.numpy_helper.to_array(weight).astype(np.float16), weight.name)
        )
    for value in (*model.graph.input, *model.graph.output):
        value.type.tensor_type.elem_type = onnx.TensorProto.FLOAT16
    card = card_for(put(model), "cutout", Told(mean=(0.0,) * 3, std=(1.0,) * 3), ROOM)[1]
    own.keep("half", put(model), [], card)
    out = Store(own.folder, "cpu", own)["cutout:half"].run(draw(size=(100, 80)), Job())
    assert out.dtype == np.float32 and out.shape == (80, 100, 1)


def test_weights_beside_come_along(put, own):
    path = put(foreign.with_external("deep/w.bin"))
    (path.parent / "deep").mkdir()
    (path.parent / "deep" / "w.bin").write_bytes(foreign.weights_of_denoiser())
    graph, card = card_for(path, "denoise", Told(), ROOM)
    own.keep("n", path, [e.location for e in graph.externals], card)
    (path.parent / "deep" / "w.bin").unlink()
    flat = np.full((40, 50, 3), 0.5, np.float32)
    assert np.allclose(Store(own.folder, "cpu", own)["denoise:n"].run(flat, Job())[2:-2, 2:-2], 0.5, atol=1e-5)


def two_pictures():
    return foreign.model(
        [helper.make_node("Add", ["a", "b"], ["c"])], [("a", foreign.ANY), ("b", foreign.ANY)], [("c", foreign.ANY)]
    )


def transposed():
    node = helper.make_node("Transpose", ["a"], ["c"], perm=[0, 3, 1, 2])
    return foreign.model([node], [("a", [1, "h", "w", 3])], [("c", foreign.ANY)])


def of_channels(count):
    return foreign.model([helper.make_node("Identity", ["a"], ["c"])], [("a", [1, count, 64, 64])], [("c", None)])


def bytes_in():
    node = helper.make_node("Identity", ["a"], ["c"])
    return foreign.model([node], [("a", foreign.ANY)], [("c", foreign.ANY)], kind=onnx.TensorProto.UINT8)


def no_numbers():
    nodes = [helper.make_node("Sub", ["a", "a"], ["z"]), helper.make_node("Div", ["z", "z"], ["c"])]
    return foreign.model(nodes, [("a", foreign.ANY)], [("c", foreign.ANY)])


def unequal():
    """Says that it takes any size, and takes one."""
    shape = np.array([1, 3, 50, 50])
    node = helper.make_node("Reshape", ["a", "shape"], ["c"])
    return foreign.model([node], [("a", foreign.ANY)], [("c", foreign.ANY)], [("shape", shape)])


@pytest.mark.parametrize(
    ("model", "task", "said"),
    [
        (foreign.custom, "denoise", "operator that ONNX Runtime does not have"),
        (foreign.hidden, "denoise", "operator that ONNX Runtime does not have"),
        (lambda: foreign.with_external("/etc/passwd"), "denoise", "weights outside of its folder"),
        (lambda: foreign.with_external("../w.bin"), "denoise", "weights outside of its folder"),
        (lambda: foreign.with_external("w.bin"), "denoise", "not beside it"),
        (foreign.greedy, "denoise", "more memory than it may take"),
        (lambda: of_channels(1), "denoise", "takes 1 channels, not the 3"),
        (lambda: of_channels(4), "cutout", "takes 4 channels, not the 3"),
        (transposed, "denoise", "its colours come last"),
        (two_pictures, "upscale", "has the inputs a, b"),
        (bytes_in, "denoise", "takes no floats"),
        (unequal, "denoise", "cannot be run on"),
        (no_numbers, "denoise", "no numbers"),
        (foreign.upscaler, "denoise", "it is to be added --as upscale"),
        (foreign.denoiser, "upscale", "it is to be added --as denoise"),
        (lambda: foreign.reddish(foreign.ANY, ["m"]), "denoise", "answers with 1 channels"),
    ],
)
def test_what_cannot_be_taken_is_refused_in_one_line(put, model, task, said):
    path = put(model())
    with pytest.raises(Unfit, match=said) as refused:
        card_for(path, task, Told(), ROOM)
    assert str(refused.value).startswith(f"{path}: ") and "\n" not in str(refused.value)


def test_a_picture_is_no_matte(put):
    told = Told(mean=(0.0,) * 3, std=(1.0,) * 3)
    with pytest.raises(Unfit, match="a matte is wanted"):
        card_for(put(foreign.denoiser([1, 3, 64, 64])), "cutout", told, ROOM)


def test_what_is_known_to_be_too_large_is_not_even_run(put, monkeypatch):
    monkeypatch.setattr("editor.ml.adding.attempt", lambda *_: pytest.fail("it was run"))
    model = foreign.denoiser()
    model.graph.value_info.append(helper.make_tensor_value_info("x", 1, [1, 64, 10_000, 10_000]))
    with pytest.raises(Unfit, match="needs 25,600 MB and may take 1,000 MB"):
        card_for(put(model), "denoise", Told(), ROOM)


def test_a_trial_tells_what_it_took(put):
    (small,) = attempt(put(foreign.denoiser()), [(64, 64)], ROOM)
    (large,) = attempt(put(foreign.denoiser()), [(2048, 2048)], ROOM)
    assert small.shapes == {"clean": [1, 3, 64, 64]} and not small.trouble
    assert large.memory == 0 or large.memory > small.memory + 40e6


def test_packshots_own_models_bring_their_card(tmp_path):
    node = helper.make_node("Identity", ["image"], ["out"])
    path = tmp_path / "mine.onnx"
    path.write_bytes(model_bytes([node], Card("denoise", "Mine", tile=64, overlap=8)))
    assert card_for(path, "denoise", Told(), ROOM)[1].title == "Mine"
    with pytest.raises(Unfit, match="it is for denoise, not cutout"):
        card_for(path, "cutout", Told(), ROOM)
    path.write_bytes(path.read_bytes().replace(b"Mine", b"Yours"[:4]))
    with pytest.raises(Unfit, match="checksum"):
        card_for(path, "denoise", Told(), ROOM)


def test_the_folder_keeps_lists_and_removes(put, own):
    card = Card("denoise", output="clean", tile=64, overlap=8)
    path = put(foreign.denoiser())
    own.keep("b", path, [], card)
    own.keep("a", path, [], Card("upscale"))
    assert own.names() == ["a", "b"] and own.keys() == ["upscale:a", "denoise:b"]
    assert sorted(p.name for p in own.folder.iterdir()) == ["a", "b"]  # nothing half done is left
    for name, said in (
        ("a", "already"),
        ("own", "cannot be the name"),
        ("../x", "cannot be the name"),
        ("", "cannot be"),
    ):
        with pytest.raises(Unfit, match=said):
            own.keep(name, path, [], card)
    with pytest.raises(Unfit, match="called as it would be"):
        own.keep("c", path, ["c.onnx"], card)
    with pytest.raises(Unfit, match="cannot be written"):
        own.keep("c", path, ["missing.bin"], card)
    assert own.names() == ["a", "b"] and len(list(own.folder.iterdir())) == 2
    own.remove("a")
    assert own.names() == ["b"] and not (own.folder / "a").exists()
    with pytest.raises(Unfit, match="no network called 'a'"):
        own.remove("a")


def test_a_file_that_was_changed_is_not_run(put, own):
    own.keep("n", put(foreign.denoiser()), [], Card("denoise", output="clean"))
    changed = foreign.denoiser()
    changed.doc_string = "another"
    own.path("n").write_bytes(changed.SerializeToString())
    with pytest.raises(Exception, match="checksum"):
        Network(own.path("n"))
    own.path("n").with_name("n" + CARD_SUFFIX).write_text("{")
    with pytest.raises(Exception, match="card cannot be read"):
        Network(own.path("n"))
    assert own.keys() == [] and own.names() == ["n"]


def test_what_is_not_there_is_named(own, tmp_path):
    store = Store(tmp_path, "cpu", own)
    for key in ("cutout:u2netp", "cutout:../x"):
        with pytest.raises(Exception, match=f"{key.partition(':')[2]}: there is no such network for cutout"):
            store[key]
    assert list(store) == []
