"""Recipe and Document: values, their text, and the way back."""

import json

import pytest

from editor.core.document import Document
from editor.core.drawn import Stroke
from editor.core.edit import fitting_name
from editor.core.recipe import Recipe
from editor.edits.crop import Crop
from editor.edits.cutout import Cutout
from editor.edits.denoise import Denoise
from editor.edits.dodge_burn import DodgeBurn

FRAMED = Crop(rectangle=(0.1, 0.1, 0.5, 0.5))
PAINTED = DodgeBurn(painted=(Stroke(((0.5, 0.5),)),))


def test_switched_off_keeps_its_values():
    recipe = Recipe().put(Denoise(strength=0.3)).switch("denoise", on=False)
    assert recipe.active == () and recipe.get("denoise") == Denoise(strength=0.3)
    assert not recipe.is_on("denoise")
    assert recipe.put(Denoise(strength=0.4)).active == ()
    assert recipe.switch("denoise", on=True).active == (Denoise(strength=0.3),)


def test_several_of_a_kind_by_name():
    recipe = Recipe().put(Denoise(name="b")).put(Denoise(name="a")).put(Denoise(name="a", strength=0.5))
    assert [e.name for e in recipe.edits] == ["a", "b"]
    assert recipe.without("denoise", "a").edits == (Denoise(name="b"),)
    assert Recipe.from_json(recipe.to_json()) == recipe


def test_without_what_was_drawn_an_edit_fits_another_photo():
    cut = Cutout(feather=3.0, name="a", box=(0.1, 0.1, 0.5, 0.5), corrections=(Stroke(((0.5, 0.5),), mark="Add"),))
    recipe = Recipe().put(cut).put(FRAMED).put(PAINTED).put(Denoise(strength=0.3)).switch("cutout", "a", on=False)
    bare = recipe.without_drawn()
    assert bare == recipe.put(Cutout(feather=3.0, name="a")) and not bare.is_on("cutout", "a")
    assert FRAMED.tied() and PAINTED.tied() and not cut.tied() and not Denoise.tied()


def test_text_is_readable_and_comes_back():
    recipe = Recipe().put(Denoise(strength=0.8, noise=25.0)).switch("denoise", on=False)
    text = recipe.to_json()
    assert json.loads(text) == {
        "packshot": 1,
        "edits": [{"edit": "denoise", "version": 2, "strength": 0.8, "noise": 25.0, "network": "", "off": True}],
    }
    assert Recipe.from_json(text) == recipe


def test_a_name_in_any_script_can_be_kept():
    for name in ("鞋　底", "fam \U0001f468\u200d\U0001f469", "x" * 100):
        recipe = Recipe().put(Denoise(name=name))
        assert Recipe.from_json(recipe.to_json()) == recipe
    assert Denoise(name=fitting_name("\ud800so\x07le" + "x" * 200)).name == "sole" + "x" * 96


def test_edits_laid_over_others_are_not_more_than_can_be_read_again():
    one = Recipe(tuple(Denoise(name=f"a{n}") for n in range(1000)))
    with pytest.raises(ValueError, match="at most 1,000"):
        one.overlaid(Recipe().put(Denoise(name="b")))


def edits(**values):
    return json.dumps({"packshot": 1, "edits": [values]})


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("", "not JSON"),
        ("[]", "not a recipe"),
        ('{"packshot": 2, "edits": []}', "format 2"),
        (edits(edit="paint"), "unknown edit 'paint'"),
        (edits(edit=["x"]), "unknown edit"),
        (edits(edit="denoise", strength=2), "denoise: strength 2 is not between 0 and 1"),
        (edits(edit="denoise", strength="much"), "'much' is not a number"),
        (
            '{"packshot": 1, "edits": [{"edit": "denoise", "strength": 1' + "0" * 400 + "}]}",
            "a huge number is not between",
        ),
        ("[" * 200_000, "not JSON"),
        (edits(edit="denoise", colour=2), "denoise has no 'colour'"),
        (edits(edit="denoise", version=99), "newer Packshot"),
        (edits(edit="denoise", version="x"), "version 'x'"),
        (edits(edit="denoise", version=True), "version True"),
        ('{"packshot": true, "edits": []}', "format True"),
        (edits(edit="denoise", name=3), "name 3"),
        (edits(edit="denoise", name="\ud800"), "cannot be printed"),
        (edits(edit="denoise", name="a\nb"), "cannot be printed"),
        (edits(edit="denoise", name="x" * 101), "longer than 100"),
        (
            json.dumps({"packshot": 1, "edits": [{"edit": "denoise", "name": str(n)} for n in range(1001)]}),
            "at most 1,000",
        ),
        (edits(edit="denoise", off="yes"), "'off'"),
        (json.dumps({"packshot": 1, "edits": [3]}), "the key 'edit'"),
        (json.dumps({"packshot": 1, "edits": [{"edit": "denoise"}, {"edit": "denoise"}]}), "twice"),
    ],
)
def test_a_bad_recipe_is_one_clear_sentence(text, complaint):
    with pytest.raises(ValueError, match=r"^[^\n]*$") as error:
        Recipe.from_json(text)
    assert complaint in str(error.value)


def test_a_slider_drag_is_one_undo(photo):
    document, told = Document(photo), []
    document.on_change(lambda: told.append(document.recipe))
    for strength in (0.1, 0.2, 0.3):
        document.put(Denoise(strength=strength), gesture="drag")
    document.end_gesture()
    document.put(Denoise(strength=0.4), gesture="drag")
    assert len(told) == 4
    document.undo()
    assert document.recipe.get("denoise") == Denoise(strength=0.3)
    document.undo()
    assert document.recipe == Recipe() and not document.can_undo
    document.redo()
    assert document.recipe.get("denoise") == Denoise(strength=0.3) and document.can_redo
    document.put(Denoise(strength=0.9))
    assert not document.can_redo


def test_unsaved_is_about_what_was_written(photo):
    document = Document(photo)
    assert not document.unsaved
    document.put(Denoise())
    assert document.unsaved
    document.mark_saved(document.recipe)
    assert not document.unsaved
    document.undo()
    assert document.unsaved
