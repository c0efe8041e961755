"""Tab order: the Tab key goes through a window as it is read: from left to right and down, whatever was made when."""

from __future__ import annotations

from functools import cmp_to_key

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget


def step(window: QWidget, *, forward: bool) -> bool:
    """Give the focus to what comes after the widget that has it, or before, around the ends. False if there is none."""
    stops = reading_order(window)
    if not stops:
        return False
    now = QApplication.focusWidget()
    here = stops.index(now) if now in stops else -1 if forward else 0
    target = stops[(here + (1 if forward else -1)) % len(stops)]
    target.setFocus(Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason)
    around = target.parentWidget()
    while around is not None and around is not window:
        if isinstance(around, QScrollArea):
            around.ensureWidgetVisible(target)
        around = around.parentWidget()
    return True


def reading_order(top: QWidget) -> list[QWidget]:
    """All in it that take the focus from the Tab key just now, in the order they are read."""
    found = []
    inside = [w for w in top.children() if isinstance(w, QWidget) and w.isVisible() and not w.isWindow()]
    for each in sorted(inside, key=cmp_to_key(_before)):
        policy = each.focusPolicy() & Qt.FocusPolicy.TabFocus
        if policy == Qt.FocusPolicy.TabFocus and each.isEnabled() and each.focusProxy() is None:
            found.append(each)
        found += reading_order(each)
    return found


def _before(one: QWidget, other: QWidget) -> int:
    """Negative where `one` is read first: it ends above where the other begins, or else begins left of it."""
    a, b = one.geometry(), other.geometry()
    if a.bottom() < b.top():
        return -1
    if b.bottom() < a.top():
        return 1
    return a.left() - b.left() or a.top() - b.top()
