"""Thumbnails: what is in sight first, nothing that has gone out of sight, and no more memory than allowed."""

from __future__ import annotations

import threading

import numpy as np
import pytest
from PySide6.QtGui import QImage

from editor.core.color import DISPLAY_P3
from editor.core.folder import Entry
from editor.core.formats import PhotoError
from editor.core.image import Image
from editor.core.proof import Screen
from editor.ui import thumbnails
from editor.ui.thumbnails import Thumbnails


@pytest.fixture
def maker(qtbot, monkeypatch):
    """Makes thumbnails of a photo that need no file, one after the other, and notes which; `hold` stops that."""
    made, hold = [], threading.Event()
    hold.set()

    def contact(path, recipe, side):
        made.append(path.name)
        assert hold.wait(10)
        if path.name.startswith("broken"):
            raise PhotoError(path, "is damaged")
        return Image(np.full((side, side, 3), 0.5, np.float32))

    monkeypatch.setattr(thumbnails, "contact", contact)
    monkeypatch.setattr(thumbnails, "THREADS", 1)
    maker = Thumbnails(memory=10 * (4 * 32 * 32 + 200))
    maker.made_of, maker.hold = made, hold
    yield maker
    hold.set()
    maker.close()


def photos(tmp_path, *names):
    return [Entry(tmp_path / name, 0, 0) for name in names]


def test_they_are_made_in_the_order_of_the_wish_and_only_once(qtbot, maker, tmp_path):
    wanted = photos(tmp_path, "b", "a", "c")
    maker.want(wanted, 32)
    qtbot.waitUntil(lambda: all(maker.find(e) for e in wanted))
    maker.want(wanted, 32)
    qtbot.wait(20)
    assert maker.made_of == ["b", "a", "c"]
    assert maker.find(wanted[0]).size().toTuple() == (32, 32)


def test_a_new_wish_takes_the_place_of_the_old_one(qtbot, maker, tmp_path):
    maker.hold.clear()
    maker.want(photos(tmp_path, *"abcdef"), 32)
    qtbot.waitUntil(lambda: maker.made_of == ["a"])
    maker.want(photos(tmp_path, "x", "a"), 32)
    maker.hold.set()
    qtbot.waitUntil(lambda: all(maker.find(e) for e in photos(tmp_path, "x", "a")))
    assert maker.made_of == ["a", "x"]


def test_memory_is_bounded_and_the_oldest_goes_first(qtbot, maker, tmp_path):
    wanted = photos(tmp_path, *"abcdefghijklmno")
    maker.want(wanted, 32)
    qtbot.waitUntil(lambda: maker.find(wanted[-1]) is not None)
    assert sum(maker.find(e) is not None for e in wanted) == 10 and maker.find(wanted[4]) is None
    assert maker.nbytes == 10 * (4 * 32 * 32 + 200)


def test_a_broken_photo_is_one_line_and_the_next_is_made(qtbot, maker, tmp_path):
    wanted = photos(tmp_path, "broken", "whole")
    maker.want(wanted, 32)
    qtbot.waitUntil(lambda: maker.find(wanted[1]) is not None)
    assert maker.find(wanted[0]) == f"{tmp_path / 'broken'}: is damaged"


def test_another_size_makes_them_anew(qtbot, maker, tmp_path):
    (entry,) = photos(tmp_path, "a")
    for side in (32, 64):
        maker.want([entry], side)
        qtbot.waitUntil(lambda side=side: isinstance(maker.find(entry), QImage) and maker.find(entry).width() == side)
    assert maker.made_of == ["a", "a"]


def test_another_monitor_makes_them_anew_but_a_proof_does_not(qtbot, maker, tmp_path):
    (entry,) = photos(tmp_path, "a")
    for screen in (Screen(), Screen(proof=DISPLAY_P3), Screen(DISPLAY_P3)):
        maker.show_on(screen)
        maker.want([entry], 32)
        qtbot.waitUntil(lambda: maker.find(entry) is not None)
    assert maker.made_of == ["a", "a"]


def test_a_file_that_was_changed_is_another(qtbot, maker, tmp_path):
    maker.want([Entry(tmp_path / "a", 1, 5)], 32)
    qtbot.waitUntil(lambda: maker.find(Entry(tmp_path / "a", 1, 5)) is not None)
    assert maker.find(Entry(tmp_path / "a", 2, 5)) is None


def test_nothing_runs_until_something_is_wanted(qtbot, maker):
    maker.want((), 32)
    assert not any(t.name == "thumbnails" for t in threading.enumerate())
