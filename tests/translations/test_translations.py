"""Nothing that the program says is missing in Chinese, and what is compiled is what was translated."""

from __future__ import annotations

import gc
import re
from collections import Counter

import pytest
from PySide6.QtCore import QEvent, QTranslator

from editor.ui.actions import COMMANDS, plain
from editor.ui.reasons import REASONS, in_words
from tests.translations import catalogue, texts

HOW = "run `python -m tests.translations` and translate what it lists"


@pytest.fixture(scope="module")
def entries():
    return catalogue.read()


def test_every_text_of_the_sources_is_there_and_no_other(entries):
    said = texts.in_sources() | texts.of_edits()
    assert not said - entries.keys(), HOW
    assert not entries.keys() - said, f"nobody says this any more; {HOW}"


def test_lupdate_finds_the_same(entries, tmp_path):
    catalogue.update(texts.of_edits(), tmp_path / "new.ts")
    assert catalogue.read(tmp_path / "new.ts").keys() == entries.keys(), HOW


def test_everything_is_translated(entries):
    lacking = [text for text, entry in entries.items() if not entry.finished or not entry.translation.strip(" ")]
    assert not lacking, HOW


def test_english_needs_no_translation(entries):
    assert not [text for text, entry in entries.items() if entry.plural], "plurals need a packshot_en.ts"
    assert all(source.strip() for _, source in entries)


def holes(text):
    """The places where something is put in, by number."""
    found = re.findall(r"\{(\d*)[^{}]*\}", text)
    return Counter(int(number) if number else i for i, number in enumerate(found))


def test_what_is_put_into_a_text_is_put_into_its_translation(entries):
    for (_, source), entry in entries.items():
        assert holes(source) == holes(entry.translation), (source, entry.translation)


def test_the_edges_of_a_text_are_those_of_its_translation(entries):
    for (_, source), entry in entries.items():
        told = entry.translation
        for edge in (" ", "\n"):
            assert source.startswith(edge) == told.startswith(edge), source
        assert source.endswith("…") == told.endswith("…"), source
        assert source.count("\n") == told.count("\n"), source


def test_chinese_is_set_as_chinese(entries):
    for _, entry in entries.items():
        assert not re.search(r"[\u4e00-\u9fff][,:;?!]", entry.translation), entry.translation
        assert "..." not in entry.translation and "。。" not in entry.translation


def test_the_compiled_file_says_the_same(qapp, entries):
    compiled = QTranslator()
    assert compiled.load(str(catalogue.QM))
    for (context, source), entry in entries.items():
        assert compiled.translate(context, source) == entry.translation, HOW


# Keys in menus


def key(title):
    found = re.findall("&([^&])", title.replace("&&", ""))
    return found[0].upper() if found else ""


def menus(translate):
    """The titles that stand together in each menu."""
    found = {}
    for command in COMMANDS:
        found.setdefault("bar", set()).add(translate(command.menu))
        if command.under:
            found.setdefault(command.menu, set()).add(translate(command.under))
        found.setdefault(command.under or command.menu, set()).add(translate(command.title))
    return found


@pytest.mark.parametrize("language", ["English", "Chinese"])
def test_no_two_in_a_menu_have_the_same_key(entries, language):
    def told(text):
        return entries["Menu", text].translation if language == "Chinese" and ("Menu", text) in entries else text

    for name, titles in menus(told).items():
        keys = Counter(filter(None, map(key, titles)))
        twice = [k for k, count in keys.items() if count > 1]
        assert not twice, (name, [title for title in titles if key(title) in twice])


def test_what_has_a_key_has_one_in_chinese(entries):
    for (_, source), entry in entries.items():
        assert bool(key(source)) == bool(key(entry.translation)), source
        if key(source):
            assert key(entry.translation) == key(source) and re.search(r"\(&.\)", entry.translation), entry.translation
            assert not re.search(r"[&()]", plain(entry.translation)), entry.translation


# The tools themselves


def test_a_text_that_is_no_literal_is_refused(tmp_path):
    file = tmp_path / "odd.py"
    file.write_text('class Odd:\n    def say(self, name):\n        self.tr(f"Hello {name}")\n')
    with pytest.raises(texts.Dynamic, match="Hello"):
        list(texts._in_file(file))


def test_texts_are_found_in_their_contexts(tmp_path):
    file = tmp_path / "some.py"
    file.write_text(
        "class Some:\n    def say(self):\n        self.tr(\"One\")\n        f\"{translate('Other', 'Two ' 'parts')}\"\n"
        '        QCoreApplication.translate("Menu", self.title)\nX = QT_TRANSLATE_NOOP("Menu", "&Three")\n'
    )
    assert set(texts._in_file(file)) == {("Some", "One"), ("Other", "Two parts"), ("Menu", "&Three")}


def test_what_edits_say_is_found():
    said = {text for _, text in texts.of_edits()}
    assert {"Denoise", "Strength", "Exposure", "EV", "no noise found"} <= said


def test_a_new_text_is_listed_and_an_old_translation_kept(tmp_path):
    ts = tmp_path / "packshot_zh_CN.ts"
    ts.write_text(catalogue.TS.read_text("utf-8"), "utf-8")
    catalogue.update({*texts.of_edits(), ("Edits", "Lens Blur")}, ts)
    found = catalogue.read(ts)
    assert not found["Edits", "Lens Blur"].finished and found["Edits", "Exposure"].translation == "曝光度"
    catalogue.compile_(ts, tmp_path / "new.qm")
    assert (tmp_path / "new.qm").stat().st_size > 1000


# What the core says


def test_every_reason_of_the_core_is_known():
    """One that is not would stay English. Left out are those that are only put together as the program runs."""
    unknown = [said for said in texts.of_core() if said not in REASONS]
    assert not unknown, f"add them to editor/ui/reasons.py, then {HOW}"


@pytest.fixture
def chinese(qapp):
    gc.collect()  # windows of earlier tests would hear of the language too, and their edits are gone
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    compiled = QTranslator()
    assert compiled.load(str(catalogue.QM))
    qapp.installTranslator(compiled)
    yield
    qapp.removeTranslator(compiled)


@pytest.mark.parametrize(
    ("english", "told"),
    [
        ("shoe.jpg: is empty", "shoe.jpg: 是空文件"),
        ("a: b.jpg: is damaged or cut short (it holds no picture)", "a: b.jpg: 已损坏或不完整（其中没有图片）"),
        ("shoe.jpg: is damaged or cut short (Corrupt JPEG data)", "shoe.jpg: 已损坏或不完整（Corrupt JPEG data）"),
        ("x.png: cannot be written (No space left on device)", "x.png: 无法写入（设备上没有剩余空间）"),
        ("It was CIELab, and comes in as ProPhoto RGB.", "原为 CIELab，读入为 ProPhoto RGB。"),
        (
            "x.cube: is not written: The file of the look cannot be read, so the photo is without it.",
            "x.cube: 未写入：无法读取 LUT 文件，因此未应用到照片。",
        ),
        ("something else", "something else"),
    ],
)
def test_what_the_core_says_is_told_in_chinese(chinese, english, told):
    assert in_words(english) == told


def test_what_the_core_says_is_told_as_it_is_in_english(qapp):
    assert in_words("shoe.jpg: is empty") == "shoe.jpg: is empty"
