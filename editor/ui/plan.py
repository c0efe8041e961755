"""Plan: what to cook next for what is seen, in which order, and how coarse at first."""

from __future__ import annotations

from collections.abc import Sequence

from editor.core.engine import View
from editor.core.geometry import Region
from editor.core.photo import Photo
from editor.ui.layers import Layer, whole
from editor.ui.pace import Pace
from editor.ui.renderer import Request
from editor.ui.viewport import ALIGN, Viewport

STRIP = 400_000  # pixels: what is cooked in one go while somebody may be dragging
UNDERLAY = 512  # pixels of the longer side of the whole photo, for what comes into sight and for the histogram


def plan(
    photo: Photo, layers: Sequence[Layer], port: Viewport, pace: Pace, pending: Sequence[Request]
) -> tuple[Request, ...]:
    """What the layers lack of what `port` sees, in the order in which it is to be cooked; nothing that is there.

    First something coarse of all of them, then the sharp parts, the ones in `pending` as they were asked for; last a
    small picture of the whole, where only a part is seen.
    """
    coarse, sharp, last = list[Request](), list[Request](), list[Request]()
    scale = port.view.scale
    for layer in layers:
        mine = [r for r in pending if r.recipe == layer.recipe and r.screen == layer.screen]
        all_of_it = whole(port, scale)
        seen = port.seen
        coming = [r for r in mine if r.view.scale == scale and not (r.view.region or all_of_it).clip(seen).empty]
        lacking = layer.missing(port, scale, [r.view.region or all_of_it for r in coming])
        pixels = sum(region.width * region.height for region in lacking)
        times = pace.coarser(layer.recipe.active, port.view, pixels)
        if times > 1 and not layer.covers(port, scale / times):
            view = port.view_at(scale / times)
            coarse += [Request(photo, layer.recipe, view, layer.screen)] if view != port.view else []
        if times > 1 and not any(edit.reach(scale) for edit in layer.recipe.active):
            lacking = [strip for region in lacking for strip in _strips(region)]  # it may be overtaken in between
        sharp += [*coming, *(_request(photo, layer, scale, region, all_of_it, times > 1) for region in lacking)]
        small = min(scale, UNDERLAY / max(port.photo))
        coming_whole = any(r.view.region is None and r.recipe == layer.recipe for r in (*coarse, *sharp))
        if not coming_whole and layer.whole(port) is None:  # also where all of it came in strips
            last.append(_request(photo, layer, small, whole(port, small), whole(port, small), True))
    asked_before = [r for r in pending if r in coarse]
    return (*asked_before, *(r for r in coarse if r not in asked_before), *sharp, *last)


def _strips(region: Region) -> list[Region]:
    """A region cut into rows of strips of about STRIP pixels."""
    rows = max(ALIGN, STRIP // region.width // ALIGN * ALIGN)
    return [Region(region.x, y, region.width, rows).clip(region) for y in range(region.y, region.bottom, rows)]


def _request(photo: Photo, layer: Layer, scale: float, region: Region, all_of_it: Region, fine: bool) -> Request:
    view = View(scale, None if region == all_of_it else region)
    return Request(photo, layer.recipe, view, layer.screen, fine)
