"""Thumbnails: what is in sight first, nothing that has gone out of sight, and no more memory than allowed."""

from __future__ import annotations

import threading
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image as Pillow
from PySide6.QtGui import QImage

from editor.core.color import DISPLAY_P3
from editor.core.edit import Edit
from editor.core.folder import Entry, entries
from editor.core.formats import PhotoError
from editor.core.image import Image
from editor.core.job import Job
from editor.core.proof import Screen
from editor.core.recipe import Recipe
from editor.core.sheet import Sheet
from editor.core.shot import Shot
from editor.core.sidecar import write_sheet
from editor.ui import thumbnails
from editor.ui.thumbnails import Thumbnails


@pytest.fixture
def maker(qtbot, monkeypatch):
    """Makes thumbnails of a photo that need no file, one after the other, and notes which; `hold` stops that."""
    made, hold = [], threading.Event()
    hold.set()

    def contact(path, recipe, side, models):
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


@pytest.fixture
def painted(qtbot, tmp_path):
    """A grey photo, and thumbnails of it as they are."""
    path = tmp_path / "grey.png"
    Pillow.new("RGB", (64, 64), (100, 100, 100)).save(path)
    maker = Thumbnails()
    yield maker, path
    maker.close()


def brightness(maker, entry):
    seen = maker.find(entry)
    return seen.pixelColor(16, 16).red() if isinstance(seen, QImage) else None


def edits(path, stops, copy=0):
    """Keeps an exposure beside a photo; what the folder then says of it."""
    write_sheet(Shot(path, copy), Sheet(Recipe().put(Edit.kinds["exposure"](stops=stops))))
    return next(e for e in entries(path.parent, Job()) if e.copy == copy)


def test_edits_show_and_are_shown_anew_soon_after_another(qtbot, painted):
    maker, path = painted
    entry = edits(path, 1.0)
    maker.want([entry], 32)
    qtbot.waitUntil(lambda: brightness(maker, entry) is not None)
    bright = brightness(maker, entry)
    assert bright > 120
    entry = edits(path, -1.0)
    maker.want([entry], 32)
    assert brightness(maker, entry) == bright  # the old one until then
    qtbot.waitUntil(lambda: brightness(maker, entry) < 90)


def test_a_photo_and_its_copies_each_show_their_own_edits(qtbot, painted):
    maker, path = painted
    plain, copy = next(iter(entries(path.parent, Job()))), edits(path, -2.0, copy=1)
    maker.want([plain, copy], 32)
    qtbot.waitUntil(lambda: None not in (brightness(maker, plain), brightness(maker, copy)))
    assert brightness(maker, plain) == 100 and brightness(maker, copy) < 60


def test_what_is_only_in_the_journal_shows_when_told(qtbot, painted):
    maker, path = painted
    entry = replace(edits(path, 1.0), kept=1)
    maker.want([entry], 32)
    qtbot.waitUntil(lambda: brightness(maker, entry) is not None)
    bright = brightness(maker, entry)
    edits(path, -1.0)
    maker.want([entry], 32)
    qtbot.wait(30)
    assert brightness(maker, entry) == bright  # nobody has told
    maker.edited(entry.shot)
    maker.want([entry], 32)
    qtbot.waitUntil(lambda: brightness(maker, entry) != bright)


def test_a_sidecar_that_says_the_same_costs_no_cooking(qtbot, maker, tmp_path, monkeypatch):
    monkeypatch.setattr(thumbnails, "kept_sheet", lambda path, copy: Sheet(Recipe().put(Edit.kinds["exposure"]())))
    entry = Entry(tmp_path / "a", 0, 0, edited=True, kept=1)
    maker.want([entry], 32)
    qtbot.waitUntil(lambda: maker.find(entry) is not None)
    again = replace(entry, kept=2)  # it was written once more, as when the photo was rated
    with qtbot.waitSignal(maker.made):
        maker.want([again], 32)
    assert maker.made_of == ["a"] and maker.find(again) is not None
