#!/usr/bin/env python3
"""Writes the export of a large domain and a change for it, the same bytes for the same numbers.

    tests/bench/generate_export.py USERS UNITS DIRECTORY

DIRECTORY/export.ldf holds the domain: units four deep, each with a help desk of its own that may reset passwords there,
users with what they inherit from all of them, groups of a hundred. DIRECTORY/change.ldf grants a connector account the
right to write msDS-KeyCredentialLink of every user.
"""

from __future__ import annotations

import base64
import pathlib
import struct
import sys
import uuid

ROOT = "DC=contoso,DC=com"
DOMAIN = (5, 21, 1111111111, 2222222222, 3333333333)
USER = "bf967aba-0de6-11d0-a285-00aa003049e2"
COMPUTER = "bf967a86-0de6-11d0-a285-00aa003049e2"
RESET_PASSWORD = "00299570-246d-11d0-a768-00aa006e0529"
KEY_LINK = "5b47d60f-6090-40b2-9f37-2a4de88f3063"
PROPERTY_SETS = ["4c164200-20c0-11d0-a768-00aa006e0529", "5f202010-79a5-11d0-9020-00c04fc2d4cf",
                 "bc0ac240-79a9-11d0-9020-00c04fc2d4cf", "59ba2f42-79a2-11d0-9020-00c04fc2d3cf",
                 "037088f8-0ae1-11d2-b422-00a0c968f939", "77b5b886-944a-11d1-aebd-0000f80367c1"]
FULL, READ, PROPERTY, CONTROL = 0xF01FF, 0x20094, 0x30, 0x100
CI, IO, ID = 0x02, 0x08, 0x10
SYSTEM, AUTHENTICATED, SELF, PRE_2000 = (5, 18), (5, 11), (5, 10), (5, 32, 554)
DOMAIN_ADMINS = (*DOMAIN, 512)
FIRST_GROUP, FIRST_USER = 2000, 100_000


def sid(parts: tuple[int, ...]) -> bytes:
    authority, *rest = parts
    return bytes([1, len(rest)]) + authority.to_bytes(6, "big") + struct.pack(f"<{len(rest)}I", *rest)


def ace(trustee: tuple[int, ...], mask: int, flags: int = 0, subject: str = "", inherited: str = "") -> bytes:
    guids = [uuid.UUID(text).bytes_le for text in (subject, inherited) if text]
    present = (1 if subject else 0) | (2 if inherited else 0)
    body = struct.pack("<I", mask) + (struct.pack("<I", present) + b"".join(guids) if present else b"") + sid(trustee)
    return struct.pack("<BBH", 5 if present else 0, flags, 4 + len(body)) + body


def inherited_by_user(value: bytes) -> bytes:
    """As users inherit an ACE for users, or for every class, in this export."""
    return value[:1] + bytes([CI | ID]) + value[2:]


def inherited_by_unit(value: bytes) -> bytes:
    is_for_a_class = value[0] == 5 and struct.unpack_from("<I", value, 8)[0] & 2
    return value[:1] + bytes([CI | ID | (IO if is_for_a_class else 0)]) + value[2:]


def descriptor(aces: list[bytes]) -> str:
    dacl = b"".join(aces)
    dacl = struct.pack("<BBHHH", 4, 0, 8 + len(dacl), len(aces), 0) + dacl
    owner = sid(DOMAIN_ADMINS)
    header = struct.pack("<BBHIIII", 1, 0, 0x8C04, 20 + len(dacl), 20 + len(dacl) + len(owner), 0, 20)
    return "nTSecurityDescriptor:: " + base64.b64encode(header + dacl + owner + owner).decode() + "\n"


def binary(name: str, value: bytes) -> str:
    return f"{name}:: {base64.b64encode(value).decode()}\n"


def entry(dn: str, classes: str, *lines: str) -> str:
    return f"dn: {dn}\n" + "".join(f"objectClass: {name}\n" for name in classes.split()) + "".join(lines) + "\n"


def account(dn: str, classes: str, identifier: int, *lines: str) -> str:
    name = dn[3:dn.index(",")]
    return entry(dn, classes, binary("objectSid", sid((*DOMAIN, identifier))), f"sAMAccountName: {name}\n", *lines)


