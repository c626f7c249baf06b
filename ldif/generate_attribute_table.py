#!/usr/bin/python3
"""Writes changes/attribute_table.hpp and changes/class_table.hpp: the present rows of the first, with what a schema says about
identifiers, syntaxes, single values, names and links set right, and a row for every other attribute of that schema; of the second
all classes with the attribute that names their objects, what they are derived from and what may hold them.

    ldbsearch -H sam.ldb -b CN=Schema,CN=Configuration,... '(objectClass=*)' >schema.ldf
    ldif/generate_attribute_table.py schema.ldf

What no schema object says stays as it is in the table: system (Active Directory refuses to have it written), replication
(it changes without a change), and the attributes of other servers.
"""

import pathlib
import re
import sys

TABLE = pathlib.Path(__file__).parent / "changes" / "attribute_table.hpp"
CLASSES = TABLE.with_name("class_table.hpp")
NAMES = ("2.5.5.1", "2.5.5.7", "2.5.5.14")
SYNTAXES = {
    "2.5.5.1": "name_value", "2.5.5.2": "identifier", "2.5.5.4": "text", "2.5.5.5": "text", "2.5.5.6": "numeric_text",
    "2.5.5.7": "name_with_data", "2.5.5.8": "boolean", "2.5.5.9": "integer", "2.5.5.10": "octets", "2.5.5.11": "time",
    "2.5.5.12": "text", "2.5.5.13": "text", "2.5.5.14": "name_with_data", "2.5.5.15": "descriptor",
    "2.5.5.16": "large_integer", "2.5.5.17": "sid",
}
ORDER = ("single", "name", "forward", "back", "system", "constructed", "replication")
OPERATIONAL = ("createtimestamp", "modifytimestamp", "structuralobjectclass", "subschemasubentry")  # of RFC 4512


def objects(text: str):
    for entry in text.replace("\n ", "").split("\n\n"):
        values = {}
        for name, value in re.findall(r"(?m)^(\w+): (.*)$", entry):
            values.setdefault(name.lower(), value.strip())
        if "ldapdisplayname" in values:
            yield values


def attributes_of(text: str) -> dict[str, tuple[str, str, str, set[str]]]:
    found = {}
    for values in objects(text):
        if "attributesyntax" not in values:
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
        name = values["ldapdisplayname"]
        flags = {flag for flag, holds in facts.items() if holds}
        found[name.lower()] = (name, values["attributeid"], SYNTAXES[values["attributesyntax"]], flags)
    return found


KINDS = ("type_88", "structural", "abstract", "auxiliary")
# Of a schema later than the one that the tables are made of.
MORE_CLASSES = {"msds-delegatedmanagedserviceaccount": '    {"msDS-DelegatedManagedServiceAccount", "cn", kind::structural, '
                                                       '"computer", "computer container domainDNS organizationalUnit"},'}


def superiors(text: str) -> dict[str, str]:
    """What may hold objects of a class, by its name in lower case."""
    found = {}
    for entry in text.replace("\n ", "").split("\n\n"):
        name = re.search(r"(?m)^lDAPDisplayName: (.*)$", entry)
        if name and re.search(r"(?m)^governsID:", entry):
            lists = re.findall(r"(?m)^(?:possSuperiors|systemPossSuperiors): (.*)$", entry)
            found[name[1].strip().lower()] = " ".join(sorted({it.strip() for it in lists}))
    return found


def class_row(values: dict[str, str], held_by: str) -> str:
    category = KINDS[int(values.get("objectclasscategory", "0"))]
    return (f'    {{"{values["ldapdisplayname"]}", "{naming_attribute(values)}", kind::{category}, '
            f'"{values["subclassof"]}", "{held_by}"}},')


def naming_attribute(values: dict[str, str]) -> str:
    is_auxiliary = values.get("objectclasscategory") == "3"  # names no object
    return "" if is_auxiliary else values.get("rdnattid", "cn")


def write(path: pathlib.Path, lines: list[str]) -> None:
    text = path.read_text(encoding="ascii")
    head, tail = text.split("    // clang-format off\n")[0], text.split("    // clang-format on\n")[1]
    path.write_text(f"{head}    // clang-format off\n" + "\n".join(lines) + f"\n    // clang-format on\n{tail}", encoding="ascii")


def main() -> None:
    schema = pathlib.Path(sys.argv[1]).read_text(encoding="utf-8", errors="replace")
    rows = {}
    for spelled, oid, syntax, flags in re.findall(r'(?m)^    \{"([^"]+)", "([^"]*)", syntax::(\w+), ([^}]*)\},$',
                                                  TABLE.read_text(encoding="ascii")):
        rows[spelled.lower()] = (spelled, oid, syntax, set(flags.split(" | ")) - {"0"})
    for name, (spelled, oid, syntax, flags) in attributes_of(schema).items():
        kept = rows[name][3] & {"system", "constructed", "replication"} if name in rows else set()
        if name in OPERATIONAL:
            flags = rows[name][3]
        rows[name] = (spelled, oid, syntax, flags | kept)
    write(TABLE, [f'    {{"{spelled}", "{oid}", syntax::{syntax}, '
                  f'{" | ".join(sorted(flags, key=ORDER.index)) or "0"}}},'
                  for _, (spelled, oid, syntax, flags) in sorted(rows.items())])
    held_by = superiors(schema)
    classes = MORE_CLASSES | {values["ldapdisplayname"].lower(): class_row(values, held_by[values["ldapdisplayname"].lower()])
                              for values in objects(schema) if "governsid" in values}
    write(CLASSES, [row for _, row in sorted(classes.items())])


main()
