"""Network: any size goes in, no seam comes out, and a file that is not a model of ours is refused."""

import threading
import time
from itertools import pairwise

import numpy as np
import pytest
from onnx import helper

from editor.core.geometry import Region
from editor.core.job import Cancelled, Job
from editor.core.model import ModelError
from editor.core.sample import draw, grain
from editor.ml.card import Card
from editor.ml.network import Network
from editor.ml.store import Store
from editor.ml.tiles import Canvas, plan

PHOTO = grain(draw(size=(330, 250)))


def test_sizes_that_do_not_fit_are_padded_and_cropped_back(identity):
    network = Network(identity(Card("denoise", multiple_of=32, tile=96, overlap=16)))
    for shape in ((33, 50, 3), (2, 2, 3), (1, 300, 3), (96, 96, 3)):
        pixels = np.random.default_rng(0).normal(0.5, 1, shape).astype(np.float32)
        assert np.allclose(network.run(pixels, Job()), pixels, atol=1e-6)


@pytest.mark.parametrize("picture", ["grey", "photo"])
def test_tiles_leave_no_seam(blur, picture):
    pixels = PHOTO if picture == "photo" else np.full((250, 330, 3), 0.5, np.float32)
    tiled = Network(blur(Card("denoise", multiple_of=8, tile=96, overlap=32))).run(pixels, Job())
    whole = Network(blur(Card("denoise", multiple_of=8, tile=4096, overlap=32))).run(pixels, Job())
    assert np.abs(tiled - whole).max() < 1e-5
    assert np.abs(whole - pixels).max() > 0.05 or picture == "grey"


def test_a_seam_would_be_seen(blur):
    tiled = Network(blur(Card("denoise", tile=96, overlap=2))).run(PHOTO, Job())
    whole = Network(blur(Card("denoise", tile=4096, overlap=2))).run(PHOTO, Job())
    assert np.abs(tiled - whole).max() > 1 / 255


def test_further_inputs_are_numbers_or_maps(save):
    node = helper.make_node("Mul", ["image", "level"], ["out"])
    network = Network(
        save("m.onnx", [node], Card("m", inputs=("level",), tile=64, overlap=8), inputs=("image", "level"))
    )
    ramp = np.linspace(0, 1, 330, dtype=np.float32)[None].repeat(250, 0)
    assert np.allclose(network.run(PHOTO, Job(), level=0.25), PHOTO * 0.25, atol=1e-6)
    assert np.allclose(network.run(PHOTO, Job(), level=ramp), PHOTO * ramp[..., None], atol=1e-6)
    with pytest.raises(ModelError, match="takes the inputs"):
        network.run(PHOTO, Job())


def test_plan_covers_everything_and_overlaps():
    for width, height, step in ((1000, 333, 0), (64, 64, 8), (72, 504, 8), (1000, 344, 8)):
        tiles = plan(width, height, 64, 16, step)
        assert len({(t.width, t.height) for t in tiles}) == 1 and max(tiles[0].width, tiles[0].height) <= 64
        assert not step or all(t.x % step == t.y % step == 0 for t in tiles)
        canvas = Canvas(width, height, tiles)
        for tile in tiles:
            assert Region(0, 0, width, height).holds(tile)
            canvas.add(tile, np.ones((tile.height, tile.width, 1), np.float32))
        assert np.allclose(canvas.result(), 1)
        edges = sorted({(t.x, t.right) for t in tiles})
        assert all(left[1] - right[0] >= 16 for left, right in pairwise(edges))
    with pytest.raises(ValueError, match="overlap"):
        plan(100, 100, 16, 16)
    assert len(plan(1584, 1200, 512, 48, 8)) == len(plan(1584, 1200, 512, 48))
    assert plan(1584, 1200, 512, 48, 8)[0].width == 432


