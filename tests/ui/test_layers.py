"""What is kept of the pictures that were cooked, what is still to be cooked, and in which order."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtGui import QImage

from editor.core.edit import Edit
from editor.core.engine import View
from editor.core.geometry import Region, scaled
from editor.core.photo import Photo
from editor.core.proof import SRGB_SCREEN, Screen
from editor.core.recipe import Recipe
from editor.ui import pace as pace_module
from editor.ui.layers import Layer, Layers, whole
from editor.ui.pace import REMEMBERED, SMALL, Pace
from editor.ui.plan import plan
from editor.ui.renderer import Picture, Request
from editor.ui.viewport import ALIGN, Viewport

SIZE = (4000, 3000)
PORT = Viewport(SIZE, (1000, 800))
Denoise, Exposure = Edit.kinds["denoise"], Edit.kinds["exposure"]


@pytest.fixture
def photo(tmp_path):
    return Photo(tmp_path / "none.png", np.zeros((SIZE[1], SIZE[0], 3), np.uint8))


def cooked(request):
    """A picture for a request, of nothing."""
    region = request.view.region or Region(0, 0, *scaled(request.recipe.size(SIZE), request.view.scale))
    return Picture(request, region, QImage(region.width, region.height, QImage.Format.Format_RGB32), {})


def wanted(layers, recipe=None, screen=SRGB_SCREEN):
    return layers.want(recipe or Recipe(), screen, SIZE, before=False)


def quick():
    """Nothing takes long."""
    pace = Pace()
    for kinds in (), (Exposure(stops=1.0),), (Denoise(noise=1.0),), (Denoise(noise=1.0), Exposure(stops=1.0)):
        pace.learn(kinds, View(), 10**6, 1e-3)
    return pace


def area(requests):
    regions = [r.view.region or Region(0, 0, *scaled(SIZE, r.view.scale)) for r in requests]
    return sum(r.width * r.height for r in regions)


def test_what_was_cooked_is_not_asked_for_again_while_panning(photo):
    layers, port = Layers(), PORT.fitted()
    layer = wanted(layers)
    layers.put(cooked(Request(photo, Recipe(), port.view)))
    assert plan(photo, [layer], port, quick(), ()) == ()
    port, asked = port.zoomed(1.0), []
    for _ in range(40):
        new = plan(photo, [layer], port, quick(), ())
        for request in new:
            layers.put(cooked(request))
        asked += new
        assert not layer.missing(port, 1.0)
        port = port.moved(-37, -11)
    assert plan(photo, [layer], port.moved(700, 200), quick(), ()) == ()  # back where it was
    reached = (1000 + 39 * 37 + 2 * ALIGN) * (800 + 39 * 11 + 2 * ALIGN)
    assert area(asked) < reached  # nothing twice
    assert all(r.view.region.align(ALIGN) == r.view.region for r in asked if r.view.region.right < SIZE[0])


def test_only_what_comes_into_sight_is_asked_for(photo):
    layers, port = Layers(), PORT.fitted()
    layer = wanted(layers)
    layers.put(cooked(Request(photo, Recipe(), port.view)))
    port = port.zoomed(1.0)
    layers.put(cooked(Request(photo, Recipe(), port.view)))
    new = plan(photo, [layer], port.moved(-300, 0), quick(), ())
    assert new and all(r.view.region.x >= port.view.region.right for r in new)
    assert max(r.view.region.width for r in new) <= 300 + ALIGN


def test_what_is_under_way_is_not_asked_for_anew_and_what_has_left_the_sight_not_at_all(photo):
    layers, port = Layers(), PORT.fitted()
    layer = wanted(layers)
    layers.put(cooked(Request(photo, Recipe(), port.view)))
    first = plan(photo, [layer], port.zoomed(1.0), quick(), ())
    after = plan(photo, [layer], port.zoomed(1.0).moved(-200, 0), quick(), first)
    assert after[: len(first)] == first and len(after) > len(first)
    away = plan(photo, [layer], port.zoomed(1.0).moved(-1400, 0), quick(), first)
    assert not set(first) & set(away)


def test_pictures_of_another_screen_or_recipe_do_not_count(photo):
    layers, port = Layers(), PORT.fitted()
    layers.put(cooked(Request(photo, Recipe(), port.view)))  # nobody wants it
    assert layers.held == 0
    layer = wanted(layers)
    layers.put(cooked(Request(photo, Recipe(), port.view)))
    assert not layer.missing(port, port.zoom)
    assert wanted(layers, screen=Screen(shadows=True)).missing(port, port.zoom)
    assert wanted(layers, Recipe().put(Exposure(stops=1.0))).missing(port, port.zoom)
    off = Recipe().put(Exposure(stops=1.0)).switch("exposure", on=False)
    assert wanted(layers, off) is layer  # cooked alike


def test_they_are_bounded_in_bytes_and_the_longest_unseen_goes_first(photo):
    layers = Layers(limit=3 * 4 * 256 * 256)
    layer = wanted(layers)
    tiles = [cooked(Request(photo, Recipe(), View(1.0, Region(x, 0, 256, 256)))) for x in range(0, 1280, 256)]
    for tile in tiles[:3]:
        layers.put(tile)
    layers.use([tiles[0]])
    layers.put(tiles[3])
    assert set(layer) == {tiles[0], tiles[2], tiles[3]} and layers.held == layers.limit
    assert [r.getRect() for r in layer.area(1.0)] == [(0, 0, 256, 256), (512, 0, 512, 256)]
    layers.put(tiles[4])
    assert len(layer) == 3 and tiles[2] not in set(layer)
    layers.clear()
    assert layers.held == 0


def test_a_picture_takes_the_place_of_what_it_covers(photo):
    layers = Layers()
    layer = wanted(layers)
    part, all_of_it = View(0.25, Region(0, 0, 128, 128)), View(0.25)
    layers.put(cooked(Request(photo, Recipe(), part)))
    layers.put(cooked(Request(photo, Recipe(), all_of_it)))
    assert [p.request.view for p in layer] == [all_of_it]
    assert layers.held == next(iter(layer)).nbytes


def test_the_sharp_one_comes_first_then_larger_then_smaller(photo):
    layers = Layers()
    layer = wanted(layers)
    for scale in (0.05, 0.125, 0.25, 0.5, 1.0):
        layers.put(cooked(Request(photo, Recipe(), View(scale))))
    assert layer.scales(PORT.zoomed(0.25)) == [0.25, 0.5, 0.125, 0.05]  # real pixels would be four times too large
    assert layer.whole(PORT).scale == 1.0 and layer.covers(PORT.fitted())


def test_slow_edits_come_coarse_first_and_quick_ones_at_once(photo):
    layers, port, pace = Layers(), PORT.resized((2000, 1500)).fitted(), quick()
    edits = Recipe().put(Exposure(stops=0.5))
    assert [r.view.scale for r in plan(photo, [wanted(layers, edits)], port, pace, ())] == [port.zoom]
    pace.learn((Exposure(stops=0.3),), port.view, 10**6, 0.05)
    coarse, *sharp = plan(photo, [wanted(layers, edits)], port, pace, ())
    assert coarse.view.scale in (port.zoom / 2, port.zoom / 4) and coarse.view.region is None and not coarse.fine
    assert len(sharp) > 1 and all(r.fine and r.view.scale == port.zoom for r in sharp)  # in strips, to give way
    assert area(sharp) == round(SIZE[0] * port.zoom) * round(SIZE[1] * port.zoom)
    layers.put(cooked(coarse))
    assert plan(photo, [wanted(layers, edits)], port, pace, ()) == tuple(sharp)


def test_of_a_network_the_sharp_picture_is_cooked_as_a_whole(photo):
    layers, port = Layers(), PORT.resized((2000, 1500)).fitted()
    coarse, sharp = plan(photo, [wanted(layers, Recipe().put(Denoise(noise=3.0)))], port, Pace(), ())
    assert coarse.view.scale <= port.zoom / 4 and sharp.view == port.view and sharp.fine


def test_close_up_a_small_picture_of_the_whole_comes_last(photo):
    layers, port, pace = Layers(), PORT.fitted().zoomed(1.0), quick()
    layer = wanted(layers)
    *sharp, last = plan(photo, [layer], port, pace, ())
    assert last.view.region is None and max(scaled(SIZE, last.view.scale)) == 512
    assert area(sharp) < 1.6 * 1000 * 800
    layers.put(cooked(last))
    assert plan(photo, [layer], port, pace, ()) == tuple(sharp)


def test_two_layers_are_both_coarse_before_either_is_sharp(photo):
    layers, port = Layers(), PORT.resized((2000, 1500)).fitted()
    before, after = wanted(layers), wanted(layers, Recipe().put(Denoise(noise=3.0)))
    asked = plan(photo, [before, after], port, Pace(), ())
    scales = [r.view.scale for r in asked]
    assert scales == sorted(scales) and {r.recipe for r in asked} == {before.recipe, after.recipe}


def test_the_pace_is_that_of_the_edits_that_must_be_cooked_anew():
    pace, view = Pace(), View(0.3)
    noise, light = Denoise(noise=3.0), Exposure(stops=1.0)
    pace.learn((noise,), view, 10**6, 3.0)
    pace.learn((noise, light), view, 10**6, 0.02)  # the denoised picture was there
    brighter = noise, Exposure(stops=1.1)
    assert pace.seconds(brighter, view, 10**6) < 0.03 and pace.coarser(brighter, view, 10**6) == 1
    other = Denoise(noise=4.0), light
    assert pace.coarser(other, view, 2 * 10**6) >= 4
    assert pace.coarser(other, view, SMALL) == 1


def test_what_was_slow_counts_for_a_while(monkeypatch):
    now = [100.0]
    monkeypatch.setattr(pace_module, "monotonic", lambda: now[0])
    pace, view = Pace(), View(0.3)

    def light(stops):
        return (Exposure(stops=float(stops)),)

    pace.learn(light(1), view, 10**6, 0.01)
    assert pace.coarser(light(2), view, 10**6) == 1
    pace.overran(light(3), view, 10**6, 0.4)
    assert pace.coarser(light(2), view, 10**6) > 1
    now[0] += REMEMBERED / 2
    pace.learn(light(4), view, 10**6, 0.01)
    assert pace.coarser(light(2), view, 10**6) > 1
    now[0] += REMEMBERED * 0.6
    assert pace.coarser(light(2), view, 10**6) == 1


def test_small_pictures_say_little_of_large_ones():
    pace, view, edits = Pace(), View(0.3), (Exposure(stops=1.0),)
    pace.learn((Exposure(stops=2.0),), view, 10**5, 0.004)
    assert pace.coarser(edits, view, 2 * 10**6) == 2  # the quarter of it is near enough
    pace.learn((Exposure(stops=2.5),), view, 10**6, 0.008)
    assert pace.coarser(edits, view, 2 * 10**6) == 1
    pace.learn((Exposure(stops=3.0),), view, 2 * 10**6, 0.08)
    assert pace.coarser(edits, view, 2 * 10**6) == 2


def test_a_whole_picture_is_one_of_everything_at_its_scale():
    port = PORT.fitted()
    assert whole(port, 0.25) == Region(0, 0, 1000, 750)
    assert Layer(Recipe(), SRGB_SCREEN, Recipe().warp(SIZE)).whole(port) is None
