"""Reading: what the tests of every format use."""

import shutil
import subprocess

import numpy as np
import pytest

from editor.core.read import decode


@pytest.fixture
def read(tmp_path):
    """Bytes to Decoded, by way of a file whose name says nothing of the format."""

    def through(data, name="photo.bin"):
        path = tmp_path / name
        path.write_bytes(data)
        return decode(path)

    return through


@pytest.fixture
def magick(tmp_path):
    """What ImageMagick reads: bytes to (h, w, n) uint16. Skips where it is not installed."""
    if not shutil.which("convert"):
        pytest.skip("ImageMagick is not installed")

    def seen(data, shape, kind):
        path = tmp_path / "seen.bin"
        path.write_bytes(data)
        command = ["convert", f"{path}[0]", "-auto-orient", "-depth", "16", "-endian", "LSB", f"{kind}:-"]
        out = subprocess.run(command, capture_output=True, check=True).stdout
        return np.frombuffer(out, "<u2").reshape(*shape, -1)

    return seen


def in_sixteen(samples):
    """uint8 or uint16 in the steps of uint16."""
    return samples.astype(np.uint16) * 257 if samples.dtype == np.uint8 else samples
