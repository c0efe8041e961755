"""The renderer: the newest wish is shown in the end, an old one does not hold it up, nothing runs on."""

from __future__ import annotations

import gc
import threading
import time
import weakref

import numpy as np
import pytest

from editor.core.color import DISPLAY_P3
from editor.core.edit import Edit
from editor.core.engine import Engine, View
from editor.core.geometry import Region
from editor.core.image import Image
from editor.core.job import Job
from editor.core.proof import Screen
from editor.core.recipe import Recipe
from editor.ui.renderer import GRACE, SETTLE, Renderer, Request, for_screen
from tests.ui.acts import show, up_to_date

Denoise = Edit.kinds["denoise"]


@pytest.fixture
def make_renderer():
    made = []

    def make(models):
        made.append(Renderer(Engine(models)))
        return made[-1]

    yield make
    for renderer in made:
        renderer.close()


def recipe(noise):
    return Recipe().put(Denoise(noise=float(noise)))


def test_the_newest_recipe_is_shown_in_the_end(qtbot, make_renderer, models, photo):
    renderer, shown = make_renderer(models), []
    renderer.rendered.connect(shown.append)
    for noise in range(1, 60):
        renderer.ask([Request(photo, recipe(noise), View())])
    qtbot.waitUntil(lambda: not renderer.busy)
    assert shown[-1].request.recipe == recipe(59)
    order = [p.request.recipe.get("denoise").noise for p in shown]
    assert order == sorted(order) and len(order) < 59


def test_quick_edits_are_shown_while_the_slider_moves(qtbot, make_renderer, models, slow, photo):
    slow.seconds = 0.06  # slower than the mouse, quicker than the grace
    renderer, shown = make_renderer(models | {"denoise": slow}), []
    renderer.rendered.connect(shown.append)
    for noise in range(1, 41):
        renderer.ask([Request(photo, recipe(noise), View())])
        qtbot.wait(10)
    assert len(shown) >= 2


def test_a_slow_job_gives_way_to_a_newer_one(qtbot, make_renderer, models, slow, photo):
    renderer, shown = make_renderer(models | {"denoise": slow}), []
    renderer.rendered.connect(shown.append)
    renderer.ask([Request(photo, recipe(1), View())])
    assert slow.started.wait(10)
    begin = time.monotonic()
    renderer.ask([Request(photo, Recipe(), View())])
    qtbot.waitUntil(lambda: not renderer.busy)
    assert time.monotonic() - begin < slow.seconds / 10
    assert [p.edits for p in shown] == [()]


def test_the_same_wish_twice_is_one_job(qtbot, make_renderer, models, photo):
    renderer = make_renderer(models)
    for _ in range(3):
        renderer.ask([Request(photo, recipe(5), View())])
    qtbot.waitUntil(lambda: not renderer.busy)
    assert len(models["denoise"].runs) == 1


def test_what_is_under_way_and_still_wanted_goes_on(qtbot, make_renderer, models, slow, photo):
    slow.seconds = 0.3
    renderer, shown = make_renderer(models | {"denoise": slow}), []
    renderer.rendered.connect(shown.append)
    left, right = (Request(photo, recipe(5), View(1.0, Region(x, 0, 64, 64))) for x in (0, 64))
    renderer.ask([left])
    assert slow.started.wait(10)
    slow.started.clear()
    renderer.ask([left, right])
    assert renderer.pending == (left, right)
    qtbot.waitUntil(lambda: not renderer.busy)
    assert [p.request for p in shown] == [left, right] and not renderer.pending


def test_a_fine_picture_gives_way_at_once_and_waits_for_a_hand_that_moves(qtbot, make_renderer, models, slow, photo):
    renderer, shown = make_renderer(models | {"denoise": slow}), []
    renderer.rendered.connect(shown.append)
    fine = Request(photo, recipe(1), View(), fine=True)
    renderer.ask([fine])
    assert slow.started.wait(10)
    begin = time.monotonic()
    renderer.ask([Request(photo, Recipe(), View(0.5)), Request(photo, Recipe(), View(), fine=True)])
    assert slow.ended.wait(10) and time.monotonic() - begin < GRACE / 2
    qtbot.waitUntil(lambda: not renderer.busy)
    assert [p.scale for p in shown] == [0.5, 1.0] and time.monotonic() - begin >= SETTLE


