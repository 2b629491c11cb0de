#!/usr/bin/env python3
"""Makes the golden values in crates/imaging/tests/golden: every operation by code that is not ours.

make_golden.py DIRECTORY. Needs numpy and opencv-python-headless. OpenCV where it has the operation, numpy by
the definition in the docs where it has not. Local contrast differs from OpenCV's CLAHE by design (bins of the
logarithm, clip limit against the mean of the bins, excess spread once), so its definition is written out here.
Raw files are little endian; tolerances stand in crates/imaging/tests/golden.rs.
"""

import json
import pathlib
import sys

import cv2
import numpy as np

WIDTH, HEIGHT = 240, 160
AIR = 60000.0


def scene():
    """Air above a load of blocks, discs and a wedge, at two energies, with noise."""
    luck = np.random.Generator(np.random.PCG64(20261123))
    y, x = np.mgrid[0:HEIGHT, 0:WIDTH].astype(np.float64)
    inside = (y > 30) & (x > 12) & (x < 225)
    path = np.where(inside, 0.3 + 0.012 * (y - 30), 0.0)
    path += np.where(inside & ((x // 24 + y // 20) % 3 == 0), 0.9, 0.0)
    path += 2.5 * np.sqrt(np.clip(1 - ((x - 170) ** 2 + (y - 100) ** 2) / 900, 0, None))
    ratio = np.where(x < 80, 1.45, np.where(x < 160, 1.41, 1.34))
    planes = []
    for factor, photons in ((1.0, 40000.0), (ratio, 25000.0)):
        counted = luck.poisson(photons * np.exp(-path * factor)) / photons
        planes.append(np.clip(counted * AIR + 0.5, 0, 65535).astype(np.uint16))
    return planes


def tones():
    """Greys of some samples for some tones: window, transfer, gamma, negative."""
    values = np.unique(np.concatenate([np.arange(0, 65536, 331), [0, 1, 2, 65534, 65535]])).astype(np.float64)
    made = []
    for low, high, log, gamma, invert in [
        (0, 65535, False, 1.0, False),
        (1200, 31000, False, 1.0, False),
        (1200, 31000, False, 2.2, True),
        (8000, 9000, False, 0.5, False),
        (0, 60000, True, 1.0, False),
        (500, 45000, True, 1.8, True),
    ]:
        if log:
            floor = min(max(low, high / 512.0, 1.0), high - 1.0)
            share = np.log(np.maximum(values, 1.0) / floor) / np.log(high / floor)
        else:
            share = (values - low) / (high - low)
        share = np.clip(share, 0, 1) ** (1 / gamma)
        share = 1 - share if invert else share
        made.append(dict(low=low, high=high, log=log, gamma=gamma, invert=invert,
                         values=values.astype(int).tolist(), greys=(share * 255).round(4).tolist()))
    return made


def local_contrast(image, tiles=16, limit=3.0, bins=512, floor=24.0):
    """The definition in crates/imaging/src/enhance.rs, tile by tile and pixel by pixel."""
    height, width = image.shape
    side = max(-(-max(height, width) // tiles), 8)
    across, down = -(-width // side), -(-height // side)
    scaled = np.log(np.maximum(image.astype(np.float32), np.float32(floor)) / np.float32(floor))
    bin_of = np.round(scaled / np.log(np.float32(65535 / floor)) * (bins - 1)).astype(int)
    curves = np.zeros((down, across, bins))
    for row in range(down):
        for column in range(across):
            tile = bin_of[row * side:(row + 1) * side, column * side:(column + 1) * side]
            counts = np.bincount(tile.ravel(), minlength=bins).astype(float)
            clip = limit * counts.sum() / bins
            spread = np.maximum(counts - clip, 0).sum() / bins
            curves[row, column] = np.minimum(np.cumsum(np.minimum(counts, clip) + spread) / counts.sum() * 65535, 65535)
    made = np.zeros(image.shape)
    for y in range(height):
        at_y = np.clip((y + 0.5) / side - 0.5, 0, down - 1)
        for x in range(width):
            at_x = np.clip((x + 0.5) / side - 0.5, 0, across - 1)
            top, left = int(at_y), int(at_x)
            bottom, right = min(top + 1, down - 1), min(left + 1, across - 1)
            fy, fx = at_y - top, at_x - left
            value = bin_of[y, x]
            made[y, x] = ((curves[top, left, value] * (1 - fx) + curves[top, right, value] * fx) * (1 - fy)
                          + (curves[bottom, left, value] * (1 - fx) + curves[bottom, right, value] * fx) * fy)
    return made.astype(np.uint16)


def ratios(high, low, reach=3, faint=0.05):
    """Mean attenuation at the low over that at the high energy in the square around each pixel."""
    def sums(plane):
        path = np.maximum(np.log(AIR / np.maximum(plane.astype(np.float64), 0.5)), 0)
        size = (2 * reach + 1, 2 * reach + 1)
        box = dict(ddepth=cv2.CV_64F, ksize=size, normalize=False, borderType=cv2.BORDER_CONSTANT)
        return cv2.boxFilter(path, **box), cv2.boxFilter(np.ones_like(path), **box)
    (above, count), (below, _) = sums(high), sums(low)
    return np.clip(below / np.maximum(above, faint * count), 1.2, 1.6).astype("<f4")


def main():
    target = pathlib.Path(sys.argv[1])
    target.mkdir(parents=True, exist_ok=True)
    high, low = scene()
    blur = np.array([1, 4, 6, 4, 1], np.float64) / 16
    blurred = cv2.sepFilter2D(high.astype(np.float64), cv2.CV_64F, blur, blur, borderType=cv2.BORDER_REPLICATE)
    sharp = np.clip(high + 1.5 * (high - blurred), 0, 65535).round()
    half = cv2.resize(high, (WIDTH // 2, HEIGHT // 2), interpolation=cv2.INTER_AREA)
    quarter = cv2.resize(high.astype(np.float32), (WIDTH // 4, HEIGHT // 4), interpolation=cv2.INTER_AREA).round()
    for name, plane in dict(high=high, low=low, median=cv2.medianBlur(high, 3), sharpened=sharp, half=half,
                            quarter=quarter, local_contrast=local_contrast(high)).items():
        plane.astype("<u2").tofile(target / f"{name}.u16")
    ratios(high, low).tofile(target / "ratios.f32")
    greys = np.arange(256, dtype=np.uint8)[None, :]
    maps = {name: cv2.applyColorMap(greys, getattr(cv2, f"COLORMAP_{name.upper()}"))[0, :, ::-1].tolist()
            for name in ("inferno", "viridis", "turbo")}
    (target / "colours.json").write_text(json.dumps(maps))
    (target / "tones.json").write_text(json.dumps(tones()))


main()
