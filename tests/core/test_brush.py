"""Brush: what strokes cover, at any size and in any part, and which points of a line matter."""

from itertools import pairwise
from typing import NamedTuple

import cv2
import numpy as np
import pytest

from editor.core import brush
from editor.core.brush import coverage, marked, simplified
from editor.core.drawn import Stroke
from editor.core.image import Image
from editor.core.warp import Warp


class Part(NamedTuple):
    size: tuple[int, int] = (400, 300)
    scale: float = 1.0
    origin: tuple[int, int] = (0, 0)
    warp: Warp | None = None


LINE = Stroke(((0.25, 0.5), (0.75, 0.5)), size=0.1, hardness=1.0)  # 40 px wide


def test_nothing_is_none():
    assert coverage((), Part()) is None
    assert coverage((Stroke(((0.5, 0.5),), erase=True),), Part()) is None
    assert coverage((Stroke(((-0.9, -0.9),), 0.01),), Part()) is None  # beside the photo


def test_a_hard_line_is_as_wide_as_the_brush_and_round_at_its_ends():
    cover = coverage((LINE,), Part())
    assert cover.dtype == np.float32 and cover.shape == (300, 400) and not cover.flags.writeable
    assert cover[:, 200].sum() == pytest.approx(40, abs=0.5)
    assert cover[150].sum() == pytest.approx(200 + 40, abs=0.5)
    assert cover.sum() == pytest.approx(200 * 40 + np.pi * 400, rel=0.01)
    assert cover.max() == 1 and cover[150, 70] == 0


def test_a_soft_one_is_whole_in_the_middle_only():
    column = coverage((Stroke(LINE.points, 0.1, 0.0),), Part())[:, 200]
    assert column[149] > 0.99 and column[139] == pytest.approx(0.5, abs=0.06) and column[128] == 0
    assert (np.diff(column[130:150]) >= 0).all()


def test_crossing_itself_a_stroke_covers_once():
    soft = Stroke(((0.2, 0.5), (0.8, 0.5), (0.2, 0.5), (0.8, 0.5)), 0.2, 0.0)
    once = Stroke(((0.2, 0.5), (0.8, 0.5)), 0.2, 0.0)
    assert np.abs(coverage((soft,), Part()) - coverage((once,), Part())).max() < 1e-5


def test_later_strokes_erase_what_is_there_and_no_more():
    left = Stroke(((0.25, 0.5),), 0.3, 1.0, erase=True)
    cover = coverage((LINE, left), Part())
    assert cover[150, 100] == 0 and cover[150, 250] == 1
    assert coverage((left, LINE), Part())[150, 100] == 1


def test_of_several_marks_the_last_counts_where_they_overlap():
    across = Stroke(LINE.points, 0.1, 1.0, mark="Add")
    over = Stroke(((0.5, 0.3), (0.5, 0.7)), 0.1, 1.0, mark="Remove")
    none = Stroke(((0.25, 0.5),), 0.3, 1.0, erase=True)
    for strokes, added, removed in (((across, over), 0, 1), ((over, across), 1, 0)):
        assert coverage(marked(strokes, "Add"), Part())[150, 200] == added
        assert coverage(marked(strokes, "Remove"), Part())[150, 200] == removed
    assert coverage(marked((across, over), "Remove"), Part())[100, 200] == 1  # beside the other
    assert coverage(marked((across, over), "Unsure"), Part()) is None
    rest = coverage(marked((across, over, none), "Add"), Part())
    assert rest[150, 100] == 0 and rest[150, 290] == 1


def test_what_a_mark_covers_is_remembered(monkeypatch):
    strokes = tuple(Stroke(((0.1 * n, 0.5),), 0.1, 1.0, mark=("Add", "Remove")[n % 2]) for n in range(1, 9))
    coverage(marked(strokes, "Add"), Part())
    worked = []
    monkeypatch.setattr(brush, "_with", lambda cover, stroke, image: worked.append(stroke) or cover)
    coverage(marked(strokes, "Add"), Part())
    assert not worked


