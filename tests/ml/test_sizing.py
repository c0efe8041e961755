"""Sizing: a network sees the size and the numbers that its card says, and its answer is as large as the picture."""

from dataclasses import replace

import numpy as np
import pytest
from onnx import helper

from editor.core.job import Job
from editor.core.model import ModelError
from editor.core.sample import draw
from editor.ml.card import Card
from editor.ml.network import Network
from editor.ml.sizing import answer_of, resized, seen_by
from tests.ml.conftest import model_bytes


def test_shrinking_is_the_mean_and_growing_a_line():
    picture = np.arange(8, dtype=np.float32).reshape(2, 4, 1)
    assert np.allclose(resized(picture, 2, 1)[..., 0], [[2.5, 4.5]])
    assert np.allclose(resized(np.float32([[[0], [1]]]), 4, 1)[0, :, 0], [0, 0.25, 0.75, 1])
    assert resized(picture, 1, 8).shape == (8, 1, 1) and resized(picture, 4, 2) is picture


@pytest.mark.parametrize("size", [(640, 480), (480, 640), (100, 75), (321, 1), (1, 1), (2, 5000), (320, 320), (33, 47)])
def test_any_picture_is_brought_to_the_side_and_back(save, size):
    seen = []
    network = Network(
        save("c.onnx", [helper.make_node("Identity", ["image"], ["out"])], Card("c", side=320, multiple_of=32))
    )
    run = network._run_one
    network._run_one = lambda stack, job, session: seen.append(stack.shape) or run(stack, job, session)
    width, height = size
    out = network.run(np.full((height, width, 3), 0.25, np.float32), Job())
    assert out.shape == (height, width, 3) and out.dtype == np.float32 and np.allclose(out, 0.25)
    ((high, wide, _),) = seen
    assert max(high, wide) == 320 and high % 32 == wide % 32 == 0
    assert min(high, wide) - 32 < max(1, round(min(size) * 320 / max(size))) <= min(high, wide)


def test_what_comes_back_lies_where_it_was():
    picture = draw(size=(200, 150))
    there = answer_of(Card("c", side=640), seen_by(Card("c", side=640), picture), 150, 200)
    assert np.abs(there - picture).mean() < 0.01
    small = Card("c", side=100)
    assert np.abs(answer_of(small, seen_by(small, picture), 150, 200) - picture).mean() < 0.04


def test_numbers_are_as_the_card_says():
    picture = np.full((4, 6, 3), 0.5, np.float32) * np.float32([1, 0.5, 0.25])
    card = Card("c", size=(3, 2), peak=True, mean=(0.5, 0.5, 0.5), std=(0.25, 0.5, 1))
    seen = seen_by(card, np.concatenate([picture, picture[..., :1]], 2))
    assert seen.shape == (2, 3, 4)
    assert np.allclose(seen, [2, 0, -0.25, 0.5])  # a further input stays as it is
    assert np.isfinite(seen_by(card, np.zeros((4, 6, 3), np.float32))).all()


def test_answers_are_stretched_but_nothing_is_not():
    card = Card("c", stretched=True)
    found = np.float32([0.2, 0.4, 0.7]).reshape(1, 3, 1)
    assert np.allclose(answer_of(card, found, 1, 3).ravel(), [0, 0.4, 1])
    assert np.array_equal(answer_of(card, found / 10, 1, 3), found / 10)
    odds = answer_of(Card("c", logits=True), np.float32([-200, 0, 200]).reshape(1, 3, 1), 1, 3)
    assert np.allclose(odds.ravel(), [0, 0.5, 1])


def test_further_inputs_are_brought_to_the_side_too(save):
    node = helper.make_node("Mul", ["image", "level"], ["out"])
    card = Card("m", inputs=("level",), side=64)
    network = Network(save("m.onnx", [node], card, inputs=("image", "level")))
    assert network.inputs == ("level",)
    half = np.zeros((100, 200), np.float32)
    half[:, 100:] = 1
    out = network.run(np.ones((100, 200, 3), np.float32), Job(), level=half)
    assert out[:, :90].max() < 1e-6 and out[:, 110:].min() > 1 - 1e-6


