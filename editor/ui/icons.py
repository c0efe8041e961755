"""Icons: the signs on buttons and in menus, all from one set, in the colours of the theme.

The set is Material Design Icons 6.9 (Pictogrammers, Apache License 2.0), a font that QtAwesome (MIT) brings along. Just
this font is read, at the first icon; QtAwesome itself, which takes a quarter of a second to import, is not.
"""

from __future__ import annotations

import json
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QIcon, QIconEngine, QPainter, QPainterPath, QPixmap, QRawFont, QTransform
from PySide6.QtWidgets import QToolButton

from editor.ui.theme import named, tokens

EM = 240.0  # units of a glyph's box here; the set is drawn on a grid of 24
_FONT = "materialdesignicons6-webfont"

# what it is for -> what the set calls it; a second name is what it looks like when it is on
ICONS = {
    # the view
    "zoom": "magnify", "zoom_in": "magnify-plus-outline", "zoom_out": "magnify-minus-outline",
    "fit": "fit-to-screen-outline fit-to-screen", "fill": "arrow-expand-all",
    "real_pixels": "numeric-1-box-outline numeric-1-box", "split": "compare", "side_by_side": "view-split-vertical",
    "eye": "eye-outline eye", "eye_off": "eye-off-outline", "histogram": "chart-histogram",
    "clipping": "alert-outline alert", "checker": "checkerboard", "fullscreen": "fullscreen",
    "hand": "hand-back-left-outline",
    # tools
    "crop": "crop", "straighten": "spirit-level", "level": "spirit-level", "perspective": "perspective-less",
    "rotate": "crop-rotate", "rotate_left": "rotate-left", "rotate_right": "rotate-right",
    "flip_horizontal": "flip-horizontal", "flip_vertical": "flip-vertical", "swap": "phone-rotate-landscape",
    "aspect": "aspect-ratio", "rectangle": "vector-rectangle", "box": "select-drag", "points": "vector-polygon",
    "grid": "grid", "brush": "brush-variant", "eraser": "eraser-variant", "eyedropper": "eyedropper-variant",
    # edits
    "copy": "content-copy", "paste": "content-paste", "cut": "content-cut", "reset": "restore",
    "undo": "undo-variant", "redo": "redo-variant", "history": "history", "presets": "bookmark-outline bookmark",
    "auto": "auto-fix", "sliders": "tune-variant", "exposure": "white-balance-sunny", "contrast": "contrast-circle",
    "colour": "palette-outline palette", "temperature": "thermometer", "power": "power", "denoise": "blur",
    "light": "brightness-6", "duplicate": "content-duplicate", "concept": "creation-outline creation",
    "dice": "dice-5-outline", "explore": "compass-outline",
    # the strip
    "star": "star-outline star", "flag": "flag-outline flag", "label": "circle-outline circle",
    "filter": "filter-outline filter", "sort": "sort-variant", "edited": "pencil-circle",
    "copies": "content-duplicate", "photo": "image-outline", "photos": "image-multiple-outline",
    "folder": "folder-outline", "folder_open": "folder-open-outline", "strip": "view-carousel-outline",
    "list": "format-list-bulleted", "thumbs": "view-grid-outline", "previous": "chevron-left",
    "next": "chevron-right",
    # the program
    "search": "magnify", "settings": "cog-outline", "export": "export-variant", "save": "content-save-outline",
    "keyboard": "keyboard-outline", "language": "translate", "device": "chip", "memory": "memory",
    "sun": "weather-sunny", "moon": "weather-night", "theme": "theme-light-dark", "monitor": "monitor",
    "help": "help-circle-outline", "tasks": "progress-clock", "stop": "close-circle-outline", "time": "clock-outline",
    # signs
    "plus": "plus", "minus": "minus", "check": "check", "x": "close", "info": "information-outline",
    "warning": "alert-outline", "error": "alert-circle-outline", "trash": "trash-can-outline",
    "rename": "pencil-outline", "menu": "dots-horizontal", "menu_vertical": "dots-vertical",
    "lock": "lock-open-variant-outline lock-outline", "link": "link-variant-off link-variant",
    "pin": "pin-outline pin", "up": "chevron-up", "down": "chevron-down", "left": "chevron-left",
    "right": "chevron-right", "expand": "unfold-more-horizontal", "collapse": "unfold-less-horizontal",
}  # fmt: skip


def icon(name: str) -> QIcon:
    """The icon called `name`: one of `ICONS`, or any name of the set itself (pictogrammers.com/library/mdi).

    It is drawn anew each time it is shown, in the theme's colours of just then: the accent where it is on, faint where
    it is disabled. Its size is the widget's (`setIconSize`). Raises KeyError where the set has no such icon.
    """
    if name not in ICONS:
        _outlines(name)
    return QIcon(_Engine(ICONS.get(name, name)))


def icon_button(name: str) -> QToolButton:
    """A button on a page that shows nothing but an icon; the Tab key comes there. What it does is to be told by its
    tooltip and its accessible name."""
    button = named(QToolButton(), "quiet")
    button.setIcon(icon(name))
    button.setIconSize(QSize(18, 18))
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    return button


class _Engine(QIconEngine):
    """Draws one icon. The font is read no sooner than that."""

    def __init__(self, glyphs: str) -> None:
        super().__init__()
        self._glyphs = glyphs

    def clone(self) -> QIconEngine:
        return _Engine(self._glyphs)

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        on = state == QIcon.State.On
        worn = tokens()
        colour = {QIcon.Mode.Disabled: worn.faint, QIcon.Mode.Selected: worn.on_accent}.get(
            mode, worn.accent if on else worn.text
        )
        side = min(rect.width(), rect.height())
        box = QRectF(0, 0, side, side)
        box.moveCenter(QRectF(rect).center())
        fit = QTransform(side / EM, 0, 0, side / EM, box.x(), box.y())
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillPath(fit.map(_outlines(self._glyphs.split()[-1 if on else 0])), QColor(colour))
        painter.restore()

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        picture = QPixmap(size)
        if picture.isNull():  # of a button that has no room yet
            return picture
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        self.paint(painter, QRect(QPoint(), size), mode, state)
        painter.end()
        return picture


@cache
def _outlines(glyph: str) -> QPainterPath:
    """The outline of one sign in a box of EM x EM, y downwards. Outlines, unlike fonts, may outlive the application."""
    known = _all()
    return known[glyph] if glyph in known else _read(glyph)[glyph]


@cache
def _all() -> dict[str, QPainterPath]:
    return _read(*{glyph for glyphs in ICONS.values() for glyph in glyphs.split()})


def _read(*glyphs: str) -> dict[str, QPainterPath]:
    found = find_spec("qtawesome")
    if found is None or found.origin is None:
        raise FileNotFoundError("the icons are not installed: pip install QtAwesome")
    folder = Path(found.origin).parent / "fonts"
    codes = json.loads(next(folder.glob(f"{_FONT}-charmap-*.json")).read_text("utf-8"))
    file = next(folder.glob(f"{_FONT}-[0-9]*.ttf"))
    font = QRawFont(str(file), EM, QFont.HintingPreference.PreferNoHinting)
    drop = QTransform.fromTranslate(0, font.ascent() - (font.ascent() + font.descent() - EM) / 2)
    signs = {glyph: font.glyphIndexesForString(chr(int(codes[glyph], 16)))[0] for glyph in glyphs}
    return {glyph: drop.map(font.pathForGlyph(sign)) for glyph, sign in signs.items()}
