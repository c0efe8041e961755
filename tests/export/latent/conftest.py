"""Fixtures: drawn products in place of photographed ones, and networks between pictures and codes made of a seed."""

from __future__ import annotations

from pathlib import Path
from shutil import copytree

import pytest

from tests.export.latent.discs import converted, drawn


@pytest.fixture(autouse=True)
def _material(monkeypatch: pytest.MonkeyPatch) -> None:
    """Drawn wares in place of photos', and judges that come soon."""
    monkeypatch.setattr("export.tasks.latent.wares", lambda folders, side: drawn(side=side))
    monkeypatch.setattr("export.tasks.latent.CALM", 20)
    monkeypatch.setattr("export.tasks.latent.RAMP", 10)
    monkeypatch.setattr("export.settling.STEPS", 30)


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folders `latent` and `latent-vae` with files from weights of a seed, converted once; not to be changed."""
    room = tmp_path_factory.mktemp("ready")
    for name, arch in (("latent", "cvae-gan"), ("latent-vae", "vae")):
        (room / name).mkdir()
        converted(arch, room / name)
    return room


@pytest.fixture
def room(ready: Path, tmp_path: Path) -> Path:
    """A copy of those, to be changed."""
    for name in ("latent", "latent-vae"):
        copytree(ready / name, tmp_path / name)
    return tmp_path
