"""Kinds of steps that random grants do not make: a case each, with an account that has the step and one that only looks like it.

`dsplan paths` is asked about both accounts of a case; then both do what the step says, as themselves, on the server. The one that
has the way must get to its end (a secret is replicated or read, a password logs on, a group is entered), or, where the step depends
on what this server does not have, must be allowed to write what the step writes; the other one must not. What cannot be tried here
stands in DEVIATIONS, with the reason.
"""

from __future__ import annotations

import base64
import dataclasses
import json
import pathlib
import subprocess
import sys
from collections.abc import Callable

from samba.credentials import DONT_USE_KERBEROS, Credentials
from samba.dcerpc import drsuapi, misc, security
from samba.ndr import ndr_pack, ndr_unpack
from samba.param import LoadParm

from contoso import PASSWORD, Offline, add_accounts
from directory_server import CommandFailed, DirectoryServer, Domain, run
from exports import read_records

DOMAIN = Domain()
ROOT, CONFIGURATION = DOMAIN.dn, DOMAIN.configuration_dn
SCHEMA, PKI = f"CN=Schema,{CONFIGURATION}", f"CN=Public Key Services,CN=Services,{CONFIGURATION}"
AUTHORITY, STORE = f"CN=Web-CA,CN=Enrollment Services,{PKI}", f"CN=NTAuthCertificates,{PKI}"
SETTINGS = f"CN=Directory Service,CN=Windows NT,CN=Services,{CONFIGURATION}"
POLICY = f"CN={{11111111-2222-3333-4444-555555555555}},CN=Policies,CN=System,{ROOT}"
EXPORTED = [  # as the README says
    "nTSecurityDescriptor", "objectClass", "cn", "instanceType", "objectSid", "sAMAccountName", "member", "primaryGroupID", "groupType",
    "userAccountControl", "adminCount", "msDS-Behavior-Version", "servicePrincipalName", "dNSHostName", "operatingSystemVersion", "gPLink",
    "gPOptions", "flags", "ms-DS-MachineAccountQuota", "msDS-GroupMSAMembership", "managedBy", "ms-Mcs-AdmPwdExpirationTime",
    "msLAPS-PasswordExpirationTime", "dSHeuristics", "certificateTemplates", "cACertificate", "pKIExtendedKeyUsage",
    "msPKI-Certificate-Name-Flag", "msPKI-Enrollment-Flag", "msPKI-RA-Signature"]

RESET, ENROLL = "00299570-246d-11d0-a768-00aa006e0529", "0e10c968-78fb-11d2-90d4-00c04f79dc55"
GET_CHANGES, GET_ALL = "1131f6aa-9c07-11d1-f79f-00c04fc2dcd2", "1131f6ad-9c07-11d1-f79f-00c04fc2dcd2"
INSTALL_REPLICA = "9923a32a-3607-11d2-b9be-0000f87a36b2"
FLAGS, USER = "bf967a68-0de6-11d0-a285-00aa003049e2", "bf967aba-0de6-11d0-a285-00aa003049e2"
COMMON_NAME, NAME = "bf96793f-0de6-11d0-a285-00aa003049e2", "bf967a0e-0de6-11d0-a285-00aa003049e2"
REVEAL, NEVER_REVEAL = "303d9f4a-1dd6-4b38-8fc5-33afe8c988ad", "15585999-fd49-4d66-b25d-eeb96aba8174"
PASSWORD_READERS = "888eedd6-ce04-df40-b462-b8a50e41ba38"
# Attributes of LAPS, whose identifiers each forest chooses: name, identifier, number.
LOCAL_PASSWORDS = [("ms-Mcs-AdmPwd", "4c415053-0001-4000-8000-636f6e746f73", 1), ("msLAPS-Password", "4c415053-0003-4000-8000-636f6e746f73", 3)]
EXPIRIES = [("ms-Mcs-AdmPwdExpirationTime", "4c415053-0002-4000-8000-636f6e746f73", 2),
            ("msLAPS-PasswordExpirationTime", "4c415053-0005-4000-8000-636f6e746f73", 5)]
