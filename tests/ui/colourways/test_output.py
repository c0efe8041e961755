"""Colourways out of the window: virtual copies, files, and the sheet as one picture."""

from __future__ import annotations

import time

import numpy as np
import pytest
from PIL import Image as Pillow
from PySide6.QtTest import QTest

from editor.core.edit import Edit
from editor.core.formats import FORMATS
from editor.core.output import Output
from editor.core.shot import Shot
from editor.core.sidecar import copies, load
from editor.core.swatches import Swatch
from editor.ui.dialogs.colourways import ExportColourways, Wish, ask_replacing
from tests.ui.answering import answer
from tests.ui.shoes import listed
from tests.ui.test_accessibility import nameless, unreached
from tests.ui.waying import COLOURS, CONTROL, KEY, click

JPEG = next(kind for kind in FORMATS if kind.name == "JPEG")


def test_virtual_copies(qtbot, sheet, opened, place, dyed):
    opened.actions_by_name["strip"].trigger()
    opened.document.put(Edit.kinds["exposure"](stops=-1.0))
    click(sheet, 0, CONTROL)
    click(sheet, 2, CONTROL)
    sheet.copies.click()
    path = place / "shoe.png"
    qtbot.waitUntil(lambda: opened.strip.selected == (Shot(path, 1), Shot(path, 2)))
    assert copies(path) == (1, 2)
    for number, colour in ((1, "#1f4e79"), (2, "#28783c")):
        assert load(path, number).recipe.get("test_dye") == dyed(target=colour)
        assert load(path, number).recipe.get("exposure").stops == -1.0
    assert opened.document.shot == Shot(path) and opened.colourways.sheet is sheet
    assert listed(opened.strip) == ["shoe.png", "shoe.png (Navy)", "shoe.png (翠绿)"]
    assert load(path, 1).marks.name == "Navy"
    assert "2 virtual copies made; they are selected" in opened.status.currentMessage()


def test_copies_of_swatches_of_one_name_can_be_told_apart(qtbot, sheet, opened, place):
    opened.actions_by_name["strip"].trigger()
    opened.colourways.add([Swatch("Navy", "#203050")])
    click(sheet, 0, CONTROL)
    click(sheet, 4, CONTROL)
    sheet.copies.click()
    qtbot.waitUntil(lambda: listed(opened.strip) == ["shoe.png", "shoe.png (Navy)", "shoe.png (Navy 2)"])
    qtbot.waitUntil(lambda: not opened.colourways.output.busy)
    click(sheet, 4, CONTROL)
    sheet.copies.click()
    qtbot.waitUntil(lambda: len(listed(opened.strip)) == 4)
    assert listed(opened.strip)[3] == "shoe.png (Navy 3)"
    qtbot.waitUntil(lambda: "Made shoe.png (Navy 3)" in opened.status.currentMessage())


def test_export_writes_every_colour_under_its_name(qtbot, sheet, opened, place, tmp_path):
    asked = []

    def wish(photo, stem, parts, kind):
        asked.append((stem, tuple(parts), kind.name))
        return Wish(tmp_path / "out", kind, Output(quality=98))

    opened.colourways.output.ask_wish = wish
    sheet.export.click()
    qtbot.waitUntil(lambda: "4 pictures written" in opened.status.currentMessage())
    assert asked == [("shoe", tuple(COLOURS), "JPEG")]
    for name, colour in COLOURS.items():
        with Pillow.open(tmp_path / "out" / f"shoe-{name}.jpg") as made:
            assert made.size == (600, 400) and np.abs(np.subtract(made.getpixel((300, 200)), colour)).max() <= 3
    assert opened.settings.output("JPEG").quality == 98
    again = {path: path.stat().st_mtime_ns for path in (tmp_path / "out").iterdir()}
    (tmp_path / "out" / "shoe-Rosé.jpg").unlink()
    told = []
    opened.colourways.output.ask_replacing = lambda there: told.append(len(there)) or "keep"
    sheet.export.click()
    qtbot.waitUntil(lambda: (tmp_path / "out" / "shoe-Rosé.jpg").exists() and not opened.colourways.output.busy)
    assert told == [3] and all(
        path.stat().st_mtime_ns == when for path, when in again.items() if "Rosé" not in path.name
    )
    opened.colourways.output.ask_replacing = lambda there: "cancel"
    sheet.export.click()
    assert not opened.colourways.output.busy