def test_after_a_failure_nothing_more_of_that_wish_is_cooked(qtbot, make_renderer, models, photo):
    class Broken:
        def run(self, pixels, job, *, level):
            raise ValueError("no")

    renderer, failed, shown = make_renderer(models | {"denoise": Broken()}), [], []
    renderer.failed.connect(failed.append)
    renderer.rendered.connect(shown.append)
    renderer.ask([Request(photo, recipe(1), View(0.5)), Request(photo, recipe(1), View())])
    qtbot.waitUntil(lambda: not renderer.busy)
    assert failed == ["no"] and not shown
    renderer.ask([Request(photo, Recipe(), View())])
    qtbot.waitUntil(lambda: bool(shown))


def test_progress_grows_over_all_parts_of_a_wish(qtbot, make_renderer, models, slow, photo):
    slow.seconds = 0.1
    renderer, told = make_renderer(models | {"denoise": slow}), []
    renderer.progressed.connect(told.append)
    renderer.ask([Request(photo, recipe(5), View(1.0, Region(x, 0, 64, 64))) for x in (0, 64)])
    qtbot.waitUntil(lambda: not renderer.busy)
    assert told == sorted(told) and told[0] < 0.4 < told[-1] <= 1


def test_cancel_shows_nothing_and_reports_progress_no_more(qtbot, make_renderer, models, slow, photo):
    renderer, heard = make_renderer(models | {"denoise": slow}), []
    renderer.rendered.connect(heard.append)
    renderer.failed.connect(heard.append)
    renderer.ask([Request(photo, recipe(1), View())])
    with qtbot.waitSignal(renderer.progressed):
        pass
    begin = time.monotonic()
    renderer.cancel()
    assert slow.ended.wait(10) and time.monotonic() - begin < slow.seconds / 10
    renderer.progressed.connect(heard.append)
    qtbot.wait(50)
    assert not heard and not renderer.busy


def test_close_ends_the_thread_at_once(models, slow, photo):
    renderer = Renderer(Engine(models | {"denoise": slow}))
    renderer.ask([Request(photo, recipe(1), View())])
    assert slow.started.wait(10)
    begin = time.monotonic()
    renderer.close()
    renderer.close()
    assert time.monotonic() - begin < slow.seconds / 10
    assert not any(t.name == "renderer" for t in threading.enumerate())


def test_facts_come_with_the_picture(qtbot, make_renderer, models, photo):
    renderer, shown = make_renderer(models), []
    renderer.rendered.connect(shown.append)
    auto = Recipe().put(Denoise())
    renderer.ask([Request(photo, auto, View())])
    qtbot.waitUntil(lambda: bool(shown))
    assert shown[0].facts == {("denoise", ""): Engine(models).facts(photo, auto, auto.edits[0], Job())}


def test_pixels_for_the_screen_own_their_memory_and_are_rounded():
    rgb = np.array([[[0, 0.5, 1], [-0.2, 1.7, 0.1]]], np.float32)
    alpha = np.array([[1, 0.5]], np.float32)
    picture = for_screen(Image(rgb.copy()))
    clear = for_screen(Image(rgb.copy(), alpha.copy()))
    gc.collect()
    np.ones((100, 100, 4)).sum()
    assert [picture.pixelColor(x, 0).getRgb() for x in (0, 1)] == [(0, 128, 255, 255), (0, 255, 26, 255)]
    assert clear.pixelColor(1, 0).alpha() == 128 and not picture.hasAlphaChannel()


def test_levels_are_of_the_working_space_whatever_the_screen_shows(qtbot, make_renderer, models, photo):
    renderer, shown = make_renderer(models), []
    renderer.rendered.connect(shown.append)
    other = Screen(monitor=DISPLAY_P3)
    renderer.ask([Request(photo, Recipe(), View()), Request(photo, Recipe(), View(), other)])
    qtbot.waitUntil(lambda: len(shown) == 2)
    plain, foreign = shown
    assert plain.levels is None and foreign.levels is not None
    spots = [(x, y) for x in range(0, 200, 37) for y in range(0, 150, 29)]
    assert all(plain.level(x, y) == foreign.level(x, y) for x, y in spots)
    assert any(plain.pixels.pixelColor(x, y) != foreign.pixels.pixelColor(x, y) for x, y in spots)


def test_a_closed_photo_is_let_go(qtbot, opened, tmp_path):
    opened.document.put(Denoise())
    qtbot.waitUntil(lambda: up_to_date(opened))
    opened.ask_save_path = lambda proposed: tmp_path / "out.png"
    opened.saving.save()
    qtbot.waitUntil(lambda: not opened.files.saving)
    photo = weakref.ref(opened.document.photo)
    opened.close_photo()

    def gone():
        gc.collect()
        return photo() is None

    qtbot.waitUntil(gone)
    show(qtbot, opened, tmp_path / "out.png")
