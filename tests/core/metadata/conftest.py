"""Fixtures: metadata as a camera and a picture editor write it, and ExifTool to read it back."""

from __future__ import annotations

import json
import shutil
import subprocess

import pytest

from editor.core.metadata import Metadata
from tests.core.metadata.made import IPTC, RESOURCES, XMP, camera_exif, jpeg


@pytest.fixture(scope="session")
def camera():
    """What a camera and a picture editor put into a file."""
    return Metadata(camera_exif(thumbnail=jpeg(160, 120)), XMP, IPTC, RESOURCES, (240.0, 240.0), 6)


@pytest.fixture(scope="session")
def exiftool():
    """Reads a file back: all tags by group and name, or with names, their values as bytes."""
    if shutil.which("exiftool") is None:
        pytest.skip("needs exiftool (Debian: libimage-exiftool-perl)")

    def read(path, *tags, options=()):
        if tags:
            command = ["exiftool", "-b", *options, *(f"-{tag}" for tag in tags), str(path)]
            return subprocess.run(command, capture_output=True, check=False, timeout=60).stdout
        command = ["exiftool", "-j", "-G1", "-a", "-struct", *options, str(path)]
        done = subprocess.run(command, capture_output=True, check=False, timeout=60)
        return json.loads(done.stdout)[0]

    return read


@pytest.fixture(scope="session")
def complaints(exiftool):
    """What ExifTool finds wrong with a file, apart from a summary."""

    def ask(path):
        command = ["exiftool", "-s3", "-a", "-validate", "-warning", "-error", str(path)]
        return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60).stdout.splitlines()[1:]

    return ask
