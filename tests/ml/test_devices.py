"""Devices: CUDA is asked for by name, and what is had instead is said with its reason."""

import logging

import onnxruntime as ort
import pytest

from editor.ml import devices
from editor.ml.card import Card
from editor.ml.devices import Device, choose
from editor.ml.network import Network


@pytest.fixture
def without_cuda(monkeypatch):
    monkeypatch.setattr(devices, "why_not", lambda provider: "no libcudnn" if "CUDA" in provider else "")


def test_no_silent_cpu(without_cuda, caplog):
    with caplog.at_level(logging.INFO, "packshot.devices"):
        device = choose("cuda")
        assert choose("auto").reason == "no libcudnn"
    assert device == Device("cpu", "no libcudnn")
    assert "no libcudnn" in caplog.text and {r.levelno for r in caplog.records} == {logging.WARNING}
    assert choose("cpu") == Device("cpu")
    assert len(caplog.records) == 2, "a GPU that is there and not used is told of, even if it was not asked for"
    with pytest.raises(ValueError, match="device is one of"):
        choose("tpu")


def test_cuda_is_asked_for_first_and_with_the_options_that_matter(monkeypatch):
    monkeypatch.setattr(devices, "why_not", lambda provider: "")
    (name, options), fallback = choose("auto").providers()
    assert name == "CUDAExecutionProvider" and fallback == "CPUExecutionProvider"
    assert options["cudnn_conv_algo_search"] == "HEURISTIC"
    assert options["arena_extend_strategy"] == "kSameAsRequested"
    assert Device("cuda", gpu_mem_limit=1 << 20).providers()[0][1]["gpu_mem_limit"] == "1048576"


def test_every_provider_compiled_in_loads_or_has_a_reason():
    for provider in devices.compiled_in():
        assert isinstance(devices.why_not(provider), str)
    assert devices.why_not("CPUExecutionProvider") == ""
    assert "built without" in devices.why_not("NoSuchExecutionProvider")


@pytest.mark.skipif("CUDAExecutionProvider" not in ort.get_available_providers(), reason="ONNX Runtime without CUDA")
def test_a_session_that_falls_back_says_so(identity, caplog):
    if not devices.why_no_cuda():
        pytest.skip("CUDA works here")
    network = Network(identity(Card("denoise")), Device("cuda"))
    assert network.device.kind == "cpu" and network.device.reason
    assert "CUDA was asked for" in caplog.text
