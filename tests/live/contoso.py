"""The invented forest of the live tests and of testdata/exports: who is in contoso.com, and how it came to be so.

Each `populate` function gets a provisioned directory that no server runs on, and fills it. Names, numbers and
descriptors are the same every time.
"""

from __future__ import annotations

import base64
import pathlib

from samba.auth import system_session
from samba.dcerpc import security
from samba.ndr import ndr_pack, ndr_unpack
from samba.param import LoadParm
from samba.samdb import SamDB

from directory_server import Domain

BEFORE_2016 = Domain(function_level="2008_R2", server_level="2012_R2")
SINCE_2016 = Domain()
EMEA = Domain("emea.contoso.com", "S-1-5-21-1444444444-2555555555-3666666666")

CONNECTOR = "MSOL_4f2c9a1b7d3e"
KEY_ADMINS = 526
ENTERPRISE_KEY_ADMINS = 527
KEY_CREDENTIAL_GROUP = "KeyCredential Admins"
PASSWORD = "Only-for-tests-2"

ORGANIZATIONAL_UNITS = [
    "OU=Sales", "OU=Engineering", "OU=Contractors,OU=Engineering", "OU=Executives", "OU=Admins", "OU=Service Accounts",
]
BLOCKED_UNIT = "OU=Executives"
GROUPS = [("Tier 0 Operators", "OU=Admins"), ("Helpdesk", "OU=Admins"), ("Sales Staff", "OU=Sales")]

# Relative name, container, account name, class. "svc-sync" is there twice: a name that does not say which one.
ACCOUNTS = [
    ("Anna Becker", "OU=Sales", "abecker", "user"),
    ("Ben Carter", "OU=Sales", "bcarter", "user"),
    ("Clara Diaz", "OU=Sales", "cdiaz", "user"),
    ("Emma Fischer", "OU=Engineering", "efischer", "user"),
    ("Jürgen Groß", "OU=Engineering", "jgross", "user"),
    ("Hugo Ivarsson", "OU=Engineering", "hivarsson", "user"),
    ("Jonas Kraft", "OU=Contractors,OU=Engineering", "jkraft", "inetOrgPerson"),
    ("Kira Lund", "OU=Contractors,OU=Engineering", "klund", "user"),
    ("svc-sync", "OU=Engineering", "svc-sync-lab", "user"),
    ("Lena Moser", "OU=Executives", "lmoser", "user"),
    ("Marc Novak", "OU=Executives", "mnovak", "user"),
    ("Adm-Ruth", "OU=Admins", "adm-ruth", "user"),
    ("Adm-Theo", "OU=Admins", "adm-theo", "user"),
    ("svc-sync", "OU=Service Accounts", "svc-sync", "user"),
    ("Quinn\\, Rosa", "CN=Users", "rquinn", "user"),
    (CONNECTOR, "CN=Users", CONNECTOR, "user"),
    ("WS01", "CN=Computers", "WS01$", "computer"),
    ("WS02", "OU=Sales", "WS02$", "computer"),
]
MEMBERS = [
    ("CN=Domain Admins,CN=Users", "CN=Adm-Ruth,OU=Admins"),
    ("CN=Domain Admins,CN=Users", "CN=Tier 0 Operators,OU=Admins"),
    ("CN=Tier 0 Operators,OU=Admins", "CN=Adm-Theo,OU=Admins"),
    ("CN=Helpdesk,OU=Admins", "CN=Kira Lund,OU=Contractors,OU=Engineering"),
    ("CN=Sales Staff,OU=Sales", "CN=Anna Becker,OU=Sales"),
    ("CN=Sales Staff,OU=Sales", "CN=Ben Carter,OU=Sales"),
]
EMEA_ACCOUNTS = [
    ("Odile Petit", "OU=Paris", "opetit", "user"),
    ("Pavel Ruzicka", "OU=Paris", "pruzicka", "user"),
    ("Adm-Sven", "CN=Users", "adm-sven", "user"),
]
PROTECTED = ["CN=Administrator,CN=Users", "CN=krbtgt,CN=Users", "CN=Adm-Ruth,OU=Admins", "CN=Adm-Theo,OU=Admins",
             "CN=Tier 0 Operators,OU=Admins"]
EMEA_PROTECTED = ["CN=Administrator,CN=Users", "CN=krbtgt,CN=Users", "CN=Adm-Sven,CN=Users"]

ADMIN_SD_HOLDER = ("O:DAG:DAD:PAI(A;;CCDCLCSWRPWPLOCRRCWDWO;;;BA)(A;;CCDCLCSWRPWPLOCRRCWDWO;;;DA)"
                   "(A;;CCDCLCSWRPWPLOCRRCWDWO;;;EA)(A;;CCDCLCSWRPWPDTLOCRSDRCWDWO;;;SY)(A;;LCRPLORC;;;AU)"
                   "(OA;;CR;ab721a53-1e2f-11d0-9819-00aa0040529b;;WD)(OA;CI;RPWPCR;91e647de-d96f-4b70-9557-d63ff4f3ccd8;;PS)")
