"""Hand: what mouse, wheel, fingers and keys do on the canvas: the tool's work, or else moving the photo about."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QInputDevice, QKeyEvent, QMouseEvent, QNativeGestureEvent, QWheelEvent
from PySide6.QtWidgets import QGestureEvent, QPinchGesture

from editor.ui.tools.tool import Tool
from editor.ui.viewport import Point

if TYPE_CHECKING:
    from editor.ui.canvas import Canvas

NOTCH = 120  # of a mouse wheel, in Qt's eighths of a degree
PUSH = 80  # an arrow key moves the photo by so many pixels of the screen

_KEYS = Qt.Key
_ARROWS = {_KEYS.Key_Left: (1, 0), _KEYS.Key_Right: (-1, 0), _KEYS.Key_Up: (0, 1), _KEYS.Key_Down: (0, -1)}
_LEAVES = {_KEYS.Key_PageUp: -1, _KEYS.Key_PageDown: 1, _KEYS.Key_Left: -1, _KEYS.Key_Right: 1}


class Hand:
    """At the canvas. Space or the middle button always moves the photo."""

    def __init__(self, canvas: Canvas) -> None:
        self._canvas = canvas
        self.tool: Tool | None = None
        self._grabbed: QPointF | None = None  # the photo, here
        self._working = False  # the tool, since its button went down
        self._space = False
        self._at: QPointF | None = None  # where the pointer is
        self._left = 0  # where the viewport begins that the pointer is in
        self._turned = 0
        self._claimed = 0  # the key that the tool has taken already
        kinds = QEvent.Type
        self._does: Mapping[QEvent.Type, Callable[[Any], bool]] = {
            kinds.MouseButtonPress: self._press, kinds.MouseButtonRelease: self._release, kinds.MouseMove: self._move,
            kinds.MouseButtonDblClick: self._double_click, kinds.Leave: self._leave, kinds.Wheel: self._wheel,
            kinds.NativeGesture: self._gesture, kinds.Gesture: self._pinch, kinds.ShortcutOverride: self._claim,
            kinds.KeyPress: self._key, kinds.KeyRelease: self._key_up, kinds.FocusOut: self._let_go,
            kinds.WindowDeactivate: self._let_go,
        }  # fmt: skip

    def take(self, tool: Tool | None) -> None:
        """Work with a tool from now on, or with none."""
        if tool is self.tool:
            return
        if self.tool:
            self.tool.repaint.disconnect(self._canvas.update)
        self.tool, self._working = tool, False
        if tool:
            tool.repaint.connect(self._canvas.update)
        self.show_cursor()
        self._canvas.update()

    def takes(self, event: QEvent) -> bool:
        """Whether an event of the canvas was for it."""
        act = self._does.get(event.type())
        return act is not None and act(event)

    @property
    def point(self) -> Point | None:
        """The point of the picture under the pointer."""
        return None if self._at is None or not self._canvas.has_photo else self._photo_point(self._at)

    @property
    def over_before(self) -> bool:
        """Whether the pointer, or all there is, is over the photo before its edits."""
        return self._canvas.pane_at(QPointF() if self._at is None else self._at).before

    def escape(self) -> bool:
        """Whether the tool had a use for Escape."""
        if self.tool is None:
            return False
        return self.tool.key(QKeyEvent(QEvent.Type.KeyPress, _KEYS.Key_Escape, Qt.KeyboardModifier.NoModifier))

    def show_cursor(self) -> None:
        shapes, canvas = Qt.CursorShape, self._canvas
        if self._grabbed is not None:
            canvas.setCursor(shapes.ClosedHandCursor)
        elif self.tool and not self._space and canvas.has_photo:
            canvas.setCursor(self.tool.cursor(self.point, canvas.port))
        else:
            canvas.setCursor(shapes.OpenHandCursor if canvas.has_photo and canvas.port.can_move else shapes.ArrowCursor)

    def _on_screen(self, point: QPointF) -> Point:
        """A point of the widget in pixels of the screen, from where the viewport under it begins."""
        ratio = self._canvas.devicePixelRatioF()
        return point.x() * ratio - self._left, point.y() * ratio

    def _photo_point(self, point: QPointF) -> Point:
        return self._canvas.port.photo_point(self._on_screen(point))

    def _come(self, point: QPointF) -> None:
        """The pointer is here."""
        self._at = point
        if self._grabbed is None and not self._working:  # what was begun in one pane goes on in it
            self._left = self._canvas.pane_at(point).left

    # The mouse

    def _press(self, event: QMouseEvent) -> bool:
        buttons, canvas = Qt.MouseButton, self._canvas
        known = buttons.LeftButton, buttons.MiddleButton, buttons.RightButton
        self._come(event.position())
        if not canvas.has_photo or event.button() not in known:
            return False
        moves = self._space or event.button() == buttons.MiddleButton
        if self.tool and not moves and self.tool.press(self._photo_point(event.position()), event, canvas.port):
            self._working = True
        elif event.button() != buttons.RightButton:
            self._grabbed = event.position()
        self.show_cursor()
        return True

    def _move(self, event: QMouseEvent) -> bool:
        canvas, then = self._canvas, self._grabbed
        self._come(event.position())
        if then is not None:
            self._grabbed = event.position()
            ratio = canvas.devicePixelRatioF()
            way = (event.position() - then) * ratio
            canvas.look(canvas.port.moved(way.x(), way.y()))
        elif self.tool and canvas.has_photo:
            self.tool.move(self._photo_point(event.position()), event, canvas.port)
            self.show_cursor()
        canvas.pointed.emit(self.point)
        return True

    def _release(self, event: QMouseEvent) -> bool:
        if self._working and self.tool:
            self.tool.release(self._photo_point(event.position()), event, self._canvas.port)
        self._working, self._grabbed = False, None
        self._come(event.position())
        self.show_cursor()
        return True

    def _double_click(self, event: QMouseEvent) -> bool:
        canvas = self._canvas
        self._come(event.position())
        if not canvas.has_photo or event.button() != Qt.MouseButton.LeftButton:
            return False
        point = self._photo_point(event.position())
        if self.tool and not self._space:
            if not self.tool.double_click(point, event, canvas.port):
                return self._press(event)  # to a brush it is a second dab
        else:
            canvas.toggle_zoom(self._on_screen(event.position()))
        return True

    def _leave(self, event: QEvent) -> bool:
        self._at = None
        if self.tool:
            self.tool.leave()
        self._canvas.pointed.emit(None)
        return False

    # Wheel and fingers

    def _wheel(self, event: QWheelEvent) -> bool:
        canvas, control = self._canvas, Qt.KeyboardModifier.ControlModifier
        event.accept()
        if (self.tool and self.tool.wheel(event)) or not canvas.has_photo:
            return True
        at = self._on_screen(event.position())
        if _of_a_trackpad(event):
            way = event.pixelDelta() if not event.pixelDelta().isNull() else event.angleDelta() / 2
            ratio = canvas.devicePixelRatioF()
            if event.modifiers() & control:
                canvas.look(canvas.port.magnified(2 ** (event.angleDelta().y() / 2 / NOTCH), at))
            else:
                canvas.look(canvas.port.moved(way.x() * ratio, way.y() * ratio))
            return True
        self._turned += event.angleDelta().y()
        if steps := int(self._turned / NOTCH):
            self._turned -= steps * NOTCH
            canvas.look(canvas.port.stepped(steps, at))
        return True

    def _gesture(self, event: QNativeGestureEvent) -> bool:
        """Two fingers on a trackpad, as macOS and Wayland tell of them."""
        kinds, canvas = Qt.NativeGestureType, self._canvas
        at = self._on_screen(event.position())
        if not canvas.has_photo:
            return False
        if event.gestureType() == kinds.ZoomNativeGesture:
            canvas.look(canvas.port.magnified(max(0.1, 1 + event.value()), at))
        elif event.gestureType() == kinds.SmartZoomNativeGesture:
            canvas.toggle_zoom(at)
        else:
            return False
        return True

    def _pinch(self, event: QGestureEvent) -> bool:
        """Two fingers on a screen."""
        pinch = event.gesture(Qt.GestureType.PinchGesture)
        if not isinstance(pinch, QPinchGesture) or not self._canvas.has_photo:
            return False
        canvas = self._canvas
        now, then = (canvas.mapFromGlobal(p) for p in (pinch.centerPoint(), pinch.lastCenterPoint()))
        way = (now - then) * canvas.devicePixelRatioF()
        moved = canvas.port.moved(way.x(), way.y())
        canvas.look(moved.magnified(pinch.scaleFactor(), self._on_screen(now)))
        if self._working and self.tool:  # the first finger was taken for a mouse
            self.tool.cancel()
        self._grabbed, self._working = None, False
        event.accept(pinch)
        return True

    # Keys

    def _claim(self, event: QKeyEvent) -> bool:
        """Before a key is taken for a shortcut: whether it is the tool's, or moves the photo."""
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if self.tool and event.key() != _KEYS.Key_Space and self.tool.key(event):
            self._claimed = event.key()
        elif not (plain and event.key() in _ARROWS and self._canvas.has_photo and self._canvas.port.can_move):
            return False
        event.accept()
        return True

    def _key(self, event: QKeyEvent) -> bool:
        canvas, key = self._canvas, Qt.Key(event.key())
        claimed, self._claimed = self._claimed, 0
        if key == _KEYS.Key_Space:
            self._space = True
            self.show_cursor()
            return True
        if claimed == key or (self.tool and self.tool.key(event)):
            return True
        if not canvas.has_photo and key not in _LEAVES:
            return False
        if key in _ARROWS and canvas.has_photo and canvas.port.can_move:
            x, y = _ARROWS[key]
            canvas.look(canvas.port.moved(x * PUSH, y * PUSH))
            return True
        if key in _LEAVES and not self.tool:
            canvas.leafed.emit(_LEAVES[key])
            return True
        return False

    def _key_up(self, event: QKeyEvent) -> bool:
        if event.key() != _KEYS.Key_Space:
            return False
        if not event.isAutoRepeat():
            self._space = False
            self.show_cursor()
        return True

    def _let_go(self, event: QEvent) -> bool:
        """Keys and the pointer go elsewhere, and the button may come up there: a drag is given up."""
        if self._working and self.tool:
            self.tool.cancel()
        self._working, self._grabbed, self._space = False, None, False
        self.show_cursor()
        return False


def _of_a_trackpad(event: QWheelEvent) -> bool:
    """Whether two fingers scroll, and no wheel turns: the device says so, or that there is a beginning and an end."""
    pads = QInputDevice.DeviceType.TouchPad
    return event.pointingDevice().type() == pads or event.phase() != Qt.ScrollPhase.NoScrollPhase
