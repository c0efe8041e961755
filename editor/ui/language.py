"""Language: English or Chinese, as the person wishes; texts follow, also while the window is open.

The translations are Qt Linguist's: assets/packshot_*.ts, compiled to .qm by `python -m tests.translations`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from PySide6.QtCore import QEvent, QLibraryInfo, QLocale, QObject, Qt, QTranslator
from PySide6.QtGui import QFont, QFontDatabase
from PySide6.QtWidgets import QApplication, QWidget

ASSETS = Path(__file__).parent / "assets"
LANGUAGES = {"en": "English", "zh_CN": "简体中文"}  # by what each is called in itself
HAN = (
    "PingFang SC",
    "Microsoft YaHei UI",
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "WenQuanYi Micro Hei",
)


class Language(QObject):
    """Translates the texts of an application, Qt's own included."""

    def __init__(self, app: QApplication, wished: str = "") -> None:
        super().__init__(app)
        self._app = app
        self._worn: list[QTranslator] = []
        self._font = app.font()
        self.name = ""  # one of LANGUAGES
        self.use(wished)

    def use(self, wished: str) -> None:
        """One of LANGUAGES from now on, or empty for the system's. Open windows are told."""
        name = wished if wished in LANGUAGES else spoken(QLocale.system().uiLanguages())
        if name == self.name:
            return
        self.name = name
        for translator in self._worn:
            self._app.removeTranslator(translator)
            translator.deleteLater()
        self._worn = []
        for file in (Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)) / f"qtbase_{name}.qm",
                     ASSETS / f"packshot_{name}.qm"):  # fmt: skip
            translator = QTranslator(self)
            if translator.load(str(file)):  # Qt's own may not have been installed with it
                self._app.installTranslator(translator)
                self._worn.append(translator)
        self._letter()

    def _letter(self) -> None:
        """The system's font; for Chinese with one behind it that has the characters as they are written in China.

        The system might take a Japanese one, where many of them are drawn another way.
        """
        font = QFont(self._font)
        if self.name == "zh_CN":
            font.setFamilies([*font.families(), *(family for family in HAN if QFontDatabase.hasFamily(family))])
        if font.families() != self._app.font().families():
            self._app.setFont(font)
            if rules := self._app.styleSheet():  # then widgets keep the font they have until they are dressed anew
                self._app.setStyleSheet(rules)


def spoken(wished: Iterable[str]) -> str:
    """The first of these languages, such as "zh-Hans-CN" or "de", that there is a translation to; else English."""
    for tag in wished:
        for name in LANGUAGES:
            if tag.replace("_", "-").split("-")[0] == name.split("_")[0]:
                return name
    return "en"


class _Retelling(QObject):
    """Says a widget's texts again when the language has changed."""

    def __init__(self, owner: QWidget) -> None:
        super().__init__(owner)
        self.acts: list[Callable[[], object]] = []
        owner.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if event.type() == QEvent.Type.LanguageChange and watched is self.parent():
            for act in self.acts:
                act()
        return False


def retold(owner: QWidget, act: Callable[[], object]) -> None:
    """Calls `act`, which sets a text of `owner` or of something in it, now and after each change of the language."""
    act()
    known = owner.findChild(_Retelling, options=Qt.FindChildOption.FindDirectChildrenOnly)
    (known or _Retelling(owner)).acts.append(act)
