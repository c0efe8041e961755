"""A colour that may lie outside sRGB: typed in every notation, taken from the photo, from the dialog, and shown so."""

from __future__ import annotations

import numpy as np
import pytest
import tifffile
from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QColorDialog, QLabel

from editor.core.color import DISPLAY_P3
from editor.core.colourtext import shown_as, within_srgb
from editor.core.lab import lab
from editor.core.params import rgb_of
from editor.ui import theme
from editor.ui.settings import Settings
from tests.ui.acts import grabbed, photo_on, show, up_to_date
from tests.ui.onphoto import click, quarters
from tests.ui.swatching import target, tint
from tests.ui.test_accessibility import by_tab, nameless

OUTSIDE = "lab(50 110 65)"


@pytest.fixture
def tinted():
    with tint() as kind:
        yield kind


@pytest.fixture
def opened(tinted, qtbot, window, tmp_path):
    show(qtbot, window, quarters(tmp_path / "quarters.png", (400, 300)))
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return window


@pytest.fixture
def control(opened):
    opened.panel.reveal("test_tint")
    return opened.panel.groups["test_tint"].controls["target"]


def write(control, text, key=Qt.Key.Key_Return):
    control.field.setFocus()
    control.field.selectAll()
    QTest.keyClicks(control.field, text)
    QTest.keyClick(control.field, key)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("#1F4E79", "#1f4e79"), ("1f4e79", "#1f4e79"), ("fff", "#ffffff"), ("rgb(31 78 121)", "#1f4e79"),
        ("31, 78, 121", "#1f4e79"), ("lab(40 60 30)", "lab(40 60 30)"), ("lab 40 60 30", "lab(40 60 30)"),
        ("lch(50 128.2 30)", "lab(50 111.02 64.1)"), ("oklch(41.37% 22.08% 249.098)", "#1f4e79"),
    ],
)  # fmt: skip
def test_a_colour_is_typed_in_every_notation(qtbot, opened, control, text, kept):
    write(control, text)
    assert target(opened) == kept and opened.document.position == 1 and control.swatch.colour == kept
    assert control.field.text() == kept and not opened.banner.text
    qtbot.waitUntil(lambda: up_to_date(opened))
    wanted = [round(255 * min(max(v, 0), 1)) for v in rgb_of(kept)]
    assert photo_on(opened.canvas)[100, 100] == pytest.approx(wanted, abs=1)


def test_what_is_no_colour_is_told_and_can_be_put_right(opened, control):
    write(control, "lab(40 60 30)")
    write(control, "blueish")
    assert target(opened) == "lab(40 60 30)" and control.field.text() == "blueish"
    assert opened.banner.text.startswith("blueish is not a colour. Write #1f4e79, rgb(31 78 121)")
    QTest.keyClick(control.field, Qt.Key.Key_Escape)
    assert control.field.text() == "lab(40 60 30)" and opened.document.position == 1
    write(control, "lab(40 60", Qt.Key.Key_Tab)  # the field is left
    assert control.field.text() == "lab(40 60 30)" and opened.document.position == 1


def test_an_empty_field_is_none_and_what_was_not_changed_is_no_step(opened, control):
    write(control, OUTSIDE)
    write(control, OUTSIDE)
    assert opened.document.position == 1
    control.field.setFocus()
    control.field.selectAll()
    QTest.keyClick(control.field, Qt.Key.Key_Delete)
    QTest.keyClick(control.field, Qt.Key.Key_Return)
    assert target(opened) is None and opened.document.position == 2 and control.field.text() == ""


def test_how_it_is_written_is_chosen_and_remembered(tinted, qtbot, make_window, models, tmp_path):
    store = QSettings(str(tmp_path / "packshot.ini"), QSettings.Format.IniFormat)
    window = show(qtbot, make_window(models, settings=Settings(store)), quarters(tmp_path / "quarters.png", (400, 300)))
    window.document.put(tinted(target="#1f4e79"))
    window.document.put(tinted(name="sole", target="#d8c8b0"))
    both = [window.panel.group(("test_tint", name)).controls["target"] for name in ("", "sole")]
    shown = {}
    for _ in range(4):
        shown[both[0].notation.currentText()] = (both[0].field.text(), both[1].field.text())
        both[0].notation.setFocus()
        QTest.keyClick(both[0].notation, Qt.Key.Key_Down)
    assert shown == {
        "Hex": ("#1f4e79", "#d8c8b0"), "RGB": ("rgb(31 78 121)", "rgb(216 200 176)"),
        "Lab": ("lab(31.64 -4.3 -29.67)", "lab(81.47 2.93 14.18)"),
        "LCh": ("lch(31.64 29.98 261.75)", "lch(81.47 14.48 78.35)"),
    }  # fmt: skip
    assert window.document.position == 2  # the colours are what they were
    write(both[1], "50 20 0")  # three numbers mean what is written there
    assert window.document.recipe.get("test_tint", "sole").target == "lab(50 20 0)"
    store.sync()
    assert Settings(QSettings(store.fileName(), QSettings.Format.IniFormat)).notation == "lch"
    store.setValue("notation", "cmyk")
    assert Settings(store).notation == "hex" and "notation" in Settings(store).unsound


