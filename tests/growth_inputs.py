"""Hostile inputs of a size that is asked for: each makes files in a folder and gives the commands that read them."""

from __future__ import annotations

import pathlib

ROOT = "DC=contoso,DC=com"
DOMAIN_SID = "S-1-5-21-1111111111-2222222222-3333333333"
DIRECTORY = (f"dn: {ROOT}\nobjectClass: domainDNS\nobjectSid: {DOMAIN_SID}\n\n"
             f"dn: CN=Users,{ROOT}\nobjectClass: container\n\n")
CHANGED_BY = ("ldif check change.ldf --base base.ldf", "ldif apply change.ldf --to base.ldf -o after.ldf",
              "ldif invert change.ldf --base base.ldf -o rollback.ldf", "review change.ldf --base base.ldf",
              "effect change.ldf --base base.ldf")
READ_BY = ("ldif check base.ldf", "ldif format base.ldf -o out.ldf", "ldif show base.ldf", "review change.ldf",
           "ldif search base.ldf --filter '(&(cn=a)(!(title=x*)))' -o out.ldf",
           "ldif mask base.ldf -o out.ldf --key correct-horse-battery")


def group(name: str, members: str = "", rid: int = 5000) -> str:
    return (f"dn: CN={name},CN=Users,{ROOT}\nobjectClass: group\nobjectSid: {DOMAIN_SID}-{rid}\nsAMAccountName: {name}\n"
            f"groupType: -2147483646\n{members}\n")


def users(count: int) -> str:
    return "".join(f"dn: CN=u{number},CN=Users,{ROOT}\nobjectClass: user\nobjectSid: {DOMAIN_SID}-{number + 10000}\n\n"
                   for number in range(count))


def members(numbers: range) -> str:
    return "".join(f"member: CN=u{number},CN=Users,{ROOT}\n" for number in numbers)


def modification(name: str, text: str) -> str:
    return f"dn: CN={name},CN=Users,{ROOT}\nchangetype: modify\n{text}-\n\n"


def write(folder: pathlib.Path, **files: str) -> None:
    for name, text in files.items():
        (folder / f"{name}.ldf").write_text(text)


def replaced_members(folder: pathlib.Path, count: int) -> tuple[str, ...]:
    write(folder, base=DIRECTORY + group("g", members(range(count))) + users(2 * count),
          change=modification("g", "replace: member\n" + members(range(count, 2 * count))))
    return CHANGED_BY


def records_on_one_group(folder: pathlib.Path, count: int) -> tuple[str, ...]:
    write(folder, base=DIRECTORY + group("g") + users(count),
          change="".join(modification("g", "add: member\n" + members(range(number, number + 1))) for number in range(count)))
    return CHANGED_BY


def attributes(count: int, value: str) -> str:
    return "".join(f"a{number}: {value}\n" for number in range(count))


def records_on_one_object(folder: pathlib.Path, count: int) -> tuple[str, ...]:
    write(folder, base=f"{DIRECTORY}dn: CN=o,CN=Users,{ROOT}\nobjectClass: user\n{attributes(count, 'old')}\n",
          change="".join(modification("o", f"replace: a{number}\na{number}: new\n") for number in range(count)))
    return CHANGED_BY


def attributes_in_one_record(folder: pathlib.Path, count: int) -> tuple[str, ...]:
    write(folder, base=f"{DIRECTORY}dn: CN=o,CN=Users,{ROOT}\nobjectClass: user\n{attributes(count, 'old')}\n",
          change=modification("o", "-\n".join(f"replace: a{number}\na{number}: new\n" for number in range(count))),
          later=f"{DIRECTORY}dn: CN=o,CN=Users,{ROOT}\nobjectClass: user\n{attributes(count, 'new')}\n")
    return (*CHANGED_BY, *READ_BY, "ldif diff base.ldf later.ldf -o out.ldf", "diff base.ldf later.ldf")


def attributes_of_a_new_object(folder: pathlib.Path, count: int) -> tuple[str, ...]:
    write(folder, base=DIRECTORY,
          change=f"dn: CN=o,CN=Users,{ROOT}\nchangetype: add\nobjectClass: user\n{attributes(count, 'new')}\n")
    return (*CHANGED_BY, "review change.ldf")


def users_of_one_group(folder: pathlib.Path, count: int) -> tuple[str, ...]:
    root = DIRECTORY.replace("objectClass: domainDNS\n", "objectClass: domainDNS\nnTSecurityDescriptor: O:SYG:SYD:"
                             f"(A;CI;WP;;;{DOMAIN_SID}-5000)\n", 1)
    write(folder, base=root + group("g", members(range(count))) + users(count))
    question = "who-can --base base.ldf --right 'write title'"
    return question, question + " --all", question + " --json"


def group_with_own_list(number: int, member: str) -> str:
    """Its list names the group itself and SELF, which on a group is its members."""
    return group(f"g{number}", f"member: CN={member},CN=Users,{ROOT}\nnTSecurityDescriptor: O:SYG:SYD:"
                 f"(A;;WP;;;{DOMAIN_SID}-{number + 1_000_000})(A;;WP;;;PS)\n", number + 1_000_000)


ASKED_OF_LISTS = tuple(f"who-can --base base.ldf --right 'write description'{option}" for option in ("", " --all", " --json"))


def lists_of_groups(folder: pathlib.Path, count: int) -> tuple[str, ...]:
    write(folder, base=DIRECTORY + users(count) + "".join(group_with_own_list(each, f"u{each}") for each in range(count)))
    return ASKED_OF_LISTS


def lists_of_a_ring(folder: pathlib.Path, count: int) -> tuple[str, ...]:
    ring = "".join(group_with_own_list(each, f"g{(each + 1) % count}") for each in range(count))
    write(folder, base=DIRECTORY + users(1) + ring + group("last", f"member: CN=g0,CN=Users,{ROOT}\n"))
    return ASKED_OF_LISTS


def deep_name(folder: pathlib.Path, count: int) -> tuple[str, ...]:
    name = "".join("OU=a," for _ in range(count)) + ROOT
    write(folder, base=DIRECTORY, change=f"dn: {name}\nchangetype: add\nobjectClass: organizationalUnit\n\n",
          deep=f"{DIRECTORY}dn: {name}\nobjectClass: organizationalUnit\n\n")
    return (*CHANGED_BY, "review change.ldf", "ldif diff base.ldf deep.ldf -o out.ldf",
            "who-can --base deep.ldf --right 'write title'", "inherit --base deep.ldf")


def repeated_flags(folder: pathlib.Path, count: int) -> tuple[str, ...]:
    (folder / "flags.sddl").write_text(f"O:SYG:SYD:(A;{'CI' * count};RP;;;WD)")
    (folder / "rights.sddl").write_text(f"O:SYG:SYD:(A;;{'RP' * count};;;WD)")
    return tuple(f"{command} {file}.sddl" for command in ("convert --to hex", "explain") for file in ("flags", "rights"))


# Each with the smallest of its three sizes: a half and a quarter of what is promised.
GROWING = {
    replaced_members: 25_000, records_on_one_group: 25_000, records_on_one_object: 25_000, attributes_in_one_record: 25_000,
    attributes_of_a_new_object: 25_000, users_of_one_group: 25_000, lists_of_groups: 10_000,
    lists_of_a_ring: 10_000, deep_name: 5_000, repeated_flags: 25_000,
}
