"""Fixtures for the window: it opens without asking, closes without asking, and leaves nothing behind."""

from __future__ import annotations

import gc
import threading
import time
from pathlib import Path
from threading import Event

import numpy as np
import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from editor.core.job import Job
from editor.ui import theme
from editor.ui.window import MainWindow
from tests.ui.acts import show
from tests.ui.shoes import NAMES, lay_out, shows


def pytest_collection_modifyitems(items):
    for item in items:  # the offscreen screen has no window manager, and warns of it at each window and popup
        if Path(__file__).parent in item.path.parents:
            lacks = "does not support (propagateSizeHints|raise|grabbing)"
            item.add_marker(pytest.mark.qt_log_ignore(lacks, extend=True))


class Slow:
    """A denoiser that takes `seconds`, turns the picture into `result`, and says when it was stopped."""

    def __init__(self, seconds=20.0, result=0.25):
        self.seconds, self.result = seconds, result
        self.started, self.ended = Event(), Event()

    def run(self, pixels, job: Job, *, level):
        self.ended.clear()
        self.started.set()
        begin = time.monotonic()
        try:
            while (spent := time.monotonic() - begin) < self.seconds:
                job.progress(spent / self.seconds)
                time.sleep(0.005)
            return np.full_like(pixels, self.result)
        finally:
            self.ended.set()


@pytest.fixture
def slow():
    return Slow()


@pytest.fixture(scope="session", autouse=True)
def nothing_outlives_the_application(qapp):
    """What refers to itself is found by the collector at any time; once the application has gone it is too late. And
    the application has to go while Python is whole: left to the interpreter's end, where PySide then takes it and all
    objects down in no particular order, it crashes now and then (PYSIDE-2254)."""
    yield
    gc.collect()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    qapp.shutdown()


@pytest.fixture(autouse=True)
def nothing_left(qapp):
    """No thread and no window may outlive its test."""
    theme.apply(qapp)
    threads, windows = set(threading.enumerate()), set(QApplication.topLevelWidgets())
    yield
    left = [t for t in threading.enumerate() if t not in threads and t.is_alive()]
    assert not left, f"threads are left over: {left}"
    open_still = [w for w in QApplication.topLevelWidgets() if w not in windows and w.isVisible()]
    assert not open_still, f"windows are left over: {open_still}"


@pytest.fixture
def make_window(qtbot, tmp_path_factory):
    """Makes windows that answer every question with what loses the edits, and that are shut down at the end."""
    made = []

    def make(models, device=lambda: ("CPU", ""), settings=None):
        window = MainWindow(models, device, settings, presets=tmp_path_factory.mktemp("config") / "presets")
        room = window.screen().availableSize()
        assert window.width() <= room.width() and window.height() <= room.height()
        window.resize(1280, 820)  # as on a larger screen than the tests have
        window.ask_keep_edits = lambda photo: "discard"
        window.ask_parting = lambda photo, running: "drop"
        window.ask_overwrite = lambda photo: pytest.fail("asked whether to replace the original")
        window.ask_output = lambda kind, photo, output: output
        window.ask_save_path = lambda proposed: pytest.fail("asked where to save")
        qtbot.addWidget(window)
        made.append(window)
        window.show()
        return window

    yield make
    for window in made:
        window.shut_down()
        window.hide()


@pytest.fixture
def window(make_window, models):
    return make_window(models)


@pytest.fixture
def opened(qtbot, window, photo_file):
    """The window with the photo on its canvas."""
    return show(qtbot, window, photo_file)


@pytest.fixture
def shoes(tmp_path):
    """A folder of three photos."""
    return lay_out(tmp_path / "shoes")


@pytest.fixture
def browsing(qtbot, window, shoes):
    """The window with the first of three photos, whose strip is shown."""
    window.open_path(shoes)
    qtbot.waitUntil(lambda: shows(window, shoes / NAMES[0]))
    return window