def test_a_colour_outside_srgb_is_marked(qtbot, opened, control):
    write(control, "#ee1040")
    assert control.outside.isHidden()
    inside = control.swatch.grab().toImage()
    write(control, OUTSIDE)
    assert control.outside.isVisible() and control.outside.text().startswith("Outside sRGB")
    outside = control.swatch.grab().toImage()
    ear = round(24 * outside.devicePixelRatio()), round(4 * outside.devicePixelRatio())
    assert outside.pixelColor(*ear).name() == theme.tokens().unsure != inside.pixelColor(*ear).name()
    middle = outside.width() // 3, outside.height() // 2
    assert outside.pixelColor(*middle).name() == shown_as(OUTSIDE)
    assert control.field.text() == OUTSIDE  # hex cannot hold it


def test_the_dialog_does_not_clip_what_it_cannot_show(qtbot, opened, control):
    write(control, OUTSIDE)
    QTest.mouseClick(control.swatch, Qt.MouseButton.LeftButton)
    dialog = control.findChild(QColorDialog)
    said = [label.text() for label in dialog.findChildren(QLabel)]
    assert any(text.startswith(f"{OUTSIDE} lies outside sRGB, which this dialog cannot show.") for text in said)
    assert dialog.currentColor().name() == shown_as(OUTSIDE)
    dialog.accept()  # untouched
    assert target(opened) == OUTSIDE and opened.document.position == 1
    qtbot.waitUntil(lambda: control.findChild(QColorDialog) is None)
    QTest.mouseClick(control.swatch, Qt.MouseButton.LeftButton)
    dialog = control.findChild(QColorDialog)
    dialog.setCurrentColor(QColor("#336699"))
    assert target(opened) == "#336699"
    dialog.reject()
    assert target(opened) == OUTSIDE
    qtbot.waitUntil(lambda: control.findChild(QColorDialog) is None)
    QTest.mouseClick(control.swatch, Qt.MouseButton.LeftButton)
    control.findChild(QColorDialog).setCurrentColor(QColor("#336699"))
    control.findChild(QColorDialog).accept()
    assert target(opened) == "#336699" and control.outside.isHidden()
    qtbot.waitUntil(lambda: control.findChild(QColorDialog) is None)


def test_a_colour_between_the_steps_of_8_bits_survives_the_dialog(qtbot, opened, control):
    write(control, "lab(40 60 30)")
    QTest.mouseClick(control.swatch, Qt.MouseButton.LeftButton)
    control.findChild(QColorDialog).accept()
    assert target(opened) == "lab(40 60 30)"
    qtbot.waitUntil(lambda: control.findChild(QColorDialog) is None)


def test_the_eyedropper_takes_what_srgb_holds_as_hex(qtbot, opened, control):
    QTest.mouseClick(control.tool, Qt.MouseButton.LeftButton)
    click(opened.canvas, (0.75, 0.25))
    assert target(opened) == "#28b43c" and opened.canvas.tool is None


def test_the_eyedropper_takes_a_colour_of_a_wide_photo_as_it_is(tinted, qtbot, window, tmp_path):
    path = tmp_path / "p3.tif"
    samples = np.zeros((200, 200, 3), np.uint16)
    samples[:] = (65535, 0, 0)
    tifffile.imwrite(path, samples, photometric="rgb", iccprofile=DISPLAY_P3.profile)
    show(qtbot, window, path)
    window.panel.reveal("test_tint")
    control = window.panel.groups["test_tint"].controls["target"]
    QTest.mouseClick(control.tool, Qt.MouseButton.LeftButton)
    click(window.canvas, (0.5, 0.5))
    red, green, blue = rgb_of(target(window))
    assert not within_srgb(target(window)) and red > 1.05 and green < -0.1 and blue < -0.1
    assert lab(red, green, blue) == pytest.approx((56.21, 94.46, 98.89), abs=0.1)  # as CSS Color 4 has it
    assert grabbed(window.canvas).size  # the loupe could be painted


def test_tab_goes_through_it_as_it_is_read_and_everything_has_a_name(opened, control):
    write(control, OUTSIDE)
    assert not nameless(control)
    control.swatch.setFocus()
    found = by_tab(opened)
    parts = [control.swatch, control.swatches, control.tool, control.none, control.field, control.notation]
    assert [widget for widget in found if widget in parts] == parts
    assert control.swatches.accessibleName() == "Swatches for Target"
    assert control.field.accessibleName() == "Target as it is written"