FULL, READ_ONLY_CONTROLLER = "CCDCLCSWRPWPDTLOCRSDRCWDWO", 0x5001000

DEVIATIONS = {
    "act-on-behalf, delegation": "the server answers LDAP and replication alone; tickets for others take its KDC",
    "act-on-behalf-right": "nobody but the server itself may write the attribute there",
    "enroll-as-anybody, enroll-into-group, forest by a certificate": "there is no certification authority for it",
    "hold-key, hold-certificate, and logging on after alt-identity and write-logon-name":
        "its KDC takes no keys and no mapped certificates; that they are written is tried",
    "succeed-account": "its schema has no delegated managed service accounts",
    "sid-history": "it puts no SID of sIDHistory into a token",
    "policy, policy-link": "nothing runs policies; that links and policies are written is tried",
    "reveal, write-manager": "no read-only controller can be joined to it here; that both are written is tried",
    "host-account, manage-host": "they are about what runs on a host",
    "write-heuristics": "it has no AdminSDHolder task and ignores OWNER RIGHTS; that the value is written is tried",
    "account-flags, add-spn": "guessing a password takes its KDC; that both are written is tried",
}


class Refused(Exception):
    """What the step promises did not come about."""


Take = Callable[[DirectoryServer, str], None]  # as the account of that name


@dataclasses.dataclass(frozen=True)
class Case:
    kind: str
    to: str  # what `--to` names
    has: dict[str, str]  # ACEs by object, of the account that has the step: {} is its SID
    seems: dict[str, str]  # and of the one that only looks like it
    take: Take


def modification(name: str, change: str, attribute: str, value: bytes) -> bytes:
    return (f"dn:: {base64.b64encode(name.encode()).decode()}\nchangetype: modify\n{change}: {attribute}\n"
            f"{attribute}:: {base64.b64encode(value).decode()}\n-\n\n").encode()


def writing(name: str, attribute: str, value: bytes) -> Take:
    return lambda server, account: as_account(server, account, modification(name, "replace", attribute, value))


def as_account(server: DirectoryServer, account: str, text: bytes, password: str = PASSWORD) -> None:
    try:
        server.ldapmodify(text, account, password)
    except CommandFailed as failed:
        raise Refused(str(failed)) from failed


def read_as(server: DirectoryServer, account: str, name: str, attribute: str) -> bytes:
    try:
        text = server.ldapsearch("-o", "ldif-wrap=no", "-LLL", "-s", "base", "-b", name, attribute, account=account, password=PASSWORD)
    except CommandFailed as failed:
        raise Refused(str(failed)) from failed
    for record in read_records(text):
        for found, value in record:
            if found == attribute:
                return value
    raise Refused(f"{attribute} of {name} is not shown")


def reading(name: str, attribute: str, expected: bytes | None = None) -> Take:
    def take(server: DirectoryServer, account: str) -> None:
        value = read_as(server, account, name, attribute)
        if not value or (expected is not None and value != expected):
            raise Refused(f"{attribute} of {name} is {value!r}")

    return take


def sid_of(server: DirectoryServer, account: str) -> str:
    text = server.ldapsearch("-o", "ldif-wrap=no", "-LLL", "-b", ROOT, f"(sAMAccountName={account})", "objectSid")
    value = next(value for record in read_records(text) for name, value in record if name == "objectSid")
    return str(ndr_unpack(security.dom_sid, value))


def descriptor_of(text: str) -> bytes:
    return ndr_pack(security.descriptor.from_sddl(text, security.dom_sid(DOMAIN.sid)))


def new_password(name: str) -> bytes:
    return modification(name, "replace", "unicodePwd", f'"{PASSWORD}x"'.encode("utf-16-le"))


def log_on(server: DirectoryServer, account: str) -> None:
    try:
        server.ldapsearch("-LLL", "-s", "base", "-b", ROOT, "dn", account=account, password=PASSWORD + "x")
    except CommandFailed as failed:
        raise Refused(f"{account} does not log on: {failed}") from failed


