"""Sizing: a picture as a network wants to see it, and its answer as the picture is."""

from __future__ import annotations

import cv2
import numpy as np

from editor.core.image import Pixels
from editor.ml.card import Card

DARKEST = 1e-6  # a picture's largest value that it is divided by at least
AT_ONCE = 4  # channels that OpenCV shrinks at once
FAINT = 0.1  # an answer that stays below it has found nothing, and is not stretched


def resized(pixels: Pixels, width: int, height: int) -> Pixels:
    """float32 (h, w, c) as (height, width, c): the mean over the area where a side shrinks, linear where it grows."""
    channels = pixels.shape[2]
    if channels > AT_ONCE:
        parts = (pixels[..., i : i + AT_ONCE] for i in range(0, channels, AT_ONCE))
        return np.concatenate([resized(np.ascontiguousarray(part), width, height) for part in parts], axis=2)
    for size in ((width, pixels.shape[0]), (width, height)):
        if size != pixels.shape[1::-1]:
            shrinks = size[0] < pixels.shape[1] or size[1] < pixels.shape[0]
            made = cv2.resize(pixels, size, interpolation=cv2.INTER_AREA if shrinks else cv2.INTER_LINEAR)
            pixels = np.asarray(made, np.float32).reshape(size[1], size[0], channels)
    return pixels


def seen_by(card: Card, stack: Pixels) -> Pixels:
    """What the network of `card` is shown of `stack`, float32 (h, w, 3 + further inputs): its size, and its numbers.

    Not yet padded to multiples, nor cut; but where it is to tell of a whole picture, stretched to multiples.
    """
    height, width = stack.shape[:2]
    if card.side:
        by, step = card.side / max(height, width), card.multiple_of if card.answers else 1
        stack = resized(stack, *(step * max(1, round(length * by / step)) for length in (width, height)))
    elif card.size and not card.tile:
        stack = resized(stack, *card.size)
    if card.peak or card.mean or card.std:
        rgb = stack[..., :3]
        most = max(float(rgb.max()), DARKEST) if card.peak else 1.0
        mean, std = (np.asarray(numbers, np.float32) for numbers in (card.mean or (0, 0, 0), card.std or (1, 1, 1)))
        rgb = (rgb / np.float32(most) - mean) / std
        stack = np.concatenate([rgb, stack[..., 3:]], axis=2, dtype=np.float32)
    return stack


def answer_of(card: Card, out: Pixels, height: int, width: int) -> Pixels:
    """The answer of the network of `card`, (h', w', c), for a picture of (height, width), as the card says."""
    if card.logits:
        out = np.float32(0.5) * (1 + np.tanh(np.float32(0.5) * out))
    if card.stretched and (most := float(out.max())) >= FAINT:
        least = float(out.min())
        out = (out - np.float32(least)) / np.float32(max(most - least, DARKEST))
    if card.side or (card.size and not card.tile):
        out = resized(np.ascontiguousarray(out), round(width * card.scale), round(height * card.scale))
    return out
