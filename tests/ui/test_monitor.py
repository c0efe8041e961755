"""The profile of the monitor: from the X server, or from a file that a person names."""

from __future__ import annotations

import shutil
import subprocess
import sys

import numpy as np
import pytest

from editor.core.color import ADOBE_RGB, DISPLAY_P3, SRGB, Space
from editor.core.proof import WARNING, Screen
from editor.ui.monitor import monitor_space
from tests.icc import cmyk_profile

ASK = """
import ctypes, sys
from PySide6.QtGui import QGuiApplication
from editor.core.color import ADOBE_RGB
from editor.ui.monitor import monitor_space

app = QGuiApplication(["-platform", "xcb"])
print(monitor_space().name)
xcb = ctypes.CDLL("libxcb.so.1")
pointer, number = ctypes.c_void_p, ctypes.c_uint32
for name in ("xcb_connect", "xcb_get_setup", "xcb_intern_atom_reply"):
    getattr(xcb, name).restype = pointer

class Screens(ctypes.Structure):
    _fields_ = (("data", ctypes.POINTER(number)), ("rem", ctypes.c_int), ("index", ctypes.c_int))

class Cookie(ctypes.Structure):
    _fields_ = (("sequence", ctypes.c_uint),)

xcb.xcb_setup_roots_iterator.restype, xcb.xcb_intern_atom.restype = Screens, Cookie
display = pointer(xcb.xcb_connect(None, None))
root = xcb.xcb_setup_roots_iterator(pointer(xcb.xcb_get_setup(display))).data[0]
atom = ctypes.cast(xcb.xcb_intern_atom_reply(
    display, xcb.xcb_intern_atom(display, ctypes.c_uint8(0), ctypes.c_uint16(12), b"_ICC_PROFILE"), None
), ctypes.POINTER(number))[2]
data = ADOBE_RGB.profile
xcb.xcb_change_property(display, ctypes.c_uint8(0), number(root), number(atom), number(6), ctypes.c_uint8(8),
                        number(len(data)), data)
xcb.xcb_flush(display)
print(monitor_space().name)
"""


@pytest.mark.skipif(not shutil.which("xvfb-run"), reason="there is no X server to ask")
def test_the_x_server_tells_the_profile(tmp_path):
    script = tmp_path / "ask.py"
    script.write_text(ASK)
    command = ["xvfb-run", "-a", sys.executable, str(script)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, env=_environment())
    assert done.stdout.splitlines() == ["sRGB", ADOBE_RGB.name], done.stderr


def _environment():
    import os
    from pathlib import Path

    return os.environ | {"QT_QPA_PLATFORM": "xcb", "PYTHONPATH": str(Path(__file__).parents[2])}


def test_a_person_names_the_profile(tmp_path, qapp):
    file = tmp_path / "screen.icc"
    file.write_bytes(DISPLAY_P3.profile)
    assert monitor_space(file).name == "Display P3"
    assert monitor_space().is_srgb
    file.write_bytes(cmyk_profile())
    with pytest.raises(ValueError, match="RGB screen"):
        monitor_space(file)
    with pytest.raises(ValueError, match="cannot be read"):
        monitor_space(tmp_path / "none.icc")


@pytest.fixture
def colours():
    return (np.random.default_rng(3).random((30, 40, 3), np.float32) * 1.2 - 0.1).astype(np.float32)


def test_an_srgb_screen_gets_what_it_shows(colours):
    assert np.array_equal(Screen().pixels(colours), (colours.clip(0, 1) * 255 + 0.5).astype(np.uint8))


@pytest.mark.parametrize("space", [DISPLAY_P3, ADOBE_RGB], ids=lambda s: s.name)
def test_a_wide_screen_shows_colours_beyond_srgb(space):
    """Values that the space itself was given come out again, though they lie outside sRGB."""
    values = np.random.default_rng(4).random((30, 40, 3), np.float32)
    shown = Screen(Space.of(space.profile, 3)).pixels(space.to_working(values))
    assert np.abs(shown / 255 - values).max() < 1.6 / 255


def test_proof_shows_what_is_left_and_warns_of_what_is_lost():
    p3 = DISPLAY_P3.to_working(np.array([[[1, 0, 0], [0.5, 0.5, 0.5], [0.2, 0.3, 0.25]]], np.float32))
    proof = Screen(proof=SRGB, warn=True).pixels(p3)[0]
    assert tuple(proof[0]) == WARNING and abs(int(proof[1, 0]) - 128) <= 1 and tuple(proof[2]) != WARNING
    assert tuple(Screen(proof=SRGB).pixels(p3)[0, 0]) == (255, 0, 0)
    assert tuple(Screen(proof=DISPLAY_P3, warn=True).pixels(p3)[0, 0]) != WARNING


def test_proof_on_paper():
    press = Space.of(cmyk_profile(), 4)
    rgb = np.array([[[1, 1, 1], [0, 1, 0], [0.5, 0.5, 0.5]]], np.float32)
    seen = Screen(proof=press).pixels(rgb)[0].astype(int)
    assert seen[0].min() > 240 and np.ptp(seen[2]) < 6
    assert tuple(Screen(proof=press, warn=True).pixels(np.array([[[0, 1.1, 0]]], np.float32))[0, 0]) == WARNING
