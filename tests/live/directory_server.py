"""A Samba Active Directory domain controller that a test makes, starts, talks to and ends.

    with DirectoryServer(build_directory, Domain("contoso.com"), populate) as server:
        export = server.ldapsearch("-b", server.domain.dn, "(objectClass=user)")

The server listens on a socket file of its own directory and, where the system allows it, in a network namespace of its
own, so that servers do not collide and nothing is exposed. Needs root. Made directories are kept under the build
directory, keyed by everything that made them.
"""

from __future__ import annotations

import contextlib
import dataclasses
import hashlib
import inspect
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.parse

ADMINISTRATOR_PASSWORD = "Only-for-tests-1"
READY_SECONDS = 60
LONGEST_RUN_SECONDS = 1800


@dataclasses.dataclass(frozen=True)
class Domain:
    """What `samba-tool domain provision` is told about the domain."""

    dns_name: str = "contoso.com"
    sid: str = "S-1-5-21-1111111111-2222222222-3333333333"
    # Both levels: provisioning knows 2008_R2 and 2016, the server's own level decides what its computer object says.
    function_level: str = "2016"
    server_level: str = "2016"

    @property
    def netbios_name(self) -> str:
        return self.dns_name.split(".")[0].upper()

    @property
    def dn(self) -> str:
        return ",".join(f"DC={label}" for label in self.dns_name.split("."))

    @property
    def configuration_dn(self) -> str:
        return f"CN=Configuration,{self.dn}"


class CommandFailed(Exception):
    """A client ended with an error; carries what it printed."""

    def __init__(self, command: list[str], result: subprocess.CompletedProcess[bytes]):
        self.status = result.returncode
        self.output = result.stdout + result.stderr
        text = self.output.decode(errors="replace").strip()
        super().__init__(f"{command[0]} ended with {result.returncode}: {text}")


def run(command: list[str], **options) -> bytes:
    # Samba's Python leaves the settings file that it loaded last in the environment.
    environment = {name: value for name, value in os.environ.items() if name != "SMB_CONF_PATH"}
    result = subprocess.run(command, capture_output=True, check=False, env=environment, **options)
    if result.returncode != 0:
        raise CommandFailed(command, result)
    return result.stdout


def provision(domain: Domain, directory: pathlib.Path) -> None:
    """Makes a new domain controller in `directory` (about 5 s, no network)."""
    run([
        "samba-tool", "domain", "provision", "--configfile=/dev/null", f"--targetdir={directory}", f"--realm={domain.dns_name.upper()}",
        f"--domain={domain.netbios_name}", f"--domain-sid={domain.sid}", "--server-role=dc", "--dns-backend=NONE",
        "--base-schema=2019", f"--function-level={domain.function_level}",
        f"--option=ad dc functional level = {domain.server_level}", f"--adminpass={ADMINISTRATOR_PASSWORD}",
        "--host-name=dc1", "--host-ip=127.0.0.1", "--option=vfs objects=dfs_samba4 acl_xattr xattr_tdb",
    ])


def cached_directory(cache: pathlib.Path, domain: Domain, populate) -> pathlib.Path:
    """The provisioned and populated directory for these inputs, made when it is not in the cache yet."""
    version = run(["samba", "--version"])
    made_by = [version, repr(domain).encode(), pathlib.Path(__file__).read_bytes()]
    made_by.append(pathlib.Path(inspect.getsourcefile(populate)).read_bytes() + populate.__name__.encode())
    kept = cache / hashlib.sha256(b"\0".join(made_by)).hexdigest()[:16]
    if not kept.exists():
        cache.mkdir(parents=True, exist_ok=True)
        fresh = pathlib.Path(tempfile.mkdtemp(prefix="new-", dir=cache))
        try:
            provision(domain, fresh)
            populate(fresh, domain)
            move_settings(fresh, fresh, kept)
            fresh.rename(kept)
        except OSError:
            if not kept.exists():  # else another test made the same one meanwhile
                raise
        finally:
            shutil.rmtree(fresh, ignore_errors=True)
    return kept