def test_half_the_size_is_the_picture_shrunk():
    whole, half = coverage((LINE,), Part()), coverage((LINE,), Part((200, 150), 0.5))
    shrunk = whole.reshape(150, 2, 200, 2).mean((1, 3))
    assert np.abs(shrunk - half).max() < 0.35 and np.abs(shrunk - half).mean() < 0.005


def test_a_part_is_cut_from_the_whole():
    here = Warp.none((400, 300))
    wavy = Stroke(tuple((0.1 + 0.02 * i, 0.5 + 0.1 * (-1) ** i) for i in range(40)), 0.08, 0.3)
    whole = coverage((wavy, LINE), Part(warp=here))
    part = coverage((wavy, LINE), Part((120, 90), 1.0, (150, 100), here))
    assert np.abs(part - whole[100:190, 150:270]).max() < 1e-5


def test_a_turned_frame_turns_the_strokes():
    turned = Warp.of((300, 400), (400, 300), np.array([[0, 1, 0], [-1, 0, 300], [0, 0, 1]], float))
    strokes = (Stroke(((0.2, 0.3), (0.4, 0.6)), 0.1, 0.4),)
    cover = coverage(strokes, Part((300, 400), 1.0, (0, 0), turned))
    assert np.abs(cover - np.rot90(coverage(strokes, Part()), -1)).max() < 1e-5


def test_a_magnifying_frame_magnifies_the_brush():
    closer = Warp.of((400, 300), (400, 300), np.array([[0.5, 0, 100], [0, 0.5, 75], [0, 0, 1]], float))
    dab = (Stroke(((0.5, 0.5),), 0.1, 1.0),)
    area = coverage(dab, Part(warp=closer)).sum() / coverage(dab, Part()).sum()
    assert area == pytest.approx(4, rel=0.01)


def test_points_on_a_straight_line_are_left_out():
    line = np.column_stack([np.linspace(0, 100, 50), np.linspace(0, 30, 50)])
    assert np.array_equal(simplified(line, 0.01), line[[0, -1]])


def test_no_point_is_further_off_than_is_allowed():
    t = np.linspace(0, 6, 400)
    way = np.column_stack([100 * np.cos(t), 60 * np.sin(t)])
    for within in (0.5, 3.0):
        kept = simplified(way, within)
        assert 4 < len(kept) < 60 and np.array_equal(kept[[0, -1]], way[[0, -1]])
        assert max(_away(p, kept) for p in way) <= within + 1e-9
    assert len(simplified(way, 0.5)) > len(simplified(way, 3.0))


def _away(point, line):
    best = np.inf
    for a, b in pairwise(line):
        along = np.clip((point - a) @ (b - a) / ((b - a) @ (b - a)), 0, 1)
        best = min(best, np.hypot(*(point - a - along * (b - a))))
    return best


@pytest.mark.parametrize("count", [1, 2])
def test_short_lines_stay(count):
    points = np.arange(2.0 * count).reshape(count, 2)
    assert np.array_equal(simplified(points, 5.0), points)


def test_a_line_that_comes_back_to_where_it_began():
    loop = np.array([(0, 0), (10, 0), (10, 10), (0, 0)], float)
    assert np.array_equal(simplified(loop, 1.0), loop)


def test_under_perspective_a_stroke_is_as_wide_as_what_it_covers_on_the_photo():
    """A line from top to bottom, 60 px wide on the photo, where the perspective doubles the width of its top."""
    size = (600, 400)
    corners = np.array([(150, 0), (450, 0), (600, 400), (0, 400)], np.float32)
    flat = np.array([(0, 0), (600, 0), (600, 400), (0, 400)], np.float32)
    warp = Warp.of(size, size, cv2.getPerspectiveTransform(flat, corners).astype(float))
    stroke = Stroke(((0.5, 0.0), (0.5, 1.0)), 0.1, 1.0)
    cover = coverage((stroke,), Image(np.zeros((400, 600, 3), np.float32), warp=warp))
    wide = (cover > 0.5).sum(1)
    assert wide[5] == pytest.approx(118, abs=4) and wide[-5] == pytest.approx(60, abs=3)
    part = Image(np.zeros((100, 200, 3), np.float32), origin=(220, 30), warp=warp)
    assert np.abs(coverage((stroke,), part) - cover[30:130, 220:420]).max() < 1e-4
