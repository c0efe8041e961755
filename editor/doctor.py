"""Doctor: what this computer has, what is missing, and whether the networks really run."""

from __future__ import annotations

import json
import platform
import subprocess
import sys
import time
from dataclasses import asdict
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import numpy as np

from editor.core.job import Job
from editor.core.model import ModelError
from editor.core.sample import draw, grain
from editor.ml.brought import Brought, keys
from editor.ml.devices import Device, choose, compiled_in, gpu, why_not
from editor.ml.network import Network

SELF_TEST_SIZE = (1024, 768)
NOT_INSTALLED = "not installed"


def models(folder: Path, wish: str, own: Brought | None = None, *, as_json: bool = False) -> int:
    """Prints all models in `folder`, and a person's `own`. Returns 0 if all load, else 2, as where there is none."""
    device, bad = choose(wish), 0
    rows: list[dict[str, Any]] = [{"file": path.name, "path": path} for path in sorted(folder.glob("*.onnx"))]
    rows += [{"file": own.path(n).name, "path": own.path(n), "name": n} for n in own.names()] if own else []
    for row in rows:
        try:
            network = Network(row["path"], device)
            row |= {"sha256": network.sha256, "loads": True, "card": asdict(network.card)}
        except ModelError as error:
            bad += 1
            row |= {"loads": False, "reason": str(error)}
        row["path"] = str(row["path"])
    if as_json:
        print(json.dumps(rows, indent=2, ensure_ascii=False))
    for row in [] if as_json else rows:
        title = f"{row['name']} (yours)" if "name" in row else row["file"]
        print(f"{title}  {'loads' if row['loads'] else 'DOES NOT LOAD'}")
        if not row["loads"]:
            print(f"    {row['reason']}")
            continue
        print(f"    sha256 {row['sha256']}")
        for name, value in row["card"].items():
            if name == "codes":
                value = tuple(f"{way['kind']} {way['name']}" for way in value["directions"])
            if name != "seal" and value not in ("", (), {}) and value is not False:
                print(f"    {name} {_plain(value)}")
    if not rows:
        print(f"packshot: {folder}: no models there", file=sys.stderr)
    return 2 if bad or not rows else 0


def _plain(value: object) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{k} {v:g}" for k, v in value.items())
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)


def doctor(folder: Path, wish: str, own: Brought | None = None) -> int:
    """Prints the state of things and runs the denoiser on each provider that works. Returns 0 if it ran on one."""
    print(f"Packshot       {_version('packshot')}")
    print(f"Python         {platform.python_version()} on {platform.platform()}")
    print(f"Qt             {_qt()}")
    print(f"ONNX Runtime   {_onnxruntime()}")
    print(f"GPU            {gpu()}")
    print(f"Compiled in    {', '.join(compiled_in())}")
    for provider in compiled_in():
        reason = why_not(provider)
        print(f"    {provider}: {'does not load: ' + reason if reason else 'loads'}")
    device = choose(wish)
    print(f"In use         {device.title}{' (' + device.reason + ')' if device.reason else ''}")
    print(f"Models         {', '.join(keys(folder, None)) or 'none'} in {folder}")
    if own:
        print(f"Your own       {', '.join(own.keys()) or 'none'} in {own.folder}")
    return _self_test(folder / "denoise.onnx")


def _self_test(path: Path) -> int:
    noisy = grain(draw(size=SELF_TEST_SIZE))
    megapixels = noisy.shape[0] * noisy.shape[1] / 1e6
    reference = None
    for kind in ("cpu", "cuda"):
        if kind == "cuda" and why_not("CUDAExecutionProvider"):
            continue
        try:
            network = Network(path, Device(kind))
            out = network.run(noisy, Job(), level=0.06)
            start = time.monotonic()
            network.run(noisy, Job(), level=0.06)
            seconds = time.monotonic() - start
        except ModelError as error:
            print(f"Self-test      {kind.upper()} failed: {error}")
            continue
        reference = out if reference is None else reference
        apart = float(np.abs(out - reference).max())
        print(
            f"Self-test      {network.providers[0]}: {megapixels / seconds:.2f} megapixels per second, "
            f"differs from the CPU by at most {apart:.1e}"
        )
    return 0 if reference is not None else 2


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return NOT_INSTALLED


def _qt() -> str:
    """The version, and whether a window can be opened; asked in a process of its own, as this one does without Qt."""
    packages = [f"{p} {_version(p)}" for p in ("PySide6", "PySide6-Essentials") if _version(p) != NOT_INSTALLED]
    asked = [sys.executable, "-m", "editor.ui.display"]
    root = Path(__file__).parents[1]
    state = "a window can be opened"
    try:
        said = subprocess.run(asked, capture_output=True, text=True, timeout=120, check=False, cwd=root)
        if said.returncode:
            state = "no window: " + (said.stderr.strip().splitlines() or [f"Qt ended with {said.returncode}"])[-1]
    except (OSError, subprocess.TimeoutExpired) as error:
        state = f"nobody knows about the window ({error})"
    return f"{packages[0] if packages else NOT_INSTALLED}; {state}"


def _onnxruntime() -> str:
    kinds = ("onnxruntime-gpu", "onnxruntime")
    return next((f"{_version(k)} ({k})" for k in kinds if _version(k) != NOT_INSTALLED), NOT_INSTALLED)
