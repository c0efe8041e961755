"""Theme: the quiet dark look of the window, neutral so that it does not colour the judgement of a photo."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from string import Template
from typing import TypeVar

from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QWidget


@dataclass(frozen=True)
class Tokens:
    """The colours by what they are for. All greys are neutral: red, green and blue alike."""

    window: str = "#262626"
    panel: str = "#2b2b2b"
    raised: str = "#383838"
    hover: str = "#444444"
    field: str = "#1f1f1f"
    line: str = "#3d3d3d"
    text: str = "#e0e0e0"
    muted: str = "#a0a0a0"
    faint: str = "#6b6b6b"
    accent: str = "#6aa3d8"  # what is on, chosen or focused
    on_accent: str = "#101010"
    warning: str = "#d9a441"
    canvas: str = "#404040"
    shade: str = "#b4b4b4"  # the darker squares under what is transparent
    light: str = "#d8d8d8"  # and the lighter ones


DARK = Tokens()


def tokens() -> Tokens:
    """The colours that the application is dressed in just now."""
    worn = QApplication.instance()
    told = worn.property("tokens") if worn else None
    return told if isinstance(told, Tokens) else DARK


_SHEET = Template("""
QMainWindow, QMenuBar, QStatusBar { background: $window; }
QMenuBar { padding: 2px 4px; border-bottom: 1px solid $line; }
QMenuBar::item { padding: 4px 9px; border-radius: 4px; background: transparent; }
QMenuBar::item:selected { background: $raised; }
QMenu { background: $panel; border: 1px solid $line; padding: 4px; }
QMenu::item { padding: 5px 26px 5px 22px; border-radius: 3px; }
QMenu::item:selected { background: $raised; }
QMenu::item:disabled { color: $faint; }
QMenu::separator { height: 1px; background: $line; margin: 4px 8px; }
QStatusBar { border-top: 1px solid $line; color: $muted; }
QStatusBar::item { border: none; }
QStatusBar QLabel { color: $muted; padding: 0 6px; }
QMainWindow::separator { background: $line; width: 1px; }
QScrollArea#panel { background: $panel; border: none; }
QWidget#groups { background: $panel; }
QLabel#muted { color: $muted; }
QLabel#heading { font-size: 15pt; color: $text; }
QLabel#group { font-weight: 600; }
QWidget#strip { background: $panel; border-top: 1px solid $line; }
QListView#frames { background: $panel; border: none; }
QToolButton#quiet { background: transparent; border: 1px solid transparent; border-radius: 4px; padding: 2px 6px; }
QToolButton#quiet { color: $muted; }
QToolButton#quiet:hover { color: $text; background: $raised; }
QToolButton#quiet:focus { border: 1px solid $accent; }
QToolButton#quiet::menu-indicator { image: none; }
QFrame#rule { background: $line; border: none; }
QFrame#banner { background: $raised; border: none; border-bottom: 1px solid $line; border-left: 4px solid $warning; }
QToolTip { background: $raised; color: $text; border: 1px solid $line; padding: 3px; }

QPushButton { background: $raised; border: 1px solid $line; border-radius: 4px; padding: 4px 12px; }
QPushButton:hover { background: $hover; }
QPushButton:pressed { background: $field; }
QPushButton:disabled { color: $faint; }
QPushButton:focus { border: 1px solid $accent; }
QPushButton:default { border: 1px solid $accent; }
QPushButton#quiet { background: transparent; border: 1px solid transparent; padding: 2px 6px; color: $muted; }
QPushButton#quiet:hover { color: $text; background: $raised; }
QPushButton#quiet:focus { border: 1px solid $accent; }
QPushButton#quiet:disabled { color: $panel; }
QPushButton#primary { background: $accent; color: $on_accent; border: 1px solid $accent; padding: 6px 18px; }
QPushButton#primary:focus { border: 2px solid $text; }
QDialogButtonBox { dialogbuttonbox-buttons-have-icons: 0; }
QPushButton#small { padding: 1px 10px; }

QSlider { min-height: 20px; border: 1px solid transparent; border-radius: 3px; }
QSlider:focus { border: 1px solid $accent; }
QSlider::groove:horizontal { height: 3px; background: $field; border-radius: 1px; margin: 0 2px; }
QSlider::sub-page:horizontal { background: $accent; border-radius: 1px; margin: 0 2px; }
QSlider::sub-page:horizontal:disabled { background: $faint; }
QSlider::handle:horizontal { background: $text; width: 12px; height: 12px; margin: -5px 0; border-radius: 6px; }
QSlider::handle:horizontal:hover { background: #ffffff; }
QSlider::handle:horizontal:disabled { background: $faint; }

QProgressBar { background: $field; border: none; border-radius: 3px; max-height: 6px; }
QProgressBar::chunk { background: $accent; border-radius: 3px; }

QScrollBar:vertical { background: transparent; width: 10px; }
QScrollBar::handle:vertical { background: $hover; border-radius: 4px; min-height: 30px; margin: 1px; }
QScrollBar:horizontal { background: transparent; height: 10px; }
QScrollBar::handle:horizontal { background: $hover; border-radius: 4px; min-width: 30px; margin: 1px; }
QScrollBar::add-line, QScrollBar::sub-line { height: 0; width: 0; }
""")


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
        roles.Link: tokens.accent,
        roles.Mid: tokens.line,
        roles.Dark: tokens.field,
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
    """Dresses the whole application."""
    app.setProperty("tokens", worn)
    app.setStyle("Fusion")
    app.setPalette(palette(worn))
    app.setStyleSheet(_SHEET.substitute(asdict(worn)))
