"""Dodge and burn: light where the brush was, and nowhere else; the more it is painted the less is done anew."""

import numpy as np
import pytest

from editor.core import brush
from editor.core.cms import decode
from editor.core.drawn import Stroke
from editor.core.engine import Engine, View
from editor.core.geometry import Region
from editor.core.job import Cancelled, Job
from editor.core.photo import Photo
from editor.core.recipe import Recipe
from editor.edits.crop import Crop
from editor.edits.dodge_burn import DodgeBurn


@pytest.fixture
def grey():
    return Photo("g.png", np.full((200, 300, 3), 100, np.uint8))


def cooked(photo, *edits, view=None):
    recipe = Recipe()
    for edit in edits:
        recipe = recipe.put(edit)
    return Engine({}, memory=0).render(photo, recipe, view or View(), Job())


def test_a_hard_dab_is_a_disc_of_more_light(grey):
    out = cooked(grey, DodgeBurn(stops=1.0, painted=(Stroke(((0.5, 0.5),), size=0.2, hardness=1.0),)))
    light = decode(out.rgb[..., 0]) / decode(np.float32(100 / 255))
    y, x = np.mgrid[0:200, 0:300]
    away = np.hypot(x + 0.5 - 150, y + 0.5 - 100)
    assert light[away < 29] == pytest.approx(2.0, rel=1e-4)
    assert light[away > 31] == pytest.approx(1.0, rel=1e-4)


def test_a_soft_one_fades(grey):
    out = cooked(grey, DodgeBurn(stops=-2.0, painted=(Stroke(((0.2, 0.5), (0.8, 0.5)), size=0.4, hardness=0.0),)))
    column = out.rgb[40:160, 150, 0]
    assert (
        column[60] == column.min() < 0.22
        and (np.diff(column[:59]) < 1e-6).all()
        and (np.diff(column[61:]) > -1e-6).all()
    )
    assert column[0] == pytest.approx(100 / 255, abs=0.01)


def test_erasing_takes_away_and_painting_comes_again(grey):
    dab = Stroke(((0.5, 0.5),), 0.3, 1.0)
    gone = Stroke(((0.5, 0.5),), 0.32, 1.0, erase=True)
    plain = cooked(grey)
    assert np.abs(cooked(grey, DodgeBurn(painted=(dab, gone))).rgb - plain.rgb).max() < 1e-6
    again = cooked(grey, DodgeBurn(painted=(dab, gone, dab)))
    assert np.array_equal(again.rgb, cooked(grey, DodgeBurn(painted=(dab,))).rgb)


def test_strokes_stay_on_the_product_when_it_is_cropped_and_turned(grey):
    painted = DodgeBurn(stops=2.0, painted=(Stroke(((0.7, 0.3),), 0.1, 1.0),))
    frame = Crop(rectangle=(0.5, 0.5, 0.5, 0.5), turn="90°")
    out = cooked(grey, painted, frame)
    x, y = Recipe().put(frame).warp(grey.size).after(np.array([[0.7 * 300, 0.3 * 200]]))[0]
    lit = out.rgb[..., 0] > 0.5
    rows, columns = np.nonzero(lit)
    assert (columns.mean() + 0.5, rows.mean() + 0.5) == pytest.approx((x, y), abs=1)
    assert lit.sum() == pytest.approx(np.pi * 15**2, rel=0.05)


def strokes(count):
    chance = np.random.default_rng(3)
    return tuple(
        Stroke(tuple(map(tuple, chance.uniform(0.05, 0.95, (6, 2)).round(4).tolist())), 0.06, 0.5, bool(i % 5 == 4))
        for i in range(count)
    )


def test_while_painting_only_the_newest_stroke_is_worked_out(grey, monkeypatch):
    made, stroked = [], brush._stroked
    monkeypatch.setattr(brush, "_stroked", lambda *args: made.append(1) or stroked(*args))
    many = strokes(60)
    first = cooked(grey, DodgeBurn(painted=many))
    assert len(made) == 60
    for length in (1, 3, 6):
        made.clear()
        growing = (*many, Stroke(many[0].points[:length], 0.1, 0.5))
        cooked(grey, DodgeBurn(painted=growing))
        assert len(made) == 1
    made.clear()
    assert np.array_equal(cooked(grey, DodgeBurn(painted=many)).rgb, first.rgb) and not made  # it was taken back


def test_what_is_remembered_is_what_would_be_worked_out(grey):
    many = strokes(20)
    piece = cooked(grey, DodgeBurn(painted=many[:19]))
    remembered = cooked(grey, DodgeBurn(painted=many))
    brush._RECENT.drop(lambda key: True)
    assert np.array_equal(cooked(grey, DodgeBurn(painted=many)).rgb, remembered.rgb)
    assert not np.array_equal(piece.rgb, remembered.rgb)


def test_a_region_has_its_own_memory(grey):
    many = strokes(9)
    whole = cooked(grey, DodgeBurn(painted=many))
    for region in (Region(10, 20, 100, 90), Region(120, 20, 100, 90)):
        part = cooked(grey, DodgeBurn(painted=many), view=View(1.0, region))
        assert np.abs(part.rgb - whole.crop(region).rgb).max() < 1e-5


def test_painting_can_be_stopped_between_strokes(grey):
    brush._RECENT.drop(lambda key: True)
    job = Job()
    told = []

    def stop(done):
        told.append(done)
        if len(told) > 10:
            job.cancel()

    job = Job(stop)
    with pytest.raises(Cancelled):
        Engine({}).render(grey, Recipe().put(DodgeBurn(painted=strokes(50))), View(), job)
    assert len(told) < 20