def replicate(server: DirectoryServer, account: str, password: str = PASSWORD) -> None:
    """Reads the password hash of krbtgt as a domain controller would. [MS-DRSR] 4.1.10"""
    settings = LoadParm()
    settings.load(str(server.settings))
    settings.set("ncalrpc dir", f"{server.directory}/ncalrpc")
    credentials = Credentials()
    credentials.guess(settings)
    credentials.set_username(account)
    credentials.set_domain(DOMAIN.netbios_name)
    credentials.set_password(password)
    credentials.set_kerberos_state(DONT_USE_KERBEROS)
    wanted = drsuapi.DsReplicaObjectIdentifier()
    wanted.dn = f"CN=krbtgt,CN=Users,{ROOT}"
    asked = drsuapi.DsGetNCChangesRequest8()
    asked.destination_dsa_guid = misc.GUID("9c637462-5b8c-4467-aef2-bdb1f57bc4ef")
    asked.source_dsa_invocation_id = misc.GUID()
    asked.naming_context = wanted
    asked.highwatermark = drsuapi.DsReplicaHighWaterMark()
    asked.replica_flags = drsuapi.DRSUAPI_DRS_WRIT_REP | drsuapi.DRSUAPI_DRS_INIT_SYNC
    asked.max_object_count = 1
    asked.max_ndr_size = 402116
    asked.extended_op = drsuapi.DRSUAPI_EXOP_REPL_OBJ
    try:
        connection = drsuapi.drsuapi("ncalrpc:[seal]", settings, credentials)
        told = drsuapi.DsBindInfoCtr()
        told.length = 28
        told.info = drsuapi.DsBindInfo28()
        told.info.supported_extensions = 0x1FFFFF7F
        _, handle = connection.DsBind(misc.GUID(drsuapi.DRSUAPI_DS_BIND_GUID), told)
        _, answer = connection.DsGetNCChanges(handle, 8, asked)
    except Exception as failed:  # of several types, as the library has them
        raise Refused(str(failed)) from failed
    attributes = answer.first_object.object.attribute_ctr.attributes if answer.first_object else []
    if not any(each.attid == drsuapi.DRSUAPI_ATTID_unicodePwd and each.value_ctr.num_values for each in attributes):
        raise Refused("no secret is among what was replicated")


def choose_readers(name: str) -> Take:
    def take(server: DirectoryServer, account: str) -> None:
        readers = descriptor_of(f"O:SYD:(A;;{FULL};;;{sid_of(server, account)})")
        as_account(server, account, modification(name, "replace", "msDS-GroupMSAMembership", readers))
        reading(name, "msDS-ManagedPassword")(server, account)

    return take


def enable_and_log_on(name: str, target: str) -> Take:
    def take(server: DirectoryServer, account: str) -> None:
        as_account(server, account, new_password(name))
        try:
            as_account(server, account, modification(name, "replace", "userAccountControl", b"512"))
        finally:
            log_on(server, target)

    return take


def move_and_log_on(name: str, target: str, container: str) -> Take:
    def take(server: DirectoryServer, account: str) -> None:
        own = name[:name.index(",")]
        as_account(server, account, f"dn: {name}\nchangetype: modrdn\nnewrdn: {own}\ndeleteoldrdn: 1\nnewsuperior: {container}\n\n".encode())
        as_account(server, account, new_password(f"{own},{container}"))
        log_on(server, target)

    return take


def make_controller(name: str, target: str) -> Take:
    def take(server: DirectoryServer, account: str) -> None:
        as_account(server, account, new_password(name))
        as_account(server, account, modification(name, "replace", "userAccountControl", b"8192"))
        replicate(server, target, PASSWORD + "x")

    return take


def write_class_default(server: DirectoryServer, account: str) -> None:
    """The next group that an administrator makes is the account's."""
    sddl = f"D:(A;;{FULL};;;DA)(A;;{FULL};;;SY)(A;;RPLCLORC;;;AU)(A;;{FULL};;;{sid_of(server, account)})"
    as_account(server, account, modification(f"CN=Group,{SCHEMA}", "replace", "defaultSecurityDescriptor", sddl.encode()))
    made = f"CN=Made after {account},OU=Kinds,{ROOT}"
    server.ldapmodify(b"dn:\nchangetype: modify\nadd: schemaUpdateNow\nschemaUpdateNow: 1\n-\n\n")
    server.ldapmodify(f"dn: {made}\nchangetype: add\nobjectClass: group\nsAMAccountName: made after {account}\n\n".encode())
    as_account(server, account, modification(made, "add", "member", f"CN={account},OU=Kinds,{ROOT}".encode()))


