"""Composite: how a product is put into a scene: its place, its shadow, the light, the scene, a camera's faults."""

from __future__ import annotations

from math import cos, radians, sin

import cv2
import numpy as np

from export.data.mattes import Bytes, Floats, Product

Chance = np.random.Generator


def placed(product: Product, chance: Chance, size: int, most: float = 1.15) -> tuple[Floats, Floats]:
    """A product somewhere in a square of `size`: its colour times its alpha (size, size, 3), and its alpha.

    What the photo's edge cuts through lies at the new edge as well.
    """
    left, top, right, bottom = product.cut
    height, width = product.alpha.shape
    whole = not any(product.cut)
    share = float(chance.uniform(0.35, min(most, 0.98) if whole else most))
    zoom = share * size / max(height, width)
    turn = 0.0
    if whole:
        kind = chance.random()
        turn = float(chance.uniform(0, 360) if kind < 0.15 else chance.normal(0, 7) if kind < 0.6 else 0)
    elif chance.random() < 0.3:
        turn = float(chance.normal(0, 2))
    flip = -1.0 if chance.random() < 0.5 else 1.0
    stretch = float(np.exp(chance.normal(0, 0.06)))
    c, s = zoom * cos(radians(turn)), zoom * sin(radians(turn))
    matrix = np.array([[flip * c * stretch, -s], [flip * s * stretch, c]])
    if flip < 0:
        left, right = right, left
    corners = matrix @ (np.array([[0, 1, 0, 1], [0, 0, 1, 1]]) * [[width], [height]])
    low, span = corners.min(1), np.ptp(corners, axis=1)
    free = size - span
    middle = 0.5 + 0.5 * (chance.random(2) - 0.5) * (2.0 if chance.random() < 0.25 else 1.0)
    at = free * middle
    for axis, (near, far) in enumerate(((left, right), (top, bottom))):
        over = 0.04 * span[axis] * chance.random() + 0.02 * abs(turn) * span[1 - axis] + 1
        if far:
            at[axis] = free[axis] + over
        elif near:
            at[axis] = -over
    affine = np.column_stack([matrix, at - low])
    mixed: Floats = np.dstack([product.rgb, np.full_like(product.alpha, 255)]).astype(np.float32)
    mixed *= product.alpha[..., None] / np.float32(255 * 255)
    if zoom < 0.6:  # no more than twice at a time, or pixels are left out
        factor = max(zoom, 1e-3) * 1.5
        small = max(2, round(width * factor)), max(2, round(height * factor))
        mixed = np.asarray(cv2.resize(mixed, small, interpolation=cv2.INTER_AREA), np.float32)
        affine[:, 0] *= width / small[0]
        affine[:, 1] *= height / small[1]
    out: Floats = np.asarray(cv2.warpAffine(mixed, affine, (size, size), flags=cv2.INTER_LINEAR), np.float32)
    colour, alpha = out[..., :3], out[..., 3].clip(0, 1)
    if chance.random() < 0.6:
        colour = recoloured(colour, alpha, chance)
    return colour, alpha


def recoloured(colour: Floats, alpha: Floats, chance: Chance) -> Floats:
    """Premultiplied colours in another hue, saturation and lightness."""
    own = colour / np.maximum(alpha, 1e-3)[..., None]
    grey = own.mean(2, keepdims=True)
    if chance.random() < 0.4:
        own = own[..., chance.permutation(3)]
    own = grey + (own - grey) * np.float32(chance.uniform(0.3, 1.5))
    own = own.clip(0, 1) ** np.float32(np.exp(chance.normal(0, 0.3)))
    return np.asarray(own * alpha[..., None], np.float32)


def glassy(colour: Floats, alpha: Floats, chance: Chance) -> tuple[Floats, Floats]:
    """The product as if of glass: the rim stays, the inside lets the scene through."""
    depth = cv2.distanceTransform((alpha > 0.5).astype(np.uint8), cv2.DIST_L2, 3)
    inside = np.clip(depth / max(2.0, 0.15 * float(depth.max())), 0, 1)
    stays = (1 - inside * np.float32(chance.uniform(0.2, 0.5))).astype(np.float32)
    return colour * stays[..., None], alpha * stays


