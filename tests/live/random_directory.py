"""A domain that chance made, the same for the same seed: a deep tree, groups of all scopes with a cycle, ACEs of every kind."""

from __future__ import annotations

import pathlib
import random

from samba.dcerpc import security

from contoso import GLOBAL_SECURITY_GROUP, UNIVERSAL_SECURITY_GROUP, Offline, add_accounts
from directory_server import Domain

FIRST_SEED = 2026
DOMAIN_LOCAL_GROUP, DISTRIBUTION_GROUP = -2147483644, 2
# By the number of the group: the ones that changes of the tests name are global and count.
GROUP_TYPES = [GLOBAL_SECURITY_GROUP, UNIVERSAL_SECURITY_GROUP, GLOBAL_SECURITY_GROUP, DOMAIN_LOCAL_GROUP, GLOBAL_SECURITY_GROUP,
               GLOBAL_SECURITY_GROUP, DISTRIBUTION_GROUP]
CONFIDENTIAL = "unixUserPassword"
ACCOUNTS = [f"probe{number:02}" for number in range(24)]
ASKED = ACCOUNTS[:14]  # those that ask the server; the changes are about some of them
CLASSES = {
    "user": "bf967aba-0de6-11d0-a285-00aa003049e2", "computer": "bf967a86-0de6-11d0-a285-00aa003049e2",
    "group": "bf967a9c-0de6-11d0-a285-00aa003049e2", "organizationalUnit": "bf967aa5-0de6-11d0-a285-00aa003049e2",
    "inetOrgPerson": "4828cc14-1437-45bc-9b07-ad6f015e5f28", "contact": "5cb41ed0-0e4c-11d0-a286-00aa003049e2",
    "container": "bf967a8b-0de6-11d0-a285-00aa003049e2",
}
PROPERTIES = [
    "bf967a49-0de6-11d0-a285-00aa003049e2",  # telephoneNumber
    "bf967950-0de6-11d0-a285-00aa003049e2",  # description
    "bf9679c0-0de6-11d0-a285-00aa003049e2",  # member
    "5b47d60f-6090-40b2-9f37-2a4de88f3063",  # msDS-KeyCredentialLink
    "28630ebf-41d5-11d1-a9c1-0000f80367c1",  # lockoutTime
    "f30e3bbe-9ff0-11d1-b603-0000f80367c1",  # gPLink
    "77b5b886-944a-11d1-aebd-0000f80367c1",  # Personal-Information
    "e48d0154-bcf8-11d1-8702-00c04fb96050",  # Public-Information
    "59ba2f42-79a2-11d0-9020-00c04fc2d3cf",  # General-Information
    "4c164200-20c0-11d0-a768-00aa006e0529",  # User-Account-Restrictions
    "bc0ac240-79a9-11d0-9020-00c04fc2d4cf",  # Membership
    "9b026da6-0d3c-465c-8bee-5199d7165cba",  # DS-Validated-Write-Computer, also of msDS-KeyCredentialLink
    "612cb747-c0e8-4f92-9221-fdd5f15b550d",  # unixUserPassword, which is confidential
]
EXTENDED_RIGHTS = ["00299570-246d-11d0-a768-00aa006e0529", "ab721a53-1e2f-11d0-9819-00aa0040529b",
                   "612cb747-c0e8-4f92-9221-fdd5f15b550d"]  # the last: the other half of reading it
VALIDATED_WRITES = ["bf9679c0-0de6-11d0-a285-00aa003049e2", "f3a64788-5306-11d1-a9c5-0000f80367c1"]
PLAIN_RIGHTS = ["RP", "WP", "RPWP", "CC", "CCDC", "DC", "SW", "CR", "SD", "WD", "WO", "RC", "LC", "DT",
                "GR", "GW", "GX", "GA", "RPWPCRCCDCLCLORCWOWDSDDTSW"]
FLAGS = ["", "CI", "OICI", "CIIO", "CINP", "CINPIO", "OI", "OIIO"]
# Remote Desktop Users gets Authenticated Users, by a foreign security principal.
WELL_KNOWN = ["AU", "WD", "PS", "CO", "CG", "RD"]
EVERYBODY = ["AU", "WD", "RD"]


