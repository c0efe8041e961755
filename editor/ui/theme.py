"""Theme: the quiet looks of the window, dark and light, neutral so that they do not colour the judgement of a photo."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from string import Template
from typing import TypeVar

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QWidget

ASSETS = Path(__file__).parent / "assets"


@dataclass(frozen=True)
class Tokens:
    """The colours by what they are for. All greys are neutral: red, green and blue alike."""

    window: str = "#262626"
    panel: str = "#2b2b2b"
    raised: str = "#383838"
    hover: str = "#444444"
    field: str = "#1f1f1f"
    groove: str = "#1a1a1a"  # what a slider runs in, and a bar of progress
    line: str = "#3d3d3d"
    text: str = "#e0e0e0"
    muted: str = "#a8a8a8"
    faint: str = "#7d7d7d"  # what is disabled, and the edges of boxes to tick
    accent: str = "#6aa3d8"  # what is on, chosen or focused
    on_accent: str = "#101010"
    warning: str = "#d9a441"
    canvas: str = "#404040"
    shade: str = "#b4b4b4"  # the darker squares under what is transparent
    light: str = "#d8d8d8"  # and the lighter ones
    chalk: str = "#ffffff"  # lines upon a photo
    ink: str = "#000000"  # what they are edged with, and what lies over the parts that do not count
    mask: str = "#e8333f"  # over what a brush has covered
    add: str = "#14b8a6"  # over what belongs to the product as a brush has marked it: told apart by the colour-blind
    remove: str = "#f0562b"  # and what does not
    unsure: str = "#ffe45c"  # and what may, hatched
    red: str = "#d9534f"  # the colour labels
    yellow: str = "#dfb73a"
    green: str = "#58a858"
    blue: str = "#4a86d4"
    purple: str = "#9b66c9"


DARK = Tokens()
LIGHT = Tokens(
    window="#e4e4e4",
    panel="#ededed",
    raised="#fafafa",
    hover="#d6d6d6",
    field="#ffffff",
    groove="#bdbdbd",
    line="#c2c2c2",
    text="#1c1c1c",
    muted="#555555",
    faint="#7a7a7a",
    accent="#175f9f",
    on_accent="#ffffff",
    warning="#8a5a00",
    canvas="#a8a8a8",
    shade="#c8c8c8",
    light="#f0f0f0",
)


def tokens() -> Tokens:
    """The colours that the application is dressed in just now."""
    worn = QApplication.instance()
    told = worn.property("tokens") if worn else None
    return told if isinstance(told, Tokens) else DARK


def palette(tokens: Tokens = DARK) -> QPalette:
    """The colours of every widget that the style sheet does not speak of."""
    roles = QPalette.ColorRole
    told = {
        roles.Window: tokens.window,
        roles.WindowText: tokens.text,
        roles.Base: tokens.field,
        roles.AlternateBase: tokens.panel,
        roles.Text: tokens.text,
        roles.PlaceholderText: tokens.muted,
        roles.Button: tokens.raised,
        roles.ButtonText: tokens.text,
        roles.BrightText: tokens.warning,
        roles.ToolTipBase: tokens.raised,
        roles.ToolTipText: tokens.text,
        roles.Highlight: tokens.accent,
        roles.HighlightedText: tokens.on_accent,
        roles.Accent: tokens.accent,
        roles.Link: tokens.accent,
        roles.Mid: tokens.line,
        roles.Dark: tokens.groove,
        roles.Light: tokens.hover,
    }
    made = QPalette()
    for role, colour in told.items():
        made.setColor(role, QColor(colour))
    for role in (roles.WindowText, roles.Text, roles.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, role, QColor(tokens.faint))
    return made


Named = TypeVar("Named", bound=QWidget)


def named(widget: Named, name: str) -> Named:
    """The widget, called what the style sheet calls it."""
    widget.setObjectName(name)
    return widget


def apply(app: QApplication, worn: Tokens = DARK) -> None:
    """Dresses the whole application, all windows that are open included."""
    if app.property("tokens") is None and app.style().name() != "fusion":  # to look for it again takes a while
        app.setStyle("Fusion")
    app.setProperty("tokens", worn)
    app.setPalette(palette(worn))
    rules = Template((ASSETS / "packshot.qss").read_text("utf-8"))
    kind = "light" if worn == LIGHT else "dark"
    arrows = {arrow: (ASSETS / f"{arrow}-{kind}.svg").as_posix() for arrow in ("up", "down")}
    app.setStyleSheet(rules.substitute(asdict(worn), **arrows))


class Theme(QObject):
    """What the application wears: as the person wishes, or as the system does."""

    def __init__(self, app: QApplication, wished: str = "") -> None:
        super().__init__(app)
        self._app, self._wished = app, ""
        app.styleHints().colorSchemeChanged.connect(self._follow)
        self.wear(wished)

    def wear(self, wished: str) -> None:
        """ "dark", "light", or empty for as the system does; dark where the system does not say."""
        hints, schemes = self._app.styleHints(), {"dark": Qt.ColorScheme.Dark, "light": Qt.ColorScheme.Light}
        self._wished = wished
        if hasattr(hints, "setColorScheme"):  # since Qt 6.8: frames of windows and dialogs of the system follow, too
            hints.setColorScheme(schemes.get(wished, Qt.ColorScheme.Unknown))
        self._follow()

    def system(self) -> Tokens:
        """What goes with the system."""
        return LIGHT if self._app.styleHints().colorScheme() == Qt.ColorScheme.Light else DARK

    @Slot()
    def _follow(self) -> None:
        worn = {"dark": DARK, "light": LIGHT}.get(self._wished) or self.system()
        if worn != self._app.property("tokens"):
            apply(self._app, worn)
