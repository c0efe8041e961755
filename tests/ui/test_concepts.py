"""New products in the window: words are chosen, pictures come, and what is saved says that it is a concept."""

from __future__ import annotations

import threading

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from editor.core.metadata import read_metadata
from editor.core.model import ModelError
from editor.core.origin import GENERATED, told_by
from editor.core.photo import Photo
from editor.core.sidecar import load
from tests.ui.acts import show, up_to_date
from tests.ui.test_accessibility import nameless, unreached
from tests.ui.test_language import Marked, untranslated

CONTROL = Qt.KeyboardModifier.ControlModifier


def settled(window):
    return not window.concepts.busy


@pytest.fixture
def page(qtbot, window):
    """The page with a dozen pictures, on an empty window."""
    qtbot.waitUntil(window.isActiveWindow)
    window.actions_by_name["new_product"].trigger()
    qtbot.waitUntil(lambda: settled(window))
    return window.concepts.page


@pytest.fixture
def folder(window, tmp_path):
    place = tmp_path / "made"
    place.mkdir()
    window.concepts.ask_folder = lambda: place
    return place


def choose(box, text):
    """By the keyboard, as a person types the word."""
    box.setFocus()
    QTest.keyClicks(box, text)


def said(page):
    return {cell.drawn.concept.words for cell in page.model.cells}


def click(view, row, held=Qt.KeyboardModifier.NoModifier):
    QTest.mouseClick(
        view.viewport(), Qt.MouseButton.LeftButton, held, view.visualRect(view.model().index(row)).center()
    )


def test_pictures_come_as_soon_as_it_is_asked_for(page):
    assert list(page.kinds) == ["category", "colour", "gender"] and page.kinds["category"].hasFocus()
    assert [page.kinds["colour"].itemText(i) for i in range(3)] == ["any", "red", "blue"]
    assert len(page.model.cells) == 12 and said(page) == {()} and page.selected.text() == "12 pictures"


def test_other_words_draw_other_pictures(qtbot, window, page):
    choose(page.kinds["colour"], "b")
    choose(page.kinds["category"], "shoe")
    qtbot.waitUntil(lambda: settled(window) and said(page) == {(("category", "shoe"), ("colour", "blue"))})
    pixel = page.model.cells[0].pixels.pixelColor(16, 16)
    assert pixel.blue() > pixel.red() + 60
    page.count.setValue(3)
    page.dice.click()
    qtbot.waitUntil(lambda: settled(window) and len(page.model.cells) == 3)
    assert {cell.drawn.concept.seed for cell in page.model.cells} == {page.seed.value()}
    page.slider.setValue(0)
    qtbot.waitUntil(lambda: settled(window) and page.model.cells[0].drawn.concept.spread == 0)
    assert page.spread.text() == "0 %"


def test_letters_choose_words_and_are_no_keys_of_commands(qtbot, window, page):
    box = page.kinds["gender"]  # M is the key of the matte overlay
    box.setFocus()
    QTest.keyClick(box, Qt.Key.Key_M)
    assert box.currentText() == "men" and window.status.currentMessage() == ""


def test_those_that_are_selected_are_saved(qtbot, window, page, folder):
    choose(page.kinds["colour"], "red")
    qtbot.waitUntil(lambda: settled(window) and said(page) == {(("colour", "red"),)})
    click(page.view, 1)
    click(page.view, 3, CONTROL)
    assert page.selected.text() == "2 of 12 pictures selected"
    page.save.click()
    qtbot.waitUntil(lambda: "2 concepts saved in made" in window.status.currentMessage())
    assert sorted(path.name for path in folder.glob("*.png")) == ["concept-1-02.png", "concept-1-04.png"]
    photo = Photo.open(folder / "concept-1-04.png")
    assert photo.size == (512, 512) and photo.concept == page.model.cells[3].drawn.concept
    assert told_by(read_metadata(photo.path).xmp) == GENERATED and load(photo.path).marks.concept == photo.concept
    page.save.click()
    qtbot.waitUntil(lambda: settled(window))
    assert len(list(folder.glob("*.png"))) == 4  # nothing is overwritten
    assert (folder / "concept-1-02-2.png").exists() and page is window.concepts.page


def test_save_and_open(qtbot, window, page, folder):
    page.side.setCurrentIndex(1)
    click(page.view, 4)
    page.open.click()
    qtbot.waitUntil(lambda: up_to_date(window))
    assert window.document.photo.path == folder / "concept-1-05.png" and window.concepts.page is None
    assert window.document.photo.size == (256, 256)
    assert window.status.photo.text().endswith("  Concept") and "A network drew it" in window.status.photo.toolTip()
    window.actions_by_name["strip"].trigger()
    qtbot.waitUntil(lambda: window.strip.model.rowCount() == 1)
    index = window.strip.model.index(0)
    assert window.strip.model.data(index, Qt.ItemDataRole.ToolTipRole) == "concept-1-05.png, concept"


