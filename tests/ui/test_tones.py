"""Tones and details at the window: a slider is dragged, and the picture has the light that it should have."""

import numpy as np
import pytest

from tests.ui.acts import drag, photo_on, up_to_date


def settled(qtbot, window):
    qtbot.waitUntil(lambda: up_to_date(window))
    return photo_on(window.canvas).astype(float)


def control(window, kind, name):
    group = window.panel.groups[kind]
    group.fold.setChecked(True)
    window.panel.area.ensureWidgetVisible(group)
    return group.controls[name].slider


def test_contrast_parts_dark_from_light(qtbot, opened):
    before = settled(qtbot, opened)
    drag(control(opened, "exposure", "contrast"), 180)  # of 200 steps
    after = settled(qtbot, opened)
    exposure = opened.document.recipe.get("exposure")
    assert exposure.contrast == pytest.approx(80, abs=2) and exposure.stops == 0
    dark, light = before.mean(2) < 90, before.mean(2) > 160
    assert after[dark].mean() < before[dark].mean() - 2
    assert after[light].mean() > before[light].mean() + 2


def test_shadows_are_lifted_and_highlights_stay(qtbot, opened):
    before = settled(qtbot, opened)
    drag(control(opened, "highlights_shadows", "shadows"), 190)
    after = settled(qtbot, opened)
    assert opened.document.recipe.get("highlights_shadows").shadows == pytest.approx(90, abs=2)
    gain = (after - before).mean(2)
    level = before.max(2)
    deep, bright = level <= np.quantile(level, 0.05), level >= np.quantile(level, 0.95)
    assert gain[deep].mean() > gain[bright].mean() + 3 and abs(gain[bright].mean()) < 6


def test_sharpening_is_one_step_and_can_be_taken_back(qtbot, opened):
    before = settled(qtbot, opened)
    drag(control(opened, "sharpen", "amount"), 150)
    after = settled(qtbot, opened)
    assert opened.document.recipe.get("sharpen").amount == pytest.approx(150, abs=3)
    assert np.abs(np.diff(after, axis=1)).mean() > 1.05 * np.abs(np.diff(before, axis=1)).mean()
    opened.document.undo()
    assert opened.document.recipe.get("sharpen") is None
    assert np.array_equal(settled(qtbot, opened), before)
