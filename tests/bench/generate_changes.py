#!/usr/bin/env python3
"""Writes a large change LDIF for the domain that generate_export.py makes, the same bytes for the same numbers.

    tests/bench/generate_changes.py RECORDS USERS UNITS FILE

Of ten records four change an attribute of a user, three add a user to another unit's help desk, two give a unit a whole
descriptor with forty ACEs, and one makes a user. USERS and UNITS are those of the export.
"""

from __future__ import annotations

import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import generate_export as export  # noqa: E402


def unit_descriptor(number: int) -> str:
    """Forty ACEs: 39 read a property, the last lets a group that no other list names reset passwords."""
    aces = [export.ace((*export.DOMAIN, 3000 + index), 0x10, export.CI | export.IO, export.KEY_LINK, export.USER)
            for index in range(39)]
    aces.append(export.ace((*export.DOMAIN, 50_000 + number), export.CONTROL, export.CI | export.IO,
                           export.RESET_PASSWORD, export.USER))
    return export.descriptor(aces)


def modify(dn: str, operation: str, line: str) -> str:
    return f"dn: {dn}\nchangetype: modify\n{operation}: {line[:line.index(':')]}\n{line}-\n\n"


def unit_name(unit: int) -> str:
    """As the export nests them."""
    return f"OU=Unit{unit}," + (unit_name((unit - 1) // 10) if unit else export.ROOT)


def record(number: int, users: int, units: int) -> str:
    unit = number % units
    per_unit = max(1, users // units)
    user = f"CN=User{unit * per_unit + number // units % per_unit},{unit_name(unit)}"
    kind = number % 10
    if kind < 4:
        return modify(user, "replace", f"userAccountControl: {512 + 65536 * (number % 2)}\n")
    if kind < 7:
        neighbour = (unit + 1 + number // units) % units
        return modify(f"CN=HelpDesk{neighbour},{unit_name(neighbour)}", "add", f"member: {user}\n")
    if kind < 9:
        return modify(unit_name(unit), "replace", unit_descriptor(unit))
    return (f"dn: CN=New{number},{unit_name(unit)}\nchangetype: add\nobjectClass: top\n"
            f"objectClass: person\nobjectClass: organizationalPerson\nobjectClass: user\nsAMAccountName: new{number}\n\n")


def main() -> int:
    records, users, units = (int(text) for text in sys.argv[1:4])
    with open(sys.argv[4], "w", encoding="ascii") as file:
        for number in range(records):
            file.write(record(number, users, units))
    return 0


if __name__ == "__main__":
    sys.exit(main())
