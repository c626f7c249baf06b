#!/usr/bin/python3
"""Prints how many times as fast the library is as Samba's Python binding, on the same descriptors.

    tests/bench/sddl_ratio.py build/bench/tests/bench/bench_sddl

Both make the same from the same: octets from text, text from octets, and the whole model from octets (every ACE with its
SID, mask and GUIDs in values of its own; the peer's condition too is a copy of its octets, as ours is). Both are measured
in processor time, in many short turns of which the best counts, so that what else the machine does hits neither. Needs
python3-samba.
"""
import json
import pathlib
import subprocess
import sys
import time

from samba.dcerpc import security
from samba.ndr import ndr_pack, ndr_unpack

ROUNDS = 20
DOMAIN = security.dom_sid("S-1-5-21-1111111111-2222222222-3333333333")
TEXTS = (pathlib.Path(__file__).parents[2] / "testdata/sddl/bench.txt").read_text().splitlines()
BYTES = [ndr_pack(security.descriptor.from_sddl(text, DOMAIN)) for text in TEXTS]

PEER = {
    "text_to_bytes": lambda: [ndr_pack(security.descriptor.from_sddl(text, DOMAIN)) for text in TEXTS],
    "bytes_to_text": lambda: [ndr_unpack(security.descriptor, octets).as_sddl(DOMAIN) for octets in BYTES],
    "bytes_to_model": lambda: [ndr_unpack(security.descriptor, octets) for octets in BYTES],
}
TARGET = {"text_to_bytes": 10, "bytes_to_text": 20, "bytes_to_model": 20}


def peer_seconds(work):
    count = 100
    start = time.process_time()
    for _ in range(count):
        work()
    return (time.process_time() - start) / count / len(TEXTS)


def own_seconds(program):
    printed = subprocess.run([program, "--benchmark_format=json", "--benchmark_min_time=0.01"], check=True,
                             capture_output=True).stdout
    return {row["name"]: 1 / row["items_per_second"] for row in json.loads(printed)["benchmarks"]}


def main():
    best_own, best_peer = {}, {}
    for _ in range(ROUNDS):
        for name, seconds in own_seconds(sys.argv[1]).items():
            best_own[name] = min(seconds, best_own.get(name, seconds))
        for name, work in PEER.items():
            seconds = peer_seconds(work)
            best_peer[name] = min(seconds, best_peer.get(name, seconds))
    print("%-16s %12s %12s %8s %8s" % ("per descriptor", "dsplan", "Samba", "ratio", "wanted"))
    for name in PEER:
        print("%-16s %9.2f us %9.2f us %7.1fx %7dx"
              % (name, best_own[name] * 1e6, best_peer[name] * 1e6, best_peer[name] / best_own[name], TARGET[name]))


main()
