"""Card: what a model file says about itself. The toolchain writes it into the ONNX file, `Network` obeys it."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass, field, fields
from hashlib import sha256
from math import isfinite
from typing import Any

from editor.core.codes import Codes

KEY = "packshot"  # the card's place in the metadata of an ONNX file
CONTRACT = "rgb01-nchw-4"
CODES = "code-1"
KNOWN = ("rgb01-nchw-1", "rgb01-nchw-2", "rgb01-nchw-3", CONTRACT, CODES)
CARD_SUFFIX = ".card.json"  # of a card that lies beside its model
UNSEALED = "0" * 64
MOST_MARGIN = 24  # pixels
MOST_PIXELS = 1 << 16  # on a side, of whatever a card names
_SEAL = re.compile(rb'"seal": "([0-9a-f]{64})"')


@dataclass(frozen=True)
class Card:
    """A model's own account.

    `contract` says how pixels go in and out; an unknown one is refused. rgb01-nchw-1: the first input is sRGB-encoded
    RGB, float32 (1, 3, h, w), 0..1 (a denoiser's may swing past); every name in `inputs` is a further input
    (1, 1, h, w); the answer is (1, c, h * scale, w * scale). rgb01-nchw-2 adds what is done with a picture before, and
    with the answer after (`side` to `stretched`). rgb01-nchw-3 has answers that are no picture: what is told of the
    whole of one, numbers of any shape, by the names in `answers`; from rgb01-nchw-4 on with further inputs too. code-1
    is between pictures and codes: all inputs and answers are float32 and named, the first side of each is how many.
    `picture` is (n, 4, size, size), red, green and blue over white, and alpha, 0..1; `code` and `noise` (n, k);
    `condition` (n, len(words)), ones for the words that hold, and zeros for a kind of which nothing is said. `seal` is
    the SHA-256 of the whole file with the seal itself written as zeros, so that a file that was changed is known.
    """

    task: str
    title: str = ""
    contract: str = CONTRACT
    version: int = 1
    inputs: tuple[str, ...] = ()
    scale: float = 1.0  # output pixels per input pixel
    multiple_of: int = 1  # height and width of what goes in
    tile: int = 0  # pixels on a side that are run at once; 0: whole images only
    overlap: int = 0  # pixels that neighbouring tiles share
    side: int = 0  # pixels on the longer side that a picture is brought to; 0: as it is
    size: tuple[int, ...] = ()  # width and height of all that goes in: of tiles, or what a picture is stretched to
    peak: bool = False  # the picture is divided by its largest value
    mean: tuple[float, ...] = ()  # of red, green and blue, taken off after that
    std: tuple[float, ...] = ()  # of red, green and blue, divided by after that
    output: str = ""  # the name of the answer among several outputs; empty: the first
    answers: tuple[str, ...] = ()  # names of all outputs, where they tell something of a picture and are none
    logits: bool = False  # the answer is to go through a sigmoid
    words: tuple[str, ...] = ()  # what a condition can say, `kind=word`, in the order of its numbers
    codes: Codes = field(default_factory=Codes)  # what is known of them, in the card of what makes pictures of codes
    stretched: bool = False  # the answer is stretched to 0..1, unless nothing was found
    cost: float = 0.0  # 1000 multiply-adds per input pixel
    licence: str = ""
    data: tuple[str, ...] = ()
    seed: int = 0
    commit: str = ""
    trained_on: str = ""
    measured: dict[str, float] = field(default_factory=dict)
    seal: str = UNSEALED

    @property
    def margin(self) -> int:
        """Pixels of its own mirror image that are put around a picture which may be run in tiles."""
        return -(-min(self.overlap // 2, MOST_MARGIN) // self.multiple_of) * self.multiple_of if self.tile else 0

    @property
    def contradiction(self) -> str:
        """What in it cannot be obeyed, in a few words; empty: nothing."""
        whole = (self.version, self.multiple_of, self.tile, self.overlap, self.side, *self.size)
        if not all(type(number) is int and 0 <= number <= MOST_PIXELS for number in whole) or self.multiple_of < 1:
            return "numbers of pixels are whole numbers"
        if self.size and (len(self.size) != 2 or 0 in self.size or self.side):
            return "size is a width and a height, without side"
        if self.tile and (self.side or self.size not in ((), (self.tile, self.tile))):
            return "what is cut in tiles is not brought to another size"
        if self.contract == CODES and not (self.inputs and self.answers):
            return "what is between pictures and codes names its inputs and answers"
        if self.answers and (self.tile or self.output or (self.inputs and self.contract in KNOWN[:3])):
            return "what is told of a whole picture is not told of tiles, nor with further inputs before rgb01-nchw-4"
        if not all(len(colour) in (0, 3) and all(map(_finite, colour)) for colour in (self.mean, self.std)):
            return "mean and std are three numbers each"
        if not all(part > 0 for part in self.std) or not _finite(self.scale) or self.scale <= 0:
            return "std and scale are above 0"
        return self.codes.contradiction

    def to_json(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False)

    @staticmethod
    def from_json(text: str) -> Card:
        """The card in `text`. Raises ValueError with a sentence for anything that is none."""
        try:
            values: dict[str, Any] = json.loads(text)
            unknown = set(values) - {f.name for f in fields(Card)}
            known: dict[str, Any] = {
                k: tuple(v) if isinstance(v, list) else v for k, v in values.items() if k not in unknown
            }
            if "codes" in known:
                known["codes"] = Codes.from_dict(known["codes"])
            card = Card(**known)
            wrong = card.contradiction
        except (ValueError, TypeError, AttributeError, KeyError):
            raise ValueError("its card cannot be read") from None
        if card.contract not in KNOWN:
            raise ValueError(f"it asks for the contract {card.contract!r}; known are {', '.join(KNOWN)}")
        if wrong:
            raise ValueError(f"its card contradicts itself: {wrong}")
        return card


def _finite(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value)


def seal_of(model: bytes) -> str:
    """The seal that a model file ought to carry."""
    return sha256(_SEAL.sub(b'"seal": "%s"' % UNSEALED.encode(), model)).hexdigest()


def sealed(model: bytes) -> bytes:
    """A model file whose card carries its seal. Raises ValueError if it has no card."""
    if not _SEAL.search(model):
        raise ValueError("a model without card cannot be sealed")
    return _SEAL.sub(b'"seal": "%s"' % seal_of(model).encode(), model)
