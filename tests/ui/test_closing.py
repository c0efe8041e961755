"""Closing the window asks once about all that would be lost, and about nothing else."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox

from editor.core.edit import Edit
from editor.core.recipe import Recipe
from editor.ui.questions import how_to_part
from tests.ui.acts import show

Denoise = Edit.kinds["denoise"]


@pytest.fixture
def asked(monkeypatch):
    """What closing asked, as (name of the unsaved photo, what runs); the answer is `asked.answer`."""

    class Asked(list):
        answer = "cancel"

        def ask(self, photo, running):
            self.append((photo.path.name if photo else "", list(running)))
            return self.answer

    return Asked()


@pytest.fixture
def unkept(qtbot, make_window, models, slow, photo_file, asked):
    """A window whose edits can be kept nowhere; a name of this length leaves no room for theirs."""
    window = show(
        qtbot, make_window(models | {"denoise": slow}), photo_file.rename(photo_file.with_name("x" * 245 + ".png"))
    )
    window.ask_parting = asked.ask
    return window


def saving(qtbot, window, target):
    """Has the window write a file, which takes until it is shown as a task."""
    window.document.put(Denoise(noise=20.0))
    window.preview.stop()
    window.ask_save_path = lambda proposed: target
    window.saving.save()
    qtbot.waitUntil(lambda: window.status.saving.shown)


def test_nothing_is_asked_where_nothing_would_be_lost(qtbot, opened, asked):
    opened.ask_parting = asked.ask
    opened.document.put(Denoise(noise=20.0))  # kept beside the photo
    opened.close()
    assert not opened.isVisible() and not asked


def test_cancel_and_discard(unkept, asked):
    unkept.document.put(Denoise(noise=20.0))
    unkept.close()
    assert unkept.isVisible() and asked == [("x" * 245 + ".png", [])]
    asked.answer = "drop"
    unkept.close()
    assert not unkept.isVisible() and len(asked) == 2


def test_save_and_close(qtbot, unkept, asked, slow, tmp_path):
    slow.seconds = 0
    unkept.document.put(Denoise(noise=20.0))
    unkept.ask_save_path = lambda proposed: tmp_path / "kept.png"
    asked.answer = "finish"
    unkept.close()
    assert unkept.isVisible()
    qtbot.waitUntil(lambda: not unkept.isVisible())
    assert (tmp_path / "kept.png").exists() and len(asked) == 1


def test_whoever_would_rather_not_say_where_to_save_stays(qtbot, unkept, asked):
    unkept.document.put(Denoise(noise=20.0))
    unkept.ask_save_path = lambda proposed: None
    asked.answer = "finish"
    unkept.close()
    qtbot.wait(10)
    assert unkept.isVisible() and not unkept.closing.waiting
    assert unkept.document.recipe != Recipe()


def test_a_file_that_cannot_be_written_keeps_the_window_open(qtbot, unkept, asked, slow, tmp_path):
    slow.seconds = 0
    unkept.document.put(Denoise(noise=20.0))
    unkept.ask_save_path = lambda proposed: tmp_path / "no folder" / "new.png"
    asked.answer = "finish"
    unkept.close()
    qtbot.waitUntil(lambda: "no folder" in unkept.banner.text)
    qtbot.wait(20)
    assert unkept.isVisible() and not unkept.closing.waiting and len(asked) == 1


def test_work_that_runs_is_named_and_finished(qtbot, unkept, asked, slow, tmp_path):
    slow.seconds = 1.5
    saving(qtbot, unkept, tmp_path / "kept.png")
    asked.answer = "finish"
    unkept.close()
    assert unkept.isVisible() and asked == [("", ["Saving kept.png"])]  # what is being saved is not unsaved
    unkept.close()  # again, impatiently
    assert len(asked) == 1
    qtbot.waitUntil(lambda: not unkept.isVisible(), timeout=10000)
    assert (tmp_path / "kept.png").exists()


def test_both_at_once_are_asked_about_in_one_question(qtbot, unkept, asked, slow, tmp_path):
    slow.seconds = 1.5
    saving(qtbot, unkept, tmp_path / "older.png")
    unkept.document.put(Denoise(noise=30.0))
    unkept.close()
    assert asked == [("x" * 245 + ".png", ["Saving older.png"])]
    unkept.ask_save_path = lambda proposed: tmp_path / "newer.png"
    asked.answer = "finish"
    unkept.close()
    slow.seconds = 0
    qtbot.waitUntil(lambda: not unkept.isVisible(), timeout=10000)
    assert (tmp_path / "older.png").exists() and (tmp_path / "newer.png").exists() and len(asked) == 2


def test_stopping_leaves_no_file(qtbot, unkept, asked, slow, tmp_path):
    saving(qtbot, unkept, tmp_path / "kept.png")
    asked.answer = "drop"
    unkept.close()
    assert not unkept.isVisible() and slow.ended.is_set() and not (tmp_path / "kept.png").exists()


@pytest.mark.parametrize(
    ("edited", "running", "key", "answer"),
    [
        (True, ["Saving a.png", "Changing 300 photos"], Qt.Key.Key_Return, "finish"),
        (True, [], Qt.Key.Key_Escape, "cancel"),
        (False, ["Copying"], Qt.Key.Key_Return, "finish"),
    ],
)
def test_the_question_lists_all_of_it(qtbot, opened, edited, running, key, answer):
    said = []

    def look():
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        said.append(box.text())
        QTest.keyClick(box, key)

    QTimer.singleShot(0, look)
    assert how_to_part(opened, opened.document.photo if edited else None, running) == answer
    assert ("bottle.png have not been saved" in said[0]) == edited
    assert all(name in said[0] for name in running)
