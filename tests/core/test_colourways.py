"""Colourways: a recipe for each swatch, and names of files that every system takes and no two share."""

from __future__ import annotations

import pytest

from editor.core.colourways import LONGEST, chosen, colour_in, copy_names, dyes, file_parts, target, way, ways
from editor.core.edit import Edit
from editor.core.recipe import Recipe
from editor.core.swatches import Swatch

NAVY, ROSE, GREEN = Swatch("Navy", "#1f4e79"), Swatch("Rosé", "#ff007f"), Swatch("翠绿", "lab(50 -80 40)")


def parts(*names):
    return file_parts([Swatch(name, "#1f4e79") for name in names])


def test_a_way_differs_from_the_recipe_in_its_target_alone(dyed):
    exposed = Recipe().put(Edit.kinds["exposure"](stops=0.5)).put(dyed(name="sole", strength=40.0))
    recipe = exposed.put(dyed(target="#ffffff")).switch("exposure", on=False)
    made = ways(recipe, ("test_dye", "sole"), (NAVY, ROSE, GREEN))
    assert [swatch for swatch, _ in made] == [NAVY, ROSE, GREEN]
    assert [colour_in(r, ("test_dye", "sole")) for _, r in made] == ["#1f4e79", "#ff007f", "lab(50 -80 40)"]
    for _, each in made:
        assert each.put(dyed(name="sole", strength=40.0)) == recipe
    assert colour_in(recipe, ("test_dye", "sole")) is None and colour_in(recipe, ("test_dye", "tip")) is None
    assert colour_in(recipe.switch("test_dye", on=False), ("test_dye", "")) is None  # the photo does not wear it
    assert ways(recipe, ("test_dye", ""), ()) == ()


def test_only_edits_with_a_target_that_are_on_can_vary(dyed):
    assert target(dyed) == "target" and target(Edit.kinds["exposure"]) is None
    recipe = Recipe().put(dyed(name="sole")).put(dyed()).put(Edit.kinds["background"]())
    assert dyes(recipe) == (dyed(), dyed(name="sole")) and dyes(recipe.switch("test_dye", on=False)) == (
        dyed(name="sole"),
    )
    with pytest.raises(ValueError, match="exposure has no colour to vary"):
        way(Recipe().put(Edit.kinds["exposure"]()), ("exposure", ""), "#ffffff")
    with pytest.raises(ValueError, match="test_dye tip has no colour to vary"):
        way(recipe, ("test_dye", "tip"), "#ffffff")
    with pytest.raises(ValueError, match="is not a colour"):
        way(recipe, ("test_dye", ""), "teal-ish")


def test_which_edit_is_meant(dyed):
    one = Recipe().put(dyed(name="sole"))
    assert chosen(one) == chosen(one, "sole") == ("test_dye", "sole")
    two = one.put(dyed())
    assert chosen(two, "sole") == ("test_dye", "sole") and chosen(two, "test_dye") == ("test_dye", "")
    with pytest.raises(ValueError, match=r"several edits .*: test_dye, sole; say which, as in test_dye=FILE"):
        chosen(two)
    with pytest.raises(ValueError, match="is called 'upper'; there is test_dye, sole"):
        chosen(two, "upper")
    with pytest.raises(ValueError, match=r"no edit has a colour to vary; .*test_dye"):
        chosen(two.switch("test_dye", "sole", on=False).switch("test_dye", on=False))


@pytest.mark.parametrize(
    ("name", "part"),
    [
        ("Navy", "Navy"),
        ("  Navy   Blue ", "Navy Blue"),
        ("藏青", "藏青"),
        ("Cafe\u0301", "Caf\u00e9"),
        ("Red/Green: a\\b?*|<c>\"d\"", "Red-Green- a-b-c-d"),
        ("v1.5.", "v1.5"),
        ("...", "1f4e79"),
        ("", "1f4e79"),
        ("#1F4E79", "1F4E79"),
        ("a\tb\nc\0d\u202e\u200b\ud800", "a b cd"),
    ],
)  # fmt: skip
def test_names_of_files(name, part):
    assert parts(name) == (part,)


def test_names_are_not_too_long_and_no_sign_is_cut():
    (latin,), (chinese,) = parts("a" * 300), parts("青" * 300)
    assert latin == "a" * LONGEST and chinese == "青" * (LONGEST // 3)
    assert parts("a" * 99 + ".b") == ("a" * 99,)


def test_no_two_names_are_alike_on_any_system():
    assert parts("Red", "red", "RED", "Red-2") == ("Red", "red-2", "RED-3", "Red-2-2")
    assert parts("Caf\u00e9", "Cafe\u0301", "CAF\u00c9") == ("Caf\u00e9", "Caf\u00e9-2", "CAF\u00c9-3")
    assert parts("straße", "STRASSE") == ("straße", "STRASSE-2")
    long = parts(*["青" * 300] * 12)
    assert len(set(long)) == 12 and all(len(part.encode()) <= LONGEST for part in long) and long[9].endswith("青-10")
    assert file_parts([Swatch("", "#111111"), Swatch("?", "#222222"), Swatch("-", "#222222")]) == (
        "111111",
        "222222",
        "222222-2",
    )
    assert file_parts([Swatch("", "lab(50 -80 40)")]) == ("lab(50 -80 40)",)


def test_no_two_copies_are_called_alike():
    reds = ["Red", "Red", "Rosé"]
    assert copy_names(reds) == ("Red", "Red 2", "Rosé")
    assert copy_names(reds, ["", "Red", "Red 3"]) == ("Red 2", "Red 4", "Rosé")
    long = copy_names(["青" * 100] * 11)
    assert len(set(long)) == 11 and all(len(name) <= 100 for name in long) and long[10].endswith("青 11")