class Maker:
    def __init__(self, directory: pathlib.Path, domain: Domain, seed: int):
        self.offline = Offline(directory, domain)
        self.domain = domain
        self.random = random.Random(seed)
        self.objects: list[str] = []
        self.units: list[str] = []
        self.trustees: list[str] = []

    def add(self, name: str, **attributes: object) -> str:
        self.offline.add(name, attributes)
        self.objects.append(name)
        return name

    def add_units(self) -> None:
        level = [self.add(f"OU=Area{number}", objectClass="organizationalUnit") for number in range(5)]
        self.units += level
        for depth in range(2, 6):
            level = [self.add(f"OU=Unit{depth}{number},{self.random.choice(level)}", objectClass="organizationalUnit")
                     for number in range(12)]
            self.units += level

    def add_people(self) -> None:
        choose = self.random.choice
        accounts = [(name, choose(self.units), name, "user") for name in ACCOUNTS]
        accounts += [(f"user{number:03}", choose(self.units), f"user{number:03}", "user") for number in range(100)]
        accounts += [(f"person{number:03}", choose(self.units), f"person{number:03}", "inetOrgPerson")
                     for number in range(30)]
        accounts += [(f"PC{number:03}", choose(self.units), f"PC{number:03}$", "computer") for number in range(40)]
        add_accounts(self.offline, accounts)
        self.objects += [f"CN={name},{container}" for name, container, _, _ in accounts]
        for name, container, _, kind in accounts:
            if kind == "user":
                self.offline.modify(self.dn(f"CN={name},{container}"), "add", CONFIDENTIAL, b"invented")
        for number in range(20):
            self.add(f"CN=contact{number:02},{choose(self.units)}", objectClass="contact")

    def add_groups(self) -> None:
        groups = [self.add(f"CN=group{number:02},{self.random.choice(self.units)}", objectClass="group",
                           sAMAccountName=f"group{number:02}", groupType=GROUP_TYPES[number % len(GROUP_TYPES)])
                  for number in range(32)]
        # Chains of four, the last of which is closed to a cycle.
        for first in range(0, 32, 4):
            for place in range(first, first + 3):
                self.add_member(groups[place], groups[place + 1])
        self.add_member(groups[31], groups[28])
        self.offline.modify(self.dn("CN=Remote Desktop Users,CN=Builtin"), "add", "member",
                            self.dn("CN=S-1-5-11,CN=ForeignSecurityPrincipals"))
        accounts = [name for name in self.objects if name.startswith("CN=probe")]
        for account in accounts:
            for group in self.random.sample(groups, 2):
                self.add_member(group, account)
        for name in accounts + groups:
            self.trustees.append(self.sid_of(name))

    def add_member(self, group: str, member: str) -> None:
        self.offline.modify(self.dn(group), "add", "member", self.dn(member))

    def dn(self, name: str) -> str:
        return f"{name},{self.domain.dn}"

    def sid_of(self, name: str) -> str:
        found = self.offline.database.search(self.dn(name), scope=0, attrs=["objectSid"])
        return self.offline.database.schema_format_value("objectSid", found[0]["objectSid"][0]).decode()

    def ace(self) -> str:
        choose = self.random.choice
        kind, flags = choose("AAAD"), choose(FLAGS)
        trustee = choose(self.trustees) if self.random.random() < 0.7 else choose(WELL_KNOWN)
        inherited = choose(list(CLASSES.values())) if self.random.random() < 0.4 and "I" in flags else ""
        rights, subject = choose([
            (choose(["RP", "WP", "RPWP"]), choose(PROPERTIES)), ("CR", choose(EXTENDED_RIGHTS)),
            ("SW", choose(VALIDATED_WRITES)), (choose(["CC", "DC", "CCDC"]), choose(list(CLASSES.values()))),
            (choose(PLAIN_RIGHTS), ""), (choose(PLAIN_RIGHTS), "")])
        # Who may see nothing can be asked nothing.
        if kind == "D" and subject == "" and rights in ("RP", "RPWP", "LC", "GR", "GX", "GA", PLAIN_RIGHTS[-1]):
            rights = "WP"
        # The administrator, who exports and changes the directory, is one of everybody.
        if kind == "D" and trustee in EVERYBODY and subject not in PROPERTIES[:6]:
            kind = "A"
        # Rights on no subject for another class, on the object itself: the server takes more of them than they say.
        if inherited and not subject and "IO" not in flags:
            flags += "IO"
        # Control access for the object's own class is full control to the server: [MS-ADTS] 5.1.3.3.4 grants extended rights.
        if inherited and not subject and rights == "CR":
            rights = "RC"
        if subject or inherited:
            kind = "O" + kind
        return f"({kind};{flags};{rights};{subject};{inherited};{trustee})"

    def add_aces(self, names: list[str], most: int) -> None:
        sid = security.dom_sid(self.domain.sid)
        for name in names:
            own = [self.ace() for _ in range(self.random.randint(1, most))]
            own.sort(key=lambda ace: ace[1] != "D" and ace[2] != "D")
            old = self.offline.descriptor(self.dn(name))
            parts = security.descriptor.from_sddl("D:" + "".join(own), sid)
            old.dacl.aces = parts.dacl.aces + old.dacl.aces
            old.dacl.num_aces = len(old.dacl.aces)
            old.dacl.revision = security.SECURITY_ACL_REVISION_ADS
            if self.random.random() < 0.2:
                old.owner_sid = security.dom_sid(self.random.choice(self.trustees))
            if self.random.random() < 0.1:
                old.type |= security.SEC_DESC_DACL_PROTECTED
            self.offline.set_descriptor(self.dn(name), old)


def populate_with(seed: int):
    """What makes the directory of a seed; its name keeps those of other seeds apart."""

    def populate(directory: pathlib.Path, domain: Domain) -> None:
        maker = Maker(directory, domain, seed)
        maker.add_units()
        maker.add_people()
        maker.add_groups()
        maker.add_aces(maker.units, 4)
        maker.add_aces(maker.random.sample(maker.objects, 120), 3)

    populate.__name__ = f"populate_{seed}"
    return populate
