"""Monitor: the colour profile of the screen, where the system tells it.

Qt has no call for it. Under X11 the profile lies in a property of the root window, `_ICC_PROFILE` (ICC Profiles in X
Specification 0.4); it is that of the first monitor. Elsewhere the person names a file.
"""

from __future__ import annotations

import ctypes
import sys
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QColorSpace, QGuiApplication

from editor.core.color import SRGB, Space
from editor.ui.reasons import in_words

_LONGEST = 64 << 20  # bytes of a profile


def monitor_space(chosen: Path | None = None) -> Space:
    """The space of the screen: that of the profile in `chosen`, else of the system's, else sRGB.

    Raises ValueError with a sentence where `chosen` is no profile for a screen.
    """
    if chosen is not None:
        try:
            data = chosen.read_bytes()[:_LONGEST]
        except OSError as error:
            text = QCoreApplication.translate("Monitor", "{}: cannot be read ({})")
            raise ValueError(text.format(chosen, in_words(error.strerror or str(error)))) from None
        space = _space(data)
        if space is None:
            text = QCoreApplication.translate("Monitor", "{}: is no colour profile of an RGB screen")
            raise ValueError(text.format(chosen))
        return space
    if sys.platform.startswith("linux") and QGuiApplication.platformName() == "xcb":
        return _space(_x11_profile()) or SRGB
    return SRGB


def _space(profile: bytes) -> Space | None:
    if not profile or not QColorSpace.fromIccProfile(profile).isValid():
        return None
    space = Space.of(profile, 3)
    return space if space.profile else None


class _Cookie(ctypes.Structure):
    _fields_ = (("sequence", ctypes.c_uint),)


class _Screens(ctypes.Structure):
    _fields_ = (("data", ctypes.POINTER(ctypes.c_uint32)), ("rem", ctypes.c_int), ("index", ctypes.c_int))


def _x11_profile() -> bytes:
    """The property `_ICC_PROFILE` of the root window; empty where there is none."""
    xcb = ctypes.CDLL("libxcb.so.1")
    pointer, number = ctypes.c_void_p, ctypes.c_uint32
    xcb.xcb_connect.restype = xcb.xcb_get_setup.restype = pointer
    xcb.xcb_setup_roots_iterator.restype = _Screens
    xcb.xcb_intern_atom.restype = xcb.xcb_get_property.restype = _Cookie
    xcb.xcb_intern_atom_reply.restype = xcb.xcb_get_property_reply.restype = pointer
    xcb.xcb_get_property_value.restype = pointer
    connection = pointer(xcb.xcb_connect(None, None))
    try:
        if xcb.xcb_connection_has_error(connection):
            return b""
        root = xcb.xcb_setup_roots_iterator(pointer(xcb.xcb_get_setup(connection))).data[0]
        name = b"_ICC_PROFILE"
        cookie = xcb.xcb_intern_atom(connection, ctypes.c_uint8(1), ctypes.c_uint16(len(name)), name)
        reply = xcb.xcb_intern_atom_reply(connection, cookie, None)
        if not reply:
            return b""
        atom = ctypes.cast(reply, ctypes.POINTER(number))[2]
        _free(reply)
        if not atom:
            return b""
        any_type, longest = number(0), number(_LONGEST // 4)
        cookie = xcb.xcb_get_property(
            connection, ctypes.c_uint8(0), number(root), number(atom), any_type, number(0), longest
        )
        reply = xcb.xcb_get_property_reply(connection, cookie, None)
        if not reply:
            return b""
        try:
            length = xcb.xcb_get_property_value_length(pointer(reply))
            return ctypes.string_at(xcb.xcb_get_property_value(pointer(reply)), length) if length else b""
        finally:
            _free(reply)
    finally:
        xcb.xcb_disconnect(connection)


def _free(reply: int) -> None:
    ctypes.CDLL(None).free(ctypes.c_void_p(reply))
