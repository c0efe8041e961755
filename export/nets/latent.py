"""LatentNet: a product as a few numbers, and back: what stands between a picture and sliders that change it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from export.nets.grade import Block
from export.nets.judge import Judge
from export.nets.prior import Prior, Rounds

ARCHS = ("cvae-gan", "vae", "vqvae", "gan")
PLANES = 4  # red, green and blue over white, and alpha
RECENT = 2048  # codes that the prior learns from
BEYOND = 0.1  # how far past black and white the linear map may lead: further out convolutions make the opposite of it
SHY = -5.0  # logarithm of the variance that codes begin with


@dataclass(frozen=True)
class LatentConfig:
    """How a code is made and read; the same for every kind of net, so that they can be compared.

    `side` pixels, `code` numbers, `words` that a condition may hold. Channels of the encoder at 1/1, 1/2, 1/4 and 1/8
    of the base picture, those of the decoder at 1/4, 1/2, 1/1 and twice its side (and on, up to half of `side`).
    """

    arch: str = "cvae-gan"
    side: int = 128
    code: int = 128
    words: int = 48
    encoder: tuple[int, ...] = (64, 96, 128, 128)
    decoder: tuple[int, ...] = (160, 96, 64, 32)
    blocks: tuple[int, ...] = (1, 2, 2, 2)
    start: int = 96  # channels of what the decoder begins with, at 1/8 of the base
    mood: int = 192  # numbers by which its blocks are tuned
    judge: tuple[int, int, int] = (32, 64, 128)
    thoughts: int = 3  # blocks of the prior
    thought: int = 384  # channels inside

    @property
    def base(self) -> int:
        """Pixels on the side of the picture that a code makes by itself, by a linear map."""
        return 4 * (self.side >> len(self.decoder))

    @property
    def conditional(self) -> bool:
        return self.arch == "cvae-gan"

    @property
    def adversary(self) -> bool:
        return self.arch in ("cvae-gan", "gan")

    @property
    def encodes(self) -> bool:
        return self.arch != "gan"


def ink(picture: Tensor) -> Tensor:
    """Red, green and blue over white as what is there besides white, so that nothing is zero; its own inverse."""
    return torch.cat([1 - picture[:, :3], picture[:, 3:]], 1)


class Encoder(nn.Module):
    """Takes `picture` (n, 4, side, side): sRGB-encoded red, green and blue over white, and alpha, 0..1. Returns the
    code (n, code), its numbers about one in size.

    It is a linear map of the picture at its base size, set to the whitened principal components of the training
    pictures and left so, and what convolutions add to that.
    """

    training_only = ("doubt.",)

    def __init__(self, shape: LatentConfig) -> None:
        super().__init__()
        self.by = shape.side // shape.base
        widths, least = shape.encoder, shape.base // 8
        self.linear = nn.Linear(PLANES * shape.base**2, shape.code)
        self.enter = nn.Conv2d(PLANES * self.by**2, widths[0], 3, padding=1)
        stages: list[nn.Module] = []
        for fine, coarse in pairwise(widths):
            stages += [nn.ReLU(), nn.Conv2d(fine, coarse, 3, stride=2, padding=1), Block(coarse)]
        self.down = nn.Sequential(*stages, nn.ReLU())
        self.more = nn.Linear(widths[-1] * least**2, shape.code)
        self.doubt = nn.Linear(widths[-1], shape.code)
        for last in (self.more, self.doubt):
            nn.init.zeros_(last.weight)
            nn.init.zeros_(last.bias)
        nn.init.constant_(self.doubt.bias, SHY)
        self.linear.requires_grad_(False)

    def forward(self, picture: Tensor) -> Tensor:
        return self.seen(picture)[0]

    def seen(self, picture: Tensor) -> tuple[Tensor, Tensor]:
        """The code, and the logarithm of how much it varies, (n, code) each."""
        given = ink(picture)
        plain = self.linear(F.avg_pool2d(given, self.by).flatten(1))
        found = self.down(self.enter(F.pixel_unshuffle(given, self.by)))
        return plain + self.more(found.flatten(1)), self.doubt(found.mean((2, 3))).clamp(-9, 1)


class Tuned(nn.Module):
    """Two 3x3 convolutions added to what came in, the first one's answers scaled and shifted by the whole (Perez et
    al., "FiLM", AAAI 2018)."""

    def __init__(self, width: int, mood: int) -> None:
        super().__init__()
        self.first = nn.Conv2d(width, width, 3, padding=1)
        self.second = nn.Conv2d(width, width, 3, padding=1)
        self.tune = nn.Linear(mood, 2 * width)
        nn.init.normal_(self.tune.weight, std=0.02)
        nn.init.zeros_(self.tune.bias)
        nn.init.zeros_(self.second.weight)
        nn.init.zeros_(self.second.bias)  # type: ignore[arg-type]

    def forward(self, x: Tensor, mood: Tensor) -> Tensor:
        scale, shift = self.tune(mood)[:, :, None, None].chunk(2, 1)
        answer: Tensor = x + self.second(torch.relu(self.first(torch.relu(x)) * (1 + scale) + shift))
        return answer


class Decoder(nn.Module):
    """Takes `code` (n, code) and `condition` (n, words), ones where a word is said, all zeros where none is known.
    Returns the picture (n, 4, side, side): red, green and blue over white, and alpha, 0..1 (while training, unclipped).

    It is a linear map to a small picture, the opposite of the encoder's, and what convolutions make of it.
    """

    training_only = ()

    def __init__(self, shape: LatentConfig) -> None:
        super().__init__()
        widths, known = shape.decoder, shape.code + shape.words
        self.base, self.start = shape.base, shape.start
        self.rounds = Rounds(shape.code) if shape.arch == "vqvae" else None
        self.linear = nn.Linear(shape.code, PLANES * shape.base**2)
        self.feel = nn.Linear(known, shape.mood)
        self.begin = nn.Linear(known, shape.start * (shape.base // 8) ** 2)
        self.enter = nn.Conv2d(shape.start, widths[0], 1)
        self.by = (4, 2, 1)
        self.see = nn.ModuleList(
            nn.Conv2d(PLANES * k * k, w, 3, padding=1) for k, w in zip(self.by, widths, strict=False)
        )
        self.up = nn.ModuleList(nn.Conv2d(a, b, 1) for a, b in pairwise(widths))
        self.stages = nn.ModuleList(
            nn.ModuleList(Tuned(w, shape.mood) for _ in range(n)) for w, n in zip(widths, shape.blocks, strict=True)
        )
        self.leave = nn.Conv2d(widths[-1], 4 * PLANES, 3, padding=1)
        nn.init.zeros_(self.leave.weight)
        nn.init.zeros_(self.leave.bias)  # type: ignore[arg-type]
        self.linear.requires_grad_(False)

    def forward(self, code: Tensor, condition: Tensor) -> Tensor:
        if self.rounds is not None:
            code = self.rounds(code)
        base = self.plain(code).clamp(-BEYOND, 1 + BEYOND)
        known = torch.cat([code, condition], 1)
        mood = torch.relu(self.feel(known))
        side = self.base // 8
        x = self.enter(F.interpolate(self.begin(known).reshape(-1, self.start, side, side), scale_factor=2.0))
        for level, stage in enumerate(self.stages):
            if level < len(self.by):
                x = x + self.see[level](F.pixel_unshuffle(base, self.by[level]))
            for block in stage:  # type: ignore[attr-defined]
                x = block(x, mood)
            if level < len(self.up):
                x = F.interpolate(self.up[level](x), scale_factor=2.0)
        fine = F.pixel_shuffle(self.leave(torch.relu(x)), 2)
        coarse = F.interpolate(base, size=fine.shape[2:], mode="bilinear", align_corners=False)
        picture = ink(coarse + fine)
        return picture if self.training else picture.clamp(0, 1)

    def plain(self, code: Tensor) -> Tensor:
        """The small picture (n, 4, base, base) that the linear map alone makes of a code, as `ink`."""
        small: Tensor = self.linear(code).reshape(-1, PLANES, self.base, self.base)
        return small


class LatentNet(nn.Module):
    """All that is trained together: encoder, decoder, a prior of the codes, and the judges of what is made."""

    training_only = ("near.", "whole.", "encoder.doubt.", "recent", "age")
    age: Tensor
    recent: Tensor

    def __init__(self, shape: LatentConfig | None = None) -> None:
        super().__init__()
        shape = shape or LatentConfig()
        if shape.arch not in ARCHS:
            raise ValueError(f"no architecture {shape.arch!r}; there are {', '.join(ARCHS)}")
        self.shape = shape
        self.encoder, self.decoder = Encoder(shape), Decoder(shape)
        self.prior = Prior(shape.code, shape.words, shape.thoughts, shape.thought)
        self.near = Judge(PLANES, shape.judge, 0) if shape.adversary else None
        self.whole = Judge(PLANES, shape.judge, shape.words if shape.conditional else 0) if shape.adversary else None
        self.register_buffer("age", torch.zeros(()))  # steps that it was trained for
        self.register_buffer("recent", torch.zeros(RECENT, shape.code + shape.words))  # codes, and what was said

    @property
    def edges(self) -> frozenset[str]:
        """The weights that are not hidden ones: they lead from pictures or to them, or tune."""
        ends = tuple(f"{part}.weight" for part in ("enter", "leave", "see.0", "see.1", "see.2", "hear", "tell"))
        names = {name for name, _ in self.named_parameters() if name.endswith(ends) or ".rounds." in name}
        return frozenset(names | {"encoder.doubt.weight"})

    def parts(self) -> dict[str, nn.Module]:
        """The nets that ship, by what they are called."""
        made: dict[str, nn.Module] = {"decoder": self.decoder}
        if self.shape.encodes:
            made["encoder"] = self.encoder
        if self.shape.arch in ("cvae-gan", "vqvae"):
            made["prior"] = self.prior
        return made

    @torch.no_grad()
    def remember(self, codes: Tensor, said: Tensor) -> None:
        """Keeps codes (n, code) and what was said of them, in place of the oldest ones."""
        self.recent.copy_(torch.cat([torch.cat([codes, said], 1), self.recent])[:RECENT])

    def remembered(self, count: int) -> tuple[Tensor, Tensor]:
        """Some of the codes that were kept, and what was said of them; at first rather the same ones."""
        there = int(self.recent.abs().amax(1).count_nonzero())
        taken = self.recent[torch.randint(there, (count,), device=self.recent.device)]
        return taken[:, : self.shape.code], taken[:, self.shape.code :]

    def sampled(self, noise: Tensor, condition: Tensor) -> Tensor:
        """Codes (n, code) of products that there might be, from noise (n, code) and conditions (n, words)."""
        codes: Tensor = self.prior(noise, condition) if "prior" in self.parts() else noise
        return codes

    def by_components(self, picture: Tensor) -> Tensor:
        """What comes back of pictures (n, 4, side, side) by the linear maps alone, unclipped."""
        given = F.avg_pool2d(ink(picture), self.encoder.by).flatten(1)
        small = ink(self.decoder.plain(self.encoder.linear(given)))
        return F.interpolate(small, size=picture.shape[2:], mode="bilinear", align_corners=False)

    @torch.no_grad()
    def begin(self, pictures: Tensor) -> None:
        """Sets the linear maps to the whitened principal components of `pictures` (n, 4, base, base), over white with
        alpha, and their mirror images: what it makes then is what those make."""
        given = ink(pictures)
        rows = torch.cat([given, given.flip(3)]).flatten(1)
        middle = rows.mean(0)
        _, spread, axes = torch.svd_lowrank(rows - middle, min(self.shape.code + 16, *rows.shape), niter=3)
        spread = (spread / len(rows) ** 0.5)[: self.shape.code].clamp(min=1e-4)
        axes = axes[:, : self.shape.code]
        inward, outward = self.encoder.linear, self.decoder.linear
        inward.weight.zero_()
        inward.weight[: len(spread)] = (axes / spread).T
        inward.bias.copy_(-(inward.weight @ middle))
        outward.weight.zero_()
        outward.weight[:, : len(spread)] = axes * spread
        outward.bias.copy_(middle)
