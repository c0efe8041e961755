"""Starting: where no window can be opened, one line says why and what to do; nothing dumps core."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading

import pytest

from editor.core.model import ModelError
from editor.ui import display

START = "import sys; from editor.app import run; sys.exit(run())"
SCREENS = ("DISPLAY", "WAYLAND_DISPLAY", "XDG_SESSION_TYPE", "QT_QPA_PLATFORM")
linux_only = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="X11 and Wayland")


def start(code=START, **env):
    kept = {k: v for k, v in os.environ.items() if k not in SCREENS}
    return subprocess.run(
        [sys.executable, "-c", code], env=kept | env, capture_output=True, text=True, timeout=60, check=False
    )


@linux_only
@pytest.mark.parametrize(
    ("env", "words"),
    [
        ({}, "there is no screen"),
        ({"DISPLAY": ":77"}, "DISPLAY=:77 cannot be reached"),
        ({"DISPLAY": ":77", "WAYLAND_DISPLAY": "wayland-77"}, "DISPLAY=:77 cannot be reached"),
        ({"WAYLAND_DISPLAY": "wayland-77", "QT_QPA_PLATFORM": "wayland"}, "wayland-77 cannot be reached"),
        ({"QT_QPA_PLATFORM": "nonsense"}, "'nonsense'"),
    ],
)
def test_no_screen_is_one_line(env, words):
    done = start(**env)
    assert done.returncode == 2 and not done.stdout
    assert done.stderr.count("\n") == 1 and done.stderr.startswith("packshot: ") and words in done.stderr


@linux_only
def test_missing_system_libraries_are_named_with_their_packages(monkeypatch):
    for name in SCREENS:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DISPLAY", ":77")
    there = display._can_load
    gone = ("libxcb-cursor.so.0", "libxcb-icccm.so.4")
    monkeypatch.setattr(
        display, "_can_load", lambda library: library not in gone and "libqxcb" not in str(library) and there(library)
    )
    with pytest.raises(display.NoWindow, match="apt-get install libxcb-cursor0 libxcb-icccm4 "):
        display.platform()


def test_without_pyside_one_line_says_what_to_install():
    code = f"import sys; sys.modules['PySide6'] = None; sys.path_importer_cache.clear(); {START}"
    hidden = (
        "import importlib.util as u; f = u.find_spec; u.find_spec = lambda n, *a: None if n == 'PySide6' else f(n, *a)"
    )
    done = start(f"{hidden}; {code}")
    assert done.returncode == 2 and "pip install PySide6-Essentials" in done.stderr and done.stderr.count("\n") == 1


def test_this_pyside_goes_with_this_python():
    assert not display._loses_none()


@pytest.mark.skipif(os.name == "nt", reason="signals")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_app_opens_the_sample_and_ends_on_a_signal(tmp_path, number):
    code = (
        "import sys; from editor.ui import renderer\n"
        "plain = renderer.for_screen\n"
        "def for_screen(*what):\n"
        "    print('cooked', flush=True)\n"
        "    return plain(*what)\n"
        "renderer.for_screen = for_screen\n"
        "from editor.app import run; sys.exit(run(sample=True, wish='cpu'))\n"
    )
    env = {k: v for k, v in os.environ.items() if k not in SCREENS}
    env |= {"QT_QPA_PLATFORM": "offscreen", "XDG_CONFIG_HOME": str(tmp_path)}  # not the user's settings
    app = subprocess.Popen(
        [sys.executable, "-c", code], env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    watchdog = threading.Timer(30, app.kill)
    watchdog.start()
    try:
        assert app.stdout.readline() == "cooked\n"
        app.send_signal(number)
        _, errors = app.communicate(timeout=20)
        assert app.returncode == 130 and "Traceback" not in errors
    finally:
        watchdog.cancel()
        watchdog.join()
        app.kill()
        app.communicate()


def test_networks_are_looked_for_only_when_asked_for(tmp_path):
    code = (
        "import sys; from pathlib import Path; from editor.app import Networks\n"
        f"networks = Networks(Path({str(tmp_path)!r}), 'cpu')\n"
        "assert 'onnxruntime' not in sys.modules and 'PySide6' not in sys.modules\n"
        "assert list(networks) == [] and networks.device() == ('CPU', '')\n"
    )
    done = start(code)
    assert done.returncode == 0, done.stderr


def test_a_missing_model_is_named(tmp_path):
    from editor.app import Networks

    with pytest.raises(ModelError, match=r"denoise\.onnx"):
        Networks(tmp_path, "cpu")["denoise"]


def test_networks_go_over_to_another_device(tmp_path):
    code = (
        "from pathlib import Path; from editor.app import Networks\n"
        f"networks = Networks(Path({str(tmp_path)!r}), 'cpu')\n"
        "assert networks.device() == ('CPU', '')\n"
        "networks.run_on('cuda')\n"
        "title, reason = networks.device()\n"
        "assert title == 'CUDA' or (title == 'CPU' and reason)\n"
        "networks.run_on('cpu')\n"
        "assert networks.device() == ('CPU', '')\n"
    )
    done = start(code)
    assert done.returncode == 0, done.stderr
