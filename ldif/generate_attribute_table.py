#!/usr/bin/python3
"""Writes attribute_table.hpp: its present rows, with what a schema says about single values, names and links set right, and a
row for every other attribute of that schema about which there is something to say.

    ldbsearch -H sam.ldb -b CN=Schema,CN=Configuration,... '(objectClass=attributeSchema)' >schema.ldf
    ldif/generate_attribute_table.py schema.ldf

What no schema object says stays as it is in the table: system (Active Directory refuses to have it written), replication
(it changes without a change), and the attributes of other servers.
"""

import pathlib
import re
import sys

TABLE = pathlib.Path(__file__).with_name("attribute_table.hpp")
NAMES = ("2.5.5.1", "2.5.5.7", "2.5.5.14")
ORDER = ("single", "name", "forward", "back", "system", "constructed", "replication")
OPERATIONAL = ("createtimestamp", "modifytimestamp", "structuralobjectclass", "subschemasubentry")  # of RFC 4512


def flags_of(text: str) -> dict[str, set[str]]:
    found = {}
    for entry in text.split("\n\n"):
        values = {name.lower(): value for name, value in re.findall(r"(?m)^(\w+): (.*)$", entry)}
        if "ldapdisplayname" not in values:
            continue
        link, system = int(values.get("linkid", "-1")), int(values.get("systemflags", "0"))
        is_back = link >= 0 and link % 2 == 1
        facts = {
            "single": values["issinglevalued"] == "TRUE",
            "name": values["attributesyntax"] in NAMES,
            "forward": link >= 0 and not is_back,
            "back": is_back,
            "constructed": bool(system & 4) and not is_back,
            "replication": bool(system & 1) and not bool(system & 4) and not is_back,
        }
        found[values["ldapdisplayname"].lower()] = {flag for flag, holds in facts.items() if holds}
    return found


def main() -> None:
    text = TABLE.read_text(encoding="ascii")
    rows = {name: set(flags.split(" | ")) for name, flags in re.findall(r'(?m)^    \{"([^"]+)", ([^}]*)\},$', text)}
    for name, flags in flags_of(pathlib.Path(sys.argv[1]).read_text(encoding="utf-8")).items():
        kept = rows.get(name, set()) & {"system", "constructed", "replication"}
        if name not in OPERATIONAL and (flags or name in rows):
            rows[name] = flags | kept
    lines = [f'    {{"{name}", {" | ".join(sorted(flags, key=ORDER.index)) or "0"}}},' for name, flags in sorted(rows.items())]
    head, tail = text.split("    // clang-format off\n")[0], text.split("    // clang-format on\n")[1]
    TABLE.write_text(f"{head}    // clang-format off\n" + "\n".join(lines) + f"\n    // clang-format on\n{tail}", encoding="ascii")


main()