def move_settings(directory: pathlib.Path, old: pathlib.Path, new: pathlib.Path) -> None:
    """Settings hold absolute paths; a copied or renamed directory needs its own."""
    settings = directory / "etc" / "smb.conf"
    settings.write_text(settings.read_text().replace(str(old), str(new)))


class DirectoryServer:
    def __init__(self, build_directory: pathlib.Path, domain: Domain, populate, services: str = "ldap"):
        self.domain = domain
        self._services = services
        self._kept = cached_directory(build_directory / "live", domain, populate)
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> DirectoryServer:
        # The path of a socket file is limited to about 100 bytes, so not below the build directory.
        self.directory = pathlib.Path(tempfile.mkdtemp(prefix="dsplan-live-"))
        try:
            shutil.copytree(self._kept, self.directory, dirs_exist_ok=True, symlinks=True)
            move_settings(self.directory, self._kept, self.directory)
            self._start()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_) -> None:
        self._stop()
        shutil.rmtree(self.directory, ignore_errors=True)

    @property
    def settings(self) -> pathlib.Path:
        return self.directory / "etc" / "smb.conf"

    @property
    def database(self) -> pathlib.Path:
        return self.directory / "private" / "sam.ldb"

    @property
    def url(self) -> str:
        return "ldapi://" + urllib.parse.quote(str(self.directory / "private" / "ldapi"), safe="")

    def _start(self) -> None:
        command = [
            "samba", "-i", "-M", "single", "-s", str(self.settings), f"--option=server services={self._services}",
            f"--option=pid directory={self.directory}", f"--option=ncalrpc dir={self.directory}/ncalrpc",
            "--option=interfaces=lo", "--option=bind interfaces only=yes",
            "--option=ldap server require strong auth=no", f"--maximum-runtime={LONGEST_RUN_SECONDS}", "--debug-stdout",
        ]
        if may_unshare():
            command = ["unshare", "-n", "--", "sh", "-c", 'ip link set lo up; exec "$@"', "sh", *command]
        self._log = open(self.directory / "server.log", "wb")
        # The server ends by itself when its standard input closes: it cannot outlive a test that is killed.
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=self._log, stderr=subprocess.STDOUT, start_new_session=True)
        self._wait_until_ready()

    def _wait_until_ready(self) -> None:
        deadline = time.monotonic() + READY_SECONDS
        while True:
            if self._process.poll() is not None:
                raise RuntimeError("the directory server ended while starting:\n" + self._log_tail())
            with contextlib.suppress(CommandFailed):
                self.ldapsearch("-LLL", "-s", "base", "-b", self.domain.dn, "dn")
                return
            if time.monotonic() > deadline:
                raise RuntimeError(f"the directory server is not ready after {READY_SECONDS} s:\n" + self._log_tail())
            time.sleep(0.1)

    def _log_tail(self) -> str:
        return (self.directory / "server.log").read_text(errors="replace")[-3000:]

    def _stop(self) -> None:
        if self._process is None:
            return
        self._process.stdin.close()
        self._process.terminate()
        try:
            self._process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
        self._process = None
        self._log.close()

    def _as(self, account: str, password: str) -> list[str]:
        return ["-H", self.url, "-x", "-D", f"{account}@{self.domain.dns_name}", "-w", password]

    def ldapsearch(self, *arguments: str, account: str = "administrator",
                   password: str = ADMINISTRATOR_PASSWORD) -> bytes:
        return run(["ldapsearch", *self._as(account, password), *arguments])

    def ldapmodify(self, ldif: bytes, account: str = "administrator", password: str = ADMINISTRATOR_PASSWORD,
                   options: tuple[str, ...] = ()) -> bytes:
        return run(["ldapmodify", *options, *self._as(account, password)], input=ldif)

    def ldbsearch(self, *arguments: str) -> bytes:
        return run(["ldbsearch", "-H", str(self.database), *arguments])


def may_unshare() -> bool:
    try:
        run(["unshare", "-n", "--", "ip", "link", "set", "lo", "up"])
        return True
    except (CommandFailed, FileNotFoundError):
        print("note: no network namespace of its own here; the server uses port 389 of the loopback", file=sys.stderr)
        return False
