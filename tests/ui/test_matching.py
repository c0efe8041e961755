"""Matching a selection to the open photo: one act, one step back, from the menu, the keys and the strip."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image as Pillow
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from editor.core.edit import Edit
from editor.core.recipe import Recipe
from editor.core.sidecar import load
from tests.ui.acts import grabbed
from tests.ui.shoes import NAMES, click, shows

Exposure, Match = Edit.kinds["exposure"], Edit.kinds["match"]
CONTROL, ALT, SHIFT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
)


def press(window):
    QTest.keyClick(window, Qt.Key.Key_M, CONTROL | ALT)


def kept(shoes, number):
    return load(shoes / NAMES[number]).recipe or Recipe()


def test_the_others_of_the_selection_are_matched_to_the_open_photo_in_one_step(qtbot, browsing, shoes):
    click(browsing.strip, 2, SHIFT)
    press(browsing)
    wanted = Recipe().put(Match(reference=str(shoes / NAMES[0])))
    qtbot.waitUntil(lambda: kept(shoes, 1) == kept(shoes, 2) == wanted)
    qtbot.waitUntil(lambda: "2 photos are to match this one; what cannot" in browsing.status.currentMessage())
    assert browsing.document.recipe == Recipe()  # it is the example
    assert browsing.undoing.undoes == "Match of 2 Photos"
    QTest.keyClick(browsing, Qt.Key.Key_Z, CONTROL)
    qtbot.waitUntil(lambda: kept(shoes, 1) == kept(shoes, 2) == Recipe())


def test_one_other_is_enough_and_its_own_edits_stay(qtbot, browsing, shoes):
    reference = str(shoes / NAMES[0])
    browsing.open_path(shoes / NAMES[1])
    qtbot.waitUntil(lambda: shows(browsing, shoes / NAMES[1]))
    browsing.document.replace(Recipe().put(Exposure(stops=0.5)).put(Match(strength=40.0)).switch("match", on=False))
    click(browsing.strip, 0)
    qtbot.waitUntil(lambda: shows(browsing, shoes / NAMES[0]))
    click(browsing.strip, 1, CONTROL)
    press(browsing)
    wanted = Recipe().put(Exposure(stops=0.5)).put(Match(strength=40.0, reference=reference))
    qtbot.waitUntil(lambda: kept(shoes, 1) == wanted)
    qtbot.waitUntil(lambda: "The photo is to match this one" in browsing.status.currentMessage())


def test_alone_there_is_nothing_to_match_and_it_says_so(browsing, shoes):
    press(browsing)
    assert browsing.status.currentMessage().startswith("In the film strip, select the photos")
    assert not browsing.undoing.can_undo


def test_it_stands_in_the_menu_of_the_strip(browsing):
    menu = browsing.of_strip.menu(0)
    assert browsing.actions_by_name["match_selection"] in menu.actions()
    menu.deleteLater()


@pytest.fixture
def shoes(tmp_path):
    """A red shoe on white paper, three times: in daylight, too dark, and under a warm lamp."""
    place = tmp_path / "set"
    place.mkdir()
    light = {"shoe-1.png": (0.85, 0.85, 0.85), "shoe-2.png": (0.5, 0.5, 0.5), "shoe-10.png": (0.85, 0.78, 0.68)}
    y, x = np.mgrid[0:80, 0:120]
    shoe = (np.hypot((x - 60) / 30, (y - 40) / 18) < 1)[..., None]
    for name, paper in light.items():
        Pillow.fromarray((255 * np.where(shoe, (0.7, 0.2, 0.15), 1.0) * paper).astype(np.uint8)).save(place / name)
    return place


def test_what_was_matched_looks_like_the_example(qtbot, browsing, shoes):
    click(browsing.strip, 2, SHIFT)
    press(browsing)
    qtbot.waitUntil(lambda: kept(shoes, 1) == kept(shoes, 2) != Recipe())
    for number in (1, 2):
        click(browsing.strip, number)
        qtbot.waitUntil(lambda number=number: shows(browsing, shoes / NAMES[number]), timeout=20_000)
        shown = grabbed(browsing.canvas)
        height, width = shown.shape[:2]
        assert np.abs(shown[height // 2, width // 2].astype(int) - (152, 43, 33)).max() < 12
        assert (np.abs(shown[:, width // 2].astype(int) - 217).max(1) < 6).any()
