"""Colour profiles (ICC version 2, a matrix and one gamma) of what phones and cameras write."""

import struct

SPACES = {  # red, green and blue as XYZ under D50, and the gamma
    "Display P3": ((0.51512, 0.24120, -0.00105), (0.29198, 0.69225, 0.04189), (0.15710, 0.06657, 0.78407), 2.2),
    "Adobe RGB": ((0.60974, 0.31111, 0.01947), (0.20528, 0.62567, 0.06087), (0.14919, 0.06322, 0.74457), 2.19921875),
}
D50 = (0.9642, 1.0, 0.8249)


def profile(name):
    *colours, gamma = SPACES[name]
    tags = {b"desc": _text(name), b"cprt": b"text\0\0\0\0nobody\0\0", b"wtpt": _xyz(D50)}
    tags |= {tag: _xyz(colour) for tag, colour in zip((b"rXYZ", b"gXYZ", b"bXYZ"), colours, strict=True)}
    tags |= dict.fromkeys((b"rTRC", b"gTRC", b"bTRC"), struct.pack(">4s4xIH2x", b"curv", 1, round(gamma * 256)))
    table, body, at = struct.pack(">I", len(tags)), b"", 128 + 4 + 12 * len(tags)
    for tag, value in tags.items():
        table += struct.pack(">4sII", tag, at + len(body), len(value))
        body += value
    head = struct.pack(">I4x4s4s4s4s", at + len(body), b"\x02\x10\0\0", b"mntr", b"RGB ", b"XYZ ")
    return (head + bytes(12) + b"acsp" + bytes(28) + _xyz(D50)[8:]).ljust(128, b"\0") + table + body


def _xyz(values):
    return struct.pack(">4s4x3i", b"XYZ ", *(round(value * 65536) for value in values))


def _text(name):
    text = name.encode() + b"\0"
    return (struct.pack(">4s4xI", b"desc", len(text)) + text).ljust(116, b"\0")
