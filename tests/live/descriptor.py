"""Self-relative security descriptors in the tests' own words: taken apart only as far as two can be compared."""

from __future__ import annotations

import dataclasses
import struct


@dataclasses.dataclass
class Descriptor:
    control: int
    owner: bytes
    group: bytes
    sacl: list[bytes] | None
    dacl: list[bytes] | None


def parse(value: bytes) -> Descriptor:
    _, _, control, owner, group, sacl, dacl = struct.unpack_from("<BBHIIII", value)
    return Descriptor(control, sid_at(value, owner), sid_at(value, group), acl_at(value, sacl), acl_at(value, dacl))


def sid_at(value: bytes, at: int) -> bytes:
    return value[at:at + 8 + 4 * value[at + 1]] if at else b""


def acl_at(value: bytes, at: int) -> list[bytes] | None:
    if not at:
        return None
    (count,) = struct.unpack_from("<H", value, at + 4)
    aces, at = [], at + 8
    for _ in range(count):
        (size,) = struct.unpack_from("<H", value, at + 2)
        aces.append(value[at:at + size])
        at += size
    return aces


def sid_bytes(text: str) -> bytes:
    _, _, authority, *parts = text.split("-")
    return bytes([1, len(parts)]) + int(authority).to_bytes(6, "big") + struct.pack(f"<{len(parts)}I", *map(int, parts))