def write_both(name: str) -> Take:
    def take(server: DirectoryServer, account: str) -> None:
        for attribute in ("msDS-RevealOnDemandGroup", "msDS-NeverRevealGroup"):
            as_account(server, account, modification(name, "replace", attribute, f"CN=Guests,CN=Builtin,{ROOT}".encode()))

    return take


def right(mask: str, subject: str = "", flags: str = "") -> str:
    return f"({'OA' if subject else 'A'};{flags};{mask};{subject};;{{}})"


def write_cases() -> list[Case]:
    """One attribute is written; inherit-only on the same object is only alike."""
    kinds = [
        ("alt-identity", "T1", "CN=T1,OU=Kinds", "00fbf30c-91fe-11d1-aebc-0000f80367c1", "altSecurityIdentities", b"X509:<SKI>00"),
        ("account-flags", "T2", "CN=T2,OU=Kinds", FLAGS, "userAccountControl", b"4194816"),
        ("add-spn", "T3", "CN=T3,OU=Kinds", "f3a64788-5306-11d1-a9c5-0000f80367c1", "servicePrincipalName", b"http/tried.contoso.com"),
        ("write-logon-name", "tier0", "CN=T4,OU=Kinds", "28630ebb-41d5-11d1-a9c1-0000f80367c1", "userPrincipalName", b"tried@contoso.com"),
        ("policy-link", "T5", "OU=Linked", "f30e3bbe-9ff0-11d1-b603-0000f80367c1", "gPLink", f"[LDAP://{POLICY};1]".encode()),
        ("policy", "T6", POLICY, "f30e3bc1-9ff0-11d1-b603-0000f80367c1", "gPCFileSysPath", b"\\\\contoso.com\\sysvol\\tried"),
        ("write-manager", "tier0", "CN=RODC2,OU=Kinds", "0296c120-40da-11d1-a9c0-0000f80367c1", "managedBy", f"CN=Guests,CN=Builtin,{ROOT}".encode()),
        ("write-heuristics", "tier0", SETTINGS, "f0f8ff86-1191-11d0-a060-00aa006c33ed", "dSHeuristics", b"0000000001"),
        ("change-template", "tier0", f"CN=Web,CN=Certificate Templates,{PKI}", "ea1dddc4-60ff-416e-8cc0-17cee534bce7",
         "msPKI-Certificate-Name-Flag", b"1"),
        ("publish-template", "tier0", AUTHORITY, "2a39c5b1-8960-11d1-aebc-0000f80367c1", "certificateTemplates", b"Web"),
        ("publish-template", "tier0", STORE, "bf967932-0de6-11d0-a285-00aa003049e2", "cACertificate", b"tried"),
    ]
    return [Case(kind, to, {whole(name): right("WP", subject)}, {whole(name): right("WP", subject, "CIIO")},
                 writing(whole(name), attribute, value)) for kind, to, name, subject, attribute, value in kinds]


def whole(name: str) -> str:
    return name if name.endswith(ROOT) else f"{name},{ROOT}"


