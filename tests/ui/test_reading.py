"""Reading off: the pixel under the pointer in numbers, the histogram, and what is clipped."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image as Pillow
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QAccessible, QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from editor.core.color import DISPLAY_P3
from editor.core.edit import Edit
from editor.core.proof import HIGHLIGHT, SHADOW, Screen
from editor.ui.theme import tokens
from tests.ui.acts import grabbed, photo_on, show, up_to_date

Exposure, Crop = Edit.kinds["exposure"], Edit.kinds["crop"]


@pytest.fixture
def patches(tmp_path):
    """Four patches: near black, a strong colour, a grey, white."""
    pixels = np.empty((300, 400, 3), np.uint8)
    for index, colour in enumerate(((0, 2, 2), (200, 40, 30), (119, 119, 119), (255, 255, 255))):
        pixels[:, index * 100 : index * 100 + 100] = colour
    path = tmp_path / "patches.png"
    Pillow.fromarray(pixels).save(path)
    return path


@pytest.fixture
def measured(qtbot, window, patches):
    return show(qtbot, window, patches)


def settled(qtbot, window):
    qtbot.waitUntil(lambda: up_to_date(window))


def point(window, x, y):
    """Puts the pointer on a pixel of the picture."""
    left, top = window.canvas.port.corner
    zoom = window.canvas.port.zoom
    QTest.mouseMove(window.canvas, QPoint(1, 1))  # from elsewhere: where it is already, nothing would be told
    QApplication.processEvents()
    QTest.mouseMove(window.canvas, QPoint(int(left + (x + 0.5) * zoom), int(top + (y + 0.5) * zoom)))


def numbers(window):
    """What is read: column, row, R, G, B, L, a, b."""
    return [float(word) for word in window.viewing.readout.text().replace("RGB", "").replace("Lab", "").split()]


def test_the_pixel_under_the_pointer_is_told_in_numbers(qtbot, measured):
    point(measured, 120, 30)
    assert numbers(measured)[:5] == [120, 30, 200, 40, 30]
    point(measured, 250, 299)
    assert numbers(measured) == pytest.approx([250, 299, 119, 119, 119, 50.0, 0, 0], abs=0.1)
    point(measured, 350, 5)
    assert numbers(measured)[2:] == pytest.approx([255, 255, 255, 100, 0, 0], abs=0.1)
    assert "-0.0" not in measured.viewing.readout.text()
    QApplication.sendEvent(measured.canvas, QEvent(QEvent.Type.Leave))
    assert measured.viewing.readout.text() == ""


def test_it_is_told_as_it_is_edited_and_framed_while_the_pointer_rests(qtbot, measured):
    point(measured, 250, 30)
    measured.document.put(Exposure(stops=1.0))
    settled(qtbot, measured)
    assert numbers(measured)[2:5] == [164, 164, 164]
    measured.document.put(Crop(rectangle=(0.25, 0.0, 0.75, 1.0)))
    settled(qtbot, measured)
    point(measured, 20, 30)  # what was at 120
    measured.document.put(Exposure(stops=0.0))
    settled(qtbot, measured)
    assert numbers(measured)[:5] == [20, 30, 200, 40, 30]


def test_it_is_in_the_working_space_whatever_the_monitor_shows(qtbot, measured):
    measured.preview.show_on(Screen(monitor=DISPLAY_P3))
    settled(qtbot, measured)
    point(measured, 120, 30)
    assert (photo_on(measured.canvas)[30, 120] != (200, 40, 30)).any()
    assert numbers(measured)[2:5] == [200, 40, 30]


def test_beside_the_photo_there_is_nothing_to_tell(measured):
    QTest.mouseMove(measured.canvas, QPoint(3, 3))
    assert measured.viewing.readout.text() == ""


def test_the_histogram_is_of_the_photo_as_it_is_edited(qtbot, measured):
    shown = measured.viewing.histogram.shown
    assert shown.red[200] == shown.red[119] == 100 * 300 and shown.red[255] == 100 * 300
    measured.document.put(Exposure(stops=-1.0))
    settled(qtbot, measured)
    darker = measured.viewing.histogram.shown
    assert darker.red[200] == 0 and darker.red[188] == 100 * 300  # white with half the light
    measured.canvas.real_pixels()
    settled(qtbot, measured)
    assert measured.viewing.histogram.shown.red[188] > 0
    measured.actions_by_name["before"].trigger()
    qtbot.waitUntil(lambda: not measured.preview.renderer.busy)
    assert measured.viewing.histogram.shown.red[200] > 0
    measured.close_photo()
    assert measured.viewing.histogram.shown is None


def test_close_up_it_is_still_of_the_whole_photo(qtbot, measured):
    measured.canvas.look(measured.canvas.port.zoomed(16.0, (0, 0)))
    measured.document.put(Exposure(stops=-1.0))
    settled(qtbot, measured)
    counts = measured.viewing.histogram.shown.red
    assert all(counts[level] > 0.2 * counts.sum() for level in (0, 188))


def corners(window):
    histogram = window.viewing.histogram
    return histogram.shadows, histogram.highlights


def test_corners_are_lit_where_something_is_clipped(measured):
    shadows, highlights = corners(measured)
    assert shadows.clipped == (0.25, 0, 0) and highlights.clipped == (0.25, 0.25, 0.25)
    assert "25.0 %" in shadows.toolTip() and "25.0 %" in highlights.toolTip()
    colours = {shadows: "#ff0000", highlights: "#ffffff"}
    for corner, colour in colours.items():
        image = corner.grab().toImage()
        seen = {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}
        assert colour in seen and QColor(tokens().faint).name() not in seen


def test_clicked_they_mark_the_clipped_pixels(qtbot, measured):
    shadows, highlights = corners(measured)
    QTest.mouseClick(highlights, Qt.MouseButton.LeftButton)
    settled(qtbot, measured)
    row = photo_on(measured.canvas)[150]
    assert tuple(row[350]) == HIGHLIGHT and tuple(row[50]) == (0, 2, 2) and tuple(row[250]) == (119, 119, 119)
    QTest.mouseClick(highlights, Qt.MouseButton.LeftButton)
    shadows.setFocus()
    QTest.keyClick(shadows, Qt.Key.Key_Space)
    settled(qtbot, measured)
    row = photo_on(measured.canvas)[150]
    assert tuple(row[350]) == (255, 255, 255) and tuple(row[50]) == SHADOW
    point(measured, 50, 30)
    assert numbers(measured)[2:5] == [0, 2, 2]  # what it is, not what it is painted in


def test_a_key_marks_both_and_none(qtbot, measured):
    QTest.keyClick(measured, Qt.Key.Key_J)
    settled(qtbot, measured)
    row = photo_on(measured.canvas)[150]
    assert tuple(row[350]) == HIGHLIGHT and tuple(row[50]) == SHADOW
    assert all(corner.isChecked() for corner in corners(measured))
    assert measured.actions_by_name["clipping"].isChecked()
    QTest.keyClick(measured, Qt.Key.Key_J)
    settled(qtbot, measured)
    assert tuple(photo_on(measured.canvas)[150, 350]) == (255, 255, 255)
    assert not measured.actions_by_name["clipping"].isChecked()


def test_they_have_names_for_those_who_do_not_see_them(measured):
    names = [QAccessible.queryAccessibleInterface(corner).text(QAccessible.Text.Name) for corner in corners(measured)]
    assert names == ["Mark clipped shadows", "Mark clipped highlights"]
    assert measured.viewing.histogram.accessibleName() and measured.viewing.readout.accessibleName()


def test_the_curves_are_where_the_levels_are(measured):
    view = measured.viewing.histogram
    seen = grabbed(view)
    field = QColor(tokens().field)
    ground = np.array([field.red(), field.green(), field.blue()])
    columns = (seen[40:-12] != ground).any(axis=(0, 2))
    inside = columns[9:-9]
    peaks = [round(level / 255 * (len(inside) - 1)) for level in (30, 119, 200)]
    assert all(inside[peak - 2 : peak + 3].any() for peak in peaks)
    assert not inside[peaks[1] + 12 : peaks[2] - 12].any()
