"""Engine: cooks what is asked for, once."""

from contextlib import suppress
from pathlib import Path
from threading import Event, Thread

import numpy as np
import pytest

from editor.core.engine import Engine, View, spread
from editor.core.geometry import Region
from editor.core.job import Cancelled, Job
from editor.core.photo import Photo
from editor.core.recipe import Recipe
from editor.edits.denoise import Denoise

RECIPE = Recipe().put(Denoise(noise=20.0))


def test_what_was_cooked_is_remembered_and_forgotten(photo, models):
    engine = Engine(models)
    for _ in range(3):
        engine.render(photo, RECIPE, View(), Job())
    assert len(models["denoise"].runs) == 1
    assert engine._steps
    engine.forget(photo)
    assert not engine._steps and not engine._steps.held


def test_strength_does_not_run_the_network_again(photo, models):
    engine, plain = Engine(models), Engine(models, memory=0)
    for strength in (0.2, 0.5, 1.0):
        recipe = Recipe().put(Denoise(noise=20.0, strength=strength))
        shown = engine.render(photo, recipe, View(), Job())
        assert np.array_equal(shown.rgb, plain.render(photo, recipe, View(), Job()).rgb)
    assert len(models["denoise"].runs) == 1 + 3
    engine.render(photo, Recipe().put(Denoise(noise=21.0)), View(), Job())
    assert len(models["denoise"].runs) == 1 + 3 + 1


def test_memory_is_bounded_in_bytes(photo, models):
    one = photo.at(1.0).nbytes
    engine = Engine(models, memory=4 * one)
    for sigma in range(1, 8):
        engine.render(photo, Recipe().put(Denoise(noise=float(sigma))), View(), Job())
    for memory in (engine._steps, engine.models.results):
        assert 0 < memory.held <= memory.limit == 2 * one
        assert memory.held == sum(value.nbytes for value in memory._values.values())
    engine = Engine(models, memory=0)
    engine.render(photo, RECIPE, View(), Job())
    assert not engine._steps


def test_only_the_part_that_is_shown_is_cooked(photo, models):
    Engine(models).render(photo, RECIPE, View(1.0, Region(0, 0, 20, 20)), Job())
    (height, width, _), _ = models["denoise"].runs[-1]
    assert height <= 20 + 64 + 32 and width <= 20 + 64 + 32


def test_switched_off_costs_nothing(photo, models):
    out = Engine(models).render(photo, RECIPE.switch("denoise", on=False), View(), Job())
    assert np.array_equal(out.rgb, photo.at(1.0).rgb) and not models["denoise"].runs


def test_progress_rises_to_one(photo, models):
    seen = []
    Engine(models).render(photo, Recipe().put(Denoise()).put(Denoise(name="again")), View(), Job(seen.append))
    assert seen == sorted(seen) and seen[-1] == 1


def test_a_cancelled_render_is_not_remembered(photo, models):
    engine, job = Engine(models), Job()
    models["denoise"].run = lambda pixels, job, level: job.cancel() or job.progress(0.5)
    with pytest.raises(Cancelled):
        engine.render(photo, RECIPE, View(), job)
    del models["denoise"].run
    again = engine.render(photo, RECIPE, View(), Job()).rgb
    assert np.array_equal(again, Engine(models).render(photo, RECIPE, View(), Job()).rgb)


def test_a_view_of_nothing_is_refused(photo, models):
    with pytest.raises(ValueError, match="shows nothing"):
        Engine(models).render(photo, RECIPE, View(1.0, Region(500, 500, 10, 10)), Job())


@pytest.mark.parametrize("size", [(200, 150), (256, 256), (600, 300), (5000, 4000), (9, 3000)])
def test_study_patches_lie_inside_and_apart(size):
    spots, whole = spread(size, 256), Region(0, 0, *size)
    assert 1 <= len(spots) <= 16
    assert all(whole.holds(s) and s.width == min(256, size[0]) and s.height == min(256, size[1]) for s in spots)
    assert all(a.clip(b).empty for i, a in enumerate(spots) for b in spots[:i])


@pytest.mark.parametrize("cancelled", [True, False])
def test_a_photo_that_is_closed_while_it_is_read_is_not_remembered(models, monkeypatch, cancelled):
    reached, go = Event(), Event()
    at = Photo.at

    def held(self, *where):
        reached.set()
        assert go.wait(10)
        return at(self, *where)

    engine, job = Engine(models), Job()

    def render(shown):
        with suppress(Cancelled):
            engine.render(shown, RECIPE, View(0.5), job)

    closed = Photo(Path("closed"), np.full((60, 80, 3), 100, np.uint8))
    monkeypatch.setattr(Photo, "at", held)
    at_work = Thread(target=render, args=(closed,))
    at_work.start()
    assert reached.wait(10)
    if cancelled:
        job.cancel()
    engine.forget(closed)
    go.set()
    at_work.join()
    assert not engine._steps and not engine._facts
    engine.render(closed, RECIPE, View(0.5), Job())  # opened again
    assert engine._steps