def cases() -> list[Case]:
    movable, disabled, machine = whole("CN=Movable,OU=Kinds"), whole("CN=Disabled,OU=Kinds"), whole("CN=Machine,OU=Kinds")
    leaving = right("SD") + right("WP", COMMON_NAME) + right("WP", NAME)
    arriving = {whole("OU=Open"): right("CC", USER) + f"(OA;CIIO;CR;{RESET};{USER};{{}})"}
    made = [
        Case("replicate", "tier0", {ROOT: right("CR", GET_CHANGES) + right("CR", GET_ALL)}, {ROOT: right("CR", GET_CHANGES)}, replicate),
        Case("read-managed-password", "svc1$", {"svc1": f"(A;;{FULL};;;{{}})"}, {"svc1": f"(D;;{FULL};;;{{}})"},
             reading(whole("CN=svc1,CN=Managed Service Accounts"), "msDS-ManagedPassword")),
        Case("read-managed-password", "svc2$", {whole("CN=svc2,CN=Managed Service Accounts"): right("WP", PASSWORD_READERS)},
             {whole("CN=svc2,CN=Managed Service Accounts"): right("RP", PASSWORD_READERS)},
             choose_readers(whole("CN=svc2,CN=Managed Service Accounts"))),
        Case("reset-password", "Disabled", {disabled: right("CR", RESET) + right("WP", FLAGS)}, {disabled: right("CR", RESET)},
             enable_and_log_on(disabled, "Disabled")),
        Case("move", "Movable", {movable: leaving, **arriving}, {movable: right("WP", COMMON_NAME) + right("WP", NAME), **arriving},
             move_and_log_on(movable, "Movable", whole("OU=Open"))),
        Case("make-controller", "tier0", {machine: right("CR", RESET) + right("WP", FLAGS), ROOT: right("CR", INSTALL_REPLICA)},
             {machine: right("CR", RESET) + right("WP", FLAGS)}, make_controller(machine, "Machine$")),
        Case("write-class-default", "tier0", {f"CN=Group,{SCHEMA}": right("WP", "807a6d30-1669-11d0-a064-00aa006c33ed")},
             {f"CN=Group,{SCHEMA}": right("RP", "807a6d30-1669-11d0-a064-00aa006c33ed")}, write_class_default),
        Case("reveal", "tier0", {whole("CN=RODC1,OU=Kinds"): right("WP", REVEAL) + right("WP", NEVER_REVEAL)},
             {whole("CN=RODC1,OU=Kinds"): right("WP", REVEAL)}, write_both(whole("CN=RODC1,OU=Kinds"))),
    ]
    for number, (name, subject, _) in enumerate(LOCAL_PASSWORDS):
        host = whole(f"CN=Host{number},OU=Kinds")
        made.append(Case("read-local-password", f"Host{number}$", {host: right("RPCR", subject)}, {host: right("RP", subject)},
                         reading(host, name, b"only-for-tests")))
    return made + write_cases()


def accounts_of(number: int) -> tuple[str, str]:
    return f"has{number:02}", f"seems{number:02}"


