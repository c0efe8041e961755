"""Drawn kinds: what they take, how it is written, and what it is in a few words."""

import json
from dataclasses import replace

import pytest

from editor.core.drawn import Points, Rectangle, Stroke, Strokes, strokes
from editor.core.edit import Edit, Stage
from editor.core.params import Angle, Colour, rgb_of

BOX, FOUR, BRUSH = Rectangle("Crop"), Points("Corners", fewest=3, most=4), Strokes("Brush")
STROKES = (Stroke(((0.1, 0.2), (0.3, 0.4)), 0.05, 0.5), Stroke(((0.5, 0.5),), 0.2, 1.0, erase=True))


@pytest.mark.parametrize(
    "value",
    [None, (0, 0, 1), (0, 0, 0, 1), (0.5, 0, 0.6, 1), (-0.1, 0, 1, 1), ("a", 0, 1, 1), (float("nan"), 0, 1, 1), 3],
)
def test_no_rectangle(value):
    with pytest.raises(ValueError, match=r"rectangle|part"):
        BOX.check(value)


def test_a_rectangle_as_text():
    assert BOX.parse("0.1 0.2 0.3 0.4") == (0.1, 0.2, 0.3, 0.4)
    assert BOX.format((0.1, 0.2, 1 / 3, 0.4)) == f"0.1 0.2 {1 / 3!r} 0.4"
    assert BOX.brief((0.1, 0.2, 1 / 3, 0.4)) == "0.1 0.2 0.3333 0.4"
    assert BOX.check([0.5, 0.5, 0.5000001, 0.5]) == (0.5, 0.5, 0.5, 0.5)  # rounding is forgiven


@pytest.mark.parametrize(("value", "complaint"), [
    (((0, 0), (1, 1)), "2 points are not 3 to 4 points"), (((0, 0),) * 5, "5 points"),
    (((0, 0), (0, 1), (0, 3)), "point"), ("abc", "no points"), (((0, 0), (0, 1), 7), "point"),
])  # fmt: skip
def test_no_points(value, complaint):
    with pytest.raises(ValueError, match=complaint):
        FOUR.check(value)


def test_points_as_text():
    points = ((0.0, 0.5), (-1.0, 2.0), (1 / 3, 1.0))
    assert FOUR.parse(FOUR.format(points)) == points
    with pytest.raises(ValueError, match="numbers"):
        FOUR.parse("0 1 x")
    with pytest.raises(ValueError, match="are no points"):
        FOUR.parse("0 1 1")


def test_strokes_as_text_and_from_a_recipe():
    text = BRUSH.format(STROKES)
    assert text == "add 0.05 0.5 0.1 0.2 0.3 0.4; erase 0.2 1.0 0.5 0.5"
    assert BRUSH.parse(text) == STROKES and BRUSH.parse("") == ()
    assert BRUSH.brief(STROKES) == "2 strokes" and BRUSH.brief(STROKES[:1]) == "1 stroke"
    plain = [{"points": [[0.1, 0.2], [0.3, 0.4]], "size": 0.05, "hardness": 0.5, "erase": False}]
    assert BRUSH.check(plain) == STROKES[:1] and hash(BRUSH.check(plain)) == hash(STROKES[:1])


@pytest.mark.parametrize(
    "value",
    [7, [7], [{}], [{"points": []}], [{"points": [(0, 0)], "colour": 1}], [{"points": [(0, 0)], "size": 0}],
     [{"points": [(0, 0)], "hardness": 2}], [{"points": [(0, 0)], "erase": 1}], [{"points": [(9, 0)]}]],
)  # fmt: skip
def test_no_strokes(value):
    with pytest.raises(ValueError, match=r"stroke|point|size|hardness|erase"):
        BRUSH.check(value)


@pytest.mark.parametrize("text", ["paint 1 1 0 0", "add 0.1 0.5", "add 0.1 0.5 0.3", "add x 0.5 0 0"])
def test_no_strokes_as_text(text):
    with pytest.raises(ValueError, match=r"stroke|numbers"):
        BRUSH.parse(text)


MATTE = Strokes("Corrections", marks=("Add", "Remove", "Unsure"))
MARKED = (
    Stroke(((0.1, 0.2),), mark="Add"), Stroke(((0.3, 0.2), (0.4, 0.4)), mark="Unsure"),
    Stroke(((0.5, 0.5),), erase=True),
)  # fmt: skip


def test_strokes_of_several_marks_are_written_by_their_marks():
    text = MATTE.format(MARKED)
    assert text == "add 0.05 0.5 0.1 0.2; unsure 0.05 0.5 0.3 0.2 0.4 0.4; erase 0.05 0.5 0.5 0.5"
    assert MATTE.parse(text) == MARKED and MATTE.range.startswith("strokes: add|remove|unsure|erase ")
    with pytest.raises(ValueError, match="add, remove, unsure or erase"):
        MATTE.parse("paint 0.1 0.5 0 0")
    assert MATTE.check([{"points": [[0.1, 0.2]], "mark": "Add"}]) == MARKED[:1]
    assert MATTE.check([replace(MARKED[2], mark="Add")]) == MARKED[2:]  # what is erased is erased of all marks


@pytest.mark.parametrize(("kind", "mark"), [(MATTE, ""), (MATTE, "add"), (BRUSH, "Add"), (MATTE, 7)])
def test_a_mark_is_one_of_the_kind(kind, mark):
    with pytest.raises(ValueError, match="mark of a stroke"):
        kind.check([{"points": [[0.1, 0.2]], "mark": mark}])


def test_a_stroke_without_a_mark_is_written_as_it_always_was():
    class Painted(Edit):
        id, title, stage = "test_painted", "Painted", Stage.TONE
        plain: tuple[Stroke, ...] = strokes("Plain")
        matte: tuple[Stroke, ...] = strokes("Matte", marks=("Add", "Remove"))

    try:
        edit = Painted(plain=STROKES[:1], matte=MARKED[:1])
        told = edit.to_dict()
        assert told["plain"] == [{"points": STROKES[0].points, "size": 0.05, "hardness": 0.5, "erase": False}]
        assert told["matte"][0]["mark"] == "Add"
        assert Edit.from_dict(json.loads(json.dumps(told))) == edit
    finally:
        del Edit.kinds["test_painted"]


def test_points_may_be_none():
    pins = Points("Keep", fewest=0, sign="+")
    assert pins.check([]) == () == pins.parse("") and pins.format(()) == ""
    assert pins.parse("0.5 0.25") == ((0.5, 0.25),)


def test_colours():
    grey = Colour("Grey", optional=True)
    assert grey.check("#D8C8B0") == "#d8c8b0" and grey.parse("none") is None and grey.format(None) == "none"
    assert rgb_of("#ff0080") == (1.0, 0.0, 128 / 255)
    for bad in ("d8c8b0", "#fff", "#gggggg", 5):
        with pytest.raises(ValueError, match="colour"):
            grey.check(bad)
    with pytest.raises(ValueError, match="colour"):
        Colour("Ground").check(None)


def test_an_angle_is_a_number():
    assert Angle("Straighten", -45, 45, unit="°").parse("3.5") == 3.5
    with pytest.raises(ValueError, match="not between -45 and 45"):
        Angle("Straighten", -45, 45).check(46)
