"""Change files that chance made, the same every time: additions, deletions, renames, moves, values and links of a small tree."""

from __future__ import annotations

import dataclasses
import pathlib
import random

from directory_server import Domain, run

DN = Domain().dn
HOME = f"OU=Chance,{DN}"
TEXTS = ("description", "displayName", "info", "telephoneNumber")
LISTS = ("otherTelephone", "url")
CLASSES = {"OU": ("organizationalUnit",), "CN": ("contact", "group", "user")}


@dataclasses.dataclass
class Object:
    """What a change has to know of an object."""

    rdn: str
    kind: str
    parent: "Object | None"
    texts: dict[str, str] = dataclasses.field(default_factory=dict)
    lists: dict[str, list[str]] = dataclasses.field(default_factory=dict)
    members: list["Object"] = dataclasses.field(default_factory=list)
    manager: "Object | None" = None

    @property
    def dn(self) -> str:
        return f"{self.rdn},{self.parent.dn}" if self.parent else self.rdn


def populate(directory: pathlib.Path, _: Domain) -> None:
    file = directory / "populate.ldif"
    file.write_text(f"dn: {HOME}\nobjectClass: organizationalUnit\n\ndn: OU=Start,{HOME}\nobjectClass: organizationalUnit\n")
    run(["ldbadd", "-H", str(directory / "private" / "sam.ldb"), str(file)])
    file.unlink()


