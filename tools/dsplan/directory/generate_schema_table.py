#!/usr/bin/env python3
"""Writes schema_table.cpp: names, GUIDs and relations of Active Directory's schema, from a directory's own export.

    ldapsearch -o ldif-wrap=no -LLL -b CN=Schema,CN=Configuration,DC=… '(objectClass=*)' > schema.ldf
    ldapsearch -o ldif-wrap=no -LLL -b CN=Extended-Rights,CN=Configuration,DC=… '(objectClass=*)' > rights.ldf
    generate_schema_table.py schema.ldf rights.ldf > schema_table.cpp
"""

import base64
import collections
import sys
import uuid

CONSTRUCTED = 0x4  # systemFlags, [MS-ADTS] 2.2.10
CONFIDENTIAL = 0x80  # searchFlags, [MS-ADTS] 2.2.9

# Names that Windows shows where the export of another server shows its own, and what such an export may lack.
DISPLAY_NAMES = {
    "User-Force-Change-Password": "Reset Password",
    "User-Change-Password": "Change Password",
    "DS-Replication-Get-Changes": "Replicating Directory Changes",
    "DS-Replication-Get-Changes-All": "Replicating Directory Changes All",
    "DS-Replication-Get-Changes-In-Filtered-Set": "Replicating Directory Changes In Filtered Set",
    "DS-Replication-Manage-Topology": "Manage Replication Topology",
    "DS-Replication-Synchronize": "Replication Synchronization",
    "Generate-RSoP-Logging": "Generate Resultant Set of Policy (Logging)",
    "Generate-RSoP-Planning": "Generate Resultant Set of Policy (Planning)",
    "Certificate-Enrollment": "Enroll",
    "Certificate-AutoEnrollment": "AutoEnrollment",
    "Validated-DNS-Host-Name": "Validated write to DNS host name",
    "Validated-SPN": "Validated write to service principal name",
    "Self-Membership": "Add/Remove self as member",
    "Allowed-To-Authenticate": "Allowed to Authenticate",
}
# System-only by its schema object, and written by clients all the same: resource-based constrained delegation.
WRITABLE = ["msDS-AllowedToActOnBehalfOfOtherIdentity"]
COMPUTER = "bf967a86-0de6-11d0-a285-00aa003049e2"
MORE_RIGHTS = [{"cn": ["DS-Validated-Write-Computer"], "displayName": ["Validated write to computer attributes."],
                "rightsGuid": ["9b026da6-0d3c-465c-8bee-5199d7165cba"], "validAccesses": ["8"],
                "appliesTo": [COMPUTER]}]

HEAD = """// Made by generate_schema_table.py from the schema of a directory of Windows Server 2019's version (88), one
// row a line. [MS-ADA1], [MS-ADA2], [MS-ADA3], [MS-ADSC], [MS-ADTS] 5.1.3.2.1
#include <tools/dsplan/directory/schema_table.hpp>

// clang-format off
namespace dsplan::directory {
namespace {
"""


def read(path):
    for block in open(path, encoding="utf-8").read().replace("\n ", "").split("\n\n"):
        entry = collections.defaultdict(list)
        for line in block.splitlines():
            name, colon, value = line.partition(":")
            if not colon or line.startswith("#"):
                continue
            if value.startswith(":"):
                entry[name].append(base64.b64decode(value[1:]))
            else:
                entry[name].append(value.strip())
        if entry:
            yield entry


def guid(value):
    return str(uuid.UUID(bytes_le=value)) if isinstance(value, bytes) else value.lower()


def text(value):
    return '"' + (value.decode() if isinstance(value, bytes) else value).replace('"', '\\"') + '"'


def names(entry, *attributes):
    return text(" ".join(sorted({name for attribute in attributes for name in entry[attribute]})))


def number(entry, attribute):
    return int((entry[attribute] or ["0"])[0])


def is_true(entry, attribute):
    return entry[attribute] == ["TRUE"]


def attribute_row(entry):
    flags = [name for name, is_set in (("constructed", number(entry, "systemFlags") & CONSTRUCTED),
                                       ("confidential", number(entry, "searchFlags") & CONFIDENTIAL),
                                       ("system_only", is_true(entry, "systemOnly") and entry["lDAPDisplayName"][0] not in WRITABLE),
                                       ("back_link", number(entry, "linkID") % 2)) if is_set]
    security = guid(entry["attributeSecurityGUID"][0]) if entry["attributeSecurityGUID"] else ""
    return [text(entry["lDAPDisplayName"][0]), text(guid(entry["schemaIDGUID"][0])), text(security),
            " | ".join(flags) or "plain"]


def class_row(entry):
    return [text(entry["lDAPDisplayName"][0]), text(guid(entry["schemaIDGUID"][0])), entry["objectClassCategory"][0],
            str(is_true(entry, "systemOnly")).lower(), text(entry["subClassOf"][0]), names(entry, "auxiliaryClass", "systemAuxiliaryClass"),
            names(entry, "mustContain", "mayContain", "systemMustContain", "systemMayContain"),
            names(entry, "possSuperiors", "systemPossSuperiors"),
            text((entry["defaultSecurityDescriptor"] or [""])[0])]


def right_row(entry):
    applies = text(" ".join(sorted(guid(value) for value in entry["appliesTo"])))
    name = entry["cn"][0]
    return [text(name), text(DISPLAY_NAMES.get(name, entry["displayName"][0])), text(guid(entry["rightsGuid"][0])),
            hex(number(entry, "validAccesses")), applies]


def array(kind, name, rows):
    print(f"\nconstexpr {kind} {name}[] = {{")
    for row in sorted(rows, key=lambda row: row[0].lower()):
        print("    {" + ", ".join(row) + "},")
    print("};")


def main(schema, rights):
    entries = list(read(schema))
    print(HEAD, end="")
    array("attribute_row", "attributes", [attribute_row(e) for e in entries if "attributeSchema" in e["objectClass"]])
    array("class_row", "classes", [class_row(e) for e in entries if "classSchema" in e["objectClass"]])
    found = [e for e in read(rights) if "controlAccessRight" in e["objectClass"]]
    lacking = [e for e in MORE_RIGHTS if e["cn"] not in [other["cn"] for other in found]]
    array("right_row", "rights", [right_row(e) for e in found + lacking])
    print("\n} // namespace\n")
    for kind, name in (("attribute", "attributes"), ("class", "classes"), ("right", "rights")):
        print(f"std::span<{kind}_row const> {kind}_rows() {{\n    return {name};\n}}\n")
    print("} // namespace dsplan::directory")


main(*sys.argv[1:])
