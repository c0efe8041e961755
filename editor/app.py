"""App: makes the objects of the window and hands them on. Nothing slow is loaded before the window is on the screen."""

from __future__ import annotations

import gc
import signal
import sys
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from editor.ui.display import NoWindow, platform

if TYPE_CHECKING:
    import socket

    from PySide6.QtWidgets import QApplication

    from editor.core.model import Model
    from editor.ml.brought import Brought
    from editor.ml.network import Network
    from editor.ml.store import Store
    from editor.ui.language import Language
    from editor.ui.settings import Preferences
    from editor.ui.theme import Theme
    from editor.ui.window import MainWindow

CANNOT_START, INTERRUPTED = 2, 130


class Networks(Mapping[str, "Model"]):
    """The folders of models, opened when a network is first asked for; ONNX Runtime is imported no sooner."""

    def __init__(self, folder: Path, wish: str, own: Brought | None = None) -> None:
        self._folder, self._wish, self._own, self._lock = folder, wish, own, Lock()
        self._opened: Store | None = None
        self._used: dict[str, Network] = {}

    @property
    def _store(self) -> Store:
        with self._lock:
            if self._opened is None:
                from editor.ml.store import Store

                self._opened = Store(self._folder, self._wish, self._own)
            return self._opened

    def __getitem__(self, task: str) -> Model:
        network = self._used[task] = self._store[task]
        return network

    def __iter__(self) -> Iterator[str]:
        from editor.ml.brought import keys

        return iter(keys(self._folder, self._own))

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def run_on(self, wish: str) -> None:
        """Networks that are asked for from now on run on the device for `wish`; those at work go on."""
        with self._lock:
            if wish != self._wish:
                self._wish, self._opened, self._used = wish, None, {}

    def device(self) -> tuple[str, str]:
        """What networks run on, and why not on what was wished for. A network that had to leave the GPU says so."""
        wished = self._store.device
        for network in list(self._used.values()):
            if network.device.kind != wished.kind:
                return network.device.title, network.device.reason
        return wished.title, wished.reason


def run(
    photo: Path | None = None,
    *,
    sample: bool = False,
    wish: str | None = None,
    memory: int | None = None,
    models: Path | None = None,
) -> int:
    """Opens the window on `photo` (or a folder), on the sample, or empty. Returns the exit code: 2 where no window can
    be opened.

    `wish` is the device, "auto", "cuda" or "cpu", and `memory` what the engine may keep in MB, each None for as it is
    in the preferences; `models` the folder of models, None for Packshot's own.
    """
    try:
        name = platform()
    except NoWindow as reason:
        print(f"packshot: {reason}", file=sys.stderr)
        return CANNOT_START
    from PySide6.QtCore import QSettings
    from PySide6.QtWidgets import QApplication

    from editor.ui import arrangement
    from editor.ui.language import Language
    from editor.ui.theme import Theme
    from editor.ui.window import MainWindow

    app = QApplication(["packshot", *(["-platform", name] if name else [])])
    app.setApplicationName("Packshot")
    app.setDesktopFileName("packshot")
    kept = QSettings(QSettings.Format.IniFormat, QSettings.Scope.UserScope, "packshot", "packshot")
    worn, language = Theme(app, str(kept.value("theme", ""))), Language(app, str(kept.value("language", "")))
    commanded = {name: str(told) for name, told in (("device", wish), ("memory", memory)) if told is not None}
    endings: list[socket.socket] = []
    window = MainWindow()
    arrangement.place(window, _bytes(str(kept.value("place", ""))))
    window.show()

    def furnish(window: MainWindow) -> None:
        """What takes longer to load than a window to open."""
        try:
            _furnish(window, worn, language, models, Path(kept.fileName()), commanded)
            endings.extend(_end_on_signals(app, window))
        except BaseException:
            app.exit(CANNOT_START)
            raise
        if photo:
            window.open_path(photo)
        elif sample:
            from editor.core.sample import NAME, sample_photo

            window.open_with(sample_photo, NAME)

    arrangement.once_seen(window, partial(furnish, window))
    code = app.exec()
    signal.set_wakeup_fd(-1)
    for end in endings:
        end.close()
    window.shut_down()
    del window  # before the application it lives in,
    gc.collect()  # with all that refers to itself in it;
    app.shutdown()  # and the application while Python is whole; at its end PySide crashes now and then (PYSIDE-2254)
    return code


def _bytes(text: str) -> bytes:
    """What hex digits say; nothing where they are none, since settings may have been written by anybody."""
    try:
        return bytes.fromhex(text)
    except ValueError:
        return b""


def _furnish(
    window: MainWindow, worn: Theme, language: Language, models: Path | None, place: Path, commanded: Mapping[str, str]
) -> None:
    from editor import edits
    from editor.ml.brought import Brought, model_folder, own_folder
    from editor.ui.settingsfile import open_settings

    edits.discover()
    settings = open_settings(place)
    wish = commanded.get("device") or settings.preferences.device
    networks = Networks(models or model_folder(), wish, Brought(own_folder()))
    window.furnish(networks, networks.device, settings, commanded=commanded, presets=place.with_name("presets"))
    window.desk.preferring.changed.connect(partial(_hold, worn, language, networks))


def _hold(worn: Theme, language: Language, networks: Networks, chosen: Preferences) -> None:
    """What was chosen in the preferences holds from now on."""
    worn.wear(chosen.theme)
    language.use(chosen.language)
    networks.run_on(chosen.device)


def _end_on_signals(app: QApplication, window: MainWindow) -> tuple[socket.socket, socket.socket]:
    """Lets Ctrl+C and SIGTERM end the window: Python sees a signal only when some of its code runs, so wake it."""
    import socket

    from PySide6.QtCore import QSocketNotifier

    ours, theirs = socket.socketpair()
    ours.setblocking(False)
    theirs.setblocking(False)
    signal.set_wakeup_fd(theirs.fileno(), warn_on_full_buffer=False)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: None)
    notifier = QSocketNotifier(ours.fileno(), QSocketNotifier.Type.Read, app)
    notifier.activated.connect(partial(_end, app, window))
    return ours, theirs


def _end(app: QApplication, window: MainWindow, *_: object) -> None:
    window.shut_down()
    app.exit(INTERRUPTED)
