"""Folders: what counts as a photo, and natural order, by name, by when it was taken or changed."""

from __future__ import annotations

import os

import pytest
from PIL import Image as Pillow

from editor.core.folder import Entry, entries, entries_of, in_order, natural, taken
from editor.core.job import Cancelled, Job


def names(photos):
    return [entry.path.name for entry in photos]


@pytest.fixture
def folder(tmp_path):
    """Three photos, changed at 300, 100 and 200; the two last are said to be taken in 2001 and 2003."""
    for name, changed, when in [
        ("shoe-10.jpg", 300, None),
        ("shoe-2.JPG", 100, "2003:05:06 07:08:09"),
        ("Shoe-1.jpg", 200, "2001:05:06 07:08:09"),
    ]:
        exif = Pillow.Exif()
        if when:
            exif[0x8769] = {0x9003: when}
        Pillow.new("RGB", (8, 6)).save(tmp_path / name, exif=exif)
        os.utime(tmp_path / name, (changed, changed))
    return tmp_path


def test_photos_are_known_by_their_suffix_and_hidden_ones_are_left_out(folder):
    for other in ("notes.txt", ".hidden.jpg", "._shoe-2.jpg", "shoe-2.JPG.packshot.json"):
        (folder / other).write_text("{}")
    (folder / "not a photo.jpg").mkdir()
    (folder / "gone.png").symlink_to(folder / "nowhere.png")
    found = entries(folder, Job())
    assert sorted(names(found)) == ["Shoe-1.jpg", "shoe-10.jpg", "shoe-2.JPG"]
    assert [e.path.name for e in found if e.edited] == ["shoe-2.JPG"]
    assert {e.modified for e in found} == {100 * 10**9, 200 * 10**9, 300 * 10**9}


def test_single_files_are_taken_as_they_come_once_and_if_they_are_there(folder):
    paths = [folder / "shoe-2.JPG", folder / "gone.png", folder / "Shoe-1.jpg", folder / "shoe-2.JPG"]
    assert names(entries_of(paths, Job())) == ["shoe-2.JPG", "Shoe-1.jpg"]


def test_orders(folder):
    found = entries(folder, Job())
    assert names(in_order(found, "name", Job())) == ["Shoe-1.jpg", "shoe-2.JPG", "shoe-10.jpg"]
    assert names(in_order(found, "modified", Job())) == ["shoe-2.JPG", "Shoe-1.jpg", "shoe-10.jpg"]
    # the one that does not say when was changed in 1970
    assert names(in_order(found, "taken", Job())) == ["shoe-10.jpg", "Shoe-1.jpg", "shoe-2.JPG"]


def test_numbers_count_by_their_value_and_no_two_names_are_equal():
    wanted = ["1", "2a", "2b", "10", "A", "a1b2", "a01b10", "a1b10", "B", "b"]
    assert sorted([*wanted[5:], *wanted[:5]], key=natural) == wanted
    assert len({natural(name) for name in wanted}) == len(wanted)


@pytest.mark.parametrize("when", ["0000:00:00 00:00:00", "yesterday", ""])
def test_a_date_that_is_none_is_not_believed(tmp_path, when):
    exif = Pillow.Exif()
    exif[0x8769] = {0x9003: when}
    Pillow.new("RGB", (8, 6)).save(tmp_path / "odd.jpg", exif=exif)
    assert taken(tmp_path / "odd.jpg") is None


def test_listing_stops_when_it_is_stopped(folder):
    job = Job()
    job.cancel()
    with pytest.raises(Cancelled):
        entries(folder, job)
    with pytest.raises(Cancelled):
        in_order((Entry(folder / "shoe-2.JPG", 0, 0),), "taken", job)


def test_a_folder_that_is_not_there_is_an_os_error(tmp_path):
    with pytest.raises(FileNotFoundError):
        entries(tmp_path / "none", Job())


def test_the_saved_matte_of_a_photo_is_no_photo(tmp_path):
    """By its name and by being grey: other pictures that are called so are photos."""
    grey = ("shoe-matte.png", "shoe-matte-2.png", "shoe-copy-1-matte.png", "lonely-matte.png")
    for name in grey:
        Pillow.new("L", (8, 6)).save(tmp_path / name)
    Pillow.new("RGB", (8, 6)).save(tmp_path / "shoe.jpg")
    Pillow.new("RGB", (8, 6)).save(tmp_path / "lipstick.jpg")
    Pillow.new("RGB", (8, 6)).save(tmp_path / "lipstick-matte.png")
    (tmp_path / "lipstick-matte-2.png").write_bytes(b"")
    found = {entry.path.name for entry in entries(tmp_path, Job())}
    assert found == {"shoe.jpg", "lipstick.jpg", "lipstick-matte.png", "lipstick-matte-2.png", "lonely-matte.png"}
