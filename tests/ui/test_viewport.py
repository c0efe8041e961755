"""What part of a photo is seen, and what is asked for."""

from __future__ import annotations

import pytest

from editor.core.engine import View
from editor.core.geometry import Region
from editor.ui.viewport import ALIGN, MOST, Viewport

PORT = Viewport((4000, 3000), (1000, 800))


def test_fit_shows_all_of_it_and_a_small_photo_as_it_is():
    fitted = PORT.fitted()
    assert fitted.zoom == (1000 - 2 * Viewport.MARGIN) / 4000
    assert fitted.view == View(fitted.zoom, None)
    assert fitted.corner[0] == Viewport.MARGIN and not fitted.can_move
    assert Viewport((200, 100), (1000, 800)).fitted().zoom == 1


def test_real_pixels_ask_for_the_visible_part_only():
    port = PORT.fitted().zoomed(1.0)
    view = port.view
    assert view.scale == 1 and view.region is not None
    assert view.region.holds(port.seen) and port.seen == Region(1500, 1100, 1000, 800)
    assert view.region.width < 1000 + 2 * ALIGN and view.region.height < 800 + 2 * ALIGN


def test_above_real_pixels_nothing_larger_is_asked_for():
    view = PORT.zoomed(4.0).view
    assert view.scale == 1 and view.region is not None and view.region.width <= 250 + 2 * ALIGN
    assert PORT.zoomed(100).zoom == MOST


def test_a_small_move_asks_for_nothing_new():
    port = PORT.zoomed(1.0).moved(-3, -3)
    moved = port.moved(-20, -10)
    assert moved.seen != port.seen and moved.view == port.view


@pytest.mark.parametrize("zoom", [0.5, 1.0, 2.7])
def test_what_lies_under_the_pointer_stays_there(zoom):
    port, anchor = PORT.zoomed(0.4), (310.0, 420.0)
    x, y = port.photo_point(anchor)
    after = port.zoomed(zoom, anchor).photo_point(anchor)
    assert after == pytest.approx((x, y), abs=0.51 / zoom + 0.51 / 0.4)


def test_steps_meet_real_pixels_exactly_and_end_at_fit():
    port, zooms = PORT.fitted(), []
    for _ in range(12):
        port = port.stepped(1)
        zooms.append(port.zoom)
    assert 1.0 in zooms and 0.5 in zooms and zooms == sorted(set(zooms))
    back = port
    for zoom in reversed(zooms[:-1]):
        back = back.stepped(-1)
        assert back.zoom == zoom  # the same numbers on the way back: the engine remembers them
    assert back.stepped(-1).fits


def test_a_photo_cannot_be_lost():
    port = PORT.zoomed(1.0).moved(1e6, -1e6)
    assert port.seen == Region(0, 2200, 1000, 800)
    assert Viewport((100, 100), (1000, 800)).zoomed(1.0).moved(500, 0).corner == (450, 350)


def test_pixel_for_pixel_and_older_pictures_where_they_belong():
    port = PORT.zoomed(1.0)
    region = port.view.region
    x, y = port.corner
    assert port.place(region, 1.0) == (x + region.x, y + region.y, region.width, region.height)
    left, top, width, height = port.place(Region(0, 0, 999, 749), 0.24975)
    assert (left, top) == port.corner and (width, height) == pytest.approx((4000, 3000))


def test_resizing_keeps_the_middle_or_the_fit():
    assert PORT.zoomed(1.0).resized((500, 400)).middle == PORT.zoomed(1.0).middle
    assert PORT.fitted().resized((500, 400)).zoom == Viewport((4000, 3000), (500, 400)).fit_zoom
    assert PORT.fitted().resized((0, 0)).view.scale > 0


def test_fill_leaves_no_canvas_and_follows_the_sizes():
    filled = PORT.filled()
    assert filled.zoom == 800 / 3000 and filled.fills and not filled.fits
    assert filled.corner[1] == 0 and filled.corner[0] <= 0
    assert filled.resized((1000, 400)).zoom == 1000 / 4000 and filled.resized((1000, 400)).fills
    assert not filled.stepped(1).fills and not filled.fitted().fills
    assert Viewport((10, 10), (1000, 800)).filled().zoom == MOST


def test_fingers_zoom_to_any_size_but_not_below_what_fits():
    port = PORT.zoomed(1.0)
    assert port.magnified(1.37).zoom == pytest.approx(1.37)
    assert port.magnified(0.01).fits and port.magnified(1e6).zoom == MOST


def test_another_framing_keeps_the_fit_or_the_zoom_and_the_middle():
    assert PORT.fitted().reframed((1000, 3000)) == Viewport((1000, 3000), (1000, 800)).fitted()
    assert PORT.filled().reframed((1000, 3000)).zoom == 1.0
    port = PORT.fitted().zoomed(1.0)
    there = port.reframed((2000, 3000))
    assert there.zoom == 1.0 and port.middle == (2000, 1500) and there.middle == (1000, 1500)
    assert port.moved(-5000, 0).reframed((1500, 1000)).seen == Region(500, 100, 1000, 800)


def test_what_is_seen_at_other_scales_is_the_same_part():
    port = PORT.zoomed(1.0).moved(-333, 77)
    for scale in (1.0, 0.5, 0.25, 0.137):
        x, _, width, height = port.seen_at(scale)
        assert x / scale <= port.seen.x + 1 and (x + width) / scale >= port.seen.right - 1
        assert width <= 1000 * scale + 3 and height <= 800 * scale + 3
        left, top, across, down = port.place(port.seen_at(scale), scale)
        assert left < 1 and top < 1 and left + across > 999 and top + down > 799


@pytest.mark.parametrize("photo", [(40_000, 300), (11_600, 8_700), (300, 40_000)])
def test_of_huge_photos_little_is_asked_for_at_any_zoom(photo):
    port = Viewport(photo, (1900, 1100)).fitted()
    for zoom in (port.zoom, 0.3, 1.0, 2.0, MOST):
        near = port.zoomed(zoom)
        region = near.view.region or Region(0, 0, *(max(1, round(s * near.view.scale)) for s in photo))
        assert region.width <= 1900 + 2 * ALIGN and region.height <= 1100 + 2 * ALIGN