NORMAL_ACCOUNT, WORKSTATION_ACCOUNT = 512, 4096
GLOBAL_SECURITY_GROUP, UNIVERSAL_SECURITY_GROUP = -2147483646, -2147483640


class Offline:
    """The directory database, opened without a server, with the rights of the system itself."""

    def __init__(self, directory: pathlib.Path, domain: Domain):
        settings = LoadParm()
        settings.load(str(directory / "etc" / "smb.conf"))
        self.domain = domain
        self.database = SamDB(url=str(directory / "private" / "sam.ldb"), lp=settings, session_info=system_session())

    def add(self, relative_name: str, attributes: dict[str, object], controls: tuple[str, ...] = ()) -> None:
        name = base64.b64encode(f"{relative_name},{self.domain.dn}".encode()).decode()
        lines = [f"dn:: {name}", *(f"{attribute}: {value}" for attribute, value in attributes.items())]
        self.database.add_ldif("\n".join(lines) + "\n", controls=list(controls))

    def modify(self, name: str, change: str, attribute: str, value: object, controls: tuple[str, ...] = ()) -> None:
        text = base64.b64encode(name.encode()).decode()
        line = f": {base64.b64encode(value).decode()}" if isinstance(value, bytes) else f" {value}"
        self.database.modify_ldif(f"dn:: {text}\nchangetype: modify\n{change}: {attribute}\n{attribute}:{line}\n",
                                  controls=list(controls))

    def descriptor(self, name: str) -> security.descriptor:
        found = self.database.search(name, scope=0, attrs=["nTSecurityDescriptor"])
        return ndr_unpack(security.descriptor, found[0]["nTSecurityDescriptor"][0])

    def set_descriptor(self, name: str, descriptor: security.descriptor) -> None:
        self.modify(name, "replace", "nTSecurityDescriptor", ndr_pack(descriptor))


def add_accounts(offline: Offline, accounts) -> None:
    password = base64.b64encode(f'"{PASSWORD}"'.encode("utf-16-le")).decode()
    for name, container, account, kind in accounts:
        attributes = {"objectClass": kind, "sAMAccountName": account}
        if kind == "computer":
            attributes["userAccountControl"] = WORKSTATION_ACCOUNT
        else:
            attributes |= {"userPrincipalName": f"{account}@{offline.domain.dns_name}", "unicodePwd:": password,
                           "userAccountControl": NORMAL_ACCOUNT}
        if kind == "inetOrgPerson":
            attributes |= {"cn": name, "sn": name.split()[-1]}
        offline.add(f"CN={name},{container}", attributes)


def add_group(offline: Offline, name: str, container: str = "CN=Users", group_type: int = GLOBAL_SECURITY_GROUP) -> None:
    offline.add(f"CN={name},{container}", {"objectClass": "group", "sAMAccountName": name, "groupType": group_type})


def add_well_known_group(offline: Offline, name: str, relative_identifier: int, group_type: int) -> None:
    """A group with a relative identifier of our choice: the directory takes it only as part of provisioning."""
    offline.add(f"CN={name},CN=Users",
                {"objectClass": "group", "sAMAccountName": name, "groupType": group_type,
                 "objectSid": f"{offline.domain.sid}-{relative_identifier}"}, controls=("provision:0",))


def block_inheritance(offline: Offline, name: str) -> None:
    """As the editor's "disable inheritance, convert": what was inherited becomes the object's own."""
    descriptor = offline.descriptor(name)
    aces = descriptor.dacl.aces
    for ace in aces:
        ace.flags &= ~security.SEC_ACE_FLAG_INHERITED_ACE
    descriptor.dacl.aces = aces
    descriptor.type |= security.SEC_DESC_DACL_PROTECTED
    offline.set_descriptor(name, descriptor)


def protect(offline: Offline, names) -> None:
    """What the AdminSDHolder task of a Windows domain controller does; this server has no such task."""
    holder = security.descriptor.from_sddl(ADMIN_SD_HOLDER, security.dom_sid(offline.domain.sid))
    dn = offline.domain.dn
    offline.set_descriptor(f"CN=AdminSDHolder,CN=System,{dn}", holder)
    for name in names:
        offline.set_descriptor(f"{name},{dn}", holder)
        offline.modify(f"{name},{dn}", "replace", "adminCount", 1)