@pytest.mark.parametrize("by", [2, 3])
def test_what_makes_more_pixels_of_one_runs_in_tiles_too(tmp_path, by):
    weight = np.zeros((3 * by * by, 3, 1, 1), np.float32)
    for channel in range(3):
        weight[channel::3, channel] = 1
    nodes = [
        helper.make_node("Conv", ["image", "w"], ["deep"]),
        helper.make_node("DepthToSpace", ["deep"], ["out"], blocksize=by),
    ]
    card = Card("upscale", scale=by, tile=64, overlap=16, multiple_of=8)
    (tmp_path / "u.onnx").write_bytes(model_bytes(nodes, card, weights=[("w", weight)]))
    picture = draw(size=(130, 90))
    out = Network(tmp_path / "u.onnx").run(picture, Job())
    assert np.allclose(out, picture.repeat(by, 0).repeat(by, 1), atol=1e-6)


def test_a_fixed_tile_is_always_full(save):
    seen = []
    network = Network(
        save(
            "d.onnx", [helper.make_node("Identity", ["image"], ["out"])], Card("d", size=(64, 64), tile=64, overlap=16)
        )
    )
    run = network._run_one
    network._run_one = lambda stack, job, session: seen.append(stack.shape[:2]) or run(stack, job, session)
    for size in ((150, 90), (20, 30)):
        picture = draw(size=size)
        assert np.allclose(network.run(picture, Job()), picture, atol=1e-6)
    assert set(seen) == {(64, 64)}


def test_a_part_of_a_pixel_is_not_cut_in_tiles(save):
    nodes = [helper.make_node("AveragePool", ["image"], ["out"], kernel_shape=[2, 2], strides=[2, 2])]
    network = Network(save("n.onnx", nodes, Card("n", scale=0.5, tile=32, overlap=8, multiple_of=8)))
    with pytest.raises(ModelError, match="not run in tiles"):
        network.run(draw(size=(100, 100)), Job())


@pytest.mark.parametrize(
    "wrong",
    [
        {"side": -1}, {"side": 320.5}, {"multiple_of": 0}, {"size": [320]}, {"size": [320, 320], "side": 320},
        {"mean": [0.5]}, {"std": [0, 1, 1]}, {"mean": ["a", "b", "c"]}, {"tile": 64, "side": 320}, {"size": "320"},
        {"tile": 64, "size": [32, 32]}, {"scale": 0}, {"mean": 5}, {"std": [1, 1, float("nan")]},
    ],
)  # fmt: skip
def test_cards_that_make_no_sense_are_refused(wrong):
    import json

    text = json.dumps(json.loads(Card("c").to_json()) | wrong)
    with pytest.raises(ValueError, match="card"):
        Card.from_json(text)


def test_old_cards_are_still_read():
    assert Card.from_json('{"task": "denoise", "contract": "rgb01-nchw-1", "tile": 768}').side == 0
    assert Card.from_json(Card("c", side=320, multiple_of=32).to_json()) == Card("c", side=320, multiple_of=32)


def test_more_channels_than_opencv_takes_are_sized_as_one_by_one():
    stack = np.random.default_rng(0).random((37, 50, 7), np.float32)
    for size in ((16, 12), (64, 20), (90, 80), (50, 37)):
        alone = [resized(np.ascontiguousarray(stack[..., c : c + 1]), *size)[..., 0] for c in range(7)]
        assert np.allclose(resized(stack, *size), np.stack(alone, 2), atol=1e-6), size


def test_answers_may_take_further_inputs_from_contract_4_on(save):
    card = Card("c", inputs=("matte", "like"), side=64, multiple_of=16, answers=("one", "two"))
    assert card.contract == "rgb01-nchw-4" and not card.contradiction
    with pytest.raises(ValueError, match="contradicts"):
        Card.from_json(replace(card, contract="rgb01-nchw-3").to_json())
    nodes = [helper.make_node("Mul", ["image", "matte"], ["one"]), helper.make_node("Identity", ["like"], ["two"])]
    network = Network(save("a.onnx", nodes, card, inputs=("image", "matte", "like"), outputs=("one", "two")))
    picture, half = draw(size=(200, 100)), np.zeros((100, 200), np.float32)
    half[:, 100:] = 1
    told = network.tell(picture, Job(), matte=half, like=0.25)
    assert told["one"].shape == (1, 3, 32, 64) and told["two"].shape == (1, 1, 32, 64)
    assert np.abs(told["one"][..., :31]).max() == 0
    assert np.allclose(told["one"][0, :, :, 33:], resized(picture, 64, 32)[:, 33:].transpose(2, 0, 1), atol=1e-6)
    assert np.allclose(told["two"], 0.25)
    for given in ({}, {"matte": half}, {"matte": half, "like": 1.0, "other": 1.0}):
        with pytest.raises(ModelError, match="takes the inputs"):
            network.tell(picture, Job(), **given)
