#!/usr/bin/python3
"""Holds dsplan against Samba's Python binding on generated descriptors.

    tests/sddl/peer_samba.py build/dev/dsplan [COUNT]

Each descriptor goes through both as text, and what each made of it through the other; all must mean the same. Where
the peer is known to be wrong the entry of KNOWN_FAULTS says why that is so. The numbers are the same in every run.
Needs python3-samba of version 4.18 or later.
"""
import random
import re
import subprocess
import sys

from samba.dcerpc import security
from samba.ndr import ndr_pack, ndr_unpack

DOMAIN = "S-1-5-21-1111111111-2222222222-3333333333"
OPTIONS = ["--lines", "--domain-sid", DOMAIN, "--root-domain-sid", DOMAIN]

# Aliases both know, of every kind; Samba takes the SIDs of the forest's root domain from the only domain it is given.
ALIASES = ("WD CO CG OW NU IU SU AN ED PS AU RC SY LS NS WR BA BU BG AO SO PO BO RE RU RD NO MU LU IS CY ER CD RA ES MS HA "
           "AA RM LA LG DA DU DG DC DD CA PA SA EA RO LW ME HI SI").split()
# Aliases of a domain within a condition end the peer with a segmentation fault, so no condition has one.
EVERYWHERE = [alias for alias in ALIASES if alias not in "LA LG DA DU DG DC DD CA PA SA EA RO".split()]
# The peer takes no rights of registry keys (KA KR KW KX), which [MS-DTYP] 2.5.1.1 has.
RIGHTS = "CC DC LC SW RP WP DT LO CR SD RC WD WO GA GX GW GR FA FR FW FX".split()
FLAGS = "OI CI NP IO ID".split()
GUIDS = ("5b47d60f-6090-40b2-9f37-2a4de88f3063", "BF967ABA-0DE6-11D0-A285-00AA003049E2",
         "00299570-246d-11d0-a768-00aa006e0529")

# pattern in the generated text, what the peer does, why it is wrong
KNOWN_FAULTS = [
    (r"\(RA;[^)]*,T[IB],", "gives claims of type TI with positive values and of type TB the type TU",
     "[MS-DTYP] 2.4.10.1 has a type of its own for each"),
    (r"\(RA;[^)]*,TU,", "prints a plus sign before every value of a TU claim",
     "[MS-DTYP] 2.5.1.1 has no sign in an unsigned value"),
    (r"\(RA;[^)]*,TD,", "stores the text of a SID as the value of a TD claim", "[MS-DTYP] 2.4.10.1 wants its octets"),
]