def undo_domain_preparation(offline: Offline) -> None:
    """Takes back what adprep of Windows Server 2016 does to a domain: ACEs of the root, CN=Keys, the revision."""
    dn, sid = offline.domain.dn, offline.domain.sid
    text = offline.descriptor(dn).as_sddl()
    for ace in (f"(OA;CI;RPWP;5b47d60f-6090-40b2-9f37-2a4de88f3063;;{sid}-{KEY_ADMINS})",
                f"(OA;CI;RPWP;5b47d60f-6090-40b2-9f37-2a4de88f3063;;{sid}-{ENTERPRISE_KEY_ADMINS})",
                "(OA;CIIO;SW;9b026da6-0d3c-465c-8bee-5199d7165cba;bf967a86-0de6-11d0-a285-00aa003049e2;PS)",
                "(OA;CIIO;SW;9b026da6-0d3c-465c-8bee-5199d7165cba;bf967a86-0de6-11d0-a285-00aa003049e2;CO)"):
        assert ace in text, f"the provisioned domain root has no {ace}"
        text = text.replace(ace, "")
    offline.set_descriptor(dn, security.descriptor.from_sddl(text, security.dom_sid(sid)))
    offline.modify(dn, "delete", "otherWellKnownObjects", f"B:32:683A24E2E8164BD3AF86AC3C2CF3F981:CN=Keys,{dn}",
                   controls=("relax:0",))
    offline.database.delete(f"CN=Keys,{dn}", controls=["relax:0"])
    offline.modify(f"CN=ActiveDirectoryUpdate,CN=DomainUpdates,CN=System,{dn}", "replace", "revision", 10)


def name_domain_controller(offline: Offline, system: str, version: str) -> None:
    name = f"CN=DC1,OU=Domain Controllers,{offline.domain.dn}"
    offline.modify(name, "replace", "operatingSystem", system)
    offline.modify(name, "replace", "operatingSystemVersion", version)


def populate_accounts(offline: Offline) -> None:
    dn = offline.domain.dn
    offline.database.delete(f"CN=dns-dc1,CN=Users,{dn}")
    for unit in ORGANIZATIONAL_UNITS:
        offline.add(unit, {"objectClass": "organizationalUnit"})
    for name, container in GROUPS:
        add_group(offline, name, container)
    block_inheritance(offline, f"{BLOCKED_UNIT},{dn}")
    add_accounts(offline, ACCOUNTS)
    for group, member in MEMBERS:
        offline.modify(f"{group},{dn}", "add", "member", f"{member},{dn}")
    offline.modify(f"CN=Directory Service,CN=Windows NT,CN=Services,{offline.domain.configuration_dn}", "replace",
                   "dSHeuristics", "0000000001")


def before_2016_no_group(directory: pathlib.Path, domain: Domain) -> None:
    """The schema is extended, every domain controller is Windows Server 2012 R2, nobody prepared anything."""
    offline = Offline(directory, domain)
    undo_domain_preparation(offline)
    populate_accounts(offline)
    protect(offline, PROTECTED)
    partitions = f"CN=Partitions,{domain.configuration_dn}"
    for name in (domain.dn, partitions, f"CN={domain.netbios_name},{partitions}"):
        offline.modify(name, "replace", "msDS-Behavior-Version", 6, controls=("relax:0",))
    name_domain_controller(offline, "Windows Server 2012 R2 Standard", "6.3 (9600)")


def before_2016(directory: pathlib.Path, domain: Domain) -> None:
    """As before, and the administrator has made the group that Microsoft's page asks for."""
    before_2016_no_group(directory, domain)
    add_group(Offline(directory, domain), KEY_CREDENTIAL_GROUP)


def since_2016(directory: pathlib.Path, domain: Domain) -> None:
    """A Windows Server 2019 domain controller holds the roles: both key groups and their ACEs are there."""
    offline = Offline(directory, domain)
    add_well_known_group(offline, "Key Admins", KEY_ADMINS, GLOBAL_SECURITY_GROUP)
    add_well_known_group(offline, "Enterprise Key Admins", ENTERPRISE_KEY_ADMINS, UNIVERSAL_SECURITY_GROUP)
    populate_accounts(offline)
    protect(offline, PROTECTED)
    name_domain_controller(offline, "Windows Server 2019 Standard", "10.0 (17763)")


def emea(directory: pathlib.Path, domain: Domain) -> None:
    """The second domain of the forest, for the part of an export that its own domain controller gives."""
    offline = Offline(directory, domain)
    add_well_known_group(offline, "Key Admins", KEY_ADMINS, GLOBAL_SECURITY_GROUP)
    offline.database.delete(f"CN=dns-dc1,CN=Users,{domain.dn}")
    offline.add("OU=Paris", {"objectClass": "organizationalUnit"})
    add_accounts(offline, EMEA_ACCOUNTS)
    offline.modify(f"CN=Domain Admins,CN=Users,{domain.dn}", "add", "member", f"CN=Adm-Sven,CN=Users,{domain.dn}")
    protect(offline, EMEA_PROTECTED)
    name_domain_controller(offline, "Windows Server 2022 Standard", "10.0 (20348)")
