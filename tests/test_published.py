"""The published networks: what a photographer gets, on pictures that the tests draw."""

from pathlib import Path

import numpy as np
import pytest
import tifffile
from PIL import Image as Pillow
from skimage.color import deltaE_ciede2000, rgb2lab

from editor import cli
from editor.core.cms import decode, encode
from editor.core.codes import AXIS, CATEGORY, DIRECTION, SLIDER
from editor.core.engine import Engine, View
from editor.core.geometry import Region
from editor.core.job import Job
from editor.core.photo import Photo
from editor.core.recipe import Recipe
from editor.core.sample import draw, grain
from editor.craft.grade import colouring, grade_of
from editor.edits.cutout import NOTHING, Cutout
from editor.edits.denoise import Denoise
from editor.edits.enhance import Enhance
from editor.edits.latent import Latent
from editor.ml.devices import Device
from editor.ml.network import Network
from editor.ml.store import Store, model_folder

FOLDER = Path(__file__).parent
SIZE = (720, 540)
CLEAN = draw(size=SIZE)
NOISY = grain(CLEAN)


@pytest.fixture(scope="module")
def store():
    return Store(model_folder(), "cpu")


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    path = tmp_path_factory.mktemp("sample") / "bottle.png"
    Pillow.fromarray(eight_bit(NOISY)).save(path)
    return Photo.open(path)


def eight_bit(pixels):
    return (pixels.clip(0, 1) * 255 + 0.5).astype(np.uint8)


def psnr(picture, clean=CLEAN):
    return -10 * np.log10(np.square(picture.clip(0, 1) - clean).mean() + 1e-12)


def test_all_load_and_say_what_they_are(store):
    assert set(store) >= {"cutout", "denoise", "enhance", "noise"}
    for task in store:
        card = store[task].card
        assert card.title and card.licence and card.data and card.trained_on and card.commit and card.measured
        assert store[task].path.stat().st_size < 10_000_000
    assert store["denoise"].card.cost <= 100
    cutout = store["cutout"].card
    assert cutout.cost * 1000 * cutout.side**2 <= 15e9, "multiply-adds for a photo"
    assert sum(store[task].path.stat().st_size for task in store) < 40_000_000


@pytest.mark.parametrize("picture", ["grey", "photo"])
def test_no_seams(store, picture):
    pixels = NOISY if picture == "photo" else np.full((540, 720, 3), 0.5, np.float32)
    network = Network(store["denoise"].path, Device("cpu"))
    for level in (0.06, 0.2):  # the second is far more than there is, which makes the network look far around
        network._tile = 2048
        whole = network.run(pixels, Job(), level=level)
        network._tile = 320
        tiled = network.run(pixels, Job(), level=level)
        assert np.abs(tiled - whole).max() < 1 / 255
    assert picture == "grey" or np.abs(whole - pixels).max() > 10 / 255


def test_a_visible_part_is_a_crop_of_the_whole(store, sample):
    engine, recipe = Engine(store, memory=0), Recipe().put(Denoise(noise=25.0))
    for scale in (1.0, 0.61):
        whole = engine.render(sample, recipe, View(scale), Job())
        region = Region(131, 77, 200, 150)
        part = engine.render(sample, recipe, View(scale, region), Job())
        assert np.abs(part.rgb - whole.crop(region).rgb).max() < 1 / 255


def test_noise_goes_without_being_told_how_much(store, sample):
    out = Engine(store).render(sample, Recipe().put(Denoise()), View(), Job()).rgb
    assert psnr(sample.at().rgb) < 25
    assert psnr(out) > 37
    assert np.abs(out.mean((0, 1)) - CLEAN.mean((0, 1))).max() < 1 / 255, "colours do not shift"


@pytest.mark.parametrize("sigma", [5, 15, 25, 50])
def test_the_level_is_found(store, sigma):
    noise = np.random.default_rng(sigma).standard_normal(CLEAN.shape, np.float32) * np.float32(sigma / 255)
    photo, edit = Photo(Path("a.tif"), CLEAN + noise), Denoise()
    found = Engine(store).facts(photo, Recipe().put(edit), edit, Job())
    assert found.sigma == pytest.approx(sigma, rel=0.15)


def test_a_clean_picture_stays_as_it_is(store):
    photo = Photo(Path("a.tif"), CLEAN)
    out = Engine(store).render(photo, Recipe().put(Denoise()), View(), Job()).rgb
    assert psnr(out) > 45


def test_noise_stronger_than_in_training_is_still_taken_out(store):
    noise = np.random.default_rng(0).standard_normal(CLEAN.shape, np.float32) * np.float32(100 / 255)
    out = store["denoise"].run(CLEAN + noise, Job(), level=100 / 255)
    assert psnr(out) > psnr(CLEAN + noise) + 12


