"""Directions change one thing about a product and little else, and what they do is measured on pictures."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from torch import Tensor

from editor.core.codes import AXIS, CATEGORY, DIRECTION, SLIDER
from editor.ml.card import Card
from export.charted import charted, named
from export.data.wares import WORDS, Wares, over_white
from export.directions import Space, around, centres, independent, space_of, strongest, told_by
from export.nets.tagger import TaggerConfig, TaggerNet
from export.sliders import NAMES, Sliders, found, judged, sheet, told
from export.sweeps import RANGES, STEPS, Sweeps, fit, report, swept
from export.traits import SEEN, SIDES, TRAITS, by_pixels, by_words, known

CODE = 6


def paint(lightness: Tensor, red: Tensor, high: Tensor, side: int = 32) -> Tensor:
    """Soft boxes (n, 4, side, side) over white: grey of some lightness, redder or greener, higher or wider."""
    at = torch.linspace(-1, 1, side)
    tall, wide = 0.5 * torch.exp(0.5 * high), 0.5 * torch.exp(-0.5 * high)
    edge = (
        torch.sigmoid((tall[:, None] - at.abs()) * 24)[:, :, None]
        * torch.sigmoid((wide[:, None] - at.abs()) * 24)[:, None]
    )
    colour = torch.stack([lightness + red, lightness - red, lightness], 1)[:, :, None, None].clamp(0, 1)
    return torch.cat([colour * edge[:, None] + 1 - edge[:, None], edge[:, None]], 1)


class Drawer:
    """Codes stand for boxes: a mix of their first numbers tells lightness, red and height; the last ones nothing."""

    encoder = True

    def __init__(self) -> None:
        chance = torch.Generator().manual_seed(4)
        self.mix = torch.linalg.qr(torch.randn(CODE, CODE, generator=chance)).Q
        self.stretch = torch.linspace(2, 0.5, CODE)

    def codes_of(self, facts: Tensor) -> Tensor:
        """Facts (n, 3), about one in size, and noise, as codes."""
        noise = torch.randn(len(facts), CODE - 3, generator=torch.Generator().manual_seed(len(facts)))
        return torch.cat([facts, noise], 1) * self.stretch @ self.mix

    def facts(self, codes: Tensor) -> Tensor:
        return (codes @ self.mix.T / self.stretch)[:, :3]

    def pictures(self, codes: Tensor, said: Tensor | None = None) -> Tensor:
        facts = self.facts(codes)
        return paint(0.5 + 0.05 * facts[:, 0], 0.1 + 0.02 * facts[:, 1], 0.3 * facts[:, 2])


@pytest.fixture
def net() -> TaggerNet:
    torch.manual_seed(0)
    heads = tuple(len(words) for words in WORDS.values())
    return TaggerNet(TaggerConfig(width=(4, 8), heads=heads)).eval().requires_grad_(False)


def test_traits_tell_what_was_painted() -> None:
    zero, step = torch.zeros(5), torch.linspace(-1, 1, 5)
    half, tint = torch.full((5,), 0.5), torch.full((5,), 0.1)
    columns = {name: index for index, name in enumerate(SEEN)}
    for name, pictures in (
        ("lightness", paint(0.5 + 0.2 * step, tint, zero)),
        ("red", paint(half, 0.2 * step, zero)),
        ("length", paint(half, tint, step)),
    ):
        values = by_pixels(pictures)
        assert (values[:, columns[name]].diff() > 0).all(), name
        others = [columns[other] for other in ("length", "fullness", "flare") if other != name]
        assert float((values[:, others].std(0)).max()) < 0.25, name
    striped = paint(half, tint, zero)
    striped[:, :3, ::4] *= 0.5
    striped[:, :3, 1::4] *= 0.5
    assert (by_pixels(striped) - by_pixels(paint(half, tint, zero)))[:, columns["pattern"]].min() > 1


def test_flare_and_fullness_come_from_alpha() -> None:
    box = paint(torch.tensor([0.5]), torch.zeros(1), torch.zeros(1))
    wide_below = box.clone()
    wide_below[:, 3, :16] *= (torch.linspace(-1, 1, 32).abs() < 0.25).float()
    empty_middle = box.clone()
    empty_middle[:, 3, 12:20, 12:20] = 0
    flare, fullness = SEEN.index("flare"), SEEN.index("fullness")
    assert by_pixels(wide_below)[0, flare] > by_pixels(box)[0, flare] + 0.3
    assert abs(float(by_pixels(box)[0, flare])) < 0.01 and abs(float(by_pixels(box)[0, fullness])) < 0.2
    assert by_pixels(empty_middle)[0, fullness] < by_pixels(box)[0, fullness] - 0.05


def test_words_take_sides(net: TaggerNet) -> None:
    labels = {kind: np.array([-1, -1, -1]) for kind in WORDS}
    labels["category"] = np.array([WORDS["category"].index(w) for w in ("t-shirt", "sweater", "watch")])
    values = known(paint(*torch.full((3, 3), 0.4)), labels)
    sleeve = values[:, TRAITS.index("sleeve")]
    assert sleeve[0] == -1 and sleeve[1] == 1 and sleeve[2].isnan() and values.shape == (3, len(TRAITS))
    assert by_words(paint(*torch.full((3, 2), 0.4)), net).shape == (2, len(SIDES))


def test_directions_change_one_trait_each() -> None:
    chance = torch.Generator().manual_seed(0)
    facts = torch.randn(3000, 3, generator=chance)
    facts[:, 1] = 0.8 * facts[:, 0] + 0.6 * facts[:, 1]  # what goes along in products need not go along in sliders
    drawer = Drawer()
    codes = drawer.codes_of(facts)
    space = space_of(codes)
    values = facts + 0.1 * torch.randn(facts.shape, generator=chance)
    values[::2, 2] = float("nan")
    vectors = independent(told_by(codes, values), space)
    assert torch.allclose(space.length(vectors), torch.ones(3), atol=1e-4)
    done = drawer.facts(vectors)
    leaks = done - torch.diag(done.diagonal())
    assert (done.diagonal() > 0.3).all() and float(leaks.abs().max()) < 0.12 * float(done.diagonal().min())


def test_a_trait_that_nobody_knows_has_no_direction() -> None:
    codes = torch.randn(200, CODE, generator=torch.Generator().manual_seed(0))
    values = torch.stack([codes[:, 0], torch.full((200,), float("nan"))], 1)
    space = space_of(codes)
    vectors = independent(told_by(codes, values), space)
    assert vectors[0].abs().max() > 0.5 and not vectors[1].any()


def test_around_a_colour_red_and_yellow_are_strength_and_hue() -> None:
    vectors = torch.eye(4)
    turned = around(vectors, 1, 2, torch.tensor([[2.0, 0.0], [0.0, 0.5], [-1.0, 0.0]]))
    assert torch.allclose(turned[0], vectors)
    assert torch.allclose(turned[1, 1], vectors[2]) and torch.allclose(turned[1, 2], -vectors[1])
    assert torch.allclose(turned[2, 1], -vectors[1]) and torch.equal(turned[2, 3], vectors[3])


def test_the_strongest_directions_are_what_is_seen_most() -> None:
    chance = torch.Generator().manual_seed(0)
    codes = torch.randn(3000, 4, generator=chance) * torch.tensor([1.0, 1.0, 3.0, 1.0])
    pictures = torch.zeros(3000, 8)
    pictures[:, 0], pictures[:, 3], pictures[:, 5] = 5 * codes[:, 0], 0.5 * codes[:, 2], 0.2 * codes[:, 1]
    space = space_of(codes)
    first, second = strongest(codes, pictures, 2, space, torch.zeros(0, 4))
    assert abs(float(first[0])) > 0.98 and abs(float(second[2])) > 2.9
    (other,) = strongest(codes, pictures, 1, space, space.unit(torch.tensor([[1.0, 0, 0, 0]])))
    assert abs(float(other[2])) > 2.9, "what has a name already is left out"


def test_from_one_centre_to_another_leads_what_makes_kinds_differ() -> None:
    chance = torch.Generator().manual_seed(0)
    codes = torch.randn(2000, 4, generator=chance)
    groups = torch.arange(2000) % 4 - 1
    codes[groups == 0, 1] += 4
    codes[groups == 1, 0] += 2  # which the trait explains: it is kept on the way
    values = codes[:, :1] + 0.01 * torch.randn(2000, 1, generator=chance)
    lie = centres(codes, groups, 5, values)
    assert torch.allclose(lie[0] - lie[1], torch.tensor([0.0, 4, 0, 0]), atol=0.3)
    assert not lie[2].isnan().any() and lie[3:].isnan().all(), "of these there are none"


def test_sweeps_measure_effect_leak_and_steadiness() -> None:
    codes = torch.zeros(3, 2)
    vectors = torch.tensor([[1.0, 0.1], [0.0, 1.0]]).repeat(3, 1, 1)
    scale = torch.tensor([2.0, 1.0])

    def measure(pictures: Tensor) -> Tensor:
        return torch.stack([pictures[:, 0], pictures[:, 1].abs()], 1)  # the second turns back at nothing

    sweeps = swept(lambda c: c, measure, codes, vectors, scale)
    numbers = sweeps.numbers(["first", "second"], torch.ones(3, 2, dtype=torch.bool))
    assert numbers["first effect"] == pytest.approx(0.5) and numbers["first leak"] == pytest.approx(0, abs=1e-6)
    assert numbers["first one way"] == 1 and numbers["second one way"] == 0
    assert fit(numbers, "first") and not fit(numbers, "second")
    assert "first" in report(numbers, ["first", "second"]) and {-3, 0, 3, *RANGES} <= set(STEPS)


def test_a_slider_that_turns_back_at_the_end_has_a_shorter_range() -> None:
    def measure(pictures: Tensor) -> Tensor:
        turned = torch.where(pictures[:, 1] > 2, 4 - pictures[:, 1], pictures[:, 1])
        return torch.stack([pictures[:, 0], turned], 1)

    everywhere = torch.ones(5, 2, dtype=torch.bool)
    sweeps = swept(lambda c: c, measure, torch.zeros(5, 2), torch.eye(2).repeat(5, 1, 1), torch.ones(2))
    numbers = sweeps.numbers(["first", "second"], everywhere)
    assert (numbers["first range"], numbers["second range"]) == (3.0, 2.0)
    assert fit(numbers, "second") and numbers["second effect"] == pytest.approx(1.0), "within its range"
    hidden = swept(lambda c: c, lambda p: measure(p).abs(), torch.zeros(5, 2), torch.eye(2).repeat(5, 1, 1),
                   torch.ones(2)).numbers(["first", "second"], everywhere)  # fmt: skip
    assert hidden["second range"] == 3.0 and not fit(hidden, "second"), "nowhere fit"


def test_leaks_count_whichever_way_they_go_and_only_where_a_trait_is() -> None:
    slopes = torch.tensor([[[1.0, 0.5], [0.0, 1.0]], [[1.0, -0.5], [0.0, 3.0]]]).repeat(len(RANGES), 1, 1, 1)
    sweeps = Sweeps(slopes, torch.ones(len(RANGES), 2, 2, dtype=torch.bool))
    everywhere = sweeps.numbers(["a", "b"], torch.ones(2, 2, dtype=torch.bool))
    assert everywhere["a leak"] == everywhere["a worst leak"] == 0.5 and everywhere["b effect"] == 2
    first = sweeps.numbers(["a", "b"], torch.tensor([[True, True], [True, False]]))
    assert first["b effect"] == 1 and first["a leak"] == 0.5
    assert "b effect" not in sweeps.numbers(["a", "b"], torch.tensor([[True, False]] * 2))


def test_sliders_of_a_net_do_what_they_are_called(net: TaggerNet) -> None:
    drawer = Drawer()
    facts = torch.randn(600, 3, generator=torch.Generator().manual_seed(1))
    codes = drawer.codes_of(facts)
    pictures = drawer.pictures(codes)
    rgba = (pictures * 255).round().to(torch.uint8).numpy()
    labels = {kind: np.full(600, -1, np.int64) for kind in WORDS}
    labels["category"] = np.where(facts[:, 2].numpy() > 0, 1, 0)
    material = Wares(rgba, tuple(map(str, range(600))), np.arange(600) % 6 == 5, labels)
    drawer.codes = lambda seen: codes[[int((over_white(rgba) - one).abs().amax((1, 2, 3)).argmin()) for one in seen]]  # type: ignore[attr-defined]
    made = found(drawer, material, net, studied=300)  # type: ignore[arg-type]
    numbers = judged(drawer, made, material, net, count=16)  # type: ignore[arg-type]
    assert len(NAMES) == len(TRAITS) and {"colourfulness", "hue"} <= set(NAMES)
    for name in ("lightness", "length"):
        assert numbers[f"{name} effect"] > 0.1 and numbers[f"{name} one way"] > 0.9, name
    assert made.unnamed.shape == (CODE // 2, CODE) and made.named.shape == (len(TRAITS), CODE)
    assert set(made.kinds) == {"t-shirt", "longsleeve"}
    assert "lightness" in told(numbers) and "longsleeve" in told(numbers)
    shown = sheet(drawer, made, over_white(rgba[:2]), ("lightness", "length"))  # type: ignore[arg-type]
    assert shown.shape == (4 * 32, 8 * 32, 3) and shown.dtype == np.uint8
    middles = shown[16].reshape(8, 32, 3)[:, 16].astype(int).sum(1)
    assert (np.diff(middles[1:]) > 0).all(), "lighter and lighter"
    assert abs(middles[4] - middles[0]) < 12, "in the middle the photo as it is"


def test_a_card_has_what_reaches_the_bar_and_nothing_else() -> None:
    chance = torch.Generator().manual_seed(2)
    ways = torch.randn(len(TRAITS), CODE, generator=chance)
    space = Space(torch.full((CODE,), 0.5), 4 * torch.eye(CODE))
    made = Sliders(ways, ways[:2], {"shirt": ways[0], "bag": ways[1]}, torch.ones(len(TRAITS)), space)
    numbers = {f"{name} {what}": value for name in NAMES
               for what, value in (("effect", 0.6), ("leak", 0.1), ("one way", 1.0), ("range", 2.0))}  # fmt: skip
    numbers |= {"sleeve effect": 0.2, "length one way": 0.9, "to shirt, arrived": 0.5, "to bag, arrived": 0.4}
    del numbers["formal effect"]
    kinds = {direction.name: direction.kind for direction in named(made, numbers)}
    assert kinds == {"lightness": SLIDER, "red": AXIS, "yellow": AXIS, "pattern": SLIDER, "fullness": SLIDER,
                     "flare": SLIDER, "women's": SLIDER, "sporty": SLIDER}  # fmt: skip
    assert "red" not in {way.name for way in named(made, numbers | {"hue one way": 0.9})}, "both axes or none"
    assert named(made, numbers)[0].soft == 2 and named(made, numbers)[0].hard == 4
    assert named(made, numbers)[0].effect == 0.6 and named(made, numbers)[0].leak == 0.1
    drawer = Drawer()
    pictures = drawer.pictures(torch.zeros(40, CODE))
    rgba = (pictures * 255).round().to(torch.uint8).numpy()
    material = Wares(rgba, tuple(map(str, range(40))), np.arange(40) > 3, {})
    drawer.codes = lambda seen: torch.linspace(0, 1, len(seen))[:, None].repeat(1, CODE)  # type: ignore[attr-defined]
    known = charted(drawer, material, made, numbers)  # type: ignore[arg-type]
    assert known.contradiction == "" and set(known.of(CATEGORY)) == {"shirt"}
    assert list(known.of(DIRECTION)) == ["1", "2"] and known.deviation == (2.0,) * CODE
    assert np.allclose(known.of(SLIDER)["lightness"], ways[0], rtol=1e-3)
    assert known.far == pytest.approx(0.25, rel=0.02), "half a unit from the mean, in deviations of two"
    assert len(max(map(str, known.of(CATEGORY)["shirt"].astype(float).round(3)), key=len)) < 8
    assert Card.from_json(Card("latent-decoder", codes=known).to_json()).codes == known
