#!/usr/bin/env python3
"""Writes schema_table.cpp: names, GUIDs and relations of Active Directory's schema, from a directory's own export.

    ldapsearch -o ldif-wrap=no -LLL -b CN=Schema,CN=Configuration,DC=… '(objectClass=*)' > schema.ldf
    ldapsearch -o ldif-wrap=no -LLL -b CN=Extended-Rights,CN=Configuration,DC=… '(objectClass=*)' > rights.ldf
    generate_schema_table.py schema.ldf rights.ldf > schema_table.cpp
"""

import base64
import collections
import re
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
    "DS-Install-Replica": "Add/Remove Replica In Domain",
    "DS-Replication-Monitor-Topology": "Monitor Active Directory Replication",
    "DS-Query-Self-Quota": "Query Self Quota",
    "SAM-Enumerate-Entire-Domain": "Enumerate Entire SAM Domain",
    "Open-Address-Book": "Open Address List",
    "Manage-Optional-Features": "Manage Optional Features for Active Directory",
    "Refresh-Group-Cache": "Refresh Group Cache for Logons",
    "Reload-SSL-Certificate": "Reload SSL/TLS Certificate",
    "DS-Check-Stale-Phantoms": "Check Stale Phantoms",
    "DS-Execute-Intentions-Script": "Execute Forest Update Script",
    "msmq-Open-Connector": "Open Connector Queue",
    "msmq-Peek": "Peek Message",
    "msmq-Peek-computer-Journal": "Peek Computer Journal",
    "msmq-Peek-Dead-Letter": "Peek Dead Letter",
    "msmq-Receive": "Receive Message",
    "msmq-Receive-computer-Journal": "Receive Computer Journal",
    "msmq-Receive-Dead-Letter": "Receive Dead Letter",
    "msmq-Receive-journal": "Receive Journal",
    "msmq-Send": "Send Message",
}
# System-only by its schema object, and written by clients all the same: resource-based constrained delegation.
WRITABLE = ["msDS-AllowedToActOnBehalfOfOtherIdentity"]
COMPUTER = "bf967a86-0de6-11d0-a285-00aa003049e2"
MORE_RIGHTS = [{"cn": ["DS-Validated-Write-Computer"], "displayName": ["Validated write to computer attributes."],
                "rightsGuid": ["9b026da6-0d3c-465c-8bee-5199d7165cba"], "validAccesses": ["8"],
                "appliesTo": [COMPUTER]},
               {"cn": ["Abandon-Replication"], "displayName": ["Abandon Replication"],
                "rightsGuid": ["ee914b82-0a98-11d1-adbb-00c04fd8d5cd"], "validAccesses": ["256"],
                "appliesTo": ["f0f8ffab-1191-11d0-a060-00aa006c33ed"]}]
# Classes of later schemas whose GUIDs are the same in every forest. Those of their attributes are not known here, nor
# are the GUIDs of Windows LAPS, which differ by forest.
MORE_CLASSES = [
    ['"msDS-DelegatedManagedServiceAccount"', '"0feb936f-47b3-49f2-9386-1dedc2c23765"', "false", '""',
     '"msDS-GroupMSAMembership msDS-ManagedPassword msDS-ManagedPasswordId msDS-ManagedPasswordInterval '
     'msDS-ManagedPasswordPreviousId"', '""']]
# Accounts of the exporting domain in default descriptors, by relative identifier: no forest's own SID goes into the table.
ALIASES = {"498": "RO", "500": "LA", "501": "LG", "512": "DA", "513": "DU", "514": "DG", "515": "DC", "516": "DD", "517": "CA",
           "518": "SA", "519": "EA", "520": "PA", "522": "CN", "525": "AP", "526": "KA", "527": "EK",
           "553": "RS"}

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


def descriptor(entry):
    written = (entry["defaultSecurityDescriptor"] or [""])[0]
    return text(re.sub(r"S-1-5-21-\d+-\d+-\d+-(\d+)", lambda found: ALIASES[found[1]], written))


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
    return [text(entry["lDAPDisplayName"][0]), text(guid(entry["schemaIDGUID"][0])), 
            str(is_true(entry, "systemOnly")).lower(), names(entry, "auxiliaryClass", "systemAuxiliaryClass"),
            names(entry, "mustContain", "mayContain", "systemMustContain", "systemMayContain"),
            descriptor(entry)]


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
    array("class_rest", "classes", [class_row(e) for e in entries if "classSchema" in e["objectClass"]] + MORE_CLASSES)
    found = [e for e in read(rights) if "controlAccessRight" in e["objectClass"]]
    lacking = [e for e in MORE_RIGHTS if e["cn"] not in [other["cn"] for other in found]]
    array("right_row", "rights", [right_row(e) for e in found + lacking])
    print("\n} // namespace\n")
    for kind, name in (("attribute_row", "attributes"), ("class_rest", "classes"), ("right_row", "rights")):
        print(f"std::span<{kind} const> {kind}s() {{\n    return {name};\n}}\n")
    print("} // namespace dsplan::directory")


main(*sys.argv[1:])
