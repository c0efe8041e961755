"""Start: from `packshot --no-photo` to the first paint of its window, next to a bare PySide6 window, as processes."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

TIMES = 5

# Both wait for the first paint of a widget of some class, say so, and are gone.
_WATCH = """
import os, sys
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QMainWindow

class Watch(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint and os.environ["SEEN"] in [c.__name__ for c in type(watched).__mro__]:
            print("painted", flush=True)
            os._exit(0)
        return False
"""
_BARE = """
app, watch = QApplication([]), Watch()
app.installEventFilter(watch)
window = QMainWindow()
window.resize(1280, 820)
window.show()
app.exec()
"""
_OURS = """
plain, watch = QApplication.__init__, Watch()
def begin(app, *told):
    plain(app, *told)
    app.installEventFilter(watch)
QApplication.__init__ = begin
sys.argv = ["packshot", "--no-photo"]
from editor.__main__ import main
main()
"""


def seconds(code: str, folder: Path, seen: str = "QMainWindow") -> float:
    """From the start of a process to the first paint of a `seen`. Modules are compiled in `folder`, as they are once
    installed."""
    env = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    env |= {"PYTHONPYCACHEPREFIX": str(folder), "XDG_CONFIG_HOME": str(folder / "settings"), "SEEN": seen}
    env.setdefault("QT_QPA_PLATFORM", "offscreen")
    begin = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", _WATCH + code], env=env, capture_output=True, text=True, timeout=60, check=False
    )
    took = time.perf_counter() - begin
    if "painted" not in done.stdout:
        raise RuntimeError(done.stderr)
    return took


def numbers() -> dict[str, float]:
    """Best of TIMES each, in turns, after one that does not count."""
    with tempfile.TemporaryDirectory() as name:
        here = Path(name)
        rounds = [
            (seconds(_BARE, here), seconds(_OURS, here), seconds(_OURS, here, "Welcome")) for _ in range(TIMES + 1)
        ]
    bare, ours, ready = (min(column) for column in zip(*rounds[1:], strict=True))
    return {
        "a bare PySide6 window, start to first paint, seconds": bare,
        "  packshot --no-photo, as a multiple of that (at most 1.5)": ours / bare,
        "  until all that stands in it is painted, as a multiple of that": ready / bare,
    }


if __name__ == "__main__":
    for name, value in numbers().items():
        print(f"{name:76} {value:.3g}")