def test_stop_is_felt_inside_a_running_network(slow):
    network, job, pressed = Network(slow), Job(), []
    pixels = np.zeros((200, 200, 3), np.float32)
    start = time.monotonic()
    network.run(pixels, Job())
    whole = time.monotonic() - start
    timer = threading.Timer(whole / 5, lambda: (pressed.append(time.monotonic()), job.cancel()))
    timer.start()
    with pytest.raises(Cancelled):
        network.run(pixels, job)
    felt = time.monotonic() - pressed[0]
    timer.join()
    assert felt < whole / 2
    network.run(np.zeros((20, 20, 3), np.float32), Job())  # the session is not harmed


def test_out_of_memory_means_smaller_tiles(blur, monkeypatch, caplog):
    network = Network(blur(Card("denoise", multiple_of=8, tile=256, overlap=32)))
    sizes, run = [], network._run_one

    def scarce(stack, job, session):
        sizes.append(stack.shape[0])
        if stack.shape[0] > 130:
            raise RuntimeError("Failed to allocate memory for requested buffer of size 1")
        return run(stack, job, session)

    monkeypatch.setattr(network, "_run_one", scarce)
    out = network.run(PHOTO, Job())
    assert sizes[0] > 130 and max(sizes[1:]) <= 128
    assert "out of memory" in caplog.text
    whole = Network(blur(Card("denoise", multiple_of=8, tile=4096, overlap=32))).run(PHOTO, Job())
    assert np.abs(out - whole).max() < 1e-5


def test_too_little_memory_even_so_is_an_error_and_no_crash(blur, monkeypatch):
    network = Network(blur(Card("denoise", tile=256, overlap=32)))

    def none(stack, job, session):
        raise RuntimeError("bad_alloc")

    monkeypatch.setattr(network, "_run_one", none)
    with pytest.raises(ModelError, match="not enough memory"):
        network.run(PHOTO, Job())


def test_what_is_no_model_of_ours_is_refused_in_one_line(identity, tmp_path):
    good = identity(Card("denoise")).read_bytes()
    cases = {
        "no.onnx": (b"hello", "is not an ONNX model"),
        "none.onnx": (b"", "is not an ONNX model"),
        "cut.onnx": (good[: len(good) // 2], "is not an ONNX model"),
        "changed.onnx": (good.replace(b'"version": 1', b'"version": 2'), "checksum"),
    }
    for name, (data, _) in cases.items():
        (tmp_path / name).write_bytes(data)
    reasons = {name: reason for name, (_, reason) in cases.items()}
    identity("", name="cardless.onnx")
    identity(Card("denoise", contract="bgr-2"), name="foreign.onnx")
    identity("[]", name="odd.onnx", seal=False)
    identity(Card("denoise"), name="unsealed.onnx", seal=False)
    identity(Card("denoise", inputs=("level",)), name="inputs.onnx")
    reasons |= {
        "cardless.onnx": "no Packshot card", "foreign.onnx": "contract 'bgr-2'", "odd.onnx": "card cannot be read",
        "unsealed.onnx": "checksum", "inputs.onnx": "its inputs", "missing.onnx": "cannot be read",
    }  # fmt: skip
    for name, reason in reasons.items():
        with pytest.raises(ModelError) as error:
            Network(tmp_path / name)
        assert name in str(error.value) and reason in str(error.value) and "\n" not in str(error.value)


def test_the_store_is_the_folder(identity, tmp_path):
    identity(Card("denoise"))
    identity(Card("other"), name="noise.onnx")
    store = Store(tmp_path, "cpu")
    assert list(store) == ["denoise", "noise"] and len(store) == 2
    assert store["denoise"] is store["denoise"]
    with pytest.raises(ModelError, match="it is for 'other'"):
        store["noise"]
    with pytest.raises(ModelError, match="no such model"):
        store["cutout"]


def test_a_card_comes_back_from_its_text():
    card = Card("denoise", inputs=("level",), data=("a", "b"), measured={"PSNR": 31.0}, licence="CC0")
    assert Card.from_json(card.to_json()) == card
    assert Card.from_json(card.to_json().replace('"seed"', '"from_the_future": 1, "seed"')) == card