class Generator:
    def __init__(self, seed):
        self.random = random.Random(seed)

    def some(self, words, most):
        return "".join(self.random.sample(words, self.random.randint(0, most)))

    def account(self):
        kind = self.random.random()
        if kind < 0.7:
            return self.random.choice(ALIASES)
        if kind < 0.85:
            return "%s-%d" % (DOMAIN, self.random.randint(1000, 99999))
        parts = [self.random.choice((5, 11, 15, 18, 4294967295))]
        parts += [self.random.getrandbits(32) for _ in range(self.random.randint(1, 14))]
        return "S-1-" + "-".join(map(str, parts))

    def rights(self):
        kind = self.random.random()
        if kind < 0.8:
            return self.some(RIGHTS, 6) or "RP"
        return self.random.choice(("0x%x", "%d", "0x%X")) % self.random.getrandbits(32)

    def guid(self):
        return self.random.choice(("",) + GUIDS)

    def literal(self):
        return self.random.choice((
            "%d" % self.random.getrandbits(62), "-%d" % self.random.getrandbits(30), "0x%x" % self.random.getrandbits(40),
            "010", '"%s"' % self.random.choice(("", "VP", "two words", "a)b;c", "größe")), "#0aff",
            "SID(%s)" % self.random.choice(EVERYWHERE)))

    def attribute(self, prefixes):
        return self.random.choice(prefixes) + self.random.choice(("Title", "a.b", "c_d", "Size", "x1"))

    def term(self, depth):
        kind = self.random.random()
        left = self.attribute(("", "@User.", "@device.", "@Resource."))
        if depth > 0 and kind < 0.4:
            return "(%s %s %s)" % (self.term(depth - 1), self.random.choice(("&&", "||")), self.term(depth - 1))
        if depth > 0 and kind < 0.5:
            return "!(%s)" % self.term(depth - 1)
        if kind < 0.6:
            return "%s %s{%s}" % (self.random.choice(("", "Not_")).strip() + self.random.choice(
                ("Member_of", "Device_Member_of", "Member_of_Any", "Device_Member_of_Any")), "",
                ", ".join("SID(%s)" % self.random.choice(EVERYWHERE) for _ in range(self.random.randint(1, 3))))
        if kind < 0.7:
            return "%s %s" % (self.random.choice(("Exists", "Not_Exists", "exists")), left)
        if kind < 0.8:
            return "%s %s {%s}" % (left, self.random.choice(("Any_of", "Contains", "Not_Any_of", "not_contains", "==")),
                                   ",".join(self.literal() for _ in range(self.random.randint(1, 4))))
        right = self.literal() if kind < 0.95 else self.attribute(("@User.", "@Device."))
        return "%s %s %s" % (left, self.random.choice(("==", "!=", "<", "<=", ">", ">=")), right)

    def claim(self):
        kind = self.random.choice(("TI", "TU", "TS", "TX", "TB", "TD"))
        value = {"TI": lambda: "%d" % self.random.randint(-2**62, 2**62), "TU": lambda: "%d" % self.random.getrandbits(60),
                 "TS": lambda: '"%s"' % self.random.choice(("x", "two words", "größe")),
                 "TX": lambda: self.random.choice(("0a", "ABCD", "123456")),
                 "TB": lambda: self.random.choice("01"), "TD": lambda: "BA"}[kind]
        return '("%s",%s,0x%x,%s)' % (self.random.choice(("Project", "a_b", "c.d")), kind, self.random.choice((0, 1, 0x10002)),
                                      ",".join(value() for _ in range(self.random.randint(1, 4))))

    def ace(self, is_sacl):
        kind = self.random.random()
        flags = self.some(FLAGS, 3)
        if is_sacl:
            if kind < 0.1:
                return "(RA;%s;;;;WD;%s)" % (flags, self.claim())
            flags += self.some(["SA", "FA"], 2)
            types = ("AU", "OU", "XU")
        else:
            types = ("A", "A", "D", "OA", "OA", "OD", "XA", "XD", "ZA")
        kind = self.random.choice(types)
        guids = ";%s;%s;" % (self.guid(), self.guid()) if kind in ("OA", "OD", "OU", "ZA") else ";;;"
        condition = ";(%s)" % self.term(self.random.randint(0, 3)) if kind in ("XA", "XD", "XU", "ZA") else ""
        return "(%s;%s;%s%s%s%s)" % (kind, flags, self.rights(), guids, self.account(), condition)

    def acl(self, letter):
        return "%s:%s%s" % (letter, self.random.choice(("", "P", "AI", "PAI", "AR", "PARAI")),
                            "".join(self.ace(letter == "S") for _ in range(self.random.randint(0, 6))))

    def descriptor(self):
        sections = [lambda: "O:" + self.account(), lambda: "G:" + self.account(), lambda: self.acl("D"), lambda: self.acl("S")]
        return "".join(make() for make in sections if self.random.random() < 0.8) or "D:"


def convert(program, source, target, lines):
    done = subprocess.run([program, "convert", "--from", source, "--to", target] + OPTIONS, input="\n".join(lines) + "\n",
                          capture_output=True, text=True)
    printed = done.stdout.split("\n")[:-1]
    assert len(printed) == len(lines), "%d lines in, %d out" % (len(lines), len(printed))
    return printed


def peer_parse(text, domain):
    try:
        return ndr_pack(security.descriptor.from_sddl(text, domain)).hex()
    except (TypeError, ValueError, security.SDDLValueError) as error:
        return "peer: %s" % (error,)


def peer_print(octets, domain):
    try:
        return ndr_unpack(security.descriptor, bytes.fromhex(octets)).as_sddl(domain)
    except (RuntimeError, ValueError, TypeError) as error:
        return "peer: %s" % (error,)


def main():
    program, count = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 20000
    domain = security.dom_sid(DOMAIN)
    generator = Generator(20260401)
    texts = [generator.descriptor() for _ in range(count)]
    own_octets = convert(program, "sddl", "hex", texts)
    own_texts = convert(program, "hex", "sddl", own_octets)
    peer_octets = [peer_parse(text, domain) for text in texts]
    through_octets = convert(program, "hex", "sddl", peer_octets)
    through_text = convert(program, "sddl", "sddl", [peer_print(octets, domain) for octets in own_octets])
    faults, failures = [0] * len(KNOWN_FAULTS), []
    for text, own, octets, by_octets, by_text in zip(texts, own_texts, peer_octets, through_octets, through_text):
        if own == by_octets == by_text:
            continue
        known = [index for index, fault in enumerate(KNOWN_FAULTS) if re.search(fault[0], text)]
        for index in known:
            faults[index] += 1
        if not known:
            failures.append((text, own, octets, by_octets, by_text))
    for number, (_, what, why) in zip(faults, KNOWN_FAULTS):
        print("%6d of %d: the peer %s; %s" % (number, count, what, why))
    for failure in failures[:5]:
        print("DIFFERENT\n  input          %s\n  dsplan         %s\n  peer's octets  %s\n  which say      %s\n  peer's text    %s"
              % failure)
    print("%d passed, %d failed" % (count - len(failures), len(failures)))
    sys.exit(1 if failures else 0)


main()