class Maker:
    def __init__(self, directory: pathlib.Path, domain: Domain):
        settings = directory / "etc" / "smb.conf"
        settings.write_text(settings.read_text().replace("[global]\n", "[global]\n\tdsdb:schema update allowed = yes\n", 1))
        self.directory = directory
        self.offline = Offline(directory, domain)

    def sid(self, account: str) -> str:
        found = self.offline.database.search(ROOT, expression=f"(sAMAccountName={account})", attrs=["objectSid"])
        return str(ndr_unpack(security.dom_sid, found[0]["objectSid"][0]))

    def grant(self, name: str, aces: str) -> None:
        descriptor = self.offline.descriptor(name)
        added = security.descriptor.from_sddl("D:" + aces, security.dom_sid(DOMAIN.sid))
        descriptor.dacl.aces = added.dacl.aces + descriptor.dacl.aces
        descriptor.dacl.num_aces = len(descriptor.dacl.aces)
        descriptor.dacl.revision = security.SECURITY_ACL_REVISION_ADS
        self.offline.set_descriptor(name, descriptor)

    def add_at(self, name: str, **attributes: object) -> None:
        lines = [f"dn: {name}", *(f"{attribute.replace('_', '-')}: {value}" for attribute, value in attributes.items())]
        self.offline.database.add_ldif("\n".join(lines) + "\n")

    def extend_schema(self) -> None:
        for name, identifier, number in LOCAL_PASSWORDS + EXPIRIES:
            is_text = "Expiration" not in name
            self.offline.database.add_ldif(
                f"dn: CN={name},{SCHEMA}\nobjectClass: attributeSchema\nlDAPDisplayName: {name}\nisSingleValued: TRUE\n"
                f"attributeID: 1.2.840.113556.1.8000.2554.50051.45980.28112.18903.35903.6685103.1224907.2.{number}\n"
                f"attributeSyntax: {'2.5.5.5' if is_text else '2.5.5.16'}\noMSyntax: {19 if is_text else 65}\n"
                f"searchFlags: {904 if is_text else 0}\n"
                f"schemaIDGUID:: {base64.b64encode(ndr_pack(misc.GUID(identifier))).decode()}\n")
        self.offline.database.set_schema_update_now()
        for name, _, _ in LOCAL_PASSWORDS + EXPIRIES:
            self.offline.modify(f"CN=Computer,{SCHEMA}", "add", "mayContain", name)
        self.offline.database.set_schema_update_now()

    def add_objects(self) -> None:
        add = self.offline.add
        for unit in ("OU=Kinds", "OU=Open", "OU=Linked", "OU=Run"):
            add(unit, {"objectClass": "organizationalUnit"})
        people = [(name, "OU=Kinds", name, "user") for name in ("T1", "T2", "T3", "T4", "Movable", "Disabled")]
        people += [("T5", "OU=Linked", "T5", "user"), ("T6", "OU=Run", "T6", "user")]
        people += [(name, "OU=Kinds", name, "user") for number in range(len(cases())) for name in accounts_of(number)]
        people += [(name, "OU=Kinds", f"{name}$", "computer") for name in ("Machine", "Host0", "Host1")]
        add_accounts(self.offline, people)
        self.offline.modify(whole("CN=Disabled,OU=Kinds"), "replace", "userAccountControl", 514)
        for name in ("RODC1", "RODC2"):
            add(f"CN={name},OU=Kinds", {"objectClass": "computer", "sAMAccountName": f"{name}$", "userAccountControl": READ_ONLY_CONTROLLER})
        for number, ((name, _, _), (expiry, _, _)) in enumerate(zip(LOCAL_PASSWORDS, EXPIRIES)):
            self.offline.modify(whole(f"CN=Host{number},OU=Kinds"), "replace", name, "only-for-tests")
            self.offline.modify(whole(f"CN=Host{number},OU=Kinds"), "replace", expiry, 133800000000000000)

    def add_managed_accounts(self) -> None:
        run(["samba-tool", "domain", "kds", "root-key", "create", "--use-start-time=19700101000000.0Z",
             "-H", str(self.directory / "private" / "sam.ldb"), f"--configfile={self.directory}/etc/smb.conf"])
        number = next(number for number, each in enumerate(cases()) if "svc1" in each.has)
        has, seems = (self.sid(name) for name in accounts_of(number))
        for name, readers in (("svc1", f"O:SYD:(D;;{FULL};;;{seems})(A;;{FULL};;;{has})"), ("svc2", f"O:SYD:(A;;{FULL};;;DA)")):
            self.offline.add(f"CN={name},CN=Managed Service Accounts", {
                "objectClass": "msDS-GroupManagedServiceAccount", "sAMAccountName": f"{name}$", "userAccountControl": 4096,
                "dNSHostName": f"{name}.contoso.com", "msDS-ManagedPasswordInterval": 30,
                "msDS-GroupMSAMembership:": base64.b64encode(descriptor_of(readers)).decode()})

    def add_certificates(self) -> None:
        logon = "1.3.6.1.5.5.7.3.2"
        for name, flags in (("Web", 0), ("Weak", 0x80000)):
            self.add_at(f"CN={name},CN=Certificate Templates,{PKI}", objectClass="pKICertificateTemplate", pKIExtendedKeyUsage=logon,
                        msPKI_Enrollment_Flag=flags, msPKI_Certificate_Name_Flag=0, msPKI_RA_Signature=0)
        self.add_at(AUTHORITY, objectClass="pKIEnrollmentService", cACertificate="one", certificateTemplates="Weak")
        self.offline.modify(AUTHORITY, "add", "certificateTemplates", "Web")
        self.add_at(STORE, objectClass="certificationAuthority", cACertificate="one", authorityRevocationList="one",
                    certificateRevocationList="one")
        self.grant(AUTHORITY, f"(OA;;CR;{ENROLL};;AU)")
        self.grant(f"CN=Weak,CN=Certificate Templates,{PKI}", f"(OA;;CR;{ENROLL};;{self.sid('T4')})")

    def fill(self) -> None:
        self.extend_schema()
        self.add_objects()
        self.add_managed_accounts()
        self.add_certificates()
        self.add_at(POLICY, objectClass="groupPolicyContainer")
        self.offline.modify(whole("OU=Run"), "replace", "gPLink", f"[LDAP://{POLICY};0]")
        for number, case in enumerate(cases()):
            for account, granted in zip(accounts_of(number), (case.has, case.seems)):
                for name, aces in granted.items():
                    if not name.startswith("svc"):
                        self.grant(name, aces.replace("{}", self.sid(account)))


