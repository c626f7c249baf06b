"""Keys of Windows Hello for Business in the tests' own words."""

from __future__ import annotations

import hashlib
import struct


def key_credential(owner: str) -> bytes:
    """A value of msDS-KeyCredentialLink: version 2.00, a 2,048 bit public key of invented bytes."""
    material = b"RSA1" + struct.pack("<IIIII", 2048, 3, 256, 0, 0) + b"\1\0\1" + bytes(range(256))
    properties = b"".join(struct.pack("<HB", len(value), kind) + value
                          for kind, value in ((3, material), (4, b"\1"), (5, b"\0")))
    identity = struct.pack("<HB", 32, 1) + hashlib.sha256(material).digest()
    checked = struct.pack("<HB", 32, 2) + hashlib.sha256(properties).digest()
    blob = (struct.pack("<I", 0x200) + identity + checked + properties).hex().upper()
    return f"B:{len(blob)}:{blob}:{owner}".encode()
