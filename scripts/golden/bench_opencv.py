#!/usr/bin/env python3
"""OpenCV's half of scripts/bench-imaging.

bench_opencv.py make FOLDER            writes the TIFF files both sides read
bench_opencv.py run FOLDER THREADS     measures OpenCV, medians in milliseconds, into FOLDER/opencv-THREADS.json
bench_opencv.py table FOLDER CRITERION prints both as ratios
"""

import hashlib
import json
import pathlib
import statistics
import sys
import time

import cv2
import numpy as np

WIDTH, HEIGHT = 6000, 2400
FILES = {"none": (1, 1), "LZW": (5, 2), "deflate": (8, 2)}


def scan():
    """Bright air, shadows with edges, detector noise."""
    y, x = np.mgrid[0:HEIGHT, 0:WIDTH]
    noise = np.random.Generator(np.random.PCG64(1)).integers(0, 128, (HEIGHT, WIDTH))
    inside = (x >= 300) & (x < 5700) & (y >= 500) & (y < 2000)
    plane = np.where(inside, 8000 + x // 40 % 9 * 1500 + y // 60 % 5 * 2000, 60000)
    return (plane + noise).astype(np.uint16)


def make(folder):
    plane = scan()
    for name, (method, predictor) in FILES.items():
        path = folder / f"{name}.tif"
        if not path.exists():
            cv2.imwrite(str(path), plane, [cv2.IMWRITE_TIFF_COMPRESSION, method, cv2.IMWRITE_TIFF_PREDICTOR,
                                           predictor, cv2.IMWRITE_TIFF_ROWSPERSTRIP, 16])


def median_ms(work, times=15):
    work()
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        taken.append((time.perf_counter() - start) * 1000)
    return statistics.median(taken)


def run(folder, threads):
    cv2.setNumThreads(threads)
    plane = scan()
    copy = np.empty_like(plane)
    table = cv2.applyColorMap(np.arange(256, dtype=np.uint8)[None, :], cv2.COLORMAP_INFERNO)[0]
    clahe = cv2.createCLAHE(3.0, (8, 8))

    def decode(name):
        path = folder / f"{name}.tif"
        hashlib.sha256(path.read_bytes()).digest()
        return cv2.imread(str(path), cv2.IMREAD_UNCHANGED)

    def view():
        small = cv2.resize(plane, (1920, 768), interpolation=cv2.INTER_LINEAR)
        grey = cv2.convertScaleAbs(small, alpha=255 / 60000)
        return cv2.applyColorMap(grey, table[None, :].reshape(256, 1, 3))

    made = {f"decode {name}": median_ms(lambda name=name: decode(name)) for name in FILES}
    made["view"] = median_ms(view)
    made["local contrast"] = median_ms(lambda: clahe.apply(plane))
    made["copy of the plane"] = median_ms(lambda: np.copyto(copy, plane))
    (folder / f"opencv-{threads}.json").write_text(json.dumps(made))


def table(folder, criterion):
    def ours(name):
        path = criterion / f"peer {name}" / "new" / "estimates.json"
        return json.loads(path.read_text())["median"]["point_estimate"] / 1e6
    one, two = (json.loads((folder / f"opencv-{threads}.json").read_text()) for threads in (1, 2))
    print(f"{'6000 x 2400, 16 bit; medians, ms':38}{'ours':>9}{'OpenCV 1':>10}{'OpenCV 2':>10}{'ratio':>8}{'bar':>7}")
    for name, bar in [("decode none", 1.0), ("decode LZW", 1.0), ("decode deflate", 1.0), ("view", 0.5),
                      ("local contrast", 1.0)]:
        mine = ours(name)
        print(f"{name:38}{mine:9.1f}{one[name]:10.1f}{two[name]:10.1f}{mine / two[name]:8.2f}{bar:7.1f}")
    print(f"{'material resampling, once for a view':38}{ours('material resampling'):9.1f}")
    mine, copy = ours("material colours"), ours("copy of input and output")
    print(f"{'material colours against a plain copy':38}{mine:9.1f}{copy:10.1f}{'':10}{mine / copy:8.2f}{1.5:7.1f}")


if __name__ == "__main__":
    command, folder = sys.argv[1], pathlib.Path(sys.argv[2])
    if command == "make":
        make(folder)
    elif command == "run":
        run(folder, int(sys.argv[3]))
    else:
        table(folder, pathlib.Path(sys.argv[3]))
