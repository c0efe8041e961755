"""Whatever takes over half a second is seen at the foot of the window, with its Cancel; shorter work is not."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from editor.ui.activity import HUSH, Activity, time_left
from editor.ui.taskarea import TaskArea


@pytest.fixture
def area(qtbot):
    made = TaskArea()
    qtbot.addWidget(made)
    return made


def begun(area, name):
    """An activity that has been running for long enough to be shown."""
    activity = area.add()
    activity.begin(name)
    QTest.qWait(HUSH + 100)
    assert activity.shown
    return activity


def test_short_work_is_never_shown(qtbot, area):
    activity = area.add()
    seen = []
    activity.changed.connect(lambda: seen.append(activity.shown))
    activity.begin("Opening a.png")
    activity.progress(0.5)
    activity.end()
    qtbot.wait(HUSH + 100)
    assert not any(seen) and not area.isVisible()


def test_one_task_is_named_with_its_progress_and_cancel(qtbot, area):
    activity = begun(area, "Saving a & b.png")
    assert area.isVisible() and "Saving a" in area.summary.text() and area.bar.maximum() == 0  # how far is not known
    activity.progress(0.4)
    assert area.summary.text().endswith("· 40 %") and area.bar.value() == 40
    assert area.summary.accessibleName() == "Saving a & b.png · 40 %"
    with qtbot.waitSignal(activity.cancelled):
        QTest.mouseClick(area.button, Qt.MouseButton.LeftButton)
    activity.end()
    assert not area.isVisible()


def test_several_tasks_are_summed_up_and_listed(qtbot, area):
    first, second = area.add(), area.add()
    first.begin("Saving a.png")
    second.begin("Copying")
    qtbot.waitUntil(lambda: first.shown and second.shown)
    first.progress(0.6)
    second.progress(0.2)
    assert area.summary.text() == "2 tasks · 40 %" and not area.button.isVisible()
    QTest.keyClick(area.summary, Qt.Key.Key_Space)
    qtbot.waitUntil(area.list.isVisible)
    rows = [area.list.rows[activity] for activity in (first, second)]
    assert [row.label.text() for row in rows] == ["Saving a.png", "Copying"] and all(row.isVisible() for row in rows)
    assert QApplication.activePopupWidget() is area.list
    with qtbot.waitSignal(second.cancelled):
        QTest.mouseClick(rows[1].button, Qt.MouseButton.LeftButton)
    second.end()
    assert not rows[1].isVisible() and area.summary.text() == "Saving a.png · 60 %"
    first.end()
    assert not area.list.isVisible() and not area.isVisible()


def test_what_was_stopped_may_go_on_but_stands_behind_what_runs(qtbot, area):
    stopped = area.add()
    stopped.begin("Rendering")
    stopped.offer("The picture is not up to date", "Render again")
    assert stopped.text == "The picture is not up to date" and area.button.text() == "Render again"
    assert not area.bar.isVisible()
    running = begun(area, "Saving a.png")
    assert area.button.text() == "Cancel" and "Saving a.png" in area.summary.text()
    running.end()
    with qtbot.waitSignal(stopped.resumed):
        QTest.keyClick(area.button, Qt.Key.Key_Space)


def test_time_left_is_told_once_it_is_known(qapp):
    now = [100.0]
    activity = Activity(clock=lambda: now[0])
    activity.begin("Saving")
    now[0] = 160.0  # a minute until the first word of progress does not count
    activity.progress(0.1)
    now[0] = 162.0
    activity.progress(0.2)
    assert activity.left is None  # too early
    now[0] = 170.0
    activity.progress(0.3)
    assert activity.left == pytest.approx(35)
    activity.progress(0.0)  # it begins anew
    assert activity.left is None
    activity.end()


@pytest.mark.parametrize(
    ("seconds", "told"),
    [
        (None, ""),
        (3, "a few seconds left"),
        (28, "about 30 s left"),
        (130, "about 2 min left"),
        (7300, "about 2 h left"),
    ],
)
def test_time_left_in_words(qapp, seconds, told):
    assert time_left(seconds) == told
