"""Canvas: the photo on a neutral grey, at any zoom, before and after."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QPointF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QImage, QPainter, QPaintEvent, QPen, QResizeEvent, QTransform
from PySide6.QtWidgets import QWidget

from editor.core.histogram import Histogram
from editor.core.photo import Photo
from editor.core.proof import SRGB_SCREEN, Screen
from editor.core.recipe import Recipe
from editor.core.warp import Warp
from editor.ui.backdrop import Backdrop
from editor.ui.compare import Compare, Divider, Pane, paint_badge, panes, room
from editor.ui.compose import Sketch, compose
from editor.ui.hand import Hand
from editor.ui.language import retold
from editor.ui.pace import Pace
from editor.ui.plan import plan
from editor.ui.renderer import Level, Picture, Request
from editor.ui.shown import Shown
from editor.ui.theme import tokens
from editor.ui.tools.tool import Tool
from editor.ui.viewport import Point, Viewport

_BY_KEYBOARD = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason, Qt.FocusReason.ShortcutFocusReason)


class Canvas(QWidget):
    """Shows the pictures it is given where they belong; an older or coarser one stays until a better comes.

    `moved` says that another part or size is to be seen, that is, that something may be `lacking`.
    """

    moved = Signal()
    leafed = Signal(int)  # on to the next photo (1), or back (-1)
    pointed = Signal(object)  # the pointer is over another `point` of the picture
    showed = Signal()  # other pixels
    tool_changed = Signal(object)  # Tool or None

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hand = Hand(self)
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        self.grabGesture(Qt.GestureType.PinchGesture)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMinimumSize(200, 150)
        retold(self, lambda: self.setAccessibleName(self.tr("Photo")))
        self._shown = Shown()
        self._sketch: Sketch | None = None  # of the photo, or of one that is still being opened
        self._port = Viewport((1, 1), (1, 1))
        self._warp = Warp.none((1, 1))
        self._screen = SRGB_SCREEN
        self._compare, self._backdrop = Compare.AFTER, Backdrop.CHECKER
        self._composed: QImage | None = None  # what is seen, without tool and words
        self._ring = False
        self.divider = Divider(self)
        self.divider.valueChanged.connect(self._divide)

    def sizeHint(self) -> QSize:
        return QSize(900, 700)

    # What is shown

    @property
    def has_photo(self) -> bool:
        """Whether a photo, or the sketch of one, is to be seen."""
        return self._shown.photo is not None or self._sketch is not None

    @property
    def port(self) -> Viewport:
        return self._port

    @property
    def point(self) -> Point | None:
        """The point of the picture under the pointer, in its pixels."""
        return self._hand.point

    @property
    def shown(self) -> Picture | None:
        """The sharpest picture on the screen; of two, that with the edits."""
        return self._shown.sharpest(self._alone_before, self._port)

    @property
    def histogram(self) -> Histogram | None:
        """Of the whole photo as it is shown; of two, of that with the edits."""
        return self._shown.histogram(self._alone_before, self._port)

    def colour_at(self, point: Point) -> Level | None:
        """Red, green and blue, 0..255 in the working space, of the pixel at a point of the picture: of two, of the one
        that the pointer is over."""
        return self._shown.colour_at(self._hand.over_before, self._port, point, self._warp)

    @property
    def _alone_before(self) -> bool:
        return self._compare is Compare.BEFORE

    def open(self, photo: Photo | None, recipe: Recipe = Recipe()) -> None:  # noqa: B008  (a value)
        """Show another photo, all of it as `recipe` frames it, or none. Its pixels come later, by `put`.

        After a sketch of the same size nothing moves, and the sketch stays until there is something better.
        """
        sketched = None if self._shown.photo else self._sketch
        kept = sketched if photo and sketched and photo.size == sketched.size else None
        self._shown, self._sketch = Shown(photo), kept
        self._warp = recipe.warp(photo.size) if photo else Warp.none((1, 1))
        if not kept or self._warp.size != self._port.photo:
            self.look(Viewport(self._warp.size, self._room()).fitted())
        self._compose_anew()

    def sketch(self, size: tuple[int, int], pixels: QImage) -> None:
        """Show a small picture in the place of a photo of `size` that is being opened. It belongs to no document."""
        self._shown, self._sketch, self._warp = Shown(), Sketch(size, pixels), Warp.none(size)
        self.look(Viewport(size, self._room()).fitted())
        self._compose_anew()

    def want(self, recipe: Recipe, before: Recipe, screen: Screen = SRGB_SCREEN) -> None:
        """Say what is to be seen: the photo with the edits of `recipe`, and with those of `before` as it was before."""
        if self._shown.want(recipe, before, screen):
            self._screen = screen
            self._reframe()
            self._compose_anew()

    def _reframe(self) -> None:
        """Keep up with the size of what is wanted."""
        warp = self._shown.warp(self._alone_before)
        if warp and warp != self._warp:
            self._warp = warp
            self.look(self._port.reframed(warp.size))

    def lacking(self, pace: Pace, pending: tuple[Request, ...]) -> tuple[Request, ...]:
        """What is to be cooked, in this order, until all that is seen is as sharp as can be."""
        photo, layers = self._shown.photo, self._shown.wanted({pane.before for pane in self._panes})
        return plan(photo, layers, self._port, pace, pending) if photo else ()

    def put(self, picture: Picture) -> None:
        """A picture has been cooked."""
        if self._shown.put(picture, self._port):
            if picture.request.view.region is None:
                self._sketch = None
            self._compose_anew()

    # How it is looked at

    @property
    def compare(self) -> Compare:
        return self._compare

    def show_compared(self, compare: Compare) -> None:
        """Show the photo before its edits, after them, or both."""
        if compare is self._compare:
            return
        self._compare = compare
        self.divider.setVisible(compare is Compare.SPLIT)
        self._reframe()
        self.look(self._port.resized(self._room()))
        self._compose_anew()
        self.moved.emit()

    def show_backdrop(self, backdrop: Backdrop) -> None:
        """What is seen where the photo is transparent."""
        self._backdrop = backdrop
        self._compose_anew()

    def fit(self) -> None:
        self.look(self._port.fitted())

    def fill(self) -> None:
        self.look(self._port.filled())

    def real_pixels(self) -> None:
        self.look(self._port.zoomed(1.0))

    def double(self) -> None:
        """Two pixels of the screen for each of the picture."""
        self.look(self._port.zoomed(2.0))

    def step(self, steps: int) -> None:
        """Zoom in (more than 0) or out."""
        self.look(self._port.stepped(steps))

    def toggle_zoom(self, at: Point | None = None) -> None:
        """From all of the picture to 1:1 about a point of the viewport, or back."""
        self.look(self._port.zoomed(1.0, at) if self._port.fits else self._port.fitted())

    def look(self, port: Viewport) -> None:
        """See another part, or in another size."""
        if port == self._port or not self.has_photo:
            return
        self._port = port
        self._hand.show_cursor()
        self._compose_anew()
        self.moved.emit()

    # Tools

    @property
    def tool(self) -> Tool | None:
        return self._hand.tool

    def take(self, tool: Tool | None) -> None:
        """Give the pointer to a tool, or back to moving the photo about."""
        if tool is not self.tool:
            self._hand.take(tool)
            if tool:
                self.setFocus(Qt.FocusReason.OtherFocusReason)
            self.tool_changed.emit(tool)

    def escape(self) -> bool:
        """Whether the tool had a use for Escape."""
        return self._hand.escape()

    # Pixels of the screen

    @property
    def _panes(self) -> tuple[Pane, ...]:
        return panes(self._compare, self._pixels(), self.divider.share)

    def pane_at(self, point: QPointF) -> Pane:
        """The part of the canvas at a point of the widget."""
        here = (point * self.devicePixelRatioF()).toPoint()
        return next((pane for pane in self._panes if pane.place.contains(here)), self._panes[-1])

    def _pixels(self) -> tuple[int, int]:
        """The size of the canvas in pixels of the screen."""
        ratio = self.devicePixelRatioF()
        return max(1, round(self.width() * ratio)), max(1, round(self.height() * ratio))

    def _room(self) -> tuple[int, int]:
        return room(self._compare, self._pixels())

    def _compose_anew(self) -> None:
        self._composed = None
        self.update()
        self.showed.emit()

    def _divide(self) -> None:
        self.divider.place()
        self._compose_anew()

    def _compose(self) -> QImage:
        """What is seen, pixel for pixel of the screen."""
        image = QImage(*self._pixels(), QImage.Format.Format_RGB32)
        image.fill(QColor(tokens().canvas))
        painter = QPainter(image)
        for pane in self._panes if self.has_photo else ():
            painter.save()
            painter.translate(pane.left, 0)
            used = compose(
                painter, self._port, self._shown.stack(pane.before), pane.place.translated(-pane.left, 0),
                sketch=self._sketch, backdrop=self._backdrop.brush, empty=QColor(tokens().window), warp=self._warp,
            )  # fmt: skip
            self._shown.painted(pane.before, self._port, used)
            painter.restore()
        painter.end()
        return image

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._composed is None:
            self._composed = self._compose()
        painter = QPainter(self)
        painter.save()
        self._measure_in_pixels(painter)
        painter.drawImage(QPoint(0, 0), self._composed)
        if self.tool and self._shown.photo:
            pane = self._panes[-1]
            painter.setClipRect(pane.place if self._compare is Compare.SIDE else self._composed.rect())
            painter.translate(pane.left, 0)
            self.tool.paint(painter, self._port)
        painter.restore()
        self._paint_words(painter)
        if self._ring:
            painter.setPen(QPen(QColor(tokens().accent), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))
        painter.end()

    def _measure_in_pixels(self, painter: QPainter) -> None:
        """Let `painter` measure in pixels of the screen, from one of them on: in a window whose pixels are 1.25 of the
        screen's, a widget may begin within one."""
        ratio, device = self.devicePixelRatioF(), painter.deviceTransform()
        x, y = ((round(v) - v) / device.m11() for v in (device.dx(), device.dy()))
        painter.setTransform(QTransform(1 / ratio, 0, 0, 1 / ratio, x, y))

    def _paint_words(self, painter: QPainter) -> None:
        proof = [self.tr("Proof: {}").format(self._screen.proof.name)] if self._screen.proof else []
        both = len(self._panes) == 2
        for pane in self._panes if self.has_photo else ():
            side = self.tr("Before") if pane.before else self.tr("After") if both else ""
            words = "  ·  ".join([*([side] if side else []), *proof])
            paint_badge(painter, words, pane, right=self._compare is Compare.SPLIT and not pane.before)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.divider.place()
        self._composed = None
        self.look(self._port.resized(self._room()))

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._composed = None
            self.look(self._port.resized(self._room()))
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.StyleChange):
            self._composed = None  # another theme
        return self._hand.takes(event) or super().event(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._ring = event.reason() in _BY_KEYBOARD
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._ring = False
        self.update()
