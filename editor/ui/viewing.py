"""Viewing: the commands of how the photo is looked at: zoom, before and after, clipped pixels, what lies behind it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from time import monotonic

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Slot
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QDockWidget, QStatusBar, QWidget

from editor.core.document import Document
from editor.ui.actions import Need
from editor.ui.backdrop import Backdrop
from editor.ui.canvas import Canvas
from editor.ui.compare import Compare
from editor.ui.histogram import HistogramView
from editor.ui.matteoverlay import MatteOverlay
from editor.ui.preview import Preview
from editor.ui.readout import Readout
from editor.ui.settings import Settings

HELD = 0.3  # seconds from which on a key counts as held, not tapped


class Viewing(QObject):
    """The key for the photo before its edits goes back when it is let go; a tap stays until the next."""

    def __init__(self, canvas: Canvas, preview: Preview, settings: Settings, window: QWidget) -> None:
        super().__init__(window)
        self._canvas, self._preview, self._settings, self._window = canvas, preview, settings, window
        self._actions: Mapping[str, QAction] = {}
        self._normal = Compare.AFTER  # what is seen when it is not the photo before its edits
        self._since: float | None = None  # the key went down
        self._by_key = False  # the photo before its edits was asked for by its key, not from a menu
        self.histogram, self.readout = HistogramView(canvas), Readout(canvas)
        self.histogram.marked.connect(self._mark)
        self.overlay = MatteOverlay(preview, self)
        canvas.show_backdrop(Backdrop(settings.backdrop))

    def furnish(self, dock: QDockWidget, status: QStatusBar) -> None:
        """Put the histogram and the readout in their places."""
        self.histogram.above(dock)
        status.addWidget(self.readout)
        self.overlay.furnish(status)

    def does(self) -> dict[str, Callable[[], object]]:
        """What the commands of the menu do, by name."""
        canvas = self._canvas
        backdrops = {f"backdrop_{each.value}": partial(self.show_backdrop, each) for each in Backdrop}
        return {
            "fit": canvas.fit, "fill": canvas.fill, "real_pixels": canvas.real_pixels, "double": canvas.double,
            "toggle_zoom": canvas.toggle_zoom, "zoom_in": partial(canvas.step, 1), "zoom_out": partial(canvas.step, -1),
            "before": self._toggle_before, "split": partial(self._toggle, Compare.SPLIT),
            "side_by_side": partial(self._toggle, Compare.SIDE), "clipping": self.histogram.mark_both, **backdrops,
            **self.overlay.does(),
        }  # fmt: skip

    def there(self, document: Document | None) -> dict[Need, bool]:
        """What commands may need that there is just now."""
        return {"photo": document is not None, "unmarked": document is not None and not self._preview.marking}

    def serve(self, actions: Mapping[str, QAction]) -> None:
        """Keep the marks in the menu right."""
        self._actions = actions
        self.overlay.serve(actions)
        actions["before"].setAutoRepeat(False)
        actions["before"].installEventFilter(self)
        actions[f"backdrop_{self._settings.backdrop}"].setChecked(True)

    def photo_came(self) -> None:
        """Another photo is on the canvas: it is shown with its edits."""
        self._forget_key()
        if self._canvas.compare is Compare.BEFORE:
            self._show(self._normal)

    def edited(self) -> None:
        """The edits have changed: they are to be seen."""
        if self._canvas.compare is Compare.BEFORE and self._since is None:
            self._show(self._normal)

    def show_backdrop(self, backdrop: Backdrop) -> None:
        self._settings.backdrop = backdrop.value
        self._canvas.show_backdrop(backdrop)

    def _toggle(self, compare: Compare) -> None:
        self._show(Compare.AFTER if self._canvas.compare is compare else compare)

    def _toggle_before(self) -> None:
        if self._canvas.compare is Compare.BEFORE:
            self._show(self._normal)
        else:
            self._normal = self._canvas.compare
            self._show(Compare.BEFORE)
        by_key, self._by_key = self._by_key, False
        if by_key and (app := QCoreApplication.instance()):
            self._since = monotonic()
            app.installEventFilter(self)

    def _show(self, compare: Compare) -> None:
        self._canvas.show_compared(compare)
        for name, each in (("before", Compare.BEFORE), ("split", Compare.SPLIT), ("side_by_side", Compare.SIDE)):
            if name in self._actions:
                self._actions[name].setChecked(compare is each)

    @Slot(bool, bool)
    def _mark(self, shadows: bool, highlights: bool) -> None:
        self._preview.mark_clipped(shadows=shadows, highlights=highlights)
        if "clipping" in self._actions:
            self._actions["clipping"].setChecked(shadows or highlights)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Whether the key was pressed; and while it may be down, whether it is let go, wherever the focus is."""
        if event.type() == QEvent.Type.Shortcut and watched is self._actions["before"]:
            self._by_key = True
            return False
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyRelease and not event.isAutoRepeat():
            told = [shortcut.toString() for shortcut in self._actions["before"].shortcuts()]
            if QKeySequence(event.key()).toString() in [keys.rpartition("+")[2] or "+" for keys in told]:
                self._let_go()
        elif event.type() == QEvent.Type.WindowDeactivate and watched is self._window:
            self._let_go()
        return False

    def _let_go(self) -> None:
        held = self._since is not None and monotonic() - self._since >= HELD
        self._forget_key()
        if held:
            self._toggle_before()
            self._forget_key()

    def _forget_key(self) -> None:
        if self._since is not None and (app := QCoreApplication.instance()):
            app.removeEventFilter(self)
        self._since = None