def root_aces() -> list[bytes]:
    made = [ace(PRE_2000, 0x10, CI | IO, subject, USER) for subject in PROPERTY_SETS]
    made += [ace(PRE_2000, READ, CI | IO, "", USER), ace(SELF, 0x130, CI, "91e647de-d96f-4b70-9557-d63ff4f3ccd8"),
             ace((*DOMAIN, 519), FULL, CI), ace(PRE_2000, 0x4, CI), ace((5, 32, 544), 0xF01BD, CI)]
    return made


def user_aces() -> list[bytes]:
    made = [ace(DOMAIN_ADMINS, FULL), ace((5, 32, 548), FULL), ace(SYSTEM, FULL), ace(SELF, READ), ace(AUTHENTICATED, 0x20000)]
    made += [ace(AUTHENTICATED, 0x10, 0, subject) for subject in PROPERTY_SETS]
    made += [ace(SELF, PROPERTY, 0, subject) for subject in PROPERTY_SETS[-2:]]
    made += [ace((1, 0), CONTROL, 0, "ab721a53-1e2f-11d0-9819-00aa0040529b"), ace(SELF, CONTROL, 0, RESET_PASSWORD)]
    return made


def main(users: int, units: int, directory: pathlib.Path) -> None:
    directory.mkdir(parents=True, exist_ok=True)
    own_root = root_aces()
    group = f"CN=KeyCredential Admins,CN=Users,{ROOT}"
    connector = f"CN=MSOL_4f2c9a1b7d3e,CN=Users,{ROOT}"
    with open(directory / "export.ldf", "w", encoding="ascii") as out:
        out.write(entry(ROOT, "top domain domainDNS", "instanceType: 5\n", binary("objectSid", sid(DOMAIN)),
                        descriptor(own_root)))
        from_root = [inherited_by_unit(value) for value in own_root]
        out.write(entry(f"CN=Users,{ROOT}", "top container", descriptor(from_root)))
        for number, (dn, identifier) in enumerate(((f"CN=Domain Users,CN=Users,{ROOT}", 513), (group, 1999))):
            out.write(account(dn, "top group", identifier, descriptor(user_aces()[:4] + from_root)))
        user_from_root = [inherited_by_user(value) for value in own_root]
        out.write(account(connector, "top person organizationalPerson user", 1998, "primaryGroupID: 513\n",
                          descriptor(user_aces() + user_from_root)))
        names: list[str] = []
        above: list[list[bytes]] = []
        per_unit = max(1, users // units)
        for unit in range(units):
            parent = (unit - 1) // 10 if unit else None  # ten children each: four levels for two thousand
            dn = f"OU=Unit{unit}," + (names[parent] if parent is not None else ROOT)
            aces = own_root if parent is None else above[parent]
            help_desk = ace((*DOMAIN, FIRST_GROUP + unit), CONTROL, CI | IO, RESET_PASSWORD, USER)
            names.append(dn)
            above.append([help_desk] + aces)
            out.write(entry(dn, "top organizationalUnit", descriptor([help_desk] + [inherited_by_unit(a) for a in aces])))
            text = descriptor(user_aces() + [inherited_by_user(value) for value in above[-1]])
            for place in range(per_unit):
                number = unit * per_unit + place
                out.write(account(f"CN=User{number},{dn}", "top person organizationalPerson user", FIRST_USER + number,
                                  "primaryGroupID: 513\nuserAccountControl: 512\n", text))
            members = "".join(f"member: CN=User{unit * per_unit + place},{dn}\n" for place in range(per_unit))
            out.write(account(f"CN=HelpDesk{unit},{dn}", "top group", FIRST_GROUP + unit, members,
                              descriptor(user_aces()[:4] + [inherited_by_unit(value) for value in above[-1]])))
    grant = ace((*DOMAIN, 1999), PROPERTY, CI | IO, KEY_LINK, USER)
    (directory / "change.ldf").write_text(
        f"dn: {ROOT}\nchangetype: modify\nreplace: nTSecurityDescriptor\n{descriptor([grant] + own_root)}-\n\n"
        f"dn: {group}\nchangetype: modify\nadd: member\nmember: {connector}\n-\n\n")


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), pathlib.Path(sys.argv[3]))