def test_export_is_a_task_that_can_be_stopped_and_is_not_lost_by_closing(qtbot, sheet, opened, models, tmp_path):
    class Waiting:
        def tell(self, pixels, job, **more):
            while True:
                job.progress(0.5)
                time.sleep(0.005)

    models["dye"] = Waiting()
    opened.colourways.output.ask_wish = lambda photo, stem, parts, kind: Wish(tmp_path / "out", kind, Output())
    sheet.export.click()
    going = [a for a in opened.status.tasks.activities if a.running]
    assert [a.name for a in going] == ["Exporting 4 colours"] and going[0].keeps
    sheet.copies.click()
    assert "Wait until that is done: Exporting 4 colours" in opened.status.currentMessage()
    going[0].press()
    qtbot.waitUntil(lambda: opened.status.currentMessage() == "Stopped")
    assert list((tmp_path / "out").iterdir()) == []


def test_what_cannot_be_written_is_said_and_the_others_are(qtbot, sheet, opened, tmp_path):
    (tmp_path / "out" / "shoe-Navy.jpg").mkdir(parents=True)
    opened.colourways.output.ask_wish = lambda photo, stem, parts, kind: Wish(tmp_path / "out", kind, Output())
    opened.colourways.output.ask_replacing = lambda there: "replace"
    sheet.export.click()
    qtbot.waitUntil(lambda: "3 pictures written" in opened.status.currentMessage())
    assert "shoe-Navy.jpg: is a folder" in opened.banner.text


@pytest.mark.parametrize("name", ["sheet.png", "sheet.jpg"])
def test_the_sheet_is_saved_as_one_picture(qtbot, sheet, opened, tmp_path, name):
    path = tmp_path / name
    opened.colourways.output.ask_sheet_path = lambda proposed: path
    sheet.sheet.click()
    qtbot.waitUntil(lambda: "Saved" in opened.status.currentMessage())
    with Pillow.open(path) as made:
        assert made.format == ("PNG" if name.endswith("png") else "JPEG")
        colours = np.array(made.convert("RGB")).reshape(-1, 3).astype(int)
    assert (colours[0] >= 250).all()
    for colour in COLOURS.values():
        assert (np.abs(colours - colour).max(1) <= 4).sum() > 20_000


def test_a_sheet_does_not_replace_the_photo(qtbot, sheet, opened, place):
    before = (place / "shoe.png").read_bytes()
    opened.colourways.output.ask_sheet_path = lambda proposed: place / "shoe.png"
    sheet.sheet.click()
    assert "original" in opened.banner.text and (place / "shoe.png").read_bytes() == before


def test_a_sheet_without_a_suffix_gets_one_and_replaces_nothing_unasked(qtbot, sheet, opened, tmp_path):
    output, there, asked = opened.colourways.output, tmp_path / "all.v2.png", []
    there.write_bytes(b"another")
    output.ask_sheet_path = lambda proposed: tmp_path / "all.v2"
    output.ask_replacing = lambda paths: asked.append(paths) or "cancel"
    sheet.sheet.click()
    assert asked == [[there]] and there.read_bytes() == b"another" and not output.busy
    output.ask_replacing = lambda paths: "replace"
    sheet.sheet.click()
    qtbot.waitUntil(lambda: "Saved" in opened.status.currentMessage())
    with Pillow.open(there) as made:
        assert made.format == "PNG"


def test_the_export_dialog(qtbot, sheet, opened, tmp_path):
    photo = opened.document.photo
    dialog = ExportColourways(photo, "shoe", list(COLOURS), JPEG, lambda kind: Output(), opened)
    dialog.show()
    assert dialog.names.text() == "shoe-Navy.jpg, shoe-Rosé.jpg, shoe-翠绿.jpg, shoe-Chalk.jpg"
    dialog.kind.setCurrentIndex(dialog.kind.findText("PNG"))
    assert "shoe-Navy.png" in dialog.names.text() and dialog.wish.kind.name == "PNG"
    qtbot.waitUntil(lambda: dialog.activateWindow() or dialog.isActiveWindow())
    assert not nameless(dialog) and not unreached(dialog)
    dialog.folder.setText(str(tmp_path))
    assert dialog.wish == Wish(tmp_path, dialog.wish.kind, Output())
    dialog.folder.clear()
    assert not dialog.write.isEnabled()
    dialog.reject()
    dialog.deleteLater()


def test_files_that_are_there_are_asked_about_and_kept_by_default(opened, tmp_path):
    for word in ("Replace", "Keep", "Cancel"):
        answer(lambda box, word=word: next(b for b in box.buttons() if b.text().startswith(word)).click())
        assert ask_replacing(opened, [tmp_path / "a.jpg"]) == word.lower()
    answer(lambda box: QTest.keyClick(box, KEY.Key_Return))
    assert ask_replacing(opened, [tmp_path / "a.jpg"]) == "keep"
