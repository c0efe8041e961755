"""Canvas: the photo on a neutral grey, at any zoom, before or after."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFocusEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from editor.core.edit import Edit
from editor.core.photo import Photo
from editor.core.proof import SRGB_SCREEN, Screen
from editor.ui.renderer import Picture
from editor.ui.theme import tokens
from editor.ui.viewport import Viewport

NOTCH = 120  # of a mouse wheel, in Qt's eighths of a degree
SQUARE = 8  # of the checkerboard, in pixels of the screen
PUSH = 80  # an arrow key moves the photo by so many pixels of the screen
_BY_KEYBOARD = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason, Qt.FocusReason.ShortcutFocusReason)


class Canvas(QWidget):
    """Shows the pictures it is given where they belong; a picture of another size or part stays until a better comes.

    `moved` says that another part or size is to be seen, that is, that `view` may have changed.
    """

    moved = Signal()
    leafed = Signal(int)  # on to the next photo (1), or back (-1)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAccessibleName(self.tr("Photo"))
        self.setMinimumSize(200, 150)
        self._photo: Photo | None = None
        self._sketch: QImage | None = None  # of the photo, or of one that is still being opened
        self._size: tuple[int, int] | None = None  # of whatever is shown
        self._port = Viewport((1, 1), (1, 1))
        self._wanted: tuple[Edit, ...] = ()
        self._screen = SRGB_SCREEN
        self._before = False
        self._shown: Picture | None = None
        self._whole: Picture | None = None  # under it, for what comes into sight
        self._kept: dict[bool, Picture] = {}  # the last of the original (True) and of the cooked photo (False)
        self._grabbed: QPointF | None = None
        self._ring = False
        self._turned = 0

    def sizeHint(self) -> QSize:
        return QSize(900, 700)

    @property
    def port(self) -> Viewport:
        return self._port

    @property
    def shown(self) -> Picture | None:
        """The picture on the screen."""
        return self._shown

    def open(self, photo: Photo | None) -> None:
        """Show another photo, all of it, or none. Its pixels come later, by `put`.

        After a sketch of the same size nothing moves, and the sketch stays until there is something better.
        """
        sketched = self._sketch if photo and not self._photo and photo.size == self._size else None
        self._clear(photo.size if photo else None)
        self._photo, self._sketch = photo, sketched
        if self._size and not sketched:
            self._look(Viewport(self._size, self._pixels()).fitted())
        self.update()

    def sketch(self, size: tuple[int, int], pixels: QImage) -> None:
        """Show a small picture in the place of a photo of `size` that is being opened. It belongs to no document."""
        self._clear(size)
        self._sketch = pixels
        self._look(Viewport(size, self._pixels()).fitted())
        self.update()

    def _clear(self, size: tuple[int, int] | None) -> None:
        self._photo, self._shown, self._whole, self._kept, self._wanted = None, None, None, {}, ()
        self._size, self._sketch, self._before = size, None, False

    def want(self, edits: tuple[Edit, ...], *, before: bool = False, screen: Screen = SRGB_SCREEN) -> bool:
        """Say what is to be seen: the photo with these `edits`. True if it is there already, as sharp as can be."""
        self._wanted, self._screen = edits, screen
        if before != self._before:
            self._before = before
            self.update()
        there = self._kept.get(not edits)
        if there is None or not self._satisfies(there):
            return False
        if there is not self._shown:
            self._shown = there
            self.update()
        return True

    def put(self, picture: Picture) -> None:
        """A picture has been cooked."""
        if picture.request.photo is not self._photo:
            return
        original = not picture.edits
        self._kept[original] = picture
        if original == (not self._wanted):
            self._shown = picture
            if picture.request.view.region is None:
                self._whole, self._sketch = picture, None
            self.update()

    def _satisfies(self, picture: Picture) -> bool:
        asked = picture.request
        sharp = asked.view.scale == self._port.view.scale and asked.screen == self._screen
        return sharp and picture.edits == self._wanted and picture.region.holds(self._port.seen)

    def fit(self) -> None:
        self._look(self._port.fitted())

    def real_pixels(self) -> None:
        self._look(self._port.zoomed(1.0))

    def step(self, steps: int) -> None:
        """Zoom in (more than 0) or out."""
        self._look(self._port.stepped(steps))

    def _look(self, port: Viewport) -> None:
        if port == self._port or not self._size:
            return
        self._port = port
        self._show_cursor()
        self.update()
        self.moved.emit()

    def _show_cursor(self) -> None:
        shapes = Qt.CursorShape
        free = shapes.OpenHandCursor if self._photo and self._port.can_move else shapes.ArrowCursor
        self.setCursor(shapes.ClosedHandCursor if self._grabbed else free)

    def _pixels(self) -> tuple[int, int]:
        """The size of the canvas in pixels of the screen."""
        ratio = self.devicePixelRatioF()
        return max(1, round(self.width() * ratio)), max(1, round(self.height() * ratio))

    def _on_screen(self, point: QPointF) -> tuple[float, float]:
        ratio = self.devicePixelRatioF()
        return point.x() * ratio, point.y() * ratio

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(tokens().canvas))
        if self._size:
            painter.save()
            ratio = self.devicePixelRatioF()
            painter.scale(1 / ratio, 1 / ratio)
            self._paint_photo(painter)
            painter.restore()
            badges = [self.tr("Before")] if self._before else []
            if self._screen.proof:
                badges.append(self.tr("Proof: {}").format(self._screen.proof.name))
            if badges:
                self._paint_badge(painter, "  ·  ".join(badges))
        if self._ring:
            painter.setPen(QPen(QColor(tokens().accent), 2))
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))
        painter.end()

    def _paint_photo(self, painter: QPainter) -> None:
        frame = QRectF(*self._port.corner, *(side * self._port.zoom for side in self._port.photo))
        layers = [p for p in (self._whole, self._shown) if p is not None]
        if self._sketch and not self._whole and not any(p.alpha for p in layers):
            if self._sketch.hasAlphaChannel():
                painter.fillRect(frame, _checkerboard())
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(frame, self._sketch)
        elif not layers:
            painter.fillRect(frame, QColor(tokens().window))
        if any(p.alpha for p in layers):
            painter.fillRect(frame, _checkerboard())
        if len(layers) == 2 and (layers[1].alpha or layers[1].request.view.region is None):
            del layers[0]  # it would shine through, or is covered
        for picture in layers:
            target = QRectF(*self._port.place(picture.region, picture.request.view.scale))
            enlarged = target.width() / picture.region.width
            smooth = QPainter.RenderHint.SmoothPixmapTransform
            painter.setRenderHint(smooth, enlarged < 2 or picture.request.view.scale < 1)  # real pixels stay square
            painter.drawImage(target, picture.pixels)

    def _paint_badge(self, painter: QPainter, text: str) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        size = painter.fontMetrics().size(0, text)
        box = QRectF(14, 14, size.width() + 20, size.height() + 8)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(0, 0, 0, 170))
        painter.drawRoundedRect(box, 4, 4)
        painter.setPen(QColor(tokens().text))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._look(self._port.resized(self._pixels()))

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._look(self._port.resized(self._pixels()))
        return super().event(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        self._turned += event.angleDelta().y()
        steps = int(self._turned / NOTCH)
        if steps and self._size:
            self._turned -= steps * NOTCH
            self._look(self._port.stepped(steps, self._on_screen(event.position())))
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() in (Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton) and self._size:
            self._grabbed = event.position()
            self._show_cursor()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._grabbed is not None:
            (x, y), (then_x, then_y) = self._on_screen(event.position()), self._on_screen(self._grabbed)
            self._grabbed = event.position()
            self._look(self._port.moved(x - then_x, y - then_y))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._grabbed = None
        self._show_cursor()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self._size and event.button() == Qt.MouseButton.LeftButton:
            at = self._on_screen(event.position())
            self._look(self._port.zoomed(1.0, at) if self._port.fits else self._port.fitted())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = Qt.Key
        pushes = {keys.Key_Left: (1, 0), keys.Key_Right: (-1, 0), keys.Key_Up: (0, 1), keys.Key_Down: (0, -1)}
        push = pushes.get(keys(event.key()))
        if event.key() in (keys.Key_PageUp, keys.Key_PageDown):
            self.leafed.emit(1 if event.key() == keys.Key_PageDown else -1)
            return
        if push is None or not self._size:
            super().keyPressEvent(event)
            return
        self._look(self._port.moved(push[0] * PUSH, push[1] * PUSH))

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._ring = event.reason() in _BY_KEYBOARD
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._ring = False
        self.update()


def _checkerboard() -> QBrush:
    tile = QPixmap(2 * SQUARE, 2 * SQUARE)
    tile.fill(QColor(tokens().light))
    painter = QPainter(tile)
    painter.fillRect(0, 0, SQUARE, SQUARE, QColor(tokens().shade))
    painter.fillRect(SQUARE, SQUARE, SQUARE, SQUARE, QColor(tokens().shade))
    painter.end()
    return QBrush(tile)