@pytest.mark.parametrize("recipe", sorted(FOLDER.glob("recipes/*.json")), ids=lambda p: p.stem)
def test_every_recipe_ever_written_still_gives_its_picture(recipe, tmp_path, sample):
    """The golden pictures are made anew (delete, run, look, commit) when a network is published that changes them."""
    out = tmp_path / "out.png"
    assert cli.run(["apply", str(sample.path), "-o", str(out), "--recipe", str(recipe), "--device", "cpu"]) == 0
    with Pillow.open(out) as file:
        small = np.asarray(file.resize((360, 270), Pillow.Resampling.BOX))
    golden = FOLDER / "golden" / f"{recipe.stem}.png"
    if not golden.exists():
        Pillow.fromarray(small).save(golden)
        pytest.fail(f"{golden.name} was not there; look at it before you commit it")
    with Pillow.open(golden) as file:
        apart = deltaE_ciede2000(rgb2lab(small), rgb2lab(np.asarray(file)))
    assert apart.max() < 2.3 and apart.mean() < 0.77


def jug(colour, table, size=(900, 700)):
    """A photo of a jug on a table before a wall, with its shadow, and where the jug is."""
    width, height = size
    y, x = np.mgrid[0:height, 0:width] + 0.5
    body = np.minimum.reduce([x - 330, 580 - x, y - 190, 540 - y])
    ring = 16 - np.abs(np.hypot(x - 580, y - 340) - 80)
    share = np.maximum(body, np.where(x > 570, ring, -9)).clip(0, 1)[..., None]
    wall = np.where(y[..., None] < 420, np.array(table) * 1.15, np.array(table)) * (0.9 + 0.2 * x[..., None] / width)
    ground = np.exp(-(((x - 470) / 190) ** 2 + ((y - 545) / 25) ** 2))[..., None]
    light = 0.75 + 0.5 * np.sin((x[..., None] - 330) / 250 * np.pi).clip(0, 1)
    rgb = share * np.array(colour) * light + (1 - share) * wall * (1 - 0.5 * ground)
    rgb += np.random.default_rng(0).normal(0, 0.01, rgb.shape)
    return Photo("jug.tif", rgb.clip(0, 1).astype(np.float32)), share[..., 0]


JUGS = {
    "red": ((0.75, 0.2, 0.15), (0.6, 0.55, 0.5)),
    "dark": ((0.15, 0.2, 0.35), (0.75, 0.72, 0.7)),
    "pale": ((0.85, 0.85, 0.8), (0.3, 0.35, 0.3)),
}


@pytest.mark.parametrize(("colour", "table"), JUGS.values(), ids=JUGS)
def test_a_product_on_a_table_is_cut_out(store, colour, table):
    photo, true = jug(colour, table)
    out = Engine(store).render(photo, Recipe().put(Cutout()), View(), Job())
    assert ((out.alpha > 0.5) & (true > 0.5)).sum() > 0.9 * ((out.alpha > 0.5) | (true > 0.5)).sum()
    assert out.alpha[:150].max() == 0, "nothing is left of the wall"


def test_on_an_empty_table_nothing_is_cut_out(store):
    rgb = np.full((600, 800, 3), 0.6, np.float32) + np.random.default_rng(0).normal(0, 0.01, (600, 800, 3))
    photo, edit = Photo("table.tif", rgb.astype(np.float32)), Cutout()
    engine, recipe = Engine(store), Recipe().put(edit)
    assert engine.facts(photo, recipe, edit, Job()).note == NOTHING
    assert np.array_equal(engine.render(photo, recipe, View(), Job()).rgb, photo.at().rgb)


# -- enhance


def paper(stops=0.0, cast=(1.0, 1.0, 1.0), falloff=0.0):
    """The drawn product on white paper in some light, (540, 720, 3), and where the paper is."""
    rgb = CLEAN.clip(0, 1).copy()
    white = np.zeros(rgb.shape[:2], bool)
    white[:60] = white[-60:] = white[:, :90] = white[:, -90:] = True
    rgb[white] = 0.97
    across = np.linspace(0, 1, rgb.shape[1])[None, :, None]
    light = 2**stops * (1 - falloff * across) * np.array(cast)
    return encode(decode(rgb.astype(np.float32)) * light.astype(np.float32)).clip(0, 1), white


def enhanced(rgb, store, tmp_path, **values):
    path = tmp_path / "photo.png"
    Pillow.fromarray(eight_bit(rgb)).save(path)
    return Engine(store).render(Photo.open(path), Recipe().put(Enhance(**values)), View(), Job()).rgb


