"""Latent: a product as a few numbers that sliders can change, and new products from words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from editor.core.model import Model
from editor.ml.card import CODES, Card
from editor.ml.network import Network
from export import sliders
from export.charted import charted
from export.codes import Coded
from export.crops import Crops, codes_of, crops, hushed, stepped, words
from export.data.wares import Wares, wares
from export.encoding import FEWER, Codec, drawn_apart, measured, steps_of, told
from export.faithful import crispness, psnr
from export.nets.judge import Judge, apart, steep
from export.nets.latent import ARCHS, LatentConfig, LatentNet
from export.nets.tagger import TaggerNet
from export.onnx_file import weights_of
from export.resembling import Seen, pixels_apart, pulled, seen_apart, texture_apart
from export.settling import astray, settle
from export.task import Config, Score
from export.tasks import tagger
from export.tasks.tagger import eyes
from export.train import load

SEEN, TEXTURE, ADVERSARY = 0.6, 0.5, 2.0  # shares of the pull that features, texture and the judges have
LENGTH = 4e-5  # how much a nat of a code counts (KL divergence from the standard normal)
PLAIN_LENGTH = 2e-4  # where nothing else says which codes there are
CALM, RAMP = 1200, 600  # steps without judges, and those in which they come
SMOOTH, SELDOM = 0.02, 4  # how much steep judges pay, and in which steps
STUDIED = 256  # of the last codes, that the prior learns from in each step
DRAWN = 4  # of so many reconstructions there is one picture that is drawn from the prior
JUDGE = Path(".train/tagger/checkpoint.pt")  # measures; another one than that whose features are compared
FINDER = Path(".train/features/checkpoint.pt")  # finds sliders, which then are measured by the other
WATCHED = 160  # held-out pictures that a run is watched by


class Latent(Coded[Crops]):
    name = "latent"
    title = "Latent"
    archs = ARCHS
    defaults = Config("latent", (), batch=16, patch=128, lr=1e-3, ema=0.998, arch=ARCHS[0], code=128)
    card = Card("latent", "Latent", contract=CODES, multiple_of=32, licence="GPL-3.0-or-later")
    rank = "PSNR"

    def __init__(self, shape: LatentConfig | None = None) -> None:
        self.shape = shape or LatentConfig(words=len(words()))
        self._kept: tuple[tuple[str, ...], Crops] | None = None
        self._seen: Seen | None = None

    def shaped(self, config: Config) -> Latent:
        shape = replace(self.shape, arch=config.arch or self.shape.arch, side=config.patch)
        return Latent(replace(shape, code=config.code or shape.code))

    def net(self) -> nn.Module:
        return LatentNet(self.shape)

    def load(self, config: Config, device: torch.device) -> Wares:
        self._seen = eyes(Path(config.features), device) if config.features and self.shape.conditional else None
        material = self._wares(tuple(config.data))
        if not (~material.held).any():
            raise ValueError(f"{', '.join(config.data)}: there are no products to train on")
        return material

    def begin(self, net: nn.Module, material: object) -> None:
        assert isinstance(net, LatentNet) and isinstance(material, Wares)
        by, rows = self.shape.side // self.shape.base, torch.from_numpy(~material.held).nonzero()[:, 0]
        small = [F.avg_pool2d(crops(material, part).picture, by) for part in torch.split(rows, 256)]
        net.begin(torch.cat(small).to(net.age.device))

    def finish(self, net: nn.Module, material: object, say: Callable[[str], None]) -> None:
        """The prior learns from the codes of all products and their mirror images, as the encoder makes them now."""
        assert isinstance(net, LatentNet) and isinstance(material, Wares)
        if "prior" not in net.parts():
            return
        held = torch.from_numpy(material.held)
        codes, doubts, said = codes_of(net, material, (~held).nonzero()[:, 0])
        device = next(net.parameters()).device

        def draw(count: int) -> tuple[Tensor, Tensor]:
            some = torch.randint(len(codes), (count,))
            near = codes[some] + doubts[some] * torch.randn(count, codes.shape[1])
            return near.to(device), hushed(said[some].to(device))

        known, _, of_known = codes_of(net, material, held.nonzero()[:, 0])
        settle(net.prior, draw, (known.to(device), of_known.to(device)), say)

    def batch(self, material: object, config: Config, chance: torch.Generator) -> Crops:
        assert isinstance(material, Wares)
        rows = torch.from_numpy(~material.held).nonzero()[:, 0]
        drawn = crops(material, rows[torch.randint(len(rows), (config.batch,), generator=chance)])
        flipped = torch.rand(config.batch, generator=chance) < 0.5
        picture = torch.where(flipped[:, None, None, None], drawn.picture.flip(3), drawn.picture)
        return Crops(picture, drawn.condition)

    def loss(self, net: nn.Module, batch: Crops) -> Tensor:
        """What the decoder makes is pulled to the photos, and to what the judges take for photos; each judge pays for
        its errors, the encoder for every nat of a code, the prior for ways that lead past codes."""
        assert isinstance(net, LatentNet)
        shape, device = net.shape, next(net.parameters()).device
        photo, said = batch.picture.to(device), batch.condition.to(device)
        net.age += 1
        if not shape.conditional:
            said = torch.zeros_like(said)
        pays: list[Tensor] = []
        if shape.arch == "gan":
            made = net.decoder(torch.randn(len(photo), shape.code, device=device), said).float()
            return self._taught(net, made, photo, said, 0, 1.0, pays)
        mean, doubt = (told.float() for told in net.encoder.seen(photo))
        if shape.arch == "vqvae":
            code, far = net.decoder.rounds.nearest(mean)  # type: ignore[union-attr]
            pays.append(0.05 * far)
        else:
            code = mean + (0.5 * doubt).exp() * torch.randn_like(mean)
            nats = 0.5 * (mean.square() + doubt.exp() - 1 - doubt).sum(1).mean()
            pays.append((LENGTH if shape.conditional else PLAIN_LENGTH) * nats)
        if "prior" in net.parts():
            net.remember(code.detach(), said)
            known, told = net.remembered(STUDIED)
            pays.append(net.prior.astray(known, hushed(told)).mean())
        known, codes = hushed(said), code
        strength = min(1.0, max(0.0, float(net.age) - CALM) / RAMP) if shape.adversary else 0.0
        if strength:
            few = max(1, len(photo) // DRAWN)
            own, silent = code.detach(), torch.zeros_like(said[:few])
            with torch.no_grad():
                drawn = net.sampled(torch.randn(few, shape.code, device=device), said[:few]).float()
            moved = stepped(own[-few:], net.decoder.linear.weight)
            codes, known = torch.cat([code, drawn, moved]), torch.cat([known, said[:few], silent])
            photo, said = torch.cat([photo, photo[:few], photo[-few:]]), torch.cat([said, said[:few], silent])
        made = net.decoder(codes, known).float()
        return self._taught(net, made, photo, said, len(code), strength, pays)

    def _taught(self, net: LatentNet, made: Tensor, photo: Tensor, said: Tensor, count: int, strength: float,
                pays: list[Tensor]) -> Tensor:  # fmt: skip
        """What is to be paid for pictures, of which the first `count` should be their photos."""
        leaf = made.detach().requires_grad_()
        wishes: list[tuple[Tensor, float]] = []
        if count:
            wishes.append((pixels_apart(leaf[:count], photo[:count]), 1.0))
            if net.shape.conditional:
                wishes.append((texture_apart(leaf[:count], photo[:count]), TEXTURE))
            if self._seen:
                wishes.append((seen_apart(leaf[:count], photo[:count], self._seen), SEEN))
        value = wishes[0][0].detach() if wishes else torch.zeros((), device=made.device)
        if strength:
            half = net.shape.side // 2
            y, x = (int(k) for k in torch.randint(half + 1, (2,)))
            views: list[tuple[Judge | None, Callable[[Tensor], Tensor]]] = [
                (net.near, lambda picture: picture[..., y : y + half, x : x + half]),
                (net.whole, lambda picture: F.avg_pool2d(picture, 2)),
            ]
            fooled = torch.zeros((), device=made.device)
            for judge, view in views:
                assert judge is not None
                real, fake = view(photo), view(made.detach())
                saw, took = judge(real, said), judge(fake, said)
                pays.append(0.1 * apart(saw, took))
                if float(net.age) % SELDOM == 0:
                    bumps = steep(judge, real, said, saw) + steep(judge, fake, said, took)
                    pays.append(0.1 * SMOOTH * SELDOM * bumps)
                fooled = fooled + apart(judge(view(leaf), said), saw.detach())
            wishes.append((fooled, ADVERSARY * strength))
        pull = pulled(leaf, wishes, count or len(leaf))
        led = (made * pull).sum()
        return led - led.detach() + value + sum(pays)

    def validate(self, net: nn.Module, folders: Sequence[Path], device: torch.device) -> dict[str, float]:
        """How near held-out pictures come back, beside what the linear maps alone give; how crisp; how codes lie."""
        assert isinstance(net, LatentNet)
        seen = self._watched(folders)
        codes, made, plain = self._again(net, seen, device)
        if not net.shape.encodes:
            return {"crispness": crispness(made, seen.picture)}
        deviations = codes.std(0)
        return {
            "PSNR": psnr(made, seen.picture),
            "PSNR at 64 px": psnr(F.avg_pool2d(made, 2), F.avg_pool2d(seen.picture, 2)),
            "PSNR at 64 px of the linear maps": psnr(F.avg_pool2d(plain, 2), F.avg_pool2d(seen.picture, 2)),
            "crispness": crispness(made, seen.picture),
            "codes off centre": float(codes.mean(0).abs().mean()),
            "codes' deviation": float(deviations.mean()),
            "prior astray": astray(net.prior, codes.to(device), seen.condition.to(device)),
        }

    def _again(self, net: LatentNet, seen: Crops, device: torch.device) -> tuple[Tensor, Tensor, Tensor]:
        """Codes of pictures, what comes back of them, and what comes back by the linear maps alone."""
        codes, made, plain = [], [], []
        for picture, said in zip(torch.split(seen.picture, 16), torch.split(seen.condition, 16), strict=True):
            code = net.encoder(picture.to(device)) if net.shape.encodes else torch.randn(
                len(picture), net.shape.code, generator=torch.Generator().manual_seed(0)).to(device)  # fmt: skip
            silent = torch.zeros_like(said).to(device)
            codes.append(code.float().cpu())
            made.append(net.decoder(code, silent).float().cpu())
            plain.append(net.by_components(picture.to(device)).float().cpu())
        return torch.cat(codes), torch.cat(made), torch.cat(plain)

    def picture(self, net: nn.Module, folders: Sequence[Path], device: torch.device) -> Tensor | None:
        """Held-out pictures, what comes back of them, and what is drawn for the words that are said of them."""
        assert isinstance(net, LatentNet)
        seen = self._watched(folders)
        some = Crops(seen.picture[:24], seen.condition[:24])
        _, made, _ = self._again(net, some, device)
        noise = torch.randn(len(made), net.shape.code, generator=torch.Generator().manual_seed(1)).to(device)
        said = some.condition.to(device) * net.shape.conditional
        fresh = net.decoder(net.sampled(noise, said), said).float().cpu()
        lines = [torch.cat(list(part[k : k + 12, :3]), 2) for k in (0, 12) for part in (some.picture, made, fresh)
                 if len(part) > k]  # fmt: skip
        wide = max(line.shape[2] for line in lines)
        return torch.cat([F.pad(line, (0, wide - line.shape[2]), value=1.0) for line in lines], 1).clamp(0, 1)

    def _wares(self, places: tuple[str, ...]) -> Wares:
        material = wares([Path(place) for place in places], self.shape.side)
        rows = torch.from_numpy(material.held).nonzero()[:, 0]
        order = torch.randperm(len(rows), generator=torch.Generator().manual_seed(2))
        self._kept = places, crops(material, rows[order[:WATCHED]])
        return material

    def _watched(self, folders: Sequence[Path]) -> Crops:
        places = tuple(map(str, folders))
        if self._kept is None or self._kept[0] != places:
            self._wares(places)
        assert self._kept is not None
        return self._kept[1]

    def cards(self, parts: Mapping[str, nn.Module]) -> dict[str, Card]:
        shape = {"encoder": (("picture",), ("code",)), "decoder": (("code", "condition"), ("picture",)),
                 "prior": (("noise", "condition"), ("code",))}  # fmt: skip
        return {
            name: replace(self.card, task=f"latent-{name}", title=f"Latent {name}", inputs=shape[name][0],
                          answers=shape[name][1], words=tuple(words()))
            for name in parts
        }  # fmt: skip

    def given(self, part: str, count: int) -> tuple[Tensor, ...]:
        chance = torch.Generator().manual_seed(count)
        code = torch.randn(count, self.shape.code, generator=chance)
        said = (torch.rand(count, self.shape.words, generator=chance) < 0.1).float()
        picture = torch.rand(count, 4, self.shape.side, self.shape.side, generator=chance)
        return (picture,) if part == "encoder" else (code, said)

    def measure(self, model: Model, folders: Sequence[Path], models: Path) -> Score:
        """All that `encoding.measured` tells of the parts that lie beside this one; and how far what others draw, whose
        folders beside this one are called after their kind, is from photos."""
        assert isinstance(model, Network)
        codec = Codec.beside(model.path)
        material = wares(folders, codec.decoder.sides()["picture"])
        judge = judge_of(models)
        numbers, codes = measured(codec, material, judge) | steps_of(model.card), None
        if codec.encoder is not None:
            finder = tagger.tagger_of(FINDER) if FINDER.exists() else judge
            found = sliders.found(codec, material, finder)
            numbers |= sliders.judged(codec, found, material, judge)
            codes = charted(codec, material, found, numbers)
        for kind in ARCHS:
            other = model.path.parent.with_name(f"{self.name}-{kind}") / "latent-decoder.onnx"
            if other.exists() and other.parent != model.path.parent:
                codec = Codec.beside(other)
                numbers[f"drawn FID of {kind}"] = drawn_apart(codec, material, judge)
                numbers |= {f"{name} of {kind}": count for name, count in steps_of(codec.decoder.card).items()}
        return Score(numbers, self.report(numbers), codes)

    def report(self, numbers: Mapping[str, float]) -> str:
        if "drawn FID" not in numbers:
            return "Measured together with its decoder."
        return told(numbers, ARCHS) + (f"\n\n{sliders.told(numbers)}" if "lightness effect" in numbers else "")

    def shortfall(self, numbers: Mapping[str, float]) -> str:
        for what, better in (("PSNR", 1), ("feature distance", -1)):
            key = f"{FEWER} px {what}"
            if key not in numbers:
                return f"its {key} was not measured"
            mine, theirs = numbers[key], numbers[f"{key} of PCA"]
            if better * (mine - theirs) <= 0:
                return f"{key} {mine:.3f} is no better than that of as many components, {theirs:.3f}"
        return ""


def judge_of(models: Path) -> TaggerNet:
    """The tagger that measures: the published one in `models`, or else the one that was trained last."""
    place = models / "tagger.onnx"
    if not place.exists():
        return tagger.tagger_of(JUDGE)
    net = tagger.TASK.net()
    assert isinstance(net, TaggerNet)
    load(net, weights_of(place), place)
    return net.eval().requires_grad_(False)


TASK = Latent()
