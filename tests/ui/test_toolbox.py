"""Tool box: which tool is in the hand, what it was before, and that it sits right on any screen."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton

from editor.core.document import Document
from editor.core.drawn import Points, Rectangle, Strokes
from editor.core.edit import Edit
from editor.core.params import Angle, Choice, Colour, Slider, Toggle
from editor.ui.controls import control
from editor.ui.drawncontrols import drawn_control
from editor.ui.tools.boxes import Box, drawn, inscribed, limited, moved, on_pixels, pulled, shaped
from editor.ui.tools.ground import Ground
from editor.ui.tools.proportion import AS_PHOTO, FREE, RATIOS, Proportion
from tests.ui.acts import show
from tests.ui.onphoto import key, quarters

KINDS = {
    Rectangle("Crop"): (0.0, 0.0, 1.0, 1.0), Points("Corners", fewest=3): ((0, 0), (1, 0), (1, 1)),
    Strokes("Brush"): (),
    Colour("Grey", optional=True): None, Angle("Straighten", -45, 45): 0.0,
}  # fmt: skip


@pytest.mark.parametrize(("param", "value"), list(KINDS.items()), ids=lambda p: type(p).__name__)
def test_each_kind_on_the_picture_has_a_control_with_a_tool(qtbot, param, value):
    made = control(param, value)
    qtbot.addWidget(made)
    made.show_value(value)
    wanted = []
    made.tool_wanted.connect(wanted.append)
    made.tool.click()
    made.show_tool(False)  # says nothing
    assert wanted == [True] and not made.tool.isChecked()
    buttons = made.findChildren(QAbstractButton)
    assert all(b.accessibleName() or b.text() for b in buttons)
    assert all(b.focusPolicy() & Qt.FocusPolicy.TabFocus for b in buttons)


@pytest.mark.parametrize("param", [Slider("S", 0, 1), Toggle("T"), Choice("C", ("a", "b"))])
def test_the_other_kinds_have_none(param):
    assert drawn_control(param, None) is None


def test_the_hand_changes_and_comes_back(qtbot, window, photo_file):
    show(qtbot, window, photo_file)
    seen = []
    window.tools.active_changed.connect(lambda: seen.append(window.tools.active))
    for which in (Qt.Key.Key_K, Qt.Key.Key_W, Qt.Key.Key_W):
        key(window.canvas, which)
    brush, grey = (("dodge_burn", ""), "painted"), (("white_balance", ""), "neutral")
    assert seen == [brush, grey, None, brush]  # a colour is picked and the brush goes on
    key(window.canvas, Qt.Key.Key_R)
    key(window.canvas, Qt.Key.Key_R)
    assert window.tools.active is None


def test_without_a_photo_there_is_no_tool(window):
    window.tools.take(("crop", ""), "rectangle")
    assert window.tools.active is None and not window.actions_by_name["crop"].isEnabled()


def test_what_is_set_is_brought_into_sight(qtbot, window, photo_file):
    show(qtbot, window, photo_file)
    group = window.panel.groups["dodge_burn"]
    group.unfold(False)
    key(window.canvas, Qt.Key.Key_K)
    assert group.unfolded and group.controls["painted"].tool.isChecked()
    qtbot.waitUntil(lambda: not group.controls["painted"].visibleRegion().isEmpty())


def test_the_ground_of_a_frame_is_what_it_makes(photo):
    document = Document(photo)
    crop, burn = Edit.kinds["crop"], Edit.kinds["dodge_burn"]
    document.put(crop(rectangle=(0.5, 0.5, 0.5, 0.5), turn="90°"))
    frame = Ground.of(document, ("crop", ""), "rectangle")
    assert (frame.size, frame.before) == ((150, 200), (200, 150)) and frame.here.is_none
    assert frame.on_photo((150.0, 0.0)) == pytest.approx((0, 0))
    strokes = Ground.of(document, ("dodge_burn", ""), "painted")
    assert strokes.size == (200, 150) and strokes.here == document.recipe.warp((200, 150))
    assert strokes.edit == burn() and strokes.at((0.0, 0.0)) == strokes.on_photo((0.0, 0.0))


# Boxes

SIZE = (600, 400)
BOX = Box(100, 100, 200, 100)


def test_pulling():
    assert pulled(BOX, (1, 1), (400, 300), SIZE, None) == (100, 100, 300, 200)
    assert pulled(BOX, (-1, 0), (50, 999), SIZE, None) == (50, 100, 250, 100)
    assert pulled(BOX, (1, 1), (9999, 9999), SIZE, None) == (100, 100, 500, 300)
    assert pulled(BOX, (1, 1), (0, 0), SIZE, None) == (100, 100, 1, 1)  # not through itself
    assert pulled(BOX, (1, 1), (9999, 9999), SIZE, 1.0) == (100, 100, 300, 300)
    assert pulled(BOX, (1, 0), (400, 0), SIZE, 2.0) == (100, 75, 300, 150)
    assert pulled(BOX, (1, 1), (350, 210), SIZE, None, centred=True) == (50, 90, 300, 120)


def test_drawing_and_moving():
    assert drawn((300, 300), (200, 100), SIZE, None) == (200, 100, 100, 200)
    assert drawn((-50, 300), (200, 500), SIZE, None) == (0, 300, 200, 100)
    assert drawn((300, 200), (350, 210), SIZE, 1.0, centred=True) == (250, 150, 100, 100)
    assert moved(BOX, (-500, 500), SIZE) == (0, 300, 200, 100)


def test_shapes_keep_their_middle_and_area():
    box = shaped(BOX, 1.0, SIZE)
    assert box.width == box.height == pytest.approx(20000**0.5) and box.middle == pytest.approx(BOX.middle)
    assert shaped(Box(0, 0, 600, 400), 1.0, SIZE) == pytest.approx((100, 0, 400, 400))


def test_the_largest_within():
    assert inscribed(BOX, 1.0) == (150, 100, 100, 100) and inscribed(BOX, 4.0) == (100, 125, 200, 50)


def test_on_whole_pixels():
    assert on_pixels(Box(10.4, 10.6, 99.8, 50.2), SIZE, None) == (10, 11, 100, 50)
    assert on_pixels(Box(10.4, 10.6, 99.8, 99.8), SIZE, 1.0)[2:] == (100, 100)
    assert on_pixels(Box(599.9, 399.9, 0.1, 0.1), SIZE, None) == (599, 399, 1, 1)


def test_as_far_as_can_be():
    box = limited(BOX, Box(100, 100, 400, 250), lambda b: b.right <= 350 and b.bottom <= 300)
    assert box == pytest.approx((100, 100, 250, 200), abs=1)


def test_proportions():
    proportion = Proportion()
    assert proportion.ratio(SIZE, SIZE) is None
    for name, wide in (("1:1", 1.0), ("4:5", 5 / 4), ("3:4", 4 / 3), ("16:9", 16 / 9)):
        proportion.choose(name, upright=False)
        assert proportion.ratio(SIZE, SIZE) == pytest.approx(wide)
        proportion.turn()
        assert proportion.ratio(SIZE, SIZE) == pytest.approx(1 / wide)
    proportion.choose(AS_PHOTO)
    assert proportion.ratio(SIZE, SIZE) == 1.5 and proportion.ratio((400, 600), SIZE) == pytest.approx(2 / 3)
    assert next(iter(RATIOS)) == FREE


def test_a_proportion_becomes_what_a_crop_has(photo):
    document, proportion = Document(photo), Proportion()
    chosen = []
    proportion.chosen.connect(lambda: chosen.append(proportion.name))
    proportion.choose("16:9")

    def suited(width, height):
        document.put(Edit.kinds["crop"](rectangle=(0.0, 0.0, width / 200, height / 150)))
        proportion.suit(Ground.of(document, ("crop", ""), "rectangle"))
        return proportion.name, proportion.upright

    assert suited(90, 120) == ("3:4", True)
    assert suited(91, 120) == ("3:4", True)  # a pixel is near enough
    assert suited(95, 120) == ("4:5", True)
    assert suited(60, 120) == (FREE, False)
    assert suited(120, 90) == ("3:4", False)
    proportion.choose(AS_PHOTO)
    assert suited(120, 90) == (AS_PHOTO, False)  # of two that it has, the one that was chosen
    assert suited(200, 150) == (FREE, False)  # no crop
    assert chosen == ["16:9", AS_PHOTO]


HIDPI = """
import sys
from pathlib import Path
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from editor import edits
edits.discover()
from editor.ui import theme
from editor.ui.window import MainWindow
from tests.ui.acts import up_to_date
from tests.ui.onphoto import drag, key, press, move, release
app = QApplication([])
theme.apply(app)
window = MainWindow({}, lambda: ("CPU", ""))
window.resize(900, 600)
window.show()
window.open_path(Path(sys.argv[1]))
while not up_to_date(window):
    app.processEvents()