@pytest.mark.parametrize(
    "light",
    [{"stops": -1.5}, {"stops": -0.5, "cast": (1.15, 1, 0.7)}, {"stops": -0.5, "cast": (0.85, 1, 1.2)}],
    ids=str,
)
def test_bad_light_is_mostly_undone(store, tmp_path, light):
    bad, good = paper(**light)[0], paper()[0]
    assert psnr(enhanced(bad, store, tmp_path), good) > psnr(bad, good) + 2


@pytest.mark.parametrize("cast", [(1.15, 1, 0.7), (0.85, 1, 1.2), (1, 1.08, 0.95)], ids=str)
def test_white_paper_gets_light_and_loses_its_cast(store, tmp_path, cast):
    bad, white = paper(-0.8, cast)
    out = enhanced(bad, store, tmp_path)
    before, after = (rgb2lab(rgb.clip(0, 1))[white].mean(0) for rgb in (bad, out))
    assert after[0] > 92
    assert np.hypot(*after[1:]) < 0.5 * np.hypot(*before[1:])
    assert np.hypot(*after[1:]) < 5


def test_uneven_light_becomes_more_even(store, tmp_path):
    bad, _ = paper(-0.3, falloff=0.5)
    out = enhanced(bad, store, tmp_path)
    sides = [np.s_[60:-60, :60], np.s_[60:-60, -60:]]
    before, after = (rgb[sides[0]].mean() - rgb[sides[1]].mean() for rgb in (bad, out))
    assert abs(after) < 0.6 * abs(before)


def test_what_was_put_right_stays_so(store, tmp_path):
    once = enhanced(paper(-1, (1.1, 1, 0.8))[0], store, tmp_path).clip(0, 1)
    assert psnr(enhanced(once, store, tmp_path), once) > 22


@pytest.mark.parametrize("strength", [100, 150])
def test_what_it_says_of_photos_keeps_ramps_rising_and_ends_where_they_are(store, strength):
    values = np.linspace(0, 1, 1 << 14, dtype=np.float32)
    ramp = np.repeat(values[None, :, None], 3, axis=2)
    for stops, cast in ((-2.5, (1, 1, 1)), (-1, (1.2, 1, 0.6)), (0.8, (0.9, 1, 1.1)), (0, (1, 1, 1))):
        rgb = paper(stops, cast)[0]
        told = store["enhance"].tell(rgb.astype(np.float32), Job())
        out = colouring(grade_of(told, rgb.astype(np.float32), SIZE), strength / 100)(ramp)[0].astype(np.float64)
        assert np.diff(out, axis=0).min() >= 0, "between floats near 1 there is no room for every step"
        assert np.diff(out[::64], axis=0).min() > 0
        assert np.abs(out[0]).max() < 1e-4
        assert np.abs(out[-1] - 1).max() < 1e-4
        steps = np.diff(out[::4], axis=0)  # so fine that a curve is straight and only a kink bends
        assert np.abs(np.diff(steps, axis=0)).max() < 0.1 * steps.max(), "a ramp has no kinks that show"


@pytest.mark.parametrize("strength", [100, 150])
def test_a_photo_of_a_ramp_stays_monotone_and_smooth(store, tmp_path, strength):
    ramp = np.repeat((np.linspace(0, 65535, 4096) + 0.5).astype(np.uint16)[None, :, None], 3, 2).repeat(200, 0)
    tifffile.imwrite(tmp_path / "ramp.tif", ramp, photometric="rgb")
    photo = Photo.open(tmp_path / "ramp.tif")
    out = Engine(store).render(photo, Recipe().put(Enhance(strength=strength)), View(), Job()).rgb[100].astype(float)
    assert np.diff(out, axis=0).min() >= 0
    steps = np.diff(out[::4], axis=0)
    assert steps.min() > 0
    assert np.abs(np.diff(steps, axis=0)).max() < 0.1 * steps.max()
    assert np.abs(out - ramp[100] / 65535).max() > 0.01


# -- latent


@pytest.mark.skipif(not (model_folder() / "latent-decoder.onnx").exists(), reason="no latent network is published yet")
def test_the_sliders_are_those_that_the_latent_network_knows(store):
    """Those of its card that have a name there; hue and colourfulness are its two axes."""
    codes, declared = store["latent-decoder"].codes, Latent.params()
    ways = {d.name: d for d in codes.directions if d.kind == SLIDER}
    ways |= {f"direction_{d.name}": d for d in codes.directions if d.kind == DIRECTION}
    axes = {d.name: d for d in codes.directions if d.kind == AXIS}
    if {"red", "yellow"} <= set(axes):
        ways |= {"colourfulness": axes["red"], "hue": axes["yellow"]}
    assert set(ways) == {name for name, kind in declared.items() if kind.unit == "σ"} == set(Latent.explored.axes)
    for name, way in ways.items():
        assert (declared[name].soft_high, declared[name].high) == (way.soft, way.hard), name
    assert declared["category"].options == ("none", *codes.of(CATEGORY))
