"""The start: a window before anything heavy is loaded, and all that stands in it right after."""

from __future__ import annotations

import subprocess
import sys

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication

from editor.late import late
from editor.ui import arrangement
from editor.ui.window import MainWindow

HEAVY = ("numpy", "PIL", "cv2", "tifffile", "imagecodecs", "onnxruntime", "torch", "editor.core.photo")


def run(code):
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False)


def test_until_the_window_is_seen_nothing_heavy_is_loaded():
    done = run(
        "import sys, editor.__main__, editor.app, editor.ui.window, editor.ui.theme, editor.ui.language\n"
        f"print([name for name in {HEAVY} if name in sys.modules])"
    )
    assert done.stdout == "[]\n", done.stderr


def test_with_all_that_stands_in_it_neither_torch_nor_onnxruntime_is_loaded():
    done = run(
        "import sys; from editor import edits; from editor.ui import parts; edits.discover()\n"
        "print([name for name in ('torch', 'onnxruntime', 'onnx') if name in sys.modules], 'numpy' in sys.modules)"
    )
    assert done.stdout == "[] True\n", done.stderr


def test_it_is_furnished_as_soon_as_it_was_painted(qtbot, models):
    window, seen = MainWindow(), []
    qtbot.addWidget(window)
    arrangement.place(window)
    window.show()
    arrangement.once_seen(window, lambda: seen.append(window.size()))
    arrangement.once_seen(window, lambda: window.furnish(models, lambda: ("CPU", "")))
    assert not seen and not hasattr(window, "canvas")
    qtbot.waitUntil(lambda: hasattr(window, "welcome") and window.welcome.isVisible())
    assert seen == [window.size()] and window.size() != QSize(0, 0) and window.windowTitle() == "Packshot"
    window.shut_down()
    window.hide()


def test_closed_before_that_it_is_just_gone(qtbot):
    window = MainWindow()
    qtbot.addWidget(window)
    window.show()
    assert window.close() and not window.isVisible()
    window.shut_down()


def test_one_that_nobody_sees_is_furnished_all_the_same(qtbot, monkeypatch):
    monkeypatch.setattr(arrangement, "UNSEEN", 30)
    window, done = MainWindow(), []
    qtbot.addWidget(window)
    arrangement.once_seen(window, lambda: done.append(True))
    qtbot.waitUntil(lambda: bool(done))
    QApplication.processEvents()
    assert done == [True]


def test_no_photo_opens_none():
    done = run(
        "import sys; sys.argv[1:] = ['--no-photo', 'shoe.jpg']; from editor.__main__ import main; sys.exit(main())"
    )
    assert done.returncode == 2 and "--no-photo" in done.stderr and done.stderr.count("\n") == 1


def test_a_module_that_comes_late_is_run_at_the_first_look_into_it():
    done = run(
        "import sys; from editor.late import late; sketch = late('editor.core.sketch')\n"
        "print('numpy' in sys.modules); sketch.WORTH; print('numpy' in sys.modules)\n"
        "from editor.core import sketch as again; print(again is sketch)"
    )
    assert done.stdout == "False\nTrue\nTrue\n", done.stderr
    assert late("editor.late") is sys.modules["editor.late"]
    with pytest.raises(ModuleNotFoundError, match=r"editor\.nothing"):
        late("editor.nothing")
