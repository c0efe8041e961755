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
