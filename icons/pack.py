"""Packs the PNG files of this folder into outpost.ico and outpost.icns, which hold them as they are."""

import pathlib
import struct

HERE = pathlib.Path(__file__).parent


def png(size):
    return (HERE / f"outpost-{size}.png").read_bytes()


def ico(sizes):
    """Windows: a directory of 16 bytes a picture, then the pictures. 256 is written as 0."""
    head, body = struct.pack("<HHH", 0, 1, len(sizes)), b""
    at = len(head) + 16 * len(sizes)
    for size in sizes:
        data = png(size)
        head += struct.pack("<BBBBHHII", size % 256, size % 256, 0, 0, 1, 32, len(data), at + len(body))
        body += data
    return head + body


def icns(kinds):
    """macOS: each picture behind its four letters and its length."""
    body = b"".join(kind + struct.pack(">I", 8 + len(png(size))) + png(size) for kind, size in kinds)
    return b"icns" + struct.pack(">I", 8 + len(body)) + body


(HERE / "outpost.ico").write_bytes(ico([32, 128, 256]))
(HERE / "outpost.icns").write_bytes(icns([(b"ic07", 128), (b"ic08", 256), (b"ic09", 512)]))