canvas = window.canvas
key(canvas, Qt.Key.Key_R)
canvas.grab()
drag(canvas, (1, 1), (0.75, 0.5))
x, y, width, height = window.document.recipe.get("crop").rectangle
assert abs(width - 0.75) < 0.005 and abs(height - 0.5) < 0.005, (width, height)
key(canvas, Qt.Key.Key_Return)
key(canvas, Qt.Key.Key_K)
drag(canvas, (0.25, 0.5), (0.75, 0.5))
(stroke,) = window.document.recipe.get("dodge_burn").painted
assert abs(stroke.points[0][0] - 0.75 * 0.25) < 0.005 and abs(stroke.points[-1][0] - 0.75 * 0.75) < 0.005, stroke
window.ask_keep_edits = lambda photo: "discard"
window.shut_down()
print("right", canvas.devicePixelRatioF())
"""


@pytest.mark.parametrize("scale", ["1.25", "1.5", "2"])
def test_tools_sit_right_on_dense_screens(tmp_path, scale):
    path = quarters(tmp_path / "quarters.png")
    env = os.environ | {"QT_QPA_PLATFORM": "offscreen", "QT_SCALE_FACTOR": scale, "XDG_CONFIG_HOME": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-c", HIDPI, str(path)], env=env, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.stdout == f"right {float(scale)}\n", done.stderr
