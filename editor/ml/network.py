"""Network: one ONNX file, run as its card says: brought to size, padded, cut into tiles, blended, cropped."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

import numpy as np
import onnxruntime as ort

from editor.core.codes import Codes
from editor.core.geometry import Region
from editor.core.image import Pixels
from editor.core.job import Cancelled, Job
from editor.core.model import ModelError
from editor.ml.card import CARD_SUFFIX, CODES, KEY, Card, seal_of
from editor.ml.devices import Device
from editor.ml.sizing import answer_of, seen_by
from editor.ml.tiles import Canvas, plan

log = logging.getLogger("packshot.network")
SMALLEST_TILE = 128
WEIGHTS_FOLDER = "session.model_external_initializers_file_folder_path"
HALF, SINGLE = "tensor(float16)", "tensor(float)"
_MEMORY_WORDS = ("out of memory", "failed to allocate", "bad_alloc", "cudaerrormemoryallocation", "cublas_status_alloc")


class Network:
    """Implements `editor.core.model.Model`. Raises ModelError for a file that is no model of Packshot's.

    Its card is inside the file, or else beside it: `u2netp.card.json` beside `u2netp.onnx`.
    """

    def __init__(self, path: Path, device: Device | None = None) -> None:
        self.path, self.device = path, device or Device("cpu")
        try:
            model = path.read_bytes()
        except OSError as error:
            raise ModelError(f"{path}: cannot be read ({error.strerror})") from None
        self.sha256 = sha256(model).hexdigest()
        self._session = self._open(model)
        try:
            self.card = Card.from_json(self._account())
        except ValueError as error:
            raise ModelError(f"{path}: {error}") from None
        if self.card.seal != seal_of(model):
            raise ModelError(f"{path}: its checksum is not the one in its card; the file was changed or damaged")
        kinds = {i.name: i.type for i in self._session.get_inputs()}
        of_codes = self.card.contract == CODES
        if len(kinds) != len(self.card.inputs) + (not of_codes) or set(self.card.inputs) - set(kinds):
            raise ModelError(f"{path}: its inputs {list(kinds)} are not those of its card")
        if set(kinds.values()) - {HALF, SINGLE}:
            raise ModelError(f"{path}: takes {', '.join(sorted(set(kinds.values())))}, and not floats")
        self._types = {name: np.float16 if kind == HALF else np.float32 for name, kind in kinds.items()}
        self._image = next((n for n in kinds if n not in self.card.inputs), "")
        answers = [o.name for o in self._session.get_outputs()]
        self._answers = list(self.card.answers) or [self.card.output or answers[0]]
        if missing := set(self._answers) - set(answers):
            raise ModelError(f"{path}: has no output {missing.pop()!r}, which its card names")
        self._tile = self.card.tile
        self._cpu: ort.InferenceSession | None = None

    @property
    def providers(self) -> list[str]:
        """The providers that really run it, the first one first."""
        return list(self._session.get_providers())

    @property
    def version(self) -> int:
        """How often its task has had a new network."""
        return self.card.version

    @property
    def inputs(self) -> tuple[str, ...]:
        """The names of what `run` and `tell` take besides pixels."""
        return self.card.inputs

    @property
    def codes(self) -> Codes:
        """See `editor.core.model.Model`."""
        return self.card.codes

    @property
    def words(self) -> tuple[str, ...]:
        """See `editor.core.model.Model`."""
        return self.card.words

    def _account(self) -> str:
        """The text of its card. Raises ModelError where there is none."""
        inside: str | None = self._session.get_modelmeta().custom_metadata_map.get(KEY)
        if inside is not None:
            return inside
        try:
            return self.path.with_name(self.path.stem + CARD_SUFFIX).read_text("utf-8")
        except (OSError, ValueError):
            raise ModelError(f"{self.path}: has no Packshot card, so nobody knows how to run it") from None

    def run(self, pixels: Pixels, job: Job, **inputs: float | np.ndarray) -> Pixels:
        """See `editor.core.model.Model.run`. Outside the picture the network sees it mirrored."""
        if self.card.answers or not self._image:
            raise ModelError(f"{self.path}: tells of pictures and makes none")
        height, width = pixels.shape[:2]
        stack = self._stack(pixels, inputs)
        while True:
            try:
                return answer_of(self.card, self._run_tiles(stack, job, self._session), height, width)
            except Cancelled:
                raise
            except Exception as error:
                self._after(error, stack)

    def tell(self, pixels: Pixels, job: Job, **inputs: float | np.ndarray) -> dict[str, np.ndarray]:
        """See `editor.core.model.Model.tell`."""
        if not self.card.answers or not self._image:
            raise ModelError(f"{self.path}: makes pictures and tells nothing of them")
        job.progress(0)
        seen = self._stack(pixels, inputs)
        while True:
            try:
                told = self._told(seen, job, self._session)
                job.progress(1)
                return dict(zip(self._answers, told, strict=True))
            except Cancelled:
                raise
            except Exception as error:
                self._after(error, seen)

    def sides(self) -> dict[str, int]:
        """See `editor.core.model.Model.sides`."""
        return {v.name: v.shape[-1] for v in (*self._session.get_inputs(), *self._session.get_outputs())}

    def reckon(self, job: Job, **inputs: np.ndarray) -> dict[str, np.ndarray]:
        """See `editor.core.model.Model.reckon`."""
        if self.card.contract != CODES or set(inputs) != set(self.card.inputs):
            raise ModelError(f"{self.path}: takes the inputs {self.card.inputs}, not {tuple(inputs)}")
        job.progress(0)
        feed = {n: np.ascontiguousarray(value, self._types[n]) for n, value in inputs.items()}
        options = ort.RunOptions()
        try:
            with job.interrupted_by(lambda: setattr(options, "terminate", True)):
                outs = self._session.run(self._answers, feed, options)
        except Cancelled:
            raise
        except Exception as error:
            raise ModelError(f"{self.path}: {' '.join(str(error).split())}") from error
        job.progress(1)
        return {name: np.asarray(out, np.float32) for name, out in zip(self._answers, outs, strict=True)}

    def _stack(self, pixels: Pixels, inputs: Mapping[str, float | np.ndarray]) -> Pixels:
        """What the network is shown, (h, w, 3 + inputs). Raises ModelError where its inputs are others."""
        if set(inputs) != set(self.card.inputs):
            raise ModelError(f"{self.path}: takes the inputs {self.card.inputs}, not {tuple(inputs)}")
        maps = [np.broadcast_to(np.float32(inputs[n]), pixels.shape[:2])[..., None] for n in self.card.inputs]
        return seen_by(self.card, np.concatenate([pixels, *maps], axis=2, dtype=np.float32))

    def _after(self, error: Exception, stack: Pixels) -> None:
        """What is to be done about an error: give way, if memory ran out; else it goes up as a ModelError."""
        if not any(word in str(error).lower() for word in _MEMORY_WORDS):
            raise ModelError(f"{self.path}: {' '.join(str(error).split())}") from error
        self._give_way(stack)

    def _give_way(self, stack: Pixels) -> None:
        """After running out of memory: smaller tiles, and once they are as small as can be, the CPU."""
        side = min(self._tile or max(stack.shape[:2]), max(stack.shape[:2]))
        if self.card.tile and not self.card.size and side // 2 >= max(SMALLEST_TILE, 2 * self.card.overlap):
            self._tile = side // 2 // self.card.multiple_of * self.card.multiple_of
            log.warning("%s: out of memory; tiles are now %d pixels wide", self.path.name, self._tile)
        elif self.device.kind != "cpu":
            self.device = Device("cpu", "the GPU ran out of memory")
            self._tile, self._session = self.card.tile, self._open(self._reread())
            log.warning("%s: out of GPU memory at the smallest tiles; going on with the CPU", self.path.name)
        else:
            raise ModelError(f"{self.path}: there is not enough memory to run it")

    def _reread(self) -> bytes:
        """The file once more, if it still is the one whose seal was checked."""
        try:
            model = self.path.read_bytes()
        except OSError as error:
            raise ModelError(f"{self.path}: cannot be read ({error.strerror})") from None
        if sha256(model).hexdigest() != self.sha256:
            raise ModelError(f"{self.path}: was changed while it was in use")
        return model

    def _run_tiles(self, stack: Pixels, job: Job, session: ort.InferenceSession) -> Pixels:
        height, width = stack.shape[:2]
        step, scale, margin = self.card.multiple_of, self.card.scale, self.card.margin
        low = -(-height // step) * step - height, -(-width // step) * step - width
        padded = _mirror(stack, ((margin, margin + low[0]), (margin, margin + low[1])))
        whole = padded.shape[1], padded.shape[0]
        side = self._tile or max(whole)
        one_shape = self.device.kind == "cuda" or bool(self.card.size)  # a new shape costs CUDA seconds
        if one_shape and self.card.tile:
            padded = _mirror(padded, ((0, max(0, side - whole[1])), (0, max(0, side - whole[0]))))
            whole = padded.shape[1], padded.shape[0]
        even = 0 if one_shape else step
        tiles = plan(*whole, side, self.card.overlap, even) if self.card.tile else [Region(0, 0, *whole)]
        if len(tiles) == 1:
            out = self._run_one(padded, job, session)
        elif scale != round(scale):
            raise ModelError(f"{self.path}: a network that makes {scale:g} pixels of one is not run in tiles")
        else:
            by = round(scale)
            places = [Region(t.x * by, t.y * by, t.width * by, t.height * by) for t in tiles]
            canvas = Canvas(whole[0] * by, whole[1] * by, places)
            for index, (tile, place) in enumerate(zip(tiles, places, strict=True)):
                job.progress(index / len(tiles))
                part = padded[tile.y : tile.bottom, tile.x : tile.right]
                canvas.add(place, self._run_one(part, job.part(index, len(tiles)), session))
            out = canvas.result()
        job.progress(1)
        left = round(margin * scale)
        window = np.s_[left : left + round(height * scale), left : left + round(width * scale)]
        return np.ascontiguousarray(out[window])

    def _run_one(self, stack: Pixels, job: Job, session: ort.InferenceSession) -> Pixels:
        job.progress(0)
        (planes,) = self._told(stack, job, session)
        return (planes[0] if planes.ndim == 4 else planes).transpose(1, 2, 0)

    def _told(self, stack: Pixels, job: Job, session: ort.InferenceSession) -> list[Pixels]:
        """What comes out at the outputs that the card names, float32."""
        planes = np.ascontiguousarray(stack.transpose(2, 0, 1))[None]
        feed = {self._image: planes[:, :3].astype(self._types[self._image], copy=False)}
        for index, name in enumerate(self.card.inputs):
            feed[name] = planes[:, 3 + index : 4 + index].astype(self._types[name], copy=False)
        options = ort.RunOptions()
        with job.interrupted_by(lambda: setattr(options, "terminate", True)):
            outs = session.run(self._answers, feed, options)
        return [np.asarray(out, np.float32) for out in outs]

    def _open(self, model: bytes) -> ort.InferenceSession:
        options = ort.SessionOptions()
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")  # leave the cores to the window
        options.log_severity_level = 4  # what goes wrong comes as an exception
        options.add_session_config_entry(WEIGHTS_FOLDER, str(self.path.resolve().parent))
        try:
            session = ort.InferenceSession(model, options, providers=self.device.providers())
        except Exception as error:
            raise ModelError(f"{self.path}: is not an ONNX model that can be run ({_first_line(error)})") from None
        if self.device.kind == "cuda" and "CUDAExecutionProvider" not in session.get_providers():
            self.device = Device("cpu", "CUDA did not start; `packshot doctor` says more")
            log.warning("%s: CUDA was asked for and did not start; running on the CPU", self.path.name)
        return session


def _first_line(error: Exception) -> str:
    return " ".join(str(error).split())[:160]


def _mirror(pixels: Pixels, amounts: tuple[tuple[int, int], tuple[int, int]]) -> Pixels:
    """Padded with its own mirror image by (top, bottom), (left, right) pixels."""
    if not any(map(any, amounts)):
        return pixels
    return np.pad(pixels, (*amounts, (0, 0)), mode="reflect")
