"""Devices: asks for CUDA, settles for the CPU, and says why."""

from __future__ import annotations

import contextlib
import ctypes
import io
import logging
import platform
import shutil
import subprocess
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import onnxruntime as ort

log = logging.getLogger("packshot.devices")
WISHES = ("auto", "cuda", "cpu")
NO_DRIVER = "no NVIDIA driver was found"
_CUDA, _CPU = "CUDAExecutionProvider", "CPUExecutionProvider"
_CUDA_OPTIONS = {
    "cudnn_conv_algo_search": "HEURISTIC",  # the default tries every algorithm for every new size
    "arena_extend_strategy": "kSameAsRequested",  # the default doubles what it holds
}


@dataclass(frozen=True)
class Device:
    """What networks run on: `kind` is "cuda" or "cpu"; `reason` says why it is not the one that was wished for."""

    kind: str
    reason: str = ""
    gpu_mem_limit: int = 0  # bytes; 0: no limit

    @property
    def title(self) -> str:
        """For the status bar, in a few words."""
        return "CUDA" if self.kind == "cuda" else "CPU"

    def providers(self) -> list[Any]:
        """For ONNX Runtime: CUDA first, where it is to be used, then the CPU."""
        if self.kind != "cuda":
            return [_CPU]
        options = _CUDA_OPTIONS | ({"gpu_mem_limit": str(self.gpu_mem_limit)} if self.gpu_mem_limit else {})
        return [(_CUDA, options), _CPU]


def choose(wish: str = "auto") -> Device:
    """The device for a `wish` ("auto", "cuda" or "cpu"). Where CUDA was wished for and cannot be had, the log says why.

    Raises ValueError for any other wish.
    """
    if wish not in WISHES:
        raise ValueError(f"device is one of {', '.join(WISHES)}, not {wish!r}")
    if wish == "cpu":
        return Device("cpu")
    reason = why_no_cuda()
    if not reason:
        return Device("cuda")
    wanted = wish == "cuda" or not reason.startswith(NO_DRIVER)  # a computer without a GPU is not told at every call
    log.log(logging.WARNING if wanted else logging.INFO, "CUDA is not used: %s. Networks run on the CPU.", reason)
    return Device("cpu", reason)


def compiled_in() -> list[str]:
    """The providers that this ONNX Runtime was built with; whether they load is another matter."""
    return list(ort.get_available_providers())


def why_no_cuda() -> str:
    """Why CUDA cannot be used, in one line; empty if it can, as far as can be seen without a network."""
    return why_not(_CUDA)


@cache
def why_not(provider: str) -> str:
    """Why a provider cannot be used, in one line; empty if nothing speaks against it."""
    if provider not in compiled_in():
        return "this ONNX Runtime was built without it"
    if provider == _CPU:
        return ""
    driver = "nvcuda.dll" if platform.system() == "Windows" else "libcuda.so.1"
    if provider in (_CUDA, "TensorrtExecutionProvider", "NvTensorRTRTXExecutionProvider"):
        try:
            ctypes.CDLL(driver)
        except OSError:
            return f"{NO_DRIVER} ({driver})"
        preload()
    name = provider.removesuffix("ExecutionProvider").lower()
    for library in sorted((Path(ort.__file__).parent / "capi").glob(f"*onnxruntime_providers_{name}.*")):
        try:
            ctypes.CDLL(str(library))
        except OSError as error:
            if "Provider_GetHost" not in str(error):  # that one only ONNX Runtime itself can give
                mend = "; pip install 'onnxruntime-gpu[cuda,cudnn]' brings it" if provider == _CUDA else ""
                return f"{' '.join(str(error).split())}{mend}"
    return ""


@cache
def preload() -> None:
    """Loads cuBLAS, cuDNN and the rest from the nvidia packages, if there are any, before the first session."""
    heard = io.StringIO()
    with contextlib.redirect_stdout(heard), contextlib.redirect_stderr(heard):
        ort.preload_dlls()
    if heard.getvalue().strip():
        log.info("%s", " ".join(heard.getvalue().split()))


@cache
def gpu() -> str:
    """Name, memory and driver of the GPU as nvidia-smi tells them, or why not."""
    tool = shutil.which("nvidia-smi")
    if not tool:
        return "none found (no nvidia-smi)"
    asked = [tool, "--query-gpu=name,memory.total,driver_version", "--format=csv,noheader"]
    try:
        said = subprocess.run(asked, capture_output=True, text=True, timeout=10, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        return f"nvidia-smi does not answer ({error})"
    return "; ".join(said.stdout.split("\n")).strip("; ") or f"nvidia-smi: {' '.join(said.stderr.split())}"