def test_a_photo_is_no_concept(opened):
    assert "Concept" not in opened.status.photo.text()


def test_escape_leads_back_from_a_word_as_well(window, page):
    box = page.kinds["category"]
    box.setFocus()
    QTest.keyClick(box, Qt.Key.Key_Escape)
    assert window.concepts.page is None and window.welcome.isVisible()


def test_escape_leads_back(qtbot, window, page, photo_file):
    page.view.setFocus()
    QTest.keyClick(page.view, Qt.Key.Key_Escape)
    assert window.concepts.page is None and window.welcome.isVisible()
    show(qtbot, window, photo_file)
    window.actions_by_name["new_product"].trigger()
    qtbot.waitUntil(lambda: settled(window))
    assert window.concepts.page is page
    page.close_button.click()
    assert window.concepts.page is None and window.canvas.isVisible() and up_to_date(window)


def test_without_a_folder_nothing_is_saved(qtbot, window, page):
    window.concepts.ask_folder = lambda: None
    page.save.click()
    assert settled(window)


def test_a_disk_that_is_full_is_told(qtbot, window, page, folder, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("editor.core.output.replacing", full)
    page.save.click()
    qtbot.waitUntil(lambda: "No space left on device" in window.banner.text)


def test_without_a_network_it_is_said(qtbot, make_window, models):
    class Missing(dict):
        def __getitem__(self, task):
            raise ModelError(f"models/{task}.onnx: there is no such model; it does the task {task!r}")

    window = make_window(Missing(models))
    window.actions_by_name["new_product"].trigger()
    qtbot.waitUntil(lambda: settled(window))
    page = window.concepts.page
    assert page.trouble.text().startswith("There is no network here that draws new products: models/latent-decoder")
    assert not page.model.cells and not page.save.isEnabled() and not page.open.isEnabled()


def test_the_newest_wish_wins_and_closing_waits_for_nobody(qtbot, window, page, models):
    go, prior = threading.Event(), models["latent-prior"]
    asked, real = [], prior.reckon

    def slow(job, *, noise, condition):
        asked.append(condition.tolist())
        while not go.wait(0.01):
            job.progress(0)  # stopped?
        return real(job, noise=noise, condition=condition)

    prior.reckon = slow
    choose(page.kinds["colour"], "red")
    qtbot.waitUntil(lambda: len(asked) == 1)
    QTest.keyClick(page.kinds["colour"], Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: len(asked) == 2)
    go.set()
    qtbot.waitUntil(lambda: settled(window))
    assert said(page) == {(("colour", "blue"),)} and len(page.model.cells) == 12
    go.clear()
    page.dice.click()
    qtbot.waitUntil(lambda: len(asked) > 13)
    window.shut_down()  # whose threads the fixtures look for


def test_it_can_be_stopped_and_goes_on(qtbot, window, page, models):
    go, prior = threading.Event(), models["latent-prior"]
    real = prior.reckon

    def slow(job, *, noise, condition):
        while not go.wait(0.01):
            job.progress(0)
        return real(job, noise=noise, condition=condition)

    prior.reckon = slow
    choose(page.kinds["colour"], "red")
    qtbot.waitUntil(lambda: bool(window.status.tasks.shown) and window.status.tasks.button.isVisible())
    assert "Drawing new products" in window.status.tasks.shown[0].text
    window.status.tasks.button.click()
    qtbot.waitUntil(lambda: settled(window))
    assert said(page) == {()} and "Stopped" in window.status.tasks.shown[0].text
    go.set()
    window.status.tasks.button.click()
    qtbot.waitUntil(lambda: settled(window) and said(page) == {(("colour", "red"),)})


def test_everything_has_a_name_and_is_reached_by_tab(window, page):
    assert not nameless(window) and not unreached(window)
    index = page.model.index(2)
    assert page.model.data(index, Qt.ItemDataRole.AccessibleTextRole) == "Concept 3"


def test_everything_is_in_the_person_s_language(qapp, page):
    translator = Marked()
    qapp.installTranslator(translator)
    try:
        qapp.processEvents()
        assert not untranslated(page)
        assert page.model.data(page.model.index(2), Qt.ItemDataRole.ToolTipRole) != "Concept 3"
    finally:
        qapp.removeTranslator(translator)
