"""Display: whether a window can be opened here, and what is missing where it cannot. Works without Qt."""

from __future__ import annotations

import ctypes
import os
import sys
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

_FOR_QT = {  # what Qt needs on any screen: library -> Debian package
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libfontconfig.so.1": "libfontconfig1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libdbus-1.so.3": "libdbus-1-3",
}
_FOR_X = {
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb.so.1": "libxcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
}
_OTHERWISE = "`packshot apply` works without"


class NoWindow(Exception):
    """Why no window can be opened, and what to do about it, in one line."""


def platform() -> str:
    """The Qt platform to ask for; empty if it is Qt's to choose. Raises NoWindow.

    Qt ends the program, with a core dump, where it cannot reach a screen or load what it needs for that. So all of it
    is tried here first.
    """
    if find_spec("PySide6") is None:
        raise NoWindow(f"the window needs PySide6: pip install PySide6-Essentials ({_OTHERWISE})")
    if not sys.platform.startswith("linux"):
        _import_qt()
        return ""
    asked = os.environ.get("QT_QPA_PLATFORM", "").split(":")[0].split(";")[0]
    wayland = bool(os.environ.get("WAYLAND_DISPLAY")) or os.environ.get("XDG_SESSION_TYPE") == "wayland"
    if not asked and not os.environ.get("DISPLAY") and not wayland:
        raise NoWindow(f"there is no screen: neither DISPLAY nor WAYLAND_DISPLAY is set ({_OTHERWISE})")
    _import_qt()
    if asked and not any(_plugins().glob(f"libq{asked.split('-')[0]}*.so")):
        raise NoWindow(f"QT_QPA_PLATFORM asks for {asked!r}, which this Qt does not have")
    if asked.startswith("wayland"):
        if not _reach_wayland():
            raise NoWindow(f"the Wayland screen {_wayland_socket()} cannot be reached ({_OTHERWISE})")
    elif asked in ("", "xcb"):
        if not asked and wayland and _reach_wayland() and _loads("libqwayland"):
            return ""
        if not _loads("libqxcb"):
            raise NoWindow(_missing(_FOR_X | _FOR_QT, "libqxcb"))
        if not _reach_x():
            raise NoWindow(f"the screen DISPLAY={os.environ.get('DISPLAY', '')} cannot be reached ({_OTHERWISE})")
        return "xcb"
    return asked


def _import_qt() -> None:
    try:
        import_module("PySide6.QtWidgets")
    except ImportError as error:
        raise NoWindow(_missing(_FOR_QT, str(error))) from None
    if _loses_none():
        ours = f"{sys.version_info.major}.{sys.version_info.minor}"
        raise NoWindow(f"this PySide6 is not made for Python {ours}: pip install 'PySide6-Essentials<6.12'")


def _loses_none() -> bool:
    """Whether every call of Qt takes away a reference to None that it was never given.

    PySide6 6.12 does so before Python 3.12, where None became immortal; Python aborts after a few thousand calls.
    """
    from PySide6.QtCore import QObject

    calls, thing, before = 64, QObject(), sys.getrefcount(None)
    for _ in range(calls):
        thing.setObjectName("")
    return sys.getrefcount(None) < before - calls // 2


def _missing(packages: dict[str, str], otherwise: str) -> str:
    """Which of the libraries cannot be loaded, and how Debian and its kin install them."""
    wanted = [package for library, package in packages.items() if not _can_load(library)]
    if not wanted:
        return f"Qt cannot start: {' '.join(otherwise.split())} ({_OTHERWISE})"
    return f"Qt needs system libraries: apt-get install {' '.join(wanted)} ({_OTHERWISE})"


def _can_load(library: str | Path) -> bool:
    try:
        ctypes.CDLL(str(library))
    except OSError:
        return False
    return True


def _plugins() -> Path:
    from PySide6.QtCore import QLibraryInfo

    return Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath)) / "platforms"


def _loads(plugin: str) -> bool:
    """Whether a platform plugin is there, and everything that it links to."""
    found = sorted(_plugins().glob(f"{plugin}*.so"))
    return bool(found) and all(map(_can_load, found))


def _wayland_socket() -> Path:
    return Path(os.environ.get("XDG_RUNTIME_DIR", "/")) / (os.environ.get("WAYLAND_DISPLAY") or "wayland-0")


def _reach_wayland() -> bool:
    import socket  # few need it, and it takes a while to load

    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as wire:
        try:
            wire.connect(str(_wayland_socket()))
        except OSError:
            return False
    return True


def _reach_x() -> bool:
    xcb = ctypes.CDLL("libxcb.so.1")
    xcb.xcb_connect.restype = ctypes.c_void_p
    xcb.xcb_connect.argtypes = [ctypes.c_char_p, ctypes.c_void_p]
    xcb.xcb_connection_has_error.argtypes = xcb.xcb_disconnect.argtypes = [ctypes.c_void_p]
    connection = xcb.xcb_connect(None, None)  # never None: one that failed carries the error
    failed = xcb.xcb_connection_has_error(connection)
    xcb.xcb_disconnect(connection)
    return not failed


if __name__ == "__main__":  # for `packshot doctor`, which itself must do without Qt
    try:
        print(platform() or "its own choice")
    except NoWindow as reason:
        sys.exit(str(reason))
