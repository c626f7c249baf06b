"""The exports of a domain that dsplan reads, as an administrator takes them, and other dialects of the same LDIF."""

from __future__ import annotations

import base64
import re

from directory_server import DirectoryServer, Domain

# Objects whose descriptors count: the domain root, what can hold users, users, and the holder of the protected ones.
WITH_DESCRIPTOR = ("(|(objectClass=domainDNS)(objectClass=user)(objectClass=organizationalUnit)(cn=Users)(cn=Computers)"
                   "(cn=ForeignSecurityPrincipals)(cn=AdminSDHolder))")
WITHOUT_DESCRIPTOR = "(|(objectClass=group)(objectClass=foreignSecurityPrincipal)(cn=ActiveDirectoryUpdate))"
FOREST = "(|(objectClass=crossRef)(objectClass=crossRefContainer)(cn=Directory Service))"
SCHEMA = "(|(objectClass=dMD)(lDAPDisplayName=msDS-KeyCredentialLink))"

ACCOUNT_ATTRIBUTES = ["objectClass", "objectSid", "sAMAccountName", "userPrincipalName", "userAccountControl", "member",
                      "memberOf", "primaryGroupID", "groupType", "adminCount", "operatingSystem",
                      "operatingSystemVersion", "msDS-Behavior-Version", "msDS-KeyCredentialLink", "revision"]
FOREST_ATTRIBUTES = ["objectClass", "nCName", "dnsRoot", "nETBIOSName", "trustParent", "systemFlags",
                     "msDS-Behavior-Version", "dSHeuristics"]
SCHEMA_ATTRIBUTES = ["objectClass", "objectVersion", "lDAPDisplayName", "schemaIDGUID", "attributeSecurityGUID"]


def searches(domain: Domain) -> list[tuple[str, str, list[str]]]:
    """Base, filter and attributes of each search that an export is made of."""
    return [
        (domain.dn, WITH_DESCRIPTOR, [*ACCOUNT_ATTRIBUTES, "otherWellKnownObjects", "nTSecurityDescriptor"]),
        (domain.dn, WITHOUT_DESCRIPTOR, ACCOUNT_ATTRIBUTES),
        (domain.configuration_dn, FOREST, FOREST_ATTRIBUTES),
        (f"CN=Schema,{domain.configuration_dn}", SCHEMA, SCHEMA_ATTRIBUTES),
    ]


def ldapsearch_export(server: DirectoryServer, *options: str) -> bytes:
    """The export by ldapsearch, entries sorted by name; `options` such as -LLL choose how it is written."""
    return b"".join(server.ldapsearch(*options, "-S", "", "-b", base, wanted, *attributes)
                    for base, wanted, attributes in searches(server.domain))


def ldbsearch_export(server: DirectoryServer) -> bytes:
    """The export by ldbsearch on the database file itself."""
    return b"".join(server.ldbsearch("--cross-ncs", "--sorted", "-b", base, wanted, *attributes)
                    for base, wanted, attributes in searches(server.domain))


Record = list[tuple[str, bytes]]


def read_records(ldif: bytes) -> list[Record]:
    """The records of an LDIF file written by -LLL: attribute and value as bytes, the name first. Comments are left out."""
    unfolded = re.sub(rb"\r?\n ", b"", ldif)
    records = []
    for block in re.split(rb"(?:\r?\n){2,}", unfolded):
        lines = [line for line in block.splitlines() if line and not line.startswith(b"#")]
        if lines:
            records.append([read_line(line) for line in lines])
    return records


def read_line(line: bytes) -> tuple[str, bytes]:
    name, _, value = line.partition(b":")
    if value.startswith(b":"):
        return name.decode(), base64.b64decode(value[1:])
    return name.decode(), value.lstrip(b" ")


def is_safe(value: bytes) -> bool:
    return all(0x20 <= byte < 0x7F for byte in value) and value[:1] not in (b" ", b":", b"<") and value[-1:] != b" "


def write_records(records: list[Record]) -> bytes:
    """LDIF as -LLL writes it."""
    return b"".join(b"".join(fold(*pair) for pair in record) + b"\n" for record in records)


def fold(name: str, value: bytes) -> bytes:
    line = name.encode() + (b": " + value if is_safe(value) else b":: " + base64.b64encode(value))
    parts = [line[:78]] + [b" " + line[at:at + 77] for at in range(78, len(line), 77)]
    return b"\n".join(parts) + b"\n"


LDIFDE_WIDTH = 65


def as_ldifde(records: list[Record]) -> bytes:
    """The records the way ldifde -u exports them: UTF-16, CRLF, `changetype: add`, long values on lines of their own."""
    lines = []
    for record in records:
        (name, value), *rest = record
        lines += ldifde_value(name, value) + ["changetype: add"]
        for pair in rest:
            lines += ldifde_value(*pair)
        lines.append("")
    return "".join(line + "\r\n" for line in lines).encode("utf-16")


def ldifde_value(name: str, value: bytes) -> list[str]:
    head = f"{name}: " if is_safe(value) else f"{name}:: "
    text = value.decode() if is_safe(value) else base64.b64encode(value).decode()
    if len(head) + len(text) <= LDIFDE_WIDTH:
        return [head + text]
    return [head] + [" " + text[at:at + LDIFDE_WIDTH + 10] for at in range(0, len(text), LDIFDE_WIDTH + 10)]
