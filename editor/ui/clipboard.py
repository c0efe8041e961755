"""Clipboard: the cooked photo as a picture for other programs, and their pictures as photos."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import numpy as np
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData, QObject, Signal
from PySide6.QtGui import QColorSpace, QGuiApplication, QImage

from editor.core.engine import Engine, View
from editor.core.formats import PhotoError
from editor.core.geometry import Region
from editor.core.job import Job
from editor.core.model import Models
from editor.core.photo import Photo
from editor.core.recipe import Recipe
from editor.ui.activity import Activity
from editor.ui.dropping import local_files
from editor.ui.tasks import Task

MOST_PIXELS = 100_000_000  # 400 MB that every program which looks at the clipboard would take as well
TILE = 1024
_KINDS = {"image/tiff": ".tif", "image/png": ".png", "image/webp": ".webp", "image/jpeg": ".jpg", "image/bmp": ".bmp"}
_FAST = 80  # Qt's 100 minus ten times the level of PNG's compression


@dataclass(frozen=True)
class Pasted:
    """What lies on the clipboard: files, or a picture as the bytes of a file of this suffix."""

    files: tuple[Path, ...] = ()
    data: bytes = b""
    suffix: str = ""


class Clipboard(QObject):
    """Copies beside the window, one photo at a time; `activity` shows it, and its Cancel."""

    copied = Signal()
    failed = Signal(str)

    def __init__(self, models: Models, activity: Activity, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._models, self._activity = models, activity
        activity.cancelled.connect(self.stop)
        self._task: Task | None = None

    @property
    def copying(self) -> bool:
        return self._task is not None

    def copy(self, photo: Photo, recipe: Recipe) -> None:
        """Put the photo as it is edited now on the clipboard, all of it, in sRGB at 8 bits."""
        if self._task:
            return
        width, height = photo.size
        if width * height > MOST_PIXELS:
            most = MOST_PIXELS // 1_000_000
            text = self.tr("{} × {} pixels are too many for the clipboard, which takes {} megapixels; export a file")
            self.failed.emit(text.format(width, height, most))
            return
        self._task = Task("copy", partial(_cook, Engine(self._models, memory=0), photo, recipe))
        self._task.progressed.connect(self._activity.progress)
        self._task.done.connect(self._cooked)
        self._task.failed.connect(self._not_cooked)
        self._task.stopped.connect(self._end)
        self._task.start()
        self._activity.begin(self.tr("Copying"))

    def stop(self) -> None:
        if self._task:
            self._task.cancel()

    def close(self) -> None:
        """Returns when the thread has ended."""
        if self._task:
            self._task.join()
            self._task = None

    def _end(self) -> None:
        self._task = None
        self._activity.end()

    def _not_cooked(self, reason: str) -> None:
        self._end()
        self.failed.emit(reason)

    def _cooked(self, picture: tuple[QImage, bytes]) -> None:
        image, png = picture
        data = QMimeData()
        data.setData("image/png", QByteArray(png))  # else Qt would write it while another program waits
        data.setImageData(image)
        QGuiApplication.clipboard().setMimeData(data)
        self._end()
        self.copied.emit()


def _cook(engine: Engine, photo: Photo, recipe: Recipe, job: Job) -> tuple[QImage, bytes]:
    width, height = photo.size
    picture = QImage(width, height, QImage.Format.Format_RGBA8888)
    if picture.isNull():
        raise MemoryError
    picture.fill(0xFFFFFFFF)
    samples = np.frombuffer(picture.bits(), np.uint8).reshape(height, width, 4)
    tiles, opaque = Region(0, 0, width, height).tiles(TILE), True
    for index, tile in enumerate(tiles):
        image = engine.render(photo, recipe, View(1.0, tile), job.part(index, len(tiles)))
        window = samples[tile.y : tile.bottom, tile.x : tile.right]
        window[..., :3] = image.rgb.clip(0, 1) * 255 + 0.5
        if image.alpha is not None:
            window[..., 3] = image.alpha.clip(0, 1) * 255 + 0.5
            opaque = False
    if opaque:
        picture.reinterpretAsFormat(QImage.Format.Format_RGBX8888)
    picture.setColorSpace(QColorSpace(QColorSpace.NamedColorSpace.SRgb))
    return picture, _png(picture)


def _png(picture: QImage) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    picture.save(buffer, "PNG", _FAST)  # type: ignore[call-overload]  # the stubs want bytes, Qt itself text
    return bytes(buffer.data().data())


def on_clipboard() -> Pasted | None:
    """What there is to paste, or None."""
    data = QGuiApplication.clipboard().mimeData()
    if data is None:
        return None
    if files := local_files(data):
        return Pasted(files=tuple(files))
    for kind, suffix in _KINDS.items():  # as the other program has it, with its depth and profile
        if kind in data.formats() and (held := bytes(data.data(kind).data())):
            return Pasted(data=held, suffix=suffix)
    image = data.imageData() if data.hasImage() else None
    if not isinstance(image, QImage) or image.isNull():
        return None
    return Pasted(data=_png(image), suffix=".png")


def read_pasted(pasted: Pasted, name: Path) -> Photo:
    """The picture as a photo that is called `name`, where no file is. Raises PhotoError."""
    with tempfile.TemporaryDirectory(prefix="packshot-") as folder:
        file = Path(folder) / name.with_suffix(pasted.suffix).name
        file.write_bytes(pasted.data)
        try:
            photo = Photo.open(file)
        except PhotoError as error:
            raise PhotoError(name.name, str(error).removeprefix(f"{file}: ")) from None
    return replace(photo, path=name)


def free_name(folder: Path, name: str) -> Path:
    """`name` in `folder`, or NAME-2 and so on, whichever no file has."""
    free, number = folder / name, 2
    while free.exists():
        free = folder / f"{Path(name).stem}-{number}{Path(name).suffix}"
        number += 1
    return free