class ChangeMaker:
    def __init__(self, seed: int):
        self.random = random.Random(seed)
        self.root = Object(HOME, "organizationalUnit", None)
        self.objects = [self.root, Object("OU=Start", "organizationalUnit", self.root)]
        self.made = 0

    def change_file(self) -> str:
        """One to five records that the directory takes, or one that it may not."""
        return "".join(self.record() for _ in range(self.random.randint(1, 5)))

    def record(self) -> str:
        while True:
            make = self.random.choice((self.add, self.add, self.add, self.delete, self.delete_tree, self.rename, self.move,
                                       self.set_text, self.set_list, self.set_list, self.set_members, self.set_members,
                                       self.set_manager))
            if text := make():
                return text + "\n"

    # ---- what is there

    def any(self, *kinds: str) -> Object | None:
        found = [it for it in self.objects[1:] if not kinds or it.kind in kinds]
        return self.random.choice(found) if found else None

    def containers(self) -> list[Object]:
        return [it for it in self.objects if it.kind == "organizationalUnit"]

    def below(self, top: Object) -> list[Object]:
        found = []
        for it in self.objects:
            above = it
            while above is not None and above is not top:
                above = above.parent
            if above is top:
                found.append(it)
        return found

    def is_free(self, rdn: str, parent: Object, but: Object | None = None) -> bool:
        value = rdn.split("=", 1)[1].lower()
        return all(it is but or it.parent is not parent or it.rdn.split("=", 1)[1].lower() != value for it in self.objects)

    def new_rdn(self, kind: str) -> str:
        name = self.random.choice(("Ann", "ann", "Ben", "Åse", "Cleo\\, R", "Dora-", "Eve\\+", "Finn \\3D 3")) + str(self.random.randint(0, 20))
        return ("OU=" if kind == "organizationalUnit" else "CN=") + name

    def forget(self, gone: list[Object]) -> None:
        self.objects = [it for it in self.objects if it not in gone]
        for it in self.objects:
            it.members = [member for member in it.members if member not in gone]
            it.manager = None if it.manager in gone else it.manager

    # ---- records

    def entry(self, target: str, *lines: str) -> str:
        return "\n".join((f"dn: {target}", *lines, ""))

    def modify(self, target: Object, *lines: str) -> str:
        return self.entry(target.dn, "changetype: modify", *lines, "-")

    def add(self) -> str | None:
        kind = self.random.choice(("organizationalUnit", "contact", "contact", "group", "user"))
        made = Object(self.new_rdn(kind), kind, self.random.choice(self.containers()))
        if not self.is_free(made.rdn, made.parent):
            return None
        self.made += 1
        lines = ["changetype: add", f"objectClass: {kind}"]
        if kind in ("group", "user"):
            lines.append(f"sAMAccountName: account{self.made}")
        for name in self.random.sample(TEXTS, 2):
            if kind == "organizationalUnit" and name == "info":
                continue
            made.texts[name] = f"text {self.random.randint(0, 99)}"
            lines.append(f"{name}: {made.texts[name]}")
        if kind == "group":
            made.members = self.random.sample(self.objects[1:], min(2, len(self.objects) - 1))
            made.members = [it for it in made.members if it.kind != "organizationalUnit"]
            lines += [f"member: {it.dn}" for it in made.members]
        self.objects.append(made)
        return self.entry(made.dn, *lines)

    def delete(self) -> str | None:
        gone = self.any()
        if gone is None or len(self.below(gone)) > 1:
            return None
        name = gone.dn
        self.forget([gone])
        return self.entry(name, "changetype: delete")

    def delete_tree(self) -> str | None:
        gone = self.any("organizationalUnit")
        if gone is None or self.random.random() < 0.7 or len(self.below(gone)) > len(self.objects) / 3:
            return None
        name = gone.dn
        self.forget(self.below(gone))
        return self.entry(name, "control: 1.2.840.113556.1.4.805 true", "changetype: delete")

    def rename(self) -> str | None:
        target = self.any()
        rdn = self.new_rdn(target.kind) if target else ""
        if target is None or not self.is_free(rdn, target.parent, target):
            return None
        name, target.rdn = target.dn, rdn
        return self.entry(name, "changetype: modrdn", f"newrdn: {rdn}", "deleteoldrdn: 1")

    def move(self) -> str | None:
        target, parent = self.any(), self.random.choice(self.containers())
        if target is None or parent in self.below(target) or not self.is_free(target.rdn, parent, target):
            return None
        name, target.parent = target.dn, parent
        return self.entry(name, "changetype: moddn", f"newrdn: {target.rdn}", "deleteoldrdn: 1", f"newsuperior: {parent.dn}")

    def set_text(self) -> str | None:
        target, name = self.any("contact", "group", "user"), self.random.choice(TEXTS)
        if target is None:
            return None
        if name in target.texts and self.random.random() < 0.4:
            value = target.texts.pop(name)
            return self.modify(target, f"delete: {name}", *self.random.choice(((), (f"{name}: {value}",))))
        target.texts[name] = f"text {self.random.randint(0, 99)}"
        return self.modify(target, f"replace: {name}", f"{name}: {target.texts[name]}")

    def set_list(self) -> str | None:
        target, name = self.any("contact", "user"), self.random.choice(LISTS)
        if target is None:
            return None
        held = target.lists.setdefault(name, [])
        value = f"value {self.random.randint(0, 5)}"
        if value in held:
            held.remove(value)
            return self.modify(target, f"delete: {name}", f"{name}: {value}")
        held.append(value)
        return self.modify(target, f"add: {name}", f"{name}: {value}")

    def set_members(self) -> str | None:
        target, member = self.any("group"), self.any("contact", "group", "user")
        if target is None or member is None or member is target:
            return None
        if self.random.random() < 0.2:
            target.members = [member]
            return self.modify(target, "replace: member", f"member: {member.dn}")
        is_there = member in target.members
        (target.members.remove if is_there else target.members.append)(member)
        return self.modify(target, "delete: member" if is_there else "add: member", f"member: {member.dn}")

    def set_manager(self) -> str | None:
        target, manager = self.any("contact", "user"), self.any("contact", "user")
        if target is None or target is manager:
            return None
        if target.manager is not None and self.random.random() < 0.5:
            target.manager = None
            return self.modify(target, "delete: manager")
        target.manager = manager
        return self.modify(target, "replace: manager", f"manager: {manager.dn}")


def spoiled(text: str, chance: random.Random) -> str:
    """The same with a mistake that both must refuse in the first record."""
    lines = text.split("\n")
    first = lines[0]
    mistakes = [f"{first.replace('dn: ', 'dn: CN=Nowhere,', 1)}\nchangetype: delete\n",
                f"dn: CN=Nobody,{HOME}\nchangetype: modify\nreplace: description\ndescription: x\n-\n",
                f"dn: CN=Lost,OU=Nowhere,{HOME}\nchangetype: add\nobjectClass: contact\n",
                f"dn: {HOME}\nchangetype: modify\ndelete: telephoneNumber\ntelephoneNumber: none\n-\n",
                f"dn: {HOME}\nchangetype: add\nobjectClass: organizationalUnit\n"]
    return chance.choice(mistakes) + "\n" + text
