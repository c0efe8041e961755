"""Concept words: what a network can be asked to draw, in the person's language; a word that is not known as it is."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from editor.core.concept import Concept
from editor.ui.actions import QT_TRANSLATE_NOOP

KINDS = {
    "category": QT_TRANSLATE_NOOP("Words", "Category"), "colour": QT_TRANSLATE_NOOP("Words", "Colour"),
    "gender": QT_TRANSLATE_NOOP("Words", "Made for"), "usage": QT_TRANSLATE_NOOP("Words", "Worn for"),
}  # fmt: skip
WORDS = (
    QT_TRANSLATE_NOOP("Words", "t-shirt"), QT_TRANSLATE_NOOP("Words", "longsleeve"),
    QT_TRANSLATE_NOOP("Words", "polo"), QT_TRANSLATE_NOOP("Words", "shirt"), QT_TRANSLATE_NOOP("Words", "top"),
    QT_TRANSLATE_NOOP("Words", "dress"), QT_TRANSLATE_NOOP("Words", "skirt"), QT_TRANSLATE_NOOP("Words", "sweater"),
    QT_TRANSLATE_NOOP("Words", "jacket"), QT_TRANSLATE_NOOP("Words", "trousers"),
    QT_TRANSLATE_NOOP("Words", "shorts"), QT_TRANSLATE_NOOP("Words", "kurta"),
    QT_TRANSLATE_NOOP("Words", "underwear"), QT_TRANSLATE_NOOP("Words", "hat"),
    QT_TRANSLATE_NOOP("Words", "casual shoes"), QT_TRANSLATE_NOOP("Words", "sports shoes"),
    QT_TRANSLATE_NOOP("Words", "formal shoes"), QT_TRANSLATE_NOOP("Words", "heels"),
    QT_TRANSLATE_NOOP("Words", "sandals"), QT_TRANSLATE_NOOP("Words", "bag"), QT_TRANSLATE_NOOP("Words", "watch"),
    QT_TRANSLATE_NOOP("Words", "sunglasses"), QT_TRANSLATE_NOOP("Words", "wallet"),
    QT_TRANSLATE_NOOP("Words", "belt"), QT_TRANSLATE_NOOP("Words", "socks"),
    QT_TRANSLATE_NOOP("Words", "black"), QT_TRANSLATE_NOOP("Words", "white"), QT_TRANSLATE_NOOP("Words", "grey"),
    QT_TRANSLATE_NOOP("Words", "blue"), QT_TRANSLATE_NOOP("Words", "navy"), QT_TRANSLATE_NOOP("Words", "brown"),
    QT_TRANSLATE_NOOP("Words", "beige"), QT_TRANSLATE_NOOP("Words", "red"), QT_TRANSLATE_NOOP("Words", "maroon"),
    QT_TRANSLATE_NOOP("Words", "pink"), QT_TRANSLATE_NOOP("Words", "purple"), QT_TRANSLATE_NOOP("Words", "green"),
    QT_TRANSLATE_NOOP("Words", "olive"), QT_TRANSLATE_NOOP("Words", "yellow"), QT_TRANSLATE_NOOP("Words", "orange"),
    QT_TRANSLATE_NOOP("Words", "silver"), QT_TRANSLATE_NOOP("Words", "gold"),
    QT_TRANSLATE_NOOP("Words", "men"), QT_TRANSLATE_NOOP("Words", "women"), QT_TRANSLATE_NOOP("Words", "girls"),
    QT_TRANSLATE_NOOP("Words", "boys"), QT_TRANSLATE_NOOP("Words", "unisex"),
    QT_TRANSLATE_NOOP("Words", "casual"), QT_TRANSLATE_NOOP("Words", "formal"),
    QT_TRANSLATE_NOOP("Words", "sports"), QT_TRANSLATE_NOOP("Words", "ethnic"),
)  # fmt: skip


def kind_name(kind: str) -> str:
    """What a kind of words is called: "Category"."""
    return QCoreApplication.translate("Words", KINDS.get(kind, kind))


def word_name(word: str) -> str:
    """A word in the language of now."""
    return QCoreApplication.translate("Words", word)


def words_told(concept: Concept) -> str:
    """What a picture was drawn from: "sports shoes, navy"; empty where nothing was said."""
    return QCoreApplication.translate("Naming", ", ").join(word_name(word) for _, word in concept.words)
