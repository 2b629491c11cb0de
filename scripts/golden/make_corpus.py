#!/usr/bin/env python3
"""Makes the small files in crates/imaging/tests/corpus, with encoders that are not ours.

make_corpus.py DIRECTORY. Needs numpy, opencv-python-headless (libtiff, libpng, libjpeg) and pydicom. The fuzzers
start from these files, and every test run replays them whole and cut at every length.
"""

import pathlib
import sys

import cv2
import numpy as np
import pydicom
from pydicom.dataset import FileDataset, FileMetaDataset
from pydicom.uid import DeflatedExplicitVRLittleEndian, ExplicitVRLittleEndian, ImplicitVRLittleEndian, RLELossless


def dicom(path, pixels, syntax):
    meta = FileMetaDataset()
    meta.TransferSyntaxUID = ExplicitVRLittleEndian if syntax == RLELossless else syntax
    meta.MediaStorageSOPClassUID = "1.2.840.10008.5.1.4.1.1.501.2.1"
    meta.MediaStorageSOPInstanceUID = "1.2.3.4"
    data = FileDataset(None, {}, file_meta=meta, preamble=b"\0" * 128)
    data.SOPClassUID, data.SOPInstanceUID = meta.MediaStorageSOPClassUID, "1.2.3.4"
    data.Manufacturer, data.Modality, data.PixelSpacing = "Maker", "DX", [4, 4]
    data.SamplesPerPixel, data.PhotometricInterpretation = 1, "MONOCHROME2"
    data.Rows, data.Columns = pixels.shape
    data.BitsAllocated = data.BitsStored = 16
    data.HighBit, data.PixelRepresentation = 15, 0
    data.PixelData = pixels.tobytes()
    data["PixelData"].VR = "OW"
    if syntax == RLELossless:
        data.compress(RLELossless, generate_instance_uid=False)
    data.save_as(path, enforce_file_format=True)


def main():
    root = pathlib.Path(sys.argv[1])
    folders = {name: root / name for name in ("tiff", "png", "jpeg", "dicom", "raw")}
    for folder in folders.values():
        folder.mkdir(parents=True, exist_ok=True)
    y, x = np.mgrid[0:9, 0:14]
    deep = (x * 4000 + y * 700 + (x * y) % 7 * 90).astype(np.uint16)
    flat = (deep >> 8).astype(np.uint8)
    colour = np.dstack([flat, flat[::-1], 255 - flat])
    for name, method in dict(none=1, lzw=5, deflate=8, packbits=32773).items():
        cv2.imwrite(str(folders["tiff"] / f"{name}.tif"), deep, [cv2.IMWRITE_TIFF_COMPRESSION, method])
    cv2.imwritemulti(str(folders["tiff"] / "two.tif"), [deep, deep // 2])
    cv2.imwrite(str(folders["tiff"] / "grey8.tif"), flat)
    cv2.imwrite(str(folders["tiff"] / "colour.tif"), colour)
    cv2.imwrite(str(folders["png"] / "grey16.png"), deep)
    cv2.imwrite(str(folders["png"] / "colour.png"), colour)
    cv2.imwrite(str(folders["jpeg"] / "colour.jpg"), colour)
    progressive = [cv2.IMWRITE_JPEG_PROGRESSIVE, 1, cv2.IMWRITE_JPEG_RST_INTERVAL, 1]
    cv2.imwrite(str(folders["jpeg"] / "progressive.jpg"), flat, progressive)
    for name, syntax in dict(explicit=ExplicitVRLittleEndian, implicit=ImplicitVRLittleEndian,
                             deflated=DeflatedExplicitVRLittleEndian, rle=RLELossless).items():
        dicom(folders["dicom"] / f"{name}.dcm", deep, syntax)
    about = b'{"width": 14, "height": 9, "bits": 16, "pitch_mm": 4.0, "unit": "MSKU 907032-3"}\n'
    (folders["raw"] / "single.raw").write_bytes(about + deep.tobytes())
    about = b'{"width": 14, "height": 9, "bits": 8, "planes": ["low", "high"], "layout": "rows"}\n'
    (folders["raw"] / "two.raw").write_bytes(about + np.hstack([flat, flat]).tobytes())


main()
