"""A domain in which chance lets accounts take over others, the same for the same seed: rights that give control and rights that
only look like it, denials, owners, protected lists, groups in groups. Ways may end in the group Vault."""

from __future__ import annotations

import pathlib

from samba.dcerpc import security

from contoso import GLOBAL_SECURITY_GROUP, add_accounts
from directory_server import Domain
from random_directory import Maker

ACTORS = [f"actor{number:02}" for number in range(20)]
BYSTANDERS = [f"bystander{number:03}" for number in range(110)]  # what they hold, they hold by groups alone
SERVICES = [f"service{number:02}" for number in range(8)]
GROUPS = [f"team{number:02}" for number in range(8)]
VAULT = "Vault"
RESET, MEMBER, KEYS = ("00299570-246d-11d0-a768-00aa006e0529", "bf9679c0-0de6-11d0-a285-00aa003049e2",
                       "5b47d60f-6090-40b2-9f37-2a4de88f3063")
USER, GROUP = "bf967aba-0de6-11d0-a285-00aa003049e2", "bf967a9c-0de6-11d0-a285-00aa003049e2"
GRANTS = [("CR", RESET), ("CR", RESET), ("WP", MEMBER), ("SW", MEMBER), ("WD", ""), ("WO", ""), ("GA", ""), ("CR", ""), ("SW", ""),
          ("RP", MEMBER), ("RC", ""), ("CR", "ab721a53-1e2f-11d0-9819-00aa0040529b"), ("WP", "bf967a49-0de6-11d0-a285-00aa003049e2"),
          ("WP", "bf967a0e-0de6-11d0-a285-00aa003049e2"), ("CC", ""), ("RP", "")]


class Granter(Maker):
    def fill(self) -> None:
        choose = self.random.choice
        self.units = [self.add(f"OU=Floor{number}", objectClass="organizationalUnit") for number in range(3)]
        self.units += [self.add(f"OU=Room{number},{choose(self.units[:3])}", objectClass="organizationalUnit") for number in range(4)]
        accounts = [(name, choose(self.units), name, "user") for name in ACTORS + SERVICES + BYSTANDERS]
        add_accounts(self.offline, accounts)
        everybody = [f"CN={name},{container}" for name, container, _, _ in accounts]
        people, bystanders = everybody[:-len(BYSTANDERS)], everybody[-len(BYSTANDERS):]
        groups = [self.add(f"CN={name},{choose(self.units)}", objectClass="group", sAMAccountName=name, groupType=GLOBAL_SECURITY_GROUP)
                  for name in GROUPS]
        vault = self.add(f"CN={VAULT},CN=Users", objectClass="group", sAMAccountName=VAULT, groupType=GLOBAL_SECURITY_GROUP)
        for group in groups:
            for name in self.random.sample(people[:len(ACTORS)], 2):
                self.add_member(group, name)
        for name in bystanders[::3]:
            self.add_member(choose(groups[:-1]), name)
        self.add_member(groups[1], groups[0])
        for member in (groups[-1], people[-1], people[-2]):
            self.add_member(vault, member)
        self.trustees = [self.sid_of(name) for name in people[:len(ACTORS)] + 3 * groups[:-1]]
        for name in people[len(ACTORS):] + groups:
            self.grant(name, self.random.randint(1, 3))
        for name in self.units:
            self.grant(name, 1, "CI")
        self.grant(vault, 1)

    def grant(self, name: str, most: int, inheriting: str = "") -> None:
        choose = self.random.choice
        own = []
        for _ in range(self.random.randint(0 if inheriting else 1, most)):
            rights, subject = choose(GRANTS)
            kind = "D" if self.random.random() < 0.2 and rights != "RP" else "A"
            flags = choose([inheriting, inheriting, "CIIO"])
            inherited = choose(["", USER, GROUP]) if flags == "CIIO" else ""
            own.append(f"({'O' if subject or inherited else ''}{kind};{flags};{rights};{subject};{inherited};{choose(self.trustees)})")
        own.sort(key=lambda ace: not ace.startswith(("(D", "(OD")))
        descriptor = self.offline.descriptor(self.dn(name))
        made = security.descriptor.from_sddl("D:" + "".join(own), security.dom_sid(self.domain.sid))
        if own:
            descriptor.dacl.aces = made.dacl.aces + descriptor.dacl.aces
            descriptor.dacl.num_aces = len(descriptor.dacl.aces)
            descriptor.dacl.revision = security.SECURITY_ACL_REVISION_ADS
        if self.random.random() < 0.15 and not inheriting:
            descriptor.owner_sid = security.dom_sid(choose(self.trustees))
        if self.random.random() < 0.2:
            descriptor.type |= security.SEC_DESC_DACL_PROTECTED
        self.offline.set_descriptor(self.dn(name), descriptor)


def populate_with(seed: int):
    """What makes the directory of a seed; its name keeps those of other seeds apart."""

    def populate(directory: pathlib.Path, domain: Domain) -> None:
        Granter(directory, domain, seed).fill()

    populate.__name__ = f"populate_grants_{seed}"
    return populate
