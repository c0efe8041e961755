"""Soft proof: a menu entry changes the canvas, and nothing in the document."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image as Pillow

from editor.core.color import ADOBE_RGB, DISPLAY_P3
from editor.core.proof import WARNING
from tests.icc import cmyk_profile
from tests.ui.acts import photo_on, show, up_to_date


@pytest.fixture
def vivid(tmp_path):
    """A photo in Display P3: a red that sRGB does not hold on the left, a grey on the right."""
    pixels = np.full((60, 80, 3), 128, np.uint8)
    pixels[:, :40] = (250, 10, 10)
    path = tmp_path / "vivid.png"
    Pillow.fromarray(pixels).save(path, icc_profile=DISPLAY_P3.profile)
    return path


def shown(qtbot, window):
    qtbot.waitUntil(lambda: up_to_date(window))
    qtbot.wait(1)
    return photo_on(window.canvas)


def test_the_canvas_as_another_space_and_what_it_does_not_hold(qtbot, window, vivid):
    show(qtbot, window, vivid)
    plain = shown(qtbot, window)
    assert tuple(plain[30, 10]) == (255, 0, 0) and tuple(plain[30, 60]) == (128, 128, 128)
    window.actions_by_name["gamut"].trigger()
    warned = shown(qtbot, window)
    assert tuple(warned[30, 10]) == WARNING and tuple(warned[30, 60]) == (128, 128, 128)
    assert window.actions_by_name["proof_srgb"].isChecked() and window.actions_by_name["gamut"].isChecked()
    window.actions_by_name["proof_p3"].trigger()
    assert tuple(shown(qtbot, window)[30, 10]) == (255, 0, 0)
    window.actions_by_name["proof_off"].trigger()
    assert not window.actions_by_name["gamut"].isChecked()
    assert np.array_equal(shown(qtbot, window), plain)
    assert not window.document.recipe.edits and not window.document.can_undo


def test_a_press_from_a_file(qtbot, window, vivid, tmp_path, monkeypatch):
    show(qtbot, window, vivid)
    file = tmp_path / "press.icc"
    file.write_bytes(cmyk_profile())
    monkeypatch.setattr(window.proofing, "ask_profile", lambda title: file)
    window.actions_by_name["proof_file"].trigger()
    assert window.proofing.screen.proof.model == "CMYK"
    assert shown(qtbot, window)[30, 10, 0] < 252
    file.write_bytes(b"nothing of the kind")
    window.actions_by_name["proof_file"].trigger()
    assert "no colour profile" in window.banner.text and window.proofing.screen.proof.model == "CMYK"


def test_the_monitor_s_profile_is_kept(qtbot, window, vivid, tmp_path, monkeypatch):
    show(qtbot, window, vivid)
    file = tmp_path / "screen.icc"
    file.write_bytes(ADOBE_RGB.profile)
    monkeypatch.setattr(window.proofing, "ask_profile", lambda title: file)
    window.actions_by_name["monitor"].trigger()
    red = shown(qtbot, window)[30, 10]
    assert 225 < red[0] < 250 and window.settings.monitor == file  # P3's red in Adobe RGB
    monkeypatch.setattr(window.proofing, "ask_profile", lambda title: None)
    window.actions_by_name["monitor"].trigger()
    assert window.settings.monitor is None and tuple(shown(qtbot, window)[30, 10]) == (255, 0, 0)


def test_a_warning_that_brought_its_proof_takes_it_away_again(qtbot, window, vivid):
    show(qtbot, window, vivid)
    for _ in range(2):
        window.actions_by_name["gamut"].trigger()
    assert window.proofing.screen.proof is None and window.actions_by_name["proof_off"].isChecked()
    window.actions_by_name["proof_srgb"].trigger()
    for _ in range(2):
        window.actions_by_name["gamut"].trigger()
    assert window.proofing.screen.proof is not None  # this one a person asked for