def window(photo: Bytes, chance: Chance, size: int) -> Floats:
    """A part of a photograph, a third of its shorter side or more, mirrored half the time."""
    side = int(min(photo.shape[:2]) * chance.uniform(0.33, 1.0))
    y, x = (int(chance.integers(length - side + 1)) for length in photo.shape[:2])
    part = photo[y : y + side, x : x + side]
    if chance.random() < 0.5:
        part = part[:, ::-1]
    resampled = cv2.resize(np.ascontiguousarray(part), (size, size), interpolation=cv2.INTER_AREA)
    return resampled.astype(np.float32) / np.float32(255)


def texture(piece: Bytes, chance: Chance, size: int) -> Floats:
    """A small piece of floor or cloth, mirrored over and over until it covers everything."""
    zoom = float(chance.uniform(0.8, 3.0)) * size / 256
    large = cv2.resize(piece, None, fx=zoom, fy=zoom, interpolation=cv2.INTER_LINEAR)
    if chance.random() < 0.5:
        large = cv2.transpose(large)
    down, across = (-(-size // side) + 1 for side in large.shape[:2])
    ahead = np.concatenate([large, large[:, ::-1]], 1)
    both = np.concatenate([ahead, ahead[::-1]], 0)
    wide = np.tile(both, (down // 2 + 1, across // 2 + 1, 1))
    y, x = (int(chance.integers(wide.shape[i] - size + 1)) for i in (0, 1))
    return wide[y : y + size, x : x + size].astype(np.float32) / np.float32(255) * slope(chance, size, 0.3)


def slope(chance: Chance, size: int, most: float) -> Floats:
    """Light that falls off from one side to the other (size, size, 1), about 1."""
    turn, depth = chance.uniform(0, 2 * np.pi), chance.uniform(0, most)
    axis = np.linspace(-0.5, 0.5, size, dtype=np.float32)
    ramp = axis[None] * np.float32(np.cos(turn)) + axis[:, None] * np.float32(np.sin(turn))
    return np.asarray(1 + np.float32(depth) * ramp[..., None] * 2, np.float32)


def painted(chance: Chance, size: int) -> Floats:
    """A drawn scene: a plain colour, a wall that meets a table, planks, tiles or stripes, with uneven light."""
    base = np.clip(chance.normal(0.6, 0.25) + chance.normal(0, 0.12, 3), 0.02, 1).astype(np.float32)
    scene = np.broadcast_to(base, (size, size, 3)).copy()
    kind = chance.random()
    if kind < 0.3:  # wall and table
        line = int(size * chance.uniform(0.3, 0.85))
        scene[line:] = np.clip(base * chance.uniform(0.5, 1.4) + chance.normal(0, 0.06, 3), 0, 1)
        scene = np.asarray(cv2.GaussianBlur(scene, (0, 0), float(chance.uniform(0.6, 0.05 * size))), np.float32)
    elif kind < 0.65:  # planks, tiles, stripes
        axis = np.arange(size, dtype=np.float32)
        turn = chance.choice([0, np.pi / 2, chance.uniform(0, np.pi)])
        along = axis[None] * np.float32(np.cos(turn)) + axis[:, None] * np.float32(np.sin(turn))
        across = axis[:, None] * np.float32(np.cos(turn)) - axis[None] * np.float32(np.sin(turn))
        width = size * chance.uniform(0.05, 0.35)
        number = np.floor(along / width).astype(int)
        if chance.random() < 0.5:
            number = number * 31 + np.floor(across / (width * chance.choice([1, 3]))).astype(int)
        shades = chance.normal(1, chance.uniform(0.02, 0.25), 512).astype(np.float32)
        scene = scene * shades[number % 512][..., None]
        gap = np.abs(along / width - np.round(along / width)) * width < chance.uniform(0, 1.5)
        scene = scene * (1 - gap[..., None] * np.float32(chance.uniform(0, 0.6)))
        grain = cv2.GaussianBlur(chance.normal(0, 1, (size, size)).astype(np.float32), (0, 0), 6, sigmaY=0.7)
        scene = scene * (1 + grain[..., None] * np.float32(chance.uniform(0, 0.4)))
    cloud = cv2.resize(chance.normal(0, 1, (5, 5)).astype(np.float32), (size, size), interpolation=cv2.INTER_CUBIC)
    scene = scene * (1 + cloud[..., None] * np.float32(chance.uniform(0, 0.08))) * slope(chance, size, 0.4)
    grit = chance.normal(0, chance.uniform(0, 0.05), (size, size, 1)).astype(np.float32)
    return np.asarray((scene * (1 + grit)).clip(0, 1), np.float32)


def lit_as(colour: Floats, alpha: Floats, scene: Floats, chance: Chance) -> Floats:
    """The product's colours, drawn some way towards the light of the scene."""
    light = scene.mean((0, 1)) / max(float(scene.mean()), 1e-3)
    cast = light ** np.float32(chance.uniform(0, 0.8))
    gain = (max(float(scene.mean()), 0.1) / 0.55) ** chance.uniform(0, 0.5)
    return np.asarray(np.minimum(colour * cast * np.float32(gain), alpha[..., None]), np.float32)


def shadow(alpha: Floats, chance: Chance) -> Floats:
    """How much light (size, size) a product takes from what is around it: by contact, on the floor, or on a wall."""
    size = len(alpha)
    rows = np.flatnonzero(alpha.max(1) > 0.3)
    columns = np.flatnonzero(alpha.max(0) > 0.3)
    if not len(rows):
        return np.zeros_like(alpha)
    depth = np.float32(chance.uniform(0.1, 0.65))
    kind = chance.random()
    soft = float(size * np.exp(chance.uniform(np.log(0.006), np.log(0.06))))
    if kind < 0.35:  # a pool of it under the product
        pool = np.zeros_like(alpha)
        middle = (int(columns.mean()), int(rows[-1]))
        axes = (int(len(columns) * chance.uniform(0.4, 0.65)) + 1, int(len(rows) * chance.uniform(0.02, 0.15)) + 1)
        cv2.ellipse(pool, middle, axes, 0, 0, 360, 1.0, -1)
        return np.asarray(depth * cv2.GaussianBlur(pool, (0, 0), soft), np.float32)
    if kind < 0.5:  # thrown backwards onto the floor
        lean, length = chance.uniform(-1.2, 1.2), chance.uniform(0.15, 0.7)
        foot = float(rows[-1])
        move = np.array([[1, lean, -lean * foot], [0, length, foot * (1 - length)]], np.float32)
        thrown = cv2.warpAffine(alpha, move, (size, size))
        return np.asarray(depth * cv2.GaussianBlur(thrown, (0, 0), soft), np.float32)
    shift = chance.normal(0, 0.03 * size, 2)
    thrown = cv2.warpAffine(alpha, np.array([[1, 0, shift[0]], [0, 1, shift[1]]], np.float32), (size, size))
    return np.asarray(depth * cv2.GaussianBlur(thrown, (0, 0), soft), np.float32)


def damaged(picture: Floats, chance: Chance) -> Bytes:
    """The picture as a camera would file it: white balance, exposure, blur, noise, JPEG."""
    if chance.random() < 0.5:
        picture = picture * chance.normal(1, 0.07, 3).astype(np.float32)
    if chance.random() < 0.5:
        picture = picture.clip(0, 1) ** np.float32(np.exp(chance.normal(0, 0.25)))
    if chance.random() < 0.4:
        picture = picture * slope(chance, len(picture), 0.35)
    if chance.random() < 0.3:
        picture = np.asarray(cv2.GaussianBlur(picture, (0, 0), float(chance.uniform(0.3, 1.3))), np.float32)
    if chance.random() < 0.5:
        picture = picture + chance.normal(0, chance.uniform(0.002, 0.05), picture.shape).astype(np.float32)
    if chance.random() < 0.03:
        picture = np.repeat(picture.mean(2, keepdims=True), 3, 2)
    filed = (picture.clip(0, 1) * 255 + 0.5).astype(np.uint8)
    if chance.random() < 0.6:
        quality = [cv2.IMWRITE_JPEG_QUALITY, int(chance.integers(40, 96))]
        again = cv2.imdecode(cv2.imencode(".jpg", filed, quality)[1], cv2.IMREAD_COLOR)
        assert again is not None
        filed = np.asarray(again, np.uint8)
    return np.ascontiguousarray(filed)
