"""Colours on the command line: commas and spaces that belong to a colour do not end it."""

from __future__ import annotations

import pytest

from editor.cli import describe, parse_edit
from editor.core.edit import Edit, Stage
from editor.core.params import colour, slider
from editor.core.recipe import Recipe


@pytest.fixture
def dyed():
    class Dyed(Edit):
        id, title, stage = "test_dyed", "Dyed", Stage.DESIGN
        target: str | None = colour(None, "Target", optional=True, wide=True)
        strength: float = slider(100.0, "Strength", 0, 100, "%")

    yield Dyed
    del Edit.kinds["test_dyed"]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("#1f4e79", "#1f4e79"), ("#1F4E79", "#1f4e79"), ("lab(40 60 30)", "lab(40 60 30)"),
        ("lab(40, 60, 30)", "lab(40 60 30)"), ("rgb(31,78,121)", "#1f4e79"), ("rgb( 31 , 78 , 121 )", "#1f4e79"),
        ("lch(50 128.2 30)", "lab(50 111.02 64.1)"), ("none", None),
    ],
)  # fmt: skip
def test_a_colour_of_any_notation(dyed, text, kept):
    for written in (f"target={text}", f"strength=40,target={text}", f"target={text},strength=40", f"target = {text} "):
        (edit,) = parse_edit(f"test_dyed:{written}", Recipe()).edits
        assert edit.target == kept and edit.strength == (40 if "strength" in written else 100)


@pytest.mark.parametrize("text", ["rgb(1,2,3", "rgb(1,2", "lab(40,60,30,strength=40", "rgb(1,2,300)", "1f4e79", "red"])
def test_what_is_none_is_told(dyed, text):
    with pytest.raises(ValueError, match=r"test_dyed: target .* is not a colour"):
        parse_edit(f"test_dyed:target={text}", Recipe())


def test_a_colour_goes_through_a_recipe_file(dyed):
    recipe = parse_edit("test_dyed:name=sole,target=lab(50 110 65)", Recipe())
    assert '"target": "lab(50 110 65)"' in recipe.to_json() and Recipe.from_json(recipe.to_json()) == recipe
    by_hand = recipe.to_json().replace("lab(50 110 65)", "LAB(50.001,110,65)")
    assert Recipe.from_json(by_hand) == recipe
    told = describe(dyed)["params"]["target"]
    assert told["kind"] == "colour" and told["wide"] and told["default"] is None
