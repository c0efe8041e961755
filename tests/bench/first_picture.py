"""First picture: from the click on a 24-megapixel JPEG to the first paint of the window that shows it."""

from __future__ import annotations

import os
import tempfile
import time
from pathlib import Path

import numpy as np
from PIL import Image as Pillow

from editor.core.sample import draw, grain

SIZE = (6000, 4000)
TIMES = 5


def camera_jpeg(path: Path) -> None:
    """A photo as a camera writes it: fine noise, quality 95, 4:2:2 colours."""
    part = (grain(draw(size=(1500, 1000)), gain=0.0005, floor=0.01).clip(0, 1) * 255).astype(np.uint8)
    whole = Pillow.fromarray(np.tile(part, (SIZE[1] // 1000, SIZE[0] // 1500, 1)))
    whole.save(path, quality=95, subsampling=1)


def bare(path: Path) -> float:
    """Seconds that Pillow takes to decode the file, and nothing else."""
    begin = time.perf_counter()
    with Pillow.open(path) as file:
        file.load()
    return time.perf_counter() - begin


class Watch:
    """Opens a photo in a real window, and takes the time of the first paint with a picture and of the last."""

    def __init__(self) -> None:
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        from PySide6.QtWidgets import QApplication

        from editor.ui.window import MainWindow

        self.app = QApplication.instance() or QApplication(["bench"])
        self.window = MainWindow({}, lambda: ("CPU", ""))
        self.window.resize(1600, 1000)
        self.window.show()
        self.settle(0.3)
        self.painted: list[float] = []
        canvas = self.window.canvas
        plain = type(canvas).paintEvent

        def paint(event: object) -> None:
            plain(canvas, event)
            if canvas._sketch or canvas.shown:
                self.painted.append(time.perf_counter())

        canvas.paintEvent = paint

    def settle(self, seconds: float) -> None:
        end = time.perf_counter() + seconds
        while time.perf_counter() < end:
            self.app.processEvents()
            time.sleep(0.001)

    def seconds(self, path: Path) -> tuple[float, float]:
        """Until something of the photo was painted, and until it was painted sharp."""
        self.window.close_photo()
        self.settle(0.2)
        self.painted.clear()
        begin = time.perf_counter()
        self.window.open_path(path)
        while not (self.window.canvas.shown and self.painted) or self.window.preview.renderer.busy:
            self.app.processEvents()
            time.sleep(0.0005)
        self.settle(0.05)
        return self.painted[0] - begin, self.painted[-1] - begin

    def close(self) -> None:
        self.window.shut_down()
        self.window.close()


def numbers() -> dict[str, float]:
    """Best of TIMES each, in turns, so that whatever else the machine does meets both."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "camera.jpg"
        camera_jpeg(path)
        watch = Watch()
        try:
            rounds = [(bare(path), *watch.seconds(path)) for _ in range(TIMES)]
        finally:
            watch.close()
    decode, first, sharp = (min(column) for column in zip(*rounds, strict=True))
    return {
        "24 MP JPEG, bare Pillow decode, seconds": decode,
        "  click to first picture, as a multiple of that": first / decode,
        "  click to sharp picture, as a multiple of that": sharp / decode,
    }


if __name__ == "__main__":
    for name, value in numbers().items():
        print(f"{name:60} {value:.3g}")
