"""Crop: every pixel where it belongs: cut, turned, mirrored, straightened, seen straight on."""

from dataclasses import replace

import numpy as np
import pytest
import tifffile
from PIL import Image as Pillow

from editor import cli
from editor.core.document import Document
from editor.core.engine import Engine, View
from editor.core.geometry import Region
from editor.core.job import Job
from editor.core.photo import Photo
from editor.core.recipe import Recipe
from editor.edits.crop import CORNERS, TURNS, Crop


def numbered(width=40, height=30, *, bits=8, alpha=False):
    """A photo none of whose pixels is like another."""
    y, x = np.mgrid[0:height, 0:width]
    most = 255 if bits == 8 else 65535
    kind = np.uint8 if bits == 8 else np.uint16
    rgb = np.stack([x * most // width, y * most // height, (x * 7 + y * 13) % (most + 1)], 2).astype(kind)
    return Photo("n.png", rgb, ((x + y) % (most + 1)).astype(kind) if alpha else None)


def cooked(photo, edit, view=None):
    return Engine({}).render(photo, Recipe().put(edit), view or View(), Job())


def samples(image, most):
    return np.round(image.rgb * most).astype(np.int64)


def test_a_plain_crop_copies_pixels():
    photo = numbered()
    out = cooked(photo, Crop(rectangle=(0.25, 0.2, 0.5, 0.4)))
    assert out.size == (20, 12)
    assert (samples(out, 255) == photo.samples[6:18, 10:30]).all()


@pytest.mark.parametrize("bits", [8, 16])
@pytest.mark.parametrize("mirror", [False, True])
@pytest.mark.parametrize("flip", [False, True])
@pytest.mark.parametrize("turn", TURNS)
def test_quarter_turns_and_mirrors_lose_nothing(turn, mirror, flip, bits):
    photo = numbered(bits=bits, alpha=True)
    out = cooked(photo, Crop(turn=turn, mirror=mirror, flip=flip))
    want = np.rot90(photo.samples, -TURNS[turn])
    alpha = np.rot90(photo.alpha, -TURNS[turn])
    if mirror:
        want, alpha = want[:, ::-1], alpha[:, ::-1]
    if flip:
        want, alpha = want[::-1], alpha[::-1]
    most = 255 if bits == 8 else 65535
    assert (samples(out, most) == want).all()
    assert (np.round(out.alpha * most) == alpha).all()


def test_straightened_a_leaning_line_is_level():
    y, x = np.mgrid[0:400, 0:600]
    line = np.abs((y + 0.5 - 200) + np.tan(np.radians(4)) * (x + 0.5 - 300)) < 3  # it rises to the right
    photo = Photo("l.png", np.where(line[..., None], 0, 255).astype(np.uint8).repeat(3, 2))
    out = cooked(photo, Crop(angle=4.0))
    dark = out.rgb[..., 0] < 0.5
    rows = [np.flatnonzero(column).mean() for column in dark.T]
    assert np.ptp(rows) <= 1 and abs(np.mean(rows) + 0.5 - out.size[1] / 2) < 1
    assert abs(np.median(dark.sum(0)) - 6) <= 1


def test_nothing_from_beside_the_photo_gets_in():
    photo = Photo("w.png", np.full((300, 500, 3), 255, np.uint8))
    for angle in (-45.0, -7.0, 0.3, 12.0, 45.0):
        for corners in (CORNERS, ((0.1, 0.2), (0.9, 0.0), (1.0, 0.9), (0.0, 1.0))):
            out = cooked(photo, Crop(angle=angle, corners=corners))
            assert out.rgb.min() > 0.999 and (out.alpha is None or out.alpha.min() > 0.99)
            assert min(out.size) > 50  # and not more than must be is lost


def test_the_rectangle_shrinks_about_its_middle_and_is_as_large_as_can_be():
    size = (600, 400)
    edit = Crop(rectangle=(0.5, 0.5, 0.5, 0.5), angle=10.0)
    x, y, width, height = edit.settled(size).rectangle
    assert (x + width / 2, y + height / 2) == pytest.approx((0.75, 0.75))
    assert width / height == pytest.approx(1.0) and 0.2 < width < 0.5
    corners = np.array([(x, y), (x + width, y), (x + width, y + height), (x, y + height)]) * size
    there = replace(edit, rectangle=(0.0, 0.0, 1.0, 1.0))._canvas(size).before(corners) / size
    assert there.min() > -0.00011 and there.max() < 1.00011
    assert min(abs(there.max() - 1.0001), abs(there.min() + 0.0001)) < 1e-5  # one corner lies on the photo's edge


def test_four_corners_become_a_rectangle():
    photo = Photo("p.png", np.full((400, 600, 3), 255, np.uint8))
    pixels = np.asarray(photo.samples).copy()
    corners = np.array([(0.2, 0.25), (0.8, 0.15), (0.9, 0.85), (0.1, 0.75)])
    grid = Pillow.fromarray(np.kron(np.indices((8, 8)).sum(0) % 2, np.ones((50, 50))).astype(np.uint8) * 255)
    quad = (corners * (600, 400)).ravel()
    board = grid.transform(
        (600, 400), Pillow.Transform.PERSPECTIVE, _coefficients(quad, 400), Pillow.Resampling.BICUBIC, fillcolor=128
    )
    pixels[:] = np.asarray(board)[..., None]
    out = cooked(Photo("p.png", pixels), Crop(corners=tuple(map(tuple, corners.tolist()))))
    width, height = out.size
    assert width / height == pytest.approx(
        max(np.hypot(360, 40), np.hypot(480, 40)) / max(np.hypot(60, 240), np.hypot(60, 280)), rel=0.01
    )
    middles = out.rgb[
        ((np.arange(8) + 0.5) * height / 8).astype(int)[:, None], ((np.arange(8) + 0.5) * width / 8).astype(int), 0
    ]
    assert ((middles > 0.5) == (np.indices((8, 8)).sum(0) % 2 > 0)).all()


def _coefficients(quad, side):
    """Pillow's eight numbers that take the picture to a square of `side`."""
    rows, rights = [], []
    for (x, y), (u, v) in zip(quad.reshape(4, 2), [(0, 0), (side, 0), (side, side), (0, side)], strict=True):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
        rights += [u, v]
    return np.linalg.solve(np.array(rows, float), np.array(rights, float))


def test_bent_corners_are_refused():
    with pytest.raises(ValueError, match="clockwise"):
        Crop(corners=((0, 0), (1, 0), (0.2, 0.2), (0, 1)))
    with pytest.raises(ValueError, match="clockwise"):
        Crop(corners=((1, 0), (0, 0), (0, 1), (1, 1)))


def test_while_the_rectangle_is_set_the_whole_picture_is_shown():
    edit = Crop(rectangle=(0.25, 0.25, 0.5, 0.5), angle=3.0, turn="90°")
    for param in ("rectangle", "angle"):
        staged = edit.staged(param)
        assert staged.warp((600, 400)).size == (400, 600) and staged.angle == 3.0
        assert "beside" not in staged.to_dict()
    out = cooked(Photo("w.png", np.full((400, 600, 3), 255, np.uint8)), staged)
    assert out.alpha[0, 0] == out.alpha[-1, -1] == 0 and out.alpha[300, 200] == 1  # empty beside the photo
    staged = edit.staged("corners")  # upright, but neither cropped nor straightened
    assert staged.warp((600, 400)) == Crop(turn="90°").warp((600, 400))


TURNED = [lambda e: e.turned(1), lambda e: e.turned(-1), lambda e: e.turned(2)]
MIRRORED = [lambda e: e.mirrored(down=False), lambda e: e.mirrored(down=True)]
WANTED = [lambda p: np.rot90(p, -1), np.rot90, lambda p: np.rot90(p, 2), lambda p: p[:, ::-1], lambda p: p[::-1]]


@pytest.mark.parametrize(("act", "wanted"), list(zip(TURNED + MIRRORED, WANTED, strict=True)))
@pytest.mark.parametrize("mirror", [False, True])
@pytest.mark.parametrize("turn", ["0°", "90°"])
def test_turning_and_mirroring_act_on_what_is_seen(act, wanted, mirror, turn):
    edit = Crop(rectangle=(0.1, 0.3, 0.5, 0.4), mirror=mirror, turn=turn)
    photo = numbered(60, 40)
    assert (samples(cooked(photo, act(edit)), 255) == wanted(samples(cooked(photo, edit), 255))).all()


def test_a_straightened_picture_turns_and_mirrors_as_it_is_seen():
    size = 600, 400
    edit = Crop(
        rectangle=(0.2, 0.2, 0.5, 0.6), angle=7.0, flip=True, corners=((0.0, 0.1), (1, 0), (0.9, 1), (0.1, 0.9))
    )
    warp = edit.warp(size)
    spots = np.array([(0.1, 0.2), (0.5, 0.5), (0.8, 0.3)])
    for act, there in (
        (TURNED[0], np.column_stack([1 - spots[:, 1], spots[:, 0]])),
        (MIRRORED[0], np.column_stack([1 - spots[:, 0], spots[:, 1]])),
        (MIRRORED[1], np.column_stack([spots[:, 0], 1 - spots[:, 1]])),
    ):
        made = act(edit).warp(size)
        assert np.abs(made.before(there * made.size) - warp.before(spots * warp.size)).max() < 3  # whole pixels


def test_four_turns_are_none():
    edit = Crop(rectangle=(0.125, 0.25, 0.5, 0.25), mirror=True)
    made = edit
    for _ in range(4):
        made = made.turned(1)
    assert made == edit and edit.mirrored(down=True).mirrored(down=True) == edit


def test_sixteen_bits_and_alpha_come_through(tmp_path):
    photo = numbered(64, 48, bits=16)
    alpha = np.linspace(1, 65535, 64 * 48).reshape(48, 64).astype(np.uint16)
    tifffile.imwrite(
        tmp_path / "in.tif", np.dstack([photo.samples, alpha]), photometric="rgb", extrasamples=["unassalpha"]
    )
    done = cli.run(["apply", str(tmp_path / "in.tif"), "-o", str(tmp_path / "out.tif"),
                    "--edit", "crop:rectangle=0.25 0.25 0.5 0.5,turn=90°"])  # fmt: skip
    assert done == 0
    out = tifffile.imread(tmp_path / "out.tif")
    assert out.dtype == np.uint16 and out.shape == (32, 24, 4)
    want = np.rot90(np.dstack([photo.samples, alpha]), -1)[16:48, 12:36]
    assert (out == want).all()


def test_the_file_has_the_size_of_the_crop(photo_file, tmp_path):
    for given, size in (
        ("rectangle=0.1 0.2 0.5 0.4", (100, 60)),
        ("turn=270°", (150, 200)),
        ("rectangle=0 0 1 0.5,turn=90°,mirror=on", (150, 100)),
    ):
        assert cli.run(["apply", str(photo_file), "-o", str(tmp_path / "o.png"), "--edit", f"crop:{given}"]) == 0
        assert Photo.open(tmp_path / "o.png").size == size


def test_a_photo_wider_than_opencv_takes():
    width = 40_000
    x = np.arange(width)
    row = np.stack([x % 256, x // 256, np.full(width, 9)], 1).astype(np.uint8)
    photo = Photo("wide.png", np.broadcast_to(row, (24, width, 3)).copy())
    out = cooked(photo, Crop(mirror=True))
    assert (samples(out, 255) == photo.samples[:, ::-1]).all()
    turned = Crop(angle=0.01, rectangle=(0.45, 0.0, 0.55, 1.0))
    assert turned.warp(photo.size).size[0] > 1000  # it runs out of the photo above and below
    grown = Photo("tall.png", np.broadcast_to(row, (400, width, 3)).copy())
    edit = Crop(angle=0.01, rectangle=(0.0, 0.4, 1.0, 0.2))
    far = cooked(grown, edit, View(1.0, Region(edit.warp(grown.size).size[0] - 200, 0, 200, 60)))
    there = edit.warp(grown.size).before(np.array([[edit.warp(grown.size).size[0] - 100 + 0.5, 30.5]]))[0]
    assert far.rgb[30, 100, 1] == pytest.approx(int(there[0]) // 256 / 255, abs=0.01)


def test_undo_of_a_turn():
    document = Document(numbered())
    document.put(Crop().turned(1))
    assert document.recipe.size(document.photo.size) == (30, 40)
    document.undo()
    assert document.recipe.size(document.photo.size) == (40, 30)


@pytest.mark.parametrize(("name", "value"), [("turn", "90°"), ("turn", "270°"), ("mirror", True), ("flip", False)])
def test_turned_and_flipped_in_the_panel_a_crop_stays_on_what_it_is_on(name, value):
    photo = numbered(60, 40)
    edit = Crop(rectangle=(0.1, 0.3, 0.5, 0.4), angle=0.0, flip=True, turn="180°")
    made = edit.with_value(name, value)
    assert getattr(made, name) == value
    before, after = (samples(cooked(photo, e), 255) for e in (edit, made))
    assert sorted(map(tuple, before.reshape(-1, 3))) == sorted(map(tuple, after.reshape(-1, 3)))
    assert edit.with_value("rectangle", (0.0, 0.0, 0.5, 0.5)) == replace(edit, rectangle=(0.0, 0.0, 0.5, 0.5))
    with pytest.raises(ValueError, match="turn"):
        edit.with_value("turn", "45°")


def test_flipped_a_leaning_picture_leans_the_other_way():
    assert Crop(angle=5.0).with_value("mirror", True).angle == -5.0
    assert Crop(angle=5.0).with_value("mirror", False).angle == 5.0
