"""Codes: what a card says of the numbers that stand for products, and what it may not say."""

from __future__ import annotations

import json
from dataclasses import asdict, replace

import numpy as np
import pytest

from editor.core.codes import Codes
from editor.core.job import Job
from editor.core.recall import Recall
from editor.ml.card import CODES, Card
from tests.coding import NUMBERS, Encoder, codes

CARD = Card("latent-decoder", contract=CODES, inputs=("code",), answers=("picture",), codes=codes())


def test_come_back_from_a_card():
    read = Card.from_json(CARD.to_json())
    assert read.codes == codes()
    assert read.codes.of("slider")["sleeve"][3] == 1
    assert set(read.codes.of("category")) == set(codes().of("category")) != set()


def test_a_card_from_before_them_has_none():
    values = json.loads(CARD.to_json())
    del values["codes"]
    assert Card.from_json(json.dumps(values)).codes == Codes()


@pytest.mark.parametrize(
    "wrong",
    [
        {"mean": (0.0,)},
        {"deviation": (0.0,) * NUMBERS},
        {"directions": (replace(codes().directions[0], vector=(1.0,)),)},
        {"directions": (replace(codes().directions[0], kind="dream"),)},
        {"directions": (replace(codes().directions[0], vector=(float("inf"),) * NUMBERS),)},
    ],
)
def test_what_contradicts_itself_is_refused(wrong):
    card = replace(CARD, codes=replace(codes(), **wrong))
    with pytest.raises(ValueError, match="contradicts itself"):
        Card.from_json(card.to_json())


@pytest.mark.parametrize("wrong", [{"directions": [{"name": "a"}]}, {"far": "x"}, {"mean": 3}, []])
def test_what_is_no_such_thing_is_refused(wrong):
    values = asdict(CARD) | {"codes": wrong}
    with pytest.raises(ValueError, match="cannot be read"):
        Card.from_json(json.dumps(values))


def test_a_network_for_codes_is_not_asked_twice_for_the_same():
    encoder = Encoder()
    recalled = Recall({"latent-encoder": encoder}, 1 << 20)["latent-encoder"]
    picture = np.random.default_rng(0).random((2, 4, 32, 32), np.float32)
    first = recalled.reckon(Job(), picture=picture)["code"]
    again = recalled.reckon(Job(), picture=picture.copy())["code"]
    assert encoder.asked == [2]
    assert again is first and not first.flags.writeable
    recalled.reckon(Job(), picture=1 - picture)
    assert encoder.asked == [2, 2]
