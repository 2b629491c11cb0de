#!/usr/bin/env python3
"""Dumps the pixels that pydicom finds in its own bundled test files, for crates/imaging/tests/real_files.rs.

dicom_pixels.py DIRECTORY: writes index.json and, for each file that is grey with at most 16 bits, NAME.u16:
what docs/formats.md says must be shown (first frame, transmission, spread over 0 to 65535), little endian.
Needs pydicom and numpy; whatever pydicom itself cannot unpack without further packages is listed without pixels.
"""

import json
import pathlib
import sys

import numpy
import pydicom
from pydicom.pixels import pixel_array


def shown(data):
    """The first frame as transmission of 16 bits, or the reason why it is not grey."""
    if "PixelData" not in data:
        return None, "no pixels"
    if data.get("SamplesPerPixel", 1) != 1 or not data.PhotometricInterpretation.startswith("MONOCHROME"):
        return None, "not grey"
    if data.BitsAllocated not in (8, 16):
        return None, f"{data.BitsAllocated} bits"
    frames = int(data.get("NumberOfFrames", 1) or 1)
    values = pixel_array(data, raw=True, index=0) if frames > 1 else pixel_array(data, raw=True)
    values = values.astype(numpy.int64)
    most = (1 << data.BitsStored) - 1
    if data.PixelRepresentation:
        # Bits above the stored ones are not defined; the sign is that of the stored ones.
        values = (values & most) ^ (1 << (data.BitsStored - 1))
    values = ((values & most) * 65535 + most // 2) // most
    sign = data.get("PixelIntensityRelationshipSign")
    attenuation = sign == -1 if sign else data.PhotometricInterpretation == "MONOCHROME1"
    return (65535 - values if attenuation else values).astype("<u2"), None


def main():
    target = pathlib.Path(sys.argv[1])
    target.mkdir(parents=True, exist_ok=True)
    source = pathlib.Path(pydicom.__file__).parent / "data" / "test_files"
    index = []
    for path in sorted(source.glob("*.dcm")):
        entry = {"file": str(path), "pixels": None, "why": None}
        try:
            pixels, entry["why"] = shown(pydicom.dcmread(path, force=True))
        except Exception as error:  # whatever a peer stumbles over is its own word, kept as such
            pixels, entry["why"] = None, f"{type(error).__name__}: {error}"
        if pixels is not None:
            entry["pixels"] = path.stem + ".u16"
            entry["size"] = [int(pixels.shape[1]), int(pixels.shape[0])]
            pixels.tofile(target / entry["pixels"])
        index.append(entry)
    (target / "index.json").write_text(json.dumps(index, indent=1))
    print(f"{len(index)} files, {sum(1 for entry in index if entry['pixels'])} with grey pixels")


main()
