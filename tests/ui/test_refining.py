"""The picture refines: coarse at once, sharp when ready; the newest wins, an older never returns, nothing is blank."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image as Pillow
from PySide6.QtGui import QImage

from editor.core.edit import Edit
from editor.core.engine import View
from editor.core.geometry import Region, scaled
from editor.core.photo import Photo
from editor.core.recipe import Recipe
from editor.ui.canvas import Canvas
from editor.ui.pace import Pace
from editor.ui.renderer import Picture, Request
from tests.ui.acts import grabbed, show, up_to_date
from tests.ui.conftest import Slow

Denoise, Exposure, Crop = Edit.kinds["denoise"], Edit.kinds["exposure"], Edit.kinds["crop"]
SIZE = (1600, 1200)
CANVAS = 64  # the grey around a photo


@pytest.fixture
def photo(tmp_path):
    return Photo(tmp_path / "none.png", np.zeros((SIZE[1], SIZE[0], 3), np.uint8))


@pytest.fixture
def canvas(qtbot, photo):
    """A canvas with the photo, on which pictures are put by hand."""
    made = Canvas()
    qtbot.addWidget(made)
    made.resize(832, 632)
    made.show()
    made.open(photo)
    made.want(Recipe(), Recipe())
    yield made
    made.hide()


def recipe(stops):
    return Recipe().put(Exposure(stops=float(stops)))


def cooked(canvas, photo, edits, level, scale=None, region=None):
    """A picture of one grey."""
    scale = scale or canvas.port.zoom
    held = region or Region(0, 0, *scaled(edits.size(SIZE), scale))
    pixels = QImage(held.width, held.height, QImage.Format.Format_RGB32)
    pixels.fill((level << 16) | (level << 8) | level)
    return Picture(Request(photo, edits, View(scale, region)), held, pixels, {})


def seen(canvas):
    """The greys on the photo."""
    x, y = canvas.port.corner
    width, height = (round(s * canvas.port.zoom) for s in canvas.port.photo)
    part = grabbed(canvas)[max(y, 0) : y + height, max(x, 0) : x + width]
    return sorted(np.unique(part).tolist())


def test_an_older_result_never_replaces_a_newer_one(canvas, photo):
    for stops in (1, 2, 3):
        canvas.want(recipe(stops), Recipe())
    canvas.put(cooked(canvas, photo, recipe(1), 10))
    assert seen(canvas) == [10]  # newer than nothing
    canvas.put(cooked(canvas, photo, recipe(2), 20, scale=0.1))
    assert seen(canvas) == [20]  # coarse, but newer
    canvas.put(cooked(canvas, photo, recipe(1), 11))
    assert seen(canvas) == [20]
    canvas.put(cooked(canvas, photo, recipe(3), 30, scale=0.1))
    canvas.put(cooked(canvas, photo, recipe(2), 22))
    assert seen(canvas) == [30]
    canvas.put(cooked(canvas, photo, recipe(3), 33))
    assert seen(canvas) == [33]


def test_the_coarse_one_never_replaces_the_sharp_one(canvas, photo):
    canvas.want(recipe(1), Recipe())
    canvas.put(cooked(canvas, photo, recipe(1), 33))
    canvas.put(cooked(canvas, photo, recipe(1), 30, scale=0.1))
    assert seen(canvas) == [33] and canvas.shown.scale == canvas.port.zoom


def test_what_was_shown_stays_until_there_is_something_of_all_that_is_seen(canvas, photo):
    canvas.put(cooked(canvas, photo, Recipe(), 50))
    canvas.real_pixels()
    assert seen(canvas) == [50]  # enlarged
    canvas.want(recipe(1), Recipe())
    assert seen(canvas) == [50]
    canvas.put(cooked(canvas, photo, recipe(1), 80, scale=1.0, region=Region(384, 256, 256, 256)))
    assert seen(canvas) == [50, 80]  # the sharp part comes as it is ready
    canvas.want(recipe(2), Recipe())
    assert seen(canvas) == [50]  # of which there is more than of the other


def test_undone_it_is_there_at_once(canvas, photo):
    canvas.put(cooked(canvas, photo, Recipe(), 50))
    canvas.want(recipe(1), Recipe())
    canvas.put(cooked(canvas, photo, recipe(1), 80))
    assert seen(canvas) == [80]
    canvas.want(Recipe(), Recipe())
    assert seen(canvas) == [50] and not canvas.lacking(Pace(), ())


def test_a_picture_of_another_photo_is_not_shown(canvas, photo, tmp_path):
    other = Photo(tmp_path / "other.png", photo.samples.copy())
    canvas.put(cooked(canvas, photo, Recipe(), 50))
    canvas.put(cooked(canvas, other, Recipe(), 90))
    assert seen(canvas) == [50]


def test_framed_anew_the_old_picture_lies_where_it_belongs(canvas, photo):
    picture = cooked(canvas, photo, Recipe(), 50)
    half = picture.region.width // 2
    for x in range(half, picture.region.width):
        for y in range(0, picture.region.height):
            picture.pixels.setPixel(x, y, 0xFF5A5A5A)  # 90: the right half
    canvas.put(picture)
    turned = Recipe().put(Crop(turn="90°"))
    canvas.want(turned, turned)
    assert canvas.port.photo == (1200, 1600) and canvas.port.fits
    x, y = canvas.port.corner
    tall = round(1600 * canvas.port.zoom)
    shown = grabbed(canvas)[:, canvas.width() // 2, 0]
    assert (shown[y + 5 : y + tall // 2 - 5] == 50).all() and (shown[y + tall // 2 + 5 : y + tall - 5] == 90).all()
    canvas.put(cooked(canvas, photo, turned, 77))
    assert seen(canvas) == [77]
    cropped = Recipe().put(Crop(rectangle=(0.5, 0.0, 0.5, 1.0)))
    canvas.want(cropped, cropped)
    assert canvas.port.photo == (800, 1200)


def test_no_seam_is_seen_where_parts_are_enlarged(canvas, photo):
    """Parts of a slope from dark to light, smoothly enlarged: no step anywhere."""
    canvas.look(canvas.port.zoomed(1.587))
    view = canvas.port.view
    region = view.region
    for x in range(region.x, region.right, 128):
        part = Region(x, region.y, 128, region.height).clip(region)
        picture = cooked(canvas, photo, Recipe(), 0, scale=1.0, region=part)
        for column in range(part.width):
            level = 20 + (x + column - region.x) // 4
            for row in range(part.height):
                picture.pixels.setPixel(column, row, 0xFF000000 | level << 16 | level << 8 | level)
        canvas.put(picture)
    row = grabbed(canvas)[300, :, 0].astype(int)
    assert row[-1] > row[0] + 60 and np.diff(row).min() >= 0 and np.diff(row).max() <= 1


@pytest.fixture
def large(tmp_path):
    path = tmp_path / "large.png"
    Pillow.new("RGB", SIZE, (90, 90, 90)).save(path)
    return path


def test_of_a_slow_network_a_coarse_picture_comes_first(qtbot, make_window, models, large):
    class PerPixel(Slow):
        def run(self, pixels, job, *, level):
            self.seconds = pixels.shape[0] * pixels.shape[1] * 2e-6
            return super().run(pixels, job, level=level)

    window = show(qtbot, make_window(models | {"denoise": PerPixel(result=0.5)}), large)
    scales = []
    window.preview.renderer.rendered.connect(lambda picture: scales.append(picture.scale))
    window.document.put(Denoise(noise=20.0))
    qtbot.waitUntil(lambda: bool(scales))
    zoom = window.canvas.port.zoom
    assert scales[0] <= zoom / 2 and window.preview.renderer.busy
    middle = grabbed(window.canvas)[window.canvas.height() // 2, window.canvas.width() // 2]
    assert (middle == 128).all()
    qtbot.waitUntil(lambda: up_to_date(window), timeout=20000)
    assert scales[-1] == zoom and scales == sorted(scales)


def test_a_newer_change_wins_over_an_older_render_and_nothing_is_blank(qtbot, make_window, models, large):
    slow = Slow(seconds=0.2)

    class Named:
        """The level of the noise is what it paints."""

        def run(self, pixels, job, *, level):
            slow.run(pixels, job, level=level)
            return np.full_like(pixels, level)

    window = show(qtbot, make_window(models | {"denoise": Named()}), large)
    shown = []
    window.canvas.showed.connect(lambda: shown.append(grabbed(window.canvas)[300, window.canvas.width() // 2, 0]))
    for noise in (20, 40, 60, 80):
        window.document.put(Denoise(noise=float(noise)))
        qtbot.wait(60)
    qtbot.waitUntil(lambda: up_to_date(window), timeout=20000)
    last = [level for i, level in enumerate(shown) if i == 0 or level != shown[i - 1]]
    assert last[0] == 90 and len(last) > 1 and last[1:] == sorted(last[1:]) and last[-1] == max(last[1:])
    assert CANVAS not in last


def test_staged_an_edit_is_shown_as_it_says_itself(qtbot, opened):
    cropped = Crop(rectangle=(0.25, 0.25, 0.5, 0.5))
    opened.document.put(cropped)
    qtbot.waitUntil(lambda: up_to_date(opened))
    canvas, size = opened.canvas, opened.document.photo.size
    framed = opened.document.recipe.size(size)
    assert canvas.port.photo == framed != size
    opened.preview.show_staged(cropped.key, "rectangle")
    qtbot.waitUntil(lambda: not opened.preview.renderer.busy)
    assert canvas.port.photo == size and canvas.port.fits and opened.document.recipe.get("crop") == cropped
    assert canvas.shown.edits == (cropped.staged("rectangle"),)
    opened.document.put(Crop(rectangle=(0.0, 0.0, 0.5, 0.5)))  # dragged: nothing to be cooked for it
    assert not opened.preview.renderer.busy
    opened.preview.show_staged(None)
    qtbot.waitUntil(lambda: up_to_date(opened))
    assert canvas.port.photo == opened.document.recipe.size(size) != size