def populate_path_kinds(directory: pathlib.Path, domain: Domain) -> None:
    Maker(directory, domain).fill()


def export(server: DirectoryServer) -> list[str]:
    """What the program is told: both directories, and the schema twice, as objects and as names of rights."""
    made = []
    for name, base, attributes in (("domain", ROOT, EXPORTED), ("configuration", CONFIGURATION, EXPORTED), ("classes", SCHEMA, EXPORTED)):
        file = server.directory / f"{name}.ldf"
        file.write_bytes(server.ldapsearch("-LLL", "-E", "pr=500/noprompt", "-b", base, "(objectClass=*)", *attributes))
        made += ["--base", str(file)]
    file = server.directory / "schema.ldf"
    file.write_bytes(server.ldapsearch("-LLL", "-E", "pr=500/noprompt", "-b", SCHEMA, "(objectClass=*)"))
    return [*made, "--schema", str(file)]


def kinds_on_way(dsplan: str, base: list[str], account: str, to: str) -> set[str]:
    result = subprocess.run([dsplan, "paths", *base, "--from", account, "--to", to, "--conditional", "--format", "json"],
                            capture_output=True, check=False)
    if result.returncode not in (0, 1):
        raise SystemExit(f"dsplan paths --from {account} --to {to}: {result.stderr.decode()}")
    ways = json.loads(result.stdout)["control_paths"]["ways"]
    return {f"{step['kind']}{'' if step['condition'] is None else ' on a condition'}" for way in ways for step in way["steps"]}


def outcome(take: Take, server: DirectoryServer, account: str) -> str:
    try:
        take(server, account)
    except Refused as refused:
        return str(refused) or "refused"
    return ""


def run_kinds(build: pathlib.Path, dsplan: str) -> tuple[int, list[str]]:
    """How many cases came out otherwise than `dsplan paths` said, and the kinds that were tried."""
    wrong = 0
    with DirectoryServer(build, DOMAIN, populate_path_kinds, services="ldap rpc") as server:
        base = export(server)
        for number, case in enumerate(cases()):
            has, seems = accounts_of(number)
            found = kinds_on_way(dsplan, base, has, case.to)
            if not {case.kind, f"{case.kind} on a condition"} & found:
                print(f"  {case.kind}: {has} has no such step to {case.to}: {sorted(found)}")
                wrong += 1
            alike = kinds_on_way(dsplan, base, seems, case.to)
            if case.kind in alike or (case.kind != "reset-password" and f"{case.kind} on a condition" in alike):
                print(f"  {case.kind}: {seems} only looks alike, and has a way to {case.to}: {sorted(alike)}")
                wrong += 1
            if not outcome(case.take, server, seems):
                print(f"  {case.kind}: {seems} has no way, and was allowed it")
                wrong += 1
            if fault := outcome(case.take, server, has):
                print(f"  {case.kind}: {has} has a way, and it ended: {fault}")
                wrong += 1
    return wrong, [case.kind for case in cases()]


def main() -> int:
    build = pathlib.Path(sys.argv[1]).resolve()
    wrong, kinds = run_kinds(build, str(build / "dsplan"))
    print(f"{len(kinds)} cases of {'; '.join(dict.fromkeys(kinds))}: {wrong} differ")
    for what, reason in DEVIATIONS.items():
        print(f"  not tried to the end: {what}: {reason}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
