"""Bench: the speeds that this project claims, each as a ratio against a named peer or bound in the same run.

Run with `python -m tests.bench`; numbers depend on the machine and on what else it does, ratios less so.
"""

from __future__ import annotations

import json
import resource
import sys
import threading
import time

import cv2
import numpy as np

from editor.core.job import Cancelled, Job
from editor.core.sample import draw, grain
from editor.ml.network import Network
from editor.ml.store import Store, model_folder
from tests.bench import canvas, cutout, first_picture, latent, recolor, start, tone
from tests.bench.cutout import best

SIZE = (1536, 1152)
LEVEL = 0.06


def bare(network: Network, pixels):
    """ONNX Runtime's own run of the whole picture as one tensor: what tiling and blending are compared with."""
    planes = np.ascontiguousarray(pixels.transpose(2, 0, 1))[None]
    level = np.full((1, 1, *pixels.shape[:2]), LEVEL, np.float32)
    return lambda: network._session.run(None, {"image": planes, "level": level})


def felt(network: Network, pixels) -> float:
    """Seconds from pressing Cancel in the middle of a run to its end."""
    job, pressed = Job(), []
    whole = best(lambda: network.run(pixels, Job(), level=LEVEL), 1)
    timer = threading.Timer(whole / 2, lambda: (pressed.append(time.perf_counter()), job.cancel()))
    timer.start()
    try:
        network.run(pixels, job, level=LEVEL)
    except Cancelled:
        return time.perf_counter() - pressed[0]
    finally:
        timer.join()
    raise RuntimeError("the run ended before it was stopped")


def main() -> int:
    network = Store(model_folder())["denoise"]
    noisy = grain(draw(size=SIZE))
    eight_bit = (noisy.clip(0, 1) * 255).astype(np.uint8)
    megapixels = noisy.shape[0] * noisy.shape[1] / 1e6
    ours = best(lambda: network.run(noisy, Job(), level=LEVEL))
    whole = best(bare(network, noisy))
    means = best(lambda: cv2.fastNlMeansDenoisingColored(eight_bit, None, 12, 12, 7, 21), 1)
    cancels = [felt(network, noisy) for _ in range(5)]
    numbers = {
        **start.numbers(),
        **first_picture.numbers(),
        **canvas.numbers(),
        **cutout.numbers(),
        **tone.numbers(),
        **recolor.numbers(),
        **latent.numbers(),
        "device": network.providers[0],
        "denoise, megapixels per second": megapixels / ours,
        "  as a multiple of bare session.run on the whole picture": whole / ours,
        "  as a multiple of OpenCV fastNlMeansDenoisingColored": means / ours,
        "Cancel inside the network, longest of five, seconds": max(cancels),
        "  as a part of the whole run": max(cancels) / ours,
        "resident memory at most, MB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3,
    }
    if "--json" in sys.argv:
        print(json.dumps(numbers, indent=2))
    for name, value in {} if "--json" in sys.argv else numbers.items():
        print(f"{name:76} {value if isinstance(value, str) else f'{value:.3g}'}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
